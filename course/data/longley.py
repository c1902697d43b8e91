"""The Longley data: employment in the United States, 1947 to 1962, and the certified least-squares fit.

Source: NIST Statistical Reference Datasets, linear regression, data set "Longley" (public domain), after
J. W. Longley, "An Appraisal of Least Squares Programs for the Electronic Computer from the Point of View of the
User", Journal of the American Statistical Association 62 (1967), 819-841. A work of the United States government.
"""

from __future__ import annotations

import numpy as np

__all__ = ["CERTIFIED", "CERTIFIED_R2", "FEATURES", "longley"]

FEATURES = (
    "price deflator (1954 = 100)",
    "gross national product (million dollars)",
    "unemployed (thousands)",
    "armed forces (thousands)",
    "population over 14 (thousands)",
    "year",
)

CERTIFIED = (  # the intercept, then one coefficient per feature
    -3482258.63459582,
    15.0618722713733,
    -0.358191792925910e-01,
    -2.02022980381683,
    -1.03322686717359,
    -0.511041056535807e-01,
    1829.15146461355,
)
CERTIFIED_R2 = 0.995479004577296

_ROWS = (  # people employed (thousands), then the features
    (60323, 83.0, 234289, 2356, 1590, 107608, 1947),
    (61122, 88.5, 259426, 2325, 1456, 108632, 1948),
    (60171, 88.2, 258054, 3682, 1616, 109773, 1949),
    (61187, 89.5, 284599, 3351, 1650, 110929, 1950),
    (63221, 96.2, 328975, 2099, 3099, 112075, 1951),
    (63639, 98.1, 346999, 1932, 3594, 113270, 1952),
    (64989, 99.0, 365385, 1870, 3547, 115094, 1953),
    (63761, 100.0, 363112, 3578, 3350, 116219, 1954),
    (66019, 101.2, 397469, 2904, 3048, 117388, 1955),
    (67857, 104.6, 419180, 2822, 2857, 118734, 1956),
    (68169, 108.4, 442769, 2936, 2798, 120445, 1957),
    (66513, 110.8, 444546, 4681, 2637, 121950, 1958),
    (68655, 112.6, 482704, 3813, 2552, 123366, 1959),
    (69564, 114.2, 502601, 3931, 2514, 125368, 1960),
    (69331, 115.7, 518173, 4806, 2572, 127852, 1961),
    (70551, 116.9, 554894, 4007, 2827, 130081, 1962),
)


def longley() -> tuple[np.ndarray, np.ndarray]:
    """Return `X`, (16, 6), its columns as in `FEATURES`, and `y`, (16,), in thousands of people employed."""
    table = np.array(_ROWS, dtype=float)
    return table[:, 1:], table[:, 0]
