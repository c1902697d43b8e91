"""Whatever happened to a notebook on its way, its answers are found, and what was guessed is told."""

from __future__ import annotations

import copy
import json
import os
import shutil

import pytest

from autograder.authoring.answer_files import submitted_notebook
from autograder.grading.submission import (
    LARGEST,
    Submission,
    Unreadable,
    find_notebook,
    parse_submission,
    read_submission,
    student_name,
)
from autograder.lesson.model import Lesson
from tests.support.submissions import RIGHT, as_bytes, cell


@pytest.fixture
def right(mini_lesson: Lesson) -> dict:
    return submitted_notebook(
        mini_lesson,
        RIGHT,
        predictions={"sum_sign": ("a", 80), "mean_of_five": (4.0, 80), "walk": ([0, 5, 10], 80)},
    )


def read(notebook: dict, lesson: Lesson) -> Submission:
    return parse_submission(json.dumps(notebook).encode(), lesson, "ada", "ada.ipynb")


def test_answers_written_answers_and_predictions_are_read(mini_lesson, right):
    submission = read(right, mini_lesson)
    assert submission.answers == {key: RIGHT[key] for key in ("total", "mean", "plot_values")}
    assert submission.written == {"explain_mean": RIGHT["explain_mean"]}
    assert all(standing.earns for standing in submission.predictions.values())
    assert submission.notes == () and submission.outdated == ""


@pytest.mark.parametrize("identity", ["setup", "test_total", "test_mean", "imports"])
def test_a_deleted_cell_of_ours_changes_nothing(mini_lesson, right, identity):
    wanted = read(right, mini_lesson)
    right["cells"].remove(cell(right, identity))
    assert read(right, mini_lesson) == wanted


def test_a_copied_test_cell_changes_nothing(mini_lesson, right):
    wanted = read(right, mini_lesson)
    right["cells"].append(copy.deepcopy(cell(right, "test_total")))
    assert read(right, mini_lesson) == wanted


def test_edited_and_retyped_test_cells_change_nothing(mini_lesson, right):
    wanted = read(right, mini_lesson)
    cell(right, "test_total")["source"] = "print('all passed')"
    cell(right, "test_mean")["cell_type"] = "markdown"
    assert read(right, mini_lesson) == wanted


def test_of_a_copied_answer_cell_both_are_read_in_order(mini_lesson, right):
    double = copy.deepcopy(cell(right, "total"))
    double["source"] = "def total(values):\n    return 1.0"
    right["cells"].insert(0, double)
    submission = read(right, mini_lesson)
    assert submission.answers["total"] == double["source"] + "\n" + RIGHT["total"]
    assert "Several cells" in submission.notes[0] and "total" in submission.notes[0]


def test_an_untouched_copy_does_not_undo_an_answer(mini_lesson, right):
    right["cells"].append(copy.deepcopy(cell(mini_lesson.release, "total")))
    assert read(right, mini_lesson).answers["total"] == RIGHT["total"]


def test_a_copy_that_is_no_python_does_not_spoil_the_whole_one(mini_lesson, right):
    right["cells"].append({**cell(right, "total"), "source": "def total(values:\n    retur"})
    assert read(right, mini_lesson).answers["total"] == RIGHT["total"]


def test_the_halves_of_a_split_answer_are_put_together(mini_lesson, right):
    whole = cell(right, "total")
    first, second = whole["source"].split("\n")
    at = right["cells"].index(whole)
    right["cells"][at : at + 1] = [{**whole, "source": first}, {**whole, "source": second, "id": "half"}]
    assert read(right, mini_lesson).answers["total"] == RIGHT["total"]


def test_without_metadata_the_cell_ids_tell(mini_lesson, right):
    for each in right["cells"]:
        each["metadata"] = {}
    submission = read(right, mini_lesson)
    assert submission.answers["mean"] == RIGHT["mean"]
    assert submission.written["explain_mean"] == RIGHT["explain_mean"]
    assert all(standing.earns for standing in submission.predictions.values())
    assert submission.notes == (
        "The answer cell had lost its metadata; found by cell id: total, mean, plot_values, explain_mean.",
    )


def test_without_metadata_and_ids_the_functions_tell(mini_lesson, right):
    stub = mini_lesson.by_key["explain_mean"].stub
    cell(right, "explain_mean")["source"] = stub.split("\n")[0] + "\n\nIt is in the sum."
    for each in right["cells"]:
        each["metadata"] = {}
        each.pop("id")
    submission = read(right, mini_lesson)
    assert submission.answers == {key: RIGHT[key] for key in ("total", "mean", "plot_values")}
    assert submission.written["explain_mean"].endswith("It is in the sum.")
    assert [note.split(": ")[1] for note in submission.notes] == ["total, mean, plot_values.", "explain_mean."]
    assert all(standing.earns for standing in submission.predictions.values())


def test_everything_in_one_cell_is_taken_apart(mini_lesson):
    source = "\n\n".join(RIGHT[key] for key in ("total", "mean", "plot_values"))
    submission = read({"cells": [{"cell_type": "code", "source": source}]}, mini_lesson)
    assert submission.answers == {key: RIGHT[key] for key in ("total", "mean", "plot_values")}


def test_an_answer_in_a_new_cell_counts_where_the_old_one_is_blank(mini_lesson):
    left_blank = submitted_notebook(mini_lesson, {})
    left_blank["cells"].append({"cell_type": "code", "id": "new", "metadata": {}, "source": RIGHT["total"]})
    submission = read(left_blank, mini_lesson)
    assert submission.answers["total"] == RIGHT["total"]


def test_a_helper_of_the_students_own_cell_is_taken_along(mini_lesson, right):
    helper = "def add(values):\n    return float(sum(values))"
    cell(right, "total")["source"] = "def total(values):\n    return add(values)"
    right["cells"].insert(1, {"cell_type": "code", "id": "x", "metadata": {}, "source": helper + "\nadd([1])"})
    submission = read(right, mini_lesson)
    assert submission.answers["total"].startswith(helper + "\n\ndef total")
    assert submission.notes == (
        "The answer uses a function from one of your own cells, which was included: total.",
    )


def test_an_experiment_is_not_taken_for_a_parameter(mini_lesson, right):
    right["cells"].append({"cell_type": "code", "id": "x", "metadata": {}, "source": "values = 3\nmean([1])"})
    assert read(right, mini_lesson).answers["total"] == RIGHT["total"]


def test_a_retyped_answer_is_read_and_told(mini_lesson, right):
    cell(right, "total")["cell_type"] = "raw"
    cell(right, "explain_mean")["cell_type"] = "code"
    submission = read(right, mini_lesson)
    assert submission.answers["total"] == RIGHT["total"]
    assert submission.notes[0].endswith("its text was used: total, explain_mean.")


def test_lines_as_lists_foreign_line_ends_and_broken_characters_are_read(mini_lesson, right):
    cell(right, "total")["source"] = ["def total(values):\r\n", "    return 'a\ud800'"]
    assert read(right, mini_lesson).answers["total"] == "def total(values):\n    return 'a?'"


def test_another_kernel_is_told(mini_lesson, right):
    right["metadata"]["kernelspec"] = {"name": "ir", "language": "R"}
    assert "another kernel" in read(right, mini_lesson).notes[0]


def test_an_older_release_is_recognised(mini_lesson, right):
    right["metadata"]["first_descent"] = {"version": "0.0"}
    told = read(right, mini_lesson).outdated
    assert "ada" in told and "ada.ipynb" in told and "another release" in told


@pytest.mark.parametrize("damage", [None, 3, [], {"cells": 1}, {"cells": [1, None, {}]}, {"worksheets": [3]}])
def test_odd_json_is_refused_or_read_but_never_breaks(mini_lesson, damage):
    try:
        assert read(damage, mini_lesson).answers == {}
    except Unreadable as refusal:
        assert str(refusal).startswith("ada: ada.ipynb")


def test_what_json_allows_twice_or_python_beyond_json_is_read_and_scores_nothing(mini_lesson):
    blank = json.dumps(mini_lesson.release)
    odd = blank[:-1] + ', "metadata": {"first_descent": {"version": NaN}, "kernelspec": 7}, "nbformat": -Infinity}'
    answers = parse_submission(odd.encode(), mini_lesson, "ada", "ada.ipynb").answers
    assert answers == read(mini_lesson.release, mini_lesson).answers
    assert (
        parse_submission((blank[:-1] + ', "cells": []}').encode(), mini_lesson, "ada", "ada.ipynb").answers == {}
    )


@pytest.mark.parametrize("content", [b"", b"  \n", b"{", b"\xff\xfe", b"[" * 100_000, b"%PDF-1.4"])
def test_what_is_no_notebook_is_told_in_one_sentence(mini_lesson, content):
    with pytest.raises(Unreadable, match=r"^ada: ada\.ipynb .*hand in again\.$"):
        parse_submission(content, mini_lesson, "ada", "ada.ipynb")


@pytest.mark.parametrize(
    "name",
    ["", "..", "a/b", "../../etc", "a\\b", "a\nb", "<img src=x onerror=alert(1)>", 'a"b', "a&lt;b", "x" * 200],
)
def test_a_path_is_no_student(name):
    with pytest.raises(Unreadable, match="cannot be a student's name"):
        student_name(name)


def test_links_pipes_folders_and_huge_files_are_refused(mini_lesson, tmp_path):
    path = tmp_path / "01-mini.ipynb"
    path.symlink_to("/etc/hostname")
    with pytest.raises(Unreadable, match="is a link"):
        read_submission(path, mini_lesson, "ada")
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(Unreadable, match="not a plain file"):
        read_submission(path, mini_lesson, "ada")
    path.unlink()
    path.mkdir()
    with pytest.raises(Unreadable, match="not a plain file"):
        read_submission(path, mini_lesson, "ada")
    path.rmdir()
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(Unreadable, match="clear the outputs"):
        read_submission(path, mini_lesson, "ada")


def test_a_timestamp_that_is_no_file_is_none(mini_lesson, tmp_path):
    path = tmp_path / "01-mini.ipynb"
    path.write_bytes(as_bytes(mini_lesson.release))
    os.mkfifo(tmp_path / "timestamp.txt")
    assert read_submission(path, mini_lesson, "ada").timestamp == ""


def test_one_notebook_of_another_name_is_taken(tmp_path):
    (tmp_path / "lesson1 (2).ipynb").write_text("{}")
    path, notes = find_notebook(tmp_path, "01-mini", "ada")
    assert path.name == "lesson1 (2).ipynb" and "lesson1 (2).ipynb" in notes[0]
    (tmp_path / "other.ipynb").write_text("{}")
    with pytest.raises(Unreadable, match="holds 2 others"):
        find_notebook(tmp_path, "01-mini", "ada")


@pytest.mark.parametrize("linked", ["ada", "ada/01-mini", "ada/01-mini/01-mini.ipynb", "ada/01-mini/data/more"])
def test_nothing_that_was_handed_in_may_be_a_link(linked, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "01-mini" / "data").mkdir(parents=True)
    (elsewhere / "01-mini.ipynb").write_text("{}")
    folder = tmp_path / "submitted" / "ada" / "01-mini"
    (folder / "data").mkdir(parents=True)
    link = tmp_path / "submitted" / linked
    if link.is_dir():
        shutil.rmtree(link)
    link.symlink_to(elsewhere)
    with pytest.raises(Unreadable, match=rf"^ada: {link} is a link, .*\.$"):
        find_notebook(folder, "01-mini", "ada")


def test_a_linked_folder_of_all_submissions_is_the_instructors_business_and_hidden_files_nobodys(tmp_path):
    folder = tmp_path / "elsewhere" / "ada" / "01-mini"
    (folder / ".venv").mkdir(parents=True)
    (folder / ".venv" / "python").symlink_to("/usr/bin/python3")
    (folder / "01-mini.ipynb").write_text("{}")
    submitted = tmp_path / "submitted"
    submitted.symlink_to(tmp_path / "elsewhere")
    assert find_notebook(submitted / "ada" / "01-mini", "01-mini", "ada")[1] == ()


def test_the_digest_follows_the_work_and_nothing_else(mini_lesson, right):
    submission = read(right, mini_lesson)
    cell(right, "test_total")["source"] = "pass"
    assert read(right, mini_lesson).digest == submission.digest
    cell(right, "total")["source"] += "\n"
    cell(right, "mean")["source"] += "  # again"
    assert read(right, mini_lesson).digest != submission.digest
