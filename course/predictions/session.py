"""The lesson running in this kernel: its name, questions, store, and the outputs it may replace."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.display.frontend import interactive, notebook_path, show_bundle
from course.display.style import use_style

from .lock import LockedPrediction, now, read_confidence
from .prediction_card import notice_bundle
from .question import Question
from .store import Store

__all__ = ["Refused", "Session", "begin", "current"]


class Refused(ValueError):
    """A request that cannot be met, in one sentence.

    IPython shows the message without a traceback, which would only show our code.
    """

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass
class Session:
    """A running lesson. `outputs` are the display handles of its prediction cells, by the question's name."""

    lesson: str
    store: Store
    interactive: bool
    questions: dict[str, Question] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)

    def question(self, name: str) -> Question:
        """Return the question called `name`; `Refused` if its cell has not run in this kernel."""
        if name not in self.questions:
            known = f" The names so far are {', '.join(self.questions)}." if self.questions else ""
            raise Refused(f"No question is called {str(name)[:60]!r} yet: run its prediction cell first.{known}")
        return self.questions[name]

    def lock(self, name: str, value: Any, confidence: Any) -> tuple[LockedPrediction, bool]:
        """Lock a prediction, and return it with whether it is new: the first commitment counts.

        Raises `Refused`, and stores nothing, if the value or the confidence is refused.
        """
        question = self.question(name)
        if earlier := self.store.record(name):
            return earlier, False
        try:
            read_confidence(confidence)
            record = LockedPrediction.lock(
                self.lesson, question, value, confidence, late=bool(self.store.skipped(name))
            )
        except ValueError as refusal:
            raise Refused(str(refusal)) from None
        kept = LockedPrediction.parse(self.store.update(name, {"record": record.payload()}, first=True)["record"])
        assert kept is not None
        return kept, kept == record

    def skip(self, name: str) -> str:
        """Record, and return, the UTC time at which the student asked for the answer without a prediction."""
        self.question(name)
        time = self.store.skipped(name) or now()
        self.store.update(name, {"skipped": time})
        return time

    def show_notices(self) -> None:
        """Show, once, what the store found damaged or changed."""
        while self.store.notices:
            show_bundle(notice_bundle(self.store.notices.pop(0)))


_running: list[Session] = []  # at most one: a kernel runs one lesson, and a second `begin` replaces it


def begin(lesson: str, folder: Path | str | None = None) -> None:
    """Begin the lesson called `lesson`; its predictions are kept in `.predictions.json` in `folder`.

    `folder` defaults to the current one. When nobody is looking and no folder is given, nothing is read or
    written, so that every run of the notebook by a program gives the same. Raises `Refused` if `lesson` is not a
    name.
    """
    if not isinstance(lesson, str) or not lesson.strip() or len(lesson) > 100:
        raise Refused(f"lesson is {str(lesson)[:60]!r}; it must be a name such as 01-first-descent.")
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
