"""Growth of time: seen where there is any, cheap where there is none, whatever a machine does meanwhile."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.checking.check import clocked
from autograder.checking.growth import growth


class Work:
    """Runs of so many steps on a clock of their own; `burst` is other work's time, by the number of the run."""

    def __init__(self, cost: Callable[[int], float], burst: dict[int, float] | None = None) -> None:
        self.now, self.runs = 0.0, 0
        self._cost, self._burst = cost, burst or {}

    def __call__(self, size: int) -> None:
        self.now += self._cost(size) + self._burst.get(self.runs, 0.0)
        self.runs += 1

    def growth(self) -> float:
        with clocked(lambda: self.now):
            return growth(self, 10, 100)


@pytest.mark.parametrize(("cost", "found"), [(lambda n: n, 1), (lambda n: n**2, 10), (lambda n: 50 + n, 0.25)])
def test_growth_is_one_where_time_is_linear(cost, found) -> None:
    assert Work(cost).growth() == pytest.approx(found)


def test_linear_time_is_seen_at_the_first_try() -> None:
    work = Work(lambda n: n)
    work.growth()
    assert work.runs == 11


@pytest.mark.parametrize("hit", range(11))
def test_a_burst_of_other_work_hides_no_growth_and_makes_none(hit) -> None:
    assert Work(lambda n: n**2, {hit: 5000.0}).growth() > 5
    assert Work(lambda n: n, {hit: 5000.0}).growth() < 1.3
