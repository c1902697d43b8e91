"""The hidden checks of the lesson in miniature."""

import math

from autograder.checking import Call, check, generator


@check(
    product="You multiply the values; a sum adds them.",
    last_left_out="One value is missing from your sum: look at where your loop ends.",
)
def check_total(total):
    """total(values) is the sum of the values."""
    rng = generator()
    for n in (2, 5, 9):
        values = [float(value) for value in rng.uniform(1, 3, n)]
        mistakes = {"product": math.prod(values), "last_left_out": math.fsum(values[:-1])}
        yield Call(total, values).gives(math.fsum(values), mistakes)


@check(sum_instead_of_mean="Your mean grows with the number of values: divide the sum.")
def check_mean(mean):
    """mean(values) is the sum of the values over their number."""
    rng = generator()
    for n in (2, 7):
        values = [float(value) for value in rng.normal(size=n)]
        expected = math.fsum(values) / n
        yield Call(mean, values).gives(expected, {"sum_instead_of_mean": math.fsum(values)}, part="values")
    yield Call(mean, []).satisfies(math.isnan, "nan where there is no value", part="empty")


@check(unlabelled_axis="A reader cannot tell what your axes show: label both.")
def check_plot_values(plot_values):
    """plot_values(values) is a figure of the values over their index, with labelled axes."""
    values = [float(value) for value in generator().normal(size=6)]
    call = Call(plot_values, values)
    yield call.satisfies(lambda figure: _shows(figure, values), "a line through the values")
    yield call.satisfies(
        _labelled, "a label on each axis", {"unlabelled_axis": lambda call: _shows(call.value, values)}
    )


def _shows(figure, values):
    lines = [line for axes in figure.axes for line in axes.get_lines()]
    return any(list(line.get_ydata()) == values for line in lines)


def _labelled(figure):
    return all(axes.get_xlabel() and axes.get_ylabel() for axes in figure.axes)
