"""The hidden check of `noise_study`: what fits at two hundred noise levels must look like, taken together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import changed, raised
from autograder.oracles.linear_problem import Array, same


@check(
    "returns_nothing",
    levels_changed="Your function changes the list of noise levels.",
    levels_missing="Your dict does not have one entry for each noise level, with the level as its key.",
    not_three_numbers="Each level should map to three plain numbers: (slope, intercept, mse).",
    data_swapped="Slope and intercept have changed places: in the data, in the columns or in the result.",
    ignores_rng="The same rng in the same state gave two results: draw from it, and from it alone.",
    own_seed="Two different rngs gave the same numbers: draw from the rng you are given.",
    single_noise_value="Your points lie on a line whatever the noise: each sample needs its own.",
    noise_std_ignored="Your noise is the same at every level: noise_std must scale it.",
    variance_for_std="Your noise grows with another power of the level, which is a standard deviation.",
    root_of_mse="Your errors grow in step with the noise; a mean of squares grows with its square.",
    sum_of_squares="Your errors are about a hundred times too large: a mean is asked.",
    noise_free_target="Your errors are far too small: measure against the noisy y that was fitted.",
    not_closed_form="With next to no noise the fit must find the line itself; yours stops on the way.",
    one_noise_draw="Your levels share one draw of noise, only scaled: draw anew for each level.",
    other_data="Your lines scatter more or less than a hundred x between 0 and 10 allow.",
)
def check_noise_study(noise_study: Callable[..., Any]) -> Iterator[Finding]:
    """noise_study(noise_stds, rng) maps each level to (slope, intercept, mse), fitted to fresh noisy data."""
    rng = generator()
    seed, other_seed = (int(item) for item in rng.integers(0, 2**32, size=2) * 2 + (0, 1))
    few = [float(item) for item in rng.permutation([1e-7, 3e-7, 1e-6])]
    call = _study(noise_study, few, seed)
    table = call.satisfies(lambda value: _is_table(value, few), _ASKED, _form_slips(few))
    yield table
    lines = call.satisfies(
        lambda value: np.allclose(_table(value, few)[:, :2], (3, 2), rtol=0, atol=1e-5),
        "slope 3 and intercept 2, for the noise is a millionth",
        _line_slips(few),
    )
    yield lines
    if not (table.ok and lines.ok):
        return  # hundreds of fits more would say nothing new, and a slow way to fit would run out of time
    yield call.satisfies(
        lambda value: all(0.3 < row[2] / level**2 < 2.5 for level, row in value.items()),
        "an mse near the square of the noise, which is a millionth of a millionth or less",
    )
    levels = [float(item) for item in rng.permutation(np.linspace(0.5, 12, 200) + rng.uniform(0, 0.05, size=200))]
    yield from _scatter(_study(noise_study, levels, seed), levels)
    yield from _draws_from_rng(noise_study, levels[:3], seed, other_seed)


def _draws_from_rng(
    noise_study: Callable[..., Any], levels: list[float], seed: int, other: int
) -> Iterator[Finding]:
    first = _study(noise_study, levels, seed).value
    yield _study(noise_study, levels, seed).satisfies(
        lambda value: same(value, first),
        "what the same rng gave before",
        {"ignores_rng": lambda again: _is_table(again.value, levels)},
    )
    yield _study(noise_study, levels, other).satisfies(
        lambda value: not same(value, first),
        "other numbers, as the rng is another",
        {"own_seed": lambda again: _is_table(again.value, levels)},
    )


_ASKED = "a dict: each level -> (slope, intercept, mse)"


def _study(noise_study: Callable[..., Any], levels: list[float], seed: int) -> Call:
    return Call(noise_study, list(levels), np.random.default_rng(seed))


def _is_table(value: Any, levels: list[float]) -> bool:
    return same({level: (0.0, 0.0, 0.0) for level in levels}, {level: (0.0, 0.0, 0.0) for level in value}) and all(
        isinstance(row, (tuple, list)) and len(row) == 3 and all(same(item, float(item)) for item in row)
        for row in value.values()
    )


def _table(value: Any, levels: list[float]) -> Array:
    """The rows (slope, intercept, mse) in the order of the levels, (len(levels), 3)."""
    return np.array([[float(item) for item in value[level]] for level in levels])


def _form_slips(levels: list[float]) -> dict[str, Any]:
    def right_keys(call: Call) -> bool:
        return set(call.value) == set(levels)

    return {
        "levels_changed": changed,
        "levels_missing": lambda call: (
            not raised(call) and not (isinstance(call.value, dict) and right_keys(call))
        ),
        "not_three_numbers": lambda call: right_keys(call) and not _is_table(call.value, levels),
    }


def _line_slips(levels: list[float]) -> dict[str, Any]:
    def slopes(call: Call) -> Array:
        return _table(call.value, levels)[:, 0]

    def noise_as(call: Call, power: int) -> bool:
        """The mean square is about this power of the level, at each of them."""
        return all(0.3 < row[2] / level**power < 2.5 for level, row in call.value.items())

    return {
        # The slope scatters by 0.035 then. Of a line without an intercept, which misses as much as noise of 1, the
        # slope is 3.3, give or take 0.012: both are six times their scatter away.
        "noise_std_ignored": lambda call: noise_as(call, 0) and np.allclose(slopes(call), 3, rtol=0, atol=0.225),
        "variance_for_std": lambda call: noise_as(call, 1),
        "data_swapped": lambda call: np.allclose(slopes(call), 2, atol=0.05),
        "not_closed_form": lambda call: np.allclose(slopes(call), 3, atol=0.2),
    }


def _scatter(call: Call, levels: list[float]) -> Iterator[Finding]:
    """Compare the scatter of two hundred fits with what the theory of least squares gives, within huge margins.

    In units of the noise the slope scatters by 1 / sqrt(n var x), the intercept by
    sqrt(1/n + mean(x)^2 / (n var x)), and the mean square is chi-squared with n - 2 degrees
    of freedom, over n: mean 0.98, deviation 0.14. A line that is too steep starts too low: their errors
    have the correlation -mean(x) / root mean square(x) = -0.87.
    """
    stds = np.array(levels)

    def scaled(value: Any) -> Array:
        result: Array = (_table(value, levels) - (3, 2, 0)) / np.column_stack([stds, stds, stds**2])
        return result

    def spread(value: Any) -> float:
        return float(np.std(scaled(value)[:, 2]))

    def ratio(value: Any, divisor: Any) -> float:
        return float(np.mean(_table(value, levels)[:, 2] / divisor))

    def lines_fit(value: Any) -> bool:
        errors = scaled(value)[:, :2]
        slope, intercept = np.sqrt(np.mean(errors**2, axis=0)) / (0.03464, 0.2)
        correlation = np.corrcoef(errors[:, 0], errors[:, 1])[0, 1]
        return bool(0.62 < slope < 1.6 and 0.57 < intercept < 1.75 and correlation < -0.5)

    def right_on_average(value: Any) -> bool:
        errors = scaled(value)[:, 0]
        return bool(abs(np.mean(errors)) < 6.5 * np.std(errors) / np.sqrt(len(errors)))

    def rooted_lines(value: Any) -> bool:
        errors = (_table(value, levels)[:, 0] - 3) / np.sqrt(stds)
        return bool(np.sqrt(np.mean(errors**2)) < 1.6 * 0.03464)

    def about_one(number: float) -> bool:
        return 0.88 < number < 1.08

    mistakes = {
        "single_noise_value": lambda call: ratio(call.value, stds**2) < 1e-9,
        "variance_for_std": lambda call: (
            about_one(ratio(call.value, stds**4))
            or (about_one(ratio(call.value, stds)) and rooted_lines(call.value))
        ),
        "root_of_mse": lambda call: about_one(ratio(call.value, stds)),
        "sum_of_squares": lambda call: 80 < ratio(call.value, stds**2) < 115,
        "noise_free_target": lambda call: ratio(call.value, stds**2) < 0.2,
    }
    yield call.satisfies(
        lambda value: about_one(ratio(value, stds**2)),
        "an mse near the square of the noise at each level",
        mistakes,
    )
    one_draw = {"one_noise_draw": lambda call: spread(call.value) < 0.03}
    yield call.satisfies(lambda value: spread(value) > 0.06, "levels that differ in their draw of noise", one_draw)
    other = {
        "other_data": lambda call: (
            not lines_fit(call.value)
            and spread(call.value) > 0.03
            and 0.5 < ratio(call.value, stds**2) < 1.5
            and right_on_average(call.value)
        )
    }
    yield call.satisfies(lines_fit, "slopes and intercepts that scatter as 100 samples in [0, 10] do", other)
