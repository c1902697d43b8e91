"""Seal a process from inside: what the zygote does once, and what it does for each child that it forks.

This module is visible inside the sandbox, and imports nothing of the judge's.
"""

from __future__ import annotations

import array
import ctypes
import json
import os
import resource
import socket
from pathlib import Path
from typing import Any

__all__ = ["close_descriptors", "enter", "fork", "hide_processes", "receive", "seal", "send", "set_limits"]

SCRATCH = 64 << 20  # bytes in a child's /tmp
LARGEST_FILE = 32 << 20
THREADS = 16
OPEN_FILES = 64
LONGEST = 1 << 16

NEWNS, NEWIPC, NEWUSER, NEWPID = 0x0002_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 4, 22, 24, 38
SECCOMP_MODE_FILTER = 2
CAPABILITY_VERSION = 0x2008_0522
LAST_CAPABILITY = 40

_libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    """The kernel's struct sock_fprog: a filter's length in instructions of 8 bytes, and where it is."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def enter(user: int) -> int:
    """Become an unprivileged user in namespaces of our own, of which the children's will be offspring.

    Called by the zygote before it imports anything large. Returns the descriptor of its PID namespace.
    """
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        _do("prctl", PR_SET_DUMPABLE, 1, 0, 0, 0)  # else /proc/self belongs to root, and no user can be mapped
    user, group = os.getuid(), os.getgid()
    _do("unshare", NEWUSER | NEWNS | NEWIPC | NEWPID)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"1000 {user} 1")
    Path("/proc/self/gid_map").write_text(f"1000 {group} 1")
    if pid := os.fork():
        _, status = os.waitpid(pid, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    return os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


def hide_processes() -> None:
    """Cover /proc for ourselves and for every child."""
    _do("mount", b"none", b"/proc", b"tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, b"size=4k,mode=555")


def fork(namespace: int) -> int:
    """Fork a child that is the first process of a new PID namespace; `namespace` is what `enter` gave."""
    _do("unshare", NEWPID)
    pid = -1
    try:
        pid = os.fork()
    finally:
        if pid:
            _do("setns", namespace, NEWPID)
    return pid


def close_descriptors(kept: int) -> None:
    """Close every descriptor but the standard ones, which lead nowhere, and `kept`."""
    null = os.open("/dev/null", os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(3, kept)
    os.closerange(kept + 1, 1 << 16)


def set_limits(address_space: int, processor: float) -> None:
    """Limit this process for good: bytes of address space, seconds of processor time, and the rest."""
    limits = {
        resource.RLIMIT_AS: address_space,
        resource.RLIMIT_CPU: int(processor) + 1,
        resource.RLIMIT_FSIZE: LARGEST_FILE,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def seal(program: bytes) -> None:
    """Give a forked child its own empty /tmp, and take every right from it; `program` filters its system calls."""
    _do("unshare", NEWNS | NEWIPC)
    options = f"size={SCRATCH},nr_inodes=4096,mode=700".encode()
    _do("mount", b"none", b"/tmp", b"tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, options)
    os.chdir("/tmp")
    resource.setrlimit(resource.RLIMIT_NPROC, (THREADS, THREADS))
    for capability in range(LAST_CAPABILITY + 1):
        _do("prctl", PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    _do("capset", header, (ctypes.c_uint32 * 6)())
    _do("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    filtered = _Program(len(program) // 8, program)
    _do("prctl", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(filtered), 0, 0)


def send(control: socket.socket, message: dict[str, Any], descriptors: list[int]) -> None:
    """Send one order or answer between the judge and the zygote, with open descriptors."""
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
    control.sendmsg([json.dumps(message).encode()], rights)


def receive(control: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Receive what `send` sent; raises `EOFError` where the other end is gone."""
    data, descriptors, _, _ = socket.recv_fds(control, LONGEST, 2)
    if not data:
        raise EOFError("the other end is gone")
    return json.loads(data), descriptors


def _do(call: str, *arguments: Any) -> None:
    if getattr(_libc, call)(*arguments) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")
