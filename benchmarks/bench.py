"""Measure grading: against stock nbgrader and the floor, as a class grows, on a cluster, and for one submission.

bench.py            the whole measurement (15 to 20 minutes), written to benchmarks/RESULTS.md
bench.py --quick    the same with few submissions, in two minutes, printed only (--results FILE writes it)
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

import cluster
import comparison
import growth
import where
from classroom import LESSON, hand_in, notebooks, our_course
from spending import autograder, spend
from table import Row, as_markdown, parts_as_markdown

RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass(frozen=True)
class Scale:
    """How much to measure: rounds, submissions for stock and for us, class sizes, single calls."""

    rounds: int
    stock: int
    students: int
    sizes: tuple[int, ...]
    single: int


QUICK = Scale(rounds=1, stock=3, students=20, sizes=(20, 300), single=3)
FULL = Scale(rounds=2, stock=8, students=200, sizes=(100, 300, 1000, 10_000), single=10)


class Bench:
    """One measurement: a course with a class, and the results so far."""

    def __init__(self, folder: Path, scale: Scale) -> None:
        self._scale = scale
        self._began = time.monotonic()
        self._loads = [os.getloadavg()[0]]
        self._lesson = our_course(folder)
        self._class_of = notebooks(self._lesson)
        self._students = hand_in(folder, self._class_of, scale.students)
        self.rows: list[Row] = []
        self.parts: dict[str, dict[str, float]] = {}
        self.exercises: dict[str, dict[str, float]] = {}
        self.pages: dict[str, float] = {}

    def measure(self) -> None:
        """Measure everything, and print each row as it comes."""
        for found in (self._grading(), self._single(), self._feedback(), self._cluster(), self._growth()):
            for row in found:
                self.rows.append(row)
                self._say(row.line())
            self._loads.append(os.getloadavg()[0])

    def _say(self, text: str) -> None:
        print(f"{time.monotonic() - self._began:6.0f} s  {text}", flush=True)

    def _grading(self) -> Iterator[Row]:
        scale, few = self._scale, 10 * self._scale.single
        found = comparison.compare(
            self._lesson, self._students, self._class_of, scale.rounds, scale.stock, self._say
        )
        yield from comparison.rows(found)
        for figures in ("none", "graded"):
            self.parts[f"`--figures {figures}`"] = where.of_grading(self._lesson, self._students[:few], figures)
            used = where.of_exercises(self._lesson, self._students[:few], figures)
            for place, milliseconds in zip(("child", "judge"), used, strict=True):
                self.exercises[f"{place}, `{figures}`"] = milliseconds

    def _single(self) -> Iterator[Row]:
        folder = self._lesson.course_dir
        file = folder / "submitted" / self._students[0] / LESSON / f"{LESSON}.ipynb"
        command = autograder("check", file, "--course-dir", folder)
        seconds = [spend(command, folder).wall for _ in range(self._scale.single)]
        yield Row.at_most("`autograder check` from the shell to the verdict, median", median(seconds), 1.5, "s")
        called = where.warm_call(self._lesson, self._students[: 2 * self._scale.single + 1])
        yield Row.at_most("a warm `grade` call, median", called, 0.15, "s")
        for figures in ("none", "graded"):
            sizes = [
                where.private_memory(self._lesson, student, figures)
                for student in self._students[: self._scale.single]
            ]
            yield Row.at_most(f"private memory of a child, `--figures {figures}`, largest", max(sizes), 40, "MB")

    def _feedback(self) -> Iterator[Row]:
        folder, count = self._lesson.course_dir, len(self._students)
        words = ["feedback", LESSON, "--course-dir", folder]
        alone = spend(autograder(*words, "--student", self._students[0]), folder).wall
        each = 1000 * (spend(autograder(*words), folder).wall - alone) / (count - 1)
        self.pages = where.of_feedback(self._lesson, self._students[: 10 * self._scale.single])
        yield Row.at_most("feedback, a page", each, 20, "ms")

    def _cluster(self) -> Iterator[Row]:
        folder = self._lesson.course_dir
        one, two = (cluster.by_workers(folder, self._students, workers) for workers in (1, 2))
        more = f"{1000 * one.wall:.3g} and {1000 * two.wall:.3g} ms a submission"
        used = f"the grader itself uses {1000 * two.processor:.3g} ms of processor time on each"
        yield Row.at_least("two Dask workers against one", one.wall / two.wall, 1.8, f"{more}; {used}")

    def _growth(self) -> Iterator[Row]:
        found = growth.grow(self._class_of, self._scale.sizes)
        yield from growth.rows(found)
        if self._scale is FULL:
            growth.plot(found)

    def results(self) -> str:
        """Return the page of results in Markdown."""
        kind = "the whole measurement" if self._scale is FULL else "a quick one, with few submissions"
        loads = ", ".join(f"{load:.1f}" for load in self._loads)
        return PAGE.format(
            date=datetime.now(UTC).date(),
            kind=kind,
            minutes=(time.monotonic() - self._began) / 60,
            machine=_machine(),
            loads=loads,
            rows=as_markdown(self.rows),
            grading=parts_as_markdown(self.parts),
            exercises=parts_as_markdown(self.exercises),
            feedback=parts_as_markdown({"milliseconds": self.pages}),
            plot="\n![Memory of the main process over time](memory.png)\n" if self._scale is FULL else "",
        )


PAGE = """# How fast it grades

{date}, {kind}, {minutes:.0f} minutes, by `benchmarks/bench.py`.
{machine}.

Load of the machine as `uptime` tells it, from section to section: {loads}.
The bench makes 1 to 3 of it. Above that others were at work: times by the clock are too long, and ratios of
processor time the better measure.

The submissions are of lesson 1, right in all, in twenty mixtures of the bank's styles, with every prediction
locked. Stock nbgrader runs its own default steps on a twin of the course. Both gradebooks hold equal scores, or
there would be no table. Start-up is left out where a submission is meant, by taking off a run of one submission.

{rows}
{plot}
What bounds the figures that do not hold: [BOUNDS.md](BOUNDS.md).

## Where the time of a submission goes

Milliseconds a submission in one process, each part without those inside it, by clocks around the seams of the
grader (`where.py`). The student's code runs while the grader waits for it.

{grading}

The same by exercise, in milliseconds of processor time: in the child, where the student's code runs, and in the
judge, where its check does.

{exercises}

A page of feedback:

{feedback}
"""


def _machine() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in ("numpy", "matplotlib", "nbgrader", "distributed"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}, {versions}"


def main() -> None:
    """Read the options, measure, and print or write the page."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="only a few submissions, in two minutes")
    options.add_argument("--results", type=Path, help="the file to write")
    chosen = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        bench = Bench(folder, QUICK if chosen.quick else FULL)
        bench.measure()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    page = bench.results()
    print(page)
    if file := chosen.results or (None if chosen.quick else RESULTS):
        file.write_text(page, encoding="utf-8")
    sys.exit(0)


if __name__ == "__main__":
    main()
