"""The check of `make_line_data` in lesson 1: what many drawn points must look like, taken together.

The margins are seven standard errors and more, so that no right answer fails by chance.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checking import Call, Finding, check, generator
from autograder.checking.mistakes import has_items

Array = NDArray[np.float64]

MANY = 1600  # points from which a distribution is judged: a loop has to draw them one by one, for every student
FEW = 40  # points from which it is seen whether two draws are the same
SPREAD = 0.13  # of a standard deviation: its standard error is 1 / sqrt(2 * 1600) = 0.018
MEAN = 0.2  # of a mean in standard deviations: its standard error is 1 / 40
RELATION = 0.2  # of a correlation: its standard error is 1 / 40
FARTHEST = 0.1  # between a sample's distribution and the uniform one: P < 2 exp(-2 * 1600 * 0.1^2) = 3e-14
UNEVEN = 0.18  # of the variance of evenly drawn numbers: its standard error is sqrt(0.8 / 1600) = 0.022
EDGE = 0.2  # of x without a point, at either end: P = 0.98^1600 = 9e-15
ABSOLUTE = 0.04  # of the mean of |z|, sqrt(2 / pi) for a normal z: its standard error is 0.21 / 40 (Geary, 1935)


@check(
    "returns_nothing",
    column_shape="X and y have the wrong shape: both are asked with one axis, of n_samples numbers.",
    size_missing="X is a single number: tell the generator how many numbers to draw.",
    n_samples_ignored="You draw the same number of points whatever n_samples is.",
    order_exchanged="y comes first in what you hand back: X is asked first.",
    x_on_a_grid="Your x values lie on a regular grid: they are to be drawn at random.",
    global_random_state="The same rng in the same state gave two results: draw each number from it alone.",
    fixed_seed="Two different rngs gave the same numbers: draw from the one you are given.",
    w_b_swapped="Slope and intercept have changed roles in your line.",
    b_dropped="Your points scatter around a line through the origin: a parameter has no effect.",
    own_parameters="The points lie around the same line whatever w and b are passed in.",
    noise_missing="All points lie exactly on the line: the noise is missing.",
    one_noise_value="All points are off the line by the same amount: each sample needs a noise of its own.",
    noise_on_x="The noise has reached x: it belongs to y alone, after the line has been computed.",
    variance_as_std="The noise grows with another power of noise_std, which is a standard deviation.",
    noise_std_ignored="The noise is equally strong whatever noise_std is passed in.",
    noise_not_normal="The noise is not bell-shaped with mean 0: look at which distribution you draw it from.",
    x_range="Your x values do not fill the range that is asked evenly.",
)
def check_make_line_data(make_line_data: Any) -> Iterator[Finding]:
    """make_line_data(n_samples, w, b, noise_std, rng) is (X, y): x even in [-5, 5], y on the line plus noise."""
    rng = generator()
    seed, other = (int(drawn) for drawn in rng.choice(2**32, size=2, replace=False))
    forms = [Deal.drawn(make_line_data, n, (1.5, 2.0, 0.4), seed) for n in (7, 1)]
    findings = [
        deal.call.satisfies(deal.is_pair, f"two arrays, X and y, of shape ({deal.n},)", _form_slips(forms))
        for deal in forms
    ]
    yield from findings
    if not all(finding.ok for finding in findings):
        return
    sign, turn = rng.choice([-1, 1], size=2)
    line = (float(sign * rng.uniform(1.8, 2.6)), float(turn * rng.uniform(6, 9)), float(rng.uniform(0.36, 0.44)))
    other_line = (
        float(turn * rng.uniform(0.3, 0.6)),
        float(sign * rng.uniform(20, 30)),
        float(rng.uniform(1.6, 1.9)),
    )
    weak, strong = (Deal.drawn(make_line_data, MANY, numbers, seed) for numbers in (line, other_line))
    first, again, fresh = (Deal.drawn(make_line_data, FEW, line, number) for number in (seed, seed, other))
    slips = _slips(weak, strong, first, again, fresh)
    for deal in (weak, strong):
        yield deal.call.satisfies(asked(deal.has_even_x), "x drawn evenly from [-5, 5]", slips)
        yield deal.call.satisfies(asked(deal.has_line), "y on this line, give or take", slips, part="line")
        yield deal.call.satisfies(asked(deal.has_noise), "normal noise of noise_std", slips, part="noise")
    same, anew = "the same numbers again from an rng in the same state", "other numbers from another rng"
    yield again.call.satisfies(lambda _: bool((again.X == first.X).all()), same, slips)
    yield again.call.satisfies(lambda _: bool((again.y == first.y).all()), same, slips, part="noise")
    yield fresh.call.satisfies(lambda _: not first.has_x_of(fresh), anew, slips)
    yield fresh.call.satisfies(lambda _: not first.has_noise_of(fresh), anew, slips, part="noise")


@dataclass(frozen=True)
class Deal:
    """What one call dealt, and what it was asked for: n points around (w, b) with noise of std."""

    call: Call
    n: int
    w: float
    b: float
    std: float

    @classmethod
    def drawn(cls, make_line_data: Any, n: int, line: tuple[float, float, float], seed: int) -> Deal:
        """Have n points drawn from a generator in the state that belongs to `seed`."""
        return cls(Call(make_line_data, n, *line, np.random.default_rng(seed)), n, *line)

    def is_pair(self, value: Any) -> bool:
        """Two arrays of shape (n,)."""
        return has_items(2)(value) and all(
            isinstance(item, np.ndarray) and item.shape == (self.n,) and item.dtype == np.float64 for item in value
        )

    @property
    def X(self) -> Array:
        return np.asarray(self.call.value[0])

    @property
    def y(self) -> Array:
        return np.asarray(self.call.value[1])

    @cached_property
    def fitted(self) -> tuple[float, float]:
        """Slope and intercept of the best straight line through the points."""
        x, y = float(self.X.mean()), float(self.y.mean())
        off = self.X - x
        slope = float(off @ self.y / (off @ off)) if off.any() else 0.0
        return slope, y - slope * x

    @cached_property
    def noise(self) -> Array:
        """How far each y lies above the best straight line."""
        return self.y - (self.fitted[0] * self.X + self.fitted[1])

    @property
    def spread(self) -> float:
        """Standard deviation of the noise."""
        return float(self.noise.std())

    @property
    def exchanged(self) -> Deal:
        """The same with the two results in the other order."""
        return replace(self, call=self.call[::-1])

    @property
    def is_bare(self) -> bool:
        """All points lie on one line."""
        return self.spread < 1e-6 * self.std

    def has_even_x(self) -> bool:
        """x is spread over [-5, 5], and evenly: its ends, its variance, and Kolmogorov's distance."""
        low, high = self.X.min(), self.X.max()
        if not -5 <= low < EDGE - 5 < 5 - EDGE < high <= 5 or abs(self.X.var() * 12 / 100 - 1) > UNEVEN:
            return False
        ranks = np.arange(1, self.n + 1) / self.n
        return bool(np.abs(ranks - (np.sort(self.X) + 5) / 10).max() < FARTHEST)

    def has_line(self) -> bool:
        """The points lie around the line (w, b), up to the noise."""
        slope, intercept = self.fitted
        return abs(slope - self.w) < 0.1 * self.std and abs(intercept - self.b) < 8 * self.std

    def has_noise(self) -> bool:
        """The noise is bell-shaped, independent, as strong as asked, and, where the line is right, of mean 0."""
        off = abs(self.fitted[1] - self.b) / self.std
        return not MEAN < off < 8 and abs(self.spread / self.std - 1) < SPREAD and self.is_bell_shaped()

    def is_bell_shaped(self) -> bool:
        """Symmetric, with the tails of a normal distribution, and nothing to do with x or with its neighbour."""
        z = self.noise / self.spread
        if abs((z * z * z).mean()) > 0.6 or abs(np.abs(z).mean() - math.sqrt(2 / math.pi)) > ABSOLUTE:
            return False
        x, far, strong = (_standard(values) for values in (self.X, np.abs(self.X), z * z))
        related = [z @ x, z @ _standard(self.X**2), strong @ x, strong @ far, z[1:] @ z[:-1]]
        return bool(np.abs(related).max() < RELATION * self.n)

    @property
    def fits_exactly(self) -> bool:
        """The best line is the one asked for, up to rounding."""
        return bool(np.allclose(self.fitted, (self.w, self.b)))

    @property
    def has_noisy_x(self) -> bool:
        """x is spread as evenly drawn numbers with noise on top are."""
        variance = 100 / 12 + self.std**2
        return bool(np.abs(self.X).max() > 5 and abs(self.X.var() / variance - 1) < UNEVEN)

    def has_x_of(self, other: Deal) -> bool:
        """Both deals have the same x."""
        return bool(np.allclose(self.X, other.X))

    def has_noise_of(self, other: Deal) -> bool:
        """Both deals have the same noise, and it is no rounding error."""
        return not self.is_bare and bool(np.allclose(self.noise, other.noise))


def _standard(values: Array) -> Array:
    return np.asarray((values - values.mean()) / values.std())


def asked(test: Callable[[], bool]) -> Callable[[Any], bool]:
    """Turn a test of a deal into one that does not look at the value again."""
    return lambda _: test()


def _form_slips(forms: list[Deal]) -> dict[str, Any]:
    def sizes() -> list[int]:
        return [len(deal.call.value[0]) for deal in forms if has_items(2)(deal.call.value)]

    return {
        "column_shape": lambda call: any(np.ndim(item) == 2 for item in call.value),
        "size_missing": lambda call: has_items(2)(call.value) and np.ndim(call.value[0]) == 0,
        "n_samples_ignored": lambda _: len(set(sizes())) == 1 < len(sizes()),
    }


def _slips(weak: Deal, strong: Deal, first: Deal, again: Deal, fresh: Deal) -> dict[str, Any]:
    """What is seen in two large deals, of two lines from one seed, and in three small ones, the last afresh."""
    both = (weak, strong)

    def spreads_like(std: Callable[[Deal], float]) -> bool:
        return all(abs(deal.spread / std(deal) - 1) < SPREAD for deal in both)

    def lies_on(line: Callable[[Deal], tuple[float, float]]) -> bool:
        return all(np.allclose(deal.fitted, line(deal), rtol=0, atol=deal.std) for deal in both)

    return {
        "order_exchanged": lambda _: all(
            deal.exchanged.has_even_x() and deal.exchanged.has_line() for deal in both
        ),
        "x_on_a_grid": lambda _: np.allclose(np.diff(first.X, 2), 0) and first.has_x_of(fresh),
        "global_random_state": lambda _: not (first.has_x_of(again) and np.allclose(first.y, again.y)),
        "fixed_seed": lambda _: first.has_noise_of(fresh) or first.has_x_of(fresh),
        "w_b_swapped": lambda _: lies_on(lambda deal: (deal.b, deal.w)),
        "b_dropped": lambda _: lies_on(lambda deal: (deal.w, 0.0)),
        "own_parameters": lambda _: np.allclose(weak.fitted, strong.fitted, rtol=0, atol=strong.std / 2),
        "noise_missing": lambda _: all(deal.is_bare and deal.fits_exactly and deal.has_even_x() for deal in both),
        "one_noise_value": lambda _: all(deal.is_bare and deal.has_even_x() for deal in both),
        "noise_on_x": lambda _: (
            all(deal.has_noisy_x for deal in both) or spreads_like(lambda deal: abs(deal.w) * deal.std)
        ),
        "variance_as_std": lambda _: (
            spreads_like(lambda deal: deal.std**2) or spreads_like(lambda deal: deal.std**0.5)
        ),
        "noise_std_ignored": lambda _: abs(weak.spread / strong.spread - 1) < SPREAD,
        "noise_not_normal": lambda _: not all(deal.has_noise() for deal in both),
        "x_range": lambda _: not all(deal.has_even_x() for deal in both),
    }
