"""The gap: what was predicted beside what happened, shown only once the prediction is locked in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .card import AMBER, card, rich, table
from .frontend import show_bundle
from .question import Choice, Curve, Number, Question, Shape
from .record import MIME, TRUTH_MIME, Record
from .session import current

__all__ = ["Gap", "measure", "plain_truth", "reveal"]

WITHIN = 0.1  # of the true number, or of the curve's axis: nearer than that counts as right

NONE = "no prediction"

Drawing = Callable[[], tuple[Any, str]]


@dataclass(frozen=True)
class Gap:
    """What a comparison found: whether the prediction was right, and the same said in text and in HTML."""

    right: bool
    lines: Sequence[str]
    html: Sequence[str]
    pictures: Sequence[Drawing] = field(default=())


def reveal(
    name: str,
    truth: Any,
    why: Mapping[str, str] | None = None,
    draw: Drawing | None = None,
    notes: str = "",
    within: float = WITHIN,
) -> None:
    """Show the gap between the prediction `name` and `truth`; before the lock, say how to go on instead.

    `truth` is the right key (or {row: key}), a float or a list, a shape, or the true y of a curve over the same
    x range (any length). `why` says for each option why it tempts or why it is right, `draw` gives a figure and
    its alt text to show after it, `notes` is a sentence for everyone. A number is right within the share
    `within` of the truth, a curve when its mean gap is within that share of the axis.
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
        _show_drawing(drawing)
    session.show_notices()


def measure(question: Question, value: Any, truth: Any, why: Mapping[str, str], within: float = WITHIN) -> Gap:
    """Compare a stored value with the truth; with the value None, the gap only says what happened."""
    if isinstance(question, Choice):
        return _choice_gap(question, value, truth, why)
    if isinstance(question, Number):
        return _number_gap(question, value, truth, within)
    if isinstance(question, Curve):
        from .curvegap import curve_gap

        return curve_gap(question, value, truth, within)
    return _shape_gap(question, value, truth)


def plain_truth(truth: Any) -> Any:
    """Return a truth as JSON data: four significant digits, None for what is not finite."""
    if isinstance(truth, Mapping):
        return {str(row): plain_truth(item) for row, item in truth.items()}
    if isinstance(truth, np.ndarray):
        truth = truth.tolist()
    if isinstance(truth, (list, tuple)):
        return [plain_truth(item) for item in truth]
    if isinstance(truth, (float, np.floating)):
        return float(f"{truth:.4g}") if np.isfinite(truth) else None
    return int(truth) if isinstance(truth, np.integer) else truth


def _choice_gap(question: Choice, value: Any, truth: Any, why: Mapping[str, str]) -> Gap:
    if question.rows is not None:
        return _rows_gap(question, value, truth, why)
    truth = question.read(truth)
    lines, rows = [], []
    for key, text in question.options.items():
        marks = [mark for mark, here in (("your choice", key == value), ("what happens", key == truth)) if here]
        reason = why.get(key, "")
        lines.append(
            f"  {key}) {text}{' <- ' + ', '.join(marks) if marks else ''}{f': {reason}' if reason else ''}"
        )
        mark = "".join(f'<strong style="white-space: nowrap;">{mark}</strong><br>' for mark in marks)
        rows.append([f"{rich(key)}) {rich(text)}", mark, rich(reason)])
    return Gap(value == truth, lines, [table(["option", "", "why it is right, or why it tempts"], rows)])


def _rows_gap(question: Choice, value: Any, truth: Any, why: Mapping[str, str]) -> Gap:
    truth = question.read(truth)
    said = {row: NONE if value is None else question.options[value[row]] for row in truth}
    same = {row: value is not None and value[row] == key for row, key in truth.items()}
    rows, lines = [], []
    for row, key in truth.items():
        verdict = "" if value is None else "same" if same[row] else "differs"
        lines.append(f"  {row}: {_you(said[row])}it is {question.options[key]}. {verdict}".rstrip())
        rows.append([rich(row), rich(said[row]), f"<strong>{rich(question.options[key])}</strong>", verdict])
    reasons = [f"{question.options.get(key, key)}: {reason}" for key, reason in why.items()]
    count = [] if value is None else [f"{sum(same.values())} of {len(same)} as predicted."]
    html = [table(["", "your choice", "what happens", ""], rows), *map(rich, [*count, *reasons])]
    return Gap(all(same.values()), [*lines, *(f"  {line}" for line in [*count, *reasons])], html)


def _number_gap(question: Number, value: Any, truth: Any, within: float) -> Gap:
    fields = question.fields or [""]
    truths = [float(item) for item in np.ravel(truth)]
    values = [None] * len(truths) if value is None else list(value) if question.fields else [value]
    unit = f" {question.unit}" if question.unit else ""
    near, lines, rows = [], [], []
    for name, own, true in zip(fields, values, truths, strict=True):
        distance = "" if own is None else number_distance(own, true, unit)
        near.append(own is not None and abs(own - true) <= within * abs(true))
        said = NONE if own is None else f"{own:.4g}{unit}"
        lines.append(f"  {f'{name}: ' if name else ''}{_you(said)}it is {true:.4g}{unit}; {distance}".rstrip("; "))
        rows.append([rich(name), rich(said), f"<strong>{rich(f'{true:.4g}{unit}')}</strong>", rich(distance)])
    return Gap(all(near), lines, [table(["", "your prediction", "what happens", "gap"], rows)])


def number_distance(own: float, true: float, unit: str = "") -> str:
    """Say how far a number is off: "2.0 too high (10 %)", with a factor where percent says little."""
    gap = own - true
    if np.isfinite(true) and abs(gap) <= 1e-9 * abs(true):  # what is left is rounding
        return "exactly right"
    said = f"{abs(gap):.3g}{unit} too {'high' if gap > 0 else 'low'}"
    if not np.isfinite(gap) or true == 0:
        return said if np.isfinite(gap) else "no finite gap"
    share = abs(gap / true)
    if share < 2:
        return f"{said} ({100 * share:.2g} %)" if share < 0.995 else f"{said} ({100 * share:.0f} %)"
    return f"{said} ({own / true:.2g} times it)" if own * true > 0 else said


def _shape_gap(question: Question, value: Any, truth: Any) -> Gap:
    fields = getattr(question, "fields", None)
    truths = question.read(truth)
    pairs = [("", value, truths)]
    if fields is not None:
        pairs = list(zip(fields, value or [None] * len(fields), truths, strict=True))
    lines, rows = [], []
    for name, own, true in pairs:
        said = NONE if own is None else str(tuple(own))
        verdict = "" if own is None else "same" if own == true else "differs"
        lines.append(f"  {f'{name}: ' if name else ''}{_you(said)}it is {tuple(true)}. {verdict}".rstrip())
        rows.append([rich(name), f"<code>{said}</code>", f"<strong><code>{tuple(true)}</code></strong>", verdict])
    return Gap(value == truths, lines, [table(["", "your prediction", "what happens", ""], rows)])


def _you(said: str) -> str:
    return "" if said == NONE else f"you said {said}; "


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


def _gap_bundle(question: Question, record: Record | None, gap: Gap, notes: str) -> dict[str, Any]:
    if record is None:
        title = "Shown without a prediction"
    elif gap.right:
        exact = isinstance(question, (Choice, Shape))
        title = "It went as you predicted" if exact else "Your prediction came close"
    else:
        title = "Your prediction and what happened"
    sure = f"You were {record.sure} % sure." if record else ""
    late = (
        "Locked in late, after the answer had been shown: no points for this one."
        if record and record.late
        else ""
    )
    said = [line for line in (sure, late, notes) if line]
    lines = [f"{title} ('{question.name}'):", *gap.lines, *(f"  {line}" for line in said)]
    html = card(title, [rich(question.question), *gap.html, *map(rich, said)], label=f"{title}: {question.name}")
    bundle = {"text/plain": "\n".join(lines), "text/html": html}
    # The record again: should the prediction cell's own output be lost, the file still carries it.
    return {MIME: record.payload(), **bundle} if record else bundle


def _show_drawing(drawing: Drawing) -> None:
    from .figures import show

    figure, alt = drawing()
    show(figure, alt)
