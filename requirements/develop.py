"""Prepare what tests and tools need: .venv from the developer's lock, bubblewrap and a Chromium.

The Makefile runs it before each target; it does nothing if all is in place. What cannot be installed here is
reported with the command that installs it, and the tests that need it then fail by name.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "student"))

from environment import VENV, Trouble, apt_install, fingerprint, prepare, python_that_fits, say  # noqa: E402

STUDENT_LOCK = ROOT / "student" / "requirements.txt"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


def system_package(package, programs, needed_for):
    """Install a Debian package unless one of its programs is there; print the cure if that fails."""
    if any(map(shutil.which, programs)) or (apt_install(package) and any(map(shutil.which, programs))):
        return
    say(f"{package} is missing: {needed_for} cannot run. Cure: `sudo apt install {package}`.")


def develop():
    """Make the environment, and with --system install the two programs that pip cannot."""
    prepare(ROOT / "requirements" / "dev.txt", ".developer", [ROOT / "course", ROOT])
    # The developer's lock includes the student's pins, so `make learn` has nothing left to install.
    (VENV / ".student").write_text(fingerprint(STUDENT_LOCK))
    if "--system" in sys.argv:
        system_package("bubblewrap", ["bwrap"], "the sealed judge")
        system_package("chromium", CHROMIUMS, "the browser tests")


def main():
    """Prepare, or print in one line what is missing; return the exit code."""
    try:
        newer = python_that_fits()
        if newer is not None:
            return subprocess.call([newer, *sys.argv])
        develop()
    except Trouble as trouble:
        say(str(trouble))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
