"""The benchmark measures what it says: a class that has all right, a floor that runs it, a table that judges."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest

from tests.support.places import ROOT

BENCHMARKS = ROOT / "benchmarks"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch):
    """Import a module of the benchmark by its name."""
    monkeypatch.syspath_prepend(BENCHMARKS)

    def module(name: str) -> ModuleType:
        return importlib.import_module(name)

    return module


def test_a_row_says_whether_its_bound_holds(bench):
    row = bench("table").Row
    assert row.at_least("ours against stock", 51.23, 50).line() == (
        "| ours against stock | **51.2 ×** | at least 50 × | holds |"
    )
    assert row.at_most("a page", 21.0, 20, "ms", "two runs").line() == (
        "| a page | **21 ms**; two runs | at most 20 ms | **does not hold** |"
    )
    assert row("stock", "2000 ms").line() == "| stock | 2000 ms |  |  |"


def test_a_difference_that_drowned_in_noise_holds_nothing(bench):
    assert not bench("table").Row.at_most("a page", -3.0, 20, "ms").holds


def test_parts_are_summed(bench):
    lines = bench("table").parts_as_markdown({"none": {"read": 1.0, "judge": 2.5}, "all": {"judge": 4.0}})
    assert lines.splitlines()[2:] == ["| read | 1.00 | 0.00 |", "| judge | 2.50 | 4.00 |", "| sum | 3.50 | 4.00 |"]


def grown(bench, memory):
    """Classes whose every submission takes 30 ms, after 2 s of start-up."""
    spent = bench("spending").Spent
    return {size: spent(2 + 0.03 * size, 0.0, memory(size)) for size in (100, 300, 1000, 10_000)}


def test_linear_growth_and_flat_memory_hold(bench):
    flat = grown(bench, lambda size: [(second, 60.0) for second in range(80)])
    assert [row.holds for row in bench("growth").rows(flat)] == [None, None, None, None, True, True, True]


def test_memory_that_grows_with_the_class_does_not_hold(bench):
    leaking = grown(bench, lambda size: [(second, 60.0 + second) for second in range(80)])
    *_, memory = bench("growth").rows(leaking)
    assert memory.holds is False
    assert "memory" in memory.what


def test_the_plot_of_memory_is_drawn(bench, tmp_path):
    bench("growth").plot(grown(bench, lambda size: [(0, 50.0), (1, 60.0)]), tmp_path / "memory.png")
    assert (tmp_path / "memory.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_three_submissions_are_right_for_the_grader_and_for_the_floor(bench, tmp_path):
    classroom, where = bench("classroom"), bench("where")
    lesson = classroom.our_course(tmp_path)
    class_of = classroom.notebooks(lesson)[:3]
    students = classroom.hand_in(tmp_path, class_of, 3)
    parts = where.of_grading(lesson, students, "none")
    assert {"fork and seal a child", "wait while the student's code runs", "gradebook: write"} <= parts.keys()
    by_hand = {"plot_training", "explain_divergence_1"}
    full = {
        cell["id"]: None if cell["id"] in by_hand else cell["metadata"]["nbgrader"]["points"]
        for cell in lesson.release["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade")
    }
    assert [classroom.scores(tmp_path, student) for student in students] == [full] * 3
    found = bench("floor").floor(lesson, class_of, 1)  # fails where an answer was wrong
    assert found.keys() == {"fork", "cells", "tests", "figures"}


def test_the_first_and_the_last_quarter_are_compared(bench):
    steady = [(2 + 0.05 * count, count) for count in range(0, 1001, 10)]
    assert bench("growth")._quarters(steady) == pytest.approx((50, 50))
    slowing = [(2 + (count / 100) ** 2, count) for count in range(0, 1001, 10)]
    first, last = bench("growth")._quarters(slowing)
    assert first == pytest.approx(27, rel=0.02)
    assert last == pytest.approx(175, rel=0.02)
    assert bench("growth")._quarters(steady[:20]) is None
