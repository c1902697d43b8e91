"""The check of `compare_solvers`.

How many digits a direct solver keeps depends on rounding, but the target does not have to be the best fit: against
numbers that are off by known shares, every solver that works has digits known beforehand.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import Test
from course.data.longley import longley
from course.testing.value import difference

from .bowl import Array, Bowl, least_squares
from .exact_fit import exact_fit

DIRECT = ("inv", "solve", "qr", "svd")
KEYS = ("gd", "momentum", *DIRECT)
NEAR = 0.02  # of a digit: what rounding, or a descent that is not quite there, may change


@check("returns_nothing", "changes_argument")
def check_compare_solvers(compare_solvers: Any) -> Iterator[Finding]:
    """compare_solvers(X, y, certified, iters) is {solver: (fewest digits, seconds)} for the six solvers."""
    rng = generator()
    X, y = _gentle(rng)
    calls = _Timed(compare_solvers, X, y, _off_by(rng, exact_fit(X, y)), 300)
    form = _form_finding(calls)
    yield form
    if not form.ok:
        return
    yield from _known_digits(rng, calls)
    yield from _wrong_targets(rng, compare_solvers, X, y)
    yield _rate_finding(compare_solvers, X, y)
    yield from _longley_findings(rng, compare_solvers)
    yield from _hard_findings(rng, compare_solvers)
    yield from calls.findings()


class _Timed:
    """A call, and how long it took as seen from here."""

    def __init__(self, student: Any, X: Array, y: Array, certified: Array, iters: int) -> None:
        self.certified, self.exact = certified, exact_fit(X, y)
        start = time.perf_counter()
        self.whole = Call(student, X, y, certified, iters)
        self.took = time.perf_counter() - start
        self.call = _without_seconds(self.whole)

    def findings(self) -> Iterator[Finding]:
        seconds = {key: float(self.whole.value[key][1]) for key in KEYS}
        # Processor time counts every thread, and a clock may be coarse; a date or a constant is far beyond both.
        plausible = min(seconds.values()) >= 0 and 0 < sum(seconds.values()) < 16 * self.took + 1
        apart = plausible and len(set(seconds.values())) > 1
        yield self.call.satisfies(
            apart, "the seconds that each solver took", {"seconds_not_elapsed": True}, part="seconds"
        )
        if apart:
            quickest = min(seconds[key] for key in DIRECT)
            yield self.call.satisfies(
                quickest < max(seconds["gd"], seconds["momentum"]),
                "a direct solver that takes less time than 300 steps",
                {"clock_not_restarted": True},
                part="seconds",
            )


class _Seconds:
    """What stands for a time in a message: no two runs take the same, and a message says the same each time."""

    def __repr__(self) -> str:
        return "seconds"


def _without_seconds(call: Call) -> Call:
    """The same call, with the times taken out of what came back."""
    shown = copy.copy(call)
    if isinstance(call.value, dict):
        turned = _turned(call.value)
        shown.value = {key: _timeless(pair, turned) for key, pair in call.value.items()}
    return shown


def _timeless(pair: Any, turned: bool) -> Any:
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        return pair
    return (_Seconds(), pair[1]) if turned else (pair[0], _Seconds())


def _turned(table: dict[Any, Any]) -> bool:
    """The digits stand second: on an easy problem all of them are above 1, and no time is."""
    try:
        return bool(min(pair[1] for pair in table.values()) > 1 > max(pair[0] for pair in table.values()))
    except (TypeError, ValueError, IndexError):
        return False


def _try(student: Any, *arguments: Any) -> Call:
    return _without_seconds(Call(student, *arguments))


def _gentle(rng: np.random.Generator) -> tuple[Array, Array]:
    """Raw X (30, 4), ones first, hopeless for a descent as it is and easy once it is standardized.

    Two features have a correlation of 0.85 at most, whatever is drawn: once standardized the condition number is
    12 then, and 150 steps at one over the largest curvature leave (1 - 1/12)^150 = 2e-6 of the error. Means and
    slopes are positive, so that centring the features moves the intercept by a fifth of itself, or more. The noise
    has no part along X: what is fitted is what was drawn.
    """
    drawn, _ = np.linalg.qr(np.column_stack([np.ones(30), rng.normal(size=(30, 3))]))
    features = drawn[:, 1:] * np.sqrt(30)  # with means of 0, spreads of 1, and nothing in common
    features[:, 2] += rng.uniform(1.2, 1.6) * features[:, 1]
    features = features * rng.permutation([0.02, 30.0, 900.0]) * rng.uniform(0.8, 1.2, 3)
    features += features.std(axis=0) * rng.uniform(3, 8, 3)
    slopes = rng.uniform([1.0, 1.0, 2.2], [3.0, 1.6, 3.0])  # the last two apart, so that the slow direction counts
    noise = rng.normal(size=30)
    y = rng.uniform(30, 50) + features @ (slopes / features.std(axis=0)) + noise - drawn @ (drawn.T @ noise)
    return np.column_stack([np.ones(30), features]), y * rng.choice([-1, 1])


def _off_by(rng: np.random.Generator, values: Array) -> Array:
    """Numbers that agree with `values` in 1.3 to 5.2 digits, each in another count of them."""
    shares = 10 ** -rng.permutation(np.linspace(1.3, 5.2, len(values)) + rng.uniform(-0.1, 0.1, len(values)))
    return np.asarray(values * (1 + rng.choice([-1, 1], len(values)) * shares))


def _digits(estimate, certified):
    error = np.maximum(np.abs(estimate - certified) / np.abs(certified), 1e-300)
    return np.where(np.isnan(error), 0.0, np.clip(-np.log10(error), 0, 15))


def _is_number(value: Any) -> bool:
    return not difference(value, float(value))


def _form_finding(timed: _Timed) -> Finding:
    def formed(_: Any) -> bool:
        value = timed.whole.value
        return list(sorted(value)) == sorted(KEYS) and all(
            isinstance(pair, (tuple, list)) and len(pair) == 2 and all(map(_is_number, pair))
            for pair in (value[key] for key in KEYS)
        )

    def items(call: Call) -> list[Any]:
        return [call.value[key] for key in KEYS]

    return timed.call.satisfies(
        formed,
        "a dict with the keys gd, momentum, inv, solve, qr and svd, each a pair (fewest digits, seconds)",
        {
            "keys_differ": lambda call: set(call.value) != set(KEYS),
            "all_digits_listed": lambda call: any(np.ndim(pair[0]) == 1 for pair in items(call)),
            "pair_missing": lambda call: any(np.ndim(pair) == 0 or len(pair) != 2 for pair in items(call)),
        },
    )


def _first(call: Call, keys: tuple[str, ...]) -> Array:
    """The digits of these solvers; nan where there are none."""
    return np.array([_number_first(call.value, key) for key in keys])


def _number_first(table: Any, key: str) -> float:
    try:
        return float(table[key][0])
    except (TypeError, ValueError, KeyError, IndexError):
        return float("nan")


def _agree(got: Array, expected: float, within: float = NEAR) -> bool:
    return bool(np.all(np.abs(got - expected) <= within))


def _known_digits(rng: np.random.Generator, timed: _Timed) -> Iterator[Finding]:
    """All six solve this problem, so that each has the digits in which the fit agrees with what is asked of it."""
    call, each = timed.call, _digits(timed.exact, timed.certified)

    def any_is(number: float) -> Test:
        return lambda call: bool(np.any(np.abs(_first(call, KEYS) - number) <= NEAR))

    shared = {
        "seconds_first": lambda _: _agree(np.array([timed.whole.value[key][1] for key in KEYS]), each.min()),
        "mean_digits": any_is(float(each.mean())),
        "most_digits": any_is(float(each.max())),
    }
    expected = f"{each.min():.4g} digits"
    yield call.satisfies(
        _agree(_first(call, DIRECT), each.min()),
        f"{expected} from inv, solve, qr and svd",
        shared | {"digits_lost": True},
        part="direct",
    )
    lost = {"raw_features_for_gd": lambda call: bool(np.any(_first(call, ("gd", "momentum")) == 0))}
    yield call.satisfies(
        _agree(_first(call, ("gd", "momentum")), each.min()),
        f"{expected} from gd and momentum",
        shared | lost,
        part="descent",
    )


def _wrong_targets(rng: np.random.Generator, student: Any, X: Array, y: Array) -> Iterator[Finding]:
    """Who does not undo the scaling, or not well, comes near these targets, which nobody else does."""
    fit, features = exact_fit(X, y), X[:, 1:]
    mean, std = features.mean(axis=0), features.std(axis=0)
    centre = fit[0] + mean @ fit[1:]
    scaled = fit[1:] * std
    targets = {
        "not_unscaled": [np.r_[centre, scaled]],
        "intercept_not_shifted": [np.r_[centre, fit[1:]], np.r_[centre + mean @ fit[1:], fit[1:]]],
        "multiplied_by_std": [np.r_[centre - mean @ (scaled * std), scaled * std], np.r_[fit[0], scaled * std]],
    }
    for label, wrong in targets.items():
        asked = [_off_by(rng, target) for target in wrong]
        calls = [_try(student, X, y, certified, 150) for certified in asked]
        right = [float(_digits(fit, certified).min()) for certified in asked]
        tempting = [
            float(_digits(target, certified).min()) for target, certified in zip(wrong, asked, strict=True)
        ]
        yield calls[0].satisfies(
            _all(calls, KEYS, right),
            f"{right[0]:.4g} digits from each",
            {label: _any(calls, ("gd", "momentum"), tempting)},
            part="descent",
        )


def _all(calls: list[Call], keys: tuple[str, ...], digits: list[float]) -> Test:
    return lambda _: all(_agree(_first(call, keys), each) for call, each in zip(calls, digits, strict=True))


def _any(calls: list[Call], keys: tuple[str, ...], digits: list[float]) -> Test:
    return lambda _: any(
        _agree(_first(call, (key,)), each) for call, each in zip(calls, digits, strict=True) for key in keys
    )


def _rate_finding(student: Any, X: Array, y: Array) -> Finding:
    """Some steps do not arrive: how near they come tells the rate, and whether they were counted."""
    bowl, iters, fit, features = _standardized_bowl(X, y), 40, exact_fit(X, y), X[:, 1:]
    steepest = bowl.ends[0]
    rates = [share / steepest for share in np.linspace(0.9, 1.9, 21)] + [bowl.best_rate]
    reached = [_digits(_unscaled(bowl.run(rate, 0.0, iters).theta, features), fit).min() for rate in rates]
    low = min(reached[0], reached[2], reached[-1]) - 0.3
    high = max(reached) + 0.3
    call = _try(student, X, y, fit, iters)
    return call.satisfies(
        lambda value: bool(low < value["gd"][0] < high),
        f"about {reached[-1]:.2g} digits from gd after {iters} steps",
        {
            "rate_far_from_best": lambda call: call.value["gd"][0] <= low,
            "iters_ignored": lambda call: call.value["gd"][0] >= high,
        },
        part="descent",
    )


def _standardized_bowl(X: Array, y: Array) -> Bowl:
    features = X[:, 1:]
    Z = (features - features.mean(axis=0)) / features.std(axis=0)
    return Bowl.of(np.column_stack([np.ones(len(y)), Z]), y)


def _unscaled(theta: Array, features: Array) -> Array:
    slopes = theta[1:] / features.std(axis=0)
    return np.asarray(np.r_[theta[0] - features.mean(axis=0) @ slopes, slopes])


def _near_longley(rng: np.random.Generator) -> tuple[Array, Array]:
    """Longley's X (16, 7), ones first, and y, with other numbers.

    No coefficient comes near 0, or whichever solver would lose its digits: a standard deviation of each feature
    counts for 100 at least. In 3000 draws all keep 5.6 digits so, and QR and SVD 9.7.
    """
    while True:
        features, y = longley()
        features = features * (1 + 0.01 * rng.uniform(-1, 1, features.shape) * np.r_[np.ones(5), 0.0])
        y = y + rng.normal(0, 100, y.shape)
        X = np.column_stack([np.ones(len(y)), features])
        if np.all(np.abs(least_squares(X, y)[1:]) * features.std(axis=0) > 100):
            return X, y


def _longley_findings(rng: np.random.Generator, student: Any) -> Iterator[Finding]:
    """The real data with other numbers: momentum is on its way to the fit, and how near it comes is known."""
    X, y = _near_longley(rng)
    features, certified = X[:, 1:], exact_fit(X, y)
    bowl = _standardized_bowl(X, y)
    iters = int(6 * np.sqrt(bowl.ends[0] / bowl.ends[1]) * rng.uniform(0.9, 1.1))

    theta = _unscaled(bowl.run(*bowl.heavy_ball, iters).theta, features)
    near = float(_digits(theta, certified).min())
    call = _try(student, X, y, certified, iters)
    yield call.satisfies(
        lambda value: _agree(_first(call, ("momentum",)), near, 0.3),
        f"{near:.3g} digits from momentum after {iters} steps",
        {
            "iters_ignored": lambda call: float(_first(call, ("momentum",))[0]) > near + 0.3,
        },
        part="descent",
    )
    yield call.satisfies(
        lambda value: bool(np.all(_first(call, DIRECT) > [2.5, 2.5, 7.5, 6.5])),
        "at least 2.5 digits from the normal equations, 7.5 from qr, 6.5 from svd",
        {"gram_in_qr_or_svd": lambda call: bool(np.all(_first(call, DIRECT[:2]) > 2.5)), "digits_lost": True},
        part="direct",
    )


def _hard_findings(rng: np.random.Generator, student: Any) -> Iterator[Finding]:
    """Columns that are nearly combinations of each other: here normal equations lose what QR and SVD keep."""
    calls = []
    for _ in range(3):
        left, _ = np.linalg.qr(np.column_stack([np.ones(20), rng.normal(size=(20, 3))]))
        turned, _ = np.linalg.qr(rng.normal(size=(3, 3)))
        X = np.column_stack([np.ones(20), left[:, 1:] * [1.0, 1e-3, 1e-7] @ turned + rng.uniform(1, 2, 3) / 9])
        y = X @ (rng.uniform(1, 3, 4) * rng.choice([-1, 1], 4))
        calls.append(_try(student, X, y, exact_fit(X, y), 1))
    for call in calls:
        yield call.satisfies(
            lambda value: min(value["qr"][0], value["svd"][0]) > 6,
            "at least 6 digits from qr and svd, where the normal equations have about 2",
            {"gram_in_qr_or_svd": True},
            part="direct",
        )
    yield calls[-1].satisfies(
        lambda _: all(min(call.value[key][0] for call in calls) < 5.5 for key in ("inv", "solve")),
        "the few digits that normal equations leave",
        {"no_gram_in_inv_or_solve": True},
        part="direct",
    )


def _compare(X, y, certified, iters, Z=None, unscaled=None, rate=None, chosen=np.min, **others):
    """Compare the six solvers, the descents on Z and at this rate, or as asked; `others` replace solvers."""
    from time import perf_counter

    mean, std = X[:, 1:].mean(axis=0), X[:, 1:].std(axis=0)
    Z = np.column_stack([np.ones(len(y)), (X[:, 1:] - mean) / std]) if Z is None else Z
    steep, flat = np.sqrt(2 / len(y)) * np.linalg.svd(Z, compute_uv=False)[[0, -1]]
    best, step, keep = 2 / (steep**2 + flat**2), 4 / (steep + flat) ** 2, ((steep - flat) / (steep + flat)) ** 2
    raw = unscaled or (lambda theta: np.append(theta[0] - mean / std @ theta[1:], theta[1:] / std))
    solvers = {
        "gd": lambda: raw(_descend(Z, y, iters, rate or best, 0.0)),
        "momentum": lambda: raw(_descend(Z, y, iters, step, keep)),
        "inv": lambda: np.linalg.inv(X.T @ X) @ (X.T @ y),
        "solve": lambda: np.linalg.solve(X.T @ X, X.T @ y),
        "qr": lambda: _by_qr(X, y),
        "svd": lambda: np.linalg.pinv(X) @ y,
    }
    table = {}
    for name, solver in (solvers | others).items():
        start = perf_counter()
        digits = chosen(_digits(solver(), certified))
        table[name] = (digits, perf_counter() - start)
    return table


def _descend(Z, y, iters, step, keep):
    theta, velocity = np.zeros(Z.shape[1]), np.zeros(Z.shape[1])
    for _ in range(iters):
        velocity = keep * velocity - step * 2 / len(y) * Z.T @ (Z @ theta - y)
        theta = theta + velocity
    return theta


def _by_qr(A, b):
    Q, R = np.linalg.qr(A)
    return np.linalg.solve(R, Q.T @ b)


@check_compare_solvers.another("changes_argument")
def rounds_certified(X, y, certified, iters):
    certified /= 1.0 + 1e-9
    return _compare(X, y, certified, iters)


@check_compare_solvers.misconception
def keys_differ(X, y, certified, iters):
    """The keys are not the six that are asked: gd, momentum, inv, solve, qr and svd."""
    return {key.upper(): pair for key, pair in _compare(X, y, certified, iters).items()}


@check_compare_solvers.misconception
def pair_missing(X, y, certified, iters):
    """To each solver belong two numbers, the fewest digits and the seconds."""
    return {key: digits for key, (digits, _) in _compare(X, y, certified, iters).items()}


@check_compare_solvers.misconception
def seconds_first(X, y, certified, iters):
    """Each pair is turned round: the digits are asked first, then the seconds."""
    return {key: (seconds, digits) for key, (digits, seconds) in _compare(X, y, certified, iters).items()}


@check_compare_solvers.misconception
def all_digits_listed(X, y, certified, iters):
    """You hand back the digits of every coefficient: the fewest of them is asked."""
    return _compare(X, y, certified, iters, chosen=np.array)


@check_compare_solvers.misconception
def mean_digits(X, y, certified, iters):
    """You take the mean of the digits: the worst coefficient counts."""
    return _compare(X, y, certified, iters, chosen=np.mean)


@check_compare_solvers.misconception
def most_digits(X, y, certified, iters):
    """You take the best coefficient: the worst one counts."""
    return _compare(X, y, certified, iters, chosen=np.max)


@check_compare_solvers.misconception
def not_unscaled(X, y, certified, iters):
    """Your descents end in the standardized scale: the certified values are in the raw one."""
    return _compare(X, y, certified, iters, unscaled=lambda theta: theta)


@check_compare_solvers.misconception
def intercept_not_shifted(X, y, certified, iters):
    """When the features are centred the intercept moves: undo that as well."""
    std = X[:, 1:].std(axis=0)
    return _compare(X, y, certified, iters, unscaled=lambda theta: np.append(theta[0], theta[1:] / std))


@check_compare_solvers.misconception
def multiplied_by_std(X, y, certified, iters):
    """A slope for each standard deviation becomes one for each unit: your factor is upside down."""
    mean, std = X[:, 1:].mean(axis=0), X[:, 1:].std(axis=0)

    def unscaled(theta):
        return np.append(theta[0] - mean @ (theta[1:] * std), theta[1:] * std)

    return _compare(X, y, certified, iters, unscaled=unscaled)


@check_compare_solvers.misconception
def raw_features_for_gd(X, y, certified, iters):
    """A descent comes nowhere near: give it the standardized features, not the raw ones."""
    return _compare(X, y, certified, iters, Z=X, unscaled=lambda theta: theta)


@check_compare_solvers.misconception
def iters_ignored(X, y, certified, iters):
    """The number of iterations has no effect on a descent: use the one that is passed in."""
    return _compare(X, y, certified, 5000)


@check_compare_solvers.misconception
def rate_far_from_best(X, y, certified, iters):
    """Plain descent is slower than it has to be: which fixed rate suits its curvatures best?"""
    return _compare(X, y, certified, iters, rate=0.1)


@check_compare_solvers.misconception
def gram_in_qr_or_svd(X, y, certified, iters):
    """Your qr or svd loses what it is there to keep: do not form the product of X with itself."""
    return _compare(X, y, certified, iters, qr=lambda: _by_qr(X.T @ X, X.T @ y))


@check_compare_solvers.misconception
def no_gram_in_inv_or_solve(X, y, certified, iters):
    """Your inv or solve keeps more digits than normal equations can: do you solve them?"""
    return _compare(X, y, certified, iters, inv=lambda: np.linalg.pinv(X) @ y)


@check_compare_solvers.misconception
def digits_lost(X, y, certified, iters):
    """A direct solver has fewer digits than it should, on data that are not hard."""
    gram = (X.T @ X).astype(np.float32)
    return _compare(X, y, certified, iters, inv=lambda: np.linalg.inv(gram) @ (X.T @ y))


@check_compare_solvers.misconception
def seconds_not_elapsed(X, y, certified, iters):
    """The seconds are not those that each solver took: measure before and after, and subtract."""
    from time import perf_counter

    return {key: (digits, perf_counter()) for key, (digits, _) in _compare(X, y, certified, iters).items()}


@check_compare_solvers.misconception
def clock_not_restarted(X, y, certified, iters):
    """A direct solver takes less time than hundreds of steps: start the clock anew for each."""
    table, clock = _compare(X, y, certified, iters), 0.0
    for key, (digits, seconds) in table.items():
        clock += seconds
        table[key] = (digits, clock)
    return table
