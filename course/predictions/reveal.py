"""Reveal the gap: the prediction beside what happened, shown only once the prediction is locked in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course.display.card import AMBER, card, rich
from course.display.figures import show
from course.display.frontend import show_bundle
from course.mime_types import MIME, TRUTH_MIME

from .comparison import WITHIN, measure, plain_truth
from .gap import Drawing, Gap
from .lock import LockedPrediction
from .question import Choice, Question, Shape
from .session import current

__all__ = ["reveal"]


def reveal(
    name: str,
    truth: Any,
    why: Mapping[str, str] | None = None,
    draw: Drawing | None = None,
    notes: str = "",
    within: float = WITHIN,
) -> None:
    """Show the gap between the prediction `name` and `truth`; before the lock, say how to proceed instead.

    `truth` is the right key or {row: key}, a float or a list of them, a shape or a list of them, or the true y of
    a curve, (k,), over the same x range. `why` says for each option why it is right or why it tempts, `draw`
    returns a figure and its alt text to show below the gap, and `notes` is a sentence for everyone. A number is
    right within the share `within` of the truth, a curve if its mean gap is within that share of the y axis.
    Raises `Refused` if the prediction's cell has not run.
    """
    session = current()
    question = session.question(name)
    record, skipped = session.store.record(name), session.store.skipped(name)
    if record is None and not skipped:
        show_bundle(_closed_bundle(name))
        return session.show_notices()
    gap = measure(question, record.value if record else None, truth, why or {}, within)
    if record is not None and session.store.right(name) is not gap.right:
        session.store.update(name, {"right": gap.right})
    what = {"name": name, "truth": plain_truth(truth), "why": dict(why or {}), "within": within}
    show_bundle({**_gap_bundle(question, record, gap, notes), TRUTH_MIME: what})
    for drawing in [*gap.pictures, *filter(None, [draw])]:
        show(*drawing())
    session.show_notices()


def _closed_bundle(name: str) -> dict[str, Any]:
    lines = [
        f"Not shown yet: lock in your prediction '{name}' above first, then run this cell again.",
        f'To see it without a prediction, which earns no points, run predict.skip("{name}") in a new cell.',
    ]
    code = f'<code>predict.skip("{name}")</code>'
    html = card(
        "First your prediction",
        [
            f"Lock in <em>{name}</em> above, then run this cell again.",
            f"To see it without a prediction, which earns no points, run {code} in a new cell.",
        ],
        AMBER,
    )
    return {"text/plain": "\n".join(lines), "text/html": html}


def _gap_bundle(question: Question, record: LockedPrediction | None, gap: Gap, notes: str) -> dict[str, Any]:
    if record is None:
        title = "Shown without a prediction"
    elif gap.right:
        exact = isinstance(question, (Choice, Shape))
        title = "It went as you predicted" if exact else "Your prediction came close"
    else:
        title = "Your prediction and what happened"
    confidence = f"You were {record.confidence} % sure." if record else ""
    late = (
        "Locked in late, after the answer had been shown: no points for this one."
        if record and record.late
        else ""
    )
    said = [line for line in (confidence, late, notes) if line]
    lines = [f"{title} ('{question.name}'):", *gap.lines, *(f"  {line}" for line in said)]
    html = card(title, [rich(question.question), *gap.html, *map(rich, said)], label=f"{title}: {question.name}")
    bundle = {"text/plain": "\n".join(lines), "text/html": html}
    # A second copy: if the prediction cell loses its output, the file still carries the prediction.
    return {MIME: record.payload(), **bundle} if record else bundle
