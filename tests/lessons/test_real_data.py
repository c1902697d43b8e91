"""Lesson 6's facts, by oracles that share nothing with the lesson; and mistakes that a label has to cover too."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from matplotlib.cbook import get_sample_data

from autograder.authoring.answer_files import judge_here
from course.data.longley import CERTIFIED, CERTIFIED_R2, FEATURES, longley
from tests.support.answers import COURSE, check_module, load

bowl = check_module("06-real-data", "bowl")
Bowl = bowl.Bowl
exact_fit = check_module("06-real-data", "exact_fit")
exact_fit = exact_fit.exact_fit

LESSON = "06-real-data"


@pytest.fixture(scope="module")
def names():
    """The solutions' names."""
    names = {"np": np}
    for exercise in load(LESSON).code:
        exec(exercise.solution, names)
    return names


@pytest.fixture(scope="module")
def scaled():
    """The standardized table with its ones first, and the target."""
    features, y = longley()
    Z = (features - features.mean(axis=0)) / features.std(axis=0)
    return np.column_stack([np.ones(16), Z]), y


# --- The data ----------------------------------------------------------------------------------------------


def solve_in_fractions() -> tuple[list[Fraction], Fraction]:
    """Least squares on the table as it is printed, 83.0 being 83 exactly; and R squared."""
    features, y = longley()
    X = [[Fraction(1), *(Fraction(str(value)) for value in row)] for row in features.tolist()]
    t = [Fraction(str(value)) for value in y.tolist()]
    rows = [
        [sum(row[i] * row[j] for row in X) for j in range(7)]
        + [sum(row[i] * b for row, b in zip(X, t, strict=True))]
        for i in range(7)
    ]
    for i in range(7):
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for k in set(range(7)) - {i}:
            rows[k] = [value - rows[k][i] * lead for value, lead in zip(rows[k], rows[i], strict=True)]
    theta = [row[-1] for row in rows]
    left = sum((sum(a * b for a, b in zip(row, theta, strict=True)) - b) ** 2 for row, b in zip(X, t, strict=True))
    mean = sum(t) / 16
    return theta, 1 - left / sum((b - mean) ** 2 for b in t)


def to_fifteen_digits(exact: Fraction) -> str:
    return f"{Decimal(exact.numerator) / Decimal(exact.denominator):.14e}"


def test_the_table_gives_the_certified_coefficients_to_all_digits():
    theta, r2 = solve_in_fractions()
    certified = [f"{Decimal(repr(value)):.14e}" for value in CERTIFIED]
    assert [to_fifteen_digits(value) for value in theta] == certified
    assert to_fifteen_digits(r2) == f"{Decimal(repr(CERTIFIED_R2)):.14e}"


def test_the_certified_values_are_those_of_the_contract():
    assert CERTIFIED == (
        -3482258.63459582,
        15.0618722713733,
        -0.0358191792925910,
        -2.02022980381683,
        -1.03322686717359,
        -0.0511041056535807,
        1829.15146461355,
    )
    assert len(FEATURES) == 6


def test_the_exact_fit_of_the_checks_agrees_with_the_certified_values():
    features, y = longley()
    fit = exact_fit(np.column_stack([np.ones(16), features]), y)
    assert fit == pytest.approx(CERTIFIED, rel=1e-13)


def test_the_data_are_given_anew_each_time():
    features, y = longley()
    features[:] = y[:] = 0
    assert longley()[0][0, 0] == 83.0


def test_the_larger_data_set_comes_with_matplotlib():
    days = get_sample_data("goog.npz")["price_data"]
    assert len(days) == 1047
    assert str(days["date"][0]) == "2004-08-19"
    assert str(days["date"][-1]) == "2008-10-14"
    assert np.all(np.diff(days["date"]).astype(int) > 0)
    for name in ("open", "high", "low", "close", "volume"):
        assert np.all(days[name] > 0)


# --- The facts ---------------------------------------------------------------------------------------------


def test_the_standardized_table_has_the_condition_number_12220(names, scaled):
    X, _ = scaled
    assert f"{names['condition_number'](X):.2f}" == "12220.01"
    curvatures = np.linalg.eigvalsh(X.T @ X)  # good enough at this condition
    assert curvatures[-1] / curvatures[0] == pytest.approx(12220.01, rel=1e-6)


def test_it_takes_84413_steps_to_a_millionth(names, scaled):
    kappa = names["condition_number"](scaled[0])
    assert names["iterations_needed"](kappa, 1e-6) == 84413
    shrink = (kappa - 1) / (kappa + 1)
    assert shrink**84413 <= 1e-6 < shrink**84412


def test_the_largest_stable_rate_of_the_raw_table_is_5_8e_12():
    features, _ = longley()
    rows = [[Fraction(1), *map(Fraction, row)] for row in features.tolist()]
    vector = [Fraction(1)] * 7
    for _ in range(6):  # power iteration, exactly; the other curvatures are far below
        image = [sum(a * b for a, b in zip(row, vector, strict=True)) for row in rows]
        vector = [sum(row[j] * value for row, value in zip(rows, image, strict=True)) for j in range(7)]
        vector = [value / vector[1] for value in vector]
    image = [sum(a * b for a, b in zip(row, vector, strict=True)) for row in rows]
    largest = Fraction(2, 16) * sum(v * v for v in image) / sum(v * v for v in vector)
    assert f"{float(2 / largest):.1e}" == "5.8e-12"


def test_qr_and_svd_keep_three_digits_more_than_the_normal_equations(names):
    features, y = longley()
    X = np.column_stack([np.ones(16), features])
    table = names["compare_solvers"](X, y, np.array(CERTIFIED), 2000)
    assert min(table["qr"][0], table["svd"][0]) > max(table["inv"][0], table["solve"][0]) + 1
    assert table["gd"][0] < 1
    assert table["momentum"][0] > 9


def test_r_squared_agrees_after_a_thousand_steps_of_the_heavy_ball(names, scaled):
    X, y = scaled
    _, losses = names["momentum_gd"](X, y, 1000)
    assert 1 - losses[-1] / y.var() == pytest.approx(CERTIFIED_R2, rel=1e-5)
    assert max(losses) > 4 * np.mean(y**2)  # it overshoots first, as the text says


def test_the_plain_losses_that_the_text_tells_beforehand(scaled):
    X, y = scaled
    bowl = Bowl.of(X, y)
    careful = bowl.run(1 / bowl.ends[0], 0.0, 1000).losses
    assert f"{np.mean(y**2):.1e}" == "4.3e+09"
    assert f"{careful[49]:.1e} {careful[999]:.1e} {bowl.floor:.1e}" == "1.6e+05 9.7e+04 5.2e+04"
    assert bowl.run(bowl.best_rate, 0.0, 1000).losses[-1] > 10 * careful[-1]


@pytest.fixture(scope="module")
def market():
    """Both tables of features of the trading days, the target in million shares, and which days are training."""
    days = get_sample_data("goog.npz")["price_data"]
    opened, high, low, closed, sold = (
        days[name][:-1].astype(float) for name in ("open", "high", "low", "close", "volume")
    )
    prices = np.column_stack([opened, high, low, closed, sold])
    moves = np.column_stack([closed, closed - opened, high - low, closed - (high + low) / 2, sold])
    return prices, moves, days["volume"][1:] / 1e6, days["date"][1:] < np.datetime64("2008-01-01")


def test_the_same_information_has_a_kappa_a_thousand_times_smaller(names, market):
    prices, moves, _, train = market
    kappas = []
    for raw in (prices, moves):
        Z = (raw[train] - raw[train].mean(axis=0)) / raw[train].std(axis=0)
        kappas.append(names["condition_number"](np.column_stack([np.ones(len(Z)), Z])))
    assert f"{kappas[0]:.1e} {kappas[1]:.0f}" == "3.7e+04 21"
    assert kappas[0] > 1000 * kappas[1]


def test_least_squares_is_the_same_on_both_and_the_descent_is_near_it(names, market):
    prices, moves, y, train = market
    reports = [names["capstone"](raw[train], y[train], raw[~train], y[~train]) for raw in (prices, moves)]
    first, second = reports
    assert first["lstsq_mse"] == pytest.approx(second["lstsq_mse"], rel=1e-6)
    assert first["stopped_at"] > 10 * second["stopped_at"]
    for report in reports:
        assert report["test_mse"] == pytest.approx(report["lstsq_mse"], rel=0.1)
        assert report["lstsq_mse"] < report["mean_mse"] / 2


def test_the_forecast_is_too_high_in_all_four_years(names):
    features, y = longley()
    years = features[:, -1].astype(int)
    Z_train, Z_test, y_train, y_test = names["train_test_split_by_year"](features, y, years, 1959)
    fit = exact_fit(np.column_stack([np.ones(12), features[:12]]), y[:12])
    forecast = np.column_stack([np.ones(4), features[12:]]) @ fit
    scaled = np.linalg.lstsq(np.column_stack([np.ones(12), Z_train]), y_train, rcond=None)[0]
    assert np.column_stack([np.ones(4), Z_test]) @ scaled == pytest.approx(forecast, rel=1e-6)
    assert np.all(forecast > y_test)
    assert 1300 < np.max(forecast - y_test) < 1450


def test_the_raw_descent_ends_after_sixteen_steps():
    features, y = longley()
    X = np.column_stack([np.ones(16), features])
    growth = 0.01 * 2 / 16 * np.linalg.norm(X, 2) ** 2  # of the error along the steepest direction
    room = np.log10(np.finfo(float).max) - np.log10(np.mean(y**2))
    assert math.ceil(room / (2 * np.log10(growth))) in (16, 17)


# --- Other ways to the same mistake ------------------------------------------------------------------------

GRAM = "def condition_number(X):\n    return np.linalg.cond(X.T @ X)"
DIGITS = (
    "def digits_agreed(estimate, certified):\n"
    "    with np.errstate(all='ignore'):\n"
    "        {digits}\n"
    "    return np.clip(np.where(np.isnan(estimate), 0, digits), 0, 15)"
)
SPLIT = (
    "def train_test_split_by_year(X, y, years, first_test_year):\n"
    "    train = years < first_test_year\n"
    "    {before}\n"
    "    mean, std = X[train].mean(axis=0), X[train].std(axis=0)\n"
    "    std[{flat}] = 1\n"
    "    Z = (X - mean) / std\n"
    "    return Z[train], Z[~train], y[train], y[~train]"
)
VARIANTS = [
    ("condition_number", "by_gram", GRAM),
    (
        "condition_number",
        "by_gram",
        "def condition_number(X):\n    s = np.linalg.svd(X.T @ X)[1]\n    return s[0] / s[-1]",
    ),
    (
        "iterations_needed",
        "not_an_int",
        "def iterations_needed(kappa, accuracy):\n"
        "    return round(float(np.log(accuracy) / np.log((kappa - 1) / (kappa + 1))), 0)",
    ),
    (
        "iterations_needed",
        "base_ten",
        "def iterations_needed(kappa, accuracy):\n    return int(-np.log10(accuracy) * kappa / 2) + 1",
    ),
    (
        "digits_agreed",
        "zero_certified",
        DIGITS.format(digits="digits = -np.log10(np.abs(estimate - certified) / np.abs(certified))"),
    ),
    (
        "digits_agreed",
        "absolute_error",
        DIGITS.format(digits="digits = -np.log10(np.abs(estimate - certified))"),
    ),
    (
        "digits_agreed",
        "nan_at_equality",
        "from math import log10\n\n\n"
        "def digits_agreed(estimate, certified):\n"
        "    pairs = [(float(e), float(c)) for e, c in zip(estimate, certified)]\n"
        "    digits = [0 if e != e else -log10(abs(e - c) / (abs(c) or 1)) for e, c in pairs]\n"
        "    return np.clip(np.array(digits, dtype=float), 0, 15)",
    ),
    ("train_test_split_by_year", "constant_gives_nan", SPLIT.format(before="pass", flat="std == -1")),
    (
        "train_test_split_by_year",
        "shuffled",
        SPLIT.format(
            before="order = np.argsort(-y); X, y, train = X[order], y[order], train[order]",
            flat="std < 1e-9",
        ),
    ),
]


@pytest.mark.parametrize(
    ("key", "label", "answer"),
    VARIANTS,
    ids=[f"{key}-{label}-{place}" for place, (key, label, _) in enumerate(VARIANTS)],
)
def test_a_label_covers_other_ways_to_the_same_mistake(key, label, answer):
    verdict = judge_here(load(LESSON), key, answer)
    assert (verdict.misconception, verdict.fraction < 1) == (label, True), verdict.text


def test_the_frames_of_the_variants_are_right_themselves():
    size = "size = np.where(certified == 0, 1, np.abs(certified)); "
    right = DIGITS.format(digits=size + "digits = -np.log10(np.abs(estimate - certified) / size)")
    assert judge_here(load(LESSON), "digits_agreed", right).fraction == 1.0
    right = SPLIT.format(before="pass", flat="std < 1e-9")
    assert judge_here(load(LESSON), "train_test_split_by_year", right).fraction == 1.0


@pytest.mark.parametrize(
    "numbers",
    [
        "np.array([-3482258.63459582, 15.0618722713733, -0.035819179292591])",
        "dict(rate=0.1, stopped_at=52, test_mse=5.88, mean_mse=13.7, lstsq_mse=5.88)",
        "12220.0098602",
        "84413",
        "dict.fromkeys(['gd', 'momentum', 'inv', 'solve', 'qr', 'svd'], (10.9, 1e-4))",
    ],
)
def test_known_results_that_were_typed_in_earn_nothing(numbers):
    for key in load(LESSON).by_key:
        verdict = judge_here(load(LESSON), key, f"def {key}(*arguments):\n    return {numbers}")
        assert verdict.fraction < 0.5, key


def test_no_fact_of_the_lesson_is_missing_from_its_text():
    text = (COURSE / "source" / LESSON / f"{LESSON}.py").read_text(encoding="utf-8")
    for fact in ("12220", "84,413", "5.8e-12", "CERTIFIED_R2", "goog.npz"):
        assert fact in text
