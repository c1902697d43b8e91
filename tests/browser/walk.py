"""A student in the browser: writes answers, locks predictions in, runs cells, and reads what they say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from autograder.lesson.model import Lesson, Prediction
from course.mime_types import MIME
from tests.browser.lab import CONTENT, THEMES, Notebook

CURRENT = "window.jupyterapp.shell.currentWidget"
LOCKED = "Your prediction is locked in"

expect.set_options(timeout=30_000)  # a busy machine may take its time


class Walk:
    """One student's way through `lesson`, in an open notebook. Cells are named by their ids."""

    def __init__(self, notebook: Notebook, lesson: Lesson) -> None:
        self.notebook, self.lesson, self.page = notebook, lesson, notebook.page
        ids = self.page.evaluate(f"() => [...{CONTENT}.model.cells].map(cell => cell.id)")
        self.numbers: dict[str, int] = {name: number for number, name in enumerate(ids)}
        self.code = [cell["id"] for cell in lesson.release["cells"] if cell["cell_type"] == "code"]

    def cell(self, name: str) -> Locator:
        """Return a cell, in view."""
        return self.notebook.cell(self.numbers[name])

    def write(self, name: str, source: str) -> None:
        """Put `source` into a cell."""
        self.notebook.write(self.numbers[name], source)

    def type(self, name: str, source: str) -> Locator:
        """Write `source` over what stands in a code cell, by the keyboard, and run it by Shift+Enter."""
        cell = self.cell(name)
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)
        number = self.numbers[name]
        count = f"n => {CONTENT}.widgets[n].model.executionCount"
        before = self.page.evaluate(count, number)
        self.page.keyboard.press("Shift+Enter")
        self.page.wait_for_function(
            f"([n, before]) => ![null, before].includes(({count})(n))", arg=[number, before]
        )
        return cell

    def run(self, *names: str) -> None:
        """Run these cells one after the other; a cell is through when its promise is kept."""
        self.page.evaluate(
            f"""async numbers => {{
                for (const number of numbers) {{
                    {CONTENT}.activeCellIndex = number;
                    await window.jupyterapp.commands.execute('notebook:run-cell');
                }}
            }}""",
            [self.numbers[name] for name in names],
        )

    def run_up_to(self, name: str, after: str = "") -> None:
        """Run the code cells that stand after cell `after` (from the first, if none is named), up to `name`."""
        start = self.code.index(after) + 1 if after else 0
        self.run(*self.code[start : self.code.index(name) + 1])

    def run_all(self) -> None:
        """Restart the kernel and run every cell, as one does before handing in."""
        self.notebook.restart()
        self.notebook.run_all()

    def outputs(self, name: str) -> list[dict[str, Any]]:
        """Return what a cell put out, as the notebook file will hold it."""
        return self.page.evaluate(f"n => {CONTENT}.widgets[n].model.outputs.toJSON()", self.numbers[name])

    def text(self, name: str) -> str:
        """Return what a cell put out as plain text."""
        return "\n".join(map(plain, self.outputs(name)))

    def errors(self) -> dict[str, str]:
        """Return what went wrong, by cell."""
        wrong = {}
        for name in self.code:
            found = [each for each in self.outputs(name) if is_wrong(each)]
            if found:
                wrong[name] = "\n".join(map(plain, found))
        return wrong

    # --- what a student does

    def answer_all(self) -> None:
        """Write the model answer into every answer cell."""
        for exercise in self.lesson.exercises:
            self.write(exercise.answer_id, exercise.solution)

    def lock(self, name: str) -> None:
        """Press "Lock in" in the form of a prediction, and wait until it is."""
        cell = self.cell(f"prediction_{name}")
        cell.get_by_role("button", name="Lock in").click()
        expect(cell).to_contain_text(LOCKED)

    def lock_plainly(self, predictions: Iterable[Prediction]) -> None:
        """Fill in the plain forms of these predictions; they lock in when they are run."""
        for prediction in predictions:
            asked = f'# predict.lock("{prediction.name}", '
            assert asked in self.released(f"plain_{prediction.name}")
            self.write(
                f"plain_{prediction.name}",
                f"{asked[2:]}{prediction.example!r}, confidence={prediction.confidence})",
            )

    def released(self, name: str) -> str:
        """Return the source of a cell as it was released."""
        cell = next(cell for cell in self.lesson.release["cells"] if cell["id"] == name)
        return "".join(cell["source"])

    # --- what there is to see

    def picture(self, path: Path, name: str) -> None:
        """Write a picture of one cell."""
        self.notebook.picture(path, self.cell(name))

    def theme(self, name: str) -> None:
        """Change the theme of the open page, "light" or "dark"."""
        self.page.evaluate(
            "async theme => { await window.jupyterapp.commands.execute('apputils:change-theme', { theme }); }",
            THEMES[name],
        )
        self.page.wait_for_selector(
            f'body[data-jp-theme-light="{str(name == "light").lower()}"]', state="attached"
        )

    def close(self) -> None:
        """End the kernel and close the page: the next lesson gets the machine to itself."""
        self.page.evaluate(f"async () => {{ await {CURRENT}.sessionContext.shutdown(); }}")
        self.page.close()

    def locked(self) -> dict[str, Any]:
        """Return the values locked in, by name, as the saved file holds them in the predictions' own cells."""
        held = {}
        for cell in self.notebook.saved()["cells"]:
            for output in cell.get("outputs", []) if cell["id"].startswith("prediction_") else []:
                if MIME in output.get("data", {}):
                    record = output["data"][MIME]
                    held[record["name"]] = record["value"]
        return held


def plain(output: dict[str, Any]) -> str:
    """Return an output as text."""
    if output["output_type"] == "error":
        return re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(output["traceback"]))
    text = output.get("text") or output.get("data", {}).get("text/plain", "")
    return "".join(text)


def is_wrong(output: dict[str, Any]) -> bool:
    """Tell whether an output is one that a correct student must not see."""
    return output["output_type"] == "error" or output.get("name") == "stderr"


def copy_lesson(lesson: Lesson, folder: Path, into: str = "") -> str:
    """Put a released lesson into the folder `into` (of its own name, if none is given); return its path there."""
    path = Path(into or lesson.name, f"{lesson.name}.ipynb")
    (folder / path).parent.mkdir(parents=True)
    (folder / path).write_text(json.dumps(lesson.release))
    return path.as_posix()
