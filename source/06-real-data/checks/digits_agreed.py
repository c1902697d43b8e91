"""The check of `digits_agreed`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import Test

from .bowl import Array, Mask


@check("returns_nothing", "changes_argument")
def check_digits_agreed(digits_agreed: Any) -> Iterator[Finding]:
    """digits_agreed(estimate, certified) is -log10 of each relative error (absolute at 0), clipped to 0 ... 15."""
    rng = generator()
    findings = []
    for count in (4, 7):
        certified = 10 ** rng.uniform(1, 5, count)
        signs = rng.permutation(np.resize([-1, 1], count))  # some of either, or a signed error would not show
        estimate = certified * (1 + signs * 10 ** -rng.uniform(0.7, 9, count))
        for scale in (1.0, -1e-6):
            plain = scale * estimate, scale * certified
            findings.append(_digits_finding(digits_agreed, *plain, {"signed_error": _spoiled(_digits(*plain))}))
    yield from findings
    if all(finding.ok for finding in findings):  # who goes wrong on plain numbers does so at the edges, too
        yield from _edges(digits_agreed, rng, estimate, certified)


def _edges(student: Any, rng: np.random.Generator, estimate: Array, certified: Array) -> Iterator[Finding]:
    yield _digits_finding(student, certified * rng.uniform(3, 40, 7), certified)
    too_good = {"not_clipped_above": lambda call: bool(np.all(call.value >= 15) and np.any(call.value > 15))}
    yield _digits_finding(student, np.nextafter(certified, np.inf), certified, too_good)
    equal = too_good | {"nan_at_equality": lambda call: True}
    yield _digits_finding(student, certified.copy(), certified, equal)
    first = np.arange(7) < 3
    some_zero, near = np.where(first, 0.0, certified), np.where(first, rng.uniform(0.3, 9, 7) * 1e-6, estimate)
    near[0] *= -1
    yield _digits_finding(student, near, some_zero, {"zero_certified": _only_at(first, near, some_zero)})
    near[1], some_zero[4:] = 0.0, near[4:]
    at_zero = {
        "zero_certified": _only_at(first, near, some_zero),
        "nan_at_equality": _only_at(near == some_zero, near, some_zero, ValueError),
    }
    yield _digits_finding(student, near, some_zero, at_zero)
    lost = np.arange(7) == rng.integers(7)
    with_nan = np.where(lost, np.nan, estimate)
    yield _digits_finding(student, with_nan, certified, {"nan_estimate": _only_at(lost, with_nan, certified)})


def _formula(estimate, certified, size=None):
    """The digits by the formula, at 0 and at equality as well, with nothing clipped yet."""
    if size is None:
        size = np.where(certified == 0, 1.0, np.abs(certified))
    return -np.log10(np.maximum(np.abs(estimate - certified) / size, 1e-300))


def _clipped(digits):
    return np.where(np.isnan(digits), 0.0, np.clip(digits, 0, 15))


@check_digits_agreed.another("changes_argument")
def turns_estimate_into_error(estimate, certified):
    digits = _clipped(_formula(estimate, certified))
    estimate -= certified
    return digits


@check_digits_agreed.misconception
def fewest_only(estimate, certified):
    """One number for all came back: one for each coefficient is asked."""
    return _clipped(_formula(estimate, certified)).min()


@check_digits_agreed.misconception
def sign_flipped(estimate, certified):
    """A better estimate gets fewer digits from you: the logarithm of a small number is negative."""
    return -_formula(estimate, certified)


@check_digits_agreed.another(sign_flipped)
def sign_flipped_and_clipped(estimate, certified):
    return _clipped(-_formula(estimate, certified))


@check_digits_agreed.misconception
def absolute_error(estimate, certified):
    """Multiply both numbers by a thousand and the digits stay the same: yours do not."""
    return _clipped(_formula(estimate, certified, 1.0))


@check_digits_agreed.another(absolute_error)
def absolute_and_not_clipped(estimate, certified):
    return _formula(estimate, certified, 1.0)


@check_digits_agreed.misconception
def relative_to_estimate(estimate, certified):
    """You divide by the estimate: how large the error is, is measured by the certified value."""
    return _clipped(_formula(estimate, certified, np.where(estimate == 0, 1.0, np.abs(estimate))))


@check_digits_agreed.misconception
def natural_logarithm(estimate, certified):
    """Ten times the error costs one digit: with you it costs 2.3, or 3.3."""
    return _clipped(_formula(estimate, certified) * np.log(10))


@check_digits_agreed.another(natural_logarithm)
def natural_and_not_clipped(estimate, certified):
    return _formula(estimate, certified) * np.log(10)


@check_digits_agreed.another(natural_logarithm)
def binary_logarithm(estimate, certified):
    return _clipped(_formula(estimate, certified) * np.log2(10))


@check_digits_agreed.another(natural_logarithm)
def binary_and_not_clipped(estimate, certified):
    return _formula(estimate, certified) * np.log2(10)


@check_digits_agreed.misconception
def rounded(estimate, certified):
    """You give whole digits: the fraction counts too."""
    return np.floor(_clipped(_formula(estimate, certified)))


@check_digits_agreed.another(rounded)
def rounded_to_nearest(estimate, certified):
    return np.round(_clipped(_formula(estimate, certified)))


@check_digits_agreed.another(rounded)
def rounded_up(estimate, certified):
    return np.ceil(_clipped(_formula(estimate, certified)))


@check_digits_agreed.misconception
def signed_error(estimate, certified):
    """An error is a distance: below the certified value, or where that is negative, you go wrong."""
    size = np.where(certified == 0, 1.0, np.abs(certified))
    return _clipped(-np.log10((estimate - certified) / size))


@check_digits_agreed.misconception
def not_clipped_below(estimate, certified):
    """An estimate that is wrong altogether gets 0 digits, not a negative number."""
    return np.where(np.isnan(estimate), 0.0, np.minimum(_formula(estimate, certified), 15))


@check_digits_agreed.misconception
def not_clipped_above(estimate, certified):
    """More than 15 digits are not to be told with floats: stop there."""
    return np.where(np.isnan(estimate), 0.0, np.maximum(_formula(estimate, certified), 0))


@check_digits_agreed.misconception
def nan_at_equality(estimate, certified):
    """Where estimate and certified value are equal, 15 is asked, and something else comes back."""
    return np.where(estimate == certified, np.nan, _clipped(_formula(estimate, certified)))


@check_digits_agreed.misconception
def zero_certified(estimate, certified):
    """Where the certified value is 0 nothing can be divided by it: the absolute error counts."""
    return _clipped(_formula(estimate, certified, np.abs(certified)))


@check_digits_agreed.misconception
def nan_estimate(estimate, certified):
    """A nan estimate agrees in no digit: it should get 0, and here it does not."""
    return np.clip(_formula(estimate, certified), 0, 15)


def _digits(estimate: Array, certified: Array) -> Array:
    """The digits by exact arithmetic: floats are fractions."""
    return np.array([_digits_of_one(*pair) for pair in zip(estimate, certified, strict=True)])


def _digits_of_one(estimate: float, certified: float) -> float:
    if math.isnan(estimate):
        return 0.0
    error = abs(Fraction(estimate) - Fraction(certified)) / (abs(Fraction(certified)) or 1)
    return 15.0 if error == 0 else min(max(-math.log10(error), 0.0), 15.0)


def _digits_finding(
    student: Any, estimate: Array, certified: Array, mistakes: dict[str, Any] | None = None
) -> Finding:
    call = Call(student, estimate, certified)
    return call.gives(_digits(estimate, certified), {"fewest_only": _is_one_number} | (mistakes or {}), atol=1e-6)


def _is_one_number(call: Call) -> bool:
    return not call.error and call.value is not None and np.ndim(call.value) == 0


def _only_at(places: Mask, estimate: Array, certified: Array, error: type[Exception] = ZeroDivisionError) -> Test:
    """Nothing went wrong but at these places, or the call broke off with such an error."""
    right = _digits(estimate, certified)

    def test(call: Call) -> bool:
        return isinstance(call.error, error) or bool(np.allclose(call.value[~places], right[~places]))

    return test


def _spoiled(right: Array) -> Test:
    """What is wrong is nan, or what clipping makes of nan and inf; or the call broke off."""

    def test(call: Call) -> bool:
        if call.error is not None:
            return isinstance(call.error, ValueError)
        wrong = call.value[~np.isclose(call.value, right)]
        return bool(np.all(np.isnan(wrong) | (wrong == 0) | (wrong == 15)))

    return test
