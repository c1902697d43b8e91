"""`make test`: run every phase, whatever fails before it, and end with one table of what each of them said.

A phase that uses all cores runs alone, the others two at a time; what a phase prints is shown whole when it ends.
A phase that cannot run here (no Chromium, no notebooks) counts as failed: nothing is passed over in silence.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
TOGETHER = 2  # phases at a time: each of those that do not run alone keeps about one core busy
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
    alone: bool = False  # it uses all cores itself, or measures time


PHASES = [
    Phase(
        "unit", [*PYTEST, "tests", "-m", "not browser and not torch", "-n", "2", "--dist", "loadgroup"], alone=True
    ),
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
    """How a phase ended: `said` is its own closing line, `printed` all that it wrote."""

    name: str
    passed: bool
    said: str
    seconds: float
    printed: bytes


def run(phase: Phase) -> Result:
    """Run a phase, and keep what it prints; the last line that has words says how it ended."""
    began = time.monotonic()
    obstacle = phase.obstacle()
    if obstacle:
        said = f"NOT RUN: {obstacle}"
        return Result(phase.name, phase.optional, said, 0, f"{said}\n".encode())
    done = subprocess.run(
        phase.command,
        cwd=ROOT,
        env={**os.environ, "CHROMIUM": chromium()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    lines = [line.strip() for line in done.stdout.decode(errors="replace").splitlines()]
    last = next((line for line in reversed(lines) if any(map(str.isalnum, line))), "")
    skipped = re.search(r"\b\d+ skipped\b", last)  # a skipped test has proved nothing
    passed = done.returncode == 0 and not skipped
    return Result(phase.name, passed, last, time.monotonic() - began, done.stdout)


def run_all(phases: list[Phase]) -> dict[str, Result]:
    """Run the phases, first each that runs alone, and print what each of them said as soon as it ends."""
    results = {}
    groups = [[phase] for phase in phases if phase.alone] + [[phase for phase in phases if not phase.alone]]
    for group in groups:
        with ThreadPoolExecutor(TOGETHER) as pool:
            running: list[Future[Result]] = [pool.submit(run, phase) for phase in group]
            try:
                for ended in as_completed(running):
                    result = ended.result()
                    print(f"\n######## {result.name} ########", flush=True)
                    sys.stdout.buffer.write(result.printed)
                    sys.stdout.buffer.flush()
                    results[result.name] = result
            finally:
                pool.shutdown(cancel_futures=True)  # after Ctrl-C, start none of those that wait
    return results


def prove(phases: list[Phase]) -> int:
    """Run all phases, print the table, and return 0 only where each of them passed."""
    ended = run_all(phases)
    results = [ended[phase.name] for phase in phases]
    print("\n######## summary ########")
    for result in results:
        verdict = "passed" if result.passed else "FAILED"
        verdict = "absent" if result.passed and result.said.startswith("NOT RUN") else verdict
        print(f"{result.name:<10} {verdict}  {result.seconds:5.0f} s  {result.said}")
    return 0 if results and all(result.passed for result in results) else 1


if __name__ == "__main__":
    named = sys.argv[1:]
    with tempfile.TemporaryDirectory() as settings:  # a user's own settings and font cache may change pictures
        os.environ["MPLCONFIGDIR"] = settings
        subprocess.run([sys.executable, "-c", "import matplotlib.font_manager"], check=False)
        sys.exit(prove([phase for phase in PHASES if not named or phase.name in named]))
