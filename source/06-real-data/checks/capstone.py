"""The check of `capstone`: a descent that is led by the training data alone.

The same training data come with several test sets, one of them with targets that are turned upside down: whoever
lets the test data have a say in the rate, the stopping point or the scale decides otherwise there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import Test
from course.testing.value import difference

from .bowl import Array, least_squares

KEYS = ("rate", "stopped_at", "test_mse", "mean_mse", "lstsq_mse")

# A right answer may hold back some training rows at random, and stop where their loss is lowest. On its way to the
# minimum that is off by chi-squared / (rows held back) of the noise, in one to three directions: with a tenth of
# 5000 it takes a chi-squared of 50 to miss 10 %, which has a chance of 1e-10 (of 1e-4 with a tenth of 2000).
ROWS = 5000

# Where chance decides in an answer, it decides the same in each of 17 runs here, and otherwise in each of 17 runs
# there, with a chance of at most 2 / 4^17 = 1e-10: that is with two decisions, both equally likely.
REPEATS = 16


@check(
    "returns_nothing",
    "changes_argument",
    keys_differ="The keys are not the five that are asked: rate, stopped_at, test_mse, mean_mse and lstsq_mse.",
    rate_not_a_number="The rate is one positive float: something else stands under its key.",
    stopped_at_not_an_int="stopped_at counts steps: a whole number from 1 on is asked.",
    rooted="Your errors are in the units of y: the mean of the squares is asked, without a root.",
    fixed_rate="Your rate is the same whatever the training data: choose it from their curvatures, or by trying.",
    training_error="You report errors on the training data: all three are asked on the test data.",
    mean_of_the_test="The mean to beat is that of the training targets: the test targets are not known yet.",
    least_squares_on_test="Least squares was fitted on the test data: it may see the training data only.",
    least_squares_without_ones="Your least squares runs through the origin: it needs an intercept as well.",
    test_scaled_by_itself="The test data were given a scale of their own: use the training data's for both.",
    test_data_chooses="Your rate or stopping point changes when the test targets alone are others.",
    scaled_on_all_data="Your rate or stopping point moves with the test features: what is the scale taken from?",
    no_intercept="Your descent runs through the origin: once scaled, the features need a column of ones.",
    not_scaled="Where the features have very different units your descent does not get anywhere: scale them.",
    never_stops_early="You always take the same number of steps: stop when the training no longer improves.",
    stops_too_early="Your descent stops long before it is near least squares: look at what ends it.",
)
def check_capstone(capstone: Any) -> Iterator[Finding]:
    """(X_train, y_train, X_test, y_test) -> a descent scaled, led and stopped by the training data, compared."""
    rng = generator()
    # The steepest curvatures are about 2, 7 and 27: more than a decade apart, or trying 1, 0.1, 0.01 and so on
    # would give the same rate for all.
    sizes = ((ROWS, 3, 0.0, 0), (ROWS, 4, 0.9, 5), (ROWS, 18, 0.75, 5))
    problems = [Problem.drawn(rng, *size) for size in sizes]
    calls = [Call(capstone, *problem.arguments) for problem in problems]
    descents: list[Finding] = []
    for problem, call in zip(problems, calls, strict=True):
        form = _form_finding(call)
        yield form
        if not form.ok:
            return
        yield from _baseline_findings(problem, call)
        descents.append(_descent_finding(problem, call))
        yield descents[-1]
    yield from _habit_findings(problems, calls)
    if all(finding.ok for finding in descents):  # a run that gets nowhere takes long, and tells nothing new
        yield from _other_test_findings(rng, capstone, problems[1], calls[1])


@dataclass(frozen=True)
class Problem:
    """Training and test data, raw: features in very different units, and a line with noise."""

    X_train: Array
    y_train: Array
    X_test: Array
    y_test: Array

    @classmethod
    def drawn(cls, rng: np.random.Generator, n: int, d: int, together: float, decades: float) -> Problem:
        """Draw n training and n test rows of d features, correlated by `together`, their units decades apart."""
        common = rng.normal(size=(2 * n, 1))
        Z = np.sqrt(together) * common + np.sqrt(1 - together) * rng.normal(size=(2 * n, d))
        y = rng.uniform(20, 40) + Z @ (rng.uniform(1, 3, d) * rng.choice([-1, 1], d)) + rng.normal(size=2 * n)
        X = (Z + rng.uniform(-0.8, 0.8, d) * decades) * 10 ** rng.permutation(np.linspace(-0.4, 0.6, d) * decades)
        return cls(X[:n], y[:n], X[n:], y[n:])

    @property
    def arguments(self) -> tuple[Array, Array, Array, Array]:
        """Fresh copies, in the order in which the answer takes them."""
        return self.X_train.copy(), self.y_train.copy(), self.X_test.copy(), self.y_test.copy()

    def least_squares_mse(self, X: Array, y: Array, *, ones: bool = True) -> float:
        """Fit on (X, y); give the mean squared error on the test data."""
        theta = least_squares(_with_ones(X) if ones else X, y)
        return float(np.mean(((_with_ones(self.X_test) if ones else self.X_test) @ theta - self.y_test) ** 2))

    def error(self, value: Array | float) -> float:
        """The mean squared error of these predictions on the test data."""
        return float(np.mean((self.y_test - value) ** 2))

    @property
    def has_units(self) -> bool:
        """The features come in very different units, so that a descent on the raw ones gets nowhere."""
        spread = self.X_train.std(axis=0)
        return bool(spread.max() > 100 * spread.min())

    @property
    def lowest(self) -> float:
        """The error of least squares, fitted as it should be."""
        return self.least_squares_mse(self.X_train, self.y_train)

    def misjudged(self) -> float:
        """The error of least squares where the test features are scaled by their own mean and spread."""
        X, Z = self.X_train, (self.X_test - self.X_test.mean(axis=0)) / self.X_test.std(axis=0)
        return self.error(
            _with_ones(Z * X.std(axis=0) + X.mean(axis=0)) @ least_squares(_with_ones(X), self.y_train)
        )


def _with_ones(X: Array) -> Array:
    return np.column_stack([np.ones(len(X)), X])


def _form_finding(call: Call) -> Finding:
    def is_rate(value: Any) -> bool:
        return not difference(value, float(value)) and 0 < float(value) < math.inf

    def is_count(value: Any) -> bool:
        return isinstance(value, (int, np.integer)) and not isinstance(value, bool) and int(value) >= 1

    return call.satisfies(
        lambda value: set(value) == set(KEYS) and is_rate(value["rate"]) and is_count(value["stopped_at"]),
        "a dict with rate, stopped_at, test_mse, mean_mse and lstsq_mse",
        {
            "keys_differ": lambda call: set(call.value) != set(KEYS),
            "rate_not_a_number": lambda call: not _holds(is_rate, call.value["rate"]),
            "stopped_at_not_an_int": lambda call: not is_count(call.value["stopped_at"]),
        },
    )


def _holds(test: Any, value: Any) -> bool:
    try:
        return bool(test(value))
    except (TypeError, ValueError):
        return False


def _number(value: Any) -> float:
    """The value, if it is a plain number, else nan."""
    return float(value) if _holds(lambda value: not difference(value, float(value)), value) else math.nan


def _is(key: str, *wrong: float) -> Test:
    return lambda call: any(not difference(call.value[key], number, 1e-5) for number in wrong)


def _baseline_findings(problem: Problem, call: Call) -> Iterator[Finding]:
    X, y, X_test, y_test = problem.arguments
    mean, fit = problem.error(y.mean()), least_squares(_with_ones(X), y)
    yield call["mean_mse"].gives(
        mean,
        {
            "rooted": _own(call, "mean_mse", mean**0.5),
            "training_error": _own(call, "mean_mse", float(y.var())),
            "mean_of_the_test": _own(
                call, "mean_mse", float(y_test.var()), float(np.mean((y - y_test.mean()) ** 2))
            ),
        },
        part="baselines",
    )
    lowest = problem.lowest
    yield call["lstsq_mse"].gives(
        lowest,
        {
            "rooted": _own(call, "lstsq_mse", lowest**0.5),
            "training_error": _own(call, "lstsq_mse", float(np.mean((_with_ones(X) @ fit - y) ** 2))),
            "least_squares_on_test": _own(call, "lstsq_mse", problem.least_squares_mse(X_test, y_test)),
            "least_squares_without_ones": _own(
                call, "lstsq_mse", problem.least_squares_mse(X, y, ones=False), _scaled_through_origin(problem)
            ),
        },
        part="baselines",
    )


def _own(call: Call, key: str, *wrong: float) -> Test:
    return lambda _: _is(key, *wrong)(call)


def _scaled_through_origin(problem: Problem) -> float:
    mean, std = problem.X_train.mean(axis=0), problem.X_train.std(axis=0)
    theta = least_squares((problem.X_train - mean) / std, problem.y_train)
    return problem.error((problem.X_test - mean) / std @ theta)


def _descent_finding(problem: Problem, call: Call) -> Finding:
    lowest, own = problem.lowest, _number(call.value["test_mse"])
    X, y, *_ = problem.arguments
    tempting = {
        "rooted": lowest**0.5,
        "training_error": float(np.mean((_with_ones(X) @ least_squares(_with_ones(X), y) - y) ** 2)),
        "test_scaled_by_itself": problem.misjudged(),
        "no_intercept": _scaled_through_origin(problem),
    }
    off = {label: abs(own - error) / error for label, error in tempting.items()}
    nearest = min(off, key=lambda label: off[label])  # two of them can be much alike
    return call["test_mse"].satisfies(
        0.9 * lowest < own < 1.1 * lowest,
        f"a test error within 10 % of least squares, {lowest:.4g}",
        {
            **{label: label == nearest and off[label] < 0.05 for label in tempting},
            "not_scaled": problem.has_units and not own < 3 * lowest,
            "stops_too_early": own > 1.1 * lowest,
        },
        part="descent",
    )


def _habit_findings(problems: list[Problem], calls: list[Call]) -> Iterator[Finding]:
    rates = {float(call.value["rate"]) for call in calls}
    yield calls[-1]["rate"].satisfies(
        len(rates) > 1, "a rate that depends on the training data", {"fixed_rate": True}, part="descent"
    )
    counts = {int(call.value["stopped_at"]) for call in calls}
    yield calls[-1]["stopped_at"].satisfies(
        len(counts) > 1, "a number of steps that depends on the data", {"never_stops_early": True}, part="descent"
    )


def _other_test_findings(
    rng: np.random.Generator, student: Any, problem: Problem, first: Call
) -> Iterator[Finding]:
    """Other test data must not change a decision."""
    X, y, X_test, y_test = problem.arguments
    upside_down = Problem(X, y, X_test, 2 * y.mean() - y_test)
    call = Call(student, *upside_down.arguments)
    yield _decision_finding(student, [(problem, first), (upside_down, call)], "test_data_chooses")
    lowest = upside_down.lowest
    yield call.satisfies(
        lambda value: 0.9 * lowest < value["test_mse"] < 1.1 * lowest,
        f"a test error within 10 % of least squares, {lowest:.4g}",
        {
            "test_data_chooses": lambda call: (
                call.value["test_mse"] <= 0.9 * lowest and _decided(call) != _decided(first)
            )
        },
        part="descent",
    )
    wide = X.mean(axis=0) + 2 * X.std(axis=0) + 2 * (X_test - X.mean(axis=0))  # all move together, as the data do
    along = (wide - X_test) @ least_squares(_with_ones(X), y)[1:]
    elsewhere = Problem(X, y, wide, y_test + along)
    call = Call(student, *elsewhere.arguments)
    yield _decision_finding(student, [(problem, first), (elsewhere, call)], "scaled_on_all_data")
    own, wrong = elsewhere.lowest, elsewhere.misjudged()
    yield call.satisfies(
        lambda value: 0.6 * own < value["test_mse"] < 1.5 * own,
        f"a test error near that of least squares, {own:.4g}",
        {"test_scaled_by_itself": lambda call: bool(abs(call.value["test_mse"] - wrong) < 0.1 * wrong)},
        part="descent",
    )


def _decision_finding(student: Any, asked: list[tuple[Problem, Call]], label: str) -> Finding:
    """Compare two decisions; where chance decides, as in a random split, nothing is wrong."""
    (_, first), (_, call) = asked
    same = _decided(call) is not None and _decided(call) == _decided(first)
    return call.satisfies(
        same or _is_random(student, asked),
        "the same rate and the same number of steps as with other test data",
        {label: call.error is None},
        part="descent",
    )


def _decided(call: Call) -> tuple[Any, Any] | None:
    """The rate and the number of steps; None if there are none."""
    try:
        return float(call.value["rate"]), int(call.value["stopped_at"])
    except (TypeError, ValueError, KeyError, OverflowError):
        return None


def _is_random(student: Any, asked: list[tuple[Problem, Call]]) -> bool:
    """Asked the same again, the answer decides otherwise."""
    return any(
        _decided(Call(student, *problem.arguments)) != _decided(call)
        for _ in range(REPEATS)
        for problem, call in asked
    )
