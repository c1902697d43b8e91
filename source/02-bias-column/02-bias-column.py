# %% [markdown]
# # Lesson 2 · The bias column
#
# *The dozen lines behind every model*
#
# In lesson 1 a line had two parameters, and everything was written twice: once for $w$, once
# for $b$. With ten features it would be written eleven times. This lesson does it once. One
# extra column of ones turns the bias into a weight like any other, one matrix product gives all
# slopes at once, and about a dozen lines of NumPy then fit a line, a plane, or a model with a
# thousand features.
#
# You also meet the other way to fit: a formula that needs no steps at all. And you find out why
# a loss that has stopped falling does not mean that the model has arrived.
#
# **When you are through, you can**
#
# - write a linear model, its loss and its gradient in matrix form, and say what every shape means;
# - derive the gradient, and say where its transpose comes from;
# - tell from a list of losses whether a run arrived, crawled or diverged;
# - say why one weight can settle long before another, although they share one learning rate;
# - fit in closed form, also where the plain formula breaks down, and choose between it and descent;
# - say what noise does to a fit, and what it does to the loss.
#
# **Time:** 60 to 90 minutes. **You need:** lesson 1, and what a matrix times a vector is.

# %% [markdown]
# ## How this lesson works
#
# As before: **predict** and say how sure you are, **do**, **run** the tests, look at the **gap**,
# **explain**. Two hints wait under each test cell.
#
# The lesson is worth 40 points: 6 for the eight predictions, 22 for the code, and 12 for three
# explanations in your own words. A wrong prediction never costs a point; a missing one does.

# %% setup
import matplotlib.pyplot as plt
import numpy as np

# %% locked="imports"
from course import begin, expect, predict, reveal, show

begin("02-bias-column")

# %% [markdown]
# ## Words, symbols, shapes
#
# What is new since lesson 1 is in bold.
#
# | symbol | in code | what it is | shape | in lesson 1 | why the change |
# |---|---|---|---|---|---|
# | $n$ | `len(y)` | number of samples, here 100 | one int | the same | |
# | $d$ | `X.shape[1]` | **number of features**, here 1 | one int | always 1 | any $d$ from now on |
# | $x$ | `x` | the one feature of our data | `(n,)` | `X` | `X` is a table from now on |
# | $X$ | `X` | **all features**, a row per sample | `(n, d)` | `(n,)` | a column per feature |
# | $X_b$ | `X_b` | **$X$, then a column of 1** | `(n, d + 1)` | none | the bias becomes a weight |
# | $w$ | `w` | **all weights, the bias last** | `(d + 1,)` | two floats | one vector, one update |
# | $\hat y = X_b w$ | `X_b @ w` | the answers | `(n,)` | `w * X + b` | one product |
# | $r = X_b w - y$ | `X_b @ w - y` | residuals | `(n,)` | the same | |
# | $L$ | `np.mean(r**2)` | mean of the squared residuals (MSE) | one float | the same | |
# | $\nabla L$ | `gradient` | **all slopes of the loss** | see section 2 | `dw`, `db` | one vector |
# | $\eta$ | `learning_rate` | how long a step is | one float | the same | |
#
# With one feature, `w[0]` is the slope and `w[1]` the intercept. Books differ: many put the
# column of ones *first*, so that the intercept is `w[0]` (lesson 5 does), and some write
# $\theta$ or $\beta$ for $w$. Nothing depends on it, as long as you never mix the two.

# %% [markdown]
# ## 1 · One column for the bias
#
# For one sample, the line answers $\hat y = w x + b$. Write the second term as $b \cdot 1$, and
# the answer is a sum of products, *weight times input*, twice:
#
# $$\hat y = w \cdot x + b \cdot 1$$
#
# So give every sample a second input that is always 1. Its weight is the bias, and the model
# needs no special case any more.
#
# | sample | `x` | its row of `X_b` | times the weights `[3, 2]` |
# |---|---|---|---|
# | 0 | 5 | `[5, 1]` | 3 · 5 + 2 · 1 = 17 |
# | 1 | 7 | `[7, 1]` | 3 · 7 + 2 · 1 = 23 |
#
# In NumPy that is `X_b @ w`, from shapes `(n, d + 1)` and `(d + 1,)` to `(n,)`.

# %% [markdown]
# ### Exercise: `add_bias_column`
#
# Write the body. `X` is either one feature of shape `(n,)` or a table of shape `(n, d)`, and the
# result is always a table with one column more, the ones **last**.

# %% answer="add_bias_column"
def add_bias_column(X):
    """Set a column of ones behind the features: (n,) or (n, d) becomes (n, d + 1)."""
    ### BEGIN SOLUTION
    return np.column_stack([X, np.ones(len(X))])
    ### END SOLUTION

# %% test="add_bias_column" points=2
expect(add_bias_column, np.array([5.0, 7.0])).gives(np.array([[5.0, 1.0], [7.0, 1.0]]))
expect(add_bias_column, np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])).gives(
    np.array([[1.0, 2.0, 3.0, 1.0], [4.0, 5.0, 6.0, 1.0]]),
    {
        "A table with several features has to work as well as a single one.": (
            lambda call: call.error is not None or np.size(call.value) != 8
        ),
    },
)

# %% [markdown] hints="add_bias_column"
# How many ones do you need? As many as there are samples, whatever the number of features:
# `len(X)` counts the rows of a table and the items of a single feature alike. `np.ones(n)` makes
# `n` of them.
#
# NumPy has several functions that put arrays side by side. `np.hstack` wants tables only.
# `np.column_stack` takes a list of arrays and turns those of shape `(n,)` into columns first.
# The order in the list is the order of the columns.

# %% [markdown]
# Here are the data for the whole lesson. The secret line is $y = 3x + 2$, with $x$ between 0 and
# 10 and normal noise of standard deviation 1. The descent is going to start from two weights
# drawn at random.

# %% locked="lesson_data"
rng = np.random.default_rng(0)
x = rng.uniform(0, 10, 100)
y = 3 * x + 2 + rng.normal(0, 1, 100)
w_start = rng.standard_normal(2)

X_b = add_bias_column(x)
print(f"X_b has shape {X_b.shape}, y {y.shape}, w_start {w_start.shape}")
print(f"start: slope {w_start[0]:.4g}, intercept {w_start[1]:.4g}")

# %% locked="lesson_data_picture"
figure, axis = plt.subplots(layout="constrained")
ends = np.array([0.0, 10.0])
axis.plot(x, y, "o", markersize=4.5, label="data")
axis.plot(ends, 3 * ends + 2, "k--", linewidth=1.5, label="the secret line")
axis.plot(ends, w_start[0] * ends + w_start[1], color="#D55E00", label="the line at the start")
axis.set(xlabel="feature x (no unit)", ylabel="target y (no unit)")
axis.legend()
show(
    figure,
    "The hundred points in a narrow band around the dashed secret line, which rises from 2 at "
    "x = 0 to 32 at x = 10. The line at the start falls gently from 0.6 to -4, far below them.",
)

# %% [markdown]
# ## 2 · All slopes at once
#
# In lesson 1 you found the slope of the loss along $w$, and then the slope along $b$ by the same
# three lines of algebra. Both were a mean over the samples: *twice the residual, times the input
# that the weight belongs to*. For $w$ that input is $x$, for $b$ it is 1.
#
# With the bias column there is one sentence for all of them. The input that belongs to weight
# number $j$ is column $j$ of $X_b$:
#
# $$\frac{\partial L}{\partial w_j} = \frac{1}{n} \sum_{i=1}^{n} 2\, r_i\, X_{b,ij}$$
#
# In NumPy, for one $j$: `np.mean(2 * r * X_b[:, j])`, where `r` and the column have shape `(n,)`.
# The slopes for all $j$, in a vector, are the **gradient**.

# %% predict example=[100, 2] confidence=60
predict.shape(
    "gradient_shape",
    "Here X_b is (100, 2), w is (2,) and y is (100,). Which shape does the gradient have?",
)

# %% [markdown]
# ### Exercise: `mse_gradient`
#
# Write the body. It has to work for any number of columns, and it computes the slopes: nudging
# comes afterwards, as a check. A loop over the columns is right; a matrix product does all of them
# in one line.

# %% answer="mse_gradient"
def mse_gradient(X_b, y, w):
    """Give the slopes of the mean squared error along all weights, an array of w's shape.

    X_b has shape (n, d + 1), y (n,) and w (d + 1,).
    """
    ### BEGIN SOLUTION
    residuals = X_b @ w - y
    return (2 / len(y)) * X_b.T @ residuals
    ### END SOLUTION

# %% test="mse_gradient" points=4
two_samples, two_targets = np.array([[1.0, 1.0], [2.0, 1.0]]), np.array([3.0, 5.0])
expect(mse_gradient, two_samples, two_targets, np.array([0.0, 0.0])).gives(np.array([-13.0, -8.0]))
expect(
    mse_gradient, np.array([[1.0, 0.0, 1.0], [0.0, 2.0, 1.0]]), np.array([1.0, 1.0]), np.ones(3)
).gives(
    np.array([1.0, 4.0, 3.0]),
    {
        "Shapes that do not fit: which of the two factors has n rows, and which needs n columns?": (
            lambda call: isinstance(call.error, ValueError)
        ),
        "Three weights need three slopes.": lambda call: np.size(call.value) != 3,
    },
)

# %% [markdown] hints="mse_gradient"
# Two steps: the residuals, an array of shape `(n,)`; then their products with each column,
# summed over the samples. A matrix product `A @ r` sums along the *rows* of `A`. So what you
# want to sum with the residuals has to lie in the rows of `A`.
#
# Go by the shapes: `r` is `(n,)` and the result `(d + 1,)`, so the matrix between them has to be
# `(d + 1, n)`. You have one of shape `(n, d + 1)`, and `.T` turns it. The factor in front is
# 2 divided by the number of samples.

# %% reveal
gradient = mse_gradient(X_b, y, w_start)

reveal(
    "gradient_shape",
    gradient.shape,
    notes=(
        "One slope for each weight, so the gradient always has the shape of w. That lets you write "
        "w - learning_rate * gradient. If you said (100, 2), you kept every sample's share apart: "
        "that table exists, and the gradient is its mean over the samples. If you said (2, 1): "
        "NumPy keeps vectors in one axis."
    ),
)

# %% [markdown]
# Never trust a gradient that nobody has measured. As in lesson 1, nudge each weight up and down
# by a small $h$, and see how the loss changes.

# %% locked="gradient_check"
h = 1e-4
print("              your gradient   by nudging")
for j, name in enumerate(["slope", "intercept"]):
    nudge = np.zeros(2)
    nudge[j] = h
    loss_up = np.mean((X_b @ (w_start + nudge) - y) ** 2)
    loss_down = np.mean((X_b @ (w_start - nudge) - y) ** 2)
    measured = (loss_up - loss_down) / (2 * h)
    print(f"{name:13} {gradient[j]:14.4g} {measured:12.4g}")

# %% [markdown] written="derive_gradient"
# **Explain.** In matrix form the gradient is
#
# $$\nabla L = \frac{2}{n}\, X_b^{\mathsf T} (X_b w - y) .$$
#
# Derive it from $L = \frac1n \sum_i r_i^2$: begin with one weight $w_j$ and one sample $i$, go on
# to all samples, then to all weights. Then say in a sentence or two where the transpose comes
# from. Formulas, words or a mixture of both will do.
#
# ### BEGIN SOLUTION
# The residual of sample $i$ is $r_i = \sum_k X_{b,ik} w_k - y_i$. Nudge one weight $w_j$ by $h$:
# only the term with $k = j$ changes, so the residual grows by $h X_{b,ij}$. The square changes by
# $2 r_i X_{b,ij} h + X_{b,ij}^2 h^2$. Divided by $h$, for a small $h$, that is $2 r_i X_{b,ij}$
# (the chain rule says the same: outer derivative $2 r_i$, inner $X_{b,ij}$). The loss is the mean
# over the samples, so $\partial L/\partial w_j = \frac2n \sum_i X_{b,ij} r_i$. For all $j$
# together: the sum runs over $i$, the *row* index of $X_b$, while a matrix times a vector sums
# over the *column* index. Turning $X_b$ makes column $j$ into row $j$, and row $j$ of
# $X_b^{\mathsf T}$ times $r$ is exactly that sum. The shapes agree: $(d+1, n)$ times $(n,)$ gives
# $(d+1,)$, one slope for each weight.
#
# **Marking: 4 points, one for each idea.**
#
# - 1 point: how a residual depends on one weight: its change is $X_{b,ij}$ per unit of $w_j$.
# - 1 point: the square gives $2 r_i X_{b,ij}$, by the chain rule or by a nudge.
# - 1 point: the mean over the samples gives $\frac2n \sum_i X_{b,ij} r_i$ for each weight.
# - 1 point: the transpose: the sum runs over the samples, that is down a column of $X_b$, and
#   $X_b^{\mathsf T}$ has those columns as its rows. An argument from shapes alone
#   ("$(d+1, n)$ times $(n,)$ gives $(d+1,)$") earns half a point.
#
# A derivation with matrices throughout ($L = \frac1n r^{\mathsf T} r$, $dL = \frac2n r^{\mathsf T}
# X_b\, dw$, hence the gradient) earns the first three points too. Half a point off, once, for a
# missing factor or a wrong sign. No deduction for language or notation.
#
# *Full (4):* "r_i = sum of X_ij w_j minus y_i. d r_i / d w_j = X_ij. So d(r_i^2)/dw_j = 2 r_i X_ij
# and the mean is 2/n sum_i r_i X_ij. That is column j of X_b dotted with r. A matrix product takes
# rows, so to have the columns as rows you transpose."
#
# *Half (2):* "The derivative of r squared is 2r times the inner derivative X. Then 2/n X^T r. You
# need the transpose because otherwise the shapes do not match." (Square and chain rule, 1; what
# the inner derivative is for one weight, half; shapes alone, half.)
#
# *None (0):* "You derive the loss and get the formula. The transpose is needed for the matrix."
# ### END SOLUTION

# %% [markdown]
# ## 3 · The loop, once and for all
#
# The step of lesson 1, for all weights in one line:
#
# $$w \leftarrow w - \eta\, \nabla L$$
#
# In NumPy: `w = w - learning_rate * mse_gradient(X_b, y, w)`, with both sides of shape
# `(d + 1,)`. No weight can move before another's slope is measured, as they all move together.
#
# You are going to run 200 epochs at a learning rate of 0.01, from the line in the picture. Its
# loss is 526. Two predictions first.

# %% predict example=[526, 150, 60, 30, 15, 8, 5, 3, 2, 1.5, 1] confidence=60
predict.curve(
    "mse_curve",
    "The loss over 200 epochs at a rate of 0.01. The axis is logarithmic: 1, 10, 100, 1000.",
    x=(0, 200),
    y=(0.5, 1000),
    xlabel="epoch",
    ylabel="loss (mean squared error, log scale)",
    log_y=True,
)

# %% predict example="c" confidence=60
predict.choice(
    "settles_first",
    "Which of the two weights settles first?",
    {
        "a": "The slope: it is there while the intercept is still on its way.",
        "b": "The intercept: it only has to shift the line.",
        "c": "Both at about the same time: they share one learning rate.",
    },
)

# %% [markdown]
# ### Exercise: `fit_gd`
#
# Write the body. It returns two things: the weights after the last step, and a list with one
# loss per epoch, each measured **before** that epoch's step.
#
# The caller's `w0` must be the same afterwards, or a second run from "the same" start would begin
# where the first one ended. Mind the difference: `w = w - ...` makes a new array, `w -= ...`
# writes into the old one.

# %% answer="fit_gd"
def fit_gd(X_b, y, w0, learning_rate, n_epochs):
    """Take n_epochs steps of gradient descent from w0, which is left as it is.

    X_b has shape (n, d + 1), y (n,) and w0 (d + 1,). Returns (w, losses): the weights after
    the last step and a list of n_epochs losses, each before its step.
    """
    ### BEGIN SOLUTION
    w = w0.copy()
    losses = []
    for _ in range(n_epochs):
        losses.append(np.mean((X_b @ w - y) ** 2))
        w = w - learning_rate * mse_gradient(X_b, y, w)
    return w, losses
    ### END SOLUTION

# %% test="fit_gd" points=4
two_samples, two_targets = np.array([[1.0, 1.0], [2.0, 1.0]]), np.array([3.0, 5.0])
expect(fit_gd, two_samples, two_targets, np.array([0.0, 0.0]), 0.1, 2).gives(
    (np.array([1.71, 1.05]), [17.0, 1.685])
)
expect(fit_gd, two_samples, two_targets, np.array([1.0, 1.0]), 0.1, 1).gives(
    (np.array([1.5, 1.3]), [2.5])
)
expect(fit_gd, two_samples, two_targets, np.array([0.0, 0.0]), 5.0, 300).satisfies(
    lambda result: len(result[1]) == 300 and not np.isfinite(result[1][-1]),
    "300 losses, the last of them inf or nan: a run that diverges goes on to its end",
    {
        "A rate that is too large is not an error: let the numbers overflow.": (
            lambda call: call.error is not None
        ),
        "This run stopped early; 300 losses are asked, whatever they are.": (
            lambda call: len(call.value[1]) < 300
        ),
    },
)

# %% [markdown] hints="fit_gd"
# It is the loop of lesson 1's `train` with one vector in the place of two numbers. Before the
# loop: a copy of the start (`w0.copy()`) and an empty list. In the loop, in this order: measure
# the loss and note it, then move.
#
# The loss is the mean of the squares of `X_b @ w - y`. The step is the line under the formula
# above; `mse_gradient` has to be called anew in each round, at the weights of that round. After
# the loop, return both, with a comma between them.

# %% locked="first_run"
w_200, losses = fit_gd(X_b, y, w_start, 0.01, 200)
print(f"loss before the first step  {losses[0]:.4g}")
print(f"loss before step 5          {losses[5]:.3g}")
print(f"loss before step 199        {losses[199]:.3g}")
print(f"after 200 epochs: slope {w_200[0]:.4g}, intercept {w_200[1]:.4g}")

# %% reveal
reveal(
    "mse_curve",
    [*losses, np.mean((X_b @ w_200 - y) ** 2)],  # at epochs 0, 1, ..., 200
    notes=(
        f"From {losses[0]:.4g} to {losses[5]:.3g} in five epochs, and then hardly anything: "
        f"{losses[199]:.3g} at the end. It looks as if the descent were over after five steps. "
        "Is it? The intercept after 200 epochs is not yet 2. Section 5 looks into it."
    ),
)

# %% [markdown] written="explain_mse"
# **Explain.** In three to six sentences: what does the MSE measure, why are the residuals
# squared (give two reasons), and why is the line at its minimum called the best-fit line?
#
# ### BEGIN SOLUTION
# The MSE is the average squared vertical distance between the targets and the model's answers,
# one number for how wrong the line is on these samples, in the square of y's unit. Squares keep
# residuals of opposite sign from cancelling. They also make a miss twice as long cost four times
# as much, so the fit gives up many small errors to avoid a large one, and unlike the absolute
# value they have a slope everywhere that shrinks near the bottom, which descent needs. As a
# function of the weights the MSE is a bowl with one bottom: there all slopes are zero, no other
# line has a smaller MSE, and that is what "best" means. Best by this measure and for these
# samples; another loss, or other samples, would choose another line.
#
# **Marking: 4 points, one for each idea.**
#
# - 1 point: what it measures: the mean of the squared distances, *in the direction of y*, between
#   answer and target (half a point for "the error" or "how good the line is" without more).
# - 1 point: squares keep positive and negative residuals from cancelling.
# - 1 point: a second reason: large misses count more than in proportion, *or* smooth everywhere
#   with a gradient (the absolute value has a corner), *or* one bowl with a formula for its bottom.
# - 1 point: the minimum: no other line has a smaller MSE, so it is best *by this measure* (or: for
#   these points). "There the gradient is zero" alone earns half.
#
# No deduction for language, or for leaving out units.
#
# *Full (4):* "MSE is the average of the squared vertical gaps between points and line. Squared so
# that +3 and -3 do not cancel, and so that outliers count a lot. The loss is a bowl, at the bottom
# no other line has a lower mean square, so it is the best one if you measure like this."
#
# *Half (2):* "It is the mean of (prediction - target)^2. We square to get rid of the minus. At the
# minimum the error is smallest so it fits best." (What, 1; signs, 1; "fits best" only says the
# word again.)
#
# *None (0):* "MSE shows how good the model is. Squares make it mathematically better. The minimum
# is the best because it is the lowest."
# ### END SOLUTION

# %% [markdown]
# ## 4 · When steps are too long
#
# In lesson 1 a rate of 0.1 worked very well. These are other data, with $x$ up to 10. What does
# 0.1 do here?

# %% predict example="a" confidence=60
predict.choice(
    "rate_one_tenth",
    "What does a learning rate of 0.1 do to the loss?",
    {
        "a": "It falls faster than with 0.01: steps ten times as long.",
        "b": "It jumps up and down at first, and then settles.",
        "c": "It grows from the first step on, without end.",
        "d": "It falls at first and starts to grow later.",
    },
)

# %% locked="four_steps"
_, first_losses = fit_gd(X_b, y, w_start, 0.1, 5)
for epoch, loss in enumerate(first_losses):
    print(f"loss before step {epoch}  {loss:.4g}")

# %% reveal
always_grows = all(later > earlier for earlier, later in zip(first_losses, first_losses[1:]))
ends_higher = first_losses[-1] > first_losses[0]

reveal(
    "rate_one_tenth",
    "c" if always_grows else "d" if ends_higher else "b",
    why={
        "a": "It is the natural guess, and true as long as the steps do not overshoot.",
        "b": "Jumps that die out need a rate between half the border and the border.",
        "c": "Each step lands further up on the other side than it began, from the first one on.",
        "d": "That takes a start where the growing part is tiny. Here it is large from the start.",
    },
    notes="The border depends on the data, not on the method. Below you compute it.",
)

# %% [markdown]
# How long can that go on? A `float64` holds numbers up to about $1.8 \cdot 10^{308}$; what is
# larger becomes `inf`. Look at the five losses above, and estimate how many steps it takes.

# %% predict example=300 confidence=55
predict.number(
    "first_inf",
    "At a rate of 0.1, what is the index of the first loss that is inf?",
    low=1,
    high=1000,
)

# %% locked="overflow_run"
with np.errstate(over="ignore", invalid="ignore"):
    w_lost, lost = fit_gd(X_b, y, w_start, 0.1, 400)

# %% reveal
first_inf = int(np.argmax(np.isinf(lost)))


def draw_overflow():
    figure, axis = plt.subplots(layout="constrained")
    finite = np.array(lost[:first_inf], dtype=float)
    axis.plot(np.log10(finite), label="loss at rate 0.1")
    axis.axhline(np.log10(np.finfo(float).max), color="k", linestyle="--", label="largest float64")
    axis.plot(first_inf, 308.25, "X", color="#D55E00", markersize=10, label="the first inf")
    axis.set(xlabel="epoch", ylabel="power of ten of the loss")
    axis.legend(loc="lower right")
    return figure, (
        "The power of ten of the loss over the epochs. It is a straight line from 2.7 at epoch 0 "
        "to 308 at about epoch 180, where it meets the dashed line of the largest number."
    )


reveal(
    "first_inf",
    first_inf,
    draw=draw_overflow,
    notes=(
        f"Each step multiplies the loss by about {lost[4] / lost[3]:.3g}, which adds "
        f"{np.log10(lost[4] / lost[3]):.3g} to its power of ten. From about 3 to 308 that takes "
        "some 180 steps; the sum of the hundred squares, from which the mean is made, overflows a "
        "step early. The run was given 400 epochs and did not stop: first inf, later nan, because "
        "inf minus inf is not a number."
    ),
)

# %% [markdown]
# ### Exercise: `steps_to`
#
# How many steps does a run need? Write a function that finds it in its list of losses: the first
# index at which the loss is **at or under** the target.
#
# Two cases give `None`. The run never gets there. Or any of its losses is `inf` or `nan`: such a
# run has diverged, even if it passed the target before. A run that grows, but whose losses are
# all finite, has not diverged *yet*, and counts like any other.

# %% answer="steps_to"
def steps_to(losses, target):
    """Give the first index at which losses, a list of floats, is at or under target.

    Gives None if it never is, and None if any loss of the run is not finite.
    """
    ### BEGIN SOLUTION
    if not np.all(np.isfinite(losses)):
        return None
    for index, loss in enumerate(losses):
        if loss <= target:
            return index
    return None
    ### END SOLUTION

# %% test="steps_to" points=3
expect(steps_to, [9.0, 5.0, 2.5, 3.0, 4.0, 1.5, 1.0, 1.8], 2.5).gives(2)
expect(steps_to, [9.0, 5.0, 2.0], 9.5).gives(0)
expect(steps_to, [9.0, 5.0], 1.0).gives(
    None, {"A run that never arrives has no index: None is asked.": lambda call: True}
)
expect(steps_to, [9.0, 1.0, 50.0, float("inf")], 2.0).gives(None)
expect(steps_to, [9.0, 1.0, 50.0, float("nan")], 2.0).gives(None)
expect(steps_to, [9.0, 1.0, 50.0, 4e9], 2.0).gives(
    1, {"This run grows, but all of its losses are finite: it has not diverged yet.": None}
)

# %% [markdown] hints="steps_to"
# Two questions, one after the other. First, about the whole list: is every loss finite?
# `np.isfinite(losses)` answers for each, for `inf` and `nan` alike. Only then look for the first
# one that is small enough.
#
# `for index, loss in enumerate(losses):` gives index and loss together. As soon as one is at or
# under the target, return its index: a `return` ends the function, so what comes back is the
# first. And after the loop?

# %% [markdown]
# Now use it. How many epochs does each rate need until the loss is under 1?

# %% locked="rates"
for rate in [0.001, 0.01, 0.02, 0.024, 0.026, 0.1]:
    with np.errstate(over="ignore", invalid="ignore"):
        _, run = fit_gd(X_b, y, w_start, rate, 4000)
    last = f"{run[-1]:.3g}" if np.isfinite(run[-1]) else "not finite"
    print(f"rate {rate:<6} first under 1 at {steps_to(run, 1.0)!s:>5}   last loss {last}")

# %% [markdown]
# ### Where is the border?
#
# In lesson 1 the loss along one parameter was a parabola, and each step multiplied the distance
# to its bottom by $1 - 2 \eta c$. With two weights the loss is a **bowl**. Cut it through the
# bottom in any direction, and you see a parabola; some cuts are steep, some are flat. The number
# that says how steep is the *curvature*, and a matrix holds all of them, the **Hessian**:
#
# $$H = \frac{2}{n} X_b^{\mathsf T} X_b$$
#
# The largest and the smallest curvature are its eigenvalues, in NumPy
# `np.linalg.eigvalsh(H)`, from shape `(d + 1, d + 1)` to `(d + 1,)`. Along a cut with curvature
# $\lambda$, each step multiplies the distance by $1 - \eta\lambda$. That is larger than 1 in size
# as soon as $\eta > 2/\lambda$, and the steepest cut is the first where this happens.

# %% locked="border"
H = 2 / len(y) * X_b.T @ X_b
flattest, steepest = np.linalg.eigvalsh(H)
print(f"curvature of the steepest cut  {steepest:.4g}")
print(f"curvature of the flattest cut  {flattest:.4g}")
print(f"condition number, their ratio  {steepest / flattest:.3g}")
print(f"border for the learning rate   {2 / steepest:.4g}")
print()
for rate in [0.02498, 0.02499]:
    run = fit_gd(X_b, y, w_start, rate, 200)[1]
    print(f"rate {rate}: loss {run[0]:.4g} at first, {run[-1]:.3g} after 200 epochs")

# %% [markdown]
# The formula holds from both sides: just below the border the loss falls, though slowly, and
# just above it grows. Rounded down, the largest stable rate is 0.024987. At 0.1 the factor along
# the steepest cut is $1 - 0.1 \cdot 80 = -7$, so the loss grows by $7^2 = 49$ a step: the number
# that you saw.

# %% [markdown]
# ## 5 · A plateau is not arrival
#
# Back to the good run at 0.01. After five epochs its loss hardly fell any more. What were the
# weights doing? `fit_gd` gives only the last ones, so you need pictures taken on the way.

# %% [markdown]
# ### Exercise: `snapshots`
#
# Write `snapshots` so that row `k` of its result is `w` after `epochs[k]` steps. The numbers in
# `epochs` increase; 0 steps, which is the start itself, is allowed.
#
# One trap lies here: a name for an array is not a copy of it. Append the same array four times
# and change it between, and you have four names for its last state.

# %% answer="snapshots"
def snapshots(X_b, y, w0, learning_rate, epochs=(0, 5, 50, 200)):
    """Give w after each of these numbers of steps, as an array (len(epochs), d + 1)."""
    ### BEGIN SOLUTION
    w = w0.copy()
    rows = []
    for epoch in range(max(epochs) + 1):
        if epoch in epochs:
            rows.append(w.copy())
        w = w - learning_rate * mse_gradient(X_b, y, w)
    return np.array(rows)
    ### END SOLUTION

# %% test="snapshots" points=3
two_samples, two_targets = np.array([[1.0, 1.0], [2.0, 1.0]]), np.array([3.0, 5.0])
expect(snapshots, two_samples, two_targets, np.array([0.0, 0.0]), 0.1, (0, 1, 2)).gives(
    np.array([[0.0, 0.0], [1.3, 0.8], [1.71, 1.05]])
)
expect(snapshots, two_samples, two_targets, np.array([1.0, 1.0]), 0.1, (1, 2)).gives(
    np.array([[1.5, 1.3], [1.66, 1.39]])
)
expect(snapshots, two_samples, two_targets, np.array([0.0, 0.0]), 0.1).satisfies(
    lambda rows: rows.shape == (4, 2), "four rows, for 0, 5, 50 and 200 steps, if nothing is said"
)

# %% [markdown] hints="snapshots"
# There are two ways. One run that goes up to the last of `epochs` and keeps a copy whenever it
# passes one of them. Or a fresh run of `fit_gd` for each of them, which costs more steps and
# fewer lines.
#
# First way: for every epoch from 0 to the last one *included*, check `if epoch in epochs` and
# append `w.copy()`, and only then take the step. Second way: the first item of what `fit_gd`
# returns, for each number of steps, from the same `w0`. Either way, make one array of the rows
# at the end.

# %% locked="snapshot_table"
taken = snapshots(X_b, y, w_start, 0.01)
lowest = np.polyfit(x, y, 1)  # slope and intercept at the bottom of the bowl, found without steps

print("epoch   slope   intercept    loss")
for epoch, w in zip([0, 5, 50, 200], taken):
    print(f"{epoch:5} {w[0]:7.3f} {w[1]:11.3f} {np.mean((X_b @ w - y) ** 2):7.3g}")
print(f"end   {lowest[0]:7.3f} {lowest[1]:11.3f} {np.mean((X_b @ lowest - y) ** 2):7.3g}")

# %% reveal
left_to_go = np.abs(taken[2] - lowest) / np.abs(taken[0] - lowest)  # at epoch 50, as a share

reveal(
    "settles_first",
    "a" if left_to_go[0] < left_to_go[1] / 2 else "b" if left_to_go[1] < left_to_go[0] / 2 else "c",
    why={
        "a": "A nudge of the slope moves points by up to 10, so the loss pulls hard on it.",
        "b": "Shifting sounds easy, but a nudge of the intercept moves each point by only 1.",
        "c": "They share the rate, but a step is the rate times the slope of the loss.",
    },
    notes=(
        f"After 50 epochs the slope has {100 * left_to_go[0]:.2g} % of its way left, the intercept "
        f"{100 * left_to_go[1]:.2g} %. After 200 epochs the intercept is at {taken[3][1]:.4g}, and "
        f"the bottom of the bowl is at {lowest[1]:.4g}."
    ),
)

# %% [markdown]
# The loss cannot show it, since the intercept has so little influence on it. Look at loss and
# weights side by side, over a thousand epochs.

# %% locked="plateau"
path = [w_start]
for _ in range(1000):
    path.append(path[-1] - 0.01 * mse_gradient(X_b, y, path[-1]))
path = np.array(path)
path_losses = np.mean((path @ X_b.T - y) ** 2, axis=1)

figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained")
left.plot(path_losses, label="loss")
bottom = np.mean((X_b @ lowest - y) ** 2)
left.axhline(bottom, color="k", linestyle="--", linewidth=1.2, label="lowest possible")
left.set(yscale="log", xlabel="epoch", ylabel="loss (mean squared error, log scale)")
left.legend()
for j, name, color, style in [(0, "slope", "#0072B2", "-"), (1, "intercept", "#D55E00", "-.")]:
    right.plot(path[:, j], color=color, linestyle=style, label=name)
    right.axhline(lowest[j], color=color, linestyle=":", linewidth=1.5, label=f"{name}, at the end")
right.set(xlabel="epoch", ylabel="weight (no unit)", ylim=(-0.6, 3.6))
right.legend(loc="lower right")
show(
    figure,
    "Two panels over 1000 epochs. Left: on a logarithmic scale the loss drops from 526 to about 1 "
    "at once and is flat from then on. Right: the slope jumps to about 3 at once, while the "
    "intercept climbs slowly from 1.1 and reaches its final value near 2 only at the end.",
)

# %% [markdown]
# ### A long, narrow valley
#
# Seen from above, the bowl is a valley. Across it the curvature is 80, along it 0.46, and the
# ratio, the **condition number**, is 174. At a rate of 0.01, a step leaves
# $1 - 0.01 \cdot 80 = 0.2$ of the distance *across* the valley, which is gone after five steps.
# *Along* the valley it leaves $1 - 0.01 \cdot 0.46 = 0.9954$, and after 200 steps still 40 % of
# the way.
#
# A larger rate would be the cure for the second, but the first forbids it. One rate for two
# curvatures: that is the weakness of gradient descent, and lessons 5 and 6 are about it.

# %% locked="valley"
slopes, intercepts = np.meshgrid(np.linspace(2.4, 3.4, 161), np.linspace(0.4, 2.8, 161))
surface = np.mean((slopes[..., None] * x + intercepts[..., None] - y) ** 2, axis=-1)

figure, axis = plt.subplots(figsize=(7.2, 4.4), layout="constrained")
levels = [0.95, 1.0, 1.2, 2, 4, 8]
contours = axis.contour(slopes, intercepts, surface, levels=levels, colors="#6E6E6E", linewidths=1)
axis.clabel(contours, levels[1:], fmt="%g", fontsize=8)
axis.plot(*path[1:].T, ".-", color="#0072B2", markersize=5, linewidth=1, label="descent")
for epoch in [5, 50, 200]:
    axis.plot(*path[epoch], "o", color="#E69F00", markeredgecolor="k", markersize=8)
    axis.annotate(f"epoch {epoch}", path[epoch], xytext=(9, 3), textcoords="offset points")
axis.plot(*lowest, "k*", markersize=14, label="bottom of the valley")
axis.set(xlim=(2.4, 3.4), ylim=(0.4, 2.8), title="lines of equal loss, and the descent")
axis.set(xlabel="slope w[0] (no unit)", ylabel="intercept w[1] (no unit)")
axis.legend(loc="lower left")
show(
    figure,
    "Contour lines of the loss over slope and intercept: long, narrow, tilted ellipses. The "
    "descent enters from the left, crosses to the floor of the valley within five steps and then "
    "creeps along it, past epoch 50 at intercept 1.3 and epoch 200 at 1.6, towards the bottom at "
    "slope 2.99 and intercept 1.99.",
)

# %% [markdown]
# ## 6 · No steps at all
#
# At the bottom of the bowl every slope is zero. That is an equation, and equations can be solved:
#
# $$\frac{2}{n} X_b^{\mathsf T} (X_b w - y) = 0
# \qquad\Longleftrightarrow\qquad X_b^{\mathsf T} X_b\, w = X_b^{\mathsf T} y$$
#
# These are the **normal equations**, $d + 1$ equations for $d + 1$ weights. Solving them takes
# you to the bottom in one go: a **closed form**, without a rate and without epochs.
#
# So you are going to have two fits: descent after 200 epochs, and the closed form. Neither has
# seen the secret line, $y = 3x + 2$. Two predictions.

# %% predict example="c" confidence=60
predict.choice(
    "nearer_truth",
    "Which fit has its slope and intercept nearer to 3 and 2?",
    {
        "a": "Gradient descent after 200 epochs.",
        "b": "The closed form.",
        "c": "Neither: both find the same line.",
    },
)

# %% predict example="b" confidence=75
predict.choice(
    "lower_mse",
    "Which line has the lower MSE on the hundred points?",
    {
        "a": "Gradient descent after 200 epochs.",
        "b": "The closed form.",
        "c": "The secret line, y = 3x + 2.",
    },
)

# %% [markdown]
# ### Two columns that tell the same story
#
# The normal equations invite you to multiply by the inverse of $X_b^{\mathsf T} X_b$. Before you
# do: what if the table holds a length in metres *and* the same length in centimetres? Then one
# column is a multiple of another, the columns are **collinear**, and there is no inverse.

# %% locked="collinear"
metres = np.array([1.0, 2.0, 4.0])
twice_told = np.column_stack([metres, 100 * metres, np.ones(3)])
print(f"columns: {twice_told.shape[1]}, but only {np.linalg.matrix_rank(twice_told)} independent")
try:
    np.linalg.inv(np.array([[2.0, 2.0], [2.0, 2.0]]))
except np.linalg.LinAlgError as error:
    print(f"the inverse of [[2, 2], [2, 2]]: {error}")

# %% [markdown]
# A best fit still exists, even too many of them: whatever one of the two columns explains, the
# other could. All of these weight vectors reach the same lowest loss. The usual choice is the
# **shortest**, the one with the smallest $\sum_j w_j^2$, the *minimum-norm* solution. Where the
# columns are independent there is only one best fit, and it is that one.

# %% [markdown]
# ### Exercise: `fit_closed_form`
#
# Write the body, so that it gives the least-squares weights, and the shortest ones where there
# are many. NumPy has more than one tool for it.

# %% answer="fit_closed_form"
def fit_closed_form(X_b, y):
    """Give the weights (d + 1,) with the lowest MSE, the shortest vector if there are many."""
    ### BEGIN SOLUTION
    return np.linalg.pinv(X_b) @ y
    ### END SOLUTION

# %% test="fit_closed_form" points=3
three_samples = np.array([[1.0, 1.0], [2.0, 1.0], [3.0, 1.0]])
expect(fit_closed_form, three_samples, np.array([1.0, 2.0, 2.0])).gives(
    np.array([0.5, 2 / 3]),
    {
        "Four things come back; the weights alone are asked.": lambda call: len(call.value) == 4,
        "Those are the model's answers; its weights are asked.": np.array([7 / 6, 10 / 6, 13 / 6]),
        "Three weights for two columns: the ones are in X_b already.": (
            lambda call: len(call.value) == 3
        ),
        "The numbers are right, but weights have one axis: shape (2,).": np.array([[0.5], [2 / 3]]),
    },
)
expect(fit_closed_form, np.ones((2, 2)), np.array([2.0, 4.0])).gives(
    np.array([1.5, 1.5]),
    {
        "These two columns are alike, so there is no inverse; a best fit exists all the same.": (
            lambda call: call.error is not None or np.abs(call.value.sum() - 3) > 1e-3
        ),
        "That reaches the lowest loss, but a shorter vector does so too.": (
            lambda call: np.abs(call.value.sum() - 3) <= 1e-3
        ),
    },
)

# %% [markdown] hints="fit_closed_form"
# An inverse undoes a matrix. What does the job of an inverse when there is none is called a
# *pseudoinverse*. NumPy keeps it in `np.linalg`, beside a function that solves least squares
# directly and is named after it.
#
# `np.linalg.pinv(A)` is the pseudoinverse of any matrix, also of one that is not square: no need
# to form $X_b^{\mathsf T} X_b$ at all. What do you multiply it with, and from which side, so that
# `(d + 1, n)` and `(n,)` give `(d + 1,)`? The other way, `np.linalg.lstsq(A, b, rcond=None)`,
# returns four things, the solution first.

# %% locked="two_fits"
w_closed = fit_closed_form(X_b, y)
fits = {
    "descent, 200 epochs": w_200,
    "closed form": w_closed,
    "secret line": np.array([3.0, 2.0]),
}
fit_losses = {name: np.mean((X_b @ w - y) ** 2) for name, w in fits.items()}
for name, w in fits.items():
    print(f"{name:20} slope {w[0]:.4g}   intercept {w[1]:.4g}   MSE {fit_losses[name]:.4g}")

# %% reveal
off_descent = np.linalg.norm(w_200 - [3, 2])
off_closed = np.linalg.norm(w_closed - [3, 2])


def draw_fits():
    figure, axis = plt.subplots(figsize=(7.2, 4.4), layout="constrained")
    axis.contour(slopes, intercepts, surface, [0.95, 1.0, 1.2], colors="#6E6E6E", linewidths=1)
    for (name, w), marker, color in zip(fits.items(), "os*", ["#0072B2", "#E69F00", "k"]):
        axis.plot(*w, marker, color=color, markeredgecolor="k", markersize=11, label=name)
    axis.set(xlim=(2.85, 3.2), ylim=(1.0, 2.6), title="lines of equal loss, and three fits")
    axis.set(xlabel="slope w[0] (no unit)", ylabel="intercept w[1] (no unit)")
    axis.legend(loc="upper right")
    return figure, (
        "Slope and intercept of three lines over narrow contour lines of the loss. The closed form "
        "lies in the innermost ellipse, at 2.99 and 1.99, almost on the secret line at 3 and 2. "
        "Descent after 200 epochs lies further down the valley, at 3.04 and 1.63."
    )


reveal(
    "nearer_truth",
    "c" if abs(off_descent - off_closed) < 0.01 else "a" if off_descent < off_closed else "b",
    why={
        "a": "It would take luck: descent stopped on its way, at a place that the start decides.",
        "b": "It sits at the bottom of the bowl, and with a hundred points that is near the truth.",
        "c": "In the end they would be the same. After 200 epochs the intercept is not there yet.",
    },
    draw=draw_fits,
    notes=(
        f"Distance from (3, 2): descent {off_descent:.2g}, closed form {off_closed:.2g}. That the "
        "closed form comes so near is partly luck too: with other noise its intercept would be "
        "off by about 0.2."
    ),
)

# %% reveal
reveal(
    "lower_mse",
    {"descent, 200 epochs": "a", "closed form": "b", "secret line": "c"}[
        min(fit_losses, key=fit_losses.get)
    ],
    why={
        "a": "It is still above the bottom, and each further step brings it nearer.",
        "b": "It must be: it is the bottom of the bowl, and no line at all has a lower MSE.",
        "c": "The truth does not follow the noise of these points; the best fit does, a little.",
    },
    notes=(
        "Nearer to the truth was luck in part. Lower in MSE is no luck: that is what the closed "
        "form was made for."
    ),
)

# %% [markdown]
# ## 7 · What noise does
#
# Turn the noise up. The points scatter more, but they scatter around the same line. What happens
# to the fit, and to its MSE?

# %% predict example=10 confidence=60
predict.number(
    "noise_mse",
    "The noise now has standard deviation 10. What is the MSE of the best fit, roughly?",
    low=0,
    high=10000,
)

# %% [markdown]
# ### Exercise: `noise_study`
#
# Write the whole function `noise_study(noise_stds, rng)`. For each level in `noise_stds` it makes
# fresh data (100 values of $x$, uniform in $[0, 10]$, and $y = 3x + 2$ with *fresh* normal noise of
# that standard deviation), fits them in closed form, and measures the MSE of the fit against the
# noisy `y`. All random numbers come from `rng`.
#
# It returns a dictionary: under each level, a tuple `(slope, intercept, mse)`.

# %% answer="noise_study"
# Write noise_study(noise_stds, rng) here, from def to return.
### BEGIN SOLUTION
def noise_study(noise_stds, rng):
    """Fit fresh data at each noise level; gives a dict: level -> (slope, intercept, mse)."""
    results = {}
    for std in noise_stds:
        x = rng.uniform(0, 10, 100)
        y = 3 * x + 2 + rng.normal(0, std, 100)
        X_b = add_bias_column(x)
        w = fit_closed_form(X_b, y)
        results[std] = (w[0], w[1], np.mean((X_b @ w - y) ** 2))
    return results
### END SOLUTION

# %% test="noise_study" points=3
expect("noise_study", [0.001], np.random.default_rng(1)).satisfies(
    lambda study: (
        list(study) == [0.001]
        and len(study[0.001]) == 3
        and np.allclose(study[0.001][:2], [3, 2], atol=0.01)
    ),
    "{0.001: (slope, intercept, mse)}, with the slope near 3 and the intercept near 2",
    {
        "The levels are the keys of the dictionary.": lambda call: list(call.value) != [0.001],
        "Slope and intercept have changed places.": (
            lambda call: np.allclose(call.value[0.001][:2], [2, 3], atol=0.01)
        ),
        "Each level maps to three numbers.": lambda call: len(call.value[0.001]) != 3,
        "Your function changed the list of levels.": lambda call: bool(call.changed),
        "With next to no noise the fit must find the line itself: is the noise scaled by its "
        "level, and the fit the closed form?": lambda call: abs(call.value[0.001][0] - 3) < 0.5,
    },
)
expect("noise_study", [5.0, 20.0], np.random.default_rng(2)).satisfies(
    lambda study: 7 < study[5.0][2] < 60 and 110 < study[20.0][2] < 950,
    "an MSE of about 25 for noise 5, and of about 400 for noise 20",
    {
        "All points lie on one line: every sample needs a noise value of its own.": (
            lambda call: call.value[5.0][2] < 1e-9
        ),
        "The MSE is far too small: it is measured against the noisy y that was fitted.": (
            lambda call: call.value[5.0][2] < 3
        ),
        "That is a root, or the noise is too small: noise_std is a standard deviation.": (
            lambda call: call.value[20.0][2] < 50
        ),
        "The MSE is far too large: is the noise squared, or the mean missing?": (
            lambda call: call.value[20.0][2] > 2000
        ),
    },
)
expect("noise_study", [1.0, 2.0], np.random.default_rng(3)).satisfies(
    lambda study: abs(study[2.0][2] / study[1.0][2] - 4) > 1e-10,
    "levels that differ in their noise, not only in its size",
    {"Both levels share one draw of noise, scaled; each needs its own.": lambda call: True},
)
again = noise_study([1.0], np.random.default_rng(4))
expect("noise_study", [1.0], np.random.default_rng(4)).gives(
    again, {"The rng starts at the same seed: some numbers do not come from it.": lambda call: True}
)
expect("noise_study", [1.0], np.random.default_rng(5)).satisfies(
    lambda study: abs(study[1.0][0] - again[1.0][0]) > 1e-12,
    "other numbers than before, as rng starts at another seed",
    {"Another rng, and the same numbers: draw from the rng that comes in.": lambda call: True},
)

# %% [markdown] hints="noise_study"
# An empty dictionary, a loop over the levels, and in the loop the life of a data set in four
# lines: draw `x`, make `y`, fit, measure. The cell in section 1 that made the data of this lesson
# shows the first two. You have written the tools for the rest.
#
# Everything random has to be drawn *inside* the loop, or the levels share it. `add_bias_column`
# makes the table, `fit_closed_form` the two weights, and the MSE is the mean of the squares of
# the table times the weights minus the noisy `y`. Store the three numbers as
# `results[level] = (..., ..., ...)`.

# %% locked="noise_table"
levels = [0.5, 1, 2, 5, 10, 20]
study = noise_study(levels, np.random.default_rng(3))
print("noise   slope   intercept      MSE")
for level, (slope, intercept, error) in study.items():
    print(f"{level:5} {slope:7.3g} {intercept:11.3g} {error:8.3g}")

# %% reveal
def draw_noise():
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained")
    errors = [study[level][2] for level in levels]
    left.plot(levels, errors, "o", markersize=7, label="MSE of the fit")
    left.plot(levels, np.square(levels), "k--", linewidth=1.2, label="square of the noise")
    left.set(yscale="log", ylabel="MSE (log scale)")
    left.legend()
    for j, name, marker, color in [(0, "slope", "o", "#0072B2"), (1, "intercept", "s", "#D55E00")]:
        values = [study[level][j] for level in levels]
        right.plot(levels, values, marker, color=color, markersize=7, label=name)
        right.axhline(3 - j, color=color, linestyle="--", linewidth=1.2, label=f"true {name}")
    right.set(ylabel="weight (no unit)")
    right.legend(loc="upper left")
    for axis in (left, right):
        axis.set(xscale="log", xlabel="noise: standard deviation (log scale)")
        axis.set_xticks(levels, [str(level) for level in levels])
        axis.minorticks_off()
    return figure, (
        "Two panels over the noise, from 0.5 to 20. Left, on logarithmic scales: the MSE lies on "
        "the dashed line of the squared noise. Right: slope and intercept lie on their dashed true "
        "values for small noise. At noise 20 the intercept is off by 3.6, the slope by 0.4."
    )


reveal(
    "noise_mse",
    float(study[10][2]),
    within=0.35,
    draw=draw_noise,
    notes=(
        "The residuals of a good fit are the noise itself, and the mean of squared noise is its "
        "variance: 10 squared is 100. (A little less on average, 98: two weights follow a little "
        "of the noise.) A large MSE therefore need not mean a bad fit. If you said 10, you "
        "gave the standard deviation; if 1, the MSE of before."
    ),
)

# %% [markdown]
# Look at the right panel as well. The noise is ten or twenty times as large as before, and the
# slope is still near 3: a hundred points average it out. The intercept suffers more, for the
# same reason that made it slow before: the data say little about it.

# %% [markdown] written="gd_or_closed_form"
# **Explain.** You have two tools: gradient descent and the closed form. For each of these four
# cases, say in a sentence or two which you would take, or what you would watch out for, and why:
#
# 1. two of the columns are collinear;
# 2. there are very many samples (large $n$), say a billion;
# 3. there are very many features (large $d$), say a million;
# 4. the problem is ill-conditioned: the condition number of the Hessian is a million.
#
# ### BEGIN SOLUTION
# 1. With collinear columns $X_b^{\mathsf T} X_b$ has no inverse, so the plain formula fails or
#    gives garbage. The pseudoinverse (or `lstsq`) still gives the shortest best fit. Descent works
#    as well: it reaches a best fit, but which one depends on the start.
# 2. Both must read all samples, the closed form once, descent once per epoch. If the table fits
#    into memory and $d$ is small, the closed form costs about $n d^2$ and is fine. With data that
#    do not fit, descent on parts of them (mini-batches, lesson 5) starts to learn before it has
#    seen everything. (Summing up $X_b^{\mathsf T} X_b$ piece by piece is another good answer.)
# 3. Descent. The closed form needs a $d \times d$ matrix, $10^{12}$ numbers here, and about $d^3$
#    operations to solve it; a step of descent needs only about $n d$.
# 4. The closed form, by SVD or QR. Descent needs a number of steps that grows with the condition
#    number, millions here, because the steepest cut limits the rate and the flattest one waits.
#    (Scaling the features first can help descent a lot.)
#
# **Marking: 4 points, one for each case: half for the choice or warning, half for the reason.**
#
# - Collinear: no inverse, hence pseudoinverse/`lstsq` *or* descent, which ends at a fit that
#   depends on the start. Either tool, with its reason, earns the point.
# - Large $n$: descent with parts of the data because of memory or time, *or* the closed form
#   because it reads the data once and $d$ is small. The reason must speak of the number of passes,
#   of memory, or of the cost growing only linearly in $n$.
# - Large $d$: descent, because of $d^2$ memory or $d^3$ time of the closed form.
# - Ill-conditioned: the closed form (SVD, QR, `lstsq`), or scaling first, because descent needs
#   steps in proportion to the condition number (or: is slow along the flat direction).
#
# No deduction for missing exponents where "grows very fast with d" is said.
#
# *Full (4):* "1 pinv, since the inverse does not exist. 2 GD with batches, a billion rows do not
# fit in memory. 3 GD, a million by a million matrix is too large to store and solve. 4 closed form,
# because GD must use a small rate for the steep direction and then takes forever in the flat one."
#
# *Half (2):* "1 pinv. 2 Gradient descent with batches. 3 Gradient descent. 4 The closed form." (All
# four choices, half a point each, and no reason.)
#
# *None (0):* "The closed form is exact, so I always take it. Descent is only there for learning."
# ### END SOLUTION

# %% [markdown]
# ## What to remember
#
# 1. **A column of ones makes the bias a weight.** Then a model is `X_b @ w`, whatever the number
#    of features.
# 2. **The gradient has the shape of `w`.** The transpose sums over the samples, one row of
#    $X_b^{\mathsf T}$ for each weight.
# 3. **A plateau in the loss is not arrival.** Here the slope was there after five steps, and the
#    intercept needed a thousand, because the steepest direction limits the rate for all.
# 4. **The closed form goes to the bottom in one step.** Use a pseudoinverse or `lstsq`: the plain
#    inverse fails when two columns tell the same story.
# 5. **The MSE of a good fit is the variance of the noise.** A large loss is not always a bad model.

# %% [markdown]
# ## How well do you know what you know?
#
# Eight more predictions, with how sure you were of each.

# %% locked="calibration"
from course import calibration

calibration()

# %% [markdown]
# ## Study with an assistant
#
# As in lesson 1: the prompt asks for a tutor that asks, and never for an answer.

# %% locked="tutor"
from course.tutor import tutor

tutor(
    "linear regression in matrix form: the bias column, gradient descent and the closed form",
    goals=[
        "say what X_b, w and the gradient are, which shapes they have, and why",
        "derive the gradient of the mean squared error for one weight and then for all of them, "
        "and explain where the transpose comes from",
        "explain what the mean squared error measures, and why the residuals are squared",
        "explain why one weight can be slow while the loss looks finished",
        "find the largest stable learning rate from the data, and explain the condition number",
        "say when the plain inverse fails, what a pseudoinverse gives then, and when descent is "
        "the better tool",
        "say what noise does to the fitted weights, and what it does to the loss",
    ],
    try_it=[
        "Shift x so that its mean is 0 and run the 200 epochs again. How do the intercept and the "
        "condition number change?",
        "Divide x by 10. What happens to the border for the learning rate?",
        "Start the descent at another place. Which of the numbers in this lesson change?",
        "Add x * x as a second feature and fit in closed form. What weight does it get, and does "
        "the MSE fall?",
        "Give the table the same column twice, and run descent from two different starts. What "
        "differs at the end, and what does not?",
        "Repeat the noise study 200 times at noise 10. How widely do slope and intercept scatter?",
    ],
)

# %% [markdown]
# ## Hand in
#
# Save the notebook (Ctrl+S, or ⌘S on a Mac), run the cell below, and upload this one file,
# `02-bias-column.ipynb`. Your predictions travel inside it.

# %% locked="ready"
from course import ready

ready()
