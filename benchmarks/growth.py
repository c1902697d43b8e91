"""Classes of growing size on two workers: time, and the memory of the main process during the run."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from statistics import fmean

from classroom import LESSON, hand_in, our_course
from spending import Spent, autograder, spend
from table import Row

from autograder.lesson.model import Json

__all__ = ["PLOT", "grow", "plot", "rows"]

PLOT = Path(__file__).with_name("memory.png")
WORKERS = 2
CLASS, SECONDS = 300, 30.0  # students, and the time an instructor will wait for them, start-up included
FLAT = 10.0  # MB that the main process may gain over the last three quarters of the run
LINEAR = 1.15  # how much more a submission may cost in the largest class than in a small one


def grow(class_of: list[Json], sizes: Sequence[int]) -> dict[int, Spent]:
    """Grade a class of each size, each in its own course."""
    spent = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            course = Path(folder)
            our_course(course)
            hand_in(course, class_of, size)
            command = autograder(
                "grade", LESSON, "--figures", "none", "--workers", WORKERS, "--course-dir", course
            )
            spent[size] = spend(command, course, lambda course=course: _graded(course))
    return spent


def _graded(course: Path) -> int:
    """Count the submissions in the gradebook."""
    with closing(sqlite3.connect(f"file:{course / 'gradebook.db'}?mode=ro", uri=True)) as book:
        return int(book.execute("SELECT count(*) FROM autograder_record").fetchone()[0])


def rows(spent: dict[int, Spent]) -> list[Row]:
    """Return the rows. Comparing each class with the next smaller one cancels start-up."""
    found = [
        Row(f"{size:,} submissions, {WORKERS} workers", f"{run.wall:.1f} s, {size / run.wall:.3g} a second")
        for size, run in spent.items()
    ]
    each = [1000 * (spent[more].wall - spent[less].wall) / (more - less) for less, more in pairwise(sorted(spent))]
    largest = max(spent)
    if CLASS in spent:
        found.append(Row.at_most(f"{CLASS} submissions, {WORKERS} workers", spent[CLASS].wall, SECONDS, "s"))
    told = ", ".join(f"{milliseconds:.3g}" for milliseconds in each)
    between = " to ".join(f"{size:,}" for size in sorted(spent))
    if len(each) > 1:
        growth = each[-1] / each[0]
        found.append(
            Row.at_most(f"growth from {between}: linear is 1", growth, LINEAR, "×", f"{told} ms a submission")
        )
    if quarters := _quarters(spent[largest].progress):
        first, last = quarters
        told = f"{first:.3g} and {last:.3g} ms a submission"
        what = f"in the last quarter of the {largest:,} against the first"
        found.append(Row.at_most(what, last / first, LINEAR, "×", told))
    gained, peak = _gained(spent[largest].memory), max(megabytes for _, megabytes in spent[largest].memory)
    what = f"main process, {largest:,} submissions: memory gained after a quarter of the run"
    told = f"**{gained:.3g} MB**; peak {peak:.3g} MB"
    found.append(Row(what, told, f"at most {FLAT:g} MB", gained <= FLAT))
    return found


def _gained(memory: list[tuple[float, float]]) -> float:
    """Return the MB gained from the second eighth of a run to its last."""
    eighth = max(1, len(memory) // 8)
    sizes = [megabytes for _, megabytes in memory]
    return fmean(sizes[-eighth:]) - fmean(sizes[eighth : 2 * eighth] or sizes)


def _quarters(progress: list[tuple[float, int]]) -> tuple[float, float] | None:
    """Return milliseconds per submission in a run's first and last quarter; None if it was too short."""
    graded = [(second, count) for second, count in progress if count]
    if len(graded) < 40:
        return None
    most, (began, least) = graded[-1][1], graded[0]
    quarter = least + (most - least) / 4
    first = next((second, count) for second, count in graded if count >= quarter)
    last = next((second, count) for second, count in graded if count >= most - quarter)
    ended = next(second for second, count in graded if count == most)
    return 1000 * (first[0] - began) / (first[1] - least), 1000 * (ended - last[0]) / (most - last[1])


def plot(spent: dict[int, Spent], file: Path = PLOT) -> None:
    """Draw memory and progress over time, with a line per class."""
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    figure, (memory, graded) = plt.subplots(2, figsize=(8, 6), sharex=True, layout="constrained")
    for (size, run), style in zip(sorted(spent.items(), reverse=True), ("-", "--", "-.", ":"), strict=False):
        memory.plot(*zip(*run.memory, strict=True), style, label=f"{size:,} submissions")
        graded.plot(*zip(*run.progress, strict=True), style)
    memory.set_ylabel("memory of the main process (MB)")
    graded.set(xlabel="time since the command was started (s)", ylabel="submissions in the gradebook")
    memory.set_title(f"autograder grade --workers {WORKERS} --figures none")
    memory.set_ylim(0)
    memory.legend()
    for axes in (memory, graded):
        axes.grid(alpha=0.3)
    figure.savefig(file, dpi=100)
    plt.close(figure)
