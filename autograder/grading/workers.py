"""Workers that grade: any `concurrent.futures.Executor`, fed with a few submissions at a time.

A worker that dies costs no points: what it held is graded again, one submission at a time, so that the one which
kills its workers is found, and told as an error of the grader.
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
from autograder.records.record import Record
from autograder.sealed.sandbox import SandboxMissing

from .grade import grade, grader_error
from .submission import Submission

if TYPE_CHECKING:
    from .judge import Limits

__all__ = ["Serial", "Task", "WorkerPool", "cluster", "processes"]

logger = logging.getLogger(__name__)

LONE_TRIES = 3  # a worker may be killed by accident; a submission that kills three, alone, does it itself


@dataclass(frozen=True)
class Task:
    """One submission to grade, picklable. `lesson` is pickled once for the whole run."""

    submission: Submission
    lesson: bytes
    limits: Limits
    seed: int
    fingerprint: str

    def __call__(self) -> Record:
        """Grade it here."""
        record = grade(self.submission, unpickled(self.lesson), self.limits, self.seed)
        return replace(record, fingerprint=self.fingerprint)


@lru_cache(maxsize=4)
def unpickled(lesson: bytes) -> Lesson:
    """Give back the lesson, read once per worker."""
    found = pickle.loads(lesson)
    assert isinstance(found, Lesson)
    return found


def perform(task: Task) -> Record:
    """Grade a task: what is sent to a worker. An exception of ours comes back as a failed record.

    `SandboxMissing` is raised: without a sandbox nothing is graded.
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
    """An executor that does the work at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call `fn` and give its result as a future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class WorkerPool:
    """Executors of one kind: a broken one is replaced by a fresh one of `make`; `close` ends what they share.

    At most `most` submissions are held at a time, however many there are.
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
        """Grade the tasks, in whatever order they are done."""
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
        """Hand out tasks; return those which a broken executor would not take."""
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
        """After a worker's death: collect what is done, then grade the rest one at a time on fresh workers."""
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
        reason = f"it ended {LONE_TRIES} workers, one after the other"
        return grader_error(task.submission, unpickled(task.lesson), reason)

    def _renew(self) -> None:
        self._executor.shutdown(wait=False)
        self._executor = self._make()


def _result(future: Future[Record]) -> Record | None:
    """Wait for a record; None where the worker died on it."""
    try:
        return future.result()
    except (BrokenExecutor, CancelledError):
        return None
    except Exception as error:
        if type(error).__name__ == "KilledWorker":  # of dask.distributed, which need not be installed
            return None
        raise


def processes(number: int) -> WorkerPool:
    """Make a pool of `number` processes on this machine; one is this process itself."""
    if number == 1:
        return WorkerPool(Serial, 1)
    import multiprocessing

    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    level = logging.getLogger("autograder").getEffectiveLevel()
    make = lambda: ProcessPoolExecutor(number, context, _belong_to_grader, (level,))  # noqa: E731
    return WorkerPool(make, 2 * number)


def _belong_to_grader(level: int) -> None:
    """Log as the grader does, and end when it does, however that ended: nobody else would tell a worker."""
    import multiprocessing
    from multiprocessing.connection import wait as wait_for

    logging.basicConfig(format="%(asctime)s %(process)d %(name)s: %(message)s")
    logging.getLogger("autograder").setLevel(level)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the grader's own
    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            wait_for([parent.sentinel])
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()


def cluster(address: str) -> WorkerPool:
    """Make a pool of the workers of a running Dask cluster; raises OSError where there is no scheduler."""
    try:
        from distributed import Client
    except ImportError:
        raise OSError("--scheduler needs Dask: `pip install 'first-descent[dask]'`.") from None

    client = Client(address, timeout=10)
    threads = sum(client.nthreads().values())
    return WorkerPool(lambda: client.get_executor(retries=LONE_TRIES), max(2, 2 * threads), client.close)
