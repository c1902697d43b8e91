"""Stock nbgrader, as an instructor types it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.places import ROOT


def stock(course: Path, *command: str, code: int = 0) -> str:
    """Run a stock command with nothing but the repository on the path, and no virtual environment active."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(course), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    done = subprocess.run(
        [Path(sys.executable).parent / "nbgrader", *command],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
    )
    output = done.stdout + done.stderr
    assert done.returncode == code, output
    return output
