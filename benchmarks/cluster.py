"""A Dask cluster on this machine: one worker against two on the same class."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from classroom import LESSON
from spending import Spent, autograder, spend, surroundings

__all__ = ["by_workers"]

QUIET = {"DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error"}
PATIENCE = 60.0


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """Start a scheduler and `workers` single-threaded workers; yield the scheduler's address."""
    file = folder / f"scheduler-{workers}.json"
    scheduler = [
        "dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
        "--scheduler-file",
        file,
    ]
    worker = ["dask_worker", "--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    started = [_start(folder, scheduler)]
    try:
        started += [_start(folder, [*worker, "--scheduler-file", file]) for _ in range(workers)]
        address = _address(file)
        _wait_for(address, workers)
        yield address
    finally:
        for process in reversed(started):
            process.kill()  # terminated politely, a worker may wait for its scheduler forever
        for process in started:
            process.wait()


def by_workers(course_dir: Path, students: list[str], workers: int) -> Spent:
    """Grade the class on a warm cluster; the cost of a run of one student is subtracted as start-up."""
    with cluster(course_dir, workers) as address:
        words = [
            "grade",
            LESSON,
            "--scheduler",
            address,
            "--figures",
            "none",
            "--force",
            "--course-dir",
            course_dir,
        ]
        spend(autograder(*words), course_dir)
        alone = spend(autograder(*words, "--student", students[0]), course_dir)
        whole = spend(autograder(*words), course_dir)
    count = len(students) - 1
    return Spent((whole.wall - alone.wall) / count, (whole.processor - alone.processor) / count)


def _start(folder: Path, words: list[str | Path]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{words[0]}", *map(str, words[1:])]
    return subprocess.Popen(command, env=surroundings() | QUIET, cwd=folder, stderr=subprocess.DEVNULL)


def _address(file: Path) -> str:
    ends = time.monotonic() + PATIENCE
    while not file.exists() and time.monotonic() < ends:
        time.sleep(0.1)
    return str(json.loads(file.read_text(encoding="utf-8"))["address"])


def _wait_for(address: str, workers: int) -> None:
    from distributed import Client

    with Client(address, timeout=PATIENCE) as client:
        client.wait_for_workers(workers, timeout=PATIENCE)
