"""The command that starts a zygote under bubblewrap: the namespaces it gets, and the files that it can see."""

from __future__ import annotations

import contextlib
import os
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["INSIDE", "bubblewrap_command"]

INSIDE = Path(__file__).resolve().parent / "inside"  # all of ours that a child can see
LIBRARIES = ("numpy", "matplotlib", "msgpack")
# When we are root, each zygote runs as a user of its own: limits on threads are counted by user, and no file on
# the machine belongs to so high a number.
FIRST_USER = 0x7000_0000


def bubblewrap_command(bwrap: str, control: int) -> list[str]:
    """Return the command that starts a zygote in a sandbox; `control` is the descriptor of its control socket."""
    # Root needs no user namespace for bubblewrap, and steps down to a user of its own inside (see
    # `inside.seal.enter`).
    user = [] if os.getuid() == 0 else ["--unshare-user"]
    user_id = FIRST_USER + os.getpid() if os.getuid() == 0 else 0
    call = f"from inside.zygote import main; main({control}, True, {user_id})"
    return [
        *(bwrap, *user, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"),
        *("--unshare-cgroup-try", "--hostname", "sealed"),
        *_folders("/python", "/python/lib", "/site", "/grader", "/usr", "/dev"),
        *_system_binds(),
        *_python_binds(),
        *_library_binds(),
        *_binds([(INSIDE, "/grader/inside")]),
        *("--proc", "/proc", "--perms", "0777", "--tmpfs", "/tmp", "--chdir", "/tmp"),
        *(part for name in ("null", "zero", "urandom", "random") for part in _device(name)),
        *("--remount-ro", "/"),
        # Isolated, without site-packages: no environment variable and no .pth file decides what gets imported.
        *("/python/bin/python3", "-I", "-S", "-B", "-X", "utf8", "-c"),
        f"import sys; sys.path[:0] = ['/grader', '/site']; {call}",
    ]


def _folders(*folders: str) -> Iterator[str]:
    return (part for folder in folders for part in ("--perms", "0755", "--dir", folder))


def _binds(pairs: Any) -> Iterator[str]:
    return (part for source, target in pairs for part in ("--ro-bind", str(source), str(target)))


def _device(name: str) -> tuple[str, ...]:
    return ("--dev-bind", f"/dev/{name}", f"/dev/{name}")


def _hidden(folder: Path, seen_as: str) -> Iterator[str]:
    """Cover the packages installed under `folder`: the course, or its checks, may be among them."""
    for packages in sorted(folder.glob("*-packages")):
        yield from ("--tmpfs", f"{seen_as}/{packages.name}", "--remount-ro", f"{seen_as}/{packages.name}")


def _system_binds() -> Iterator[str]:
    yield from ("--ro-bind", "/usr/lib", "/usr/lib")
    for folder in sorted(Path("/usr/lib").glob("python*")):
        yield from _hidden(folder, str(folder))
    for name in ("lib", "lib64"):
        if (root := Path("/", name)).is_symlink():
            yield from ("--symlink", os.readlink(root), str(root))
            root = root.resolve()
        if root.is_dir() and root != Path("/usr/lib"):
            yield from ("--ro-bind", str(root), str(root))


def _python_binds() -> Iterator[str]:
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    library = Path(sys.base_prefix, "lib")
    executable = getattr(sys, "_base_executable", sys.executable)
    yield from ("--ro-bind", os.path.realpath(executable), "/python/bin/python3")
    if sys.base_prefix == "/usr":
        yield from ("--ro-bind", sysconfig.get_path("stdlib"), f"/python/lib/{version}")
        return
    yield from ("--ro-bind", str(library), "/python/lib")
    for folder in sorted(library.glob("python*")):
        yield from _hidden(folder, f"/python/lib/{folder.name}")


def _library_binds() -> Iterator[str]:
    """Bind what the libraries and their requirements have installed, and nothing else in site-packages."""
    from importlib.metadata import PackageNotFoundError, distribution

    from packaging.requirements import Requirement

    wanted, seen = list(LIBRARIES), set(LIBRARIES)
    while wanted:
        name = wanted.pop()
        with contextlib.suppress(PackageNotFoundError):
            found = distribution(name)
            needs = [Requirement(line) for line in found.requires or ()]
            more = {need.name for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})}
            wanted += sorted(more - seen)
            seen |= more
            tops = {str(file).split("/")[0] for file in found.files or ()}
            for top in sorted(top for top in tops if not top.endswith(("..", "-info", ".pth", "__pycache__"))):
                yield from ("--ro-bind", str(found.locate_file(top)), f"/site/{top}")
