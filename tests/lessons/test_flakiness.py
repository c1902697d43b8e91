"""Verdicts must not hang on chance: what `chance.py` finds, and cases in which one did."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from autograder.authoring.answer_files import judge_here
from autograder.checking.check import Call
from tests.support import flakiness as chance
from tests.support.answers import bank, check_module, load
from tests.support.flakiness import complaints

capstone = check_module("06-real-data", "capstone")
Problem, _descent_finding = capstone.Problem, capstone._descent_finding

CAPSTONE = "06-real-data"


def right_by_chance(seed: int) -> str:
    return "" if seed % 10 else f"another verdict\nwith {seed}"


def test_a_complaint_is_counted_with_its_seeds():
    tally = complaints(right_by_chance, 25, first_seed=5)
    assert (tally.tried, tally.wrong) == (25, {"another verdict": [10, 20]})
    assert list(tally.lines()) == ["in 2 of 25, at seed 10: another verdict"]


def test_where_nothing_is_wrong_nothing_is_said():
    assert list(complaints(lambda seed: "", 10, first_seed=0).lines()) == []


def test_a_right_answer_that_draws_numbers_of_its_own_meets_the_visible_tests_too():
    answers = {answer.name: answer for answer in bank(CAPSTONE) if answer.key == "capstone"}
    for name, ways in (("correct_random_validation", 2), ("correct_patience", 1)):
        assert len(list(chance.tallies(CAPSTONE, answers[name], 1, 0))) == ways


def test_the_program_fails_where_something_was_found_and_prints_it(monkeypatch, capsys):
    folder = f"{CAPSTONE}/iterations_needed/negative_count"
    assert chance.main(2, folder) == 0
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(chance, "judged", lambda answer, lesson: lambda seed: "it is judged otherwise")
    assert chance.main(2, folder) == 1
    assert capsys.readouterr().out.startswith(f"{folder}, in 2 of 2, at seed ")


# --- Seeds at which chance decided once --------------------------------------------------------------------

WITHOUT_REST = ("-(-len(X) // batch_size)", "len(X) // batch_size")
FAR_START = """
class Model(Model):
    def __init__(self, num_features, rng):
        self.W, self.b = rng.standard_normal((num_features, 1)), float(rng.standard_normal())


def plot_predictions"""


@pytest.mark.parametrize(
    ("place", "change", "label", "seed"),
    [
        ("06-real-data/capstone/test_scaled_by_itself", None, "test_scaled_by_itself", 76),
        ("06-real-data/compare_solvers/correct_rate_one_over_L", None, "", 1210339985),
        ("06-real-data/compare_solvers/intercept_not_shifted", None, "intercept_not_shifted", 109270127),
        ("06-real-data/digits_agreed/signed_error", None, "signed_error", 112),
        ("05-optimization/minibatch_gd/shuffled_once", WITHOUT_REST, "shuffled_once", 1157),
        ("03-many-features/train_model/starts_anew", None, "starts_anew", 415),
        ("03-many-features/plot_predictions/correct_two_panels", ("def plot_predictions", FAR_START), "", 296),
    ],
)
def test_the_verdict_is_the_right_one_at_a_seed_where_it_was_not(place, change, label, seed):
    lesson, key, name = place.split("/")
    source = next(answer.source for answer in bank(lesson) if (answer.key, answer.name) == (key, name))
    verdict = judge_here(load(lesson), key, source.replace(*change) if change else source, seed)
    assert (verdict.misconception, verdict.fraction == 1) == (label, label == "")


# --- capstone ----------------------------------------------------------------------------------------------


def two_errors_alike() -> Problem:
    """Draw a problem on which the test error of its own scale is near the training error."""
    for seed in itertools.count():
        problem = Problem.drawn(np.random.default_rng(seed), 60, 4, 0.8, 0)
        X = np.column_stack([np.ones(60), problem.X_train])
        trained = np.mean((X @ np.linalg.lstsq(X, problem.y_train, rcond=None)[0] - problem.y_train) ** 2)
        if abs(problem.misjudged() / trained - 1) < 0.04 and problem.misjudged() > 1.12 * problem.lowest:
            return problem


def test_of_two_errors_that_are_alike_the_nearest_names_the_mistake():
    problem = two_errors_alike()
    shows = _descent_finding(problem, Call(lambda: {"test_mse": problem.misjudged()})).shows
    assert [label for label in ("training_error", "test_scaled_by_itself") if shows[label]] == [
        "test_scaled_by_itself"
    ]


def test_who_takes_one_step_more_by_chance_is_right_each_time():
    """Such an answer decides the same three times in a row often enough, and then otherwise on other data."""
    descent = "while quiet < 10 and steps < 20_000"
    reference = next(each.solution for each in load(CAPSTONE).code if each.key == "capstone")
    assert descent in reference
    answer = reference.replace(descent, "more = np.random.default_rng().integers(2)\n    while quiet < 10 + more")
    verdicts = [judge_here(load(CAPSTONE), "capstone", answer, seed) for seed in range(10)]
    assert [verdict.text for verdict in verdicts if verdict.fraction < 1] == []


@pytest.mark.parametrize("decades", [(1.0, 0.1, 0.01, 0.001), (0.5, 0.05, 0.005), (0.3, 0.03, 0.003)])
def test_a_rate_out_of_a_few_by_trying_is_no_fixed_rate(decades):
    trying = next(answer for answer in bank(CAPSTONE) if answer.name == "correct_rate_by_trying").source
    rates = "rates = [0.5**k for k in range(9)]"
    assert rates in trying
    answer = trying.replace(rates, f"rates = {decades}")
    assert [judge_here(load(CAPSTONE), "capstone", answer, seed).text for seed in range(2)] == [""] * 2
