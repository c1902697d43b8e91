"""No small change to a right answer gets full marks, unless the answer stays right."""

from __future__ import annotations

import pytest

from tests.support.answers import lessons, load
from tests.support.mutation import mutants
from tests.support.surviving_mutants import justified, sample, survivors

MOST = 60  # mutants of one exercise
MOST_FIGURES = 8  # a figure takes as long as a hundred other answers

EXERCISES = [(lesson, key) for lesson in lessons() for key in load(lesson).by_key]


@pytest.mark.parametrize(("lesson", "key"), EXERCISES, ids=[f"{lesson}/{key}" for lesson, key in EXERCISES])
def test_no_mutant_of_the_solution_gets_full_marks(lesson: str, key: str) -> None:
    solution = load(lesson).by_key[key].solution
    chosen = sample(solution, MOST_FIGURES if key.startswith("plot_") else MOST)
    assert chosen
    alive = [mutant.change for mutant in survivors(load(lesson), key, solution, chosen)]
    assert not alive, (
        f"the check of {key} gives these full marks; mend it, or say in source/{lesson}/answers/"
        f"right_mutants.toml why they are right: {alive}"
    )


@pytest.mark.parametrize("lesson", lessons())
def test_every_justified_mutant_belongs_to_an_exercise_and_has_a_reason(lesson: str) -> None:
    for key, reasons in justified(lesson).items():
        assert key in load(lesson).by_key
        assert all(" → " in change and len(reason) > 10 for change, reason in reasons.items()), key


def test_a_mutant_has_one_change_and_a_name_for_it() -> None:
    found = {mutant.change: mutant.source for mutant in mutants("def f(x, y):\n    return -2 * x + y")}
    assert found["return -2 * x + y → return 2 * x + y"] == "def f(x, y):\n    return 2 * x + y"
    assert found["return -2 * x + y → return -2 * x - y"] == "def f(x, y):\n    return -2 * x - y"
    assert found["return -2 * x + y → return -3 * x + y"] == "def f(x, y):\n    return -3 * x + y"
    assert "return -2 * x + y → return y" in found
    assert "return -2 * x + y → return -2 * y + y" in found
    assert len(set(found.values())) == len(found) > 8


def test_a_loop_loses_an_end_and_an_accumulator_its_sum() -> None:
    source = "def f(n):\n    total = 0\n    for i in range(n):\n        total += i\n    return total"
    changes = [mutant.change for mutant in mutants(source)]
    assert "for i in range(n): → for i in range(n - 1):" in changes
    assert "for i in range(n): → for i in range(1, n):" in changes
    assert "total += i → total = i" in changes
    assert "total += i → pass" in changes
