"""The hidden checks of lesson 3: data with many features, a numerical gradient, a score, a picture.

The checks of the `Model` class stand in their own module; all of the lesson's checks are found here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator
from autograder.checking.figures import Picture, Points, read_figure
from autograder.checking.mistakes import CHANGED, NOTHING, changed, has_items, like, nothing
from course.testing.value import difference

from .linear_model import Array
from .model_class import check_backward_pass, check_compute_loss, check_forward_pass, check_model_init
from .model_training import check_train_model, check_update_params

__all__ = [
    "check_backward_pass",
    "check_compute_loss",
    "check_forward_pass",
    "check_generate_examples",
    "check_model_init",
    "check_numerical_gradient",
    "check_plot_predictions",
    "check_r_squared",
    "check_train_model",
    "check_update_params",
]


def _same_float(value: Any, wanted: float) -> bool:
    return not difference(value, wanted)


def _shape(value: Any) -> tuple[int, ...]:
    return value.shape if isinstance(value, np.ndarray) else ()


# --- generate_examples -------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    X_transposed="Your X has a row for each feature: one row for each example is asked.",
    y_flat="Your y has one axis: a column, with an axis of length 1 for the single target, is asked.",
    single_noise_value="Every row carries the same noise number: the residuals do not scatter at all.",
    noise_missing="Your y follows from X exactly: there is no noise in it.",
    noise_scaled="The noise in y has another spread than 1.",
    weights_swapped="The two weights have changed places: the first feature lifts y, the second lowers it.",
    bias_missing="Where X is 0 the mean of y should be 1: a term is missing.",
    sign_wrong="One of the weights has the wrong sign.",
    rng_ignored="The same seed must give the same data, another seed other data: draw from rng alone.",
    X_not_normal="The features are not standard normal: look at their mean, their spread and their tails.",
)
def check_generate_examples(generate_examples: Any) -> Iterator[Finding]:
    """generate_examples(num, rng) is X (num, 2), standard normal, and y = X (1, -3) + 1 + noise, (num, 1)."""
    seed = int(generator().integers(2**31))
    num = 2000
    call = Call(generate_examples, num, np.random.default_rng(seed))
    shapes = call.satisfies(
        lambda pair: has_items(2)(pair) and _shape(pair[0]) == (num, 2) and _shape(pair[1]) == (num, 1),
        f"X of shape ({num}, 2) and y of shape ({num}, 1)",
        {
            "returns_nothing": nothing,
            "X_transposed": lambda call: _shape(call.value[0]) == (2, num),
            "y_flat": lambda call: _shape(call.value[1]) == (num,),
        },
    )
    yield shapes
    if not shapes.ok:
        return
    X, y = call.value
    design = np.column_stack([X, np.ones(num)])
    w1, w2, b = np.linalg.lstsq(design, y[:, 0], rcond=None)[0]
    residuals = y[:, 0] - (X @ [1.0, -3.0] + 1.0)
    scatter = float(np.std(y[:, 0] - design @ [w1, w2, b]))
    off = float(np.max(np.abs(np.array([w1, w2, b]) - [1.0, -3.0, 1.0])))
    yield call.satisfies(
        off < 0.25 and 0.85 < scatter < 1.15,
        "a least-squares fit near W = (1, -3), b = 1 with residuals of standard deviation 1",
        {
            # rounding makes 1e-14; a single draw of noise comes so near to none with a chance of 1e-10
            "single_noise_value": float(np.ptp(residuals)) < 1e-10 < abs(float(residuals[0])),
            "noise_missing": float(np.abs(residuals).max()) < 1e-10,
            "noise_scaled": off < 0.25 and scatter > 1e-10,
            "weights_swapped": abs(w1 + 3) < 0.3 and abs(w2 - 1) < 0.3,
            "bias_missing": abs(b) < 0.25 and abs(w1 - 1) < 0.25 and abs(w2 + 3) < 0.25,
            "sign_wrong": abs(abs(w1) - 1) < 0.3 and abs(abs(w2) - 3) < 0.3 and (w1 < 0 or w2 > 0),
        },
    )
    spread, middle = X.std(axis=0), np.abs(X.mean(axis=0))
    tails, together = float(np.mean(np.abs(X) > 2)), abs(float(np.mean(X[:, 0] * X[:, 1])))
    yield call.satisfies(
        bool(np.all(np.abs(spread - 1) < 0.17) and middle.max() < 0.2 and 0.02 < tails < 0.08 and together < 0.2),
        "features with mean 0, standard deviation 1, the tails of a bell curve, and nothing in common",
        {"X_not_normal": True},
    )
    again = Call(generate_examples, num, np.random.default_rng(seed))
    other = Call(generate_examples, num, np.random.default_rng(seed + 1))
    yield again.satisfies(
        lambda pair: not difference(list(pair), [X, y]) and bool(difference(list(other.value), [X, y])),
        "the same data from the same seed, other data from another",
        {"rng_ignored": True},
    )
    yield Call(generate_examples, 3, np.random.default_rng(seed)).satisfies(
        lambda pair: _shape(pair[0]) == (3, 2) and _shape(pair[1]) == (3, 1),
        "X of shape (3, 2) and y of shape (3, 1)",
    )


# --- numerical_gradient ------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    w_left_changed="After the call w is not what it was to the last bit: adding eps and taking it away rounds.",
    all_entries_at_once="Every entry was moved at once: a partial derivative moves one and holds the rest still.",
    forward_difference="You step to one side only: a step to either side cancels the error of the curvature.",
    eps_ignored="The result does not depend on eps as it should: use the step that was passed in.",
    half_step_divided="The difference belongs to two steps of eps: look at what it is divided by.",
    sign_flipped="Your slopes are negative where f rises.",
    flattened="The gradient has another shape than w.",
)
def check_numerical_gradient(numerical_gradient: Any) -> Iterator[Finding]:
    """numerical_gradient(f, w, eps=1e-6) is the gradient by central differences, in w's shape; w stays."""
    rng = generator()
    for shape, eps in (((4,), 0.3), ((2, 3), 0.1), ((1,), 0.5), ((30, 2), None)):
        w, c = rng.uniform(0.3, 2.0, shape), rng.uniform(0.5, 2.0, shape)

        def f(v: Any, c: Array = c) -> float:
            if np.shape(v) != c.shape:
                raise ValueError(f"f takes an array of shape {c.shape}, and got one of shape {np.shape(v)}")
            return float(np.sum(c * v**3))

        step = 1e-6 if eps is None else eps
        right = c * (3 * w**2 + step**2)  # ((w + e)^3 - (w - e)^3) / 2e
        forward, backward = c * (3 * w**2 + 3 * w * step + step**2), c * (3 * w**2 - 3 * w * step + step**2)
        call = Call(numerical_gradient, f, w) if eps is None else Call(numerical_gradient, f, w, eps)
        whole = float(right.sum())
        mistakes = {
            "returns_nothing": nothing,
            "w_left_changed": changed,
            "flattened": like(call, right.ravel(), right.reshape(-1, 1)),
            "all_entries_at_once": like(call, whole, np.full(shape, whole)),
        }
        if eps is not None:
            mistakes |= {
                "forward_difference": like(call, forward, backward),
                "half_step_divided": like(call, 2 * right, right / 2, 2 * forward, forward / 2),
                "sign_flipped": like(call, -right, -forward),
                "eps_ignored": _near(3 * c * w**2),
            }
            yield call.gives(right, mistakes)
        else:
            yield call.gives(right, mistakes, rtol=1e-5, atol=1e-7)


def _near(exact: Array) -> Any:
    return lambda call: not difference(call.value, exact, 1e-4)


# --- r_squared ---------------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    changes_argument=CHANGED,
    squared_correlation="A model wrong by a constant or a factor gets full marks: correlation does not see that.",
    arguments_reversed="The spread is measured around the mean of the predictions: that of the truth counts.",
    one_minus_missing="A perfect model should get 1 from you.",
    clipped="A model worse than the mean gets a negative R squared: yours stops at some value.",
    halved_twice="The two sums are not of the same kind: look at what each is divided by.",
    not_squared="Look at which quantities are squared: a residual twice as large counts four times.",
    not_a_number="Your R squared is an array: one plain number is asked.",
)
def check_r_squared(r_squared: Any) -> Iterator[Finding]:
    """r_squared(y_true, y_pred) is 1 less the share of the variance of y_true that the residuals are."""
    rng = generator()
    for m, slope, spread in ((12, 0.6, 0.4), (5, -2.0, 0.1), (40, 0.6, 1.0), (8, 1.0, 0.0)):
        y_true = rng.normal(3, 2, size=(m, 1))
        # about the mean of the truth, so that a slope of -2 gives an R squared near -8 whatever is drawn
        y_pred = y_true.mean() + slope * (y_true - y_true.mean()) + spread * rng.normal(0.5, 1.0, size=(m, 1))
        for y, guess in ((y_true, y_pred), (y_true[:, 0], y_pred[:, 0])):
            call = Call(r_squared, y.copy(), guess.copy())
            yield call.gives(_r_squared(y, guess), _r_squared_mistakes(call, y, guess), atol=1e-9)


def _r_squared(y_true: Array, y_pred: Array) -> float:
    return float(1 - np.mean((y_true - y_pred) ** 2) / np.var(y_true))


def _r_squared_mistakes(call: Call, y: Array, guess: Array) -> dict[str, Any]:
    right, m = _r_squared(y, guess), y.size
    residuals, around = y - guess, y - y.mean()
    correlation = float(np.mean(around * (guess - guess.mean())) / (y.std() * guess.std()))
    absolute = float(np.abs(residuals).sum() / np.abs(around).sum())
    return {
        "returns_nothing": nothing,
        "changes_argument": changed,
        "squared_correlation": like(call, correlation**2, correlation),
        "arguments_reversed": _r_squared(guess, y),
        "one_minus_missing": 1 - right,
        "clipped": lambda call: right < 0 and _same_float(call.value, 0.0),
        "halved_twice": like(call, 1 - (1 - right) / m, 1 - (1 - right) * m, 1 - (1 - right) * (m - 1) / m),
        "not_squared": like(call, 1 - absolute, float(1 - np.sqrt(1 - right))),
        "not_a_number": lambda call: isinstance(call.value, np.ndarray),
    }


# --- plot_predictions --------------------------------------------------------------------------------------


@check(
    returns_nothing="The function ends without handing the figure back.",
    not_a_figure="Hand back the Figure itself: the axes or a tuple are not enough.",
    trains_on_the_test_data="The model knows the test data: it must see the training data alone.",
    plots_the_training_data="The points are those of the training data: the test data are asked.",
    axes_swapped="The truth stands on the vertical axis: it is asked on the horizontal one.",
    not_trained_enough="The trained model is still far from least squares on the training data: train longer.",
    untrained_missing="The predictions of the untrained model are missing.",
    trained_missing="The predictions of the trained model are missing.",
    diagonal_missing="The diagonal is missing: it shows where a perfect model's points would lie.",
    unlabelled_axis="An axis does not say what it shows.",
)
def check_plot_predictions(plot_predictions: Any) -> Iterator[Finding]:
    """plot_predictions(...) shows predictions over truth on the test data before and after training."""
    rng = generator()
    x_train, x_test = rng.normal(size=(90, 2)), rng.normal(size=(35, 2))
    # Both planes are so far out that a start drawn from standard normals, b as well, comes within 0.1 of the one
    # with a chance of 2e-10, and never near the other.
    y_train = x_train @ [[2.4], [-4.5]] + 2.0 + 0.3 * rng.normal(size=(90, 1))
    y_test = x_test @ [[-5.0], [6.0]] + 4.0 + 0.3 * rng.normal(size=(35, 1))
    call = Call(plot_predictions, x_train, y_train, x_test, y_test, np.random.default_rng(rng.integers(2**31)))
    picture = _picture(call)
    yield call.satisfies(
        picture is not None,
        "a matplotlib Figure",
        {"returns_nothing": nothing, "not_a_figure": lambda call: call.error is None},
        part="truth and predictions",
    )
    if picture is None:
        return
    fits = [(panel, _fit(x_test, points, y_test)) for panel in picture.panels for points in panel.points]
    drawn = [(panel, fit) for panel, fit in fits if fit is not None]
    best, cheat = _least_squares(x_train, y_train), _least_squares(x_test, y_test)
    off = [float(np.max(np.abs(fit - best))) for _, fit in drawn]
    cheated = [float(np.max(np.abs(fit - cheat))) < 0.2 for _, fit in drawn]
    trained, untrained = any(gap <= 0.05 for gap in off), any(gap > 0.1 for gap in off)
    yield call.satisfies(
        trained and untrained and not any(cheated),
        "two sets of points over the truth of the test data: one untrained, one within 0.05 of least squares",
        {
            "trains_on_the_test_data": any(cheated),
            "plots_the_training_data": not drawn and _any_at(picture, y_train, across=True),
            "axes_swapped": not drawn and _any_at(picture, y_test, across=False),
            "not_trained_enough": not trained and len(drawn) > 1,
            "untrained_missing": trained and not untrained,
            "trained_missing": not trained and len(drawn) == 1,
        },
        part="truth and predictions",
    )
    panels = [panel for panel in picture.panels if not panel.is_empty]
    yield call.satisfies(
        bool(drawn) and all(any(line.follows(1.0, 0.0) for line in panel.lines) for panel, _ in drawn),
        "the diagonal on each panel",
        {"diagonal_missing": bool(drawn)},
        part="diagonal",
    )
    yield call.satisfies(
        bool(panels) and all(panel.is_labelled for panel in panels),
        "labelled axes",
        {"unlabelled_axis": True},
        part="labels",
    )


def _picture(call: Call) -> Picture | None:
    try:
        return read_figure(call.value)
    except Exception:
        return None


def _least_squares(X: Array, y: Array) -> Array:
    return np.asarray(np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), y[:, 0], rcond=None)[0])


def _at(values: Array, y: Array) -> Array | None:
    """The places in `values` at which the numbers of y stand, in y's order; None if they are not all there."""
    if values.size != y.size:
        return None
    order, wanted = np.argsort(values), np.argsort(y[:, 0])
    if not np.allclose(values[order], y[wanted, 0], rtol=1e-9):
        return None
    places = np.empty(y.size, dtype=int)
    places[wanted] = order
    return places


def _fit(x_test: Array, points: Points, y_test: Array) -> Array | None:
    """The (w1, w2, b) of the model behind points (truth, prediction); None if these are no such points."""
    places = _at(points.x, y_test)
    if places is None:
        return None
    fit = _least_squares(x_test, points.y[places][:, None])
    exact = np.allclose(x_test @ fit[:2] + fit[2], points.y[places], rtol=1e-6, atol=1e-8)
    return fit if exact else None


def _any_at(picture: Picture, y: Array, across: bool) -> bool:
    everything = [points for panel in picture.panels for points in panel.points]
    return any(_at(points.x if across else points.y, y) is not None for points in everything)
