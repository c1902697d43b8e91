# %% [markdown]
# # Lesson 1 · First descent
#
# *One feature, two parameters*
#
# A hundred noisy points lie before you, and somewhere among them lies a straight line. Nobody
# tells you which one. In this lesson you write eight short functions with which a line finds
# its own place: it measures how wrong it is, takes a small step that makes it less wrong, and
# repeats. This is **gradient descent**. The rest of the course, and nearly everything called
# machine learning, is built on it.
#
# **When you are through, you can**
#
# - make noisy data on purpose, so that you know the truth that a method is looking for;
# - put how wrong a line is into one number;
# - find out which way is downhill with school algebra, and check the algebra by measuring;
# - train a line step by step, and read the curves that say how it is going;
# - choose a step size, and say why a larger one makes everything explode.
#
# **Time:** 60 to 90 minutes. **You need:** Python functions and loops, a little NumPy, and the
# equation of a straight line. No calculus.

# %% [markdown]
# ## How this lesson works
#
# | | |
# |---|---|
# | **Predict** | Before you run something, you say what will happen and how sure you are. |
# | **Do** | You fill in the cell marked `YOUR CODE HERE`. |
# | **Run** | The test cell below it answers at once and names typical mistakes. |
# | **Gap** | Your prediction appears beside what really happened. |
# | **Explain** | Once, at the end, you say in your own words why. |
#
# A wrong prediction never costs a point; a missing one does. Committing to a guess and then
# seeing it fail is the best way known to remember what is right, so guess before you scroll.
# Under each test cell are two hints: open the first, try again, and only then the second.
#
# The lesson is worth 40 points: 6 for the eight predictions, 30 for the code, 4 for the
# explanation.

# %% setup
import matplotlib.pyplot as plt
import numpy as np

# %% locked="imports"
from course import begin, expect, predict, reveal, show

begin("01-first-descent")

# %% [markdown]
# ## Words, symbols, shapes
#
# Come back to this table whenever a name is unclear.
#
# | symbol | in code | what it is | shape |
# |---|---|---|---|
# | $n$ | `n_samples`, `len(X)` | number of points, here 100 | one int |
# | $x$ | `X` | the feature: what you know about each point | `(n,)` |
# | $y$ | `y` | the target: what you want to predict | `(n,)` |
# | $w$ | `w` | weight: the slope of the line | one float |
# | $b$ | `b` | bias: the height of the line at $x = 0$ | one float |
# | $\hat y = w x + b$ | `y_pred` | what the line answers for each point | `(n,)` |
# | $\hat y - y$ | `y_pred - y` | residual: how far too high the line is | `(n,)` |
# | $L$ | `loss` | mean of the squared residuals (MSE) | one float |
# | $\partial L / \partial w$ | `dw` | slope of the loss along $w$ | one float |
# | $\partial L / \partial b$ | `db` | slope of the loss along $b$ | one float |
# | $\eta$ | `learning_rate` | how long a step is | one float |
# | | `n_epochs` | how many steps; one epoch looks at all points once | one int |
#
# `(n,)` is the shape of a one-dimensional NumPy array with `n` numbers. Other books halve the
# loss or write $\theta$ for the parameters; lesson 3 does the former, lesson 5 the latter.

# %% [markdown]
# ## 1 · Data with a secret
#
# Can a method be trusted to find the truth? Only if you know the truth, so you make the data
# yourself. The secret line is
#
# $$y = 1.5\,x + 2 + \text{noise}$$
#
# with $x$ spread evenly at random over $[-5, 5]$. The noise is drawn afresh for each point
# from a bell curve around 0 with standard deviation 1.5.

# %% predict example="b" confidence=85
predict.choice(
    "scatter_shape",
    "You draw a hundred such points. What do they look like?",
    {
        "a": "They lie exactly on a rising straight line.",
        "b": "A band that rises from left to right, about equally thick everywhere.",
        "c": "A round cloud: the noise hides the line.",
        "d": "A fan: thin near x = 0, and thicker the further out x is.",
    },
)

# %% [markdown]
# ### Exercise: `make_line_data`
#
# The x values are drawn for you. Add the noise and compute `y`.
#
# Every random number has to come from `rng`, a `numpy.random.Generator`. It works like a deck
# of cards that someone hands you: the same deck gives the same deal, so a result can be
# repeated. `rng.normal(mean, std, size)` draws from a bell curve.

# %% answer="make_line_data"
def make_line_data(n_samples, w, b, noise_std, rng):
    """Draw points around the line with slope w and intercept b.

    X is uniform in [-5, 5]; each y carries its own normal noise of standard
    deviation noise_std. Returns X and y, both of shape (n_samples,).
    """
    X = rng.uniform(-5, 5, n_samples)
    ### BEGIN SOLUTION
    noise = rng.normal(0, noise_std, n_samples)
    y = w * X + b + noise
    ### END SOLUTION
    return X, y

# %% test="make_line_data" points=4
def spread(pair):
    """Standard deviation of y around the best straight line through the points."""
    slope, height = np.polyfit(pair[0], pair[1], 1)
    return np.std(pair[1] - (height + slope * pair[0]))


expect(make_line_data, 50, 3.0, 1.0, 0.0, np.random.default_rng(1)).satisfies(
    lambda pair: pair[1].shape == (50,) and np.allclose(np.polyfit(*pair, 1), [3.0, 1.0]),
    "50 points exactly on the line with slope 3 and height 1, as no noise is asked",
)
expect(make_line_data, 4000, 1.5, 2.0, 2.0, np.random.default_rng(2)).satisfies(
    lambda pair: 1.8 < spread(pair) < 2.2 and np.abs(pair[0]).max() <= 5,
    "x within [-5, 5] and y scattered around the line with standard deviation 2",
    {
        "Some x lie outside [-5, 5]: the noise belongs to y, and x stays as drawn.": (
            lambda call: np.abs(call.value[0]).max() > 5
        ),
        "No scatter at all: every point needs a noise value of its own.": (
            lambda call: spread(call.value) < 0.01
        ),
        "The scatter is 3, which is 1.5 times too much: was the noise multiplied by w?": (
            lambda call: 2.8 < spread(call.value) < 3.2
        ),
        "noise_std is a standard deviation, which is what rng.normal takes; a variance is its "
        "square.": lambda call: spread(call.value) > 3.6 or 1.3 < spread(call.value) < 1.6,
    },
)
same = make_line_data(3, 1.5, 2.0, 1.0, np.random.default_rng(3))
other = make_line_data(3, 1.5, 2.0, 1.0, np.random.default_rng(4))
expect(make_line_data, 3, 1.5, 2.0, 1.0, np.random.default_rng(3)).satisfies(
    lambda pair: np.array_equal(pair[1], same[1]) and not np.array_equal(pair[1], other[1]),
    "the same points whenever rng starts at the same seed, and others from another seed",
    {
        "Some of the random numbers do not come from rng: the same seed gives other points.": (
            lambda call: not np.array_equal(call.value[1], same[1])
        ),
        "Two seeds give the same points: the noise has to come from the rng that is handed in.": (
            lambda call: np.array_equal(call.value[1], other[1])
        ),
    },
)

# %% [markdown] hints="make_line_data"
# How many noise values do you need? As many as there are points: the third argument of
# `rng.normal` says how many numbers to draw, as it does for `rng.uniform` above.
#
# Two lines are enough. The first makes an array `noise` with `n_samples` values, mean 0 and
# standard deviation `noise_std`, from `rng`. The second puts the line's height at every `X`
# and the noise together, and calls the sum `y`.

# %% [markdown]
# From here on everybody works with the same hundred points, so that your numbers can be
# compared with the ones in the text. They were drawn once, from the secret line above.

# %% locked="line_data"
from course.data import line_data

X, y = line_data()
true_w, true_b = 1.5, 2.0
X.shape, y.shape

# %% reveal
def draw_scatter():
    figure, axis = plt.subplots(layout="constrained")
    axis.plot(X, y, "o", markersize=4.5, label="data")
    ends = np.array([-5, 5])
    axis.plot(ends, true_b + true_w * ends, "k--", linewidth=1.5, label="the secret line")
    axis.set(xlabel="feature x (no unit)", ylabel="target y (no unit)")
    axis.legend()
    return figure, (
        "Scatter plot of the hundred points. They form a band about five units thick that rises "
        "from about y = -5 at x = -5 to y = 9 at x = 5, on both sides of the dashed secret line."
    )


reveal(
    "scatter_shape",
    "b",
    why={
        "a": "That is the line without its noise. Real measurements never sit that well.",
        "b": "Every point is pushed up or down by about 1.5, wherever it lies: a band.",
        "c": "The noise is 1.5, while the line climbs 15 from left to right: it stays visible.",
        "d": "A fan needs noise that grows with x. Here it is added, and the same everywhere.",
    },
    draw=draw_scatter,
)

# %% [markdown]
# ## 2 · A line that knows nothing
#
# You are going to forget the secret line and look for it again, from the points alone. A line
# has two **parameters**, its slope $w$ and its height $b$ at $x = 0$. To begin with, both
# are 0.

# %% predict example=6.5 confidence=60
predict.number(
    "output_at_zero",
    "With w = 0 and b = 0, what does the line answer for x = 3?",
    low=-20,
    high=20,
)

# %% [markdown]
# ### Exercise: `predict_line`
#
# One line is missing. NumPy works on whole arrays: a number times an array of shape `(n,)`
# multiplies each of its `n` values, so no loop is needed.

# %% answer="predict_line"
def predict_line(X, w, b):
    """Give the line's answer for every x in X; both arrays have shape (n,)."""
    ### BEGIN SOLUTION
    return w * X + b
    ### END SOLUTION

# %% test="predict_line" points=2
expect(predict_line, np.array([0.0, 1.0, 2.0]), 3.0, 1.0).gives(np.array([1.0, 4.0, 7.0]))
expect(predict_line, np.array([-2.0]), 0.5, 4.0).gives(np.array([3.0]))

# %% [markdown] hints="predict_line"
# Look at the row for $\hat y$ in the table of symbols. `X` is an array, `w` and `b` are plain
# numbers, and Python's `*` and `+` do what they do in the formula.
#
# The body is one `return`. For `X = [0, 1, 2]`, `w = 3` and `b = 1`, the products with the slope
# are `[0, 3, 6]`, and each of them is then raised by 1.

# %% reveal
answer_at_3 = predict_line(np.array([3.0]), 0.0, 0.0)[0]

reveal(
    "output_at_zero",
    float(answer_at_3),
    notes=(
        "A line with w = 0 and b = 0 is flat on the axis and answers 0 for every x. If you said "
        "6.5, you asked the secret line: it is in the data, but this line has not seen any yet."
    ),
)

# %% [markdown]
# ## 3 · How wrong is it?
#
# For each point, the **residual** $\hat y - y$ says how far the line is off. In NumPy that is
# `predict_line(X, w, b) - y`, an array of shape `(n,)`. The picture shows the residuals of the
# flat line, one thin stroke for each point.

# %% locked="residuals"
flat = predict_line(X, 0.0, 0.0)

figure, axis = plt.subplots(layout="constrained")
axis.vlines(X, flat, y, colors="#D55E00", linewidth=1, label="residuals")
axis.plot(X, y, "o", markersize=4.5, label="data")
axis.axhline(0, color="k", linewidth=1.5, label="the line with w = 0, b = 0")
axis.set(xlabel="feature x (no unit)", ylabel="target y (no unit)")
axis.legend()
show(
    figure,
    "The hundred points and the flat line on the x axis. A thin vertical stroke joins each point "
    "to the line; the strokes are short around x = -1 and up to 10 long at the right edge.",
)

# %% [markdown]
# A hundred residuals are too many to compare. The **mean squared error** makes one number of
# them: square each, so that too high and too low cannot cancel, and take the mean.
#
# $$L = \frac{1}{n} \sum_{i=1}^{n} (\hat y_i - y_i)^2$$
#
# A residual twice as long costs four times as much. Large misses are what this loss minds most.

# %% [markdown]
# ### Exercise: `mse`
#
# Write the body. It returns one number.

# %% answer="mse"
def mse(y, y_pred):
    """Give the mean of the squared residuals, one float.

    y and y_pred have shape (n,).
    """
    ### BEGIN SOLUTION
    return np.mean((y_pred - y) ** 2)
    ### END SOLUTION

# %% test="mse" points=2
expect(mse, np.array([1.0, 2.0, 3.0, 4.0]), np.array([3.0, 2.0, 3.0, 0.0])).gives(5.0)
expect(mse, np.array([1.0, -1.0]), np.array([1.0, -1.0])).gives(0.0)

# %% [markdown] hints="mse"
# Do in three steps what the name says from right to left: the *errors* (an array), the errors
# *squared* (an array), the *mean* of those (one number).
#
# The difference of two arrays is an array of differences; `** 2` squares every value in it;
# `np.mean(...)` makes one number of an array. Look at the order: the mean comes last.

# %% locked="first_loss"
print(f"loss of the flat line    {mse(y, predict_line(X, 0.0, 0.0)):.4g}")
print(f"loss of the secret line  {mse(y, predict_line(X, true_w, true_b)):.4g}")

# %% [markdown]
# Even the secret line has a loss: it is the noise, which no line can follow.

# %% [markdown]
# ## 4 · Which way is down?
#
# You could try lines at random until the loss is small. With two parameters that is slow; with
# a billion it is hopeless. There is a better question: *if you nudge $w$ a little, does the
# loss rise or fall, and how fast?* That rate is the slope of the loss along $w$, written
# $\partial L / \partial w$.
#
# Someone has guessed four formulas for it. In each, the mean is taken over all points.

# %% predict example="a" confidence=50
predict.choice(
    "slope_formula",
    "Which formula gives the slope of the loss along w?",
    {
        "a": "the mean of 2·(ŷ−y)",
        "b": "the mean of (ŷ−y)²·x",
        "c": "the mean of 2·(ŷ−y)·x",
        "d": "the mean of 2·(y−ŷ)·x",
    },
)

# %% [markdown]
# You need no theory to settle this: *measure*. Move $w$ up by a tiny $h$, then down, and divide
# the change of the loss by the distance between the two:
#
# $$\frac{L(w + h) - L(w - h)}{2h}$$
#
# The cell below does it at $w = 0$, $b = 0$.

# %% locked="nudge"
h = 1e-4
loss_up = mse(y, predict_line(X, 0.0 + h, 0.0))
loss_down = mse(y, predict_line(X, 0.0 - h, 0.0))
measured_slope = (loss_up - loss_down) / (2 * h)

# %% reveal
values = {"a": -3.102, "b": 43.56, "c": -24.15, "d": 24.15}  # each formula at w = 0, b = 0
nearest = min(values, key=lambda option: abs(values[option] - measured_slope))

reveal(
    "slope_formula",
    nearest,
    why={
        "a": "It gives -3.102. It forgets that a nudge of w moves a point with a large x further.",
        "b": "It gives 43.56. The square belongs to the loss; a slope has one power less.",
        "c": "It gives -24.15, as measured. The residual says how wrong, x how much w matters.",
        "d": "It gives 24.15: the right size, but the sign says uphill where it goes downhill.",
    },
    notes=f"Measured by nudging w at w = 0, b = 0: the slope of the loss is {measured_slope:.4g}.",
)

# %% [markdown]
# ### Why it is so: three lines of school algebra
#
# Take one point, and call its residual $r = \hat y - y$. When $w$ grows by $h$, the answer
# $\hat y = w x + b$ grows by $h x$, and so does the residual. The squared residual changes by
#
# $$(r + h x)^2 - r^2 = 2 r x\,h + x^2 h^2 .$$
#
# Divide by $h$ to get the change *per unit of $w$*: $\;2 r x + x^2 h$. Now let $h$ shrink. The
# second part vanishes, and what stays is the slope for this point, $2 r x$. The loss is the
# mean over all points, so its slope is the mean of their slopes:
#
# $$\frac{\partial L}{\partial w} = \frac{1}{n} \sum_i 2\,(\hat y_i - y_i)\,x_i$$
#
# And $b$? Do the same three lines once more, on paper: when $b$ grows by $h$, by how much does
# the residual grow?

# %% [markdown]
# ### Exercise: `gradients`
#
# Return both slopes, the one along $w$ first. Together they are called the **gradient**.

# %% answer="gradients"
def gradients(X, y, w, b):
    """Give the slopes (dw, db) of the mean squared error at w and b.

    X and y have shape (n,); dw and db are floats.
    """
    ### BEGIN SOLUTION
    residual = predict_line(X, w, b) - y
    dw = np.mean(2 * residual * X)
    db = np.mean(2 * residual)
    return dw, db
    ### END SOLUTION

# %% test="gradients" points=5
expect(gradients, np.array([1.0, 2.0]), np.array([3.0, 5.0]), 0.0, 0.0).gives((-13.0, -8.0))
four_x, four_y = np.array([-1.0, 1.0, 3.0, 1.0]), np.array([1.0, 3.0, 3.0, 1.0])
expect(gradients, four_x, four_y, 2.0, 1.0).gives((8.0, 2.0))

# %% [markdown] hints="gradients"
# Both slopes need the residuals, so compute that array once and give it a name. Then write one
# line for each slope. The algebra above gives the one along $w$ in full. For $b$: how much does
# the line rise at each point when $b$ grows by $h$?
#
# When $b$ grows by $h$, every answer grows by $h$, whatever $x$ is. So $h$ takes the place of
# $h x$ in the three lines, and the slope of one point is $2 r$ instead of $2 r x$. In both
# cases take `np.mean` over the points, and return the two numbers with a comma between them.

# %% [markdown]
# Never trust a gradient that nobody has measured. Here yours stands beside the nudge, at a line
# that is neither flat nor right.

# %% locked="gradient_check"
def loss_at(w, b):
    return mse(y, predict_line(X, w, b))


dw, db = gradients(X, y, 0.7, -1.0)
nudged_w = (loss_at(0.7 + h, -1.0) - loss_at(0.7 - h, -1.0)) / (2 * h)
nudged_b = (loss_at(0.7, -1.0 + h) - loss_at(0.7, -1.0 - h)) / (2 * h)
print("           your gradient   by nudging")
print(f"along w    {dw:13.4g}   {nudged_w:10.4g}")
print(f"along b    {db:13.4g}   {nudged_b:10.4g}")

# %% [markdown]
# ## 5 · One step downhill
#
# The gradient points uphill. So walk against it: each parameter moves by its own slope, times a
# small number $\eta$, the **learning rate**, that says how long the steps are.
#
# $$w \leftarrow w - \eta\,\frac{\partial L}{\partial w}
# \qquad\qquad b \leftarrow b - \eta\,\frac{\partial L}{\partial b}$$
#
# Where the ground is steep the step is long; near the bottom, where it is flat, it becomes
# short by itself. Both slopes belong to the place where you stand *before* the step: look
# around first, then move in both directions at once.

# %% [markdown]
# ### Exercise: `train_step`
#
# Use the functions that you already have. The loss that you return is the one *before* the
# step.

# %% answer="train_step"
def train_step(X, y, w, b, learning_rate):
    """Take one step of gradient descent.

    Returns (new_w, new_b, loss): the parameters after the step, and the loss
    before it.
    """
    ### BEGIN SOLUTION
    loss = mse(y, predict_line(X, w, b))
    dw, db = gradients(X, y, w, b)
    return w - learning_rate * dw, b - learning_rate * db, loss
    ### END SOLUTION

# %% test="train_step" points=5
expect(train_step, np.array([1.0, 2.0]), np.array([3.0, 5.0]), 1.0, 1.0, 0.1).gives((1.5, 1.3, 2.5))
expect(train_step, np.array([1.0, 2.0]), np.array([3.0, 5.0]), 0.0, 0.0, 0.1).gives(
    (1.3, 0.8, 17.0)
)

# %% [markdown] hints="train_step"
# Three things happen, in this order: measure the loss, measure both slopes, move both
# parameters. You have a function for each of the first two. Nothing may move before everything
# is measured.
#
# Give the results names: `loss = ...`, then `dw, db = ...`, both at the old `w` and `b`. A new
# parameter is the old one minus the learning rate times its own slope. Write both new ones
# after that line, and return the three values in the order that the docstring names.

# %% [markdown]
# ## 6 · A hundred steps
#
# Now repeat the step. One look at all the points, followed by one step, is an **epoch**. You
# start from the flat line, $w = 0$ and $b = 0$, take a learning rate of 0.01, and go on for
# 100 epochs. Before you write the loop, say what it will do: three predictions.

# %% predict example=[1.5, 2] confidence=60
predict.number(
    "learned_parameters",
    "After 100 epochs at a learning rate of 0.01, what are w and b?",
    fields=["w", "b"],
    low=-10,
    high=10,
)

# %% predict example="b" confidence=65
predict.choice(
    "exactly_true",
    "Now let it run on, for thousands of epochs. Where does the line end?",
    {
        "a": "At another line close by, always the same one.",
        "b": "At w = 1.5 and b = 2 exactly: the values that the data were made with.",
        "c": "Nowhere: it keeps wandering around 1.5 and 2, because the data are noisy.",
        "d": "Nowhere: with every epoch it comes closer to 1.5 and 2, but never quite there.",
    },
)

# %% [markdown]
# The loss of the flat line is 22.16, as you saw. How does it go on from there? Draw the curve
# with the mouse, or give a few numbers.

# %% predict example=[22, 12, 8, 5, 3.5, 2.5] confidence=60
predict.curve(
    "loss_curve",
    "The loss over 100 epochs, at a learning rate of 0.01",
    x=(0, 100),
    y=(0, 25),
    xlabel="epoch",
    ylabel="loss (mean squared error)",
)

# %% [markdown]
# ### Exercise: `train`
#
# Write the loop, and keep a record of what happens: a dictionary with three lists, `"loss"`,
# `"w"` and `"b"`, each with one value for each epoch.

# %% answer="train"
def train(X, y, learning_rate, n_epochs, w=0.0, b=0.0):
    """Take n_epochs steps of gradient descent, starting at w and b.

    Returns a dict of three lists, n_epochs long: "loss" holds the loss before
    each step, "w" and "b" hold the parameters after it.
    """
    ### BEGIN SOLUTION
    history = {"loss": [], "w": [], "b": []}
    for _ in range(n_epochs):
        w, b, loss = train_step(X, y, w, b, learning_rate)
        history["loss"].append(loss)
        history["w"].append(w)
        history["b"].append(b)
    return history
    ### END SOLUTION

# %% test="train" points=5
two_x, two_y = np.array([1.0, 2.0]), np.array([3.0, 5.0])
COUNT = "Two epochs make two values in each list, one for each epoch."
START = "The start was asked at w = 1 and b = 1, but the line began at 0 and 0."


def miscounted(call):
    return len(call.value) != 2


run = expect(train, two_x, two_y, 0.1, 2)
run["loss"].gives(
    [17.0, 1.685],
    {
        "What comes back has to be a dict with the keys 'loss', 'w' and 'b'.": (
            lambda call: isinstance(call.error, KeyError) or "indices" in str(call.error)
            or "subscriptable" in str(call.error)
        ),
        COUNT: miscounted,
        "Every epoch begins at the start again; it has to go on where the last one ended.": (
            [17.0, 17.0]
        ),
        "Those are the losses after each step; asked are those before it.": [1.685, 0.16925],
    },
)
run["w"].gives(
    [1.3, 1.71],
    {
        COUNT: miscounted,
        "w is stored before the step; asked is w after it.": [0.0, 1.3],
        "Under 'w' stands the history of b.": [0.8, 1.05],
    },
)
run["b"].gives(
    [0.8, 1.05],
    {COUNT: miscounted, "b is stored before the step; asked is b after it.": [0.0, 0.8]},
)
run = expect(train, two_x, two_y, 0.1, 1, w=1.0, b=1.0)
run["loss"].gives([2.5], {START: [17.0]})
run["w"].gives([1.5], {START: [1.3]})
run["b"].gives([1.3], {START: [0.8]})

# %% [markdown] hints="train"
# Before the loop: a dictionary with three empty lists. In the loop: one `train_step`, then three
# times `append`. After the loop: return the dictionary. Which variables must be new at the
# beginning of each round?
#
# `train_step` returns three values, and Python can take them apart: `first, second, third = ...`.
# Use the very names `w` and `b` for the first two, the names that you hand to `train_step`. Then
# the next round starts where this one ended.

# %% [markdown]
# Everything is ready. Run it on the hundred points: your two numbers, your curve and your guess
# about the end meet what happens.

# %% locked="first_run"
history = train(X, y, 0.01, 100)

# %% reveal
after_100 = mse(y, predict_line(X, history["w"][-1], history["b"][-1]))

reveal(
    "loss_curve",
    [*history["loss"], after_100],  # at epochs 0, 1, ..., 100
    notes=(
        "Steep at first, because steep ground makes long steps, and flatter and flatter later. "
        f"It does not reach 0: the last loss is {history['loss'][-1]:.4g}, nearly all of it noise."
    ),
)

# %% reveal
reveal(
    "learned_parameters",
    [float(history["w"][-1]), float(history["b"][-1])],
    notes=(
        f"After 100 epochs w = {history['w'][-1]:.4g} and b = {history['b'][-1]:.4g}. The slope "
        "has all but arrived. The height is still on its way: more of that in a moment."
    ),
)

# %% reveal
long_run = train(X, y, 0.01, 3000)
end = np.array([long_run["w"][-1], long_run["b"][-1]])
before = np.array([long_run["w"][-100], long_run["b"][-100]])
at_rest = np.allclose(end, before, atol=1e-6)
at_truth = np.allclose(end, [true_w, true_b], atol=1e-3)
best = np.polyfit(X, y, 1)  # the least-squares line, found without any descent

reveal(
    "exactly_true",
    ("b" if at_truth else "a") if at_rest else ("d" if at_truth else "c"),
    why={
        "a": "It comes to rest where the loss of these very points is lowest.",
        "b": "The line never sees 1.5 and 2, only a hundred noisy points.",
        "c": "The noise was drawn once and stands still now, and so does the bottom of the loss.",
        "d": "It comes closer and closer to a place, but the place is not 1.5 and 2.",
    },
    notes=(
        f"After 3000 epochs w = {end[0]:.4g}, b = {end[1]:.4g}. The least-squares line of these "
        f"points, found by a direct formula: w = {best[0]:.4g}, b = {best[1]:.4g}. Another hundred "
        "points would give another line."
    ),
)

# %% [markdown]
# ## 7 · Watch it move
#
# The line begins flat on the axis and ends close to the points. What does it do in between?

# %% predict example="c" confidence=55
predict.choice(
    "line_motion",
    "How does the line move into place over the first 50 epochs?",
    {
        "a": "It turns, and does not shift: only w changes.",
        "b": "It shifts upwards, and does not turn: only b changes.",
        "c": "It turns and shifts at about the same pace.",
        "d": "It does both, but it turns quickly and shifts slowly.",
    },
)

# %% reveal
def epochs_to_halfway(values, end):
    return int(np.argmax(np.abs(np.array(values)) > abs(end) / 2)) + 1


half_w = epochs_to_halfway(history["w"], best[0])
half_b = epochs_to_halfway(history["b"], best[1])
slower = "d" if half_b > 2 * half_w else "c"

reveal(
    "line_motion",
    slower,
    why={
        "a": "It does turn, but b climbs from 0 to about 1.7 within the hundred epochs.",
        "b": "It does rise, but the slope goes from 0 to 1.4, and that comes first.",
        "c": "Both change, but a nudge of w moves the outer points by 5 times as much as one of b.",
        "d": "With x up to 5 in size, w has the stronger pull on the loss, so it arrives first.",
    },
    notes=(
        f"Half of the way to the best line: w is there after {half_w} epochs, b after {half_b}. "
        "Watch it below."
    ),
)

# %% [markdown]
# Press play. You can stop, drag the slider to any epoch, and change the speed. The dot on the
# right shows where on the loss curve the line is at that moment.

# %% locked="animation"
from course.playground.animation import animate_line

animate_line(X, y)

# %% [markdown]
# ## 8 · A picture of the training
#
# Anyone who trains a model looks at curves, and decides from them whether to go on, stop, or
# change something. A good figure answers three questions at a glance: *does the loss still
# fall? have the parameters settled? does the line fit?*

# %% [markdown]
# ### Exercise: `plot_training`
#
# Draw one figure with three panels:
#
# 1. the loss over the epochs;
# 2. `w` and `b` over the epochs, with `true_w` and `true_b` as dashed horizontal lines;
# 3. the data as points, with the true line and the line after the last epoch.
#
# Every axis needs a label, and every panel with more than one thing in it a legend. Return the
# figure. Half of the points are for what it holds, and half, given by a person, for how well
# it can be read: could somebody who has not taken this course say what each line is?
#
# The test below looks at the panels, their labels and the three curves. The dashed lines and the
# third panel you check yourself, against the list above, before you go on.

# %% answer="plot_training" points=2
def plot_training(history, X, y, true_w, true_b):
    """Draw the history of a training in three panels and return the Figure."""
    ### BEGIN SOLUTION
    figure, panels = plt.subplots(1, 3, figsize=(11, 3.6), layout="constrained")
    left, middle, right = panels
    epochs = np.arange(len(history["loss"]))

    left.plot(epochs, history["loss"])
    left.set(xlabel="epoch", ylabel="loss (mean squared error)", title="Does the loss still fall?")

    for name, truth, color in [("w", true_w, "#0072B2"), ("b", true_b, "#D55E00")]:
        middle.plot(epochs + 1, history[name], color=color, label=f"{name} learned")
        middle.axhline(truth, color=color, linestyle="--", linewidth=1.2, label=f"{name} true")
    middle.set(xlabel="epoch", ylabel="parameter (no unit)", title="Have w and b settled?")
    middle.legend()

    ends = np.array([X.min(), X.max()])
    right.plot(X, y, "o", markersize=3.5, color="#6E6E6E", label="data")
    right.plot(ends, true_w * ends + true_b, "--", color="#D55E00", label="true line")
    right.plot(ends, history["w"][-1] * ends + history["b"][-1], color="#0072B2", label="learned")
    right.set(xlabel="feature x (no unit)", ylabel="target y (no unit)", title="Does the line fit?")
    right.legend()
    return figure
    ### END SOLUTION

# %% test="plot_training" points=2
def all_labelled(figure):
    """Say whether each panel has a label on both axes; axes in one place are one panel."""
    places = {}
    for axis in figure.axes:
        x, y = places.get(axis.get_position().bounds, ("", ""))
        places[axis.get_position().bounds] = (x + axis.get_xlabel(), y + axis.get_ylabel())
    below, beside = figure.get_supxlabel(), figure.get_supylabel()
    return all((x or below) and (y or beside) for x, y in places.values())


def curves(figure):
    """Give the y values of every line in the figure."""
    lines = [line for axis in figure.axes for line in axis.get_lines()]
    return [np.ravel(line.get_ydata()).tolist() for line in lines]


def slopes(figure):
    """Give the slope of every line in the figure, from its first point to its second."""
    lines = [line.get_xydata() for axis in figure.axes for line in axis.get_lines()]
    pairs = [line[:2] for line in lines if len(line) > 1 and line[0, 0] != line[1, 0]]
    return np.array([(high - low) / (right - left) for (left, low), (right, high) in pairs])


short = {"loss": [17.0, 1.685, 0.3], "w": [1.3, 1.71, 1.8], "b": [0.8, 1.05, 1.2]}
MISTAKES = {
    "Nothing came back: the function has to return the figure.": lambda f: f is None,
    "What came back is no Figure.": lambda f: not hasattr(f, "get_axes"),
    "There should be three panels in one figure.": lambda f: len(f.axes) < 3,
    "The curve of the loss is missing.": lambda f: short["loss"] not in curves(f),
    "The curve of w is missing.": lambda f: short["w"] not in curves(f),
    "The curve of b is missing.": lambda f: short["b"] not in curves(f),
    "The learned line is the one of an earlier epoch: which index holds the last?": (
        lambda f: np.isclose(slopes(f), 1.3).any() or np.isclose(slopes(f), 1.71).any()
    ),
    "An axis of one of the panels has no label.": lambda f: not all_labelled(f),
}
expect(plot_training, short, np.array([1.0, 2.0]), np.array([3.0, 5.0]), 1.5, 2.0).satisfies(
    lambda figure: not any(slip(figure) for slip in MISTAKES.values()),
    "a Figure with three labelled panels and the curves of loss, w and b",
    {sentence: lambda call, slip=slip: slip(call.value) for sentence, slip in MISTAKES.items()},
)
plt.close("all")

# %% [markdown] hints="plot_training"
# `figure, axes = plt.subplots(1, 3, figsize=(11, 3.6), layout="constrained")` makes the figure
# and three panels side by side, `axes[0]` to `axes[2]`. The cell that drew the residuals in
# section 3 shows how points, lines, labels and a legend are made.
#
# - Panel 1: `axes[0].plot(...)` with the list of losses.
# - Panel 2: two calls of `plot`, and two of `axhline` with `linestyle="--"`; give each a `label`.
# - Panel 3: points with `plot(X, y, "o")`. A straight line needs two points: take the smallest
#   and the largest x, and use `predict_line`. The last epoch is at index `-1` of the history.
# - In each panel: `set_xlabel`, `set_ylabel`, and `legend()` once the labels are there.

# %% locked="training_picture"
show(
    plot_training(history, X, y, true_w, true_b),
    "Three panels. Left: the loss falls from 22 to about 2, steeply at first. Middle: after twenty "
    "epochs w is a little below its dashed true value and stays there; b is still climbing towards "
    "its own after a hundred. Right: the learned line lies close to the true one, a little lower.",
)

# %% [markdown]
# Look at the middle panel. In the left one the loss seems to have settled after fifty epochs,
# and yet $b$ is still moving: *a flat loss curve is not the same as having arrived.* Lesson 2
# comes back to this.

# %% [markdown]
# ## 9 · How long should a step be?
#
# So far the learning rate was 0.01, because you were told so. What happens with other rates?
# Each of the five below starts from the flat line and runs for 100 epochs. A run **settles** if
# its loss comes down, at whatever speed; it **diverges** if the loss grows without end.

# %% predict example={"0.001": "a", "0.01": "a", "0.1": "a", "0.12": "a", "0.5": "b"} confidence=60
predict.choice(
    "diverging_rates",
    "Which of these learning rates diverge?",
    {"a": "settles", "b": "diverges"},
    rows=["0.001", "0.01", "0.1", "0.12", "0.5"],
)

# %% [markdown]
# ### Exercise: `sweep`
#
# Write the whole function `sweep(X, y, learning_rates, n_epochs)`. It trains once for each rate,
# always from $w = 0$ and $b = 0$, and returns a dictionary: under each rate, the list of the
# losses of that run.

# %% answer="sweep"
# Write sweep(X, y, learning_rates, n_epochs) here, from def to return.
### BEGIN SOLUTION
def sweep(X, y, learning_rates, n_epochs):
    """Train afresh at each rate; give a dict from rate to its list of losses."""
    return {rate: train(X, y, rate, n_epochs)["loss"] for rate in learning_rates}
### END SOLUTION

# %% test="sweep" points=3
runs = expect("sweep", np.array([1.0, 2.0]), np.array([3.0, 5.0]), [0.1, 0.2], 2)
runs[0.1].gives(
    [17.0, 1.685],
    {
        "What comes back has to be a dict, with the rates themselves as keys.": (
            lambda call: isinstance(call.error, (TypeError, KeyError, IndexError))
        ),
        "Only the last loss of the run is there; the whole list is asked.": 1.685,
        "Under each rate stands a whole history; the list of losses alone is asked.": (
            lambda call: isinstance(call.value, dict)
        ),
    },
)
runs[0.2].gives(
    [17.0, 2.34],
    {
        "The second run went on where the first had ended: each rate starts from 0 and 0.": (
            lambda call: abs(call.value[0] - 17.0) > 1e-6
        ),
        "The second run used the first rate again.": [17.0, 1.685],
    },
)

# %% [markdown] hints="sweep"
# A loop over the rates and a dictionary that grows: `losses[rate] = ...`. One of your own
# functions does the training, and its defaults already start at 0 and 0.
#
# `train` returns three lists in a dictionary. You need the one under `"loss"` and nothing else.
# Do not hand on `w` and `b` from one rate to the next.

# %% locked="rates"
rates = [0.001, 0.01, 0.1, 0.12, 0.5]
runs = sweep(X, y, rates, 100)

# %% reveal
def draw_runs():
    figure, axis = plt.subplots(figsize=(7.2, 4.2), layout="constrained")
    colors = ["#6E6E6E", "#0072B2", "#009E73", "#E69F00", "#D55E00"]
    styles = [":", "-", "--", "-.", (0, (8, 2))]
    for (rate, losses), color, style in zip(runs.items(), colors, styles):
        axis.plot(losses, color=color, linestyle=style, label=f"rate {rate}")
    axis.set(yscale="log", ylim=(1, 1e9), xlabel="epoch", ylabel="loss (log scale)")
    axis.legend(loc="center left", bbox_to_anchor=(1.01, 0.5))
    return figure, (
        "Loss over 100 epochs on a logarithmic scale for five rates. 0.001 falls slowly and is at "
        "about 5 at the end, 0.01 falls to 2, 0.1 gets there within about ten epochs. 0.12 rises "
        "steadily, by a factor of ten every ten epochs or so, and 0.5 leaves the picture within "
        "the first five."
    )


reveal(
    "diverging_rates",
    {str(rate): "b" if losses[-1] > losses[0] else "a" for rate, losses in runs.items()},
    why={
        "a": "Up to some rate every step ends nearer to the bottom than it began.",
        "b": "Beyond it each step lands further up on the other side, so the next one is longer.",
    },
    draw=draw_runs,
    notes=(
        f"Last losses: {', '.join(f'{rate}: {losses[-1]:.4g}' for rate, losses in runs.items())}. "
        "Between 0.1 and 0.12, two rates that look alike, runs the border."
    ),
)

# %% [markdown]
# ### What makes the border?
#
# Hold $b$ still for a moment, at its best value. Along $w$ alone the loss is then a parabola,
# $L = c\,(w - w^*)^2 + \text{rest}$, with its bottom at $w^*$. Its steepness is
# $c = \frac1n \sum_i x_i^2$, or `c = np.mean(X**2)`. Its slope at $w$ is $2c\,(w - w^*)$, so one
# step leads to
#
# $$w_{\text{new}} - w^* = (w - w^*) - \eta \cdot 2c\,(w - w^*) = (1 - 2 \eta c)\,(w - w^*) .$$
#
# Every step multiplies the distance to the bottom by the same factor, $1 - 2\eta c$. The picture
# shows eight steps of your own `gradients` at three rates.

# %% locked="parabola"
c = np.mean(X**2)
print(f"c = {c:.4g}")

figure, axes = plt.subplots(1, 3, figsize=(10, 3.4), sharey=True, layout="constrained")
w_grid = np.linspace(best[0] - 4, best[0] + 4, 81)
for axis, rate in zip(axes, [0.01, 0.1, 0.12]):
    walk = [0.0]
    for _ in range(8):
        walk.append(walk[-1] - rate * gradients(X, y, walk[-1], best[1])[0])
    axis.plot(w_grid, [loss_at(w, best[1]) for w in w_grid], color="#6E6E6E", linewidth=1.2)
    axis.plot(walk, [loss_at(w, best[1]) for w in walk], "o-", linewidth=1, label="eight steps")
    axis.plot(walk[0], loss_at(walk[0], best[1]), "ks", markersize=8, label="start")
    axis.set(xlabel="weight w (no unit)", title=f"learning rate {rate}")
    axis.legend(loc="upper center")
axes[0].set_ylabel("loss (mean squared error)")
show(
    figure,
    "The parabola of the loss along w, three times, with eight steps from w = 0. At 0.01 they run "
    "down one side in ever shorter steps. At 0.1 they jump from side to side and come down. At "
    "0.12 they jump from side to side and climb.",
)

# %% [markdown] written="explain_divergence_1"
# **Explain.** In two to five sentences: why does a learning rate of 0.5 explode on these data,
# why does 0.001 crawl, and why does 0.01 work? Use the factor $1 - 2 \eta c$ and its value at
# the three rates.
#
# ### BEGIN SOLUTION
# A step is the learning rate times the slope, and with $c \approx 8.85$ each step multiplies
# the distance of $w$ from its best value by $1 - 2\eta c$. At 0.5 the factor is about $-7.9$:
# the step overshoots the bottom and lands almost eight times as far away on the other side,
# where the ground is steeper still, so the next step is longer again and the loss grows without
# end. At 0.001 the factor is about 0.98: every step has the right direction but removes only
# 2 % of the distance, so 100 steps are not enough. At 0.01 it is about 0.82: below 1 in size, so
# the distance shrinks, and by enough that $w$ arrives within a few dozen epochs.
#
# **Marking: 4 points, one for each idea.**
#
# - 1 point: 0.5 *overshoots*: the step goes past the bottom and ends further away than it began.
# - 1 point: why that goes on: further away the slope is larger, so every step is longer than the
#   last (or: a factor with a size above 1, applied again and again).
# - 1 point: 0.001 goes the right way, but each step removes a small share (about 2 %; a factor
#   near 1).
# - 1 point: 0.01 lies between, with a factor clearly between 0 and 1 (about 0.82), or: below the
#   border $1/c \approx 0.113$ and not too far below.
#
# Half a point off, once, for values of the factor that are missing or wrong by more than rounding.
# No deduction for language, or for leaving out $b$.
#
# *Full (4):* "The factors are -7.85, 0.98 and 0.82. With -7.85 you jump over the minimum and land
# 8 times further away, and there the slope is 8 times bigger, so it blows up. 0.98 takes away 2 %
# per step, so it needs hundreds of steps. 0.82 takes away 18 % per step and never jumps over."
#
# *Half (2):* "0.5 is too big so it jumps over the minimum to the other side. 0.001 makes very
# small steps. 0.01 is a good value." (Overshooting, and small steps; why it grows, and why 0.01
# is good, are missing.)
#
# *None (0):* "0.5 is too big, 0.001 is too small and 0.01 is in the middle, that is why it works."
# ### END SOLUTION

# %% [markdown]
# ## What to remember
#
# 1. **The loss is one number** for how wrong a line is. With squares, large misses count most.
# 2. **The gradient points uphill.** Derive it, then measure it with a nudge before you trust it.
# 3. **A step moves all parameters at once**, each by the learning rate times its own slope, all
#    slopes measured before anything moves.
# 4. **Descent ends at the best line for the points it has seen**, not at the truth behind them;
#    and a flat loss curve does not mean that every parameter has arrived.
# 5. **The learning rate has a border that the data set.** Below it each step shrinks the
#    distance, far below it hardly at all, above it the steps overshoot further and further.

# %% [markdown]
# ## How well do you know what you know?
#
# You said for each prediction how sure you were. Somebody who says 80 % should be right about
# eight times in ten. More often right than sure, and you may trust yourself more; less often,
# and it is worth asking what made you so certain.

# %% locked="calibration"
from course import calibration

calibration()

# %% [markdown]
# ## Study with an assistant
#
# An assistant that gives you the answer takes the learning with it. The prompt below asks for a
# tutor that asks instead. Copy it into the assistant of your choice; the list at its end holds
# experiments for which you need nothing but this notebook.

# %% locked="tutor"
from course.tutor import tutor

tutor(
    "gradient descent for a straight line (one feature, two parameters)",
    goals=[
        "explain what the mean squared error measures and why the residuals are squared",
        "derive the slope of the loss along one parameter by nudging it, with school algebra",
        "explain why both parameters are moved from the same place",
        "read a loss curve and a parameter curve, and say whether a training has arrived",
        "explain why too large a learning rate diverges, and what in the data sets the border",
    ],
    try_it=[
        "Find the border between 0.1 and 0.12 to three digits by trying rates. Which formula comes "
        "near?",
        "Double every x and train again at 0.1. What happens, and what did the doubling change?",
        "Shift every x by 10 and train at 0.01. Why does it diverge now?",
        "Make data with noise 0, 1 and 5. What happens to the first loss, the last loss, the line?",
        "Draw ten data sets of 100 points, then ten of 1000. How far apart are the ten lines?",
        "Move one point far up, to y = 100. What does the line do, and which word in 'mean squared "
        "error' explains it?",
    ],
)

# %% [markdown]
# ## Hand in
#
# Save the notebook (Ctrl+S, or ⌘S on a Mac), run the cell below, and upload this one file,
# `01-first-descent.ipynb`. Your predictions travel inside it.

# %% locked="ready"
from course import ready

ready()
