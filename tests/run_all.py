"""`make test`: run every phase, whatever fails before it, and end with one table of what each of them said.

A phase that cannot run here (no Chromium, no notebooks) counts as failed: nothing is passed over in silence.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
PYTEST = [sys.executable, "-m", "pytest", "--color=no"]


def chromium() -> str:
    """Return the path of the browser that the tests drive, "" if there is none."""
    named = [os.environ.get("CHROMIUM", ""), *CHROMIUMS]
    return next(filter(None, map(shutil.which, filter(None, named))), "")


def browser_missing() -> str:
    """Say why the browser tests cannot run here; nothing where they can."""
    return "" if chromium() else "there is no Chromium on this machine. Cure: `sudo apt install chromium`."


def pytorch_missing() -> str:
    """Say why nothing can be compared to PyTorch here; nothing where it can."""
    found = importlib.util.find_spec("torch")
    return "" if found else "PyTorch is an extra. Cure: `.venv/bin/pip install torch`."


def solutions_missing() -> str:
    """Say why there is nothing for nbval; nothing where there is."""
    return "" if solutions() else "there is no built notebook in source/. Cure: `make release`."


def solutions() -> list[str]:
    """Return the built solution notebooks."""
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "source").glob("*/*.ipynb"))


@dataclass(frozen=True)
class Phase:
    """One phase: its command, and what (if anything) keeps it from running here."""

    name: str
    command: list[str]
    obstacle: Callable[[], str] = lambda: ""
    optional: bool = False  # where it cannot run it is named, and is no failure


PHASES = [
    Phase("unit", [*PYTEST, "tests", "-m", "not browser and not torch", "-n", "2", "--dist", "loadfile"]),
    Phase("verify", [str(BIN / "autograder"), "verify"]),
    Phase(
        "notebooks",
        [
            *PYTEST,
            "-p",
            "tests.support.notebook_outputs",
            "-W",
            "default",
            "--nbval",
            "--nbval-current-env",
            *solutions(),
        ],
        solutions_missing,
    ),
    Phase("browser", [*PYTEST, "tests/browser", "-m", "browser"], browser_missing),
    Phase("pytorch", [*PYTEST, "tests/lessons/test_autograd.py", "-m", "torch"], pytorch_missing, optional=True),
    Phase("lint", ["make", "--no-print-directory", "lint"]),
]


@dataclass(frozen=True)
class Result:
    """How a phase ended: `said` is its own closing line."""

    name: str
    passed: bool
    said: str
    seconds: float


def run(phase: Phase) -> Result:
    """Run a phase with its output passed through, and keep the last line that has words."""
    began = time.monotonic()
    print(f"\n######## {phase.name} ########", flush=True)
    obstacle = phase.obstacle()
    if obstacle:
        print(f"NOT RUN: {obstacle}", flush=True)
        return Result(phase.name, phase.optional, f"NOT RUN: {obstacle}", 0)
    last = ""
    surroundings = {**os.environ, "CHROMIUM": chromium()}
    with subprocess.Popen(
        phase.command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            text = line.decode(errors="replace").strip()
            last = text if any(map(str.isalnum, text)) else last
    skipped = re.search(r"\b\d+ skipped\b", last)  # a skipped test has proved nothing
    return Result(phase.name, process.returncode == 0 and not skipped, last, time.monotonic() - began)


def prove(phases: list[Phase]) -> int:
    """Run all phases, print the table, and return 0 only where each of them passed."""
    results = [run(phase) for phase in phases]
    print("\n######## summary ########")
    for result in results:
        verdict = "passed" if result.passed else "FAILED"
        verdict = "absent" if result.passed and result.said.startswith("NOT RUN") else verdict
        print(f"{result.name:<10} {verdict}  {result.seconds:5.0f} s  {result.said}")
    return 0 if results and all(result.passed for result in results) else 1


if __name__ == "__main__":
    named = sys.argv[1:]
    sys.exit(prove([phase for phase in PHASES if not named or phase.name in named]))
