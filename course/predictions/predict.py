"""Predictions: ask before the run, lock in, and only then see. Each function here is one line of a lesson.

`predict.choice(...)`, `number`, `shape` and `curve` ask; `predict.lock(...)` answers by code where no widget is
drawn; `predict.skip(...)` shows the answer without a prediction. `reveal` is in `course.gap`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from course.display.frontend import show_bundle
from course.mime_types import SKIP_MIME

from . import question as kinds
from .lock import Record
from .prediction_card import asked_bundle, locked_bundle, notice_bundle
from .question import Question
from .session import Refused, Session, begin, current

__all__ = ["begin", "choice", "curve", "lock", "number", "shape", "skip"]

ALREADY = "This prediction was locked in before, and the first commitment counts."


def choice(name: str, question: str, options: Mapping[str, str], rows: Sequence[Any] | None = None) -> None:
    """Ask for one of `options`, {key: text}; with `rows` for one of them for each row."""
    _ask(kinds.Choice, name, question, options, rows)


def number(
    name: str,
    question: str,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    fields: Sequence[str] | None = None,
) -> None:
    """Ask for a number within [low, high], in `unit`; with `fields` for one number for each."""
    _ask(kinds.Number, name, question, unit, low, high, fields)


def shape(name: str, question: str, fields: Sequence[str] | None = None) -> None:
    """Ask for the shape of an array, such as (3, 1); with `fields` for one shape for each."""
    _ask(kinds.Shape, name, question, fields)


def curve(
    name: str,
    question: str,
    x: tuple[float, float] = (0, 100),
    y: tuple[float, float] = (0, 25),
    xlabel: str = "epoch",
    ylabel: str = "loss",
    points: int = 11,
    log_x: bool = False,
    log_y: bool = False,
) -> None:
    """Ask for a curve over `x` within `y`, drawn with the mouse or given as a few numbers (`points` are shown)."""
    _ask(kinds.Curve, name, question, x, y, xlabel, ylabel, points, log_x, log_y)


def lock(name: str, value: Any, confidence: int = 70) -> None:
    """Lock in a prediction by code: the plain form. `confidence` is in percent, from 50 to 100.

    Raises a ValueError of one sentence where the value or the sureness is refused; nothing is stored then.
    """
    session = current()
    record, new = session.lock(name, value, confidence)
    question = session.question(name)
    notice = "" if new or record.value == question.read(value) else ALREADY
    show_bundle(locked_bundle(question, record, notice))
    show_locked(session, question, record)
    session.show_notices()


def skip(name: str) -> None:
    """Ask to see the answer without a prediction; one that is locked in afterwards is late and earns nothing."""
    session = current()
    question = session.question(name)
    if session.store.record(name) is not None:
        show_bundle(notice_bundle(f"The prediction '{name}' is locked in already: run the cell with reveal."))
        return
    time = session.skip(name)
    bundle = notice_bundle(
        f"Noted: '{question.name}' is shown without a prediction. Run the cell with reveal again."
    )
    show_bundle({**bundle, SKIP_MIME: {"lesson": session.lesson, "name": name, "time": time}})
    session.show_notices()


def show_locked(session: Session, question: Question, record: Record) -> None:
    """Put the locked record in the place of the form, where a person is looking at both."""
    handle = session.outputs.get(question.name)
    if session.interactive and handle is not None:
        show_bundle(locked_bundle(question, record), handle)


def _ask(kind: type[Question], *arguments: Any) -> None:
    session = current()
    try:
        question = kind(*arguments)
    except (ValueError, TypeError) as error:
        raise Refused(str(error)) from None
    session.questions[question.name] = question
    record = session.store.record(question.name)
    bundle = locked_bundle(question, record) if record else _form_bundle(session, question)
    session.outputs[question.name] = show_bundle(bundle, updatable=True)
    session.show_notices()


def _form_bundle(session: Session, question: Question) -> dict[str, Any]:
    """Return the question with its form as a widget, where a person is looking and ipywidgets is installed."""
    late = "The answer was shown already: a prediction made now is late and earns no points."
    notice = late if session.store.skipped(question.name) else ""
    bundle = asked_bundle(question, notice)
    if not session.interactive:
        return bundle
    try:
        from .form import form_view
    except ImportError:  # ipywidgets or bqplot is missing: the plain form says how to go on
        return bundle

    def lock_in(value: Any, confidence: int) -> None:
        record, _ = session.lock(question.name, value, confidence)
        show_locked(session, question, record)

    return {**form_view(question, lock_in, notice), **bundle}
