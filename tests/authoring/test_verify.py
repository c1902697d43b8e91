"""Each proof finds its fault, and says where it is and what cures it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.__main__ import COMMANDS, main
from autograder.authoring.build import build_to_file
from autograder.authoring.course_checks import PROOFS, Subject
from autograder.authoring.leaks import leaks_in_text, secret_lines
from autograder.authoring.scaffold import new_exercise
from autograder.authoring.verify import prove
from autograder.lesson.source import read_manuscript

NAME = "01-mini"


def faults(course: Path, proof: str) -> str:
    found = prove(Subject(course, NAME), proof).problems
    assert all(problem.place and problem.cure for problem in found)
    return "\n".join(map(str, found))


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def source(course: Path) -> Path:
    return course / "source" / NAME / f"{NAME}.py"


def released(course: Path) -> Path:
    return course / "release" / NAME / f"{NAME}.ipynb"


def bank(course: Path) -> Path:
    return course / "source" / NAME / "answers"


def test_the_miniature_course_is_proved_by_the_command(built_minicourse: Path) -> None:
    result = CliRunner().invoke(main, ["verify", "--course-dir", str(built_minicourse)])
    assert result.exit_code == 0, result.output
    assert all(proof in result.output for proof in PROOFS)
    assert "✗" not in result.output


def test_a_fault_ends_the_command_with_1(minicourse: Path) -> None:
    (bank(minicourse) / "total" / "product.py").rename(bank(minicourse) / "total" / "last_left_out.py")
    result = CliRunner().invoke(main, ["verify", NAME, "--course-dir", str(minicourse)])
    assert result.exit_code == 1
    assert "✗ source/01-mini/answers/total/last_left_out.py: it is judged incorrect (product)" in result.output
    assert "✗ source/01-mini/answers/total/product.py: the misconception has no wrong answer" in result.output


def test_an_unknown_lesson_is_told(minicourse: Path) -> None:
    result = CliRunner().invoke(main, ["verify", "07-none", "--course-dir", str(minicourse)])
    assert result.exit_code == 1
    assert "choose from: 01-mini" in result.output


def test_a_source_that_cannot_be_built_is_told_once(minicourse: Path) -> None:
    replace(source(minicourse), 'test="total" points=10', 'test="total" points=11')
    result = CliRunner().invoke(main, ["verify", "--course-dir", str(minicourse)])
    assert result.exit_code == 1
    assert result.output.count("the points add up to 41") == 1


def test_stale_products_are_found(minicourse: Path) -> None:
    replace(source(minicourse), "it teaches nothing new", "it teaches nothing")
    assert faults(minicourse, "products are fresh").startswith(
        f"source/{NAME}/{NAME}.ipynb: it differs from a build"
    )
    build_to_file(minicourse, NAME)
    assert faults(minicourse, "products are fresh").startswith(
        f"release/{NAME}/{NAME}.ipynb: it differs from a release"
    )


def test_a_slow_cell_is_found(minicourse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.authoring.course_checks.CELL_SECONDS", 0.0)
    monkeypatch.setattr("autograder.authoring.course_checks.LESSON_SECONDS", 0.0)
    found = faults(minicourse, "runs within its time")
    assert "01-mini (setup): it takes" in found
    assert "01-mini: it takes" in found


def test_a_stub_that_earns_points_is_found(minicourse: Path) -> None:
    stub = "raise NotImplementedError()"
    text = json.loads(released(minicourse).read_text(encoding="utf-8"))
    cell = next(cell for cell in text["cells"] if cell["id"] == "mean")
    cell["source"] = f"def mean(values):\n    if not values:\n        return float('nan')\n    {stub}"
    released(minicourse).write_text(json.dumps(text), encoding="utf-8")
    assert "check_mean: its stub earns 50%" in faults(minicourse, "untouched earns 0")


def test_a_wrong_solution_is_found(minicourse: Path) -> None:
    replace(source(minicourse).with_suffix(".ipynb"), "return total(values) / len(values)", "return total(values)")
    assert "check_mean: the solution is judged partial" in faults(minicourse, "solutions earn all")


MISFILED: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "wrong label": (
        lambda folder: (folder / "total" / "product.py").rename(folder / "total" / "plain_product.py"),
        "answers get their verdicts",
        "plain_product.py: it is judged incorrect (product)",
    ),
    "right answer in a wrong one's place": (
        lambda folder: (folder / "total" / "product.py").write_text("total = lambda values: float(sum(values))"),
        "answers get their verdicts",
        "product.py: it is judged correct",
    ),
    "unknown key": (
        lambda folder: (folder / "mean").rename(folder / "median"),
        "answers get their verdicts",
        "no exercise has this key",
    ),
    "unknown label": (
        lambda folder: (folder / "total" / "product.py").rename(folder / "total" / "products.py"),
        "answers get their verdicts",
        "products.py: no misconception is called products",
    ),
    "no Python": (
        lambda folder: (folder / "mean" / "plain_empty_list.py").write_text("def mean(values:\n"),
        "answers get their verdicts",
        "plain_empty_list.py: line 1: ",
    ),
    "in no folder": (
        lambda folder: (folder / "correct_mean.py").write_text(""),
        "answers get their verdicts",
        "answers/correct_mean.py: no exercise owns it",
    ),
    "too few styles": (
        lambda folder: (folder / "mean" / "correct_loop.py").unlink(),
        "misconceptions have answers",
        "source/01-mini/answers/mean: 3 right answers",
    ),
}


@pytest.mark.parametrize("case", MISFILED)
def test_a_misfiled_answer_is_found(case: str, minicourse: Path) -> None:
    change, proof, told = MISFILED[case]
    change(bank(minicourse))
    assert told in faults(minicourse, proof)


MISWRITTEN = {
    "def halves(values):\n    return float(sum(values))": (
        "answers get their verdicts",
        "mini.py (halves): it is judged correct",
    ),
    "def halves():\n    return 0.0": ("answers get their verdicts", "it takes 0 arguments, the solution 1"),
    "def halves(values):\n    return numpy.sum(values)": (
        "misconceptions have answers",
        "(halves): it uses numpy, which",
    ),
}


@pytest.mark.parametrize("wrong", MISWRITTEN)
def test_a_wrong_answer_that_is_none_is_found(wrong: str, minicourse: Path) -> None:
    proof, told = MISWRITTEN[wrong]
    checks = minicourse / "source" / NAME / "checks" / "mini.py"
    text = wrong.replace("):\n", '):\n    """It is half of what it should be."""\n', 1)
    checks.write_text(
        checks.read_text(encoding="utf-8") + f"\n\n@check_total.misconception\n{text}\n", encoding="utf-8"
    )
    assert told in faults(minicourse, proof)


def test_an_exercise_that_is_newer_than_the_release_is_told_and_can_be_released(minicourse: Path) -> None:
    released_before = released(minicourse).read_text(encoding="utf-8")
    new_exercise(minicourse, NAME, "sum_of_all")
    build_to_file(minicourse, NAME)
    assert "it is older than the exercise sum_of_all" in faults(minicourse, "untouched earns 0")
    result = CliRunner().invoke(main, ["release", "--course-dir", str(minicourse)])
    assert result.exit_code == 0, result.output
    assert "is still to be filled in" in result.output
    assert released(minicourse).read_text(encoding="utf-8") != released_before
    assert not faults(minicourse, "untouched earns 0")


def test_the_stub_that_is_about_to_be_released_is_judged(minicourse: Path) -> None:
    before = released(minicourse).read_bytes()
    line = "    return total(values) / len(values)\n"
    text = source(minicourse).read_text(encoding="utf-8")
    at = text.index("def mean(")
    marked = text.index("    ### BEGIN SOLUTION\n", at)
    source(minicourse).write_text(text[:marked] + line + text[marked:], encoding="utf-8")
    result = CliRunner().invoke(main, ["release", "--course-dir", str(minicourse)])
    assert result.exit_code == 1
    assert "check_mean: its stub earns" in result.output
    assert released(minicourse).read_bytes() == before


def test_a_lesson_that_begins_as_another_is_found(minicourse: Path) -> None:
    replace(source(minicourse), f'begin("{NAME}")', 'begin("02-other")')
    assert f"{NAME}.py: it begins as '02-other'" in faults(minicourse, "has a title and ready()")


def test_a_missing_hint_is_found(minicourse: Path) -> None:
    replace(source(minicourse).with_suffix(".ipynb"), "<summary>Hint 2</summary>", "Hint 2")
    assert "01-mini (hints_total): 1 hints" in faults(minicourse, "two hints each")


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("show(plot_values([1.0]))", "show() without alt text"),
        ('show(plot_values([1.0]), " ")', "show() without alt text"),
        ('show(plot_values([1.0]), alt="")', "show() without alt text"),
        ("plot_values([1.0])\nplt.show()", "plt.show() shows a figure without words"),
        ("plot_values([1.0])", "01-mini (picture): a figure is shown without words"),
    ],
)
def test_a_figure_without_words_is_found(new: str, told: str, minicourse: Path) -> None:
    replace(source(minicourse), 'show(plot_values([1.0, 3.0, 2.0]), "A line through 1, 3 and 2.")', new)
    assert told in faults(minicourse, "figures have alt text")


def test_leaks_in_a_release_are_found(minicourse: Path) -> None:
    replace(released(minicourse), "You have the sum already.", "return total(values) / len(values)")
    replace(released(minicourse), "How many values share it?", "### BEGIN HIDDEN TESTS")
    (released(minicourse).parent / "notes.txt").write_text("")
    (minicourse / "release" / "00-old.ipynb").write_text("{}")
    page = minicourse / "feedback" / "ada" / NAME / f"{NAME}.html"
    page.parent.mkdir(parents=True)
    page.write_text("<pre><b>check_total</b>(<i>total</i>, points=10)</pre>")
    found = faults(minicourse, "nothing leaks")
    assert "a line of the solution of mean: return total(values) / len(values)" in found
    assert "it holds 'BEGIN HIDDEN TESTS'" in found
    assert "release/01-mini/notes.txt: it does not belong to the release" in found
    assert "release/00-old.ipynb: it does not belong to the release" in found
    assert "feedback/ada/01-mini/01-mini.html: it shows a hidden test: check_total(total, points=1" in found


def test_a_line_that_is_shown_anyway_is_no_secret(minicourse: Path) -> None:
    secrets = secret_lines(read_manuscript(source(minicourse)))
    assert secrets["running += float(value)"] == "total"
    assert secrets["Marking: 2 points for the sum that is shared, 2 for the size of the pull."] == "explain_mean"
    assert "def total(values):" not in secrets
    assert [str(leak) for leak in leaks_in_text("running = 1", secrets, "place")] == []


def test_help_lists_every_command_and_each_can_be_loaded() -> None:
    runner = CliRunner()
    listed = runner.invoke(main, ["--help"])
    assert listed.exit_code == 0
    for name, (_, line) in COMMANDS.items():
        assert f"  {name} " in listed.output
        assert line.split()[0] in listed.output
        assert runner.invoke(main, [name, "--help"]).exit_code == 0
    assert runner.invoke(main, ["nonsense"]).exit_code == 2


def test_release_writes_everything_and_says_so(minicourse: Path) -> None:
    released(minicourse).unlink()
    result = CliRunner().invoke(main, ["release", "--course-dir", str(minicourse)])
    assert result.exit_code == 0, result.output
    assert "release/01-mini/01-mini.ipynb: written, version" in result.output
    assert (minicourse / "dist" / "student" / "release" / NAME / f"{NAME}.ipynb").is_file()
    again = CliRunner().invoke(main, ["build", "--course-dir", str(minicourse)])
    assert "source/01-mini/01-mini.ipynb: up to date" in again.output
