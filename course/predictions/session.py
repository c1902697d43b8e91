"""One run of one lesson: its name, its questions, its store, and which outputs can be replaced."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.display.figures import use_style
from course.display.frontend import interactive, notebook_path, show_bundle

from .lock import Record, now, read_confidence
from .prediction_card import notice_bundle
from .question import Question
from .store import Store

__all__ = ["Refused", "Session", "begin", "current"]


class Refused(ValueError):
    """What cannot be done, in one sentence. It shows its message alone: the traceback would show our code."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass
class Session:
    """The lesson that runs in this kernel. `outputs` are the display handles of its prediction cells."""

    lesson: str
    store: Store
    interactive: bool
    questions: dict[str, Question] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)

    def question(self, name: str) -> Question:
        """Return the question of this name; `Refused` if its cell has not run in this kernel."""
        if name not in self.questions:
            known = f" The names so far are {', '.join(self.questions)}." if self.questions else ""
            raise Refused(f"No question is called {str(name)[:60]!r} yet: run its prediction cell first.{known}")
        return self.questions[name]

    def lock(self, name: str, value: Any, confidence: Any) -> tuple[Record, bool]:
        """Lock a prediction and return its record and whether it is new: the first commitment counts.

        Raises Refused in one sentence when the value or the sureness is not acceptable; nothing is stored then.
        """
        question = self.question(name)
        if earlier := self.store.record(name):
            return earlier, False
        try:
            read_confidence(confidence)
            record = Record.lock(self.lesson, question, value, confidence, late=bool(self.store.skipped(name)))
        except ValueError as refusal:
            raise Refused(str(refusal)) from None
        kept = Record.parse(self.store.update(name, {"record": record.payload()}, first=True)["record"])
        assert kept is not None
        return kept, kept == record

    def skip(self, name: str) -> str:
        """Record that the answer is wanted without a prediction, and return the time of it."""
        self.question(name)
        time = self.store.skipped(name) or now()
        self.store.update(name, {"skipped": time})
        return time

    def show_notices(self) -> None:
        """Tell, once, what the store found damaged or changed."""
        while self.store.notices:
            show_bundle(notice_bundle(self.store.notices.pop(0)))


_running: list[Session] = []  # one kernel runs one lesson; a second `begin` starts another


def begin(lesson: str, folder: Path | str | None = None) -> None:
    """Name the lesson that this notebook is; its predictions are kept in `.predictions.json` in `folder`.

    `folder` is the current one unless given. Where no person is looking nothing is written or read, so that a
    program's run of the notebook always gives the same.
    """
    if not isinstance(lesson, str) or not lesson.strip() or len(lesson) > 100:
        raise Refused(f"lesson is {str(lesson)[:60]!r}; it has to be a name such as 01-first-descent.")
    seen = interactive()
    if seen:
        use_style()
    place = Path(folder) if folder is not None else Path.cwd() if seen else None
    _running[:] = [Session(lesson, Store(lesson, place, notebook_path), seen)]


def current() -> Session:
    """Return the running session; `Refused` if no lesson has begun."""
    if not _running:
        raise Refused("No lesson has begun: run the cell with begin(...) near the top first.")
    return _running[0]
