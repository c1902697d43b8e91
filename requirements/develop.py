"""Prepare everything that tests and tools need: .venv with the developer's lock, bubblewrap and a Chromium.

Called by the Makefile before each target; does nothing where all is there. What cannot be installed here is
named with the command that installs it, and the part of the tests that needs it then fails by name.
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
    """Install a Debian package unless one of its programs is there; say what to do where that is not possible."""
    if any(map(shutil.which, programs)) or (apt_install(package) and any(map(shutil.which, programs))):
        return
    say(f"{package} is missing: {needed_for} cannot run. Cure: `sudo apt install {package}`.")


def develop():
    """Make the environment and look after the two programs that pip cannot install."""
    prepare(ROOT / "requirements" / "dev.txt", ".developer", [ROOT / "course", ROOT])
    # The developer's lock holds the student's pins, so `make learn` finds its own set-up done.
    (VENV / ".student").write_text(fingerprint(STUDENT_LOCK))
    if "--system" in sys.argv:
        system_package("bubblewrap", ["bwrap"], "the sealed judge")
        system_package("chromium", CHROMIUMS, "the browser tests")


def main():
    """Prepare, or say in one line what is missing."""
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
