"""Expressions for the judge of `Tensor`: drawn at random or chosen for a mistake that they bring to light."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Expression", "operations", "random_expression", "shared"]

Array = NDArray[np.float64]
EPS = 1e-6


@dataclass(frozen=True)
class Expression:
    """A scalar function of leaves. `wrong` holds, by label, the gradients (or the value)
    that a mistake gives; an empty list stands for anything wrong."""

    text: str
    function: Callable[..., Any]
    leaves: list[Array]
    wrong: dict[str, Any] = field(default_factory=dict)
    reflected: bool = False
    broadcast: bool = False

    @property
    def names(self) -> str:
        """The leaves' names, as they stand in the text."""
        return ", ".join("abc"[: len(self.leaves)])

    def value(self) -> float:
        """The expression's value, by NumPy."""
        return float(self.function(*self.leaves))

    def gradient(self) -> list[Array]:
        """The gradient along every leaf, by central differences."""
        return [self._along(place) for place in range(len(self.leaves))]

    def _along(self, place: int) -> Array:
        slopes = np.empty(self.leaves[place].shape)
        for index in np.ndindex(slopes.shape):
            ends = []
            for side in (EPS, -EPS):
                moved = [leaf.copy() for leaf in self.leaves]
                moved[place][index] += side
                ends.append(float(self.function(*moved)))
            slopes[index] = (ends[0] - ends[1]) / (2 * EPS)
        return slopes


def operations(rng: np.random.Generator) -> list[Expression]:
    """One expression for each operation, and for what is done wrong with it."""
    a, b = rng.uniform(0.5, 2.0, (2, 3)), rng.uniform(0.5, 2.0, (2, 3))
    c = rng.uniform(0.5, 2.0, (3, 2))
    one, size = np.ones((2, 3)), a.size
    return [
        Expression("(a + b).sum()", lambda a, b: (a + b).sum(), [a, b]),
        Expression("(a - b).sum()", lambda a, b: (a - b).sum(), [a, b], {"minus_sign_lost": [one, one]}),
        Expression("(a * b).sum()", lambda a, b: (a * b).sum(), [a, b]),
        Expression("(a + 2).sum()", lambda a: (a + 2).sum(), [a]),
        Expression("(2 + a).sum()", lambda a: (2 + a).sum(), [a], reflected=True),
        Expression(
            "(2 - a).sum()",
            lambda a: (2 - a).sum(),
            [a],
            {"order_lost": float((a - 2).sum()), "minus_sign_lost": [one]},
            reflected=True,
        ),
        Expression("(a - 2.5).sum()", lambda a: (a - 2.5).sum(), [a]),
        Expression("(1.5 * a).sum()", lambda a: (1.5 * a).sum(), [a], reflected=True),
        Expression(
            "(a ** 3).sum()",
            lambda a: (a**3).sum(),
            [a],
            {"power_rule": [a**2], "outer_gradient_lost": [3 * a]},
        ),
        Expression("(a ** -0.5).sum()", lambda a: (a**-0.5).sum(), [a]),
        Expression("a.mean()", lambda a: a.mean(), [a], {"mean_not_divided": [one]}),
        Expression(
            "((a * b) ** 2).mean()",
            lambda a, b: ((a * b) ** 2).mean(),
            [a, b],
            {
                "mean_not_divided": [2 * a * b * b, 2 * a * b * a],
                "outer_gradient_lost": [b, a],
                "power_rule": [a * b * b / size, a * b * a / size],
            },
        ),
        Expression(
            "(a @ b).sum()",
            lambda a, c: (a @ c).sum(),
            [a, c],
            {"matmul_rule": []},
        ),
        Expression("(2.5 * (a @ b)).sum()", lambda a, c: (2.5 * (a @ c)).sum(), [a, c], {"matmul_rule": []}),
    ]


def shared(rng: np.random.Generator) -> Iterator[Expression]:
    """Expressions in which a node is used more than once."""
    a, b = rng.uniform(0.5, 1.5, (3,)), rng.uniform(0.5, 1.5, (3,))
    once = {"shared_counted_once": [np.ones(3)]}
    yield Expression("(a + a).sum()", lambda a: (a + a).sum(), [a], once)
    yield Expression("(a * a).sum()", lambda a: (a * a).sum(), [a], {"shared_counted_once": [a]})

    def diamond(a: Any, b: Any) -> Any:
        product = a * b
        return (product + product * product).sum()

    early = {"shared_counted_once": [a * b * b, a * b * a], "order_of_nodes": [b, a]}
    yield Expression("p = a * b; (p + p * p).sum()", diamond, [a, b], early)

    def ladder(a: Any, b: Any) -> Any:
        first = a + b
        second = first * a
        third = second + first
        return (third * second + first).mean()

    yield Expression("p = a + b; q = p * a; r = q + p; (r * q + p).mean()", ladder, [a, b])


def random_expression(rng: np.random.Generator) -> Expression:
    """A random expression of eight operations on three leaves whose shapes are stretched against one another."""
    shapes = [(2, 3), (3,), (2, 1)]
    leaves = [rng.uniform(0.5, 1.5, shape) for shape in shapes]
    plan = [(int(rng.integers(5)), int(rng.integers(100)), int(rng.integers(100))) for _ in range(8)]
    numbers = rng.uniform(0.3, 1.2, 8)
    mean = bool(rng.integers(2))

    def function(*inputs: Any) -> Any:
        nodes = list(inputs)
        for (action, left, right), number in zip(plan, numbers, strict=True):
            one, other = nodes[left % len(nodes)], nodes[right % len(nodes)]
            nodes.append(_apply(action, one, other, float(number)))
        last = nodes[-1] * nodes[0] + nodes[-2] * nodes[1] + nodes[-3] * nodes[2]
        return last.mean() if mean else last.sum()

    return Expression("a random expression of eight operations", function, leaves, broadcast=True)


def _apply(action: int, one: Any, other: Any, number: float) -> Any:
    if action == 0:
        return one * 0.5 + other
    if action == 1:
        return one - number * other
    if action == 2:
        return one * other * 0.5
    if action == 3:
        return number - one
    return (one * one * 0.1 + 1.0) ** -1.0 + other * number
