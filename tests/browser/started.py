"""The folder that students get, ready for `make learn` to start at once: its environment is the running one's."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from autograder.authoring.package import write_package

STAMP = "import environment as e; (e.VENV / '.student').write_text(e.fingerprint(e.HERE / 'requirements.txt'))"


def hand_out_started(course_dir: Path, folder: Path) -> None:
    """Fill `folder` with what students get, and with a .venv that `learn.py` finds complete.

    The environment is a real one, but it takes its packages and JupyterLab's files from the running Python, for
    installing them anew takes minutes. `course` is the folder's own.
    """
    write_package(course_dir, folder)
    made = folder / ".venv"
    venv.create(made, symlinks=True)
    variables = {"base": str(made), "platbase": str(made)}
    site = Path(sysconfig.get_path("purelib", "venv", variables))
    packages = dict.fromkeys([sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    (site / "borrowed.pth").write_text("\n".join([str(folder), *packages]))
    borrow_jupyter(Path(sys.prefix), made)
    subprocess.run([sys.executable, "-c", STAMP], cwd=folder, check=True)


def borrow_jupyter(owner: Path, made: Path) -> None:
    """Link JupyterLab's own files, all but its settings, which `learn.py` writes."""
    lab = made / "share" / "jupyter" / "lab"
    lab.mkdir(parents=True)
    for source, target in [(owner / "share" / "jupyter", lab.parent), (owner / "share" / "jupyter" / "lab", lab)]:
        for each in source.iterdir():
            if not (target / each.name).exists() and each.name not in ("settings", "workspaces"):
                (target / each.name).symlink_to(each)
    if (owner / "etc").is_dir():
        (made / "etc").symlink_to(owner / "etc")


def learn_command(folder: Path, port: int) -> list[str]:
    """Return `make learn` as a student types it, with the running Python as the machine's."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return ["env", f"PATH={path}", "make", "-C", str(folder), "learn", f"PORT={port}", "BROWSER=no"]
