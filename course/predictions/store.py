"""Predictions between runs: in a working copy beside the notebook, and in the saved notebook itself.

The working copy holds, for each lesson and prediction, the locked prediction, the time at which it was skipped,
and whether it came true. It is reread before each change, so that two kernels can share it.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from course.mime_types import MIME, SKIP_MIME

from .lock import LockedPrediction

__all__ = ["Store"]

FILE = ".predictions.json"
FORMAT = 1
LARGEST_NOTEBOOK = 50_000_000  # bytes
LOCK_PATIENCE = 2.0  # seconds to wait for the lock file before assuming that a killed kernel left it

Entry = dict[str, Any]  # record (a locked prediction as JSON), skipped (UTC time), right (bool), each optional


class Store:
    """The predictions of one lesson, in `folder`, or only in memory if it is None.

    `notebook` returns the path of the open notebook, or "" if it is unknown. `notices` collects what a student
    should know; code that shows a notice removes it.
    """

    def __init__(self, lesson: str, folder: Path | None = None, notebook: Callable[[], str] = lambda: "") -> None:
        self.lesson = lesson
        self.notices: list[str] = []
        self._file = folder / FILE if folder is not None else None
        self._notebook = notebook
        self._memory: dict[str, Entry] = {}
        self._saved: dict[str, Entry] | None = None

    def record(self, name: str) -> LockedPrediction | None:
        """Return the locked prediction from the working copy, else from the saved notebook, else None.

        One changed by hand does not count, and a notice says so.
        """
        payload = self._entry(name).get("record")
        if _is_sound(payload):
            return LockedPrediction.parse(payload)
        if payload is not None:
            self._tell(f"The stored prediction '{name}' was changed by hand, so it does not count.")
        saved = self._from_notebook(name).get("record")
        return (
            LockedPrediction.parse(self.update(name, {"record": saved}, first=True)["record"]) if saved else None
        )

    def skipped(self, name: str) -> str:
        """Return the UTC time at which the student skipped the prediction to see the answer, or ""."""
        time = self._entry(name).get("skipped") or self._from_notebook(name).get("skipped")
        return time if isinstance(time, str) else ""

    def right(self, name: str) -> bool | None:
        """Return whether the prediction came true; None before its reveal."""
        right = self._entry(name).get("right")
        return right if isinstance(right, bool) else None

    def names(self) -> list[str]:
        """Return the names of the predictions in the working copy."""
        return list(self._lessons().get(self.lesson, {}))

    def update(self, name: str, change: Entry, first: bool = False) -> Entry:
        """Merge `change` into the entry and return it; with `first`, never replace a locked prediction.

        If the folder cannot be written, a notice says so and the predictions stay in memory from then on.
        """
        try:
            with self._exclusive():
                return self._merge(name, change, first)
        except OSError as error:
            self._memory = self._lessons().get(self.lesson, {})
            self._file = None
            self._tell(
                f"{FILE} cannot be written here ({error.strerror}): "
                "save the notebook, which holds your predictions too."
            )
            return self._merge(name, change, first)

    def _merge(self, name: str, change: Entry, first: bool) -> Entry:
        lessons = self._lessons()
        entry = lessons.setdefault(self.lesson, {}).setdefault(name, {})
        if not (first and _is_sound(entry.get("record"))):
            entry.update(change)
            self._write(lessons)
        return entry

    def _entry(self, name: str) -> Entry:
        return self._lessons().get(self.lesson, {}).get(name, {})

    def _lessons(self) -> dict[str, dict[str, Entry]]:
        if self._file is None:
            return {self.lesson: self._memory}
        try:
            text = self._file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            return self._set_aside(error)
        try:
            return _read_lessons(json.loads(text))
        except (ValueError, RecursionError) as error:
            return self._set_aside(error)

    def _set_aside(self, error: Exception) -> dict[str, dict[str, Entry]]:
        assert self._file is not None
        number = sum(1 for _ in self._file.parent.glob(f"{FILE}.damaged-*")) + 1
        aside = self._file.with_name(f"{FILE}.damaged-{number}")
        with contextlib.suppress(OSError):
            os.replace(self._file, aside)
        self._tell(
            f"The file {FILE} could not be read ({type(error).__name__}), so it was renamed {aside.name}; "
            "predictions locked in the saved notebook still count."
        )
        return {}

    def _write(self, lessons: dict[str, dict[str, Entry]]) -> None:
        if self._file is None:
            self._memory = lessons[self.lesson]
            return
        text = json.dumps({"format": FORMAT, "lessons": lessons}, indent=1, ensure_ascii=False)
        handle, name = tempfile.mkstemp(prefix=FILE, suffix=".part", dir=self._file.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            os.replace(name, self._file)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    @contextlib.contextmanager
    def _exclusive(self) -> Iterator[None]:
        """Hold a lock file while reading, changing and writing. Not fcntl: Windows lacks it."""
        if self._file is None:
            yield
            return
        lock, until = self._file.with_name(FILE + ".lock"), time.monotonic() + LOCK_PATIENCE
        while True:
            try:
                os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
                break
            except FileExistsError:
                if time.monotonic() > until:
                    break
                time.sleep(0.02)
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)

    def _tell(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)

    def _from_notebook(self, name: str) -> Entry:
        if self._saved is None:
            self._saved = self._read_notebook() if self._file is not None else {}
        return self._saved.get(name, {})

    def _read_notebook(self) -> dict[str, Entry]:
        assert self._file is not None
        path = Path(self._notebook() or "")
        if path.is_file():
            return _entries(_cells(path), self.lesson)
        # The path may be unknown or stale: then use this lesson's notebook, if the folder has exactly one.
        beside = [cells for other in self._file.parent.glob("*.ipynb") if (cells := _cells(other))]
        of_lesson = [cells for cells in beside if any(_begins(cell, self.lesson) for cell in cells)]
        return _entries(of_lesson[0], self.lesson) if len(of_lesson) == 1 else {}


def _is_sound(payload: Any) -> bool:
    record = LockedPrediction.parse(payload) if payload is not None else None
    return record is not None and record.intact


def _read_lessons(data: Any) -> dict[str, dict[str, Entry]]:
    lessons: Any = data.get("lessons") if isinstance(data, dict) and data.get("format") == FORMAT else None
    if not _is_dict_of_dicts(lessons) or not all(map(_is_dict_of_dicts, lessons.values())):
        raise ValueError("not a file of predictions")
    return cast("dict[str, dict[str, Entry]]", lessons)


def _is_dict_of_dicts(data: Any) -> bool:
    return isinstance(data, dict) and all(isinstance(item, dict) for item in data.values())


def _cells(path: Path) -> list[dict[str, Any]]:
    try:
        if path.stat().st_size > LARGEST_NOTEBOOK:
            return []
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    cells = data.get("cells") if isinstance(data, dict) else None
    return [cell for cell in _list(cells) if isinstance(cell, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _begins(cell: dict[str, Any], lesson: str) -> bool:
    source = cell.get("source")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    return "begin(" in text and lesson in text


def _entries(cells: list[dict[str, Any]], lesson: str) -> dict[str, Entry]:
    """Return the intact locked predictions and the skips for this lesson in a saved notebook's outputs."""
    entries: dict[str, Entry] = {}
    outputs = [output for cell in cells for output in _list(cell.get("outputs"))]
    for bundle in (output.get("data") for output in outputs if isinstance(output, dict)):
        if not isinstance(bundle, dict):
            continue
        record = LockedPrediction.parse(bundle[MIME]) if MIME in bundle else None
        if record is not None and record.intact and record.lesson == lesson:
            entries.setdefault(record.name, {}).setdefault("record", record.payload())
        skip = bundle.get(SKIP_MIME)
        if isinstance(skip, dict) and skip.get("lesson") == lesson and isinstance(skip.get("time"), str):
            entries.setdefault(str(skip.get("name")), {})["skipped"] = skip["time"]
    return entries
