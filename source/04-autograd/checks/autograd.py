"""The hidden checks of lesson 4: gradients by formula, a small reverse-mode engine, and training with it.

The engine is judged by what it computes, whatever its design: values against NumPy, gradients against central
differences of the same expression. A training is judged by running its steps backwards from where it ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checking import Call, Finding, check, clock, generator
from autograder.checking.growth import tries
from autograder.checking.mistakes import CHANGED, NOTHING, changed, has_items, like, nothing
from course.testing.value import difference

Array = NDArray[np.float64]
FEW, MANY = 10, 100  # epochs
LONGER, HEAVIER = 2.2, 1.6
TIMES_BACK = 10


# --- matrix_gradients --------------------------------------------------------------------------------------


@check
def check_matrix_gradients(matrix_gradients: Any) -> Iterator[Finding]:
    """matrix_gradients(X, W, b, Y) is (dW, db): the slopes of the mean of all squared entries of XW + b - Y."""
    rng = generator()
    for n, d_in, d_out in ((6, 3, 2), (1, 1, 1), (5, 2, 4), (7, 4, 1)):
        X, W, b = rng.normal(size=(n, d_in)), rng.normal(size=(d_in, d_out)), rng.normal(1.0, 1.0, size=d_out)
        Y = rng.normal(size=(n, d_out))
        dW, db = _slopes(X, W, b, Y)
        no_b = _slopes(X, W, 0 * b, Y)
        rows = 2 * (X @ W + b - Y) / Y.size
        call = Call(matrix_gradients, X.copy(), W.copy(), b.copy(), Y.copy())
        mistakes = {
            "returns_nothing": nothing,
            "changes_argument": changed,
            "swapped": like(call, (db, dW)),
            "two_over_N": _scaled(call, dW, db, d_out),
            "factor_2_missing": _scaled(call, dW, db, 0.5, 0.5 * d_out),
            "not_averaged": _scaled(call, dW, db, Y.size, Y.size / 2),
            "sign_flipped": _scaled(call, dW, db, -1.0, -d_out, -0.5),
            "b_left_out": like(call, no_b),
            "db_not_summed": _db_shaped(call, rows.shape),
            "db_one_number": _db_shaped(call, (), (1,)),
            "dW_transposed": like(call, (dW.T, db)),
        }
        pair = call.satisfies(has_items(2), "two arrays, (dW, db)", mistakes)
        yield pair
        if pair.ok:
            yield call[0].gives(dW, mistakes, atol=1e-9, part="dW")
            yield call[1].gives(db, mistakes, atol=1e-9, part="db")


@check_matrix_gradients.misconception
def returns_nothing(X, W, b, Y):
    """The function ends without handing anything back: what is only printed or stored in a name is lost."""
    error = X @ W + b - Y
    dW, db = 2 * X.T @ error / Y.size, 2 * error.sum(axis=0) / Y.size


@check_matrix_gradients.misconception
def changes_argument(X, W, b, Y):
    """After the call the arrays passed in hold other numbers: compute new ones and leave the arguments alone."""
    Y -= X @ W + b
    return -2 * X.T @ Y / Y.size, -2 * Y.sum(axis=0) / Y.size


@check_matrix_gradients.misconception
def swapped(X, W, b, Y):
    """Both are right, but in the other order: dW is asked first."""
    error = X @ W + b - Y
    return 2 * error.sum(axis=0) / Y.size, 2 * X.T @ error / Y.size


@check_matrix_gradients.misconception
def two_over_N(X, W, b, Y):
    """You divide by the number of rows: the mean runs over all entries, rows times outputs."""
    error = X @ W + b - Y
    return 2 * X.T @ error / len(X), 2 * error.sum(axis=0) / len(X)


@check_matrix_gradients.misconception
def factor_2_missing(X, W, b, Y):
    """Both are half of the slope of the loss: the exponent leaves something behind."""
    error = X @ W + b - Y
    return X.T @ error / Y.size, error.sum(axis=0) / Y.size


@check_matrix_gradients.misconception
def not_averaged(X, W, b, Y):
    """Your gradients grow with the number of entries: the loss is a mean."""
    error = X @ W + b - Y
    return 2 * X.T @ error, 2 * error.sum(axis=0)


@check_matrix_gradients.misconception
def sign_flipped(X, W, b, Y):
    """Your gradients are negative where the loss rises."""
    error = Y - X @ W - b
    return 2 * X.T @ error / Y.size, 2 * error.sum(axis=0) / Y.size


@check_matrix_gradients.misconception
def db_not_summed(X, W, b, Y):
    """db has a row for each example: every example pulls at the same b, and the pulls add up."""
    error = X @ W + b - Y
    return 2 * X.T @ error / Y.size, 2 * error / Y.size


@check_matrix_gradients.misconception
def db_one_number(X, W, b, Y):
    """db is a single number: each output has a bias of its own."""
    error = X @ W + b - Y
    return 2 * X.T @ error / Y.size, 2 * np.sum(error) / Y.size


@check_matrix_gradients.misconception
def dW_transposed(X, W, b, Y):
    """dW lies on its side: the shape of W is asked."""
    error = X @ W + b - Y
    return 2 * error.T @ X / Y.size, 2 * error.sum(axis=0) / Y.size


@check_matrix_gradients.misconception
def b_left_out(X, W, b, Y):
    """The residuals are those of a model without b."""
    error = X @ W - Y
    return 2 * X.T @ error / Y.size, 2 * error.sum(axis=0) / Y.size


def _db_shaped(call: Call, *shapes: tuple[int, ...]) -> Callable[[Call], bool]:
    return lambda _: np.shape(call.value[1]) in shapes


def _loss(X: Array, W: Array, b: Array, Y: Array) -> float:
    return float(np.mean((X @ W + b - Y) ** 2))


def _slopes(X: Array, W: Array, b: Array, Y: Array) -> tuple[Array, Array]:
    """The gradient by central differences, which are exact for a quadratic up to rounding."""

    def along(parameter: Array, loss: Callable[[Array], float]) -> Array:
        slopes = np.empty_like(parameter)
        for index in np.ndindex(parameter.shape):
            step = np.zeros_like(parameter)
            step[index] = 0.5
            slopes[index] = loss(parameter + step) - loss(parameter - step)
        return slopes

    return along(W, lambda W: _loss(X, W, b, Y)), along(b, lambda b: _loss(X, W, b, Y))


def _scaled(call: Call, dW: Array, db: Array, *factors: float) -> Callable[[Call], bool]:
    """Like the right pair times one of these factors, in both or in one of the two."""
    pairs = [(f * dW, g * db) for f in (1.0, *factors) for g in (1.0, *factors)][1:]

    def test(_: Call) -> bool:
        return any(
            not difference(call.value[0], one, 1e-6, 1e-9) and not difference(call.value[1], other, 1e-6, 1e-9)
            for one, other in pairs
        )

    return test


# --- train_autograd ----------------------------------------------------------------------------------------


@check(
    returns_nothing=NOTHING,
    changes_argument=CHANGED,
    nothing_learns="The loss stays where it was: the parameters never move.",
    update_recorded="Every epoch takes longer than the last: the update itself becomes part of the graph.",
    gradients_pile_up="From the second epoch on the steps are wrong: what is in grad when backward begins?",
    loss_after_step="Each loss belongs to the parameters after its step: it is asked before.",
    one_too_few="There are fewer losses than epochs.",
    one_too_many="There are more losses than epochs.",
    uphill="The loss grows from the first step on, at a small rate.",
    rng_ignored="The same seed must give the same training, another seed another start: draw from rng alone.",
    shapes="W is asked with a row for each input and a column for each output, b with one axis.",
)
def check_train_autograd(train_autograd: Any) -> Iterator[Finding]:
    """train_autograd(X, Y, lr, epochs, rng) trains with Tensor: (W, b, losses), each loss before its step."""
    rng = generator()
    seed, right = int(rng.integers(2**31)), True
    for n, d_in, d_out, epochs in ((10, 3, 2, 5), (8, 1, 1, 4), (12, 2, 3, 1)):
        X, Y = rng.normal(size=(n, d_in)), rng.normal(size=(n, d_out))
        call = Call(train_autograd, X.copy(), Y.copy(), 0.07, epochs, np.random.default_rng(seed))
        first = Call(train_autograd, X.copy(), Y.copy(), 0.07, 1, np.random.default_rng(seed))
        for finding in _few_epochs(call, first, X, Y, epochs):
            right = right and finding.ok
            yield finding
    if right:  # the time of what is wrong is not worth its while
        yield _many_epochs(train_autograd, rng, seed)
    if call.error is None:
        yield _other_seeds(train_autograd, rng, seed)


def _few_epochs(call: Call, first: Call, X: Array, Y: Array, epochs: int) -> Iterator[Finding]:
    """Run the steps backwards from the end: what the losses on the way must have been follows from it."""
    d_in, d_out = X.shape[1], Y.shape[1]
    triple = call.satisfies(
        has_items(3), "(W, b, losses)", {"returns_nothing": nothing, "changes_argument": changed}
    )
    yield triple
    if not triple.ok:
        return
    end = Call(_plain, call.value)
    end.called = call.called
    fits = end.satisfies(
        lambda value: value[0].shape == (d_in, d_out) and value[1].shape == (d_out,),
        f"W of shape {(d_in, d_out)} and b of shape {(d_out,)}",
        {"shapes": True},
    )
    yield fits
    if not fits.ok:
        return
    W, b, losses = end.value
    way = _way_back(X, Y, W, b, 0.07, epochs)
    mistakes: dict[str, Any] = {
        "nothing_learns": [_loss(X, W, b, Y)] * epochs,
        "loss_after_step": way[1:],
        "one_too_few": lambda _: len(losses) < epochs,
        "one_too_many": lambda _: len(losses) > epochs,
    }
    if epochs > 1:
        mistakes["uphill"] = lambda _: bool(np.all(np.diff(losses) > 0))
        mistakes["gradients_pile_up"] = _piled(first, X, Y, 0.07, epochs)
    yield end[2].gives(way[:epochs], mistakes, rtol=1e-6, atol=1e-10)


def _plain(value: Any) -> tuple[Any, Any, list[float]]:
    W, b, losses = value
    W, b = (item if isinstance(item, np.ndarray) else item.data for item in (W, b))
    return W, b, [float(loss) for loss in losses]


def _piled(first: Call, X: Array, Y: Array, lr: float, epochs: int) -> Callable[[Call], bool]:
    """Like a training whose gradients are never zeroed, from the start that one epoch of it shows."""

    def test(call: Call) -> bool:
        W, b, _ = _plain(first.value)
        Z = np.column_stack([X, np.ones(len(X))])
        hessian, pull = 2 * Z.T @ Z / Y.size, 2 * Z.T @ Y / Y.size
        theta = np.linalg.solve(np.eye(len(hessian)) - lr * hessian, np.vstack([W, b[None, :]]) - lr * pull)
        losses, total = [], np.zeros_like(theta)
        for _ in range(epochs):
            losses.append(float(np.mean((Z @ theta - Y) ** 2)))
            total = total + hessian @ theta - pull
            theta = theta - lr * total
        return not difference(call.value, losses)

    return test


def _way_back(X: Array, Y: Array, W: Array, b: Array, lr: float, epochs: int) -> list[float]:
    """The losses at the start and after each step of gradient descent that ends at (W, b)."""
    Z = np.column_stack([X, np.ones(len(X))])
    theta = np.vstack([W, b[None, :]])
    step = np.eye(Z.shape[1]) - lr * 2 * Z.T @ Z / Y.size
    pull = lr * 2 * Z.T @ Y / Y.size
    losses = [float(np.mean((Z @ theta - Y) ** 2))]
    for _ in range(epochs):
        theta = np.linalg.solve(step, theta - pull)
        losses.append(float(np.mean((Z @ theta - Y) ** 2)))
    return losses[::-1]


def _many_epochs(train_autograd: Any, rng: np.random.Generator, seed: int) -> Finding:
    X = rng.normal(size=(10, 1))
    Y = 2 * X + 1
    ends: dict[int, Any] = {}

    def run(epochs: int) -> None:
        ends[epochs] = train_autograd(X, Y, 0.07, epochs, np.random.default_rng(seed))

    ratio = heavier = 1.0

    def times() -> float:
        nonlocal ratio, heavier
        for each in tries(run, FEW, MANY):
            ratio = each
            heavier = _weight(ends[MANY], ends[FEW])
            if heavier > HEAVIER:
                break
        return max(ratio, heavier)

    times.__name__ = f"the time of train_autograd for {MANY} epochs, over that of {MANY // FEW} times {FEW}: "
    slow = Call(times)
    return slow.satisfies(
        ratio < LONGER and heavier < HEAVIER,
        "about 1",
        {"update_recorded": lambda call: call.error is None or isinstance(call.error, RecursionError)},
    )


def _other_seeds(train_autograd: Any, rng: np.random.Generator, seed: int) -> Finding:
    X = rng.normal(size=(10, 1))
    Y = 2 * X + 1

    def start(seed: int) -> Any:
        return _plain(train_autograd(X, Y, 1e-9, 1, np.random.default_rng(seed)))[0]

    start.__name__ = "W of train_autograd, seeded,"
    first, again, other = Call(start, seed), Call(start, seed), Call(start, seed + 1)
    return again.satisfies(
        first.error is None
        and not difference(again.value, first.value)
        and bool(difference(other.value, first.value)),
        "the same W from the same seed, another from another",
        {"rng_ignored": True},
    )


def _weight(more: Any, fewer: Any) -> float:
    """How much longer a walk back from some trained parameters takes than from others; arrays have none: 1.

    It grows with the epochs if the parameters' graph does. That shows also where each operation takes so long that
    the time of the training says little.
    """
    heaviest = 1.0
    for pair in zip(more[:2], fewer[:2], strict=True):
        if not any(isinstance(parameter, np.ndarray) for parameter in pair):
            walks = [parameter.sum().backward for parameter in pair]
            times = [[_seconds(walk) for walk in walks] for _ in range(TIMES_BACK)]  # in turn: others work, too
            most, least = map(min, zip(*times, strict=True))
            heaviest = max(heaviest, most / least)
    return heaviest


def _seconds(walk: Callable[[], Any]) -> float:
    began = clock()
    walk()
    return clock() - began
