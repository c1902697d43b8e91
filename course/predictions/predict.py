"""Predict before you run, lock in, and only then see the result. A lesson calls each function here in one line.

`predict.choice(...)`, `number`, `shape` and `curve` ask; `predict.lock(...)` answers in code where no widget is
drawn; `predict.skip(...)` gives up the prediction to see the answer. `course.reveal` then shows the gap.

Each raises `Refused`, a ValueError of one sentence, if no lesson has begun or an argument is invalid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from course.display.frontend import show_bundle
from course.mime_types import SKIP_MIME

from . import question as kinds
from .lock import LockedPrediction
from .prediction_card import asked_bundle, locked_bundle, notice_bundle
from .question import Question
from .session import Refused, Session, begin, current

__all__ = ["begin", "choice", "curve", "lock", "number", "shape", "skip"]

ALREADY = "This prediction was locked in before, and the first commitment counts."


def choice(name: str, question: str, options: Mapping[str, str], rows: Sequence[Any] | None = None) -> None:
    """Ask for one of `options`, {key: text}, or for one in each of `rows`."""
    _ask(kinds.Choice, name, question, options, rows)


def number(
    name: str,
    question: str,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    fields: Sequence[str] | None = None,
) -> None:
    """Ask for a number in `unit` within [low, high], or for one for each of `fields`."""
    _ask(kinds.Number, name, question, unit, low, high, fields)


def shape(name: str, question: str, fields: Sequence[str] | None = None) -> None:
    """Ask for the shape of an array, such as (3, 1), or for one for each of `fields`."""
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
    """Ask for a curve over the range `x` within the range `y`, drawn with the mouse or typed as a few numbers.

    A drawn curve is shown as `points` numbers.
    """
    _ask(kinds.Curve, name, question, x, y, xlabel, ylabel, points, log_x, log_y)


def lock(name: str, value: Any, confidence: int = 70) -> None:
    """Lock in a prediction in code. `confidence` is in percent, from 50 to 100.

    Raises `Refused`, and stores nothing, if the value or the confidence is refused.
    """
    session = current()
    record, new = session.lock(name, value, confidence)
    question = session.question(name)
    notice = "" if new or record.value == question.read(value) else ALREADY
    show_bundle(locked_bundle(question, record, notice))
    show_locked(session, question, record)
    session.show_notices()


def skip(name: str) -> None:
    """Ask to see the answer without a prediction; one locked in afterwards is late and earns no points."""
    session = current()
    question = session.question(name)
    if session.store.record(name) is not None:
        show_bundle(
            notice_bundle(
                f"The prediction '{name}' is locked in already: run the cell with reveal to see the answer."
            )
        )
        return
    time = session.skip(name)
    bundle = notice_bundle(
        f"Noted: '{question.name}' will be shown without a prediction. Run the cell with reveal again."
    )
    show_bundle({**bundle, SKIP_MIME: {"lesson": session.lesson, "name": name, "time": time}})
    session.show_notices()


def show_locked(session: Session, question: Question, record: LockedPrediction) -> None:
    """Replace the form by the locked prediction, if a person is looking at it."""
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
    """Return the question, with its form as a widget if a person is looking and ipywidgets is installed."""
    late = "The answer has been shown already: a prediction made now is late and earns no points."
    notice = late if session.store.skipped(question.name) else ""
    bundle = asked_bundle(question, notice)
    if not session.interactive:
        return bundle
    try:
        from .form import form_view
    except ImportError:  # no ipywidgets: the text says how to answer in code
        return bundle

    def lock_in(value: Any, confidence: int) -> None:
        record, _ = session.lock(question.name, value, confidence)
        show_locked(session, question, record)

    return {**form_view(question, lock_in, notice), **bundle}
