"""The progress bar of a run: count, rate, time left, and problems so far."""

from __future__ import annotations

import logging
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.progress import TimeRemainingColumn as TimeLeft
from rich.text import Text

from autograder.records.printable import printable

__all__ = ["Bar"]


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        """Show submissions, or pages, per second."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "")


class Bar:
    """A bar on standard error, with each problem printed above it as it comes."""

    def __init__(self, words: str, total: int) -> None:
        console = Console(stderr=True)
        # a bar would break up the lines that workers log to the same terminal
        silent = logging.getLogger("autograder").isEnabledFor(logging.INFO)
        columns: tuple[Any, ...] = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate())
        self._progress = Progress(
            *columns, TimeLeft(), TextColumn("{task.fields[problems]} problems"), console=console, disable=silent
        )
        self._task = self._progress.add_task(words, total=total, problems=0)
        self._problems = 0

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def advance(self, student: str, problem: str = "") -> None:
        """Count one more, and print its problem, if any, without markup."""
        if problem:
            self._problems += 1
            self._progress.console.print(Text(f"✗ {printable(problem)}"))
        self._progress.update(self._task, advance=1, problems=self._problems)
