"""`make check`: lint, types and the fast tests of what has changed since the last commit, in under a minute.

A changed module calls for the tests of its room, a changed test file for itself, a changed lesson for its
verification. Tests that are marked slow are left to `make test`.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.run_all import BIN, PYTEST, ROOT, Phase, prove


def changed_files() -> list[str]:
    """The files that differ from the last commit, untracked ones included, as paths from the repository."""
    asked = (["diff", "--name-only", "--no-renames", "HEAD"], ["ls-files", "--others", "--exclude-standard"])
    listed = [subprocess.check_output(["git", *words], cwd=ROOT, text=True).splitlines() for words in asked]
    return sorted({name for names in listed for name in names})


def called_for_by(file: str) -> Iterator[str]:
    """The test files and folders that a changed file calls for."""
    path = Path(file)
    if path.parts[0] == "tests":
        if path.parts[1] == "support":
            yield from users_of(path.stem)
        elif path.parts[1] == "minicourse":
            yield "tests/authoring"
        elif path.name.startswith("test_"):
            yield file
    elif path.parts[0] == "autograder" and len(path.parts) > 2:
        room = "sealed" if "sealed" in path.parts else path.parts[1]
        yield f"tests/{room}"
    elif path.parts[0] == "course":
        yield "/".join(["tests", *path.parts[:-1]]) if len(path.parts) > 2 else f"tests/course/test_{path.name}"
    if path.suffix == ".py" and path.parts[0] in ("autograder", "course", "tests"):
        yield "tests/project/test_rooms.py"


def users_of(helper: str) -> Iterator[str]:
    """The test files that import a module of `tests/support`."""
    for file in (ROOT / "tests").rglob("test_*.py"):
        if re.search(rf"tests\.support(\.| import .*\b){helper}\b", file.read_text(encoding="utf-8")):
            yield str(file.relative_to(ROOT))


def lessons_in(files: Iterable[str]) -> list[str]:
    """The lessons of which a file has changed."""
    found = {match[1] for file in files if (match := re.match(r"source/([^/]+)/", file))}
    return sorted(name for name in found if (ROOT / "source" / name / f"{name}.py").is_file())


def phases(files: list[str]) -> list[Phase]:
    """What `make check` runs for these changed files."""
    wanted = sorted({test for file in files for test in called_for_by(file) if (ROOT / test).exists()})
    lessons = lessons_in(files)
    fast = "not slow and not browser and not torch"
    tests = [Phase("tests", [*PYTEST, *wanted, "-m", fast, "-n", "2", "--dist", "loadgroup"])] if wanted else []
    verify = [Phase("verify", [str(BIN / "autograder"), "verify", *lessons])] if lessons else []
    return [*tests, *verify, Phase("lint", ["make", "--no-print-directory", "lint"])]


if __name__ == "__main__":
    sys.exit(prove(phases(changed_files())))
