"""The check of `digits_agreed`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import Test, changed, like, nothing

from .bowl import Array, Mask


@check
def check_digits_agreed(digits_agreed: Any) -> Iterator[Finding]:
    """digits_agreed(estimate, certified) is -log10 of each relative error (absolute at 0), clipped to 0 ... 15."""
    rng = generator()
    for count in (4, 7):
        certified = 10 ** rng.uniform(1, 5, count)
        signs = rng.permutation(np.resize([-1, 1], count))  # some of either, or a signed error would not show
        estimate = certified * (1 + signs * 10 ** -rng.uniform(0.7, 9, count))
        yield _digits_finding(digits_agreed, estimate, certified)
        yield _digits_finding(digits_agreed, -estimate / 1e6, -certified / 1e6)
    wrong = certified * rng.uniform(3, 40, 7)
    unclipped = -np.log10(np.abs(wrong - certified) / certified)
    yield _digits_finding(digits_agreed, wrong, certified, {"not_clipped_below": _gave(unclipped)})
    too_good = {"not_clipped_above": lambda call: bool(np.all(call.value >= 15) and np.any(call.value > 15))}
    yield _digits_finding(digits_agreed, np.nextafter(certified, np.inf), certified, too_good)
    equal = too_good | {"nan_at_equality": lambda call: True}
    yield _digits_finding(digits_agreed, certified.copy(), certified, equal)
    first = np.arange(7) < 3
    some_zero, near = np.where(first, 0.0, certified), np.where(first, rng.uniform(0.3, 9, 7) * 1e-6, estimate)
    near[0] *= -1
    yield _digits_finding(digits_agreed, near, some_zero, {"zero_certified": _only_at(first, near, some_zero)})
    near[1], some_zero[4:] = 0.0, near[4:]
    at_zero = {
        "zero_certified": _only_at(first, near, some_zero),
        "nan_at_equality": _only_at(near == some_zero, near, some_zero, ValueError),
    }
    yield _digits_finding(digits_agreed, near, some_zero, at_zero)
    lost = np.arange(7) == rng.integers(7)
    with_nan = np.where(lost, np.nan, estimate)
    yield _digits_finding(
        digits_agreed, with_nan, certified, {"nan_estimate": _only_at(lost, with_nan, certified)}
    )


@check_digits_agreed.misconception
def returns_nothing(estimate, certified):
    """The function ends without handing anything back: what is only printed or stored in a name is lost."""
    error = np.abs(estimate - certified)
    size = np.where(certified == 0, 1.0, np.abs(certified))
    digits = -np.log10(np.maximum(error / size, 1e-300))
    result = np.where(np.isnan(error), 0.0, np.clip(digits, 0, 15))


@check_digits_agreed.misconception
def changes_argument(estimate, certified):
    """After the call the arrays passed in hold other numbers: compute new ones and leave the arguments alone."""
    estimate -= certified
    error = np.abs(estimate)
    size = np.where(certified == 0, 1.0, np.abs(certified))
    digits = -np.log10(np.maximum(error / size, 1e-300))
    return np.where(np.isnan(error), 0.0, np.clip(digits, 0, 15))


@check_digits_agreed.misconception
def fewest_only(estimate, certified):
    """One number for all came back: one for each coefficient is asked."""
    error = np.abs(estimate - certified)
    size = np.where(certified == 0, 1.0, np.abs(certified))
    digits = -np.log10(np.maximum(error / size, 1e-300))
    return np.where(np.isnan(error), 0.0, np.clip(digits, 0, 15)).min()


@check_digits_agreed.misconception
def sign_flipped(estimate, certified):
    """A better estimate gets fewer digits from you: the logarithm of a small number is negative."""
    error = np.abs(estimate - certified)
    size = np.where(certified == 0, 1.0, np.abs(certified))
    digits = np.log10(np.maximum(error / size, 1e-300))
    return np.where(np.isnan(error), 0.0, np.clip(digits, 0, 15))


@check_digits_agreed.misconception
def absolute_error(estimate, certified):
    """Multiply both numbers by a thousand and the digits stay the same: yours do not."""
    error = np.abs(estimate - certified)
    size = 1.0
    digits = -np.log10(np.maximum(error / size, 1e-300))
    return np.where(np.isnan(error), 0.0, np.clip(digits, 0, 15))


@check_digits_agreed.misconception
def relative_to_estimate(estimate, certified):
    """You divide by the estimate: how large the error is, is measured by the certified value."""
    error = np.abs(estimate - certified)
    size = np.where(estimate == 0, 1.0, np.abs(estimate))
    digits = -np.log10(np.maximum(error / size, 1e-300))
    return np.where(np.isnan(error), 0.0, np.clip(digits, 0, 15))


@check_digits_agreed.misconception
def natural_logarithm(estimate, certified):
    """Ten times the error costs one digit: with you it costs 2.3, or 3.3."""
    error = np.abs(estimate - certified)
    size = np.where(certified == 0, 1.0, np.abs(certified))
    digits = -np.log(np.maximum(error / size, 1e-300))
    return np.where(np.isnan(error), 0.0, np.clip(digits, 0, 15))


@check_digits_agreed.misconception
def rounded(estimate, certified):
    """You give whole digits: the fraction counts too."""
    error = np.abs(estimate - certified)
    size = np.where(certified == 0, 1.0, np.abs(certified))
    digits = -np.log10(np.maximum(error / size, 1e-300))
    return np.where(np.isnan(error), 0.0, np.clip(np.floor(digits), 0, 15))


@check_digits_agreed.misconception
def signed_error(estimate, certified):
    """An error is a distance: below the certified value, or where that is negative, you go wrong."""
    error = estimate - certified
    size = np.where(certified == 0, 1.0, np.abs(certified))
    digits = -np.log10(error / size)
    return np.where(np.isnan(digits), 0.0, np.clip(digits, 0, 15))


@check_digits_agreed.misconception
def not_clipped_below(estimate, certified):
    """An estimate that is wrong altogether gets 0 digits, not a negative number."""
    error = np.abs(estimate - certified)
    size = np.where(certified == 0, 1.0, np.abs(certified))
    digits = -np.log10(np.maximum(error / size, 1e-300))
    return np.where(np.isnan(error), 0.0, np.minimum(digits, 15))


@check_digits_agreed.misconception
def not_clipped_above(estimate, certified):
    """More than 15 digits are not to be told with floats: stop there."""
    error = np.abs(estimate - certified)
    size = np.where(certified == 0, 1.0, np.abs(certified))
    digits = -np.log10(np.maximum(error / size, 1e-300))
    return np.where(np.isnan(error), 0.0, np.maximum(digits, 0))


@check_digits_agreed.misconception
def nan_at_equality(estimate, certified):
    """Where estimate and certified value are equal, 15 is asked, and something else comes back."""
    error = np.abs(estimate - certified)
    size = np.where(certified == 0, 1.0, np.abs(certified))
    error[error == 0] = np.nan
    digits = -np.log10(error / size)
    return np.where(np.isnan(estimate), 0.0, np.clip(digits, 0, 15))


@check_digits_agreed.misconception
def zero_certified(estimate, certified):
    """Where the certified value is 0 nothing can be divided by it: the absolute error counts."""
    error = np.abs(estimate - certified)
    size = np.abs(certified)
    digits = -np.log10(np.maximum(error / size, 1e-300))
    return np.where(np.isnan(estimate), 0.0, np.clip(digits, 0, 15))


@check_digits_agreed.misconception
def nan_estimate(estimate, certified):
    """A nan estimate agrees in no digit: it should get 0, and here it does not."""
    error = np.abs(estimate - certified)
    size = np.where(certified == 0, 1.0, np.abs(certified))
    digits = -np.log10(np.maximum(error / size, 1e-300))
    return np.clip(digits, 0, 15)


def _digits(estimate: Array, certified: Array) -> Array:
    """The digits by exact arithmetic: floats are fractions."""
    return np.array([_digits_of_one(*pair) for pair in zip(estimate, certified, strict=True)])


def _digits_of_one(estimate: float, certified: float) -> float:
    if math.isnan(estimate):
        return 0.0
    error = abs(Fraction(estimate) - Fraction(certified)) / (abs(Fraction(certified)) or 1)
    return 15.0 if error == 0 else min(max(-math.log10(error), 0.0), 15.0)


def _digits_finding(
    student: Any, estimate: Array, certified: Array, special: dict[str, Any] | None = None
) -> Finding:
    right = _digits(estimate, certified)
    call = Call(student, estimate, certified)
    mistakes: dict[str, Any] = {
        "returns_nothing": nothing,
        "changes_argument": changed,
        "fewest_only": lambda call: call.error is None and call.value is not None and np.ndim(call.value) == 0,
    }
    if special is None or "not_clipped_below" in special:
        off = np.abs(estimate - certified)
        logarithms = [np.log10(off / np.abs(certified)) * scale for scale in (1.0, math.log(10), math.log2(10))]
        mistakes |= {
            "sign_flipped": _gave(logarithms[0]),
            "absolute_error": _gave(-np.log10(off)),
            "relative_to_estimate": _gave(-np.log10(off / np.abs(estimate))),
            "natural_logarithm": _gave(-logarithms[1], -logarithms[2]),
        }
    if special is None:
        mistakes |= {
            "rounded": _gave(np.floor(right), np.round(right), np.ceil(right)),
            "signed_error": _spoiled(right),
        }
    return call.gives(right, mistakes | (special or {}), atol=1e-6)


def _gave(*wrong: Array) -> Test:
    """These digits came back, clipped or not."""
    return lambda call: like(call, *wrong, *(np.clip(digits, 0, 15) for digits in wrong))(call)


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
