"""The course's Python environment: .venv, made and filled from a lock, and repaired after an interruption.

Standard library only. The file parses on Python 3.6, so that an old Python prints the cure, not a syntax error.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE if (HERE / "course").is_dir() else HERE.parent  # in the student package, this file lies beside course/
VENV = ROOT / ".venv"
OLDEST = (3, 11)
NEWER = ["python3.14", "python3.13", "python3.12", "python3.11"]
BEGUN = VENV / ".begun"  # exists during an installation, and stays if that is interrupted
OFFLINE = ("NewConnectionError", "name resolution", "getaddrinfo failed", "unreachable", "ConnectTimeout")
QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Trouble(Exception):
    """The course cannot start; the message is one line that ends with the cure."""


def again(port=None):
    """Return the command that starts the course again, as this user typed it."""
    if os.environ.get("MAKELEVEL"):
        return "make learn" + ("" if port is None else f" PORT={port}")
    python = Path(sys.executable).stem or "python"
    return f"{python} {Path(sys.argv[0])}" + ("" if port is None else f" --port {port}")


def say(text):
    """Print without buffering, even into a pipe."""
    print(text, flush=True)


def progress(text):
    """Show a line that overwrites itself on a terminal; None ends it."""
    if sys.stdout.isatty():
        print("\n" if text is None else f"\r{text:<60}", end="", flush=True)


def python_that_fits():
    """Return None if this Python will do, else the path of a newer one; raise Trouble if there is none."""
    if sys.version_info >= OLDEST:
        return None
    for path in filter(None, map(shutil.which, NEWER)):
        if subprocess.call([path, "-c", "import venv"], **QUIET) == 0:  # a version manager's stub may not run
            return path
    this = ".".join(map(str, sys.version_info[:2]))
    raise Trouble(
        f"Python 3.11 or newer is needed, this is {this}. Cure: install one "
        "(python.org/downloads; on Debian 12, Ubuntu 24.04 or newer `sudo apt install python3 python3-venv`), "
        f"then `{again()}`."
    )


def administrator():
    """Return the prefix of a command that needs administrator rights, or None if we lack them."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    asks_nothing = shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], **QUIET) == 0
    return ["sudo", "-n"] if asks_nothing else None


def apt_install(*packages):
    """Install Debian packages if no password is needed; return whether it worked."""
    prefix = administrator()
    if prefix is None or not shutil.which("apt-get"):
        return False
    say("Installing {} with apt.".format(" ".join(packages)))
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    # A fresh machine has no package lists yet, so the first try may fail for lack of them.
    return subprocess.call(install, **QUIET) == 0 or (
        subprocess.call([*apt, "update"], **QUIET) == 0 and subprocess.call(install, **QUIET) == 0
    )


def require_venv():
    """Make sure that this Python can make virtual environments, which Debian puts in a separate package."""
    if find_spec("ensurepip"):
        return
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    if apt_install(package) and (Path(os.__file__).parent / "ensurepip").is_dir():
        return
    command = f"apt install {package}"
    if not shutil.which("apt-get"):
        cure = "install your system's package for Python's venv and ensurepip"
    elif shutil.which("sudo"):
        cure = f"`sudo apt update && sudo {command}`"
    else:
        cure = f"ask the administrator for `{command}`"
    raise Trouble(f"Python's venv module is missing. Cure: {cure}, then `{again()}`.")


def venv_python():
    """Return the path of the environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(lock):
    """Hash what an environment depends on: the lock, the course's requirements, the Python, the location."""
    parts = [lock.read_bytes(), (ROOT / "course" / "pyproject.toml").read_bytes()]
    parts += [str(sys.version_info[:2]).encode(), str(VENV).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_sound():
    """Return whether .venv is complete: no interrupted installation, and a Python that is new enough."""
    if BEGUN.exists() or not venv_python().exists():
        return False
    ask = [str(venv_python()), "-c", f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"]
    return subprocess.call(ask, **QUIET) == 0


def prepare(lock, stamp, projects):
    """Sync .venv with `lock` and install `projects` (folders); do nothing if the file `stamp` is up to date."""
    wanted = fingerprint(lock)
    stamp = VENV / stamp
    if not BEGUN.exists() and venv_python().exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if VENV.exists() and not is_sound():
        say("The .venv of an earlier start is incomplete: making a new one.")
        shutil.rmtree(str(VENV))
    require_venv()
    VENV.mkdir(exist_ok=True)
    BEGUN.touch()
    if not (VENV / "pyvenv.cfg").exists():
        say("Making .venv with Python {}.{}.".format(*sys.version_info[:2]))
        # _base_executable: in an active environment, the Python that it was made from
        make = [getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(VENV)]
        run_logged(make, "Python could not make .venv")
    say(f"Installing {count_pins(lock)} packages: a few minutes the first time.")
    pip_install("--requirement", str(lock), packages=count_pins(lock))
    editable = [word for project in projects for word in ("--editable", str(project))]
    pip_install("--no-deps", "--no-build-isolation", *editable)
    stamp.write_text(wanted)
    BEGUN.unlink()


def count_pins(lock):
    """Return the number of packages in the lock."""
    return sum("==" in line for line in lock.read_text().splitlines())


def clean_environment():
    """Return the environment variables without those that let in other Pythons' packages."""
    unwanted = ("PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV")
    return {name: value for name, value in os.environ.items() if name not in unwanted}


def pip_install(*arguments, **options):
    """Run `pip install` in .venv; `packages`, their number, turns on the progress line."""
    pip = [str(venv_python()), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    run_logged([*pip, *arguments], "The packages could not be installed", **options)


def run_logged(command, failure, packages=0):
    """Run a command, logged to .venv/install.log; raise Trouble with the cure if it fails."""
    log = VENV / "install.log"
    seen, lines = 0, []
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=clean_environment(),
    )
    with log.open("ab") as file, process:
        for line in process.stdout:
            file.write(line)
            lines.append(line.decode("utf-8", "replace").strip())
            if packages and line.startswith((b"Collecting", b"Requirement already")):
                seen += 1
                progress(f"Packages: {min(seen, packages)} of {packages}")
            elif packages and line.startswith(b"Installing"):
                progress(f"Packages: installing {seen}")
    if packages:
        progress(None)
    if process.returncode != 0:
        raise Trouble(f"{failure}: {explain(lines)} The full output is in {log}.")


def explain(lines):
    """Return why an installation failed, and the cure, judging by its output."""
    text = "\n".join(lines)
    if any(word in text for word in OFFLINE):
        return f"no network. Cure: connect (behind a proxy, set HTTPS_PROXY), then `{again()}`."
    if "No space left" in text:
        return f"the disk is full. Cure: free 1 GB, then `{again()}`."
    if os.name == "nt" and len(str(ROOT)) > 60 and "[Errno 2]" in text:
        return (
            "the folder's path is too long for Windows. Cure: move it, for example to C:\\course, and start there."
        )
    errors = [line for line in lines if "error" in line.lower()] or lines[-1:] or ["no message"]
    return "{} Cure: `{}` tries again.".format(errors[-1].rstrip(".") + ".", again())
