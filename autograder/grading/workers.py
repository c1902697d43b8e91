"""Grading workers: any `concurrent.futures.Executor`, fed a few submissions at a time.

A worker that dies costs no points: what it held is graded again, one submission at a time, so that a submission
that kills its workers is found and reported as a grader error.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from autograder.lesson.model import Lesson
from autograder.log import log_to_stderr
from autograder.records.record import Record
from autograder.sealed.sandbox import SandboxMissing

from .grade import grade, grader_error
from .submission import Submission

if TYPE_CHECKING:
    from .judge import Limits

__all__ = ["Serial", "Task", "WorkerPool", "cluster", "processes"]

logger = logging.getLogger(__name__)

LONE_TRIES = 3  # one death may be an accident; a submission that kills three workers alone is to blame


@dataclass(frozen=True)
class Task:
    """One submission to grade, picklable. `lesson` is pickled once per run."""

    submission: Submission
    lesson: bytes
    limits: Limits
    seed: int
    fingerprint: str

    def __call__(self) -> Record:
        """Grade it in this process."""
        record = grade(self.submission, unpickled(self.lesson), self.limits, self.seed)
        return replace(record, fingerprint=self.fingerprint)


@lru_cache(maxsize=4)
def unpickled(lesson: bytes) -> Lesson:
    """Unpickle the lesson, once per worker."""
    found = pickle.loads(lesson)
    assert isinstance(found, Lesson)
    return found


def perform(task: Task) -> Record:
    """Grade a task in a worker. Return a failed record if the grader itself raises.

    Only `SandboxMissing` passes: without a sandbox nothing is graded.
    """
    started = time.monotonic()
    student = task.submission.student
    logger.info("%s: grading", student)
    try:
        record = task()
        logger.info("%s: graded in %.2f s", student, time.monotonic() - started)
        return record
    except SandboxMissing:
        raise
    except Exception as error:
        logger.warning("%s: the grader raised %s", student, type(error).__name__)
        reason = f"{type(error).__name__}: {str(error)[:200]}"
        return grader_error(task.submission, unpickled(task.lesson), reason)


class Serial(Executor):
    """An executor that runs each call at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call `fn` and return its result, or its exception, as a finished future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class WorkerPool:
    """Grade tasks on an executor from `make`, replaced when it breaks; `close` ends what the executors share.

    Holds at most `most` submissions at a time.
    """

    def __init__(self, make: Callable[[], Executor], most: int, close: Callable[[], None] = lambda: None) -> None:
        self._make = make
        self._most = most
        self._close = close
        self._executor = make()
        self._held: dict[Future[Record], Task] = {}

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *error: object) -> None:
        for future in self._held:
            future.cancel()
        self._executor.shutdown(wait=error[0] is None)
        self._close()

    def records(self, tasks: Iterator[Task]) -> Iterator[Record]:
        """Grade the tasks, and yield records as they finish."""
        held = self._held
        while True:
            suspects = self._fill(held, tasks)
            if not held and not suspects:
                return
            done = wait(held, return_when=FIRST_COMPLETED).done if held else set()
            for future in done:
                task = held.pop(future)
                record = _result(future)
                if record is not None:
                    yield record
                else:
                    suspects.append(task)
            if suspects:
                yield from self._settle(held, suspects)

    def _fill(self, held: dict[Future[Record], Task], tasks: Iterator[Task]) -> deque[Task]:
        """Submit tasks; return the one that a broken executor refused, if any."""
        while len(held) < self._most:
            task = next(tasks, None)
            if task is None:
                break
            try:
                held[self._executor.submit(perform, task)] = task
            except (BrokenExecutor, RuntimeError):
                return deque([task])
        return deque()

    def _settle(self, held: dict[Future[Record], Task], suspects: deque[Task]) -> Iterator[Record]:
        """After a worker's death, collect finished records, then grade the rest one at a time on fresh workers."""
        for future, task in held.items():
            record = _result(future)
            if record is not None:
                yield record
            else:
                suspects.append(task)
        held.clear()
        self._renew()
        for task in suspects:
            yield self._alone(task)

    def _alone(self, task: Task) -> Record:
        logger.info("%s: a worker died; grading it again, alone", task.submission.student)
        for _ in range(LONE_TRIES):
            with contextlib.suppress(BrokenExecutor, RuntimeError):
                record = _result(self._executor.submit(perform, task))
                if record is not None:
                    return record
            self._renew()
        reason = f"it killed {LONE_TRIES} workers in a row"
        return grader_error(task.submission, unpickled(task.lesson), reason)

    def _renew(self) -> None:
        self._executor.shutdown(wait=False)
        self._executor = self._make()


def _result(future: Future[Record]) -> Record | None:
    """Wait for a record; None if the worker died."""
    try:
        return future.result()
    except (BrokenExecutor, CancelledError):
        return None
    except Exception as error:
        if type(error).__name__ == "KilledWorker":  # from dask.distributed, which may not be installed
            return None
        raise


def processes(number: int) -> WorkerPool:
    """Make a pool of `number` processes on this machine; 1 means this process."""
    if number == 1:
        return WorkerPool(Serial, 1)
    import multiprocessing

    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    level = logging.getLogger("autograder").getEffectiveLevel()
    make = lambda: ProcessPoolExecutor(number, context, _belong_to_grader, (level,))  # noqa: E731
    return WorkerPool(make, 2 * number)


def _belong_to_grader(level: int) -> None:
    """Log as the grader does, and exit when it does, even if it was killed: nothing else would stop a worker."""
    import multiprocessing
    from multiprocessing.connection import wait as wait_for

    log_to_stderr(level)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the grader
    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            wait_for([parent.sentinel])
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()


def cluster(address: str) -> WorkerPool:
    """Make a pool of a Dask cluster's workers; raise `OSError` if no scheduler answers, or without Dask."""
    try:
        from distributed import Client
    except ImportError:
        raise OSError("--scheduler needs Dask: `pip install 'first-descent[dask]'`.") from None

    client = Client(address, timeout=10)
    threads = sum(client.nthreads().values())
    return WorkerPool(lambda: client.get_executor(retries=LONE_TRIES), max(2, 2 * threads), client.close)
