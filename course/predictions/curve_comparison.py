"""The gap between a sketched curve and the true one: a measure, a sentence and a figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course.display.card import rich
from course.display.style import PALETTE, new_chart

from .gap import Gap
from .question import Curve

__all__ = ["curve_gap", "distances"]

FINE = 401  # positions at which two curves are compared, evenly spaced on the axis


def curve_gap(question: Curve, value: Sequence[float] | None, truth: Any, within: float) -> Gap:
    """Compare a stored curve with the true y, (k,), over the same x range; they may differ in length.

    The prediction is right if the mean gap is at most the share `within` of the y axis. ValueError if k < 2.
    """
    true = np.asarray(truth, float).ravel()
    if true.size < 2:
        raise ValueError(f"truth of {question.name} has {true.size} values; a curve needs two or more.")
    if value is None:
        sentence, right = _outcome_sentence(question, true), False
    else:
        sentence, right = _gap_sentence(question, value, true, within)
    return Gap(right, [f"  {sentence}"], [rich(sentence)], [lambda: _overlay(question, value, true, sentence)])


def distances(question: Curve, value: Sequence[float], true: Any) -> tuple[Any, Any]:
    """Return x, (401,), and the signed gap there, (401,), in the unit of y, or in decades on a log axis.

    Where the true curve leaves the axis, the end of the axis replaces it, since nobody can draw beyond.
    """
    x = question.grid(FINE)
    own, shown = question.at(value, x), question.at(_on_axis(question, true), x)
    return (x, np.log10(own) - np.log10(shown)) if question.log_y else (x, own - shown)


def _on_axis(question: Curve, true: Any) -> Any:
    return np.clip(np.nan_to_num(true, nan=question.y[1], posinf=question.y[1], neginf=question.y[0]), *question.y)


def _gap_sentence(question: Curve, value: Sequence[float], true: Any, within: float) -> tuple[str, bool]:
    x, gap = distances(question, value, true)
    mean, at = float(np.abs(gap).mean()), int(np.abs(gap).argmax())
    low, high = np.log10(question.y) if question.log_y else question.y
    side = "above" if gap[at] > 0 else "below"
    where = f"{question.xlabel} {x[at]:.3g}"
    if question.log_y:
        far = f"by a factor of {10**mean:.3g} in {question.ylabel} on average"
        most = f"most at {where}, where yours is {side} by a factor of {10 ** abs(gap[at]):.3g}"
    else:
        far = f"by {mean:.3g} in {question.ylabel} on average"
        most = f"most at {where}, where yours is {abs(gap[at]):.3g} {side}"
    sentence = f"Your curve misses the true one {far}; {most}."
    return sentence + _leaves(question, true), bool(mean <= within * (high - low))


def _outcome_sentence(question: Curve, true: Any) -> str:
    first, last = (f"{item:.4g}" for item in (true[0], true[-1]))
    return f"The true curve goes from {first} to {last} in {question.ylabel}.{_leaves(question, true)}"


def _leaves(question: Curve, true: Any) -> str:
    inside = np.isfinite(true) & (true >= question.y[0]) & (true <= question.y[1])
    return (
        "" if inside.all() else " The true curve leaves the axis; it is compared with the end of the axis there."
    )


def _overlay(question: Curve, value: Sequence[float] | None, true: Any, sentence: str) -> tuple[Any, str]:
    figure, axes = new_chart(6.4, 3.8)
    axes.plot(question.grid(true.size), true, color=PALETTE["blue"], linewidth=2.4, label="what happened")
    said = "the true curve solid"
    if value is not None:
        x = question.grid(FINE)
        own, shown = question.at(value, x), question.at(_on_axis(question, true), x)
        axes.plot(x, own, color=PALETTE["vermilion"], linestyle="--", linewidth=2.2, label="your prediction")
        axes.fill_between(x, own, shown, color=PALETTE["grey"], alpha=0.2, linewidth=0, label="gap")
        said = "your sketch dashed, the true curve solid"
    axes.set_xscale("log" if question.log_x else "linear")
    axes.set_yscale("log" if question.log_y else "linear")
    axes.set(xlabel=question.xlabel, ylabel=question.ylabel, xlim=question.x, ylim=question.y)
    axes.legend(frameon=False)
    return figure, f"{question.ylabel} over {question.xlabel}: {said}. {sentence}"
