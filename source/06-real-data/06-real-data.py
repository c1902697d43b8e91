# %% [markdown]
# # Lesson 6 · When real data fights back
#
# *Conditioning, lost digits, and what a prediction needs*
#
# Until now the data were made for you, and least squares was the judge of every descent. In this
# lesson the data are real, and the judge is in doubt too: two programs that solve the same
# equations can agree in ten digits or in none. You meet sixteen rows that embarrassed the
# computers of 1967, find out where digits go, and end with a thousand trading days on which you
# decide everything yourself.
#
# **When you are through, you can**
#
# - say from the data alone how many steps a descent will take, and how many digits a solver can
#   keep;
# - make a descent some hundred times faster with one remembered number per weight;
# - compare six ways to solve least squares, in digits and in seconds, and say why they differ;
# - split data by time without telling the training anything about the test;
# - take a real data set from raw numbers to an honest test error, and justify your choices.
#
# **Time:** 75 to 90 minutes. **You need:** lessons 2 and 5, and what a singular value is: by how
# much a matrix stretches a vector in one of its own directions.

# %% [markdown]
# ## How this lesson works
#
# As before: predict, do, run, look at the gap. The lesson is worth 40 points: 6 for the four
# predictions, 30 for the code, 4 for a written answer.
#
# You write every answer cell whole, from `def` to `return`. It may use `np`, `plt`, what comes
# with Python (`from time import perf_counter`, say), and your earlier answers of this lesson.
# **Nothing else is there when it is graded**: the data and the short functions of the cells in
# between are for looking, so copy into your cell what you want to use.

# %% setup
import matplotlib.pyplot as plt
import numpy as np

# %% locked="imports"
from course import begin, expect, predict, reveal, show

begin("06-real-data")

# %% [markdown]
# ## Words, symbols, shapes
#
# | symbol | in code | what it is | shape | before |
# |---|---|---|---|---|
# | $n$, $d$ | | rows; columns of $X$ | two ints | same |
# | $X$ | `X` | the matrix a solver gets: ones first where there is an intercept | `(n, d)` | same in lesson 5; ones last in lesson 2 |
# | $y$ | `y` | the target, **one axis** | `(n,)` | `(n, 1)` in lesson 5 |
# | $\theta$ | `theta` | the parameters, one axis | `(d,)` | `(d, 1)` in lesson 5 |
# | $L(\theta)$ | `loss` | $\frac1n \sum (X\theta - y)^2$ | one float | same |
# | $H$ | | the Hessian $\frac2n X^T X$: curvatures | `(d, d)` | same |
# | $\sigma_1 \ge \dots \ge \sigma_d$ | `singular` | the singular values of $X$ | `(d,)` | new |
# | $L$, $m$ | | the largest and the smallest curvature, $\frac2n\sigma_1^2$ and $\frac2n\sigma_d^2$ | two floats | largest eigenvalue |
# | $\kappa$ | `kappa` | $L / m$, the condition number of the Hessian | one float | same |
# | $v$ | `velocity` | the last step, remembered | `(d,)` | new |
#
# Why one axis for $y$ and $\theta$? Solvers such as `np.linalg.lstsq` and `np.linalg.solve` take
# and give such vectors, and most libraries do. The letter $L$ is the loss *and*, by an old habit
# of the literature on optimization, the largest curvature. Here $L(\theta)$ with an argument is
# the loss, $L$ alone the curvature.

# %% [markdown]
# ## 1 · Sixteen years
#
# In 1967 J. W. Longley gave the same small table to the least-squares programs of his day: sixteen
# years, six features, and the number of people employed in the United States. The programs
# disagreed, some of them in the first digit and in the sign. The table has been a test of software
# ever since: the US standards institute NIST keeps it, with coefficients that were computed in
# hundreds of digits and *certified* in fifteen.

# %% locked="longley_data"
from course.data.longley import CERTIFIED, CERTIFIED_R2, FEATURES, longley

features, employed = longley()  # (16, 6) and (16,), thousands of people
years = features[:, -1].astype(int)
certified = np.array(CERTIFIED)
X_raw = np.column_stack([np.ones(16), features])
print("rows, columns:", X_raw.shape)
for name, column in zip(FEATURES, features.T):
    print(f"{name:42s} {column.min():8.4g} to {column.max():8.4g}")

# %% locked="longley_picture"
standardized = (features - features.mean(axis=0)) / features.std(axis=0)
figure, axis = plt.subplots(figsize=(8.5, 4.2), layout="constrained")
names = [name.split(" (")[0] for name in FEATURES[:5]]
for name, column, marker in zip(names, standardized.T, "os^Dv"):
    axis.plot(years, column, marker=marker, markersize=5, label=name)
axis.plot(years, standardized[:, 5], "k--", label="year")
axis.set(xlabel="year", ylabel="standardized value\n(standard deviations)")
axis.legend(loc="upper left", fontsize=8)
show(
    figure,
    "Six standardized features over the years 1947 to 1962. Price deflator, national product and "
    "population climb side by side along the dashed line of the year itself; unemployed and armed "
    "forces go up and down.",
)

# %% [markdown]
# Two things are wrong with this table, and they are not the same. The *scales* differ: one column
# is near 100, another near 400,000. And several columns *tell the same story*: whoever knows the
# year nearly knows the prices, the product and the population.
#
# Lessons 1 and 2 descended at a rate of 0.01. Suppose that you do so here, on the raw table with a
# column of ones, from zeros.

# %% predict example="b" confidence=70
predict.choice(
    "raw_rate",
    "Gradient descent at rate 0.01 on the raw table. What happens within the first hundred steps?",
    {
        "a": "It gets near the certified coefficients.",
        "b": "The loss falls, but very slowly.",
        "c": "The loss grows beyond all numbers.",
        "d": "Nothing moves: the rate is too small for numbers this large.",
    },
)

# %% reveal
theta, raw_losses = np.zeros(7), [np.mean(employed**2)]
with np.errstate(over="ignore", invalid="ignore"):
    for _ in range(100):
        theta = theta - 0.01 * 2 / 16 * X_raw.T @ (X_raw @ theta - employed)
        raw_losses.append(np.mean((X_raw @ theta - employed) ** 2))
overflow = int(np.argmax(~np.isfinite(raw_losses)))
largest_raw_rate = 2 / (2 / 16 * np.linalg.norm(X_raw, 2) ** 2)

reveal(
    "raw_rate",
    "c" if overflow else "b",
    why={
        "a": "At the rates that are stable here, that would take longer than anybody can wait.",
        "b": "A falling loss needs a rate below 2 over the largest curvature, and that curvature "
        "is huge here.",
        "c": "Each step multiplies the error in the steepest direction by a number in the "
        "billions.",
        "d": "The slopes are large, too: they hold the squares of the numbers in the table.",
    },
    notes=(
        f"The loss starts at {raw_losses[0]:.2g}, is {raw_losses[1]:.2g} after one step, and is no "
        f"longer a finite number after {overflow}. The largest stable rate of the raw table is "
        f"{largest_raw_rate:.2g}."
    ),
)

# %% [markdown]
# ## 2 · One number for trouble
#
# In lesson 5 the ratio of the largest to the smallest curvature said how long and narrow the
# valley is:
#
# $$\kappa = \frac{L}{m} = \frac{\frac2n\sigma_1^2}{\frac2n\sigma_d^2}
# = \left(\frac{\sigma_1}{\sigma_d}\right)^2$$
#
# The last form needs the singular values of $X$, and no $X^T X$ at all. That matters. Numbers in a
# computer carry about 16 digits. If the stretches of $X$ span ten powers of ten, those of $X^T X$
# span twenty, and the smallest of them drown in the rounding of the largest.

# %% [markdown]
# ### Exercise: `condition_number`
#
# Write `condition_number(X)`: $\kappa$ of the Hessian that belongs to `X` as it is given, with
# nothing scaled or added. Compute it from the singular values of `X`.

# %% answer="condition_number"
# Write condition_number(X) here.
### BEGIN SOLUTION
def condition_number(X):
    """Give the condition number of the Hessian (2/n) X^T X, from the singular values of X alone."""
    singular = np.linalg.svd(X, compute_uv=False)
    return (singular[0] / singular[-1]) ** 2
### END SOLUTION

# %% test="condition_number" points=3
expect("condition_number", np.array([[3.0, 0.0], [0.0, 1.0], [0.0, 0.0]])).gives(9.0)


def turned(angle):
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


expect("condition_number", turned(0.5) @ np.diag([1.0, 1e-9]) @ turned(1.0)).gives(
    1e18,
    {
        "On this matrix X.T @ X has lost the small curvature: work on X alone.": (
            lambda call: isinstance(call.value, float)
        ),
    },
    rtol=1e-4,
)

# %% [markdown] hints="condition_number"
# `np.linalg.svd(X, compute_uv=False)` gives the singular values alone, the largest first.
#
# Divide the first singular value by the last, and think about what the square in the formula above
# does to that quotient. The factor 2/n cancels.

# %% locked="longley_conditioning"
X_scaled = np.column_stack([np.ones(16), standardized])
kappa = condition_number(X_scaled)
print(f"raw table:      kappa = {condition_number(X_raw):.2g}")
print(f"standardized:   kappa = {kappa:.0f}")

# %% [markdown]
# Standardizing mends the scales, and kappa falls by fifteen powers of ten. What is left comes from
# columns that tell the same story, and no scaling takes that away.

# %% [markdown]
# ## 3 · How many steps?
#
# With a fixed rate, each direction's error shrinks by a fixed factor in each step. A large rate is
# bad for the steepest direction, a small one for the flattest; the rate that treats both alike is
# $2/(L + m)$, and it shrinks the error in both by the factor
#
# $$\frac{\kappa - 1}{\kappa + 1}$$
#
# in each step. No other fixed rate guarantees a better one. The standardized table has a kappa of
# 12220.

# %% predict example=3.5 confidence=60
predict.number(
    "scaled_iterations",
    "How many steps until the error has shrunk to a millionth, as a power of ten? (2 stands for "
    "100 steps, 3.5 for about 3,000, 6 for a million.)",
    unit="powers of ten",
    low=0,
    high=12,
)

# %% [markdown]
# ### Exercise: `iterations_needed`
#
# Write `iterations_needed(kappa, accuracy)`: the least whole number $k$ with
#
# $$\left(\frac{\kappa - 1}{\kappa + 1}\right)^k \le \text{accuracy}.$$
#
# It is tried with kappa up to $10^{12}$, so counting step by step is no way; 1 % or one step off is
# near enough.

# %% answer="iterations_needed"
# Write iterations_needed(kappa, accuracy) here.
### BEGIN SOLUTION
def iterations_needed(kappa, accuracy):
    """Give the least k with ((kappa - 1) / (kappa + 1))^k <= accuracy, an int."""
    shrink = (kappa - 1) / (kappa + 1)
    return int(np.ceil(np.log(accuracy) / np.log(shrink)))
### END SOLUTION

# %% test="iterations_needed" points=3
def whole(value):
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


expect("iterations_needed", 10.0, 0.01).satisfies(
    lambda k: whole(k) and abs(k - 23) <= 1,
    "23 steps, give or take one, as an int",
    {
        "That is a float: a number of steps is an int.": lambda call: isinstance(call.value, float),
        "A number of steps is not negative.": lambda call: call.value < 0,
        "The two logarithms are of different kinds.": (
            lambda call: call.value in (9, 10, 11, 52, 53, 54)
        ),
        "That shrinks by (kappa - 1)/kappa, the factor of another rate.": (
            lambda call: call.value in (43, 44, 45)
        ),
    },
)
expect("iterations_needed", 1e12, 1e-3).satisfies(
    lambda k: whole(k) and abs(k / 3.454e12 - 1) < 0.01,
    "about 3.454e12 steps, as an int",
    {
        "A thousandth does not take a thousand times the steps.": lambda call: call.value > 1e14,
        "There is a square root too many: that is for momentum.": lambda call: call.value < 1e8,
    },
)

# %% [markdown] hints="iterations_needed"
# Take the logarithm of both sides: the exponent comes down and becomes a factor. Both logarithms
# are negative.
#
# The quotient of the two logarithms, rounded up (`np.ceil`) and made an int, is the answer. Which
# of them goes on top? The smaller the accuracy, the more steps.

# %% reveal
steps_needed = int(iterations_needed(kappa, 1e-6))
slopes_of_slopes = 2 / 16 * X_scaled.T @ X_scaled
best_rate = 2 / (np.linalg.norm(slopes_of_slopes, 2) + np.linalg.norm(slopes_of_slopes, -2))
one_step = np.eye(7) - best_rate * slopes_of_slopes
powers = [np.linalg.matrix_power(one_step, steps_needed + k) for k in (-100, 100)]
left_over = ["above" if np.linalg.norm(power, 2) > 1e-6 else "below" for power in powers]

reveal(
    "scaled_iterations",
    float(np.log10(steps_needed)),
    notes=(
        f"It takes {steps_needed} steps for sixteen rows. Tried with the powers of the matrix that "
        f"leads from one error to the next: a hundred steps earlier its size is {left_over[0]} a "
        f"millionth, a hundred later {left_over[1]}. Rule of thumb: half of kappa, times the "
        "natural logarithm of 1/accuracy."
    ),
)

# %% [markdown]
# On the raw table the same formula asks for about $10^{20}$ steps. At a million steps a second that
# takes five million years.

# %% [markdown]
# ## 4 · A heavy ball
#
# A descent forgets: each step knows the slope at one place and nothing of the steps before. Give
# it a memory. Let a velocity $v$ keep a share $\beta$ of itself, and let the slope push it:
#
# $$v \leftarrow \beta\, v - \alpha\, \nabla L(\theta), \qquad \theta \leftarrow \theta + v$$
#
# Along the flat floor of a valley the pushes all point the same way and add up; across the valley
# they alternate and cancel. B. T. Polyak, who called it the *heavy ball*, found in 1964 the best
# step and momentum for a bowl with curvatures from $m$ to $L$:
#
# $$\alpha = \frac{4}{(\sqrt L + \sqrt m)^2} \qquad
# \beta = \left(\frac{\sqrt L - \sqrt m}{\sqrt L + \sqrt m}\right)^2$$
#
# In the end it shrinks the error by $(\sqrt\kappa - 1)/(\sqrt\kappa + 1)$ in each step. The root
# makes the difference: that of 12220 is 111.
#
# On the standardized table plain descent at the careful rate $1/L$ brings the loss from 4.3e9 to
# 1.6e5 in the first fifty steps, and then hardly on: after a thousand steps it is 9.7e4. Least
# squares reaches 5.2e4. Both axes start at 0 steps and end at 1000; the loss has a logarithmic
# axis.

# %% predict example=[4e9, 1e9, 1e8, 1e7, 2e6, 1e6, 5e5, 2e5, 1e5, 7e4, 6e4] confidence=55
predict.curve(
    "momentum_curve",
    "Plain descent falls as told above. Draw the loss of the heavy ball over the same 1000 steps.",
    x=(0, 1000),
    y=(1e4, 1e11),
    xlabel="step",
    ylabel="loss (thousand people, squared)",
    log_y=True,
)

# %% [markdown]
# ### Exercise: `momentum_gd`
#
# Write `momentum_gd(X, y, iters)`. It starts with `theta` and the velocity at zeros, takes `iters`
# steps with Polyak's $\alpha$ and $\beta$ for the Hessian $\frac2n X^T X$, and returns
# `(theta, history)`: `theta` of shape `(d,)` and the list of the losses **after** each step, plain
# means of squares.

# %% answer="momentum_gd"
# Write momentum_gd(X, y, iters) here.
### BEGIN SOLUTION
def momentum_gd(X, y, iters):
    """Descend from zeros with a heavy ball; give theta (d,) and the losses after each step."""
    n, d = X.shape
    curvatures = 2 / n * np.linalg.svd(X, compute_uv=False) ** 2
    steep, flat = np.sqrt(curvatures[0]), np.sqrt(curvatures[-1])
    step = 4 / (steep + flat) ** 2
    keep = ((steep - flat) / (steep + flat)) ** 2

    theta, velocity, history = np.zeros(d), np.zeros(d), []
    for _ in range(iters):
        gradient = 2 / n * X.T @ (X @ theta - y)
        velocity = keep * velocity - step * gradient
        theta = theta + velocity
        history.append(np.mean((X @ theta - y) ** 2))
    return theta, history
### END SOLUTION

# %% test="momentum_gd" points=5
two_X, two_y = np.array([[2.0, 0.0], [0.0, 1.0]]), np.array([2.0, 1.0])  # curvatures 4 and 1
expect("momentum_gd", two_X, two_y, 1).gives((np.array([16 / 9, 4 / 9]), [221 / 162]))
expect("momentum_gd", two_X, two_y, 2).gives((np.array([16 / 27, 20 / 27]), [221 / 162, 533 / 1458]))

# %% [markdown] hints="momentum_gd"
# Before the loop: the curvatures are `2 / n` times the squares of the singular values; $\alpha$
# and $\beta$ need the roots of the largest and the smallest. In the loop: gradient, velocity,
# theta, loss, in this order. The velocity is created once, before the loop.
#
# The gradient is `2 / n * X.T @ (X @ theta - y)`. The new velocity is `beta` times the old one
# minus `alpha` times the gradient, and `theta` moves by the new velocity. The loss is computed
# last, at the new `theta`.

# %% reveal
def plain_losses(X, y, rate, iters):
    theta, losses = np.zeros(X.shape[1]), [np.mean(y**2)]
    for _ in range(iters):
        theta = theta - rate * 2 / len(y) * X.T @ (X @ theta - y)
        losses.append(np.mean((X @ theta - y) ** 2))
    return losses


momentum_theta, momentum_losses = momentum_gd(X_scaled, employed, 1000)
momentum_losses = [np.mean(employed**2), *momentum_losses]
careful_rate = 1 / np.linalg.norm(slopes_of_slopes, 2)
careful = plain_losses(X_scaled, employed, careful_rate, 1000)
guaranteed = plain_losses(X_scaled, employed, best_rate, 1000)
best_fit = np.linalg.lstsq(X_scaled, employed, rcond=None)[0]
floor = np.mean((X_scaled @ best_fit - employed) ** 2)


def draw_momentum():
    figure, axis = plt.subplots(figsize=(8.5, 4.4), layout="constrained")
    axis.semilogy(careful, label="plain, rate 1/L")
    axis.semilogy(guaranteed, "-.", label="plain, rate 2/(L + m)")
    axis.semilogy(momentum_losses, "--", label="heavy ball")
    axis.axhline(floor, color="k", linestyle=":", linewidth=1, label="least squares")
    axis.set(xlabel="step", ylabel="loss (thousand people, squared)")
    axis.legend()
    return figure, (
        "Loss over 1000 steps, logarithmic. Plain descent at 1/L drops at once and then stays on a "
        "plateau above the dotted least-squares line; at 2/(L + m) its plateau is far higher. The "
        "dashed heavy ball first rises above its start, turns after some fifty steps, falls "
        "steadily, crosses both plateaus and lies on the least-squares line from about step 650 on."
    )


reveal(
    "momentum_curve",
    momentum_losses,
    draw=draw_momentum,
    notes=(
        f"After 1000 steps the loss is {careful[-1]:.2g} for plain descent at 1/L, "
        f"{guaranteed[-1]:.2g} at 2/(L + m), {momentum_losses[-1]:.3g} for the heavy ball; least "
        f"squares reaches {floor:.3g}. The ball overshoots before it settles: its largest loss is "
        f"{max(momentum_losses):.2g}."
    ),
)

# %% [markdown]
# Two surprises in one picture. The heavy ball is the *worst* of all for the first hundreds of
# steps, because a step of nearly $4/L$ overshoots in the steep direction and the momentum carries
# it on. And the rate with the best guarantee, $2/(L + m)$, has a worse loss than the careful one:
# it treats the steep direction, where nearly all of the loss is, no better than the flattest. A
# guarantee is about the worst direction, and a plateau is not arrival.

# %% [markdown]
# ## 5 · Counting digits
#
# A loss near that of least squares does not say that the *coefficients* are right. The certified
# values allow to ask that: in how many digits does an estimate agree? If it is off by the share
# $10^{-3}$ of the certified value, it agrees in three digits:
#
# $$\text{digits} = -\log_{10} \frac{|\text{estimate} - \text{certified}|}{|\text{certified}|}$$

# %% [markdown]
# ### Exercise: `digits_agreed`
#
# Write `digits_agreed(estimate, certified)` for two arrays of the same length; it gives an array,
# one number of digits for each coefficient, by the formula above and these rules:
#
# - where the certified value is 0, there is no share of it: take the absolute error itself;
# - the result lies between 0 and 15: less than nothing is 0, and equal values give 15;
# - an estimate that is `nan` agrees in 0 digits.

# %% answer="digits_agreed"
# Write digits_agreed(estimate, certified) here.
### BEGIN SOLUTION
def digits_agreed(estimate, certified):
    """Give how many digits of each estimate agree with the certified value, 0 to 15."""
    error = np.abs(estimate - certified)
    size = np.where(certified == 0, 1.0, np.abs(certified))
    digits = -np.log10(np.maximum(error / size, 1e-300))
    return np.where(np.isnan(error), 0.0, np.clip(digits, 0, 15))
### END SOLUTION

# %% test="digits_agreed" points=4
expect("digits_agreed", np.array([101.0, -0.5005, 3.0]), np.array([100.0, -0.5, 2.0])).gives(
    np.array([2.0, 3.0, 0.30103])
)
odd_estimates = np.array([7.0, 1e-4, 0.0, 900.0, np.nan])
expect("digits_agreed", odd_estimates, np.array([7.0, 0.0, 0.0, 1.0, 1.0])).gives(
    np.array([15.0, 4.0, 15.0, 0.0, 0.0]),
    {
        "Where both are equal, 15 is asked.": lambda call: call.value[0] != 15,
        "Where the certified value is 0, the absolute error counts.": (
            lambda call: not abs(call.value[1] - 4) < 1e-6 or call.value[2] != 15
        ),
        "An estimate that is 900 instead of 1 gets 0.": lambda call: call.value[3] != 0,
        "A nan agrees in no digit.": lambda call: call.value[4] != 0,
    },
)

# %% [markdown] hints="digits_agreed"
# Go in steps: the absolute error; what it is divided by (`np.where` chooses between two arrays,
# entry by entry); the logarithm; the limits (`np.clip`). A loop over the coefficients with `if` is
# as good.
#
# The logarithm of 0 is the trouble at equality: raise the error to something tiny such as `1e-300`
# before you take it, and let the clipping do the rest. `np.clip` leaves a `nan` as it is, so treat
# `np.isnan` last.

# %% locked="momentum_digits"
def to_raw(theta, mean, std):
    """Parameters for standardized features -> those for the raw ones."""
    slopes = theta[1:] / std
    return np.append(theta[0] - mean @ slopes, slopes)


momentum_raw = to_raw(momentum_theta, features.mean(axis=0), features.std(axis=0))
residuals = X_raw @ momentum_raw - employed
r_squared = 1 - np.sum(residuals**2) / np.sum((employed - employed.mean()) ** 2)
print("              certified     1000 steps of the heavy ball    digits")
for name, good, own, digits in zip(
    ["intercept", "deflator", "product", "unemployed", "forces", "population", "year"],
    certified,
    momentum_raw,
    digits_agreed(momentum_raw, certified),
):
    print(f"{name:12s} {good:12.4g} {own:20.4g} {digits:20.1f}")
print(f"R squared: {r_squared:.4g}, certified {CERTIFIED_R2:.4g}")

# %% [markdown]
# R² agrees in all the digits that are shown while coefficients still differ. A fit can be right
# long before its coefficients are: in a flat direction you can walk far, and the loss hardly
# notices.

# %% [markdown]
# ## 6 · Six solvers, one answer?
#
# Six ways to the same minimum. With exact arithmetic all would give the same numbers, the direct
# ones after a finite amount of work:
#
# | key | how |
# |---|---|
# | `gd` | plain descent at the rate $2/(L + m)$, on standardized features, then unscaled |
# | `momentum` | your `momentum_gd` on standardized features, then unscaled |
# | `inv` | the normal equations $X^T X\,\theta = X^T y$, by the inverse of $X^T X$ |
# | `solve` | the same equations, by `np.linalg.solve` |
# | `qr` | $X = QR$, then $R\,\theta = Q^T y$ |
# | `svd` | the singular value decomposition: `np.linalg.pinv`, `np.linalg.lstsq`, or by hand |
#
# The direct ones get the raw table, whose kappa is above $10^{19}$. The descents may take 2000
# steps.

# %% predict example="d" confidence=60
predict.choice(
    "most_digits",
    "Which way keeps the most digits, in the coefficient that comes out worst?",
    {
        "a": "inv: it is the formula of the textbook.",
        "b": "solve: it avoids the inverse.",
        "c": "qr and svd: they avoid the product of X with itself.",
        "d": "gd: it corrects itself in each step.",
    },
)

# %% [markdown]
# ### Exercise: `compare_solvers`
#
# Write `compare_solvers(X, y, certified, iters)`. `X` is raw, with its ones first. It gives a dict
# with the six keys of the table, each with a pair: the **fewest** digits of any coefficient (a
# float), and the seconds that the solver took.
#
# - `gd` and `momentum` take `iters` steps on features that are standardized (mean 0, standard
#   deviation 1, the ones left alone). The certified values belong to the raw features, so unscale
#   theta as in lesson 5.
# - The four direct ones get `X` as it is.
# - `perf_counter()` from Python's `time` gives a clock in seconds.

# %% answer="compare_solvers"
# Write compare_solvers(X, y, certified, iters) here.
### BEGIN SOLUTION
from time import perf_counter


def compare_solvers(X, y, certified, iters):
    """Solve least squares in six ways; give {solver: (fewest digits, seconds)}."""
    n = len(y)
    mean, std = X[:, 1:].mean(axis=0), X[:, 1:].std(axis=0)

    def standardized():
        return np.column_stack([np.ones(n), (X[:, 1:] - mean) / std])

    def unscaled(theta):
        slopes = theta[1:] / std
        return np.append(theta[0] - mean @ slopes, slopes)

    def gd():
        Z = standardized()
        curvatures = 2 / n * np.linalg.svd(Z, compute_uv=False) ** 2
        rate, theta = 2 / (curvatures[0] + curvatures[-1]), np.zeros(Z.shape[1])
        for _ in range(iters):
            theta = theta - rate * 2 / n * Z.T @ (Z @ theta - y)
        return unscaled(theta)

    def momentum():
        return unscaled(momentum_gd(standardized(), y, iters)[0])

    def inv():
        return np.linalg.inv(X.T @ X) @ (X.T @ y)

    def solve():
        return np.linalg.solve(X.T @ X, X.T @ y)

    def qr():
        Q, R = np.linalg.qr(X)
        return np.linalg.solve(R, Q.T @ y)

    def svd():
        U, singular, Vt = np.linalg.svd(X, full_matrices=False)
        return Vt.T @ ((U.T @ y) / singular)

    table = {}
    for solver in (gd, momentum, inv, solve, qr, svd):
        start = perf_counter()
        theta = solver()
        seconds = perf_counter() - start
        table[solver.__name__] = (np.min(digits_agreed(theta, certified)), seconds)
    return table
### END SOLUTION

# %% test="compare_solvers" points=6
ten_rows = np.arange(10.0)
small_X = np.column_stack([np.ones(10), 1000 + 50 * ten_rows, 7 + 0.1 * (ten_rows % 4)])
small_truth = np.array([30.0, 0.02, -4.0])
nearly = small_truth * (1 + np.array([1e-3, 1e-1, 1e-2]))  # off by a tenth in the worst coefficient
wanted = -np.log10(0.1 / 1.1)
DIRECT = ["inv", "qr", "solve", "svd"]
SIX = sorted(["gd", "momentum", *DIRECT])

expect("compare_solvers", small_X, small_X @ small_truth, nearly, 400).satisfies(
    lambda table: sorted(table) == SIX
    and all(abs(table[key][0] - wanted) < 0.01 and table[key][1] >= 0 for key in SIX),
    "six pairs (digits, seconds), with 1.041 digits in each",
    {
        "The keys are not the six of the table.": lambda call: sorted(call.value) != SIX,
        "That is the mean of the digits: the worst coefficient counts.": (
            lambda call: abs(call.value["svd"][0] - 2.015) < 0.05
        ),
        "That is the best coefficient: the worst one counts.": (
            lambda call: abs(call.value["svd"][0] - 3.0) < 0.01
        ),
        "Only the descents are wrong: standardized features? Unscaled afterwards?": (
            lambda call: all(abs(call.value[key][0] - wanted) < 0.01 for key in DIRECT)
        ),
    },
)

# %% [markdown] hints="compare_solvers"
# Write a small function for each solver that gives raw coefficients, put the functions in a dict,
# and time them in one loop: clock, call, clock. Two helpers save work: one that standardizes, one
# that unscales.
#
# Unscaling: each slope is divided by its column's standard deviation; the intercept is `theta[0]`
# minus the sum of (mean times unscaled slope). For `gd`, $L$ and $m$ come from the singular values
# of the standardized matrix with its ones. For `qr`, `Q, R = np.linalg.qr(X)`, and a system with
# `R` is left to solve.

# %% [markdown]
# Now on the real table, on your machine:

# %% locked="solver_table" tags=["volatile"]
table = compare_solvers(X_raw, employed, certified, 2000)
print("solver     fewest digits    milliseconds")
for key in ("gd", "momentum", "inv", "solve", "qr", "svd"):
    digits, seconds = table[key]
    print(f"{key:10s} {digits:13.1f} {1000 * seconds:15.3g}")

# %% reveal
solvers = ["gd", "momentum", "inv", "solve", "qr", "svd"]
from_normal_equations = max(table["inv"][0], table["solve"][0])
from_the_matrix = min(table["qr"][0], table["svd"][0])
clearly = from_the_matrix > from_normal_equations + 1


def draw_digits():
    figure, axis = plt.subplots(figsize=(8, 3.8), layout="constrained")
    heights = [table[key][0] for key in solvers]
    bars = axis.bar(solvers, heights, color=["#0072B2"] * 2 + ["#D55E00"] * 2 + ["#009E73"] * 2)
    for bar, hatch in zip(bars, ["//", "//", "", "", "..", ".."]):
        bar.set(hatch=hatch, edgecolor="white")
    axis.bar_label(bars, [f"{height:.1f}" for height in heights], padding=2)
    axis.set(xlabel="solver", ylabel="fewest digits of any coefficient", ylim=(0, 15))
    axis.set_axisbelow(True)
    return figure, (
        "Bars of the fewest digits for six solvers. Plain descent has none. The two ways through "
        "the normal equations have about seven; QR, SVD and the heavy ball have three to four more."
    )


reveal(
    "most_digits",
    "c" if clearly else "b",
    why={
        "a": "The textbook's formula is exact on paper. Each digit that rounding takes from it is "
        "gone.",
        "b": "It avoids the inverse, but the digits were lost before, when X was multiplied with "
        "itself.",
        "c": "They work on X itself, whose stretches span half as many powers of ten as those of "
        "its square.",
        "d": "It corrects itself, but 2000 steps are far from the 84,413 that it needs for a "
        "millionth.",
    },
    draw=draw_digits,
    notes=(
        "A rule of thumb: of 16 digits, a solver that works on X loses about as many as its "
        "condition number has, one that forms the product with itself loses twice as many. What "
        "counts is the condition after the columns are brought to one length: a mere difference of "
        "scales does no harm to a direct solver."
    ),
)

# %% [markdown]
# Look at the seconds as well. The direct solvers take a small part of the time that the descents
# do: at sixteen rows nobody needs a descent. And the heavy ball, given enough steps, is as exact
# as QR, because it works on a matrix that was standardized first. You will be asked below when a
# descent is the better choice.

# %% [markdown]
# ## 7 · The years ahead
#
# A model of employment is useful if it says something about years that it has not seen. To find
# out, hide the last years, fit on the first, and compare. What must not happen is that the hidden
# years have a say, and there is a quiet way for them to have one: through the mean and the spread
# by which the features are scaled.

# %% [markdown]
# ### Exercise: `train_test_split_by_year`
#
# Write `train_test_split_by_year(X, y, years, first_test_year)`. It gives
# `X_train, X_test, y_train, y_test`:
#
# - rows with a year below `first_test_year` are for training, the others for the test; the years
#   can come in any order, and rows keep theirs;
# - the features of **both** parts are scaled with the mean and the standard deviation (dividing by
#   the number of rows) of the **training** rows;
# - a column that is constant over the training years becomes zeros in `X_train`, also where
#   rounding makes its spread 1e-17 instead of 0;
# - no column of ones is added, and `y` stays as it is.

# %% answer="train_test_split_by_year"
# Write train_test_split_by_year(X, y, years, first_test_year) here.
### BEGIN SOLUTION
def train_test_split_by_year(X, y, years, first_test_year):
    """Cut the rows by year; scale them by the training years."""
    train = years < first_test_year
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    flat = std <= 1e-12 * np.abs(mean)
    Z = np.where(flat, 0.0, (X - mean) / np.where(flat, 1.0, std))
    return Z[train], Z[~train], y[train], y[~train]
### END SOLUTION

# %% test="train_test_split_by_year" points=4
few_years = np.array([2003, 2002, 2004, 2001])
few_X = np.array([[30.0, 5.0], [20.0, 5.0], [70.0, 5.0], [10.0, 5.0]])
few_y = np.array([3.0, 2.0, 4.0, 1.0])

expect("train_test_split_by_year", few_X[:, :1], few_y, few_years, 2003).gives(
    (np.array([[1.0], [-1.0]]), np.array([[3.0], [11.0]]), np.array([2.0, 1.0]), np.array([3.0, 4.0]))
)
expect("train_test_split_by_year", few_X, few_y, few_years, 2003).satisfies(
    lambda parts: np.allclose(parts[0], [[1, 0], [-1, 0]]) and np.allclose(parts[1][:, 0], [3, 11]),
    "a column that is constant in the training years as zeros",
    {"A spread of 0 must not be divided by.": lambda call: not np.all(np.isfinite(call.value[0]))},
)

# %% [markdown] hints="train_test_split_by_year"
# `years < first_test_year` is an array of True and False, one for each row. Used as an index it
# picks rows, and `~` turns it round.
#
# Take mean and standard deviation of `X[train]` along axis 0. Where the standard deviation is
# below a tiny number, put 1 in its place before you divide; what is left of such a column is 0 or
# a rounding error.

# %% locked="longley_forecast"
Z_train, Z_test, y_train, y_test = train_test_split_by_year(features, employed, years, 1959)


def with_ones(Z):
    return np.column_stack([np.ones(len(Z)), Z])


fit = np.linalg.lstsq(with_ones(Z_train), y_train, rcond=None)[0]
forecast = with_ones(Z_test) @ fit
rms = {
    "training years": np.sqrt(np.mean((with_ones(Z_train) @ fit - y_train) ** 2)),
    "test years": np.sqrt(np.mean((forecast - y_test) ** 2)),
    "test years, by the training mean": np.sqrt(np.mean((y_train.mean() - y_test) ** 2)),
}
for name, error in rms.items():
    print(f"{name:34s} typical error {error:6.0f} thousand people")

# %% locked="forecast_picture"
figure, axis = plt.subplots(figsize=(8.5, 4), layout="constrained")
axis.plot(years, employed / 1000, "o-", label="employed")
axis.plot(years[:12], with_ones(Z_train) @ fit / 1000, "--", label="fit to 1947-1958")
axis.plot(years[12:], forecast / 1000, "s--", label="forecast")
axis.axvline(1958.5, color="k", linestyle=":", linewidth=1)
axis.set(xlabel="year", ylabel="employed (million people)")
axis.legend(loc="upper left")
show(
    figure,
    "Employment from 1947 to 1962, a rising zigzag. The dashed fit follows it closely up to 1958; "
    "beyond the dotted line the forecast lies above the truth in all four years, at most about "
    "1.4 million people.",
)

# %% [markdown]
# Seven coefficients for twelve rows follow the training years closely, and miss the next ones
# several times as far. Sixteen rows cannot tell you more than that. So take more.

# %% [markdown]
# ## 8 · A thousand trading days
#
# The larger data set comes with matplotlib, which keeps it for its examples: the price and the
# trading volume of one share (Google) on each trading day from August 2004 to October 2008. The
# question: **how many shares will change hands tomorrow**, given what is known today? Volume
# follows excitement, and excitement leaves traces in prices.

# %% locked="market_data"
from matplotlib.cbook import get_sample_data

days = get_sample_data("goog.npz")["price_data"]
year_of = days["date"].astype("datetime64[Y]").astype(int) + 1970
today, tomorrow = days[:-1], days[1:]
columns = ("open", "high", "low", "close", "volume")
prices = np.column_stack([today[name].astype(float) for name in columns])
volume = tomorrow["volume"] / 1e6  # million shares, the target
before_2008 = year_of[1:] < 2008
print("features", prices.shape)
print("training days", before_2008.sum(), " test days", (~before_2008).sum())

# %% [markdown]
# Four of the five features are nearly the same number: a share that opens at 400 dollars does not
# close at 40. You can write the same four numbers otherwise: where the price ended (`close`), how
# far it moved since the morning (`close - open`), how wide it swung (`high - low`), and where in
# that swing it ended (`close` minus the middle of high and low). Nothing is lost: each of the two
# tables can be computed from the other, by sums and differences.

# %% locked="market_moves"
opened, high, low, closed, sold = prices.T
moves = np.column_stack([closed, closed - opened, high - low, closed - (high + low) / 2, sold])


def conditioning(raw):
    """Kappa of the standardized training days, with ones."""
    part = raw[before_2008]
    return condition_number(with_ones((part - part.mean(axis=0)) / part.std(axis=0)))


for name, raw in (("four prices", prices), ("price and moves", moves)):
    own = conditioning(raw)
    print(f"{name:16s} kappa {own:8.2g}, steps to a millionth {iterations_needed(own, 1e-6):8.2g}")

# %% [markdown]
# The same information, and a kappa a thousand times smaller. Keep that in mind for the last
# exercise: your code will meet both tables.

# %% [markdown]
# ### Exercise: `capstone`
#
# Everything together, and every decision is yours. Write
# `capstone(X_train, y_train, X_test, y_test)` for raw features without ones, and targets `(n,)`:
#
# 1. scale the features;
# 2. choose a learning rate from the **training data** by any method you like: from curvatures, by
#    trying, with momentum or without;
# 3. descend, and stop by a rule of your own once going on does not pay;
# 4. measure the mean squared error on the test data, and compare: with the mean of the training
#    targets, and with least squares fitted to the training data.
#
# It returns a dict with `rate`, `stopped_at` (steps taken, an int), `test_mse`, `mean_mse` and
# `lstsq_mse`. On the data on which it is tried, `test_mse` should be within 10 % of `lstsq_mse`.
# **The test data must not have a say in anything but the three errors**: it is tried with the same
# training data and other test data.

# %% answer="capstone"
# Write capstone(X_train, y_train, X_test, y_test) here.
### BEGIN SOLUTION
def capstone(X_train, y_train, X_test, y_test):
    """Scale, choose the rate, stop early; compare with the mean and with least squares."""
    mean, std = X_train.mean(axis=0), X_train.std(axis=0)
    A, B = (np.column_stack([np.ones(len(X)), (X - mean) / std]) for X in (X_train, X_test))
    n = len(A)
    rate = n / (2 * np.linalg.norm(A, 2) ** 2)  # 1 / the largest curvature

    theta, before, quiet, steps = np.zeros(A.shape[1]), np.inf, 0, 0
    while quiet < 10 and steps < 20_000:
        theta = theta - rate * 2 / n * A.T @ (A @ theta - y_train)
        steps += 1
        loss = np.mean((A @ theta - y_train) ** 2)
        quiet = quiet + 1 if not before - loss >= 1e-6 * loss else 0
        before = loss

    best = np.linalg.lstsq(A, y_train, rcond=None)[0]
    return {
        "rate": rate,
        "stopped_at": steps,
        "test_mse": np.mean((B @ theta - y_test) ** 2),
        "mean_mse": np.mean((np.mean(y_train) - y_test) ** 2),
        "lstsq_mse": np.mean((B @ best - y_test) ** 2),
    }
### END SOLUTION

# %% test="capstone" points=5
made = np.random.default_rng(6)  # and rows enough that a random split of them decides little
made_Z = made.normal(size=(6000, 1)) + made.normal(size=(6000, 4))
made_Z[5000:] += 1  # the test rows lie higher, as later years may
made_X = (made_Z + 3) * np.array([0.01, 1.0, 50.0, 2000.0])
made_y = 12 + made_Z @ np.array([2.0, -1.0, 3.0, 1.0]) + made.normal(size=6000)
made_data = (made_X[:5000], made_y[:5000], made_X[5000:], made_y[5000:])
made_ones = [np.column_stack([np.ones(len(X)), X]) for X in (made_X[:5000], made_X[5000:])]
made_fit = np.linalg.lstsq(made_ones[0], made_y[:5000], rcond=None)[0]
made_lowest = np.mean((made_ones[1] @ made_fit - made_y[5000:]) ** 2)
FIVE = ["lstsq_mse", "mean_mse", "rate", "stopped_at", "test_mse"]

made_report = expect("capstone", *made_data)
made_report.satisfies(
    lambda report: sorted(report) == FIVE and report["rate"] > 0 and whole(report["stopped_at"]),
    "a dict with rate, stopped_at (an int), test_mse, mean_mse and lstsq_mse",
)
made_report["mean_mse"].gives(
    float(np.mean((made_y[:5000].mean() - made_y[5000:]) ** 2)),
    {"The mean to compare with is that of the training targets.": float(np.var(made_y[5000:]))},
)
made_report["lstsq_mse"].gives(
    float(made_lowest),
    {
        "Fit on the training data, measure on the test data.": (
            lambda call: call.value < made_lowest
        ),
    },
)
made_report["test_mse"].satisfies(
    lambda error: 0.9 * made_lowest < error < 1.1 * made_lowest,
    "a test error within 10 % of least squares",
    {
        "The descent has blown up: what keeps a rate stable?": (
            lambda call: not np.isfinite(call.value)
        ),
        "The descent is still far away: are the features scaled? Does it stop too early?": (
            lambda call: call.value > made_lowest
        ),
    },
)

# %% [markdown] hints="capstone"
# You have written all of it in lesson 5: scaling by the training rows, a stable rate from the
# largest curvature of the scaled training matrix with its ones, a descent that ends after some
# steps in a row without improvement.
#
# A stopping rule: count the steps in a row whose loss on the training data improved by less than a
# millionth of itself, and stop at ten. `X_test` and `y_test` should not appear above the lines
# that compute the three errors, but for the scaling of `X_test` by the training mean and spread.

# %% locked="capstone_run"
reports = {
    name: capstone(raw[before_2008], volume[before_2008], raw[~before_2008], volume[~before_2008])
    for name, raw in (("four prices", prices), ("price and moves", moves))
}
print("                 steps   your test error   least squares   mean")
for name, report in reports.items():
    print(
        f"{name:16s} {report['stopped_at']:5d} {report['test_mse']:17.3g} "
        f"{report['lstsq_mse']:15.3g}"
        f" {report['mean_mse']:6.3g}"
    )
same_fit = np.isclose(reports["four prices"]["lstsq_mse"], reports["price and moves"]["lstsq_mse"])
print("least squares gives the same error on both:", bool(same_fit))

# %% locked="capstone_picture"
def progress(raw, marks):
    """Plain descent at 1/L: at each of `marks`, training loss above its minimum, and test error."""
    mean, std = raw[before_2008].mean(axis=0), raw[before_2008].std(axis=0)
    A, B = (with_ones((part - mean) / std) for part in (raw[before_2008], raw[~before_2008]))
    known, hidden = volume[before_2008], volume[~before_2008]
    H, pull = 2 / len(A) * A.T @ A, 2 / len(A) * A.T @ known
    theta, rate, above, errors = np.zeros(6), 1 / np.linalg.norm(H, 2), [], []
    lowest = np.mean((A @ np.linalg.lstsq(A, known, rcond=None)[0] - known) ** 2)
    for k in range(1, marks[-1] + 1):
        theta = theta - rate * (H @ theta - pull)
        if k in marks:
            above.append(max(np.mean((A @ theta - known) ** 2) - lowest, 1e-10))
            errors.append(np.mean((B @ theta - hidden) ** 2))
    return above, errors


marks = np.unique(np.geomspace(1, 20_000, 50).astype(int)).tolist()
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
for name, raw, style in (("four prices", prices, "o-"), ("price and moves", moves, "s--")):
    above, errors = progress(raw, marks)
    left.loglog(marks, above, style, markersize=3, label=name)
    right.loglog(marks, errors, style, markersize=3, label=name)
left.set(
    title="training",
    xlabel="step",
    ylabel="loss above its minimum\n(million shares, squared)",
    ylim=(1e-7, None),
)
dull = reports["four prices"]
right.axhline(dull["mean_mse"], color="k", linestyle=":", linewidth=1, label="training mean")
right.axhline(dull["lstsq_mse"], color="k", linestyle="-.", linewidth=1, label="least squares")
right.set(title="test", xlabel="step", ylabel="test error\n(million shares, squared)")
left.legend()
right.legend()
show(
    figure,
    "Two panels over the step, all axes logarithmic. Training: with price and moves the loss "
    "plunges to its minimum within a hundred steps; with four prices it bends onto a plateau "
    "and is far from there after 20,000. Test: both errors fall below the dotted line of the mean and "
    "reach that of least squares within about ten steps, and stay there.",
)

# %% [markdown]
# Three lessons in one picture:
#
# - **The way the features are written decides how fast a descent settles** (left), and not how good
#   the best fit is: least squares gives the same error on both tables. Before you look for a better
#   optimizer, look at your features.
# - **A prediction needs less than its coefficients do** (right). With four prices the formula asks
#   for hundreds of thousands of steps to settle the coefficients; the test error is there after
#   ten or so. The directions that are not settled hardly change what is predicted.
# - **Compare with something dull.** Without the dotted line of the mean, no error says anything.

# %% [markdown]
# ## 9 · Which one, and why?

# %% [markdown] written="explain_choice"
# **Written answer, 4 points.** You have to fit the Longley table once, for a publication. Which of
# the six solvers do you take, and why not the others? Then: what would change, and why, if the
# table had a million rows, or a million rows and ten thousand features? Use what you have measured
# in this lesson: kappa, digits, seconds. Six to ten sentences.
#
# ### BEGIN SOLUTION
# For sixteen rows and seven coefficients I take QR, or the SVD, on the table as it is. Both work
# on X itself and kept more than ten digits of the worst coefficient here, where the two ways
# through the normal equations kept about seven: forming the product of X with itself squares its
# condition number, and the digits that are lost there do not come back, whether I invert or solve.
# Time is no argument, since all four are through in a few milliseconds at most. Plain descent needs
# 84,413 steps for six digits even on standardized features (kappa 12220), and cannot even start on
# the raw ones, where the largest stable rate is 5.8e-12. The heavy ball gets there in about two
# thousand steps, but has nothing to offer in return.
#
# With a million rows and few features, QR is still possible (its work grows with rows times
# features squared), but all rows have to be in memory; the product of X with itself can be added
# up row by row, at the price of digits, so I would standardize first. With ten thousand features
# as well, the direct ways take about n d² = 10^14 operations and 80 GB for X alone, while one step
# of a descent takes 2 n d operations, and one of a mini-batch far fewer. Then a descent with
# momentum or mini-batches on standardized features is the choice, above all if predictions are
# wanted and not coefficients: the test error settles long before the coefficients do. How many
# steps it needs hangs on kappa, not on n, so I would look at the features before I look at the
# solver.
#
# **Marking (4 points, 1 for each idea):**
#
# 1. *Choice for Longley*: QR or SVD, **with** the reason that X is not multiplied with itself
#    (condition squared, digits lost). The choice without this reason: half a point.
# 2. *Against the others*, with at least one measured number: digits of the normal equations, steps
#    or rate of a descent. Both kinds of rivals (normal equations and descents) must be dealt with;
#    one only: half a point.
# 3. *A million rows*: says what grows with n and what does not: cost of a direct method n d²,
#    memory, a step n d or a batch; with few features a direct method is still fine **or** normal
#    equations row by row. "Descent is for big data" without a reason: half a point.
# 4. *Ten thousand features, or what a descent needs*: d² and d³ make direct ways too dear; steps
#    depend on kappa, so scale or rewrite the features, or momentum; or: predictions need fewer
#    digits than coefficients. One of these, with a reason, is enough.
#
# *Full (4)*: the model answer above; shorter is fine where all four ideas are there.
#
# *Half (2)*: "I use QR since it has 10.9 digits and inv only 6.8, because X^T X squares the
# condition number. For a million rows I would use gradient descent since it is faster." (idea 1 in
# full, half of 2, half of 3)
#
# *None (0)*: "SVD is the most modern method and np.linalg.lstsq uses it, so it is best for all
# sizes."
# ### END SOLUTION

# %% [markdown]
# ## What to remember
#
# 1. **The condition number tells the price beforehand**: about $\frac12\kappa\ln(1/\varepsilon)$
#    steps for plain descent, the root of kappa with momentum, and digits for a direct solver.
# 2. **Bad conditioning has two causes.** Different scales are cured by standardizing; columns that
#    tell the same story are not, but they can be rewritten.
# 3. **Do not form $X^T X$ where digits count.** QR and SVD work on $X$; the normal equations lose
#    twice as many digits.
# 4. **The test data must not have a say**, not even in a mean or a spread.
# 5. **Coefficients and predictions are two questions.** A fit can predict well while its
#    coefficients are anybody's guess.

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
    "conditioning: why real data make descents slow and direct solvers inexact, and what to do",
    goals=[
        "tell apart the two causes of bad conditioning, and say which of them standardizing cures",
        "estimate from kappa how many steps a descent takes, with and without momentum",
        "explain why the normal equations lose more digits than QR or SVD",
        "explain how test data can leak into training through scaling, and how to prevent it",
        "explain why a model can predict well long before its coefficients have settled",
    ],
    try_it=[
        "Leave the year out of the Longley table. What becomes of kappa, of the other "
        "coefficients, of R squared?",
        "Change one number of the table by a thousandth. By how much do the coefficients change?",
        "Standardize before inv and solve. How many digits do they keep now?",
        "Run momentum_gd with half and with twice its momentum. Which is worse, and why?",
        "Let compare_solvers take 100,000 steps. How many digits does plain descent reach?",
        "Start the test in 2007 instead of 2008. Do your conclusions hold?",
    ],
)

# %% [markdown]
# ## Hand in
#
# Save the notebook, run the cell below, and upload this one file, `06-real-data.ipynb`.

# %% locked="ready"
from course import ready

ready()
