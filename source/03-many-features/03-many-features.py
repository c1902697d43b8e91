# %% [markdown]
# # Lesson 3 · Many features
#
# *A model class, and three bugs from the wild*
#
# One feature fits on a sheet of paper. A price does not depend on one thing, though: a home has
# an area, a distance to the centre, an age, a view. In this lesson the line becomes a model with
# as many weights as you like, and it moves into a class, the form in which you will meet models
# everywhere else. On the way you meet three bugs that were found in published notebooks. Two of
# them run without any error, and that is what makes them worth knowing.
#
# **When you are through, you can**
#
# - write a linear model with any number of features, its data in the rows of a matrix;
# - keep track of shapes, and say what NumPy does when two of them differ;
# - check any gradient with a tool of your own that knows nothing about the formula;
# - find a bug that raises no error: by a picture, and by testing a single step;
# - say how good a model is on data that it has not seen.
#
# **Time:** 75 to 90 minutes. **You need:** lessons 1 and 2, and what a Python class is: `self`,
# methods, and that a class can extend another.

# %% [markdown]
# ## How this lesson works
#
# As before: predict, do, run, look at the gap. The lesson is worth 40 points: 6 for the nine
# predictions, 34 for the code, of which a person gives 2 for the figure at the end.
#
# The model grows method by method. Each answer cell begins with `class Model(Model):`, which
# reads "a Model like the one so far, with one more method". When you change an earlier cell,
# run the later ones again.

# %% setup
import matplotlib.pyplot as plt
import numpy as np

# %% locked="imports"
from course import begin, expect, predict, reveal, show

begin("03-many-features")

# %% [markdown]
# ## Words, symbols, shapes
#
# | symbol | in code | what it is | shape | before |
# |---|---|---|---|---|
# | $m$ | `m`, `num` | number of examples | one int | $n$ in lessons 1 and 2 |
# | $d$ | `num_features` | number of features | one int | was 1 |
# | $X$ | `X`, `x_train` | one row for each example, one column for each feature | `(m, d)` | `(n,)` |
# | $y$ | `y`, `y_true` | the target, **a column** | `(m, 1)` | `(n,)` |
# | $W$ | `model.W` | one weight for each feature, a column | `(d, 1)` | one float, `w` |
# | $b$ | `model.b` | the bias | one float | same; in lesson 2 it was the last entry of `w` |
# | $\hat y = XW + b$ | `y_hat` | the predictions, a column | `(m, 1)` | `y_pred`, `(n,)` |
# | $J$ | `loss` | $\frac{1}{2m}\sum (\hat y - y)^2$ | one float | $L$, without the $\frac12$ |
# | $\partial J/\partial W$ | `dW` | slope along each weight | `(d, 1)` | `dw`, one float |
# | $\partial J/\partial b$ | `db` | slope along the bias | one float | same |
# | $\eta$ | `lr` | learning rate | one float | `learning_rate` |
#
# Why the changes? With many features the data come as a matrix, and keeping $y$ and $W$ as columns
# lets one matrix product do the work of a loop. The bias stays apart from the weights here, as
# it does in most libraries; lesson 2 hid it in a column of ones, as most textbooks do. The half in
# $J$ is a habit of many courses. You will find out below what it changes.

# %% [markdown]
# ## 1 · Four homes
#
# | area (m²) | distance to the centre (km) | price |
# |---|---|---|
# | 70 | 3 | 21200 |
# | 50 | 1 | 22010 |
# | 120 | 9 | 24305 |
# | 100 | 2 | 31500 |
#
# The two features go into `X`, the price is `y`. A linear model multiplies each feature by a weight
# of its own and adds a bias, for all homes at once: `y_hat = X @ W + b`.

# %% predict example=["(4, 2)", "(2, 1)", "(4, 1)"] confidence=75
predict.shape(
    "home_shapes",
    "Four homes, two features. Which shapes do X, W and y_hat have?",
    fields=["X", "W", "y_hat"],
)

# %% reveal
homes = np.array([[70.0, 3.0], [50.0, 1.0], [120.0, 9.0], [100.0, 2.0]])
prices = np.array([[21200.0], [22010.0], [24305.0], [31500.0]])
some_W = np.array([[200.0], [-900.0]])

reveal(
    "home_shapes",
    [homes.shape, some_W.shape, (homes @ some_W + 9000.0).shape],
    notes=(
        "(4, 2) times (2, 1) gives (4, 1): the inner sizes meet and vanish, the outer ones stay. "
        "The weights 200 and -900 in this cell are a guess: a square metre lifts the price, a "
        "kilometre lowers it."
    ),
)

# %% [markdown]
# Four homes teach little. From here on you make the data yourself, so that you know the truth that
# the model is looking for.

# %% [markdown]
# ## 2 · Data, and the first bug
#
# Every example has two features, both standard normal, and
#
# $$y = 1 \cdot x_1 - 3 \cdot x_2 + 1 + \text{noise},$$
#
# so $W = (1, -3)$ and $b = 1$. The noise is standard normal as well.
#
# A notebook that many have copied makes such data like this:
#
# ```python
# features = rng.normal(size=(num, 2))
# y = features @ true_W + true_b + rng.normal()
# ```
#
# It runs, and a model trains on it without complaint. Suppose somebody subtracts the true part,
# `features @ true_W + true_b`, from `y` and plots what is left, the residuals, over $x_1$.

# %% predict example="a" confidence=60
predict.choice(
    "one_noise",
    "What does the plot of these residuals over x1 show?",
    {
        "a": "A round cloud around height 0: that is what normal noise looks like.",
        "b": "A band that rises with x1.",
        "c": "A level row of points, most likely not at height 0.",
        "d": "Points on two level rows, one above and one below 0.",
    },
)

# %% [markdown]
# ### Exercise: `generate_examples`
#
# Do it right: `X` of shape `(num, 2)`, `y` of shape `(num, 1)`, and a noise value for every row.
# All random numbers come from `rng`.

# %% answer="generate_examples"
def generate_examples(num, rng):
    """Draw num examples of y = 1 x1 - 3 x2 + 1 + noise; features and noise are standard normal.

    Returns X of shape (num, 2) and y of shape (num, 1).
    """
    ### BEGIN SOLUTION
    X = rng.standard_normal((num, 2))
    noise = rng.standard_normal((num, 1))
    y = X @ np.array([[1.0], [-3.0]]) + 1.0 + noise
    ### END SOLUTION
    return X, y

# %% test="generate_examples" points=3
def leftover(pair):
    """What is left of y when the true part is taken off."""
    features, target = pair
    return np.ravel(target) - features[:, 0] + 3 * features[:, 1] - 1


expect(generate_examples, 5, np.random.default_rng(1)).satisfies(
    lambda pair: pair[0].shape == (5, 2) and pair[1].shape == (5, 1),
    "X of shape (5, 2) and y of shape (5, 1)",
    {
        "y has one axis: a column with an axis of length 1 is asked.": (
            lambda call: call.value[1].shape == (5,)
        ),
        "X has a row for each feature: a row for each example is asked.": (
            lambda call: call.value[0].shape == (2, 5)
        ),
    },
)
expect(generate_examples, 3000, np.random.default_rng(2)).satisfies(
    lambda pair: 0.9 < leftover(pair).std() < 1.1 and abs(leftover(pair).mean()) < 0.15,
    "what is left of y without its true part has mean 0 and standard deviation 1",
    {
        "What is left is the same number in every row: draw a noise value for each.": (
            lambda call: leftover(call.value).std() < 1e-6
        ),
        "The true part does not fit: which weight belongs to which feature?": (
            lambda call: leftover(call.value).std() > 1.5
        ),
        "The true part is off by a constant: the bias is 1.": (
            lambda call: abs(leftover(call.value).mean()) > 0.5
        ),
    },
)

# %% [markdown] hints="generate_examples"
# How many noise values are needed, and in which shape, so that they can be added to a column of
# shape `(num, 1)` row by row? `rng.standard_normal(shape)` takes any shape.
#
# Three lines: the features with shape `(num, 2)`, the noise with shape `(num, 1)`, and `y` as a
# matrix product of the features with a column of the two weights, plus 1, plus the noise. Write
# the weights as `[[...], [...]]`, so that they are a column.

# %% reveal
bug_rng = np.random.default_rng(4)
features = bug_rng.normal(size=(200, 2))
one_noise = features @ np.array([[1.0], [-3.0]]) + 1.0 + bug_rng.normal()
X_right, y_right = generate_examples(200, np.random.default_rng(4))
left_wrong, left_right = leftover((features, one_noise)), leftover((X_right, y_right))


def draw_residuals():
    figure, axes = plt.subplots(1, 2, figsize=(9.5, 3.6), sharey=True, layout="constrained")
    axes[0].plot(features[:, 0], left_wrong, "o", markersize=4, color="#D55E00")
    axes[0].set(title="one noise value for all rows", ylabel="residual (no unit)")
    axes[1].plot(X_right[:, 0], left_right, "o", markersize=4)
    axes[1].set(title="your data")
    for axis in axes:
        axis.axhline(0, color="k", linestyle="--", linewidth=1)
        axis.set_xlabel("feature x1 (no unit)")
    return figure, (
        "Two scatter plots of residuals over x1, with a dashed line at 0. Left, with one noise value: "
        "all points on one level row. Right, your data: a round cloud, as high as it is wide."
    )


reveal(
    "one_noise",
    "c" if np.ptp(left_wrong) < 1e-9 else "a",
    why={
        "a": "That needs a draw for each row. rng.normal() without a size is one single number.",
        "b": "The true part was taken off with the true weights, so nothing of x1 is left.",
        "c": "One number was drawn and added to every row: the data have another bias, and no noise.",
        "d": "That would need two draws. There is one.",
    },
    draw=draw_residuals,
    notes=(
        "Nothing failed, and a model trained on such data even looks perfect: there is no noise to "
        "get wrong. Look at residuals before you believe a result that is too good."
    ),
)

# %% [markdown]
# ## 3 · A model is a class
#
# A model carries its parameters with it. `Model(num_features, rng)` makes one, with `W` of shape
# `(num_features, 1)` and `b`, a float. The weights start at small random values: not all the
# same, and neither huge nor zero. A linear model would learn from zeros, too. A network with
# hidden layers would not, because units that start alike stay alike, so get used to it now.

# %% [markdown]
# ### Exercise: `model_init`
#
# Give a new model its parameters.

# %% answer="model_init"
class Model:
    """A linear model: W of shape (num_features, 1), b a float."""

    def __init__(self, num_features, rng):
        ### BEGIN SOLUTION
        self.W = 0.1 * rng.standard_normal((num_features, 1))
        self.b = 0.0
        ### END SOLUTION

# %% test="model_init" points=2
expect(Model, 3, np.random.default_rng(0)).satisfies(
    lambda model: model.W.shape == (3, 1) and np.unique(model.W).size == 3,
    "a model whose W has shape (3, 1), with three different values",
    {
        "W has one axis: a column is asked.": lambda call: call.value.W.shape == (3,),
        "The weights are all 0: draw them.": lambda call: not call.value.W.any(),
        "The weights are all the same: draw one for each feature.": (
            lambda call: np.unique(call.value.W).size == 1
        ),
    },
)
expect(Model, 1, np.random.default_rng(0)).satisfies(
    lambda model: np.ndim(model.b) == 0 and not isinstance(model.b, np.ndarray),
    "a model whose b is one plain number",
)

# %% [markdown] hints="model_init"
# What belongs to the model has to be stored under `self.`, or it is gone when `__init__` ends.
#
# `rng.standard_normal(shape)` gives values around 1 in size; a factor such as 0.1 makes them small.
# The shape is a pair: as many rows as features, one column. `b` can start at `0.0`.

# %% locked="known_model"
def known_model(weights, b):
    """A model with these parameters, whatever __init__ drew: for tests."""
    model = Model(len(weights), np.random.default_rng(0))
    model.W = np.array(weights, dtype=float).reshape(-1, 1)
    model.b = float(b)
    return model

# %% [markdown]
# ### Exercise: `forward_pass`
#
# Predict for all rows of `X` at once: from `(m, d)` to `(m, 1)`.

# %% answer="forward_pass"
class Model(Model):
    def forward_pass(self, X):
        """Predict for every row of X (m, d); gives a column (m, 1)."""
        ### BEGIN SOLUTION
        return X @ self.W + self.b
        ### END SOLUTION

# %% test="forward_pass" points=3
def forward_pass(X, weights, b):
    return known_model(weights, b).forward_pass(X)


expect(forward_pass, np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 3.0]]), [10.0, 100.0], 0.5).gives(
    np.array([[10.5], [100.5], [320.5]]),
    {
        "The predictions have one axis: a column is asked.": np.array([10.5, 100.5, 320.5]),
        "The bias takes no part.": np.array([[10.0], [100.0], [320.0]]),
        "The bias counts twice, once for each feature.": np.array([[11.0], [101.0], [321.0]]),
    },
)
expect(forward_pass, np.array([[2.0]]), [3.0], 1.0).gives(np.array([[7.0]]))

# %% [markdown] hints="forward_pass"
# The table of symbols has the formula. NumPy writes the matrix product as `@`; a `*` would
# multiply entry by entry.
#
# `(m, d) @ (d, 1)` is `(m, 1)`, a column already. A plain number that is added to a column goes to
# every row. The parameters are `self.W` and `self.b`.

# %% [markdown]
# ## 4 · The loss, and a trap of shapes
#
# $J$ needs the residuals `y_hat - y_true`. Suppose that somebody's `y_hat` has lost its second axis,
# as in lesson 1, and `y_true` is a column.

# %% predict example="(5,)" confidence=55
predict.shape(
    "row_minus_column",
    "Which shape has an array of shape (5,) minus an array of shape (5, 1)?",
)

# %% reveal
reveal(
    "row_minus_column",
    (np.zeros(5) - np.zeros((5, 1))).shape,
    notes=(
        "NumPy reads (5,) as a row, (1, 5), and stretches both to a table with a difference for "
        "every pair. The mean of its squares is a number that looks like a loss, and nothing "
        "complains. With 1000 examples the table has a million entries."
    ),
)

# %% [markdown]
# ### Exercise: `compute_loss`
#
# $$J = \frac{1}{2m} \sum_{i=1}^{m} (\hat y_i - y_i)^2$$
#
# Shapes that differ must not pass in silence: raise a `ValueError` that says so.

# %% answer="compute_loss"
class Model(Model):
    def compute_loss(self, y_hat, y_true):
        """Give J = 1/(2m) sum (y_hat - y_true)^2, a float; ValueError where the shapes differ."""
        ### BEGIN SOLUTION
        if y_hat.shape != y_true.shape:
            raise ValueError(f"y_hat has shape {y_hat.shape}, but y_true has {y_true.shape}")
        return np.mean((y_hat - y_true) ** 2) / 2
        ### END SOLUTION

# %% test="compute_loss" points=4
def compute_loss(y_hat, y_true):
    return known_model([0.0], 0.0).compute_loss(y_hat, y_true)


expect(compute_loss, np.array([[3.0], [1.0], [1.0], [1.0]]), np.ones((4, 1))).gives(
    0.5,
    {
        "The half is missing: this is the mean of the squares.": 1.0,
        "That grows with the number of examples: divide by m as well.": lambda call: call.value in (2.0, 4.0),
        "That is an array; one number is asked.": lambda call: isinstance(call.value, np.ndarray),
    },
)
SILENT = {"The shapes differ, and nothing was raised.": lambda call: call.error is None}
expect(compute_loss, np.zeros(3), np.zeros((3, 1))).raises(ValueError, SILENT)

# %% [markdown] hints="compute_loss"
# Two steps. First compare the two `.shape`s and `raise ValueError("...")` if they are not the same.
# Only then compute.
#
# After the test of the shapes, the loss is lesson 1's mean of squares with one more division. A
# message that names both shapes helps whoever meets the error.

# %% [markdown]
# ### What the half does
#
# Why write $\frac{1}{2m}$ instead of $\frac1m$?

# %% predict example="c" confidence=65
predict.choice(
    "half",
    "Compare J, with the half, to the plain mean of squares. Which of the two does the half change?",
    {
        "a": "Both the place of the minimum and the gradient.",
        "b": "The place of the minimum, but not the gradient.",
        "c": "The gradient, but not the place of the minimum.",
        "d": "Neither: it is a convention.",
    },
)

# %% reveal
rng = np.random.default_rng(3)
X_few, y_few = generate_examples(50, rng)
biases = np.linspace(-1, 3, 401)
without = np.array([np.mean((known_model([1, -3], b).forward_pass(X_few) - y_few) ** 2) for b in biases])
with_half = without / 2
same_place = np.argmin(without) == np.argmin(with_half)
same_slope = np.allclose(np.gradient(without, biases), np.gradient(with_half, biases))


def draw_half():
    figure, axis = plt.subplots(layout="constrained")
    axis.plot(biases, without, label="mean of squares")
    axis.plot(biases, with_half, "--", label="J, with the half")
    lowest = biases[np.argmin(without)]
    axis.axvline(lowest, color="k", linestyle=":", linewidth=1, label="lowest point of both")
    axis.set(xlabel="bias b (no unit)", ylabel="loss", ylim=(0, 7.5))
    axis.legend(loc="upper right")
    return figure, (
        "Two parabolas over the bias. The dashed one, J, is half as high everywhere, and both have "
        "their lowest point at the same bias, marked by a dotted vertical line."
    )


reveal(
    "half",
    {(True, False): "c", (True, True): "d", (False, False): "a", (False, True): "b"}[same_place, same_slope],
    why={
        "a": "The lowest point of a curve stays where it is when the curve is scaled.",
        "b": "It is the other way round: half as high is also half as steep.",
        "c": "Half as high, half as steep, lowest at the same place: the 2 of the exponent cancels.",
        "d": "A convention with a consequence: the same learning rate now makes steps half as long.",
    },
    draw=draw_half,
    notes=(
        "So a learning rate is only worth something together with the loss it was found for. Twice "
        "the rate on J makes the very steps of lesson 1."
    ),
)

# %% [markdown]
# ## 5 · A tool that checks any gradient
#
# In lesson 1 you nudged one parameter by hand. Now make a tool of it, for any function and any
# number of parameters. For each entry $w_i$ of an array, on its own:
#
# $$\frac{\partial f}{\partial w_i} \approx
# \frac{f(w + \varepsilon e_i) - f(w - \varepsilon e_i)}{2 \varepsilon}$$
#
# where $e_i$ is 1 at entry $i$ and 0 elsewhere. How small should $\varepsilon$ be? Try
# $f(w) = w^3$, whose slope is known, with $\varepsilon$ from $10^{-1}$ (right edge) down to
# $10^{-15}$ (left edge). Both axes below are logarithmic.

# %% predict example=[1e-15, 1e-13, 1e-11, 1e-9, 1e-7, 1e-4, 1e-2] confidence=55
predict.curve(
    "eps_curve",
    "The error of the numerical gradient of w³ against eps",
    x=(1e-15, 1e-1),
    y=(1e-16, 10),
    xlabel="eps",
    ylabel="error of the gradient",
    log_x=True,
    log_y=True,
)

# %% [markdown]
# $J$ itself is not a cubic but a quadratic, in every weight and in the bias.

# %% predict example="b" confidence=50
predict.choice(
    "eps_quadratic",
    "And for a quadratic such as J: how does the error change as eps shrinks from 0.1?",
    {
        "a": "Like that of the cubic: first it falls, then it rises.",
        "b": "It falls all the way: a smaller step is a better one.",
        "c": "It rises all the way: the largest step is the best.",
        "d": "It stays the same: a quadratic does not care.",
    },
)

# %% [markdown]
# ### Exercise: `numerical_gradient`
#
# `f` takes an array like `w` and gives a number. `w` can have any shape, and the gradient has the
# same one. When the function returns, `w` holds exactly what it held before, to the last bit: note
# that `w[i] += eps` followed by `w[i] -= eps` rounds twice, and does not always lead back.

# %% answer="numerical_gradient"
def numerical_gradient(f, w, eps=1e-6):
    """Give the gradient of f at w by central differences, in the shape of w."""
    gradient = np.zeros_like(w)
    ### BEGIN SOLUTION
    for index in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[index] = eps
        gradient[index] = (f(w + step) - f(w - step)) / (2 * eps)
    ### END SOLUTION
    return gradient

# %% test="numerical_gradient" points=5
def weighted_cubes(w):
    return float(np.sum(np.array([1.0, 10.0]) * w**3))


expect(numerical_gradient, weighted_cubes, np.array([1.0, 2.0]), 0.5).gives(np.array([3.25, 122.5]))
expect(numerical_gradient, lambda w: float(np.sum(w)), np.ones((2, 3))).gives(np.ones((2, 3)), rtol=1e-5)


def leaves_w_as_it_was():
    w = np.random.default_rng(0).uniform(1, 2, 50)
    kept = w.copy()
    numerical_gradient(lambda w: float(np.sum(w)), w)
    return np.array_equal(w, kept)


expect(leaves_w_as_it_was).gives(
    True, {"w is not what it was before, to the last bit: keep the old value, or work on a copy.": False}
)

# %% [markdown] hints="numerical_gradient"
# `for index in np.ndindex(w.shape):` visits every entry of an array of any shape; `index` is a tuple
# that works in square brackets. In each round, make an array of zeros like `w` with `eps` at that one
# place.
#
# With such a `step`, `w + step` and `w - step` are new arrays, and `w` itself stays untouched. Call
# `f` on both, divide the difference by the distance between the two places, and store it in
# `gradient[index]`.

# %% reveal
def cube(w):
    return w[0] * w[0] * w[0]


def square(w):
    return w[0] * w[0] / 2


places = [0.6 + 0.05 * k for k in range(17)]
steps = 10.0 ** np.arange(-15, 0)


def mean_error(function, slope, eps):
    errors = [abs(numerical_gradient(function, np.array([p]), eps)[0] - slope(p)) for p in places]
    return max(sum(errors) / len(errors), 1e-17)


cubic_errors = [mean_error(cube, lambda p: 3 * p * p, eps) for eps in steps]
square_errors = [mean_error(square, lambda p: p, eps) for eps in steps]


def draw_errors():
    figure, axis = plt.subplots(layout="constrained")
    axis.loglog(steps, cubic_errors, "o-", label="cubic")
    axis.loglog(steps, square_errors, "s--", label="quadratic")
    axis.set(xlabel="eps", ylabel="mean error of the gradient")
    axis.legend()
    return figure, (
        "Error of the numerical gradient over eps, both axes logarithmic. The cubic makes a V: from "
        "0.01 at eps = 0.1 down to about 1e-10 near 1e-5, and up to about 0.1 at 1e-15. The quadratic "
        "only rises as eps shrinks, from about 1e-16."
    )


reveal(
    "eps_curve",
    cubic_errors,
    draw=draw_errors,
    notes=(
        "On the right the error is that of the formula: it shrinks with eps squared. On the left it "
        "is rounding: two nearly equal numbers are subtracted and what is left is divided by a tiny "
        "one. The best eps lies between, at about 1e-5, and 1e-6 is a good habit."
    ),
)

# %% reveal
reveal(
    "eps_quadratic",
    "c" if square_errors[-1] < 1e-14 and square_errors[5] > 1e3 * square_errors[-1] else "a",
    why={
        "a": "The falling part comes from the third derivative, and a quadratic has none.",
        "b": "It would, if computers did not round.",
        "c": "Central differences are exact for a quadratic, so only rounding is left, and it grows.",
        "d": "The formula does not care, but the rounding does.",
    },
    notes="The curve of the quadratic stands in the figure above.",
)

# %% [markdown]
# ## 6 · Backward
#
# Let $e = \hat y - y$ be the residuals, a column. By the three lines of lesson 1, done for each
# weight:
#
# $$\frac{\partial J}{\partial W} = \frac{1}{m} X^T e \qquad\qquad
# \frac{\partial J}{\partial b} = \frac{1}{m} \sum_i e_i$$
#
# $X^T$ is `(d, m)`, so the product with `(m, 1)` has the shape of $W$: each weight gets the sum of the
# residuals, weighted by its own feature.

# %% [markdown]
# ### Exercise: `backward_pass`
#
# It gets the predictions `y_hat`, so do not compute them again.

# %% answer="backward_pass"
class Model(Model):
    def backward_pass(self, X, y_true, y_hat):
        """Give the slopes (dW, db) of J: dW of shape (d, 1), db a float."""
        ### BEGIN SOLUTION
        error = y_hat - y_true
        dW = X.T @ error / len(X)
        db = np.mean(error)
        return dW, db
        ### END SOLUTION

# %% test="backward_pass" points=5
def backward_pass(X, y_true, y_hat):
    return known_model([0.0, 0.0], 0.0).backward_pass(X, y_true, y_hat)


three_X, three_y = np.array([[1.0, 2.0], [3.0, -1.0], [0.0, 1.0]]), np.array([[0.0], [1.0], [0.0]])
expect(backward_pass, three_X, three_y, np.array([[3.0], [7.0], [0.0]])).gives(
    (np.array([[7.0], [0.0]]), 3.0),
    {
        "Both are twice the slope of J: the half cancels the 2.": (np.array([[14.0], [0.0]]), 6.0),
        "These are sums over the examples; J is a mean.": (np.array([[21.0], [0.0]]), 9.0),
        "Uphill and downhill are exchanged.": (np.array([[-7.0], [0.0]]), -3.0),
        "db is an array: one plain number is asked.": (
            lambda call: isinstance(call.value[1], np.ndarray)
        ),
        "dW has one axis: the shape of W is asked.": lambda call: np.ndim(call.value[0]) == 1,
        "These belong to other predictions: use the y_hat that is passed in.": (
            np.array([[-1.0], [1 / 3]]), -1 / 3
        ),
    },
)
expect(backward_pass, np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [0.0, 0.0]]), np.zeros((4, 1)),
       np.full((4, 1), 4.0)).gives((np.array([[1.0], [1.0]]), 4.0))

# %% [markdown] hints="backward_pass"
# Compute the column of residuals first. Which of the formulas above needs a matrix product, and which
# is a mean?
#
# `X.T` is the transpose, `len(X)` is $m$. `np.mean` without an axis gives one plain number; with
# `axis=0` it gives an array of one.

# %% [markdown]
# Now your tool judges your formula. It knows nothing about it: it only calls `compute_loss`.

# %% locked="gradient_check"
def loss_of_weights(W):
    return checked.compute_loss(X_few @ W + checked.b, y_few)


checked = known_model([0.3, 0.8], -0.5)
dW, db = checked.backward_pass(X_few, y_few, checked.forward_pass(X_few))
measured = numerical_gradient(loss_of_weights, checked.W)
print("weight   your formula     measured")
for k in range(2):
    print(f"  {k + 1}      {dW[k, 0]:12.4g} {measured[k, 0]:12.4g}")

# %% [markdown]
# ## 7 · One step, and the second bug
#
# ### Exercise: `update_params`
#
# Move the model one step downhill: `W` by `lr` times `dW`, `b` by `lr` times `db`. The model itself
# changes; nothing needs to be returned.

# %% answer="update_params"
class Model(Model):
    def update_params(self, dW, db, lr):
        """Take one step of gradient descent: change W and b."""
        ### BEGIN SOLUTION
        self.W = self.W - lr * dW
        self.b = self.b - lr * db
        ### END SOLUTION

# %% test="update_params" points=2
def after_step(weights, b, dW, db, lr):
    model = known_model(weights, b)
    model.update_params(dW, db, lr)
    return model.W, model.b


expect(after_step, [1.0, 2.0], 3.0, np.array([[10.0], [20.0]]), 5.0, 0.1).gives(
    (np.array([[0.0], [0.0]]), 2.5),
    {
        "W and b are what they were: store the new values in the model.": (
            np.array([[1.0], [2.0]]), 3.0
        ),
        "The step in b is not scaled by lr.": (np.array([[0.0], [0.0]]), -2.0),
        "The step goes uphill.": (np.array([[2.0], [4.0]]), 3.5),
        "b has not moved.": (np.array([[0.0], [0.0]]), 3.0),
    },
)

# %% [markdown] hints="update_params"
# The rule is that of lesson 1. What is new is where the parameters live: `self.W` and `self.b`.
#
# Two lines, one for each parameter: the old value minus the learning rate times its own slope,
# assigned to the same attribute.

# %% [markdown]
# Here is the second bug, from a class that was published with a course. One factor is missing in its
# last line:
#
# ```python
# class Hasty(Model):
#     def update_params(self, dW, db, lr):
#         super().update_params(dW, 0.0, lr)  # W as it should be
#         self.b -= db
# ```
#
# It trains on a thousand of your examples with a learning rate of 0.1.

# %% predict example="b" confidence=55
predict.choice(
    "hasty_bias",
    "What happens to b when its step is not scaled by the learning rate?",
    {
        "a": "It diverges: the step is ten times too long.",
        "b": "It jumps back and forth around its best value and never settles.",
        "c": "It is close to its best value after the first step, and nothing bad is to be seen.",
        "d": "It settles at a wrong value, and the loss stays high.",
    },
)

# %% locked="hasty"
class Hasty(Model):
    def update_params(self, dW, db, lr):
        super().update_params(dW, 0.0, lr)  # W as it should be
        self.b -= db


def follow_bias(model, X, y, lr, steps):
    """b before the first step and after each, and the last loss."""
    path = [model.b]
    for _ in range(steps):
        guess = model.forward_pass(X)
        slopes = model.backward_pass(X, y, guess)
        model.update_params(*slopes, lr)
        path.append(model.b)
    return np.array(path), model.compute_loss(model.forward_pass(X), y)


x_train, y_train = generate_examples(1000, np.random.default_rng(10))

# %% reveal
hasty_path, hasty_loss = follow_bias(Hasty(2, np.random.default_rng(0)), x_train, y_train, 0.1, 60)
right_path, right_loss = follow_bias(Model(2, np.random.default_rng(0)), x_train, y_train, 0.1, 60)
best_b = np.linalg.lstsq(np.column_stack([x_train, np.ones(1000)]), y_train, rcond=None)[0][2, 0]
harmless = abs(hasty_path[-1] - best_b) < 0.01 and abs(hasty_path[1] - best_b) < 0.2


def draw_bias():
    figure, axis = plt.subplots(layout="constrained")
    axis.plot(hasty_path, "o-", markersize=3, label="bug: step not scaled")
    axis.plot(right_path, "--", label="right")
    axis.axhline(best_b, color="k", linestyle=":", linewidth=1, label="least squares")
    axis.set(xlabel="step", ylabel="bias b (no unit)")
    axis.legend()
    return figure, (
        "The bias over 60 steps. With the bug it is near the dotted least-squares value after one "
        "step and stays there; done right, it climbs to it smoothly within about fifty steps."
    )


reveal(
    "hasty_bias",
    "c" if harmless else "b",
    why={
        "a": "Ten times as long as the right step is here exactly as long as it has to be.",
        "b": "That needs a step of twice the distance. You will see it in a moment, on another loss.",
        "c": "The second derivative of J along b is exactly 1, so a full step lands on the minimum.",
        "d": "The step is 0 only where the slope is 0, which is at the right value.",
    },
    draw=draw_bias,
    notes=f"Last losses: {hasty_loss:.4g} with the bug, {right_loss:.4g} without. A good number proves nothing.",
)

# %% [markdown]
# So no curve and no loss gives this bug away. What does is a test of the step itself: after one step,
# `b` must have changed by `-lr * db`, for any `lr`.

# %% locked="step_test"
def step_is_right(model, lr):
    """Test one step of a model against its definition."""
    guess = model.forward_pass(x_train)
    dW, db = model.backward_pass(x_train, y_train, guess)
    W_before, b_before = model.W.copy(), model.b
    model.update_params(dW, db, lr)
    W_right = np.allclose(model.W - W_before, -lr * dW)
    b_right = np.isclose(model.b - b_before, -lr * db)
    return f"W {'right' if W_right else 'WRONG'}, b {'right' if b_right else 'WRONG'}"


print("Hasty:", step_is_right(Hasty(2, np.random.default_rng(0)), 0.1))
print("yours:", step_is_right(Model(2, np.random.default_rng(0)), 0.1))

# %% [markdown]
# And is it harmless? Take the same slip to lesson 1's loss, the mean of squares *without* the half. Along
# $b$ its slope is $2\,(b - b^*)$, so the step that was not scaled leads from $b$ to
#
# $$b - 2\,(b - b^*) = b^* - (b - b^*) :$$
#
# the distance to the best value keeps its size and changes its sign, for ever.

# %% locked="hasty_on_mse"
bias, hasty_on_mse = 0.0, [0.0]
for _ in range(12):
    bias -= 2 * np.mean(bias - y_train)  # W held at 0: the best b is the mean of y
    hasty_on_mse.append(bias)

figure, axis = plt.subplots(layout="constrained")
axis.plot(hasty_on_mse, "o-", label="bug, on the loss of lesson 1")
axis.axhline(np.mean(y_train), color="k", linestyle=":", linewidth=1, label="best value")
axis.set(xlabel="step", ylabel="bias b (no unit)", ylim=(-0.2, 2.8))
axis.legend(loc="upper right")
show(
    figure,
    "The bias over twelve steps jumps between 0 and twice the best value, the dotted line between "
    "them, and never comes nearer.",
)

# %% [markdown]
# The bug was there all the time, and a convention hid it. Test single steps, not whole trainings.

# %% [markdown]
# ## 8 · Training, and the third bug
#
# Nobody wants a thousand lines of output from a thousand steps, so a widely copied loop prints about
# ten:
#
# ```python
# for i in range(iterations):
#     ...
#     if i % (iterations // 10) == 0:
#         print(i, loss)
# ```
#
# To try it quickly, somebody calls it with `iterations=5`.

# %% predict example="a" confidence=60
predict.choice(
    "five_iterations",
    "What happens with iterations=5?",
    {
        "a": "It prints five lines, one for each iteration.",
        "b": "It prints one line, for i = 0.",
        "c": "It prints nothing.",
        "d": "It raises an error.",
    },
)

# %% reveal
def lines_printed(every, iterations):
    """How many lines the loop prints, or the error it raises."""
    try:
        return sum(1 for i in range(iterations) if i % every(iterations) == 0)
    except ZeroDivisionError as error:
        return type(error).__name__


copied, mended = (lambda n: n // 10), (lambda n: max(1, n // 10))
table = [(n, lines_printed(copied, n), lines_printed(mended, n)) for n in (5, 10, 11, 19, 100, 1000)]
rows = "; ".join(f"{n}: {before}, mended {after}" for n, before, after in table)

reveal(
    "five_iterations",
    "d" if table[0][1] == "ZeroDivisionError" else "a",
    why={
        "a": "That is what was meant. But 5 // 10 is 0, and nothing can be divided by 0.",
        "b": "5 // 10 is 0: the remainder by 0 is asked for before anything is printed.",
        "c": "The condition is evaluated in the first round already, and fails there.",
        "d": "5 // 10 is 0, and i % 0 raises a ZeroDivisionError in the first round.",
    },
    notes=f"The usual mend is max(1, iterations // 10). Lines printed for n iterations: {rows}.",
)

# %% [markdown]
# The mend does not raise any more, but look at 11 and 19: it prints 11 and 19 lines. A mend needs a
# test of its own.

# %% [markdown]
# ### Exercise: `train_model`
#
# Write the method `train`. It goes on from the present `W` and `b`, takes `iterations` steps, and
# returns the list of losses, each *before* its step. It may print, but **ten lines at most, for any
# number of iterations**: 5, 11 and 19 too.

# %% answer="train_model"
class Model(Model):
    def train(self, x_train, y_train, iterations, lr):
        """Take `iterations` steps; give the list of the losses before each. Prints <= 10 lines."""
        ### BEGIN SOLUTION
        pause = -(-iterations // 10)  # iterations / 10, rounded up
        losses = []
        for i in range(iterations):
            y_hat = self.forward_pass(x_train)
            losses.append(self.compute_loss(y_hat, y_train))
            if i % pause == 0:
                print(f"iteration {i:5d}   loss {losses[-1]:.4g}")
            self.update_params(*self.backward_pass(x_train, y_train, y_hat), lr)
        return losses
        ### END SOLUTION

# %% test="train_model" points=4
import contextlib
import io


def train_once(iterations):
    return known_model([0.0], 0.0).train(np.array([[0.0], [0.0]]), np.array([[2.0], [4.0]]), iterations, 0.5)


def lines_of(iterations):
    """How many lines your training prints."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        train_once(iterations)
    return len(printed.getvalue().splitlines())


expect(train_once, 3).gives(
    [5.0, 1.625, 0.78125],
    {
        "These are the losses after each step; asked are those before.": [1.625, 0.78125, 0.5703125],
        "There is a loss too many.": [5.0, 1.625, 0.78125, 0.5703125],
        "Every step began at the start again: go on from where the last one ended.": [5.0, 5.0, 5.0],
        "Only the last loss came back; the list is asked.": 0.78125,
    },
)
for count in (5, 11, 19, 100):
    expect(lines_of, count).satisfies(
        lambda lines: lines <= 10,
        "ten lines at most",
        {
            "Fewer than ten iterations must not raise.": lambda call: call.error is not None,
            "Round up, not down, when you divide by ten.": lambda call: call.value in (11, 19),
        },
    )

# %% [markdown] hints="train_model"
# One round: predict, append the loss, slopes, step. You have a method for each; call them through
# `self.`. For the printing, think about how far apart two lines must be so that ten of them reach.
#
# If 19 iterations may print 10 lines, every second one may print: 19 / 10, *rounded up*. In whole
# numbers that is `-(-iterations // 10)`, or `(iterations + 9) // 10`; it is at least 1. Printing
# nothing at all is allowed, too.

# %% [markdown]
# Now train for real, on the thousand examples.

# %% locked="training"
model = Model(2, np.random.default_rng(0))
losses = model.train(x_train, y_train, 100, 0.1)
print(f"W = ({model.W[0, 0]:.3g}, {model.W[1, 0]:.3g}), b = {model.b:.3g}")

# %% [markdown]
# The truth is W = (1, -3), b = 1, and the loss cannot fall much below 0.5: half of the noise's variance.

# %% [markdown]
# ## 9 · How good is it?
#
# A loss of 0.5 says little to somebody who does not know the noise. **R²** compares the model to the
# dullest one possible, which answers the mean of $y$ for everything:
#
# $$R^2 = 1 - \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i (y_i - \bar y)^2}$$
#
# 1 is perfect, 0 is as good as the mean. And a model with random weights that has not been trained?

# %% predict example="b" confidence=65
predict.choice(
    "untrained_r2",
    "A model starts with weights of the wrong sign, W = (-0.5, 0.5), b = 0. What is its R² on the data?",
    {
        "a": "About 1: the data are linear, and so is the model.",
        "b": "About 0: it knows nothing.",
        "c": "Clearly negative.",
        "d": "It is not defined before training.",
    },
)

# %% [markdown]
# ### Exercise: `r_squared`
#
# Write the whole function `r_squared(y_true, y_pred)`; it gives a float and may be negative.

# %% answer="r_squared"
# Write r_squared(y_true, y_pred) here, from def to return.
### BEGIN SOLUTION
def r_squared(y_true, y_pred):
    """Give R^2, the share of the spread of y_true that y_pred explains."""
    missed = np.sum((y_true - y_pred) ** 2)
    spread = np.sum((y_true - np.mean(y_true)) ** 2)
    return 1 - missed / spread
### END SOLUTION

# %% test="r_squared" points=2
expect("r_squared", np.array([[1.0], [2.0], [3.0]]), np.array([[1.0], [2.0], [4.0]])).gives(0.5)
expect("r_squared", np.array([[1.0], [2.0], [3.0]]), np.array([[3.0], [2.0], [1.0]])).gives(-3.0)

# %% [markdown] hints="r_squared"
# Two sums of squares. One is how far the predictions are from the truth; the other how far the truth
# is from its own mean.
#
# Give both sums names, then return 1 minus their quotient. `np.sum` without an axis makes one number
# of any shape.

# %% reveal
untrained = known_model([-0.5, 0.5], 0.0)
r2_before = r_squared(y_train, untrained.forward_pass(x_train))
r2_after = r_squared(y_train, model.forward_pass(x_train))

reveal(
    "untrained_r2",
    "c" if r2_before < -0.1 else "b",
    why={
        "a": "Being linear is not enough: the weights have to be the right ones.",
        "b": "About 0 is the R² of the mean. This model says high where the truth is low.",
        "c": "It is worse than answering the mean every time, and R² says so.",
        "d": "It is defined for any two columns of numbers.",
    },
    notes=f"Untrained: R² = {r2_before:.3g}. Trained: R² = {r2_after:.3g}.",
)

# %% [markdown]
# ## 10 · On data it has not seen
#
# Numbers on the training data are promises; data that took no part in the training keep them or not.
# The picture to draw has the truth across and the prediction upwards: the points of a perfect model
# lie on the diagonal.

# %% [markdown]
# ### Exercise: `plot_predictions`
#
# Write the whole function `plot_predictions(x_train, y_train, x_test, y_test, rng)`:
#
# 1. make a `Model` with `rng`, and keep its predictions for `x_test` *before* training;
# 2. train it on the training data, to within 0.05 of the least-squares weights and bias;
# 3. draw, for the **test data**, the predictions over the truth, before and after training, in one
#    panel or two, with the diagonal and labelled axes; return the Figure.
#
# Half of the points are for what the figure holds, half, given by a person, for how well it reads.

# %% answer="plot_predictions" points=2
# Write plot_predictions(x_train, y_train, x_test, y_test, rng) here.
### BEGIN SOLUTION
def plot_predictions(x_train, y_train, x_test, y_test, rng):
    """Show predictions over truth on the test data, before and after training."""
    learner = Model(x_train.shape[1], rng)
    before = learner.forward_pass(x_test)
    learner.train(x_train, y_train, 500, 0.1)
    after = learner.forward_pass(x_test)

    figure, panels = plt.subplots(1, 2, figsize=(9.5, 4.2), sharey=True, layout="constrained")
    ends = [np.min(y_test), np.max(y_test)]
    for panel, guess, title in zip(panels, (before, after), ("untrained", "trained")):
        panel.plot(y_test[:, 0], guess[:, 0], "o", markersize=4, label="test data")
        panel.plot(ends, ends, "k--", linewidth=1.2, label="perfect")
        panel.set(xlabel="true y (no unit)", title=f"{title}, R² = {r_squared(y_test, guess):.3g}")
        panel.legend()
    for panel in panels:
        panel.set_ylabel("predicted y (no unit)")
    return figure
### END SOLUTION

# %% test="plot_predictions" points=2
def over_truth(figure, truth):
    """How many sets of points stand over these true values."""
    columns = [np.ravel(line.get_xdata()) for axis in figure.axes for line in axis.get_lines()]
    columns += [c.get_offsets()[:, 0] for axis in figure.axes for c in axis.collections]
    return sum(1 for x in columns if len(x) == len(truth) and np.allclose(np.sort(x), np.sort(np.ravel(truth))))


small_train, small_test = (generate_examples(count, np.random.default_rng(count)) for count in (60, 31))
expect("plot_predictions", *small_train, *small_test, np.random.default_rng(7)).satisfies(
    lambda figure: (
        over_truth(figure, small_test[1]) >= 2
        and all(axis.get_xlabel() and axis.get_ylabel() for axis in figure.axes)
    ),
    "a Figure with two sets of points over the true values of the test data, axes labelled",
    {
        "Nothing came back: return the figure.": lambda call: call.value is None,
        "An axis has no label.": lambda call: not all(
            axis.get_xlabel() and axis.get_ylabel() for axis in call.value.axes
        ),
        "The points stand over the training data; the test data are asked.": (
            lambda call: over_truth(call.value, small_train[1]) > 0
        ),
        "One of the two sets of predictions is missing.": (
            lambda call: over_truth(call.value, small_test[1]) == 1
        ),
    },
)
plt.close("all")

# %% [markdown] hints="plot_predictions"
# Everything you need exists: `Model`, `forward_pass`, `train`. Mind the order: the predictions of the
# untrained model have to be computed before the training.
#
# A rate of 0.1 and some hundred iterations are enough for data like these. The truth goes on the
# horizontal axis: `axis.plot(y_test, guess, "o")`. The diagonal is a line through two points whose x
# and y are equal: the smallest and the largest of `y_test`.

# %% locked="test_picture"
x_test, y_test = generate_examples(200, np.random.default_rng(11))
show(
    plot_predictions(x_train, y_train, x_test, y_test, np.random.default_rng(12)),
    "Predictions over truth for 200 test examples. Untrained: a flat band that ignores the truth. "
    "Trained: a band along the dashed diagonal, about two units thick on either side.",
)

# %% [markdown]
# ## What to remember
#
# 1. **Rows are examples, columns are features**, and one matrix product replaces the loop.
# 2. **Shapes that differ are stretched in silence.** `(m,)` against `(m, 1)` makes a table of m
#    times m. Compare shapes where it matters.
# 3. **Central differences check any gradient.** The best step is neither large nor tiny; for a
#    quadratic, rounding is all that is left.
# 4. **A bug need not raise.** Look at residuals, test one single step, and test the edges: few
#    iterations, odd numbers of them.
# 5. **A convention hides or shows things.** The half in $J$ changes how far a rate reaches, not
#    where the minimum is.

# %% [markdown]
# ## How well do you know what you know?

# %% locked="calibration"
from course import calibration

calibration()

# %% [markdown]
# ## Study with an assistant
#
# Copy the prompt below into the assistant of your choice: it asks for a tutor that asks.

# %% locked="tutor"
from course.tutor import tutor

tutor(
    "a linear model with many features, as a class, and bugs that raise no error",
    goals=[
        "say the shape of every array in a forward and a backward pass, and why",
        "explain what broadcasting does with (m,) and (m, 1), and how to guard against it",
        "explain why central differences beat one-sided ones, and what limits the step from below",
        "find a bug in a training step by testing the step, not the training",
        "explain what a negative R squared says about a model",
    ],
    try_it=[
        "Put the noise bug back and train. Which loss do you reach, and why is it too good?",
        "Train Hasty at lr 0.1 and at 0.001. Which numbers differ, and which do not?",
        "Make one feature a hundred times as large. What becomes of lr 0.1?",
        "Use float32 in numerical_gradient. Where is the best eps now?",
        "Give the model a third feature that is the sum of the other two. Are the weights still unique?",
        "Write a mend for the third bug that prints exactly ten lines whenever there are ten iterations or more.",
    ],
)

# %% [markdown]
# ## Hand in
#
# Save the notebook, run the cell below, and upload this one file, `03-many-features.ipynb`.

# %% locked="ready"
from course import ready

ready()
