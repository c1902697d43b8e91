"""Is my file ready? Checks the saved file, since that is handed in, not what is on screen."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from course.display.frontend import notebook_path

from .lock import read_record
from .session import Session, current

__all__ = ["ready"]

Cell = dict[str, Any]

NOBODY_LOOKING = "In your own notebook this cell says what is still missing before you hand it in."
STUB = re.compile(r"# YOUR CODE HERE\s*raise NotImplementedError\(\)")
LEFT_OVER = re.compile(r"^\s*raise NotImplementedError\(\)", re.MULTILINE)
WRITTEN_STUB = "Write your answer here"
PREDICTION = re.compile(r"""^predict\.(?:choice|number|shape|curve)\(\s*["'](\w+)["']""", re.MULTILINE)
DEFINED = re.compile(r"^(?:def|class) (\w+)", re.MULTILINE)


def ready() -> None:
    """Print what this notebook's file still lacks, with cures, or that it is ready to hand in.

    When nobody is looking, it prints the same line every time. Raises `Refused` if no lesson has begun.
    """
    session = current()
    if not session.interactive:
        print(NOBODY_LOOKING)
        return
    path = find_file(session.lesson)
    if path is None:
        print(
            f"The file of this notebook cannot be found from here. Save it as {session.lesson}.ipynb, put it "
            "into a folder of its own, open it there and run this cell again."
        )
        return
    print(report(path, session.lesson, list(missing(path, session, _history()))))


def report(path: Path, lesson: str, points: Sequence[str]) -> str:
    """Return a few lines on what the file lacks, or that it is ready."""
    saved = time.strftime("%H:%M", time.localtime(path.stat().st_mtime))
    if not points:
        return f"Ready: hand in {path.name}\nIt was saved at {saved} in {path.parent}"
    things = "1 thing is" if len(points) == 1 else f"{len(points)} things are"
    lines = [f"Not ready yet: {things} missing from {path.name}, saved at {saved}."]
    lines += [f"{number:>3}. {point}" for number, point in enumerate(points, 1)]
    return "\n".join([*lines, "Then save (Ctrl+S, or ⌘S on a Mac) and run this cell again."])


def find_file(lesson: str, folder: Path | None = None) -> Path | None:
    """Return the saved file of this notebook: the one the front end names, else the likely one in the folder.

    That is `lesson`.ipynb, else the only notebook; None if neither exists.
    """
    named = Path(notebook_path() or "")
    if named.is_file():
        return named
    # After a rename, the kernel knows the old name until it is restarted.
    folder = folder or Path.cwd()
    named = folder / f"{lesson}.ipynb"
    others = list(folder.glob("*.ipynb"))
    return named if named.is_file() else others[0] if len(others) == 1 else None


def missing(path: Path, session: Session, history: Sequence[str] = ()) -> Iterator[str]:
    """Yield a sentence for each thing that the file at `path` lacks.

    `history` holds the source of every run in this kernel, at the index of its execution count.
    """
    try:
        cells = _cells(path)
    except (OSError, ValueError):
        yield f"{path.name} cannot be read as a notebook. Save it again."
        return
    if is_behind(cells, history):
        yield "You ran code that is not in the file. Run the cells that you changed, then save."
    yield from _blank_answers(cells)
    yield from _unlocked_predictions(cells, session)
    if path.name != f"{session.lesson}.ipynb":
        yield f"The file is called {path.name}. Rename it to {session.lesson}.ipynb (right-click its tab)."


def is_behind(cells: Sequence[Cell], history: Sequence[str]) -> bool:
    """Return whether code ran that the file lacks: a cell was changed and run, but not saved.

    Code that is not in the file was either replaced by a later run of the same cell, or never saved. It was never
    saved if it ran after all saved runs, or if the file has other code under the same execution count. The last
    run is the calling cell, so it does not count.
    """
    sources = {str(cell["source"]).strip() for cell in cells}
    saved = {cell.get("execution_count"): str(cell["source"]).strip() for cell in cells}
    runs = {number: source.strip() for number, source in enumerate(history[:-1])}
    youngest = max((number for number, source in runs.items() if saved.get(number) == source), default=0)
    lost = [number for number, source in runs.items() if source and source not in sources]
    return any(number > youngest or number in saved for number in lost)


def _blank_answers(cells: Sequence[Cell]) -> Iterator[str]:
    answered, tests = set(), []
    for cell in cells:
        key, source = _name(cell), cell["source"]
        answered.add(key)
        if key.startswith("test_") and cell.get("metadata", {}).get("nbgrader", {}).get("grade", True):
            tests.append(key)
        if cell.get("cell_type") == "markdown":
            if WRITTEN_STUB in source:
                yield f"{key}: the text is blank. Write it where '{WRITTEN_STUB}' stands."
        elif STUB.search(source):
            yield f"{key}: the answer is blank. Write it in place of raise NotImplementedError()."
        elif LEFT_OVER.search(source):
            yield f"{key}: the line raise NotImplementedError() is still there. Delete it."
    for test in tests:
        if (key := test.removeprefix("test_")) not in answered:
            yield f"{key}: its answer cell is gone. Copy it back from the released lesson."


def _unlocked_predictions(cells: Sequence[Cell], session: Session) -> Iterator[str]:
    locked = [record for record in map(read_record, cells) if record is not None]
    saved = {record.name for record in locked if record.intact and record.lesson == session.lesson}
    for name in [name for cell in cells for name in PREDICTION.findall(cell["source"])]:
        if name in saved or session.store.skipped(name):
            continue  # after a skip, a prediction earns nothing, so do not ask for it
        if session.store.record(name):
            yield f"{name}: the prediction is locked in, but not saved in the file. Run its cell, then save."
        else:
            yield f"{name}: the prediction is not locked in. Answer it and press Lock in, then save."


def _name(cell: Cell) -> str:
    """Return the exercise's key: from the metadata, else the name that the cell defines, else the cell's id."""
    mark = cell.get("metadata", {}).get("nbgrader", {})
    defined = DEFINED.search(cell["source"])
    return str(mark.get("grade_id") or (defined and defined[1]) or cell.get("id") or "a cell")


def _cells(path: Path) -> list[Cell]:
    """Return the cells of a saved notebook, each source as one text; ValueError if the file is not a notebook."""
    data = json.loads(path.read_text(encoding="utf-8"))
    cells = data.get("cells") if isinstance(data, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) and "source" in cell for cell in cells):
        raise ValueError(f"{path} is not a notebook")
    return [{**cell, "source": "".join(cell["source"])} for cell in cells]


def _history() -> list[str]:
    """Return the source of every run in this kernel, at the index of its execution count."""
    from IPython.core.getipython import get_ipython

    return list(get_ipython().history_manager.input_hist_raw)  # type: ignore[no-untyped-call]
