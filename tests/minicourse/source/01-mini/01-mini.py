# %% setup
import matplotlib.pyplot as plt
import numpy as np

# %% locked="imports"
from course import begin, expect, reveal, show
from course.predictions import predict

begin("01-mini")

# %% [markdown]
# # A lesson in miniature
#
# You add numbers up, and find their middle. The tool is tested on this lesson; it teaches nothing new.

# %% predict example="a" confidence=90
predict.choice(
    "sum_sign",
    "You add -1 and -2. What sign has the sum?",
    {"a": "negative", "b": "positive", "c": "none: it is zero"},
)

# %% [markdown]
# ## Add up

# %% answer="total"
def total(values):
    """The sum of the values, as a float."""
    ### BEGIN SOLUTION
    running = 0.0
    for value in values:
        running += float(value)
    return running
    ### END SOLUTION

# %% test="total" points=10
expect(total, [1.0, 2.0, 4.0]).gives(7.0, {"That is the product; add the values.": 8.0})
expect(total, []).gives(0.0)

# %% [markdown] hints="total"
# Keep a running sum. What is it before the first value?
#
# It starts at zero, and each value is added to it.

# %% reveal
reveal("sum_sign", "a", why={"a": "Both pull the same way.", "b": "That is the product's sign."})

# %% [markdown]
# ## The middle

# %% predict example=3.5 confidence=60
predict.number("mean_of_five", "What is the mean of 1, 2, 3, 4 and 10?", low=0, high=100)

# %% answer="mean"
def mean(values):
    """The mean of the values, as a float; nan if there is none."""
    ### BEGIN SOLUTION
    if len(values) == 0:
        return float("nan")
    return total(values) / len(values)
    ### END SOLUTION

# %% test="mean" points=10
expect(mean, [1.0, 2.0, 6.0]).gives(3.0, {"That is the sum; divide it by how many there are.": 9.0})

# %% [markdown] hints="mean"
# You have the sum already.
#
# How many values share it?

# %% reveal
reveal("mean_of_five", 4.0)

# %% [markdown]
# ## A picture

# %% predict example=[0, 2, 5, 9, 10] confidence=70
predict.curve("walk", "Draw the running sum of ten ones.", x=(0, 10), y=(0, 12), xlabel="k", ylabel="sum")

# %% answer="plot_values" points=5
def plot_values(values):
    """A figure of the values over their index, with a label on each axis."""
    ### BEGIN SOLUTION
    figure, axes = plt.subplots()
    axes.plot(np.arange(len(values)), values)
    axes.set_xlabel("index")
    axes.set_ylabel("value")
    return figure
    ### END SOLUTION

# %% locked="picture"
show(plot_values([1.0, 3.0, 2.0]), "A line through 1, 3 and 2.")

# %% test="plot_values" points=5
expect(plot_values, [1.0, 3.0, 2.0]).satisfies(
    lambda figure: len(figure.axes) == 1, "a figure with one panel"
)

# %% [markdown] hints="plot_values"
# `plt.subplots` gives a figure and its axes.
#
# Give the figure back at the end.

# %% reveal
reveal("walk", np.arange(11.0))

# %% [markdown] written="explain_mean"
# Why does one large value pull the mean so far? One or two sentences.
#
# ### BEGIN SOLUTION
# The mean shares the sum equally, so every unit of a large value moves it by 1/n of a unit.
#
# Marking: 2 points for the sum that is shared, 2 for the size of the pull.
# Full: "It adds to the sum, and the mean is the sum over n." Half: "It is in the sum." None: "It is large."
# ### END SOLUTION

# %% tags=["volatile"]
import time

print(f"This cell ran at {time.time():.0f}.")

# %%
from course import ready

ready()
