"""The examples of the check-writer's guide are run as they stand."""

from __future__ import annotations

import re

import pytest

from autograder.checking.loading import checks_in
from tests.support.places import ROOT

GUIDE = (ROOT / "docs" / "writing-checks.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", GUIDE, re.S)

RIGHT = {
    "mse": "lambda y, y_pred: np.mean((y - y_pred) ** 2)",
    "spread": "lambda values: (np.min(values), np.max(values))",
    "noisy": "lambda x, std, rng: x + rng.normal(0, std, len(x))",
    "plot_losses": """
def plot_losses(losses):
    from matplotlib.figure import Figure
    figure = Figure()
    figure.add_subplot(xlabel="epoch", ylabel="loss").plot(losses)
    return figure""",
    "counter": """
class Counter:
    def __init__(self, start):
        self.total = start
    def add(self, n):
        self.total += n
        return self.total""",
    "split": """
def split(values, size):
    if size > len(values):
        raise ValueError("too few")
    return values[:size]""",
    "running_sum": "lambda values: np.cumsum(values)",
}
WRONG = {
    ("noisy", "one_value"): "lambda x, std, rng: x + rng.normal(0, std) * np.ones(len(x))",
    ("counter", "total_reset"): """
class Counter:
    def __init__(self, start):
        self.start = start
    def add(self, n):
        return self.start + n""",
    ("running_sum", "quadratic"): "lambda values: [sum(values[: k + 1]) for k in range(len(values))]",
}


def made(source: str) -> object:
    """The function or class that a source makes."""
    import numpy as np

    names: dict[str, object] = {"np": np}
    if source.startswith("lambda"):
        return eval(source, names)
    exec(source, names)
    return names[next(name for name in reversed(list(names)) if name not in ("np", "__builtins__"))]


@pytest.mark.parametrize("example", EXAMPLES, ids=re.findall(r"(?m)^## (.*)", GUIDE)[: len(EXAMPLES)])
def test_an_example_judges_as_it_says(example: str) -> None:
    ((key, check),) = checks_in({"example": example}).items()
    assert check.verdict(made(RIGHT[key])).fraction == 1.0
    for name, source in check.written_answers().items():
        assert check.verdict(made(source)).misconception == name.partition(".")[0]
    for (of, name), source in WRONG.items():
        if of == key:
            assert check.verdict(made(source)).misconception == name
