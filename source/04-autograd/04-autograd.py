# %% [markdown]
# # Lesson 4 · Let the machine differentiate
#
# *From a formula for every model to one engine for all of them*
#
# Three times now you have derived a gradient on paper, and every change of the model would ask for
# a new derivation. Nobody does that for a network with a hundred layers. In this lesson you build
# the thing that everybody uses instead: numbers that remember how they were computed, and can
# therefore find their own gradients. It is about sixty lines, and it is the same idea that PyTorch
# and JAX are built around.
#
# **When you are through, you can**
#
# - write the gradient of a linear model with several outputs, in matrices;
# - explain what a computational graph is, and walk it backwards;
# - build a small reverse-mode engine, and test it without trusting it;
# - train with it, and say why gradients are zeroed and why an update must not be recorded;
# - read the same loop in PyTorch.
#
# **Time:** about 90 minutes. **You need:** lesson 3, Python's operator methods such as `__add__`,
# and the chain rule in one sentence: *slopes along a chain multiply, slopes of parallel ways add.*

# %% [markdown]
# ## How this lesson works
#
# As before: predict, do, run, look at the gap. There are fewer exercises, and the middle one is
# large: you build it up piece by piece, and its tests tell you which piece is next. The lesson is
# worth 40 points: 6 for the four predictions, 30 for the code, 4 for the explanation.

# %% setup
import numpy as np

# %% locked="imports"
from course import begin, expect, predict, reveal

begin("04-autograd")

# %% [markdown]
# ## Words, symbols, shapes
#
# | symbol | in code | what it is | shape | before |
# |---|---|---|---|---|
# | $N$ | `len(X)` | number of examples, here 10 | one int | $m$ in lesson 3, $n$ before |
# | $D_{in}$ | `X.shape[1]` | number of inputs | one int | $d$ |
# | $D_{out}$ | `Y.shape[1]` | number of outputs: **new** | one int | was 1 |
# | $X$ | `X` | one row for each example | `(N, D_in)` | same |
# | $Y$ | `Y` | the targets, now a matrix | `(N, D_out)` | $y$, a column |
# | $W$ | `W` | a column of weights for each output | `(D_in, D_out)` | one column |
# | $b$ | `b` | a bias for each output | `(D_out,)` | one float |
# | $L$ | `loss` | mean of **all** $N \cdot D_{out}$ squared entries of $XW + b - Y$ | one float | $J$ had a half |
#
# The loss is the plain mean again, as in lessons 1 and 2: it is what `mean()` gives, and what
# PyTorch calls `MSELoss`. With one output it is the mean over the examples; with several, each
# entry of the matrix of residuals counts once.

# %% [markdown]
# ## 1 · By hand, one last time
#
# Ten examples, three inputs, two outputs.

# %% predict example=["(10, 3)", "(3, 2)", "(2,)", "(3, 2)", "(2,)"] confidence=70
predict.shape(
    "five_shapes",
    "N = 10, three inputs, two outputs. Which shapes have X, W, b and the gradients dW and db?",
    fields=["X", "W", "b", "dW", "db"],
)

# %% reveal
ten_X, three_W, two_b = np.zeros((10, 3)), np.zeros((3, 2)), np.zeros(2)
residuals = ten_X @ three_W + two_b

reveal(
    "five_shapes",
    [ten_X.shape, three_W.shape, two_b.shape, (ten_X.T @ residuals).shape, residuals.sum(axis=0).shape],
    notes=(
        "A gradient always has the shape of what it is the gradient of: there is one slope for each "
        "number that can be moved."
    ),
)

# %% [markdown]
# Let $E = XW + b - Y$ be the residuals, a matrix. The loss is the mean of the squares of its
# $N \cdot D_{out}$ entries, so
#
# $$\frac{\partial L}{\partial W} = \frac{2}{N D_{out}}\, X^T E \qquad\qquad
# \frac{\partial L}{\partial b} = \frac{2}{N D_{out}} \sum_{\text{rows}} E$$
#
# Each entry of $b$ is used in every row, so the slopes of all rows add up. Remember that: a number
# that is used many times collects a slope from each use.

# %% [markdown]
# ### Exercise: `matrix_gradients`
#
# Return both gradients.

# %% answer="matrix_gradients"
def matrix_gradients(X, W, b, Y):
    """Give (dW, db) for the mean of all squared entries of XW + b - Y, in the shapes of W and b."""
    ### BEGIN SOLUTION
    error = X @ W + b - Y
    dW = 2 * X.T @ error / Y.size
    db = 2 * error.sum(axis=0) / Y.size
    return dW, db
    ### END SOLUTION

# %% test="matrix_gradients" points=6
two_X, two_Y = np.array([[1.0], [2.0]]), np.array([[2.0, 0.0], [0.0, 4.0]])
expect(matrix_gradients, two_X, np.array([[1.0, 0.0]]), np.array([1.0, 0.0]), two_Y).gives(
    (np.array([[3.0, -4.0]]), np.array([1.5, -2.0])),
    {
        "You divide by the number of rows; the mean runs over all entries of the matrix.": (
            np.array([[6.0, -8.0]]), np.array([3.0, -4.0])
        ),
        "Both are half of it: the exponent leaves a factor behind.": (
            np.array([[1.5, -2.0]]), np.array([0.75, -1.0])
        ),
        "Nothing is averaged: the loss is a mean.": (np.array([[12.0, -16.0]]), np.array([6.0, -8.0])),
        "Uphill and downhill are exchanged.": (np.array([[-3.0, 4.0]]), np.array([-1.5, 2.0])),
        "db has a row for each example: add the rows up.": lambda call: np.ndim(call.value[1]) == 2,
        "dW lies on its side.": lambda call: np.shape(call.value[0]) == (2, 1),
    },
)

# %% [markdown] hints="matrix_gradients"
# Compute $E$ first. `Y.size` is the number of entries of a matrix, `len(Y)` the number of its rows.
#
# $X^T E$ is `X.T @ E` and has the shape of `W` already. For `db`, sum over the rows:
# `E.sum(axis=0)` leaves one number for each output. Both get the factor 2 and the division.

# %% [markdown]
# Before the machine takes over, one step with pencil and paper. One input, one output, no bias:
# $x = (-1, 0, 1, 2)$ and $y = (-1, 1, 3, 5)$. The weight starts at $W = 0$.

# %% predict example=0.49 confidence=60
predict.number(
    "one_step",
    "What is W after one step with the learning rate 0.07?",
    low=-10,
    high=10,
)

# %% reveal
four_x = np.array([[-1.0], [0.0], [1.0], [2.0]])
four_y = np.array([[-1.0], [1.0], [3.0], [5.0]])
first_slope = matrix_gradients(four_x, np.zeros((1, 1)), np.zeros(1), four_y)[0][0, 0]

reveal(
    "one_step",
    float(0.0 - 0.07 * first_slope),
    notes=(
        f"At W = 0 the residuals are -y, and the slope is the mean of 2 (-y) x, which is "
        f"{first_slope:.4g}. The step is minus 0.07 times that."
    ),
)

# %% [markdown]
# ## 2 · Numbers that remember
#
# Take $L = (a \cdot b + a)^2$. A machine computes it in three steps, each with an operation whose own
# slopes are simple:
#
# | step | value | its slopes |
# |---|---|---|
# | $p = a \cdot b$ | product | $\partial p / \partial a = b$, $\;\partial p / \partial b = a$ |
# | $s = p + a$ | sum | $\partial s / \partial p = 1$, $\;\partial s / \partial a = 1$ |
# | $L = s^2$ | power | $\partial L / \partial s = 2s$ |
#
# These steps, with arrows from each value to those it was made of, are the **computational graph**.
# Backwards through it goes one question: *how fast does $L$ change when this value is nudged?* At $L$
# itself the answer is 1. Every node multiplies the answer that has arrived at it by its own slopes,
# and hands the products on to the values that it was made of. Here $a$ is used twice, so two answers
# arrive at it.

# %% predict example=15 confidence=55
predict.number(
    "used_twice",
    "L = a · a + 3 a. A machine walks the graph backwards at a = 6. Which gradient does a end up with?",
    low=-100,
    high=100,
)

# %% [markdown]
# ### Exercise: `Tensor`
#
# Build a class whose objects hold an array, `data`, and the gradient of the last result with respect
# to it, `grad`. What has to work:
#
# | | |
# |---|---|
# | `a + b`, `a - b`, `a * b` | with a Tensor or a number on either side, stretched as NumPy does |
# | `a @ b` | matrix product of two Tensors with two axes |
# | `a ** 3` | power with a number as exponent |
# | `a.sum()`, `a.mean()` | over all entries, a Tensor with one number |
# | `r.backward()` | for a result `r` with one number: adds the gradient to `grad` of every Tensor it was made of |
# | `a.zero_grad()` | puts `a.grad`, and nothing else, back to zeros |
#
# How you build it is up to you. The frame below gives you one way: every Tensor knows its *parents*,
# as pairs of a Tensor and a function. The function takes the gradient that has arrived at the result
# and gives what the parent gets of it. For `+` that is simple, because both slopes are 1.
#
# Three things that everybody gets wrong at first:
#
# - **A node may hand on only when everything has arrived.** List all nodes so that each one stands
#   *after* the ones it was made of, and go through the list from its end. Visit each node once.
# - **Stretching.** In `a + b` with shapes `(3, 4)` and `(4,)`, each entry of `b` is used three times.
#   Its gradient is the sum over the three, in the shape `(4,)`.
# - **`2 - a`.** Python asks the number first, and then `a.__rsub__(2)`.
#
# Write a piece, run the tests, and read which piece they ask for next. They go from the top of the
# table to its end.

# %% answer="tensor"
class Tensor:
    """An array that remembers how it was computed.

    data: float64 array. grad: array of the same shape, filled by backward().
    """

    def __init__(self, data, parents=()):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = np.zeros_like(self.data)
        self.parents = parents  # pairs (Tensor, function: gradient here -> gradient there)

    def __add__(self, other):
        other = other if isinstance(other, Tensor) else Tensor(other)
        return Tensor(self.data + other.data, [(self, lambda g: g), (other, lambda g: g)])

    ### BEGIN SOLUTION
    __radd__ = __add__

    def __mul__(self, other):
        other = other if isinstance(other, Tensor) else Tensor(other)
        parents = [(self, lambda g: g * other.data), (other, lambda g: g * self.data)]
        return Tensor(self.data * other.data, parents)

    __rmul__ = __mul__

    def __sub__(self, other):
        return self + other * -1.0

    def __rsub__(self, other):
        return self * -1.0 + other

    def __matmul__(self, other):
        parents = [(self, lambda g: g @ other.data.T), (other, lambda g: self.data.T @ g)]
        return Tensor(self.data @ other.data, parents)

    def __pow__(self, k):
        return Tensor(self.data**k, [(self, lambda g: g * k * self.data ** (k - 1))])

    def sum(self):
        return Tensor(np.sum(self.data), [(self, lambda g: g * np.ones_like(self.data))])

    def mean(self):
        return self.sum() * (1.0 / self.data.size)

    def zero_grad(self):
        self.grad = np.zeros_like(self.data)

    def in_order(self):
        """All nodes of the graph, each after the ones that it was made of."""
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:
            node, parents_done = waiting.pop()
            if parents_done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                waiting.append((node, True))
                waiting.extend((parent, False) for parent, _ in node.parents)
        return order

    def backward(self):
        arrived = {self: np.ones_like(self.data)}
        for node in reversed(self.in_order()):
            gradient = arrived.pop(node)
            node.grad = node.grad + gradient
            for parent, share in node.parents:
                part = unstretch(share(gradient), parent.data.shape)
                arrived[parent] = arrived.get(parent, 0.0) + part


def unstretch(gradient, shape):
    """Sum a gradient over the axes along which its tensor was stretched."""
    added = gradient.ndim - len(shape)
    gradient = gradient.sum(axis=tuple(range(added)))
    thin = tuple(axis for axis, size in enumerate(shape) if size == 1)
    return gradient.sum(axis=thin, keepdims=True)
    ### END SOLUTION

# %% test="tensor" points=16
A = np.array([[1.0, 2.0], [3.0, 4.0]])
B = np.array([[2.0, 0.5], [1.0, 1.5]])


def value_of(expression):
    """The data of an expression of two Tensors, A and B."""
    return expression(Tensor(A), Tensor(B)).data


def slopes_of(expression, *arrays):
    """The gradients of an expression with one number, along each of its Tensors."""
    tensors = [Tensor(array) for array in arrays]
    expression(*tensors).backward()
    return [tensor.grad for tensor in tensors]


def is_value(expected):
    return lambda got: np.allclose(got, expected)


def are_slopes(*expected):
    return lambda got: all(
        np.shape(one) == np.shape(other) and np.allclose(one, other) for one, other in zip(got, expected)
    )


REFLECTED = {"A number on the left asks for a method such as __rsub__.": lambda call: call.error is not None}

# values
expect(value_of, lambda a, b: a + b).satisfies(is_value(A + B), "the data of a + b")
expect(value_of, lambda a, b: 2 + a).satisfies(is_value(2 + A), "the data of 2 + a", REFLECTED)
expect(value_of, lambda a, b: a * b).satisfies(is_value(A * B), "the data of a * b")
expect(value_of, lambda a, b: 3 * a * 2).satisfies(is_value(6 * A), "the data of 3 * a * 2", REFLECTED)
expect(value_of, lambda a, b: a - b).satisfies(is_value(A - B), "the data of a - b")
expect(value_of, lambda a, b: 2 - a).satisfies(
    is_value(2 - A),
    "the data of 2 - a",
    {"That is a - 2.": lambda call: np.allclose(call.value, A - 2)} | REFLECTED,
)
expect(value_of, lambda a, b: a @ b).satisfies(is_value(A @ B), "the data of a @ b")
expect(value_of, lambda a, b: b**3).satisfies(is_value(B**3), "the data of b ** 3")
expect(value_of, lambda a, b: a.sum()).satisfies(is_value(10.0), "the data of a.sum(), one number")
expect(value_of, lambda a, b: a.mean()).satisfies(is_value(2.5), "the data of a.mean(), one number")

# gradients of single operations
one = np.ones((2, 2))
expect(slopes_of, lambda a: a.sum(), A).satisfies(are_slopes(one), "ones")
expect(slopes_of, lambda a, b: (a - b).sum(), A, B).satisfies(are_slopes(one, -one), "ones, and minus ones")
expect(slopes_of, lambda a, b: (a * b).sum(), A, B).satisfies(are_slopes(B, A), "the other factor, for each")
expect(slopes_of, lambda a: a.mean(), A).satisfies(
    are_slopes(one / 4),
    "a quarter each",
    {"Each of the four entries counts for a quarter only.": lambda call: np.allclose(call.value[0], 1)},
)
expect(slopes_of, lambda a: (a**3).sum(), A).satisfies(are_slopes(3 * A**2), "the slopes of a cube")
expect(slopes_of, lambda a: ((a * 2.0) ** 2).sum(), A).satisfies(
    are_slopes(8 * A),
    "8 a",
    {"What arrives from outside is lost on the way.": lambda call: not np.allclose(call.value[0], 8 * A)},
)
expect(slopes_of, lambda a, b: (a @ b).sum(), A, B).satisfies(
    are_slopes(np.array([[2.5, 2.5], [2.5, 2.5]]), np.array([[4.0, 4.0], [6.0, 6.0]])),
    "for a the row sums of b, for b the column sums of a",
)

# a node that is used twice
expect(slopes_of, lambda a: (a + a).sum(), A).satisfies(
    are_slopes(2 * one),
    "twos",
    {"Used twice, counted once: add up what arrives.": lambda call: np.allclose(call.value[0], 1)},
)
expect(slopes_of, lambda a: ((a * a) * (a * a)).sum(), A).satisfies(are_slopes(4 * A**3), "4 a³")

# stretching
row, column, alone = np.array([1.0, 2.0]), np.array([[1.0], [2.0]]), np.array(3.0)
STRETCH = {
    "The gradient has the shape of the result: sum over the axes that were stretched.": (
        lambda call: call.error is not None or np.shape(call.value[1]) == (2, 2)
    )
}
expect(slopes_of, lambda a, b: (a * b).sum(), A, row).satisfies(
    are_slopes(one * row, np.array([4.0, 6.0])), "a gradient of shape (2,) for the row", STRETCH
)
expect(slopes_of, lambda a, b: (a * b).sum(), A, column).satisfies(
    are_slopes(one * column, np.array([[3.0], [7.0]])), "a gradient of shape (2, 1) for the column", STRETCH
)
expect(slopes_of, lambda a, b: (a - b).mean(), A, alone).satisfies(
    are_slopes(one / 4, np.array(-1.0)), "a gradient of shape () for the single number", STRETCH
)


# zeroing, and several graphs on one leaf
def two_graphs():
    a = Tensor(row)
    (a * 3.0).sum().backward()
    (a * a).sum().backward()
    return a.grad


def zeroed():
    a, b = Tensor(row), Tensor(row)
    (a * b).sum().backward()
    a.zero_grad()
    return [np.zeros(2) if a.grad is None else a.grad, b.grad]


def zeroed_after_nan():
    a = Tensor(np.array([0.0, 1.0]))
    with np.errstate(all="ignore"):
        (a**-1.0).sum().backward()
    a.zero_grad()
    return np.zeros(2) if a.grad is None else a.grad


expect(two_graphs).satisfies(
    is_value([5.0, 7.0]),
    "[5, 7]: the gradients of both graphs, added up",
    {"The second graph replaced the first one's gradient.": lambda call: np.allclose(call.value, [2, 4])},
)
expect(zeroed).satisfies(are_slopes(np.zeros(2), row), "zeros for a, and b's gradient as it was")
expect(zeroed_after_nan).satisfies(
    is_value([0.0, 0.0]), "zeros", {"0 times inf is nan: put new zeros there.": lambda call: True}
)

# %% [markdown] hints="tensor"
# Do the values first: each operation returns `Tensor(<value>, <parents>)`. For the parents ask of each
# input: *if this input is nudged, by what is the result's change larger?* For `a * b` the answer for
# `a` is `b.data`, so its function is `lambda g: g * b.data`. Several operations need no slopes of their
# own: `a - b` is `a + b * -1.0`, and `mean` is `sum` times a number.
#
# For `backward`, write a method that returns the nodes in order first. A recursive function that visits
# the parents of a node and then appends the node does it; keep a set of nodes already visited.
# ---
# - `a @ b`: for `a` the function is `lambda g: g @ b.data.T`, for `b` it is `lambda g: a.data.T @ g`.
# - `a ** k`: $k\,a^{k-1}$ times `g`. `a.sum()`: `g` at every entry.
# - In `backward`, keep a dictionary from node to what has arrived at it. It begins with ones for the
#   result. Go through the nodes from the end: take what has arrived, add it to the node's `grad`, and
#   for each parent add the function's value to what has arrived there.
# - Before it is added, bring it into the parent's shape: while it has too many axes, sum over axis 0;
#   then, for each axis of the parent with size 1, sum over that axis with `keepdims=True`.

# %% reveal
six = Tensor(6.0)
(six * six + 3 * six).backward()

reveal(
    "used_twice",
    float(six.grad),
    notes=(
        "From the product a gets 6 as its left factor and 6 as its right one, and 3 from the second term. "
        "An engine that overwrites instead of adding would end with one of the three."
    ),
)

# %% [markdown]
# ## 3 · Test it without trusting it
#
# Your engine knows rules; the numerical gradient of lesson 3 knows nothing but values. Where the two
# agree on an expression that nobody has differentiated by hand, both are right.

# %% locked="engine_check"
def wild(a, b, c):
    """An expression that nobody wants to differentiate by hand."""
    p = a @ b + c
    q = (p * p + 1.0) ** -0.5
    return (q * p - 2 * q + (3 - p) * 0.1).mean()


check_rng = np.random.default_rng(2)
inputs = [check_rng.standard_normal(shape) for shape in [(4, 3), (3, 2), (2,)]]


def nudged(which, index, eps):
    moved = [array.copy() for array in inputs]
    moved[which][index] += eps
    return wild(*[Tensor(array) for array in moved]).data


engine = slopes_of(wild, *inputs)
largest = max(
    abs(engine[k][i] - (nudged(k, i, 1e-5) - nudged(k, i, -1e-5)) / 2e-5)
    for k in range(3)
    for i in np.ndindex(inputs[k].shape)
)
print("20 slopes, engine against nudging: the largest difference is", "below 1e-8" if largest < 1e-8 else largest)

# %% [markdown]
# ## 4 · Train with it
#
# The data: $N = 10$ examples, one input, standard normal, and $y = 2x + 1$ without any noise. The
# learning rate is 0.07, and there are 40 epochs.
#
# Your `grad` adds up, and that has a consequence. Suppose somebody writes the training loop and forgets
# `zero_grad`: in the second epoch, `grad` holds the sum of two gradients, in the third of three, and so
# on. Every step uses that sum.

# %% predict example=[3.2, 2, 1, 0.5, 0.2, 0.1, 0] confidence=55
predict.curve(
    "never_zeroed",
    "The loss over 40 epochs if gradients are never zeroed (it starts at about 3.2)",
    x=(0, 39),
    y=(0, 6),
    xlabel="epoch",
    ylabel="loss (mean squared error)",
)

# %% [markdown]
# ### Exercise: `train_autograd`
#
# Write the whole function `train_autograd(X, Y, lr, epochs, rng)`:
#
# - `W` of shape `(D_in, D_out)` starts at random values from `rng`, `b` of shape `(D_out,)` as you like;
# - every epoch builds the loss with your `Tensor`, notes it, goes backward, and takes one step;
# - it returns `(W, b, losses)`, with the losses *before* each step. `W` and `b` may be arrays or Tensors.
#
# Mind two things. The gradients of the last epoch must be gone before the next `backward`. And the step
# itself must not become part of the graph: change `W.data`, or make a new Tensor from plain numbers. If
# you write `W = W - lr * W.grad` with Tensors, the new `W` remembers the old one, that one the one before,
# and the graph grows with every epoch.

# %% answer="train_autograd"
# Write train_autograd(X, Y, lr, epochs, rng) here, from def to return.
### BEGIN SOLUTION
def train_autograd(X, Y, lr, epochs, rng):
    """Fit Y = XW + b by gradient descent, the gradients from Tensor; gives (W, b, losses)."""
    W = Tensor(rng.standard_normal((X.shape[1], Y.shape[1])))
    b = Tensor(np.zeros(Y.shape[1]))
    losses = []
    for _ in range(epochs):
        loss = ((Tensor(X) @ W + b - Tensor(Y)) ** 2).mean()
        losses.append(float(loss.data))
        loss.backward()
        for parameter in (W, b):
            parameter.data = parameter.data - lr * parameter.grad
            parameter.zero_grad()
    return W, b, losses
### END SOLUTION

# %% test="train_autograd" points=8
def numbers(parameter):
    return parameter if isinstance(parameter, np.ndarray) else parameter.data


def trained(epochs, seed=0, rate=0.07):
    """Losses, W and b of your training on ten examples of y = 2x + 1."""
    X = np.linspace(-1.5, 1.5, 10)[:, None]
    W, b, losses = train_autograd(X, 2 * X + 1, rate, epochs, np.random.default_rng(seed))
    return [float(loss) for loss in losses], numbers(W), numbers(b)


expect(trained, 5).satisfies(
    lambda run: len(run[0]) == 5 and run[1].shape == (1, 1) and run[2].shape == (1,),
    "5 losses, W of shape (1, 1), b of shape (1,)",
    {"One loss for each epoch is asked.": lambda call: len(call.value[0]) != 5},
)
expect(trained, 5).satisfies(
    lambda run: np.all(np.diff(run[0]) < 0),
    "losses that fall with every step",
    {
        "The loss never changes: do the steps reach the parameters?": lambda call: np.ptp(call.value[0]) == 0,
        "The loss grows: which way is downhill?": lambda call: call.value[0][1] > call.value[0][0],
    },
)
expect(trained, 200).satisfies(
    lambda run: abs(run[1][0, 0] - 2) < 0.01 and abs(run[2][0] - 1) < 0.01,
    "W near 2 and b near 1 after 200 epochs",
    {"It swings past the goal again and again: what is in grad when backward begins?": lambda call: True},
)

# %% [markdown] hints="train_autograd"
# One epoch: build the loss from `Tensor(X)`, `W`, `b` and `Y`; append `float(loss.data)`; call
# `backward`; change the two parameters; zero their gradients.
#
# The loss in one line: the prediction is `Tensor(X) @ W + b`; subtract the targets, square, `.mean()`.
# The step for each parameter works on plain arrays: its `.data` becomes its `.data` minus `lr` times its
# `.grad`.

# %% locked="training"
data_rng = np.random.default_rng(4)
X = data_rng.standard_normal((10, 1))
Y = 2 * X + 1
W, b, losses = train_autograd(X, Y, 0.07, 40, np.random.default_rng(5))
print(f"first loss {losses[0]:.4g}, loss before the last step {losses[-1]:.4g}")

# %% reveal
start_W = data_rng.standard_normal((1, 1))
forgetful_W, forgetful_b, forgetful = Tensor(start_W), Tensor(np.zeros(1)), []
for _ in range(40):
    current = ((Tensor(X) @ forgetful_W + forgetful_b - Tensor(Y)) ** 2).mean()
    current.backward()
    forgetful.append(float(current.data))
    forgetful_W.data = forgetful_W.data - 0.07 * forgetful_W.grad
    forgetful_b.data = forgetful_b.data - 0.07 * forgetful_b.grad

reveal(
    "never_zeroed",
    forgetful,
    notes=(
        "It comes down, shoots through the bottom, climbs the other side, and swings on like a ball in a "
        "bowl without friction: the sum of all gradients is a velocity that nothing takes away. It does "
        "not blow up, so a look at the first ten losses would not have told you."
    ),
)

# %% [markdown]
# ## 5 · The same loop in PyTorch
#
# PyTorch's tensors do what yours do, and much more of it. In the loop two lines differ: the step stands
# under `torch.no_grad()`, which says *do not record this*, and zeroing sets `grad` to `None`. The cell
# below draws the data as PyTorch does, trains there, trains your `Tensor` from the very same start, and
# sets the two runs side by side. Without PyTorch it says how to get it; nothing depends on it.

# %% locked="torch" tags=["volatile"]
try:
    import torch
except ImportError:
    torch = None
    print("PyTorch is not installed here. To see this section at work: pip install torch")

if torch is not None:
    torch.manual_seed(42)
    torch_X = torch.randn(10, 1)
    torch_Y = 2 * torch_X + 1
    torch.manual_seed(42)
    torch_W, torch_b = torch.randn(1, 1), torch.randn(1)
    own_W, own_b = Tensor(torch_W.numpy()), Tensor(torch_b.numpy())
    own_X, own_Y = Tensor(torch_X.numpy()), Tensor(torch_Y.numpy())
    torch_W.requires_grad_()
    torch_b.requires_grad_()

    for epoch in range(40):
        torch_loss = ((torch_X @ torch_W + torch_b - torch_Y) ** 2).mean()
        torch_loss.backward()
        with torch.no_grad():
            torch_W -= 0.07 * torch_W.grad
            torch_b -= 0.07 * torch_b.grad
        torch_W.grad = torch_b.grad = None

        own_loss = ((own_X @ own_W + own_b - own_Y) ** 2).mean()
        own_loss.backward()
        for own in (own_W, own_b):
            own.data = own.data - 0.07 * own.grad
            own.zero_grad()

    print("            PyTorch    your Tensor")
    print(f"W           {torch_W.item():.4f}     {own_W.data.item():.4f}")
    print(f"b           {torch_b.item():.4f}     {own_b.data.item():.4f}")
    print(f"last loss   {torch_loss.item():.4f}     {own_loss.data.item():.4f}")
    apart = max(abs(torch_W.item() - own_W.data.item()), abs(torch_b.item() - own_b.data.item()))
    print("the two agree to 1e-6:", apart < 1e-6)

# %% [markdown] written="explain_autograd"
# **Explain.** In three to six sentences: what is `zero_grad` for, and what is `torch.no_grad()` (or, in
# your own loop, changing `.data`) for? Say for each what would happen without it.
#
# ### BEGIN SOLUTION
# `backward` adds to `grad`, because a value can be used in several places and in several graphs, and all
# the contributions count. So the gradients of one epoch are still there in the next. Without zeroing,
# each step uses the sum of all gradients so far: it acts like a velocity without friction, and the loss
# swings instead of settling. `no_grad` keeps the update out of the graph. The update is no part of the
# function that we differentiate. If it is recorded, the new parameter remembers the old one and all the
# epochs before it: the numbers may still be right, but every backward walks through the whole history,
# so time and memory grow with each epoch.
#
# **Marking: 4 points, one for each idea.**
#
# - 1 point: gradients *accumulate*: `backward` adds, it does not replace (a reason, such as shared values,
#   is welcome and not required).
# - 1 point: without zeroing the step uses old gradients too, with a consequence: it overshoots, swings,
#   or is the wrong direction for where it stands.
# - 1 point: `no_grad` (or `.data`) keeps the *update* from being recorded in the graph.
# - 1 point: without it the graph grows from epoch to epoch: time, memory, or depth. In PyTorch itself the
#   error for changing a leaf in place is an equally good answer.
#
# *Full (4):* "backward adds its result to grad, so the old gradients must be deleted, otherwise each step
# goes along the sum of all past gradients and the loss oscillates. no_grad tells torch not to track the
# update, otherwise W depends on the previous W and so on and the graph gets longer every epoch, which
# needs more and more memory."
#
# *Half (2):* "zero_grad resets the gradients because they are accumulated. no_grad turns off gradient
# tracking for the update." (What for, and what would happen, is missing in both.)
#
# *None (0):* "They are needed so that PyTorch works correctly and saves resources."
# ### END SOLUTION

# %% [markdown]
# ## What to remember
#
# 1. **A gradient has the shape of its parameter**, and a parameter that is used often collects a slope
#    from each use.
# 2. **A graph of simple operations is all that is needed**: each knows its own slopes, and the chain rule
#    multiplies along ways and adds where they meet.
# 3. **Backward is one pass in the right order**, each node once: as cheap as the forward pass, whatever
#    the number of parameters.
# 4. **Stretched forward means summed backward.**
# 5. **Gradients add up until you zero them, and an update must not be recorded.**

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
    "reverse-mode automatic differentiation, and training with it",
    goals=[
        "derive the gradient of a linear model with several outputs, with all shapes",
        "draw the computational graph of an expression and walk it backwards by hand",
        "explain why contributions add up where a value is used more than once",
        "explain why the order of the nodes matters, and what goes wrong without one",
        "explain what zeroing gradients and not recording updates are for",
    ],
    try_it=[
        "Add exp to the engine. Which slope does it have, and how do you test it?",
        "Draw the graph of (a + b) * (a - b), and walk it backwards with a = 3, b = 2.",
        "Never zero, but multiply grad by 0.9 after each step. What is that called, and what happens?",
        "Record the update on purpose and time 100, 200 and 400 epochs. How does the time grow?",
        "Count the multiplications of a forward and of a backward pass through a @ b. What is the ratio?",
        "Fit y = x ** 2 with a hidden layer of your own: which operation is still missing?",
    ],
)

# %% [markdown]
# ## Hand in
#
# Save the notebook, run the cell below, and upload this one file, `04-autograd.ipynb`.

# %% locked="ready"
from course import ready

ready()
