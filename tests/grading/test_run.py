"""A run streams, goes on where it was stopped, loses nothing, and is the only one on its course."""

from __future__ import annotations

import gc
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import traceback
import tracemalloc
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from autograder.authoring.answer_files import submitted_notebook
from autograder.gradebook.database import Gradebook
from autograder.grading import grade as grading
from autograder.grading.fingerprint import judge_digest
from autograder.grading.judge import Judgement, Limits
from autograder.grading.run import Busy, RunSummary, course_lock, grade_lesson
from autograder.grading.run import handed_in as who_handed_in
from autograder.grading.submission import Unreadable, find_notebook
from autograder.grading.workers import Serial, WorkerPool
from autograder.lesson.model import Lesson
from autograder.records.verdict import Outcome, Verdict
from tests.support import inline_judge as trusted_judge
from tests.support.places import ROOT
from tests.support.submissions import RIGHT, hand_in

NAME = "01-mini"
WRONG = RIGHT | {"total": "def total(values):\n    return float(np.prod(values))"}
HALF = {"total": RIGHT["total"]}


class Silent:
    def advance(self, student: str, problem: str) -> None:
        pass


@pytest.fixture(autouse=True)
def trusted(monkeypatch):
    monkeypatch.setattr(grading, "judge", trusted_judge.judge)


def enrol(course: Path, number: int) -> None:
    """Let so many students hand in, right, wrong, half done and blank ones in turn."""
    lesson = Lesson.load(course, NAME)
    for index in range(number):
        answers = [RIGHT, WRONG, HALF, {}][index % 4]
        hand_in(course, f"s{index:03}", lesson, submitted_notebook(lesson, answers))


def run(course: Path, pool: WorkerPool | None = None, force: bool = False) -> RunSummary:
    lesson = Lesson.load(course, NAME)
    students = who_handed_in(course, lesson.name)
    with Gradebook(course / "gradebook.db") as book, pool or WorkerPool(Serial, 1) as workers:
        return grade_lesson(lesson, students, book, workers, Limits(), Silent(), force)


def scores(course: Path) -> dict[str, float]:
    with Gradebook(course / "gradebook.db") as book:
        assert book.intact()
        return {record.student: record.score for record in book.records(NAME)}


def test_a_second_run_has_nothing_to_do_until_something_changes(minicourse):
    enrol(minicourse, 4)
    assert run(minicourse).graded == 4
    assert (run(minicourse).graded, run(minicourse).skipped) == (0, 4)
    lesson = Lesson.load(minicourse, NAME)
    hand_in(minicourse, "s001", lesson, submitted_notebook(lesson, RIGHT))
    changed = run(minicourse)
    assert changed.graded == 1 and changed.changed == [("s001", 15.0, 25.0)]
    assert run(minicourse, force=True).graded == 4
    (minicourse / "autograded" / "s002" / NAME / f"{NAME}.ipynb").unlink()
    assert run(minicourse).graded == 1


def test_new_checks_or_limits_grade_everything_again(minicourse):
    enrol(minicourse, 2)
    run(minicourse)
    checks = minicourse / "source" / "01-mini" / "checks" / "mini.py"
    checks.write_text(checks.read_text() + "\n# a change\n")
    judge_digest.cache_clear()
    assert run(minicourse).graded == 2


def test_what_cannot_be_read_is_told_and_the_rest_is_graded(minicourse):
    enrol(minicourse, 2)
    lesson = Lesson.load(minicourse, NAME)
    hand_in(minicourse, "empty", lesson, b"")
    hand_in(minicourse, "prose", lesson, "Dear professor, my dog")
    (minicourse / "submitted" / "nothing" / lesson.name).mkdir(parents=True)
    older = submitted_notebook(lesson, RIGHT)
    older["metadata"]["first_descent"]["version"] = "0.9"
    hand_in(minicourse, "older", lesson, older)
    done = run(minicourse)
    assert sorted(scores(minicourse)) == ["older", "s000", "s001"]
    assert len(done.problems) == 4
    assert {problem.split(":")[0] for problem in done.problems} == {"empty", "prose", "nothing", "older"}


def test_a_folder_that_cannot_be_read_stops_nobody_else(minicourse, monkeypatch):
    def refuse(folder: Path, lesson: str, student: str) -> tuple[Path, tuple[str, ...]]:
        if student == "s000":
            raise PermissionError(13, "Permission denied", str(folder))
        return find_notebook(folder, lesson, student)

    enrol(minicourse, 2)
    monkeypatch.setattr("autograder.grading.run.find_notebook", refuse)
    done = run(minicourse)
    assert sorted(scores(minicourse)) == ["s001"]
    assert len(done.problems) == 1 and done.problems[0].startswith("s000: ") and "Permission" in done.problems[0]


@pytest.mark.parametrize("linked", ["eve", f"eve/{NAME}"])
def test_a_linked_folder_is_refused_and_costs_nobody_else(minicourse, linked):
    enrol(minicourse, 2)
    submitted = minicourse / "submitted"
    link = submitted / linked
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(submitted / "s000" / NAME if "/" in linked else submitted / "s000")
    nowhere = submitted / "zoe" / NAME
    nowhere.parent.mkdir()
    nowhere.symlink_to("nowhere")
    done = run(minicourse)
    assert sorted(scores(minicourse)) == ["s000", "s001"] and done.graded == 2
    assert [problem.split(",")[0] for problem in done.problems] == [
        f"eve: {link} is a link",
        f"zoe: {nowhere} is a link",
    ]
    assert not (minicourse / "autograded" / "eve").exists()


def test_students_are_named_by_folders_not_by_paths(minicourse):
    enrol(minicourse, 1)
    assert who_handed_in(minicourse, NAME, "s000") == ["s000"]
    for name in ("../s000", "s000/..", "nobody"):
        with pytest.raises(Unreadable):
            who_handed_in(minicourse, NAME, name)


class Mortal(Executor):
    """An executor whose worker dies on a submission that `kills`, and which is broken from then on."""

    def __init__(self, kills: Callable[[str], bool]) -> None:
        self.kills = kills
        self.broken = False

    def submit(self, fn, /, *args, **kwargs):
        if self.broken:
            raise BrokenProcessPool("broken")
        future: Future = Future()
        if self.kills(args[0].submission.student):
            self.broken = True
            future.set_exception(BrokenProcessPool("died"))
        else:
            future.set_result(fn(*args))
        return future


def test_a_dead_worker_costs_no_mark(minicourse):
    enrol(minicourse, 8)
    deaths = iter(["s003", "s005"])
    next_death = [next(deaths)]

    def kills(student: str) -> bool:
        if student == next_death[0]:
            next_death[0] = next(deaths, "")
            return True
        return False

    done = run(minicourse, WorkerPool(lambda: Mortal(kills), 3))
    assert done.graded == 8 and done.problems == [] and len(scores(minicourse)) == 8


def test_a_submission_that_kills_its_workers_is_found_and_told(minicourse):
    enrol(minicourse, 6)
    done = run(minicourse, WorkerPool(lambda: Mortal(lambda student: student == "s004"), 3))
    assert done.graded == 5 and sorted(scores(minicourse)) == ["s000", "s001", "s002", "s003", "s005"]
    assert len(done.problems) == 1 and done.problems[0].startswith("s004:") and "3 workers" in done.problems[0]


def test_an_exception_of_the_judges_is_a_grader_error_and_no_zero(minicourse, monkeypatch):
    def broken(*arguments):
        raise RuntimeError("a flaw of ours")

    enrol(minicourse, 1)
    monkeypatch.setattr(grading, "judge", broken)
    done = run(minicourse)
    assert done.graded == 0 and "a flaw of ours" in done.problems[0] and scores(minicourse) == {}


def test_memory_does_not_grow_with_the_class(minicourse, monkeypatch):
    verdicts = {key: Verdict(key, Outcome.CORRECT, 1.0) for key in ("total", "mean", "plot_values")}
    monkeypatch.setattr(grading, "judge", lambda *arguments: Judgement(verdicts))
    enrol(minicourse, 300)
    used: list[int] = []

    class Meter:
        done = 0

        def advance(self, student: str, problem: str) -> None:
            self.done += 1
            if self.done in (100, 300):
                gc.collect()
                used.append(tracemalloc.get_traced_memory()[0])

    lesson = Lesson.load(minicourse, NAME)
    students = who_handed_in(minicourse, lesson.name)
    with Gradebook(minicourse / "gradebook.db") as book, WorkerPool(Serial, 1) as pool:
        tracemalloc.start()
        assert grade_lesson(lesson, students, book, pool, Limits(), Meter()).graded == 300
        tracemalloc.stop()
    assert used[1] - used[0] < 200 * 500  # bytes: less than half a kilobyte for each


def test_a_second_grader_on_the_course_is_refused(minicourse):
    with course_lock(minicourse):
        other = subprocess.run(
            [
                sys.executable,
                "-c",
                f"from pathlib import Path\nfrom autograder.grading.run import *\n"
                f"with course_lock(Path({str(minicourse)!r})): pass",
            ],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
    assert other.returncode == 1 and f"another grader (process {os.getpid()})" in other.stderr
    with course_lock(minicourse):
        assert issubclass(Busy, RuntimeError)


@pytest.mark.slow
def test_killed_at_a_hundred_random_moments_it_ends_with_the_scores_of_an_undisturbed_run(
    minicourse, tmp_path, monkeypatch
):
    monkeypatch.setattr("autograder.grading.run.BATCH", 3)
    enrol(minicourse, 12)
    calm = shutil.copytree(minicourse, tmp_path / "calm")
    run(calm)
    started = time.monotonic()
    run(calm, force=True)
    length = time.monotonic() - started
    moments = random.Random(5)
    kills = rounds = 0
    while kills < 100:
        rounds += 1
        stormy = shutil.copytree(minicourse, tmp_path / f"stormy{rounds}")
        longest = 1.2 * length
        while (code := run_killed_after(stormy, moments.uniform(0, longest))) < 0:
            kills += 1
            longest *= 1.05  # a machine that has become busy since must get to an end as well
        assert code == 0
        assert scores(stormy) == scores(calm)
        assert run(stormy).skipped == 12


def run_killed_after(course: Path, seconds: float) -> int:
    """Run in a child process, kill that, and return its exit code: negative if it had not ended before."""
    child = os.fork()
    if child == 0:
        code = 4  # it broke off: whatever happens, the child must not go on as a second pytest
        try:
            code = 0 if run(course).problems == [] else 3
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
