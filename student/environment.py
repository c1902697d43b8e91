"""The Python environment of the course: .venv, made and filled from a lock, and mended after an interruption.

Standard library only; the file still parses on Python 3.6, so that an old Python is told the cure.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE if (HERE / "course").is_dir() else HERE.parent  # handed out, this file lies beside course/
VENV = ROOT / ".venv"
OLDEST = (3, 11)
NEWER = ["python3.14", "python3.13", "python3.12", "python3.11"]
BEGUN = VENV / ".begun"  # there while something is being installed: what an interrupted start leaves
OFFLINE = ("NewConnectionError", "name resolution", "getaddrinfo failed", "unreachable", "ConnectTimeout")
QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Trouble(Exception):
    """What keeps the course from starting, in one line that ends with the cure."""


def again(port=None):
    """Return the command that starts the course once more, as this user typed it."""
    if os.environ.get("MAKELEVEL"):
        return "make learn" + ("" if port is None else f" PORT={port}")
    python = Path(sys.executable).stem or "python"
    return f"{python} {Path(sys.argv[0])}" + ("" if port is None else f" --port {port}")


def say(text):
    """Print at once, also into a pipe."""
    print(text, flush=True)


def progress(text):
    """Show a line that replaces itself on a terminal; None ends it."""
    if sys.stdout.isatty():
        print("\n" if text is None else f"\r{text:<60}", end="", flush=True)


def python_that_fits():
    """Return None where this Python will do, else the path of a newer one on this machine."""
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
    """Return the words to put before a command that needs the administrator, or None where we may not."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    asks_nothing = shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], **QUIET) == 0
    return ["sudo", "-n"] if asks_nothing else None


def apt_install(*packages):
    """Install Debian packages if that needs no password; return whether it worked."""
    prefix = administrator()
    if prefix is None or not shutil.which("apt-get"):
        return False
    say("Installing {} with apt.".format(" ".join(packages)))
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    # A fresh machine has no package lists yet, so the first try may fail for that reason alone.
    return subprocess.call(install, **QUIET) == 0 or (
        subprocess.call([*apt, "update"], **QUIET) == 0 and subprocess.call(install, **QUIET) == 0
    )


def require_venv():
    """See to it that this Python can make virtual environments: Debian keeps that in a package of its own."""
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
    """Return the environment's own interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(lock):
    """Return what an environment depends on, as a hash: the lock, course's own needs, the Python, the place."""
    parts = [lock.read_bytes(), (ROOT / "course" / "pyproject.toml").read_bytes()]
    parts += [str(sys.version_info[:2]).encode(), str(VENV).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_sound():
    """Return whether .venv is whole: nothing was interrupted, and its Python is there and new enough."""
    if BEGUN.exists() or not venv_python().exists():
        return False
    ask = [str(venv_python()), "-c", f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"]
    return subprocess.call(ask, **QUIET) == 0


def prepare(lock, stamp, projects):
    """Bring .venv in step with `lock` and install `projects` (folders) beside it; nothing if `stamp` says so."""
    wanted = fingerprint(lock)
    stamp = VENV / stamp
    if not BEGUN.exists() and venv_python().exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if VENV.exists() and not is_sound():
        say("The .venv of an earlier start is not whole: making a new one.")
        shutil.rmtree(str(VENV))
    require_venv()
    VENV.mkdir(exist_ok=True)
    BEGUN.touch()
    if not (VENV / "pyvenv.cfg").exists():
        say("Making .venv with Python {}.{}.".format(*sys.version_info[:2]))
        # _base_executable: inside an active environment, the Python that outlives it
        make = [getattr(sys, "_base_executable", sys.executable), "-m", "venv", str(VENV)]
        run_logged(make, "Python could not make .venv")
    say(f"Installing {count_pins(lock)} packages: a few minutes the first time.")
    pip_install("--requirement", str(lock), packages=count_pins(lock))
    editable = [word for project in projects for word in ("--editable", str(project))]
    pip_install("--no-deps", "--no-build-isolation", *editable)
    stamp.write_text(wanted)
    BEGUN.unlink()


def count_pins(lock):
    """Return how many packages the lock names."""
    return sum("==" in line for line in lock.read_text().splitlines())


def clean_environment():
    """Return the environment variables without those that let other Pythons' packages in."""
    unwanted = ("PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV")
    return {name: value for name, value in os.environ.items() if name not in unwanted}


def pip_install(*arguments, **options):
    """Run `pip install` in .venv; `packages` (a number) turns the progress line on."""
    pip = [str(venv_python()), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    run_logged([*pip, *arguments], "The packages could not be installed", **options)


def run_logged(command, failure, packages=0):
    """Run a command with its output in .venv/install.log; raise Trouble with the cure if it fails."""
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
        raise Trouble(f"{failure}: {explain(lines)} Everything that was said is in {log}.")


def explain(lines):
    """Return why an installation failed, and the cure, from what it printed."""
    text = "\n".join(lines)
    if any(word in text for word in OFFLINE):
        return f"no network. Cure: connect (behind a proxy, set HTTPS_PROXY), then `{again()}`."
    if "No space left" in text:
        return f"the disk is full. Cure: free 1 GB, then `{again()}`."
    if os.name == "nt" and len(str(ROOT)) > 60 and "[Errno 2]" in text:
        return "the folder's path is too long for Windows. Cure: move it to C:\\course, say, and start there."
    errors = [line for line in lines if "error" in line.lower()] or lines[-1:] or ["no message"]
    return "{} Cure: `{}` tries again.".format(errors[-1].rstrip(".") + ".", again())
