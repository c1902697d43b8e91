"""Real workers: processes here and a Dask cluster give equal records, and a killed one costs no mark."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring.answer_files import read_answers, submitted_notebook
from autograder.gradebook.database import Gradebook
from autograder.grading.judge import Limits
from autograder.grading.run import RunSummary, grade_lesson
from autograder.grading.workers import WorkerPool, cluster, processes
from autograder.lesson.model import Lesson
from autograder.records.record import Record
from tests.support.dask_cluster import dask_cluster
from tests.support.places import ROOT
from tests.support.submissions import RIGHT, hand_in

NAME = "01-mini"
HERE = ROOT
LIMITS = Limits(processor=4.0, wall=15.0, figures="none")
STUDENTS = 10


class Progress:
    """Calls `then` with the number of submissions that are done."""

    def __init__(self, then: Callable[[int], None] = lambda done: None) -> None:
        self.done = 0
        self.then = then

    def advance(self, student: str, problem: str) -> None:
        self.done += 1
        self.then(self.done)


@pytest.fixture
def submitted(minicourse: Path) -> Path:
    """A course in which every answer of the miniature's bank was handed in by somebody."""
    lesson = Lesson.load(minicourse, NAME)
    bank = read_answers(HERE / "tests" / "minicourse", NAME)
    for number in range(STUDENTS):
        mine = {answer.key: answer.source for answer in bank[number::STUDENTS]}
        hand_in(minicourse, f"s{number}", lesson, submitted_notebook(lesson, RIGHT | mine))
    return minicourse


def run(course: Path, pool: WorkerPool, progress: Progress | None = None) -> RunSummary:
    lesson = Lesson.load(course, NAME)
    students = sorted(os.listdir(course / "submitted"))
    with Gradebook(course / "gradebook.db") as book, pool:
        return grade_lesson(lesson, students, book, pool, LIMITS, progress or Progress(), force=True)


def records(course: Path) -> list[Record]:
    with Gradebook(course / "gradebook.db") as book:
        return [replace(record, printed={}) for record in book.records(NAME)]


def test_one_process_and_two_give_equal_records(submitted):
    assert run(submitted, processes(1)).problems == []
    alone = records(submitted)
    assert len(alone) == STUDENTS
    assert run(submitted, processes(2)).problems == []
    assert records(submitted) == alone


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["worker", "zygote"])
def test_a_killed_worker_or_zygote_costs_no_mark(submitted, victim):
    run(submitted, processes(1))
    calm = records(submitted)

    def kill(done: int) -> None:
        if done in (2, 5):
            wanted = workers() if victim == "worker" else [pid for each in workers() for pid in children(each)]
            for pid in wanted[:1]:
                os.kill(pid, signal.SIGKILL)

    assert run(submitted, processes(2), Progress(kill)).problems == []
    assert records(submitted) == calm


def children(pid: int) -> list[int]:
    """The processes that this one started."""
    try:
        listed = [Path(task) / "children" for task in Path(f"/proc/{pid}/task").iterdir()]
        return [int(child) for file in listed for child in file.read_text().split()]
    except OSError:
        return []


def workers() -> list[int]:
    """The pool's processes: the children of the fork server."""
    servers = [pid for pid in children(os.getpid()) if b"forkserver" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    return [worker for server in servers for worker in children(server)]


@pytest.mark.slow
def test_workers_end_when_the_grader_is_killed(submitted):
    script = submitted / "grader.py"
    script.write_text(
        "from pathlib import Path\n"
        "from tests.grading import test_workers\n"
        "if __name__ == '__main__':\n"
        "    tell = test_workers.Progress(lambda done: print(done, flush=True))\n"
        "    print('started', flush=True)\n"
        f"    test_workers.run(Path({str(submitted)!r}), test_workers.processes(2), tell)\n"
    )
    path = os.pathsep.join([str(HERE)])
    environment = os.environ | {"PYTHONPATH": path}
    grader = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment)
    assert grader.stdout is not None
    assert [grader.stdout.readline() for _ in range(2)] == ["started\n", "1\n"]
    family = descendants(grader.pid)
    assert len(family) >= 3
    grader.kill()
    grader.wait()
    grader.stdout.close()
    ends = time.monotonic() + 10
    while any(is_alive(pid) for pid in family) and time.monotonic() < ends:
        time.sleep(0.05)
    assert [pid for pid in family if is_alive(pid)] == []


def descendants(pid: int) -> list[int]:
    found = children(pid)
    return found + [grandchild for child in found for grandchild in descendants(child)]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """The address of a real cluster, and its workers."""
    with dask_cluster(tmp_path) as started:
        yield started


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_a_dask_cluster_gives_equal_records_also_when_a_worker_is_killed(submitted, dask):
    address, started = dask
    run(submitted, processes(1))
    calm = records(submitted)
    assert run(submitted, cluster(address)).problems == []
    assert records(submitted) == calm

    def kill(done: int) -> None:
        if done == 3:
            started[0].kill()

    assert run(submitted, cluster(address), Progress(kill)).problems == []
    assert records(submitted) == calm
    assert threading.active_count() < 50
