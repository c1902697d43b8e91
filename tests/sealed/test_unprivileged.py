"""The sandbox without root: whoever grades is an ordinary user, and the answers are sealed off all the same."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.support.places import ROOT

NOBODY = 65534
JUDGE = """
import json, os, sys
from autograder.grading.judge import Limits, judge
from tests.support.sealed_lesson import SOLUTIONS, sealed_lesson
looking = '''
import os
print(os.path.exists('/proc/self'), os.listdir('/tmp'), os.path.exists({secret!r}))
try:
    os.kill({grader}, 0)
except OSError as error:
    print(type(error).__name__)
'''.format(secret={secret!r}, grader=os.getpid())
answers = SOLUTIONS | {{"double": looking + SOLUTIONS["double"], "quadruple": "def quadruple(x):\\n    return x"}}
found = judge(sealed_lesson(), answers, Limits(), 1)
outcomes = {{key: verdict.outcome for key, verdict in found.verdicts.items()}}
print(json.dumps([os.getuid(), outcomes, found.printed["double"], list(found.figures)]))
"""


def needed() -> list[Path]:
    """The folders that the grader reads: the interpreter, what is installed, and the course."""
    return sorted({Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), ROOT})


def opened(folder: Path, aside: Path) -> Iterator[list[str]]:
    """Commands that let others enter `folder`, in this mount namespace alone, where a home is closed to them."""
    closed = next((each for each in reversed(folder.parents) if not each.stat().st_mode & 0o001), None)
    if closed is not None:
        aside = aside / closed.name
        if not aside.exists():
            aside.mkdir(parents=True)
            yield ["mount", "--rbind", str(closed), str(aside)]
            yield ["mount", "-t", "tmpfs", "-o", "mode=0755", "none", str(closed)]
        yield ["mkdir", "-p", str(folder)]
        yield ["mount", "--rbind", str(aside / folder.relative_to(closed)), str(folder)]


def test_an_ordinary_user_judges_sealed(tmp_path: Path) -> None:
    script = JUDGE.format(secret=str(ROOT / "source"), grader="{grader}")
    words = [sys.executable, "-c", script]
    if os.getuid() == 0:
        opening = [command for folder in needed() for command in opened(folder, tmp_path / "aside")]
        dropped = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs", *words]
        commands = [*map(shlex.join, opening), "cd /tmp", shlex.join(["exec", *dropped])]
        words = ["unshare", "--mount", "sh", "-ec", "\n".join(commands)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "HOME": "/tmp"}
    done = subprocess.run(words, cwd="/tmp", env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    user, outcomes, printed, figures = json.loads(done.stdout.splitlines()[-1])
    assert user == (NOBODY if os.getuid() == 0 else os.getuid())
    assert {key for key, outcome in outcomes.items() if outcome != "correct"} == {"quadruple"}
    assert printed == "False [] False\nProcessLookupError\n" and figures == ["plot_line"]
