"""Lesson 4: the oracle of its check, the facts of its text, and PyTorch where it is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from tests.support.answers import check_module, load
from tests.support.places import ROOT

expression_sample = check_module("04-autograd", "expression_sample")
Expression, operations, random_expression, shared = (
    expression_sample.Expression,
    expression_sample.operations,
    expression_sample.random_expression,
    expression_sample.shared,
)


def solution(key: str) -> Any:
    namespace: dict[str, Any] = {"np": np}
    for exercise in load("04-autograd").code:
        exec(exercise.solution, namespace)
    return namespace[key]


def drawn(seed: int) -> list[Expression]:
    rng = np.random.default_rng(seed)
    return [*operations(rng), *shared(rng), *(random_expression(rng) for _ in range(5))]


@pytest.mark.parametrize("seed", range(5))
def test_the_solution_agrees_with_central_differences(seed: int) -> None:
    Tensor = solution("Tensor")
    for expression in drawn(seed):
        leaves = [Tensor(leaf) for leaf in expression.leaves]
        expression.function(*leaves).backward()
        for leaf, slopes in zip(leaves, expression.gradient(), strict=True):
            np.testing.assert_allclose(leaf.grad, slopes, rtol=1e-5, atol=1e-6, err_msg=expression.text)


@pytest.mark.torch
@pytest.mark.parametrize("seed", range(5))
def test_the_oracle_and_the_solution_agree_with_pytorch(seed: int) -> None:
    import torch

    Tensor = solution("Tensor")
    for expression in drawn(seed):
        theirs = [torch.tensor(leaf, requires_grad=True) for leaf in expression.leaves]
        expression.function(*theirs).backward()
        ours = [Tensor(leaf) for leaf in expression.leaves]
        expression.function(*ours).backward()
        for one, other, slopes in zip(theirs, ours, expression.gradient(), strict=True):
            np.testing.assert_allclose(other.grad, one.grad.numpy(), rtol=1e-12, atol=1e-12)
            np.testing.assert_allclose(slopes, one.grad.numpy(), rtol=1e-5, atol=1e-6)


@pytest.mark.torch
def test_the_loop_in_pytorch_gives_the_numbers_of_the_text() -> None:
    import torch

    torch.manual_seed(42)
    X = torch.randn(10, 1)
    Y = 2 * X + 1
    torch.manual_seed(42)
    W, b = torch.randn(1, 1), torch.randn(1)
    assert (W.item(), b.item()) == (X[0].item(), X[1].item())
    W.requires_grad_()
    b.requires_grad_()
    for _ in range(40):
        loss = ((X @ W + b - Y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            W -= 0.07 * W.grad
            b -= 0.07 * b.grad
        W.grad = b.grad = None
    assert (round(W.item(), 4), round(b.item(), 4), round(loss.item(), 4)) == (1.9722, 1.0117, 0.0007)


@pytest.mark.torch
def test_the_lesson_sets_both_runs_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = ROOT
    monkeypatch.setenv("PYTHONPATH", str(root))
    file = root / "source" / "04-autograd" / "04-autograd.ipynb"
    notebook = nbformat.read(file, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    (cell,) = (cell for cell in notebook.cells if cell["id"] == "torch")
    said = "".join(output.get("text", "") for output in cell.outputs)
    assert said.count("1.9722") == 2 and said.count("1.0117") == 2 and said.count("0.0007") == 2
    assert "the two agree to 1e-6: True" in said
