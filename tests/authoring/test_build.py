"""Building a lesson: executed, marked, byte-stable, and clear about what hinders it."""

import json
from pathlib import Path

import pytest

from autograder.authoring.build import build, build_to_file
from autograder.records.problem import LessonError


def edit(course: Path, old: str, new: str) -> None:
    file = course / "source" / "01-mini" / "01-mini.py"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def cells(course: Path) -> dict[str, dict]:
    text = (course / "source" / "01-mini" / "01-mini.ipynb").read_text(encoding="utf-8")
    return {cell["id"]: cell for cell in json.loads(text)["cells"]}


def outputs(cell: dict) -> str:
    found = [output.get("text") or output["data"]["text/plain"] for output in cell["outputs"]]
    return "".join("".join(lines) for lines in found)


def test_a_rebuild_gives_the_same_bytes(built_minicourse: Path) -> None:
    file = built_minicourse / "source" / "01-mini" / "01-mini.ipynb"
    built = build(built_minicourse, "01-mini")
    assert built.text == file.read_text(encoding="utf-8")
    assert not build_to_file(built_minicourse, "01-mini")
    assert 0 < built.seconds["setup"] < 30


def test_cells_are_marked_for_nbgrader(built_minicourse: Path) -> None:
    made = cells(built_minicourse)
    grades = {key: cell["metadata"]["nbgrader"] for key, cell in made.items() if "nbgrader" in cell["metadata"]}
    assert all(mark["grade_id"] == key and mark["schema_version"] == 3 for key, mark in grades.items())
    graded = {key: mark["points"] for key, mark in grades.items() if mark["grade"]}
    assert graded == {
        "prediction_sum_sign": 2, "test_total": 10, "prediction_mean_of_five": 2, "test_mean": 10,
        "prediction_walk": 2, "plot_values": 5, "test_plot_values": 5, "explain_mean": 4,
    }  # fmt: skip
    assert {key for key, mark in grades.items() if mark["solution"]} == {
        "total",
        "mean",
        "plot_values",
        "explain_mean",
    }
    assert [key for key in made if key.startswith("cell-")] == [
        "cell-3",
        "cell-6",
        "cell-11",
        "cell-18",
        "cell-27",
        "cell-28",
    ]


def test_the_hidden_block_calls_the_check_last(built_minicourse: Path) -> None:
    made = cells(built_minicourse)["test_total"]
    assert "".join(made["source"]).splitlines()[-6:] == [
        "### BEGIN HIDDEN TESTS",
        "from autograder.checking import hidden_check",
        "",
        'check_total = hidden_check("01-mini", "total")',
        "check_total(total, points=10)",
        "### END HIDDEN TESTS",
    ]
    assert made["outputs"][-1]["data"]["text/plain"] == ["10.0"]


def test_the_plain_form_locks_the_example(built_minicourse: Path) -> None:
    plain = cells(built_minicourse)["plain_walk"]
    assert plain["source"] == ['predict.lock("walk", [0, 2, 5, 9, 10], confidence=70)']
    assert "nbgrader" not in plain["metadata"]


def test_outputs_are_plain_and_volatile_ones_are_gone(built_minicourse: Path) -> None:
    made = cells(built_minicourse)
    kinds = {
        kind for cell in made.values() for output in cell.get("outputs", []) for kind in output.get("data", {})
    }
    assert "text/plain" in kinds
    assert kinds <= {"text/plain", "application/vnd.first-descent.truth+json"}
    assert made["cell-27"]["outputs"] == []
    assert "nbval-ignore-output" in made["cell-27"]["metadata"]["tags"]
    assert outputs(made["picture"]) == "Figure: A line through 1, 3 and 2."


def test_the_notebook_names_no_pairing_and_no_version(built_minicourse: Path) -> None:
    notebook = json.loads((built_minicourse / "source" / "01-mini" / "01-mini.ipynb").read_text(encoding="utf-8"))
    assert notebook["metadata"] == {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert all("execution" not in cell["metadata"] for cell in notebook["cells"])


def test_nothing_is_left_beside_the_notebook(built_minicourse: Path) -> None:
    assert sorted(file.name for file in (built_minicourse / "source" / "01-mini").iterdir()) == [
        "01-mini.ipynb",
        "01-mini.py",
        "answers",
        "checks",
    ]


def test_a_cell_that_raises_is_named_and_the_product_stays(minicourse: Path) -> None:
    file = minicourse / "source" / "01-mini" / "01-mini.ipynb"
    before = file.read_bytes()
    edit(minicourse, "return total(values) / len(values)", "return total(values) / 0")
    with pytest.raises(LessonError, match=r"01-mini\.py \(test_mean\): it raises Mismatch: mean"):
        build_to_file(minicourse, "01-mini")
    assert file.read_bytes() == before


def test_an_address_in_an_output_is_refused(minicourse: Path) -> None:
    edit(minicourse, 'import time\n\nprint(f"This cell ran at {time.time():.0f}.")', "object()")
    edit(minicourse, '# %% tags=["volatile"]', "# %%")
    with pytest.raises(LessonError, match=r"\(cell-27\): its output shows a memory address"):
        build(minicourse, "01-mini")


def test_warnings_and_pictures_do_not_reach_the_product(minicourse: Path) -> None:
    code = 'import sys\n\nprint("a"); print("w", file=sys.stderr); print("b")\nplt.plot([1])\nplt.gcf()'
    edit(minicourse, 'import time\n\nprint(f"This cell ran at {time.time():.0f}.")', code)
    edit(minicourse, '# %% tags=["volatile"]', "# %%")
    build_to_file(minicourse, "01-mini")
    first, *rest = cells(minicourse)["cell-27"]["outputs"]
    assert first == {"name": "stdout", "output_type": "stream", "text": ["a\n", "b"[:1] + "\n"]}
    assert all(set(output["data"]) == {"text/plain"} for output in rest)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("def check_mean(", "def check_median(", "write check_mean in checks/mean.py"),
        ("def check_mean(", "def check_median(", r"checks/ \(check_median\): no exercise has this key"),
    ],
)
def test_checks_and_exercises_have_to_match(minicourse: Path, old: str, new: str, told: str) -> None:
    checks = minicourse / "source" / "01-mini" / "checks" / "mini.py"
    checks.write_text(checks.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(LessonError, match=told):
        build(minicourse, "01-mini")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("rng = generator()", "rng = generator(", r"source/01-mini/checks/mini\.py, line \d+: SyntaxError"),
        ("import math", "import mathematics", r"mini\.py, line 3: ModuleNotFoundError: No module"),
        (
            "def check_mean(mean)",
            "def check_mean(median)",
            "check_mean: no cell .* defines its parameter 'median'",
        ),
        ("@check(sum", '@check("return_nothing", sum', r"'return_nothing' is none of returns_nothing, changes"),
        ("yield Call(total, values)", "Call(total, values)", r"line \d+: check_total yields no finding"),
        (
            '    """mean(values) is the sum of the values over their number."""\n',
            "",
            "check_mean: it has no docstring",
        ),
        ("generator()", "generater()", r"checks/mini\.py, line \d+: it raises NameError: name 'generater'"),
    ],
)
def test_an_error_in_a_check_names_its_line(minicourse: Path, old: str, new: str, told: str) -> None:
    checks = minicourse / "source" / "01-mini" / "checks" / "mini.py"
    text = checks.read_text(encoding="utf-8")
    assert old in text
    checks.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(LessonError, match=told):
        build(minicourse, "01-mini")


def test_an_expectation_that_compares_nothing_is_told(minicourse: Path) -> None:
    text = (minicourse / "source" / "01-mini" / "01-mini.py").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("expect(") and ").gives(" in line)
    edit(minicourse, line, line.partition(".gives(")[0])
    with pytest.raises(LessonError, match="it compares nothing: expect"):
        build(minicourse, "01-mini")
