"""The hidden checks of lesson 6: what conditioning costs, in steps and in digits.

The longer ones stand in their own modules; all of the lesson's checks are found here. Longley's data are tried as
they are and with other numbers, so that a certified value that was typed in does not help.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import CHANGED, NOTHING, Test, changed, like, nothing
from course.data.longley import longley

from .bowl import Array, Mask
from .capstone_run import check_capstone
from .heavy_ball import check_momentum_gd
from .solver_table import check_compare_solvers
from .year_split import check_train_test_split_by_year

__all__ = [
    "check_capstone",
    "check_compare_solvers",
    "check_condition_number",
    "check_digits_agreed",
    "check_iterations_needed",
    "check_momentum_gd",
    "check_train_test_split_by_year",
]

# --- condition_number --------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    changes_X=CHANGED,
    not_squared="That is the condition number of X itself: the Hessian holds X twice.",
    squared_twice="The Hessian holds X twice, not four times: one squaring is too many.",
    upside_down="A condition number is never below 1: the two ends of the range have changed places.",
    standardized_first="The matrix is asked as it is given: you have scaled or centred its columns first.",
    other_norm="The two curvatures that count are the largest and the smallest: another measure of size was used.",
    one_end_only="That is a single curvature: how many times larger the largest is than the smallest is asked.",
    by_gram="On a hard matrix your digits are gone: once the product of X with itself is formed, they are lost.",
    not_a_number="Your condition number comes in an array: one plain number is asked.",
)
def check_condition_number(condition_number: Any) -> Iterator[Finding]:
    """condition_number(X) is the largest over the smallest curvature of the loss that belongs to X as given."""
    rng = generator()
    for rows, columns in ((12, 3), (40, 6), (7, 2)):
        ends = rng.uniform(1.5, 4.0), rng.uniform(0.02, 0.3)
        yield _condition_finding(condition_number, _matrix(rng, rows, np.geomspace(*ends, columns)), ends)
    features, _ = longley()
    features = features * rng.uniform(0.95, 1.05, features.shape)
    X = np.column_stack([np.ones(len(features)), features])
    singular = np.linalg.svd(X, compute_uv=False)
    yield _condition_finding(condition_number, X, (singular[0], singular[-1]), rtol=1e-4)
    hardest = (1.0, 3e-10 * rng.uniform(0.9, 1.1))  # squared, the small end is below all that a float keeps
    yield _condition_finding(condition_number, _matrix(rng, 20, np.geomspace(*hardest, 4)), hardest, rtol=1e-3)


def _matrix(rng: np.random.Generator, rows: int, singular: Array) -> Array:
    """A matrix with these singular values, turned at random on both sides."""
    left, _ = np.linalg.qr(rng.normal(size=(rows, len(singular))))
    right, _ = np.linalg.qr(rng.normal(size=(len(singular), len(singular))))
    return np.asarray(left * singular @ right.T)


def _condition_finding(student: Any, X: Array, ends: tuple[float, float], rtol: float = 1e-6) -> Finding:
    large, small = ends
    right = (large / small) ** 2
    call = Call(student, X)
    mistakes: dict[str, Any] = {
        "returns_nothing": nothing,
        "changes_X": changed,
        "not_a_number": lambda call: isinstance(call.value, np.ndarray),
    }
    if right > 1e9:  # the gentle matrices tell what kind of mistake it is, a hard one only that digits are lost
        mistakes["by_gram"] = lambda call: isinstance(call.value, (float, np.floating))
        return call.gives(right, mistakes, rtol=rtol)
    inverse = np.linalg.pinv(X)
    sizes = [float(np.linalg.norm(X, order) * np.linalg.norm(inverse, order)) for order in ("fro", 1, np.inf)]
    scales = (1.0, 2.0, 1 / len(X), 2 / len(X))
    mistakes |= {
        "not_squared": _about(right**0.5),
        "squared_twice": _about(right**2),
        "upside_down": _about(1 / right, 1 / right**0.5),
        "standardized_first": _standardized(X),
        "other_norm": _about(*sizes, *(size**2 for size in sizes)),
        "one_end_only": _about(*(scale * end**power for scale in scales for end in ends for power in (1, 2))),
    }
    return call.gives(right, mistakes, rtol=rtol)


def _about(*numbers: float) -> Test:
    """What came back is one of these numbers; roughly, for the way to them may be a rough one."""
    return lambda call: any(math.isclose(call.value, number, rel_tol=1e-3) for number in numbers)


def _standardized(X: Array) -> Test:
    centred = X - X.mean(axis=0)
    spread = X.std(axis=0)
    scaled = [centred[:, spread > 1e-9] / spread[spread > 1e-9], X / np.linalg.norm(X, axis=0), centred]
    scaled.append(np.column_stack([np.ones(len(X)), scaled[0]]))
    ends = [np.linalg.svd(matrix, compute_uv=False)[[0, -1]] for matrix in scaled]
    return _about(*((large / small) ** 2 if small else math.inf for large, small in ends))


# --- iterations_needed -------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    not_an_int="A number of steps is a whole number: an int is asked.",
    negative_count="Your number of steps is negative: both logarithms are of numbers below 1.",
    base_ten="Your count is off by the factor 2.3, or by its inverse: the two logarithms are of different kinds.",
    linear_in_accuracy="At an accuracy a thousand times finer you ask for a thousand times the steps: a product "
    "of equal factors shrinks much faster.",
    momentum_count="That is the count with momentum, where the root of the condition number stands: this is plain "
    "descent.",
    other_rate="You count twice the steps that the best fixed rate takes: what does that shrink an error by?",
    squared_error="You count half of the steps: the error is asked to shrink to the accuracy, not its square.",
)
def check_iterations_needed(iterations_needed: Any) -> Iterator[Finding]:
    """iterations_needed(kappa, accuracy) is the least k with ((kappa - 1)/(kappa + 1))^k <= accuracy, an int."""
    rng = generator()
    hard = [10 ** rng.uniform(low, high) for low, high in ((1.3, 2), (2, 4), (4, 7), (10.5, 12))]
    for kappa in (10.0, *(float(f"{number:.4g}") for number in hard)):
        accuracy = float(f"{10 ** rng.uniform(-9, -2):.3g}")
        call = Call(iterations_needed, kappa, accuracy)
        right = _steps(kappa, accuracy)
        yield call.satisfies(
            _is_count(right),
            f"{right}, within 1 % or one step",
            {
                "returns_nothing": nothing,
                "not_an_int": lambda call: isinstance(call.value, (float, np.ndarray)),
                "negative_count": lambda call: call.value < 0,
                "base_ten": _count_like(right / math.log(10), right * math.log(10)),
                "linear_in_accuracy": _count_like(
                    *(number / accuracy for number in (1, kappa, (kappa + 1) / 2, 1 / kappa)),
                    *((1 - accuracy) * (kappa + 1) * share for share in (0.5, 1)),
                ),
                "momentum_count": _count_like(_steps(math.sqrt(kappa), accuracy)),
                "other_rate": _count_like(math.log(accuracy) / math.log1p(-1 / kappa), 2 * right),
                "squared_error": _count_like(right / 2),
            },
        )


def _steps(kappa: float, accuracy: float) -> int:
    return math.ceil(math.log(accuracy) / math.log1p(-2 / (kappa + 1)))


def _is_count(right: int) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, (int, np.integer))
        and not isinstance(value, bool)
        and abs(int(value) - right) <= max(1, 0.01 * right)
    )


def _count_like(*numbers: float) -> Test:
    return lambda call: any(abs(call.value - number) <= max(1, 0.02 * number) for number in numbers)


# --- digits_agreed -----------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    changes_argument=CHANGED,
    fewest_only="One number for all came back: one for each coefficient is asked.",
    sign_flipped="A better estimate gets fewer digits from you: the logarithm of a small number is negative.",
    absolute_error="Multiply both numbers by a thousand and the digits stay the same: yours do not.",
    relative_to_estimate="You divide by the estimate: how large the error is, is measured by the certified value.",
    natural_logarithm="Ten times the error costs one digit: with you it costs 2.3, or 3.3.",
    rounded="You give whole digits: the fraction counts too.",
    signed_error="An error is a distance: below the certified value, or where that is negative, you go wrong.",
    not_clipped_below="An estimate that is wrong altogether gets 0 digits, not a negative number.",
    not_clipped_above="More than 15 digits are not to be told with floats: stop there.",
    nan_at_equality="Where estimate and certified value are equal, 15 is asked, and something else comes back.",
    zero_certified="Where the certified value is 0 nothing can be divided by it: the absolute error counts.",
    nan_estimate="A nan estimate agrees in no digit: it should get 0, and here it does not.",
)
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
