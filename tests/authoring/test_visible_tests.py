"""What the build writes into a test cell from the wrong answers beside its check."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.authoring.visible_tests import with_misconceptions
from autograder.checking import Call, check
from autograder.lesson.source import read_manuscript
from course.testing.trial import Mismatch, expect

LESSON = """# %% setup
import numpy as np

# %% locked="imports"
from course import expect

# %% answer="doubled"
def doubled(values):
    ### BEGIN SOLUTION
    return 2 * values
    ### END SOLUTION

# %% test="doubled" points=2
expect(doubled, np.array([1.0, 3.0])).gives(np.array([2.0, 6.0]))
expect(doubled, np.array([0.0, 5.0])).gives(np.array([0.0, 10.0]))

# %% [markdown] hints="doubled"
# What is a double?
#
# Twice a value.
"""


@check("returns_nothing")
def check_doubled(doubled):
    """doubled(values) is twice each value."""
    values = np.array([1.5, 4.0])
    yield Call(doubled, values).gives(2 * values)


@check_doubled.misconception
def squared(values):
    """You square the values: a square of 2 is twice 2 by chance."""
    return values**2


@check_doubled.another(squared)
def cubed(values):
    return values**3


@check_doubled.misconception
def in_place(values):
    """Your function writes into the array that it is given."""
    values *= 2
    return values


@check_doubled.misconception
def five_lost(values):
    """A value of 5 gets lost on the way."""
    return 2 * np.where(values == 5, 0, values)


@pytest.fixture(scope="module")
def visible(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("lesson") / "07-doubles.py"
    file.write_text(LESSON)
    manuscript = read_manuscript(file)
    return with_misconceptions(manuscript, manuscript.having("test")["doubled"], check_doubled)


def run(visible: str, doubled: Any) -> str:
    """What the visible test says of this answer; nothing where it passes."""
    try:
        exec(visible, {"np": np, "expect": expect, "doubled": doubled})
    except Mismatch as mismatch:
        return str(mismatch)
    return ""


@pytest.mark.parametrize("made", [squared, cubed, in_place, five_lost])
def test_each_wrong_answer_is_named_where_its_value_or_its_changes_show_it(visible: str, made: Any) -> None:
    sentence = check_doubled.misconceptions[{"cubed": "squared"}.get(made.__name__, made.__name__)]
    assert sentence in " ".join(run(visible, made).split())


def test_nothing_returned_is_named_and_the_right_answer_passes(visible: str) -> None:
    assert "without handing anything back" in run(visible, lambda values: None)
    assert run(visible, lambda values: values + values) == ""


def test_each_sentence_stands_in_the_first_example_that_shows_it_and_only_there(visible: str) -> None:
    first, second = visible.split("expect(doubled", 2)[1:]
    assert ("square" in first, "gets lost" in first) == (True, False)
    assert ("square" in second, "gets lost" in second) == (False, True)


def test_a_cell_keeps_to_its_width(visible: str) -> None:
    assert max(map(len, visible.splitlines())) <= 88


def test_an_author_s_own_table_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "07-doubles.py"
    own = LESSON.replace("6.0]))", '6.0]), {"Mine.": np.array([1.0, 3.0])})')
    file.write_text(own)
    manuscript = read_manuscript(file)
    cell = manuscript.having("test")["doubled"]
    written = with_misconceptions(manuscript, cell, check_doubled)
    assert written.splitlines()[0] == cell.source.splitlines()[0]
    assert "square" in written.split("expect(doubled", 2)[2]
