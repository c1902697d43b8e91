"""What is wrong with a source text is told with its place and its cure, all of it at once."""

from pathlib import Path

import pytest

from autograder.lesson.points import points_of, points_problems
from autograder.lesson.source import read_manuscript
from autograder.records.problem import LessonError
from tests.support.places import MINICOURSE

SOURCE = MINICOURSE / "source" / "01-mini" / "01-mini.py"


def changed(folder: Path, old: str, new: str) -> Path:
    text = SOURCE.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    file = folder / "01-mini.py"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_every_cell_has_its_role_and_grade_id() -> None:
    manuscript = read_manuscript(SOURCE)
    ids = [cell.grade_id for cell in manuscript.cells if cell.role]
    assert ids[:3] == ["setup", "imports", "prediction_sum_sign"]
    assert ids[-2:] == ["reveal_walk", "explain_mean"]
    assert list(manuscript.having("answer")) == ["total", "mean", "plot_values"]
    assert manuscript.having("predict")["walk"].header["example"] == [0, 2, 5, 9, 10]


MISTAKES = {
    "unknown header key": ('# %% test="total" points=10', '# %% test="total" pionts=10', "'pionts' is not known"),
    "points missing": ('# %% test="total" points=10', '# %% test="total"', "the header has no points"),
    "no predict example": (' example="a" confidence=90', " confidence=90", "the header has no example"),
    "two answers, one key": ('# %% answer="mean"', '# %% answer="total"', "line 26 has this key already"),
    "no test": ('# %% test="mean" points=10', '# %% locked="mean_test"', "there is no test cell"),
    "no hints": ('# %% [markdown] hints="total"', "# %% [markdown]", 'add a cell with hints="total"'),
    "no reveal": ('# %% reveal\nreveal("walk"', '# %% locked="walk"\nreveal("walk"', "there is no reveal cell"),
    "two roles": ('# %% locked="picture"', '# %% locked="picture" test="picture"', "both locked and test"),
    "wrong kind": ('# %% [markdown] hints="total"', '# %% hints="total"', "make it a markdown cell"),
    "syntax error": ("    running = 0.0\n", "    running = = 0.0\n", "line 4 of the cell: invalid syntax"),
    "unmarked solution": ("    ### BEGIN SOLUTION\n    running", "    running", "its solution is not marked"),
    "stray marker": ("## Add up", "## Add up\n# ### BEGIN SOLUTION", "is outside an answer"),
    "bad name": ('# %% locked="picture"', '# %% locked="a picture"', "'a picture' is not a name"),
    "semicolon": ('reveal("mean_of_five", 4.0)', 'reveal("mean_of_five", 4.0);', "a semicolon ends the cell"),
    "setup does more": ("import numpy as np", "import numpy as np\nimport os", "import only `np` and `plt`"),
    "not first": ("# %% setup", '# %% locked="early"', "the first code cell is not the setup"),
    "two names": ('"mean_of_five", "What', '"mean_of_six", "What', "there is no reveal cell for it"),
    "not one call": (
        'predict.number("mean',
        'x = predict.number("mean',
        "it makes no call that names a prediction",
    ),
    "unknown tag": ('tags=["volatile"]', 'tags=["hidden"]', "the tag 'hidden' is not known"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_place_and_cure(mistake: str, tmp_path: Path) -> None:
    old, new, told = MISTAKES[mistake]
    with pytest.raises(LessonError) as caught:
        read_manuscript(changed(tmp_path, old, new))
    assert told in str(caught.value)
    assert all(problem.place.startswith("01-mini.py:") and problem.cure for problem in caught.value.problems)


def test_the_place_is_the_line_of_the_header(tmp_path: Path) -> None:
    with pytest.raises(LessonError) as caught:
        read_manuscript(changed(tmp_path, '# %% test="mean" points=10', '# %% test="mean" p=10'))
    assert {problem.place for problem in caught.value.problems} == {'01-mini.py:63 (test="mean")'}


def test_text_before_the_first_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="before the first cell"):
        read_manuscript(changed(tmp_path, "# %% setup", "x = 1\n# %% setup"))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="no such file"):
        read_manuscript(tmp_path / "02-none.py")


def test_predictions_share_their_points_equally() -> None:
    manuscript = read_manuscript(SOURCE)
    assert [points_of(cell, manuscript) for cell in manuscript.having("predict").values()] == [2.0, 2.0, 2.0]
    assert list(points_problems(manuscript)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('test="total" points=10', 'test="total" points=9', "the points add up to 39"),
        ('answer="plot_values" points=5', 'answer="plot_values" points=6', "half is graded by hand"),
        ('written="explain_mean"', 'written="explain_mean" points=3', "add up to 39, not to 40"),
        ("# %% setup", "# %% setup points=41", "add up to 40, not to 41"),
        ("# %% setup", "# %% setup predictions=9", "add up to 43, not to 40"),
    ],
)
def test_points_that_do_not_fit_are_told(old: str, new: str, told: str, tmp_path: Path) -> None:
    problems = points_problems(read_manuscript(changed(tmp_path, old, new)))
    assert told in "\n".join(map(str, problems))
