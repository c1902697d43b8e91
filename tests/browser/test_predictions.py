"""Predictions in a real JupyterLab: chosen, typed, drawn, locked, kept, compared; pictures in both themes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.lab import Lab, Notebook
from tests.support.places import ROOT

PICTURES = ROOT / "screenshots"
MIME = "application/vnd.first-descent.prediction+json"
LOCK = {"name": "Lock in"}

CELLS = {
    "start": 'import numpy as np\nfrom course import *\nbegin("01-first-descent")',
    "scatter": 'predict.choice("scatter", "What shape?", {"a": "a cloud", "b": "a rising band", "c": "a bow"})',
    "scatter_gap": 'reveal("scatter", "b", why={"a": "The rise is larger.", "c": "Nothing bends."})',
    "first": 'predict.number("first", "How high is the loss at the start?", low=0, high=100)',
    "first_gap": 'reveal("first", 22.163)',
    "rates": 'predict.choice("rates", "Which diverge?", {"y": "diverges", "n": "settles"}, rows=[0.01, 0.5])',
    "loss": 'predict.curve("loss", "How does the loss fall?", points=5)',
    "loss_gap": 'reveal("loss", 20 * np.exp(-np.arange(100) / 12) + 1.9)',
    "summary": "calibration()",
}
ORDER = list(CELLS)
FALL = [(0.0, 0.88), (0.1, 0.6), (0.25, 0.3), (0.5, 0.14), (1.0, 0.08)]


def write_notebook(path: Path) -> None:
    cells = [
        {"cell_type": "code", "id": name, "source": source, "metadata": {}, "outputs": [], "execution_count": None}
        for name, source in CELLS.items()
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook))


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("lessons")
    with Lab(folder, tmp_path_factory.mktemp("jupyter"), python_path=str(ROOT)) as running:
        yield running


def locked(notebook: Notebook) -> dict[str, Any]:
    """What the saved file holds: the value of each record, by name."""
    outputs = [output for cell in notebook.saved()["cells"] for output in cell["outputs"]]
    records = [output["data"][MIME] for output in outputs if MIME in output.get("data", {})]
    return {record["name"]: record["value"] for record in records}


def lock(notebook: Notebook, name: str) -> str:
    cell = notebook.cell(ORDER.index(name))
    cell.get_by_role("button", **LOCK).click()
    notebook.page.wait_for_timeout(600)
    return cell.inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_predictions_are_made_kept_and_compared(lab: Lab, theme: str) -> None:
    name = f"{theme}.ipynb"
    working_copy = lab.folder / ".predictions.json"
    working_copy.unlink(missing_ok=True)
    write_notebook(lab.folder / name)
    lab.theme(theme)
    notebook = lab.open(name)

    def picture(cell: str, what: str) -> None:
        notebook.picture(PICTURES / f"predictions-{theme}-{cell}-{what}.png", notebook.cell(ORDER.index(cell)))

    notebook.run_all()
    assert "First your prediction" in notebook.cell(ORDER.index("loss_gap")).inner_text()
    picture("loss_gap", "closed")

    assert "Nothing is chosen yet" in lock(notebook, "scatter")
    notebook.cell(ORDER.index("scatter")).get_by_role("radio").nth(0).check()
    assert "locked in" in lock(notebook, "scatter")

    number = notebook.cell(ORDER.index("first"))
    number.locator("input[type=text]").fill("1000")
    assert "1000 is outside the range from 0 to 100" in lock(notebook, "first")
    picture("first", "refused")
    number.locator("input[type=text]").fill("25")
    number.get_by_role("slider").press("ArrowRight")
    notebook.page.wait_for_timeout(300)
    assert "75 % sure" in lock(notebook, "first")

    rows = notebook.cell(ORDER.index("rates"))
    picture("rates", "asked")
    rows.locator(".widget-radio-box").nth(0).get_by_role("radio").nth(1).check()
    rows.locator(".widget-radio-box").nth(1).get_by_role("radio").nth(0).check()
    assert "locked in" in lock(notebook, "rates")

    curve = notebook.cell(ORDER.index("loss"))
    assert "Nothing is drawn yet" in lock(notebook, "loss")
    notebook.draw(curve, FALL[:3])
    assert "So far the curve covers only" in lock(notebook, "loss")
    notebook.draw(curve, FALL[2:])
    assert len(curve.locator("input[type=text]").input_value().split(",")) == 5
    picture("loss", "drawn")
    assert "locked in" in lock(notebook, "loss")
    picture("loss", "locked")

    for cell in ("scatter_gap", "first_gap", "loss_gap", "summary"):
        notebook.run(ORDER.index(cell))
        picture(cell, "shown")
    assert "misses the true one" in notebook.cell(ORDER.index("loss_gap")).inner_text()
    assert "2.84 too high (13 %)" in notebook.cell(ORDER.index("first_gap")).inner_text()

    # Restarted without saving, then run again: still locked.
    notebook.restart()
    notebook.run_all()
    assert "Your prediction is locked in" in notebook.cell(ORDER.index("loss")).inner_text()
    notebook.save()
    before = locked(notebook)
    assert set(before) == {"scatter", "first", "rates", "loss"} and before["rates"] == {"0.01": "n", "0.5": "y"}
    notebook.page.close()

    # The file alone, opened anew: still locked, and again when it is run.
    working_copy.unlink()
    notebook = lab.open(name)
    assert "Your prediction is locked in" in notebook.cell(ORDER.index("loss")).inner_text()
    picture("loss", "reopened")
    notebook.restart()
    notebook.run_all()
    notebook.save()
    assert locked(notebook) == before and working_copy.exists()
    notebook.page.close()
