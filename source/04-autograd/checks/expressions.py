"""The hidden check of lesson 4's `Tensor`: expressions, their values, and their gradients by central differences.

An expression is an ordinary function that works on arrays as well as on Tensors, so NumPy is its own oracle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checking import Call, Finding, check, generator
from autograder.checking.growth import growth
from course.testing.value import difference

from .expression_sample import Expression, operations, random_expression, shared

Array = NDArray[np.float64]
FORWARD, SINGLE, SHARED, BROADCAST, ZERO = (
    "forward values",
    "gradients of single operations",
    "shared nodes",
    "broadcasting",
    "zeroing",
)


@check(
    reflected_missing="A number on the left, as in 2 - a, is not understood: Python then asks the right operand.",
    order_lost="2 - a came out as a - 2: the reflected operator keeps the order of its operands.",
    sum_along_axis="sum() and mean() run over all entries, and give one number.",
    not_float64="The data are kept as integers or in single precision: float64 is asked.",
    mean_not_divided="A mean passes on as much gradient as a sum: each entry counts only for its share.",
    minus_sign_lost="What is subtracted gets its gradient with the wrong sign.",
    power_rule="The gradient of a power is off: exponent, one power less, and what comes from outside.",
    outer_gradient_lost="The last operation is right, but what lies beyond it is lost: multiply by what comes in.",
    shared_counted_once="A value that is used twice gets its gradient once: contributions have to add up.",
    order_of_nodes="A node hands its gradient on before all of it has arrived: every user comes first.",
    walks_every_path="The time doubles with every level of a graph of shared nodes: visit each node once.",
    too_deep="A graph of 200 operations, one after the other, is too deep for it.",
    matmul_rule="The gradient of a matrix product is off: watch which factor is transposed, and where it stands.",
    gradient_not_unbroadcast="The gradient has the shape of the result: sum it over the axes that were stretched.",
    second_graph_replaces="A second graph on the same leaf replaces its gradient: it has to be added.",
    second_graph_repeats="Backward through a second graph also runs the first one again.",
    zero_grad_keeps_nan="After zero_grad a gradient that was nan or infinite is still there.",
    zero_grad_fails="zero_grad does not bring back zeros, or None.",
    zero_grad_clears_others="zero_grad of one tensor also clears another's gradient.",
)
def check_tensor(Tensor: Any) -> Iterator[Finding]:
    """Tensor computes like NumPy, and backward() of a scalar puts the gradient into every leaf's grad."""
    rng = generator()
    yield from _forward(Tensor, rng)
    for expression in operations(rng):
        yield _gradient(Tensor, expression, SINGLE)
    yield from _shared(Tensor, rng)
    yield from _broadcast(Tensor, rng)
    yield from _zeroing(Tensor, rng)


def _forward(Tensor: Any, rng: np.random.Generator) -> Iterator[Finding]:
    def data_of(values: Any) -> Any:
        return Tensor(values).data

    data_of.__name__ = "Tensor"
    for values in ([[1, 2], [3, 4]], 3.5, rng.normal(size=(2, 3))):
        call = Call(data_of, values)
        yield call.satisfies(
            _holds(values),
            "a Tensor whose data are these values in float64",
            {"not_float64": lambda call: np.asarray(call.value).dtype != np.float64},
            part=FORWARD,
        )
    for expression in [*operations(rng), *(random_expression(rng) for _ in range(6))]:
        call = Call(_named(expression, lambda out, leaves: np.asarray(out.data), Tensor), *expression.leaves)
        yield call.satisfies(
            _has_value(expression),
            f"data {expression.value():.5g}",
            {**_reflected(expression), "sum_along_axis": lambda call: np.size(call.value) > 1},
            part=FORWARD,
        )


def _holds(values: Any) -> Callable[[Any], bool]:
    wanted = np.asarray(values, float)
    return lambda data: np.asarray(data).dtype == np.float64 and not difference(np.asarray(data), wanted)


def _has_value(expression: Expression) -> Callable[[Any], bool]:
    return lambda data: _near(np.reshape(data, ()), np.asarray(expression.value()))


def _reflected(expression: Expression) -> dict[str, Any]:
    if not expression.reflected:
        return {}
    return {
        "reflected_missing": lambda call: isinstance(call.error, (TypeError, AttributeError)),
        "order_lost": lambda call: _near(call.value, np.asarray(expression.wrong["order_lost"])),
    }


def _named(expression: Expression, read: Callable[[Any, list[Any]], Any], Tensor: Any) -> Callable[..., Any]:
    """The expression on Tensors, read by `read`; named by its text, so that a finding shows it."""

    def run(*arrays: Array) -> Any:
        leaves = [Tensor(array.copy()) for array in arrays]
        return read(expression.function(*leaves), leaves)

    run.__name__ = f"{expression.text} with {expression.names} = "
    return run


def _backward(out: Any, leaves: list[Any]) -> list[Any]:
    out.backward()
    return [leaf.grad for leaf in leaves]


def _gradient(Tensor: Any, expression: Expression, part: str) -> Finding:
    right = expression.gradient()
    call = Call(_named(expression, _backward, Tensor), *expression.leaves)
    wrong = {
        label: _all_near(value) if value else True
        for label, value in expression.wrong.items()
        if label != "order_lost"
    }
    return call.satisfies(
        lambda grads: _all_near(right)(call),
        "gradients " + ", ".join(f"{np.array2string(one, precision=4)}" for one in right).replace("\n", "")[:120],
        {
            **({"reflected_missing": lambda call: call.error is not None} if expression.reflected else {}),
            **wrong,
            **({"gradient_not_unbroadcast": _stretched(expression)} if expression.broadcast else {}),
        },
        part=part,
    )


def _all_near(wanted: list[Array]) -> Callable[[Call], bool]:
    return lambda call: (
        len(call.value) == len(wanted)
        and all(_near(got, one) for got, one in zip(call.value, wanted, strict=True))
    )


def _near(got: Any, wanted: Array) -> bool:
    got = np.asarray(got)
    if got.dtype != np.float64 or got.shape != wanted.shape:
        return False
    scale = max(1.0, float(np.abs(wanted).max(initial=0.0)))
    return bool(np.allclose(got, wanted, rtol=2e-5, atol=2e-6 * scale))


def _stretched(expression: Expression) -> Callable[[Call], bool]:
    shapes = [leaf.shape for leaf in expression.leaves]
    return lambda call: (
        call.error is not None
        or any(np.shape(got) != shape for got, shape in zip(call.value, shapes, strict=True))
    )


def _shared(Tensor: Any, rng: np.random.Generator) -> Iterator[Finding]:
    for expression in shared(rng):
        yield _gradient(Tensor, expression, SHARED)

    def times() -> float:
        return growth(lambda levels: _ladder(Tensor, levels), 4, 16)

    times.__name__ = "the time of backward through 16 levels of a = a + a, over that of 4 times 4: "
    # the same number of nodes, but 65,536 paths against 64
    fast = Call(times).satisfies(lambda ratio: ratio < 8, "about 1", {"walks_every_path": True}, part=SHARED)
    yield fast
    if fast.ok:
        yield from _deep(Tensor)


def _ladder(Tensor: Any, levels: int) -> Any:
    start = Tensor(np.array([0.75]))
    node = start
    for _ in range(levels):
        node = node + node
    node.sum().backward()
    return start.grad


def _deep(Tensor: Any) -> Iterator[Finding]:
    def chain(levels: int) -> Any:
        start = Tensor(np.array([0.75]))
        node = start
        for _ in range(levels):
            node = node * 1.01
        node.sum().backward()
        return start.grad

    chain.__name__ = "the gradient of a through so many steps of a = a * 1.01: "
    deep = {"too_deep": lambda call: isinstance(call.error, RecursionError)}
    yield Call(chain, 195).satisfies(
        lambda grad: _near(grad, np.array([1.01**195])), f"[{1.01**195:.5g}]", deep, part=SHARED
    )

    def ladder(levels: int) -> Any:
        return _ladder(Tensor, levels)

    ladder.__name__ = "the gradient of a through so many levels of a = a + a: "
    yield Call(ladder, 150).satisfies(
        lambda grad: bool(np.allclose(grad, 2.0**150, rtol=1e-9)), "[2 to the power of 150]", deep, part=SHARED
    )


def _broadcast(Tensor: Any, rng: np.random.Generator) -> Iterator[Finding]:
    shapes = [((3, 4), (4,)), ((3, 4), (3, 1)), ((1, 4), (3, 1)), ((2, 3), ()), ((2, 3, 2), (3, 1))]
    actions: list[tuple[str, Callable[[Any, Any], Any]]] = [
        ("((a + b) * (a - b)).sum()", lambda a, b: ((a + b) * (a - b)).sum()),
        ("(a * b + b).mean()", lambda a, b: (a * b + b).mean()),
        ("((b - a) ** 2).mean()", lambda a, b: ((b - a) ** 2).mean()),
    ]
    for one, other in shapes:
        leaves = [rng.uniform(0.5, 2.0, one), rng.uniform(0.5, 2.0, other)]
        for text, function in actions:
            yield _gradient(Tensor, Expression(text, function, leaves, broadcast=True), BROADCAST)
    for _ in range(4):
        yield _gradient(Tensor, random_expression(rng), BROADCAST)


@dataclass(frozen=True)
class _Two:
    """Two leaves with two graphs on them."""

    a: Any
    b: Any

    @classmethod
    def of(cls, Tensor: Any) -> _Two:
        return cls(Tensor(np.array([1.0, 2.0])), Tensor(np.array([3.0, 4.0])))


def _zeroing(Tensor: Any, rng: np.random.Generator) -> Iterator[Finding]:
    def twice() -> Any:
        leaf = Tensor(np.array([1.0, 2.0]))
        (leaf * 3.0).sum().backward()
        (leaf * leaf).sum().backward()
        return leaf.grad

    twice.__name__ = "the gradient of a after (a * 3).sum().backward() and (a * a).sum().backward() "
    yield Call(twice).satisfies(
        lambda grad: _near(grad, np.array([5.0, 7.0])),
        "[5, 7]: both added up",
        {
            "second_graph_replaces": lambda call: _near(call.value, np.array([2.0, 4.0])),
            "second_graph_repeats": lambda call: bool(np.all(np.asarray(call.value) > np.array([5.5, 7.5]))),
        },
        part=ZERO,
    )

    def cleared() -> Any:
        two = _Two.of(Tensor)
        two.a.zero_grad()
        (two.a * two.b).sum().backward()
        two.a.zero_grad()
        return [two.a.grad, two.b.grad]

    cleared.__name__ = "the gradients of a and b after (a * b).sum().backward() and a.zero_grad() "
    yield Call(cleared).satisfies(
        lambda grads: _is_zero(grads[0], (2,)) and _near(grads[1], np.array([1.0, 2.0])),
        "zeros (or None) for a, [1, 2] for b",
        {
            "zero_grad_clears_others": lambda call: _is_zero(call.value[1], (2,)),
            "zero_grad_fails": lambda call: not _is_zero(call.value[0], (2,)),
            "zero_grad_keeps_nan": False,
        },
        part=ZERO,
    )

    def spoilt() -> Any:
        leaf = Tensor(np.array([0.0, 1.0]))
        with np.errstate(all="ignore"):
            (leaf**-1.0).sum().backward()
        leaf.zero_grad()
        kept = leaf.grad
        (leaf * 2.0).sum().backward()
        return [kept, leaf.grad]

    spoilt.__name__ = "a's gradient after (a ** -1).sum().backward() at a = 0, a.zero_grad(), and a new graph "
    yield Call(spoilt).satisfies(
        lambda grads: _is_zero(grads[0], (2,)) and _near(grads[1], np.array([2.0, 2.0])),
        "zeros (or None), then [2, 2]",
        {"zero_grad_keeps_nan": lambda call: call.value[0] is not None and not np.isfinite(call.value[0]).all()},
        part=ZERO,
    )


def _is_zero(grad: Any, shape: tuple[int, ...]) -> bool:
    return grad is None or (np.shape(grad) == shape and not np.any(np.asarray(grad) != 0))
