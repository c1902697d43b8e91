"""What a command spends: wall-clock and processor time, and memory over time."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from classroom import HERE

__all__ = ["Spent", "autograder", "nbgrader", "on_cores", "spend", "surroundings"]

SAMPLE = 0.25  # seconds between samples
PR_SET_CHILD_SUBREAPER = 36
ORPHANS = 0.3  # seconds that a sandbox may outlive its grader


@dataclass(frozen=True)
class Spent:
    """What one command took, in seconds; `processor` covers all its processes.

    `memory` samples its main process as (second, MB), `progress` its work as (second, amount done).
    """

    wall: float
    processor: float
    memory: list[tuple[float, float]] = field(default_factory=list)
    progress: list[tuple[float, int]] = field(default_factory=list)


def autograder(*words: str | Path) -> list[str]:
    """Return our command line, as for a shell."""
    return [sys.executable, "-m", "autograder", *map(str, words)]


def nbgrader(*words: str | Path) -> list[str]:
    """Return the stock command line."""
    return [sys.executable, "-m", "nbgrader", *map(str, words)]


@contextlib.contextmanager
def on_cores(number: int) -> Iterator[None]:
    """Limit this process, and all that it starts within the block, to `number` cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[-number:])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def spend(command: Sequence[str], folder: Path, done: Callable[[], int] | None = None) -> Spent:
    """Run a command in `folder` and return what it took; `RuntimeError` shows its output if it fails.

    With `done`, which returns the amount of work done, memory and progress are sampled.
    """
    # bubblewrap does not wait for its child: without this, nothing would count what ran in the sandbox
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before = _children()
    memory: list[tuple[float, float]] = []
    progress: list[tuple[float, int]] = []
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=surroundings(), stdout=said, stderr=subprocess.STDOUT)
        while done is not None and process.poll() is None:
            memory += _memory(process.pid, time.perf_counter() - began)
            progress.append((time.perf_counter() - began, done()))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(SAMPLE)
        process.wait()
        wall = time.perf_counter() - began
        _bury_orphans()
        if process.returncode:
            said.seek(0)
            text = said.read().decode(errors="replace")[-3000:]
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{text}")
    return Spent(wall, _children() - before, memory, progress)


def surroundings() -> dict[str, str]:
    """Return every command's environment: this repository on the path, and one BLAS thread."""
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}
    return {**os.environ, **threads, "PYTHONPATH": f"{HERE}:{HERE / 'benchmarks'}"}


def _bury_orphans() -> None:
    """Wait for processes that the command left behind, so that their processor time counts."""
    ends = time.perf_counter() + ORPHANS
    with contextlib.suppress(ChildProcessError):
        while time.perf_counter() < ends:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.02)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(pid: int, moment: float) -> Iterator[tuple[float, float]]:
    with contextlib.suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        yield moment, int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) / 1024
