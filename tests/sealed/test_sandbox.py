"""The sandbox itself: what a child can see and do, how it ends, and what happens where there is none."""

from __future__ import annotations

import ast
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sealed import bubblewrap
from autograder.sealed.bubblewrap import INSIDE
from autograder.sealed.client import Client
from autograder.sealed.limits import Meter, OutOfLimits
from autograder.sealed.sandbox import ACCEPT_RISK, SandboxMissing, Zygote
from tests.support.places import ROOT


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    zygote = Zygote()
    yield zygote
    zygote.close()


def client_of(zygote: Zygote, memory: int = 1 << 30) -> Client:
    return Client(zygote.fork(memory, 30.0), Meter(5.0, 20.0))


def printed(zygote: Zygote, source: str) -> str:
    """What a cell prints in a child of its own."""
    client = client_of(zygote)
    _, text, failure = client.run(source, "cell", ())
    client.child.kill()
    return text + failure


def test_a_child_sees_the_interpreter_the_libraries_and_our_one_folder(zygote: Zygote) -> None:
    look = "sorted(name for name in os.listdir('/grader/inside') if name.endswith('.py'))"
    seen = printed(zygote, f"import os\nprint(os.listdir('/grader'), {look}, sorted(os.listdir('/')))")
    assert seen.startswith(f"['inside'] {sorted(path.name for path in INSIDE.glob('*.py'))}")
    assert not [name for name in ("home", "root", "etc", "var", "work", "mnt", "sys") if f"'{name}'" in seen]


def test_what_is_inside_imports_nothing_of_ours_from_outside() -> None:
    libraries = {*sys.stdlib_module_names, "numpy", "matplotlib", "msgpack"}
    for file in INSIDE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                name = node.module or node.names[0].name
                assert node.level == 1 and (INSIDE / f"{name}.py").is_file(), (file.name, ast.unparse(node))
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] in libraries, (file.name, ast.unparse(node))
            elif isinstance(node, ast.Import):
                assert {alias.name.split(".")[0] for alias in node.names} <= libraries, (
                    file.name,
                    ast.unparse(node),
                )


def test_what_is_inside_loads_by_itself() -> None:
    load = "import inside.zygote, inside.executor; print([name for name in sys.modules if 'autograder' in name])"
    code = f"import sys; sys.path.insert(0, {str(INSIDE.parent)!r}); {load}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout.strip() == "[]"


def test_a_child_is_an_unprivileged_user_alone_in_its_world(zygote: Zygote) -> None:
    source = "import os\nprint(os.getuid(), os.getpid(), os.listdir('/proc'), os.listdir('/tmp'), os.getcwd())"
    assert printed(zygote, source) == "1000 1 [] [] /tmp\n"


def test_what_one_child_leaves_the_next_does_not_find(zygote: Zygote) -> None:
    assert printed(zygote, "open('/tmp/left', 'w').write('x')") == ""
    assert printed(zygote, "import os\nprint(os.path.exists('/tmp/left'))") == "False\n"


def test_two_children_at_once_do_not_see_each_other(zygote: Zygote) -> None:
    one, two = client_of(zygote), client_of(zygote)
    one.run("open('/tmp/mine', 'w').write('x')", "cell", ())
    _, text, _ = two.run(
        "import os\nfound = []\nfor pid in range(2, 300):\n"
        "    try:\n        os.kill(pid, 9)\n        found.append(pid)\n    except OSError:\n        pass\n"
        "print(found, os.listdir('/tmp'))",
        "cell",
        (),
    )
    assert text == "[] []\n"
    assert one.run("print('alive')", "cell", ())[1] == "alive\n"
    one.child.kill()
    two.child.kill()


@pytest.mark.parametrize("target", (0, -1), ids=("its process group", "all processes"))
def test_a_signal_to_everybody_reaches_nobody_else(zygote: Zygote, target: int) -> None:
    other = client_of(zygote)
    sent = f"import os, signal\nsignal.signal(15, signal.SIG_IGN)\nos.kill({target}, 15)\nprint('sent')"
    assert printed(zygote, sent) in (
        "sent\n",
        "ProcessLookupError: [Errno 3] No such process (line 3 of the cell)",
    )
    assert other.run("print('alive')", "cell", ())[1] == "alive\n"
    assert zygote.alive and printed(zygote, "print('forked')") == "forked\n"
    other.child.kill()


def test_as_root_the_zygote_runs_as_nobody_else(zygote: Zygote) -> None:
    client = client_of(zygote)
    uid = Path(f"/proc/{client.child._pid}").stat().st_uid
    client.child.kill()
    assert uid == (bubblewrap.FIRST_USER + os.getpid() if os.getuid() == 0 else os.getuid())


def test_fonts_are_there_and_pictures_show_text(zygote: Zygote) -> None:
    client = client_of(zygote)
    source = (
        "import matplotlib.pyplot as plt\n"
        "def f(text):\n    figure = plt.figure(figsize=(2, 1))\n    figure.text(0.1, 0.4, text)\n    return figure"
    )
    f = client.run(source, "cell", ("f",))[0]["f"]
    written, blank = client.draw(f("Gradient")), client.draw(f(""))
    assert written is not None and blank is not None
    assert written.shape == (100, 200, 4)
    assert (written != blank).sum() > 200
    client.child.kill()


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("while True: pass", "processor time"),
        ("import time\ntime.sleep(1000)", "more than 2 s"),
        ("import os\nos._exit(3)", "exit code 3"),
        ("import ctypes\nctypes.string_at(0)", "segmentation fault"),
    ],
    ids=["loop", "sleep", "exit", "segfault"],
)
def test_a_child_that_breaks_a_limit_is_ended_and_the_limit_named(
    zygote: Zygote, source: str, reason: str
) -> None:
    client = Client(zygote.fork(1 << 30, 30.0), Meter(1.0, 2.0))
    with pytest.raises(OutOfLimits, match=f"{reason}|more than 2 s"):
        client.run(source, "cell", ())
    client.child.kill()
    assert printed(zygote, "print(1)") == "1\n"


def test_memory_is_limited_whether_taken_at_once_or_slowly(zygote: Zygote) -> None:
    for source in (
        "import numpy as np\nnp.ones(50 << 27)",
        "kept = []\nwhile True:\n    kept.append(bytearray(1 << 24))",
    ):
        client = client_of(zygote, memory=256 << 20)
        assert client.run(source, "cell", ())[2].startswith("MemoryError")
        assert client.child.kill().peak < 600 << 20


def test_a_child_takes_little_memory_of_its_own(zygote: Zygote) -> None:
    client = client_of(zygote)
    client.run(
        "import numpy as np\nimport matplotlib.pyplot as plt\nnp.linalg.lstsq(np.eye(9), np.ones(9))", "cell", ()
    )
    text = Path(f"/proc/{client.child._pid}/smaps_rollup").read_text()
    private = sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Private_Dirty"))
    client.child.kill()
    assert private < 40_000


def test_the_processor_time_of_a_child_is_measured_from_outside(zygote: Zygote) -> None:
    client = client_of(zygote)
    before = client.child.processor()
    client.run("import time\nwhile time.process_time() < 0.3: pass", "cell", ())
    assert 0.1 < client.child.processor() - before < 1.0
    client.child.kill()
    assert client.child.processor() > 0.1


def test_a_killed_child_is_gone_with_its_threads(zygote: Zygote) -> None:
    client = client_of(zygote)
    client.run(
        "import threading, time\nfor _ in range(3): threading.Thread(target=time.sleep, args=(99,)).start()",
        "cell",
        (),
    )
    pid = client.child._pid
    assert client.child.kill().signal == signal.SIGKILL
    assert not Path(f"/proc/{pid}").exists()


def test_a_zygote_ends_with_its_judge_and_its_children_with_it(tmp_path: Path) -> None:
    script = (
        "import os, sys, time\nfrom autograder.sealed.sandbox import Zygote\n"
        "z = Zygote()\nc = z.fork(1 << 30, 30.0)\nprint(z._process.pid, c._pid, flush=True)\ntime.sleep(60)"
    )
    judge = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert judge.stdout is not None
    pids = judge.stdout.readline().split()
    judge.kill()
    judge.wait()
    judge.stdout.close()
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}/exe").exists() for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(pids) == 2
    assert not [pid for pid in pids if Path(f"/proc/{pid}/exe").exists()]


def test_a_dead_zygote_is_noticed() -> None:
    zygote = Zygote()
    child = zygote.fork(1 << 30, 30.0)
    os.kill(zygote._process.pid, signal.SIGKILL)
    zygote._process.wait()
    with pytest.raises(EOFError):
        zygote.fork(1 << 30, 30.0)
    assert not zygote.alive
    child.kill()


def test_without_bubblewrap_it_refuses_and_names_the_one_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.sealed.sandbox.shutil.which", lambda name: None)
    with pytest.raises(SandboxMissing, match="bubblewrap") as caught:
        Zygote()
    assert ACCEPT_RISK in str(caught.value)


def test_where_namespaces_are_refused_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    refusing = tmp_path / "bwrap"
    refusing.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setattr("autograder.sealed.sandbox.shutil.which", lambda name: str(refusing))
    with pytest.raises(SandboxMissing, match="No permissions to create new namespace") as caught:
        Zygote().wait()
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_unsealed_it_has_the_same_interface() -> None:
    zygote = Zygote(sealed=False)
    client = client_of(zygote)
    f = client.run("def f(x): return x + 1", "cell", ("f",))[0]["f"]
    assert f(1) == 2
    assert client.child.kill().signal == signal.SIGKILL
    zygote.close()
    assert not zygote.alive
