"""Compare a prediction with what happened: choices, numbers, shapes and curves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from course.display.card import rich, table

from .curve_comparison import curve_gap
from .gap import Gap
from .question import Choice, Curve, Number, Question

__all__ = ["WITHIN", "measure", "number_distance", "plain_truth"]

WITHIN = 0.1  # share of the true number, or of the y axis of a curve, up to which a prediction is right
NONE = "no prediction"


def measure(question: Question, value: Any, truth: Any, why: Mapping[str, str], within: float = WITHIN) -> Gap:
    """Compare a stored value with the truth; if the value is None, only report what happened.

    `truth` is what `reveal` takes. Raises ValueError if it does not fit the question.
    """
    if isinstance(question, Choice):
        return _choice_gap(question, value, truth, why)
    if isinstance(question, Number):
        return _number_gap(question, value, truth, within)
    if isinstance(question, Curve):
        return curve_gap(question, value, truth, within)
    return _shape_gap(question, value, truth)


def plain_truth(truth: Any) -> Any:
    """Return a truth as JSON data: floats to four significant digits, None for any that is not finite."""
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
    """Return how far off a number is: "2.0 too high (10 %)", or a factor where a percentage says little."""
    gap = own - true
    if np.isfinite(true) and abs(gap) <= 1e-9 * abs(true):  # only rounding separates them
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
