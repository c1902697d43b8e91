"""Run a lesson's notebook once, in a throwaway folder, and keep only reproducible outputs."""

from __future__ import annotations

import logging
import os
import re
import tempfile
from pathlib import Path

import psutil
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from autograder.records.problem import LessonError, Problem
from course.mime_types import TRUTH_MIME

__all__ = ["execute"]

logger = logging.getLogger(__name__)

TIMEOUT = 60  # seconds per cell; a finished lesson's cells take less than 5
KEPT = ("text/plain", TRUTH_MIME)
ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")
ANSI = re.compile(r"\x1b\[[0-9;]*m")
HERE = Path(__file__).resolve().parents[2]  # where `autograder` and `course` are found


def execute(notebook: NotebookNode, place: str, course_dir: Path) -> dict[str, float]:
    """Run `notebook` in place, reduce its outputs, and return each cell's processor time in seconds, by cell id.

    `place` names the lesson's file in errors. Raises `LessonError` for a cell that fails, or whose output would
    differ in the next build.
    """
    with tempfile.TemporaryDirectory() as folder:
        clock = _Clock()
        client = NotebookClient(
            notebook,
            timeout=TIMEOUT,
            kernel_name="python3",
            resources={"metadata": {"path": folder}},
            record_timing=False,
            on_cell_execute=clock.start,
            on_cell_executed=clock.stop,
            extra_arguments=["--IPKernelApp.log_level=40"],
        )
        clock.watch(client)
        logger.info("%s: running %d cells", place, len(notebook.cells))
        try:
            client.execute(env=_environment(course_dir, folder))
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            raise LessonError([_failure(clock.started, place, error)]) from None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            _reduce(cell)
    problems = [_unstable(cell, place) for cell in notebook.cells if ADDRESS.search(_shown(cell))]
    if problems:
        raise LessonError(problems)
    return clock.seconds


def _environment(course_dir: Path, folder: str) -> dict[str, str]:
    """Return a reproducible environment: no user start-up files, one BLAS thread, a fixed set order."""
    paths = [str(course_dir), str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])]
    fixed = {"IPYTHONDIR": folder, "PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return {**os.environ, **fixed, "PYTHONPATH": os.pathsep.join(paths)}


def _failure(cell: str, place: str, error: Exception) -> Problem:
    if isinstance(error, CellExecutionError):
        what = f"it raises {error.ename}: {error.evalue}"
        in_check = re.findall(r"checks/(\w+)\.py:(\d+)", ANSI.sub("", error.traceback))
        if in_check:
            module, line = in_check[-1]
            return Problem(f"checks/{module}.py, line {line}", what, "fix this line of the check")
        return Problem(f"{place} ({cell})", what, "fix the cell, or the answer above that it uses")
    if isinstance(error, CellTimeoutError):
        return Problem(f"{place} ({cell})", f"it runs longer than {TIMEOUT} s", "reduce its work")
    return Problem(f"{place} ({cell})", "the kernel died", "look for a crash or runaway memory")


class _Clock:
    """Measures each cell's processor time in the kernel's process, so that a busy machine does not count."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.started = ""  # the running cell, else the last one
        self._client: NotebookClient | None = None
        self._before = 0.0

    def watch(self, client: NotebookClient) -> None:
        """Measure the kernel of this client."""
        self._client = client

    def start(self, cell: NotebookNode, cell_index: int) -> None:
        """Note the start of a cell."""
        self.started = cell.id
        self._before = self._spent()

    def stop(self, cell: NotebookNode, cell_index: int, execute_reply: object) -> None:
        """Note the end of a cell."""
        self.seconds[cell.id] = self._spent() - self._before
        logger.debug("cell %s: %.2f s", cell.id, self.seconds[cell.id])

    def _spent(self) -> float:
        assert self._client is not None
        times = psutil.Process(self._client.km.provisioner.pid).cpu_times()
        return float(times.user + times.system)


def _reduce(cell: NotebookNode) -> None:
    """Keep plain text and printed output: pictures, widgets and warnings differ between machines."""
    kept: list[NotebookNode] = []
    volatile = "volatile" in cell.metadata.get("tags", [])
    for output in [] if volatile else cell.outputs:
        if output.output_type == "stream":
            if output.name == "stdout":
                _append_text(kept, output)
        elif output.output_type == "error":
            output.traceback = [f"{output.ename}: {output.evalue}"]
            kept.append(output)
        elif "text/plain" in output.get("data", {}) and not any("widget" in kind for kind in output.data):
            output.data = NotebookNode({kind: output.data[kind] for kind in KEPT if kind in output.data})
            output.metadata = NotebookNode()
            kept.append(output)
    cell.outputs = kept


def _append_text(kept: list[NotebookNode], output: NotebookNode) -> None:
    """Merge successive prints into one output, since the kernel flushes them at random moments."""
    if kept and kept[-1].output_type == "stream":
        kept[-1].text += output.text
    else:
        kept.append(output)


def _shown(cell: NotebookNode) -> str:
    outputs = cell.get("outputs", [])
    return "\n".join(output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in outputs)


def _unstable(cell: NotebookNode, place: str) -> Problem:
    cure = "end the cell with another value, or tag it volatile"
    return Problem(f"{place} ({cell.id})", "its output shows a memory address, which changes on every run", cure)
