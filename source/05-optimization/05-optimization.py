# %% [markdown]
# # Lesson 5 · Optimization
#
# *Step size, scale, noise, and when to stop*
#
# So far somebody told you the learning rate, and it worked. In this lesson it does not: you take
# eighty harmless points and the rate that a well-known notebook uses on exactly these points, and
# watch. Then you find out why, with a number that you compute from the data, and put it right in
# two ways. Along the way you look at the landscape on which descent runs, save most of the work
# by looking at a few points at a time, and let the run decide itself when to stop.
#
# **When you are through, you can**
#
# - draw the loss over two parameters, and read off it where descent is slow and where it breaks;
# - compute the largest learning rate that the data allow, before the first step;
# - scale features, and take the parameters back to the original scale;
# - train on small random batches, and say what the noise in their loss means;
# - write a rule for stopping, and say what it does on a run that never settles.
#
# **Time:** 75 to 90 minutes. **You need:** lessons 1 to 3. What an eigenvalue is helps in
# section 6, and is said there in two sentences.

# %% [markdown]
# ## How this lesson works
#
# As before: predict, do, run, look at the gap. The lesson is worth 40 points: 6 for the six
# predictions, 30 for the code, 4 for the explanation. The functions at the beginning are old
# friends in new clothes; the later ones you write from `def` to `return`.

# %% setup
import matplotlib.pyplot as plt
import numpy as np

# %% locked="imports"
from course import begin, expect, predict, reveal, show

begin("05-optimization")

# %% [markdown]
# ## Words, symbols, shapes
#
# | symbol | in code | what it is | shape | before |
# |---|---|---|---|---|
# | $n$ | `len(X)` | number of samples, here 80 | one int | $m$ in lesson 3 |
# | $d$ | `X.shape[1]` | number of parameters, here 2 | one int | |
# | $X$ | `X` | ones in the **first** column, then the feature | `(n, d)` | ones last in lesson 2, none in lesson 3 |
# | $y$ | `y` | the target, a column | `(n, 1)` | as in lesson 3 |
# | $\theta$ | `theta` | all parameters, **the intercept first** | `(d, 1)` | `w` in lesson 2, `W` and `b` in lesson 3 |
# | $L$ | `mse_cost(...)` | mean of the squared residuals, **no half** | one float | $J$ in lesson 3 had a half |
# | $\nabla L$ | `mse_gradient_theta(...)` | slope of the loss along each parameter | `(d, 1)` | `dW`, `db` |
# | $\alpha$ | `alpha` | learning rate | one float | $\eta$, `lr` |
# | | `history` | losses, each **after** its step | list | *before* its step in lessons 1 to 3 |
# | $H$ | `hessian` | how the gradient changes: $\frac2n X^T X$ | `(d, d)` | |
#
# Why change what worked? Because the literature does. Statistics puts the intercept first and
# calls the parameters $\theta$ or $\beta$; a history of losses after each step is what a rule for
# stopping needs. Whoever reads about optimization has to read such tables, and to trust none
# without looking.

# %% [markdown]
# ## 1 · Eighty points
#
# The secret line is $y = 2.5 + 1.7\,x$, with $x$ evenly from 0 to 10 and standard normal noise.

# %% locked="lesson_data"
x = np.linspace(0, 10, 80)
y = (2.5 + 1.7 * x + np.random.default_rng(42).normal(0, 1, 80)).reshape(-1, 1)
x.shape, y.shape

# %% [markdown]
# ### Exercise: `design_matrix`
#
# Every sample becomes a row `[1, x]`, so that `X @ theta` is the intercept times 1 plus the slope
# times $x$. Write the body: `(n,)` becomes `(n, 2)`, ones **first**.

# %% answer="design_matrix"
def design_matrix(x):
    """Set a column of ones before the feature: (n,) becomes (n, 2)."""
    ### BEGIN SOLUTION
    return np.column_stack([np.ones(len(x)), x])
    ### END SOLUTION

# %% test="design_matrix" points=1
expect(design_matrix, np.array([5.0, 7.0, 9.0])).gives(np.array([[1.0, 5.0], [1.0, 7.0], [1.0, 9.0]]))

# %% [markdown] hints="design_matrix"
# Lesson 2's `add_bias_column` did the same with the ones at the other end. `np.ones(n)` makes `n`
# ones.
#
# `np.column_stack` takes a list of arrays of shape `(n,)` and makes a column of each, in the order
# of the list.

# %% locked="lesson_matrix"
X = design_matrix(x)
X.shape

# %% [markdown]
# ### Exercise: `mse_cost`
#
# $$L(\theta) = \frac1n \sum_{i=1}^{n} \big( (X\theta)_i - y_i \big)^2$$
#
# One plain number comes back. Mind the trap of lesson 3: `(n,)` minus `(n, 1)` is a table. As long
# as `theta` and `y` are columns, `X @ theta` is one, too.

# %% answer="mse_cost"
def mse_cost(X, y, theta):
    """Give the mean of the squared residuals, a float; y is (n, 1), theta (d, 1)."""
    ### BEGIN SOLUTION
    return np.mean((X @ theta - y) ** 2)
    ### END SOLUTION

# %% test="mse_cost" points=2
two_X, two_y = np.array([[1.0, 0.0], [1.0, 2.0]]), np.array([[1.0], [7.0]])
expect(mse_cost, two_X, two_y, np.array([[3.0], [4.0]])).gives(10.0)
expect(mse_cost, two_X, two_y, np.array([[1.0], [3.0]])).gives(0.0)

# %% [markdown] hints="mse_cost"
# From the inside out: predictions, residuals, squares, mean. All of them but the last are columns.
#
# `X @ theta` are the predictions. `np.mean` without an axis makes one number of an array of any
# shape.

# %% [markdown]
# ### Exercise: `mse_gradient_theta`
#
# By the three lines of lesson 1, for all parameters at once:
#
# $$\nabla L = \frac2n X^T (X\theta - y)$$
#
# Its shape is that of `theta`: `(d, n) @ (n, 1)` is `(d, 1)`.

# %% answer="mse_gradient_theta"
def mse_gradient_theta(X, y, theta):
    """Give the slope of the loss along each parameter, in theta's shape (d, 1)."""
    ### BEGIN SOLUTION
    return 2 / len(y) * X.T @ (X @ theta - y)
    ### END SOLUTION

# %% test="mse_gradient_theta" points=3
two_X, two_y = np.array([[1.0, 0.0], [1.0, 2.0]]), np.array([[1.0], [7.0]])
expect(mse_gradient_theta, two_X, two_y, np.array([[3.0], [4.0]])).gives(np.array([[6.0], [8.0]]))
three_X, three_y = np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 3.0]]), np.array([[3.0], [0.0], [0.0]])
expect(mse_gradient_theta, three_X, three_y, np.zeros((2, 1))).gives(np.array([[-2.0], [-2.0]]))

# %% [markdown] hints="mse_gradient_theta"
# Two factors: a number, $\frac2n$, and a matrix product of the transpose of `X` with the residuals.
# You have the residuals already, in the body of `mse_cost`.
#
# The transpose is `X.T`, the number of samples `len(y)`. Put the residuals into parentheses: `@`
# and `*` are carried out from left to right.

# %% [markdown]
# ## 2 · You are the optimizer
#
# Before you let a rule do it, do it by hand. Below are a dozen points and a line with two handles.
# Drag them until the squares are as small as you can make them: their mean area is the loss.
# Gradient descent starts from the same line and takes one step for each of your moves, with a rate
# of 0.02. On the right you see both paths, over intercept and slope.
#
# Watch what you do without thinking: where you look first, how far you move, when you stop. You
# use something that gradient descent does not have.

# %% locked="game"
from course.playground.optimizer_game import play_optimizer

play_optimizer()

# %% [markdown]
# You see the whole picture at once, and you know how a good line looks. Descent knows one thing
# only: which way is down where it stands.

# %% [markdown]
# ### Exercise: `batch_gd`
#
# *Batch* means that each step looks at all samples. Start at `theta0`, or at zeros where none is
# given; take `iters` steps; return `theta` and the list of the losses **after** each step. The
# caller's `theta0` stays what it was.

# %% answer="batch_gd"
def batch_gd(X, y, alpha, iters, theta0=None):
    """Take iters steps of gradient descent at rate alpha.

    Gives theta (d, 1) after the last step, and the list of the losses after each step.
    """
    theta = np.zeros((X.shape[1], 1)) if theta0 is None else theta0
    history = []
    ### BEGIN SOLUTION
    for _ in range(iters):
        theta = theta - alpha * mse_gradient_theta(X, y, theta)
        history.append(mse_cost(X, y, theta))
    ### END SOLUTION
    return theta, history

# %% test="batch_gd" points=4
two_X, two_y = np.array([[1.0, 0.0], [1.0, 2.0]]), np.array([[1.0], [7.0]])
two_steps = (np.array([[1.16], [2.08]]), [5.8, 1.424])
expect(batch_gd, two_X, two_y, 0.1, 2).gives(two_steps)
expect(batch_gd, two_X, two_y, 0.1, 1, np.array([[1.0], [3.0]])).gives(
    (np.array([[1.0], [3.0]]), [0.0]),
    {"This run should start at theta0, which is perfect already.": lambda call: call.error is None},
)


def start_after_a_run():
    start = np.array([[1.0], [1.0]])
    batch_gd(two_X, two_y, 0.1, 3, start)
    return start


expect(start_after_a_run).gives(
    np.array([[1.0], [1.0]]),
    {"The run has moved the caller's theta0: make a new array in each step.": lambda call: call.error is None},
)

# %% [markdown] hints="batch_gd"
# Two lines in a loop. Which of the two comes first decides whether the history holds the losses
# before or after the steps.
#
# A step is `theta` minus `alpha` times the gradient at `theta`. Write `theta = theta - ...`, which
# makes a new array: `theta -= ...` would write into the caller's one. Then append `mse_cost(...)`.

# %% [markdown]
# ## 3 · A rate from a notebook
#
# A well-known notebook on these very data sets its learning rate to 0.05. That sounds modest:
# in lesson 1 even 0.1 converged.

# %% predict example="b" confidence=60
predict.choice(
    "rate_005",
    "400 iterations from zeros at alpha = 0.05, on these 80 points. What becomes of the loss?",
    {
        "a": "It falls quickly and settles at its lowest value.",
        "b": "It falls, but so slowly that it is not at the bottom after 400 iterations.",
        "c": "It jumps up and down around some value and neither settles nor grows.",
        "d": "It grows until the numbers overflow.",
    },
)

# %% locked="run_005"
with np.errstate(over="ignore"):  # no warning: the overflow is what this is about
    theta_005, history_005 = batch_gd(X, y, 0.05, 400)
print(f"theta after 400 iterations   ({theta_005[0, 0]:.2g}, {theta_005[1, 0]:.2g})")
print(f"loss  after 400 iterations   {history_005[-1]:.4g}")

# %% reveal
def draw_run_005():
    figure, axis = plt.subplots(layout="constrained")
    finite = [loss for loss in history_005 if np.isfinite(loss)]
    axis.plot(range(1, len(finite) + 1), np.log10(finite))
    axis.set(xlabel="iteration", ylabel="log10 of the loss", xlim=(0, 400), ylim=(0, 330))
    axis.text(len(finite), 312, "inf from here on", ha="right")
    return figure, (
        "The logarithm of the loss over the iterations: a straight line that rises from about 3 to "
        "308 before iteration 400, where floating point ends."
    )


def what_became_of(losses):
    if not np.isfinite(losses[-1]) or losses[-1] > 1e3 * losses[0]:
        return "d"
    return "a" if losses[-2] - losses[-1] < 1e-9 else "b"


reveal(
    "rate_005",
    what_became_of(history_005),
    why={
        "a": "So the notebook says. On these data it holds for rates of half that size.",
        "b": "Slow is what a rate does that is too small.",
        "c": "That happens at one single rate, exactly on the border. You find it in section 6.",
        "d": "Every step overshoots and lands further away than it began, by the same factor each time.",
    },
    draw=draw_run_005,
    notes=(
        "Lesson 1 had x from -5 to 5, here it is 0 to 10. The noise is smaller, the line as straight: "
        "something in the data decides what a rate may be, and it is not how noisy they are."
    ),
)

# %% [markdown]
# ## 4 · Where it should have arrived
#
# To judge a run you need to know the bottom. For the mean of squares there is a closed form: at
# the minimum the gradient is zero, so
#
# $$X^T X\,\theta = X^T y .$$
#
# This is the **normal equation**. If one column of $X$ repeats another, or can be made from the
# others, $X^T X$ has no inverse. Then there are still minima, even a whole line of them.

# %% [markdown]
# ### Exercise: `normal_equation`
#
# Return a least-squares solution of shape `(d, 1)`, **also where $X^T X$ has no inverse**. Any
# minimum will do. Lesson 2 had the tools.

# %% answer="normal_equation"
def normal_equation(X, y):
    """Give a theta (d, 1) at which the loss is lowest, for any X."""
    ### BEGIN SOLUTION
    return np.linalg.lstsq(X, y, rcond=None)[0]
    ### END SOLUTION

# %% test="normal_equation" points=2
three_X, three_y = np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 3.0]]), np.array([[3.0], [0.0], [0.0]])
expect(normal_equation, three_X, three_y).gives(
    np.array([[4.0], [-1.5]]),
    {
        "The numbers are right, but a column is asked.": np.array([4.0, -1.5]),
        "The solver returns more than the solution: theta alone is asked.": (
            lambda call: isinstance(call.value, tuple)
        ),
        "That is the right-hand side of the equation; now solve it.": three_X.T @ three_y,
    },
)
repeated = np.column_stack([three_X, three_X[:, 1]])  # the feature stands there twice
expect(normal_equation, repeated, three_y).satisfies(
    lambda theta: theta.shape == (3, 1) and abs(mse_cost(repeated, three_y, theta) - 0.5) < 1e-9,
    "some theta of shape (3, 1) with the lowest loss there is, 0.5",
    {
        "This matrix has no inverse. Which solver does without one?": (
            lambda call: call.error is not None or call.value.shape == (3, 1)
        )
    },
)

# %% [markdown] hints="normal_equation"
# `np.linalg.inv` and `np.linalg.solve` need an inverse. In `np.linalg` there is a solver for least
# squares, and there is a pseudoinverse.
#
# `np.linalg.lstsq(X, y, rcond=None)` returns four things, of which the first is the solution; it
# has two axes because `y` has. Or multiply the pseudoinverse of `X` with `y`.

# %% locked="bottom"
best = normal_equation(X, y)
print(f"bottom at theta = ({best[0, 0]:.4g}, {best[1, 0]:.4g})")
print(f"loss there   {mse_cost(X, y, best):.4g}")
print(f"loss at zero {mse_cost(X, y, np.zeros((2, 1))):.4g}")

# %% [markdown]
# ## 5 · The landscape
#
# Two parameters span a plane, and over each of its points stands a loss: a landscape. A **contour**
# joins places of the same loss, as on a hiking map. Think of the contours over intercept
# (horizontal) and slope (vertical), both drawn to the same scale.
#
# Then think of a second landscape, for the same points with the feature *scaled*: its mean taken
# off, and divided by its standard deviation.

# %% predict example={"x as it is": "b", "x scaled": "b"} confidence=55
predict.choice(
    "contours",
    "What shape do the contours have?",
    {
        "a": "circles",
        "b": "ellipses, about twice as long as wide",
        "c": "ellipses, more than ten times as long as wide: a narrow valley",
        "d": "straight parallel lines",
    },
    rows=["x as it is", "x scaled"],
)

# %% [markdown]
# ### Exercise: `loss_grid`
#
# A map needs many losses. Write `loss_grid(X, y, theta0_values, theta1_values)`: a table of shape
# `(len(theta0_values), len(theta1_values))`, in which row `i` and column `j` hold the loss at
# `theta0_values[i]`, `theta1_values[j]`. Here `X` has two columns, the ones first.
#
# Calling `mse_cost` four million times takes a minute, and one array with a number for each cell
# *and* each sample takes gigabytes. So no Python loop over single cells, and no such array: a map of
# 2000 × 2000 should be there in seconds, in less than 1 GB.

# %% answer="loss_grid"
def loss_grid(X, y, theta0_values, theta1_values):
    """Give the loss at every pair, as an array (len(theta0_values), len(theta1_values))."""
    ### BEGIN SOLUTION
    feature = X[:, 1:]
    t0, t1 = theta0_values[:, None], theta1_values[None, :]
    return (
        t0**2
        + np.mean(feature * feature) * t1**2
        + 2 * np.mean(feature) * t0 * t1
        - 2 * np.mean(y) * t0
        - 2 * np.mean(feature * y) * t1
        + np.mean(y * y)
    )
    ### END SOLUTION

# %% test="loss_grid" points=3
two_X, two_y = np.array([[1.0, 0.0], [1.0, 2.0]]), np.array([[1.0], [7.0]])
expect(loss_grid, two_X, two_y, np.array([1.0, 3.0]), np.array([3.0, 4.0, 0.0])).gives(
    np.array([[0.0, 2.0, 18.0], [4.0, 10.0, 10.0]])
)


def cost_of_a_table():
    """Megabytes and seconds for 300 x 300 losses of 80 samples."""
    import time
    import tracemalloc

    samples, values = np.column_stack([np.ones(80), np.arange(80.0)]), np.linspace(-1, 1, 300)
    began = time.perf_counter()
    loss_grid(samples, np.ones((80, 1)), values, values)
    seconds = time.perf_counter() - began
    tracemalloc.start()
    loss_grid(samples, np.ones((80, 1)), values[:150], values[:150])
    megabytes = 4 * tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return megabytes, seconds


expect(cost_of_a_table).satisfies(
    lambda cost: cost[0] < 25 and cost[1] < 0.4,
    "90,000 losses in a few megabytes and a fraction of a second",
    {
        "An array with a number for each cell and each sample: 58 MB here, 2.6 GB for 2000 x 2000.": (
            lambda call: call.value[0] > 25
        ),
        "Right, but slow: is there a Python loop over single cells?": lambda call: call.value[1] > 0.4,
    },
)

# %% [markdown] hints="loss_grid"
# One loop is fine if each round does a whole row. For one `theta0` and *all* `theta1_values`, the
# residuals are an array of shape `(n, len(theta1_values))`: which axis does the mean run over?
#
# Row by row: `X[:, :1] * theta0 + X[:, 1:] * theta1_values - y` has that shape, by broadcasting
# `(n, 1)` against `(k,)`. Faster still, without any loop: multiply out
# $(\theta_0 + \theta_1 x - y)^2$. Only five means over the samples are needed, and they are the
# same for every cell.

# %% locked="large_grid" tags=["volatile"]
import time

began = time.perf_counter()
large = loss_grid(X, y, np.linspace(-10, 15, 2000), np.linspace(-2, 6, 2000))
print(f"{large.size:,} losses in {time.perf_counter() - began:.2g} s, {large.nbytes / 1e6:.3g} MB")

# %% reveal
scaled_X = design_matrix((x - x.mean()) / x.std())


def axes_of_contours(A):
    """How many times a contour is as long as it is wide: from the curvatures along both axes."""
    curvatures = np.linalg.eigvalsh(2 / len(A) * A.T @ A)
    return np.sqrt(curvatures[-1] / curvatures[0])


def shape_of_contours(A):
    longer = axes_of_contours(A)
    return "a" if longer < 1.05 else "b" if longer < 4 else "c"


def draw_contours():
    figure, panels = plt.subplots(1, 2, figsize=(9.5, 4.4), layout="constrained")
    for panel, A, title in zip(panels, (X, scaled_X), ("x as it is", "x scaled")):
        centre = normal_equation(A, y)
        t0, t1 = (centre[k, 0] + np.linspace(-5, 5, 201) for k in (0, 1))
        levels = mse_cost(A, y, centre) + np.array([0.5, 2, 5, 10, 20, 40, 80])
        panel.contour(t0, t1, loss_grid(A, y, t0, t1).T, levels=levels, cmap="viridis")
        panel.plot(centre[0, 0], centre[1, 0], "k+", markersize=10, label="lowest loss")
        panel.set(xlabel="intercept (units of y)", title=title, aspect="equal")
        panel.legend(loc="upper right")
    panels[0].set_ylabel("slope (units of y per unit of x)")
    panels[1].set_ylabel("slope (units of y per standard deviation of x)")
    return figure, (
        "Contours of the loss over intercept and slope, twice. Left, with x as it is, a narrow "
        "valley that falls from left to right, far longer than wide. Right, with x scaled, circles."
    )


reveal(
    "contours",
    {"x as it is": shape_of_contours(X), "x scaled": shape_of_contours(scaled_X)},
    why={
        "a": "Circles mean that every direction is equally steep. Scaling one feature does exactly that.",
        "b": "This looks harmless, and descent would be quick on it.",
        "c": "A change of the slope moves the line by up to ten times as much as one of the intercept.",
        "d": "Then one direction would be quite flat, and there would be many best lines.",
    },
    draw=draw_contours,
    notes=(
        f"Length over width: {axes_of_contours(X):.3g} with x as it is, {axes_of_contours(scaled_X):.3g} "
        "with x scaled."
    ),
)

# %% [markdown]
# The gradient stands at a right angle to the contours. In a narrow valley it points almost
# straight at the opposite wall, not along the valley to the bottom.
#
# Where does that lead? Start at zeros, with the small rate 0.005, and follow the path in the plane:
# slope over intercept. It ends near the bottom, at (2.5, 1.7).

# %% predict example=[0, 0.4, 0.8, 1.2, 1.5, 1.7] confidence=50
predict.curve(
    "path_curve",
    "The path of descent from (0, 0), across the contours",
    x=(0, 2.5),
    y=(0, 3),
    xlabel="intercept",
    ylabel="slope",
    points=6,
)

# %% reveal
walk = [np.zeros((2, 1))]
for _ in range(2500):
    walk.append(batch_gd(X, y, 0.005, 1, walk[-1])[0])
walk = np.hstack(walk)
intercepts = np.linspace(0, 2.5, 101)


def draw_path():
    figure, axis = plt.subplots(figsize=(6.4, 4.2), layout="constrained")
    t0, t1 = np.linspace(-0.5, 4, 181), np.linspace(-0.3, 3, 133)
    levels = mse_cost(X, y, best) + np.array([0.1, 0.5, 2, 5, 10, 20, 40, 80])
    axis.contour(t0, t1, loss_grid(X, y, t0, t1).T, levels=levels, cmap="viridis", linewidths=1)
    axis.plot(walk[0], walk[1], "o-", color="#D55E00", markersize=3, markevery=50, label="path, a dot every 50 steps")
    axis.plot(walk[0, :11], walk[1, :11], "o", color="#D55E00", markersize=3)
    axis.plot(best[0], best[1], "k+", markersize=11, label="lowest loss")
    axis.set(xlabel="intercept (units of y)", ylabel="slope (units of y per unit of x)")
    axis.legend(loc="lower right")
    return figure, (
        "The path over the contours. From (0, 0) it climbs steeply, within ten steps, to a slope of "
        "about 2 at an intercept of 0.3, where the valley runs. Then it turns sharply and creeps down "
        "the valley towards (2.5, 1.7), its dots closer and closer together."
    )


reveal(
    "path_curve",
    np.interp(intercepts, walk[0], walk[1]),
    draw=draw_path,
    notes=(
        "Two stages, as in lesson 2: a few quick steps to the floor of the valley, then hundreds of "
        "small ones along it. The slope even overshoots, because it stands in for the intercept that "
        "is still missing."
    ),
)

# %% [markdown]
# ### A landscape to walk on
#
# Drag the start anywhere, and move the rate. The path is drawn again at once. Find out:
#
# 1. From which rate on does the path begin to zigzag? From which on does it leave?
# 2. Does that depend on where you start?
# 3. Tick *x scaled* and do it again.

# %% locked="landscape"
from course.playground.landscape import explore_landscape

explore_landscape(x, y[:, 0])

# %% [markdown]
# ## 6 · The largest rate
#
# In lesson 1 each step multiplied the distance to the bottom by $1 - 2\eta c$. With two parameters
# the same happens along each axis of the ellipses, with a curvature of its own in place of $2c$.
# The curvatures are the **eigenvalues** of the matrix
#
# $$H = \frac2n X^T X ,$$
#
# the Hessian; the axes are its eigenvectors, the directions that $H$ only stretches. Along an axis
# with curvature $\lambda$, a step multiplies the distance by $1 - \alpha\lambda$.

# %% locked="curvatures"
flat, steep = np.linalg.eigvalsh(2 / len(X) * X.T @ X)  # in ascending order
print(f"curvatures {flat:.4g} and {steep:.4g}, the steeper is {steep / flat:.4g} times the flatter")
print("factor of one step    along the flat axis    along the steep axis")
for alpha in (0.005, 0.02, 0.05):
    print(f"  alpha = {alpha:<5}      {1 - alpha * flat:12.4g}       {1 - alpha * steep:12.4g}")

# %% [markdown]
# The ratio of the two is the **condition number**. The steep axis sets how large a rate may be; the
# flat axis has to live with that rate, and crawls.

# %% [markdown]
# ### Exercise: `max_stable_rate`
#
# Write `max_stable_rate(X)`: the border, a float. Below it every step brings every distance nearer
# to zero, above it at least one grows. At which $\alpha$ is $1 - \alpha\lambda = -1$ for the largest
# eigenvalue? It has to work for any number of columns.

# %% answer="max_stable_rate"
def max_stable_rate(X):
    """Give the learning rate at the border between converging and diverging, a float."""
    ### BEGIN SOLUTION
    hessian = 2 / len(X) * X.T @ X
    return 2 / np.linalg.eigvalsh(hessian)[-1]
    ### END SOLUTION

# %% test="max_stable_rate" points=3
steep_X = np.array([[1.0, 0.0], [0.0, 4.0], [0.0, 0.0]])  # X^T X has the eigenvalues 1 and 16, n is 3
expect(max_stable_rate, steep_X).gives(0.1875)
expect(max_stable_rate, np.vstack([steep_X, steep_X, steep_X])).gives(0.1875)
expect(max_stable_rate, np.array([[2.0, 1.0], [1.0, 2.0]])).gives(
    2 / 9,  # here X^T X is [[5, 4], [4, 5]], with the eigenvalues 9 and 1
    {"That is an entry of the Hessian: its eigenvalues are something else.": 0.4},
)

# %% [markdown] hints="max_stable_rate"
# Solve $1 - \alpha\lambda = -1$ for $\alpha$. Which of the eigenvalues gives the smallest such
# $\alpha$?
#
# The cell above computes the eigenvalues of the Hessian. `np.linalg.eigvalsh` gives them in ascending
# order, so the largest is the last, for any number of columns.

# %% [markdown]
# A border can be tried from both sides. Take a rate one per cent below it and one per cent above.

# %% locked="both_sides"
border = max_stable_rate(X)
print(f"largest stable rate  {border:.4g}")
for share in (0.99, 1.01):
    losses = batch_gd(X, y, share * border, 5000)[1]
    print(f"{share} of it: loss {losses[0]:.4g} after 1, {losses[999]:.4g} after 1000, {losses[-1]:.4g} after 5000")

# %% [markdown]
# Below the border it comes down, above it grows. So 0.05 never had a chance on these data, from no
# start and with no number of iterations. The notebook that uses it did not show its losses.

# %% [markdown] written="explain_divergence_5"
# **Explain**, in three lines: why does 0.05 diverge on these data, what in the data sets the
# border, and why would the same 0.05 be fine if $x$ were scaled?
#
# ### BEGIN SOLUTION
# Along the steep axis of the valley a step multiplies the distance to the bottom by
# $1 - \alpha\lambda_{\max} = 1 - 0.05 \cdot 68.6 \approx -2.4$: it overshoots and lands 2.4 times as
# far away on the other side, again and again. The border is $2 / \lambda_{\max} \approx 0.029$, and
# $\lambda_{\max}$, the largest eigenvalue of $\frac2n X^T X$, comes from the size of the features
# alone ($x$ up to 10, mean 5, so $x^2$ is 33 on average), not from $y$ or the noise. With $x$ scaled
# both eigenvalues are 2, the border is 1, and 0.05 multiplies every distance by 0.9.
#
# **Marking: 4 points.**
#
# - 1 point: each step *overshoots* by a constant factor that is larger than 1 in size (about -2.4).
# - 1 point: the border is 2 over the largest curvature or eigenvalue (about 0.029), and 0.05 is above.
# - 1 point: the curvature comes from the features (the size of $x$, its mean or its squares), not from
#   the target, the noise, the start or the number of iterations.
# - 1 point: scaling makes the curvatures 2 (or equal, or small), so that 0.05 is below the border.
#
# Half a point off, once, for numbers that are missing or wrong by more than rounding. No deduction
# for length or language.
#
# *Full (4):* "The steepest direction has curvature 68.6, so a step at 0.05 changes the distance by
# 1 - 3.43 = -2.43 and it explodes. The limit 2/68.6 = 0.029 depends only on X, here x goes up to 10.
# After scaling the curvature is 2, limit 1, so 0.05 converges."
#
# *Half (2):* "0.05 is more than the maximum rate 0.029 from the eigenvalues. When we scale, the
# maximum rate is higher." (Why it grows, and what in the data sets the border, are missing.)
#
# *None (0):* "0.05 is too big for this data because it does not converge. Scaling helps."
# ### END SOLUTION

# %% [markdown]
# ## 7 · Scale
#
# The valley is narrow because the two columns of $X$ are so different: one is all ones, the other
# runs from 0 to 10 and is never negative. Change the data, not the rate: from each feature take off
# its mean, and divide by its standard deviation,
#
# $$z = \frac{x - \text{mean}}{\text{std}} .$$
#
# The mean and the standard deviation are kept: without them nobody can use the model later.

# %% [markdown]
# ### Exercise: `standardize`
#
# Write `standardize(X)` for a table of features `(n, d)`, *without* the column of ones. It returns
# `Z`, `mean` and `std`: `(n, d)`, `(d,)`, `(d,)`. The standard deviation divides by `n`, as `np.std`
# does.
#
# A column that is the same in every row has no spread. It becomes zeros, not nan. Be careful how
# you find it: the std of 80 times 0.1 is not 0 but about `1e-17`, by rounding.

# %% answer="standardize"
def standardize(X):
    """Give (Z, mean, std): columns with mean 0 and standard deviation 1; a constant one becomes zeros."""
    ### BEGIN SOLUTION
    mean, std = X.mean(axis=0), X.std(axis=0)
    constant = X.max(axis=0) == X.min(axis=0)
    Z = np.where(constant, 0.0, (X - mean) / np.where(constant, 1.0, std))
    return Z, mean, std
    ### END SOLUTION

# %% test="standardize" points=2
expect(standardize, np.array([[1.0, 10.0], [5.0, 10.0], [3.0, 40.0], [3.0, 40.0]])).gives(
    (
        np.array([[-(2**0.5), -1.0], [2**0.5, -1.0], [0.0, 1.0], [0.0, 1.0]]),
        np.array([3.0, 25.0]),
        np.array([2**0.5, 15.0]),
    ),
    {
        "The spread divides by n - 1; here it divides by n.": (
            lambda call: abs(call.value[2][1] - 15 * (4 / 3) ** 0.5) < 1e-9
        ),
        "Mean and std run over the wrong axis: each column has its own.": (
            lambda call: np.size(call.value[1]) == 4
        ),
        "One mean for the whole table: each column has its own.": lambda call: np.size(call.value[1]) == 1,
        "Three things are asked: Z, mean and std.": lambda call: isinstance(call.value, np.ndarray),
        "mean and std should have one axis.": lambda call: np.ndim(call.value[1]) == 2,
    },
)
for same_value in (2.0, 0.1):
    expect(standardize, np.column_stack([np.full(80, same_value), np.arange(80.0)])).satisfies(
        lambda result: np.abs(result[0][:, 0]).max() < 1e-9 and abs(result[0][:, 1].std() - 1) < 1e-9,
        "zeros where the column is constant, and the other one scaled",
        {
            "A constant column gives nan: 0 / 0.": lambda call: np.isnan(call.value[0]).any(),
            "A spread of 1e-17 is rounding, not spread: how else can you tell a constant column?": (
                lambda call: np.abs(call.value[0][:, 0]).max() > 0.1
            ),
        },
    )

# %% [markdown] hints="standardize"
# `X.mean(axis=0)` runs down the columns, and an array of shape `(d,)` is subtracted from every row of
# `(n, d)`. Which columns are constant? Compare their largest and their smallest value.
#
# Put a 1 in place of the std wherever a column is constant, so that nothing is divided by 0, and set
# those columns to 0 at the end: `np.where(condition, this, that)` chooses for each column.

# %% [markdown]
# Now 0.05 once more, on the scaled feature.

# %% locked="scaled_run"
Z, mean, std = standardize(x.reshape(-1, 1))
A = design_matrix(Z[:, 0])
print("curvatures", [f"{value:.4g}" for value in np.linalg.eigvalsh(2 / len(A) * A.T @ A)])
print(f"largest stable rate {max_stable_rate(A):.4g}")
theta_scaled, history_scaled = batch_gd(A, y, 0.05, 400)
print(f"0.05, 400 iterations: loss {history_scaled[-1]:.4g}")
print(f"theta = ({theta_scaled[0, 0]:.4g}, {theta_scaled[1, 0]:.4g})")

# %% [markdown]
# Both curvatures are 2, and the rate that overflowed a moment ago goes straight to the bottom.
# But this `theta` speaks about $z$, not about $x$. Put $z = (x - \text{mean}) / \text{std}$ into
# $\theta_0 + \theta_1 z$ and sort by what stands beside $x$.

# %% [markdown]
# ### Exercise: `unscale`
#
# Write `unscale(theta, mean, std)`: from parameters for scaled features, `(d + 1, 1)` with the
# intercept first, to those for the original ones, in the same shape. With $d$ features the line
# reads $\theta_0 + \theta_1 z_1 + \dots + \theta_d z_d$.

# %% answer="unscale"
def unscale(theta, mean, std):
    """Give the parameters (d + 1, 1) that make the same predictions from unscaled features."""
    ### BEGIN SOLUTION
    slopes = theta[1:, 0] / std
    intercept = theta[0, 0] - slopes @ mean
    return np.append(intercept, slopes).reshape(-1, 1)
    ### END SOLUTION

# %% test="unscale" points=2
expect(unscale, np.array([[10.0], [6.0]]), np.array([5.0]), np.array([2.0])).gives(
    np.array([[-5.0], [3.0]])
)
expect(unscale, np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 10.0]), np.array([2.0, 3.0])).gives(
    np.array([[-10.0], [1.0], [1.0]])
)

# %% [markdown] hints="unscale"
# On paper, with one feature: $\theta_0 + \theta_1 \frac{x - \text{mean}}{\text{std}}$. What is
# multiplied by $x$? What is left?
#
# First the new slopes: `theta[1:, 0]` has shape `(d,)`, like `std`. The new intercept is the old one
# minus the sum of new slope times mean, over all features. Put both together into one column.

# %% locked="back_again"
back = unscale(theta_scaled, mean, std)
print(f"descent, unscaled   ({back[0, 0]:.4g}, {back[1, 0]:.4g})")
print(f"least squares       ({best[0, 0]:.4g}, {best[1, 0]:.4g})")

# %% [markdown]
# ## 8 · Noise
#
# Each step so far looked at all 80 samples. With eighty million that is a long look for one step.
# A **mini-batch** is a small random part of the data; its gradient is a noisy estimate of the
# whole one, right on average, and much cheaper.
#
# Below, batch descent on the scaled feature: forty steps at rate 0.2.

# %% locked="batch_curve"
_, batch_losses = batch_gd(A, y, 0.2, 40)

figure, axis = plt.subplots(layout="constrained")
axis.semilogy(range(1, 41), batch_losses, label="batch: 80 samples a step")
axis.set(xlabel="iteration", ylabel="loss on all samples (log scale)", ylim=(0.5, 200))
axis.legend()
show(
    figure,
    "The loss of batch descent over 40 iterations on a logarithmic scale: a straight fall from about "
    "50 to 0.6 within seven iterations, then level.",
)

# %% predict example=[53, 3, 0.8, 0.6, 0.6, 0.6, 0.6] confidence=55
predict.curve(
    "minibatch_curve",
    "The loss on all samples, with batches of 4 instead of 80, at the same rate",
    x=(1, 40),
    y=(0.5, 200),
    xlabel="iteration",
    ylabel="loss on all samples",
    points=7,
    log_y=True,
)

# %% [markdown]
# ### Exercise: `minibatch_gd`
#
# Write `minibatch_gd(X, y, alpha, iters, batch_size, rng)`. It starts at zeros. Each of the `iters`
# steps draws `batch_size` *different* samples with `rng` and follows the mean gradient of this
# batch. The history holds the loss on **all** samples after each step. It returns `theta` and the
# history, and raises a `ValueError` where `batch_size` is larger than the data.

# %% answer="minibatch_gd"
# Write minibatch_gd(X, y, alpha, iters, batch_size, rng) here, from def to return.
### BEGIN SOLUTION
def minibatch_gd(X, y, alpha, iters, batch_size, rng):
    """Take iters steps, each on a random batch; give theta and the full loss after each step."""
    if batch_size > len(X):
        raise ValueError(f"batch_size is {batch_size}, but there are {len(X)} samples")
    theta, losses = np.zeros((X.shape[1], 1)), []
    for _ in range(iters):
        rows = rng.choice(len(X), batch_size, replace=False)
        theta = theta - alpha * mse_gradient_theta(X[rows], y[rows], theta)
        losses.append(mse_cost(X, y, theta))
    return theta, losses
### END SOLUTION

# %% test="minibatch_gd" points=3
two_X, two_y = np.array([[1.0, 0.0], [1.0, 2.0]]), np.array([[1.0], [7.0]])
two_steps = (np.array([[1.16], [2.08]]), [5.8, 1.424])
def near(value, *wanted):
    return any(abs(value - each) < 1e-9 for each in wanted)


expect("minibatch_gd", two_X, two_y, 0.1, 2, 2, np.random.default_rng(0)).gives(
    two_steps,  # a batch of all samples is batch descent
    {
        "One loss for each step is asked, after the step.": lambda call: len(call.value[1]) != 2,
        "The history begins with the loss at the start; note the loss after the step.": (
            lambda call: near(call.value[1][0], 25.0)
        ),
        "A sample stands twice in a batch: draw without putting back.": (
            lambda call: call.error is None
        ),
    },
)
for seed in range(4):
    expect("minibatch_gd", two_X, two_y, 0.1, 1, 1, np.random.default_rng(seed)).satisfies(
        lambda result: near(result[1][0], 23.44, 0.08),  # the first sample alone, or the second
        "the loss on all samples after a step on one of the two: 23.44 or 0.08",
        {
            "That is the loss of the batch alone; the loss on all samples is asked.": (
                lambda call: near(call.value[1][0], 0.64, 0.0)
            ),
            "The gradient of a batch is the mean over the batch: divide by its size, not by n.": (
                lambda call: near(call.value[1][0], 24.21, 6.17)
            ),
            "The rows of X and y in a batch do not belong together.": lambda call: call.error is None,
        },
    )
expect("minibatch_gd", two_X, two_y, 0.1, 1, 3, np.random.default_rng(0)).raises(
    ValueError, {"A batch of 3 from 2 samples passed in silence.": lambda call: call.error is None}
)

# %% [markdown] hints="minibatch_gd"
# The loop of `batch_gd` stays. New is one line at its beginning that draws the numbers of some rows;
# `X[rows]` and `y[rows]` are the batch. Which line of the loop goes on using all of `X` and `y`?
#
# `rng.choice(n, size, replace=False)` draws different numbers below `n`. Or go through
# `rng.permutation(n)` piece by piece and draw a new order when it is used up. Your own
# `mse_gradient_theta` divides by the length of the `y` that it is given.

# %% reveal
_, mini_losses = minibatch_gd(A, y, 0.2, 40, 4, np.random.default_rng(5))
late = np.array([minibatch_gd(A, y, 0.2, 80, 4, np.random.default_rng(seed))[1][40:] for seed in range(30)])


def draw_minibatch():
    figure, axis = plt.subplots(layout="constrained")
    axis.semilogy(range(1, 41), batch_losses, label="batch: 80 samples a step")
    axis.semilogy(range(1, 41), mini_losses, "o--", markersize=3.5, linewidth=1.2, label="mini-batch: 4 a step")
    axis.set(xlabel="iteration", ylabel="loss on all samples (log scale)", ylim=(0.5, 200))
    axis.legend()
    return figure, (
        "Two losses over 40 iterations on a logarithmic scale. Both fall equally fast at first. That "
        "of batch descent is then level; that of the mini-batches stays a little above it and jumps "
        "up and down from step to step, never below."
    )


reveal(
    "minibatch_curve",
    mini_losses,
    draw=draw_minibatch,
    notes=(
        f"The same fall with a twentieth of the work, and then no rest: on average it hovers at "
        f"{late.mean():.3g}, above the lowest loss of {mse_cost(X, y, best):.3g}. It cannot fall below "
        "that, because the loss is that of all samples. A smaller rate brings it nearer, and slower."
    ),
)

# %% [markdown]
# ## 9 · When to stop
#
# How many iterations are enough? 400 was a guess. A rule can watch the history instead: stop when
# the loss has hardly improved for a while. *Hardly*: the improvement over the loss before is less
# than `tol`. *For a while*: so many times in a row as `patience` says.

# %% [markdown]
# ### Exercise: `stop_at`
#
# Write `stop_at(losses, tol=1e-6, patience=10)`. It returns the number of the loss at which the
# improvement has been under `tol` for `patience` losses in a row, or `None` if that never happens.
#
# - The first loss has number 1. It is never counted, for nothing stands before it.
# - The improvement is the loss before minus this one. An improvement of exactly `tol` counts as one.
# - One good improvement ends the waiting: the counting starts anew.
# - A loss that grows is no improvement. Nor is a loss that is nan, and every comparison with nan
#   is false, so mind which comparison you write.
#
# Eleven equal losses give 11, ten give `None`.

# %% answer="stop_at"
# Write stop_at(losses, tol=1e-6, patience=10) here, from def to return.
### BEGIN SOLUTION
def stop_at(losses, tol=1e-6, patience=10):
    """Give the number, from 1, of the loss at which patience runs out, or None."""
    waiting = 0
    for number in range(2, len(losses) + 1):
        improvement = losses[number - 2] - losses[number - 1]
        waiting = 0 if improvement >= tol else waiting + 1
        if waiting == patience:
            return number
    return None
### END SOLUTION

# %% test="stop_at" points=2
expect("stop_at", [4.0] * 12).gives(11)
expect("stop_at", [4.0] * 10).gives(None)
expect("stop_at", [9.0, 9.0, 9.0, 8.0, 8.0, 8.0, 8.0, 3.0], 0.5, 3).gives(7)
expect("stop_at", [4.0, 3.0, 5.0, 7.0, 9.0], 0.5, 3).gives(5)
expect("stop_at", [9.0, 5.0, 8.0, 7.0, 6.0], 0.5, 3).gives(None)
expect("stop_at", [4.0, 3.5, 3.0, 2.5], 0.5, 2).gives(None)
expect("stop_at", [4.0, float("nan"), float("nan"), float("nan")], 0.5, 3).gives(4)

# %% [markdown] hints="stop_at"
# A counter and a loop from the second loss on. In each round the counter either goes up by one or
# back to zero.
#
# Ask "is it good enough?", `before - now >= tol`, and count in the *other* case: growth and nan then
# fall on the right side by themselves. When the counter reaches `patience`, return the number of
# the present loss, which is its index plus 1.

# %% [markdown]
# ### Exercise: `early_stopping`
#
# The last function of the lesson puts the rule into the run. Write
# `early_stopping(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000)`: batch descent from zeros
# that ends when the rule says so, or after `max_iters`. It returns three things:
#
# - `theta` after the last step, not the best one on the way;
# - the history of the losses after each step;
# - `stopped_at`, the number of the last iteration, which is the length of the history.
#
# Iteration 1 has something before it: the loss at the start. So the first step is compared, too,
# although that loss does not belong to the history.

# %% answer="early_stopping"
# Write early_stopping(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000) here.
### BEGIN SOLUTION
def early_stopping(X, y, alpha, tol=1e-6, patience=10, max_iters=10_000):
    """Descend until patience runs out; give (theta, history, stopped_at)."""
    theta, history = np.zeros((X.shape[1], 1)), []
    before, waiting = mse_cost(X, y, theta), 0
    while waiting < patience and len(history) < max_iters:
        theta = theta - alpha * mse_gradient_theta(X, y, theta)
        history.append(mse_cost(X, y, theta))
        waiting = 0 if before - history[-1] >= tol else waiting + 1
        before = history[-1]
    return theta, history, len(history)
### END SOLUTION

# %% test="early_stopping" points=3
rest_X, rest_y = np.array([[1.0], [1.0]]), np.array([[0.0], [2.0]])
expect("early_stopping", rest_X, rest_y, 0.5, 1e-3, 2, 6).gives(
    (np.array([[1.0]]), [1.0, 1.0, 1.0], 3)  # one step to the bottom, then two without improvement
)
expect("early_stopping", rest_X, rest_y, 2.0, 1e-3, 3, 6).gives(
    (np.array([[28.0]]), [10.0, 82.0, 730.0], 3)  # grows from the start
)
expect("early_stopping", rest_X, rest_y, 0.25, 1e-9, 5, 2).gives((np.array([[0.75]]), [1.25, 1.0625], 2))
expect("early_stopping", rest_X, rest_y, 1e200, 1e-3, 2, 50).satisfies(
    lambda result: len(result[1]) == result[2] == 2 and not np.isfinite(result[1]).any(),
    "two losses, inf or nan, and then the end",
    {
        "A loss that is inf or nan is no improvement: which of your comparisons is false for nan?": (
            lambda call: call.error is None
        ),
        "A run that diverges must not raise.": lambda call: call.error is not None,
    },
)

# %% [markdown] hints="early_stopping"
# The loop of `batch_gd` with the counter of `stop_at` in it. You do not need to call `stop_at`: keep
# the loss before, the counter, and the history, and update all three in each iteration.
#
# Before the loop: the loss at zeros, and a counter at 0. `while counter < patience and len(history)
# < max_iters:` makes both ways to end. What comes back last is `len(history)`.

# %% locked="first_stop"
theta_stop, history_stop, stopped = early_stopping(X, y, 0.01)
print(f"rate 0.01: stopped at {stopped}, loss {history_stop[-1]:.4g}")
print(f"theta ({theta_stop[0, 0]:.4g}, {theta_stop[1, 0]:.4g}), bottom ({best[0, 0]:.4g}, {best[1, 0]:.4g})")

# %% predict example=480 confidence=65
predict.number(
    "stop_iteration",
    "At which iteration does the run stop at twice the rate, 0.02?",
    unit="iterations",
    low=1,
    high=10000,
)

# %% predict example="a" confidence=60
predict.choice(
    "stop_diverging",
    "And at 0.05, on the unscaled data, where the loss grows in every step?",
    {
        "a": "It never stops by itself: the loss never settles. It runs on to max_iters.",
        "b": "It stops after about 400 iterations, when the loss is inf.",
        "c": "It stops at iteration 10.",
        "d": "It stops at iteration 1.",
    },
)

# %% reveal
stops = [(rate, early_stopping(X, y, rate)[2]) for rate in (0.01, 0.02, 0.025)]
scaled_stops = [(rate, early_stopping(A, y, rate)[2]) for rate in (0.05, 0.1)]

reveal(
    "stop_iteration",
    float(dict(stops)[0.02]),
    notes=(
        f"On x as it is: {', '.join(f'{rate}: {stop}' for rate, stop in stops)}. On x scaled: "
        f"{', '.join(f'{rate}: {stop}' for rate, stop in scaled_stops)}. Twice the rate takes about "
        "half the iterations, because the flat axis is what takes the time. And the rule stops early: "
        "tol says how small the improvements have become, not how far away the bottom is."
    ),
)

# %% reveal
stopped_diverging = early_stopping(X, y, 0.05)[2]

reveal(
    "stop_diverging",
    {10: "c", 1: "d", 10_000: "a"}.get(stopped_diverging, "b"),
    why={
        "a": "With the absolute value of the change in the rule, it would be so.",
        "b": "The rule does not wait for inf: it looks at improvements, and there is none.",
        "c": "Growth is no improvement, from the first step on: patience runs out after ten.",
        "d": "One bad step is not enough: patience is 10.",
    },
    notes=(
        f"Stopped at {stopped_diverging}. A run that stopped is therefore not yet a run that arrived: "
        "look at the last loss, and compare it with the first."
    ),
)

# %% [markdown]
# ## What to remember
#
# 1. **The largest rate is a property of the features**: 2 over the largest curvature, known before
#    the first step. The flattest direction then decides how long it takes.
# 2. **Scale first.** Features with mean 0 and spread 1 make valleys into bowls, and `unscale` brings
#    the parameters home.
# 3. **A mini-batch gives most of the progress for a fraction of the work**, and pays with a loss that
#    hovers instead of settling.
# 4. **A stopping rule watches improvements, not arrival.** It also stops what diverges, and it
#    stops early in a flat valley.
# 5. **Look at the losses.** A default in a published notebook is not evidence.

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
    "the step size, the scale of features, mini-batches and early stopping in gradient descent",
    goals=[
        "read contours: where is descent quick, where slow, where does it break",
        "explain why the largest eigenvalue of the Hessian sets the border of the learning rate",
        "explain what standardizing does to the contours, and how parameters are brought back",
        "explain why the loss of mini-batches hovers, and what makes it hover lower",
        "state a stopping rule exactly, and say what it does on a run that diverges",
    ],
    try_it=[
        "Take the mean off x, but do not divide. What are the curvatures now, and the border?",
        "Divide x by 10, but keep its mean. Which of the two halves of standardizing helps more?",
        "Run at exactly the border. What does the loss do after 10000 steps?",
        "Halve the rate of the mini-batches again and again. How high do they hover?",
        "Stop a mini-batch run by stop_at. Where does it stop, and should it?",
        "Run early_stopping at 0.0001. Is the point where it stops near the bottom?",
    ],
)

# %% [markdown]
# ## Hand in
#
# Save the notebook, run the cell below, and upload this one file, `05-optimization.ipynb`.

# %% locked="ready"
from course import ready

ready()
