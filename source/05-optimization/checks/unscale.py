"""The check of `unscale`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.checking import Call, Finding, check, generator

from .column_problem import Array, is_any


@check("returns_nothing", "changes_argument")
def check_unscale(unscale: Callable[..., Any]) -> Iterator[Finding]:
    """unscale(theta, mean, std) gives the parameters (d + 1, 1) that make the same predictions from unscaled x."""
    rng = generator()
    trials = [
        (rng.normal(size=(d + 1, 1)) * 2, rng.uniform(2, 9, d), rng.uniform(1.3, 6, d)) for d in (1, 3, 2, 6)
    ]
    single = all(Call(unscale, *_copies(trial)).gives(_back(*trial)).ok for trial in trials[:1])
    for theta, mean, std in trials:
        slips = _unscale_slips(theta, mean, std)
        several = single and len(mean) > 1
        slips["one_feature_only"] = lambda _, several=several: several
        yield Call(unscale, theta, mean, std).gives(_back(theta, mean, std), slips, atol=1e-9)


@check_unscale.another("changes_argument")
def writes_into_theta(theta, mean, std):
    theta[1:] /= std[:, None]
    theta[0] -= mean @ theta[1:]
    return theta


@check_unscale.misconception
def flat_shape(theta, mean, std):
    """The numbers are right, but a column of shape (d + 1, 1) is asked."""
    slopes = theta[1:, 0] / std
    return np.append(theta[0, 0] - slopes @ mean, slopes)


@check_unscale.another(flat_shape)
def row_shape(theta, mean, std):
    slopes = theta[1:, 0] / std
    return np.append(theta[0, 0] - slopes @ mean, slopes).reshape(1, -1)


@check_unscale.misconception
def intercept_last(theta, mean, std):
    """Your intercept stands last: it comes first, as in theta."""
    slopes = theta[1:, 0] / std
    return np.append(slopes, theta[0, 0] - slopes @ mean).reshape(-1, 1)


@check_unscale.misconception
def intercept_not_shifted(theta, mean, std):
    """The slopes are right, but x = 0 is not z = 0: the intercept has to move."""
    return np.append(theta[0, 0], theta[1:, 0] / std).reshape(-1, 1)


@check_unscale.misconception
def intercept_shifted_up(theta, mean, std):
    """The intercept moved to the wrong side: the means are taken off, not added."""
    slopes = theta[1:, 0] / std
    return np.append(theta[0, 0] + slopes @ mean, slopes).reshape(-1, 1)


@check_unscale.another(intercept_shifted_up)
def shifted_up_by_scaled_slopes(theta, mean, std):
    return np.append(theta[0, 0] + theta[1:, 0] @ mean, theta[1:, 0] / std).reshape(-1, 1)


@check_unscale.misconception
def shifted_by_scaled_slopes(theta, mean, std):
    """The intercept's shift needs the slopes of the original scale, too."""
    slopes = theta[1:, 0] / std
    return np.append(theta[0, 0] - theta[1:, 0] @ mean, slopes).reshape(-1, 1)


@check_unscale.misconception
def multiplied_by_std(theta, mean, std):
    """You multiply by the spread: z changes by 1 where x changes by one std."""
    slopes = theta[1:, 0] * std
    return np.append(theta[0, 0] - slopes @ mean, slopes).reshape(-1, 1)


@check_unscale.another(multiplied_by_std)
def multiplied_and_not_shifted(theta, mean, std):
    return np.append(theta[0, 0], theta[1:, 0] * std).reshape(-1, 1)


@check_unscale.misconception
def slopes_not_scaled(theta, mean, std):
    """Your slopes are still those of the scaled features."""
    return np.append(theta[0, 0] - theta[1:, 0] / std @ mean, theta[1:, 0]).reshape(-1, 1)


@check_unscale.misconception
def divided_twice(theta, mean, std):
    """You divide by the variance: one division by the spread is enough."""
    slopes = theta[1:, 0] / std**2
    return np.append(theta[0, 0] - slopes @ mean, slopes).reshape(-1, 1)


@check_unscale.misconception
def one_feature_only(theta, mean, std):
    """With one feature it works, with several not: every feature shifts the intercept."""
    slopes = theta[1:, 0] / std
    return np.append(theta[0, 0] - slopes[0] * mean[0], slopes).reshape(-1, 1)


def _copies(trial: tuple[Array, Array, Array]) -> list[Array]:
    return [part.copy() for part in trial]


def _back(theta: Array, mean: Array, std: Array) -> Array:
    """The parameters of the plane through d + 1 of its points: solved from the predictions, not from a formula."""
    d = len(mean)
    x = np.vstack([np.zeros(d), np.diag(std)])
    scaled = np.insert((x - mean) / std, 0, 1.0, axis=1)
    return np.asarray(np.linalg.solve(np.insert(x, 0, 1.0, axis=1), scaled @ theta))


def _unscale_slips(theta: Array, mean: Array, std: Array) -> dict[str, Any]:
    start, slopes = float(theta[0, 0]), theta[1:, 0]

    def with_(intercept: Any, slopes: Array) -> Array:
        return np.array([[intercept], *([slope] for slope in slopes)])

    divided, times = slopes / std, slopes * std
    return {
        "multiplied_by_std": is_any(
            *(with_(start - shift, times) for shift in (0.0, times @ mean, slopes @ mean, divided @ mean))
        ),
        "slopes_not_scaled": is_any(*(with_(start - s, slopes) for s in (0.0, slopes @ mean, divided @ mean))),
        "divided_twice": is_any(
            *(with_(start - shift, divided / std) for shift in (0.0, divided / std @ mean, divided @ mean))
        ),
    }
