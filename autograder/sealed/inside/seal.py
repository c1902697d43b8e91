"""Seal a process from inside: what the zygote does once, and what it does for each child that it forks.

bubblewrap builds the outer walls, once for each zygote. A child gets its own inner ones here, because to start
bubblewrap for each submission would cost more than judging it. The order of the steps matters, and each says
why.
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

SCRATCH = 64 << 20  # bytes in a child's /tmp: it lies in memory that RLIMIT_AS does not count
LARGEST_FILE = 32 << 20
THREADS = 16  # a student may start some; a fork bomb is stopped by the filter, not by this
OPEN_FILES = 64
LONGEST = 1 << 16  # bytes of a message between judge and zygote; the compiled filter is the largest

# From <linux/sched.h>, <sys/mount.h>, <linux/prctl.h> and <linux/capability.h>; Python has names for none of them.
NEWNS, NEWIPC, NEWUSER, NEWPID = 0x0002_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 4, 22, 24, 38
SECCOMP_MODE_FILTER = 2
CAPABILITY_VERSION = 0x2008_0522  # _LINUX_CAPABILITY_VERSION_3: sets of 64 bits
LAST_CAPABILITY = 40  # CAP_CHECKPOINT_RESTORE, of Linux 5.9

_libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    """The kernel's struct sock_fprog: a filter's length in instructions of 8 bytes, and where it is."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def enter(user: int) -> int:
    """Become an unprivileged user in namespaces of our own, the parents of the children's namespaces.

    The zygote calls this first: unsharing a user namespace takes a process of one thread, and NumPy starts
    several. Returns the descriptor of the zygote's PID namespace.
    """
    if os.getuid() == 0:
        os.setgroups([])  # groups first: without root's rights none of them could be given up
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)  # real, effective and saved: there is no way back to root
        # A change of user makes a process undumpable: /proc/self would belong to root, and uid_map refuse us.
        _do("prctl", PR_SET_DUMPABLE, 1, 0, 0, 0)
    user, group = os.getuid(), os.getgid()
    _do("unshare", NEWUSER | NEWNS | NEWIPC | NEWPID)
    Path("/proc/self/setgroups").write_text("deny")  # the kernel asks for this before it lets us map a group
    Path("/proc/self/uid_map").write_text(f"1000 {user} 1")
    Path("/proc/self/gid_map").write_text(f"1000 {group} 1")
    # A new PID namespace takes effect for children alone, so the zygote is a fork: process 1 of that namespace,
    # whose end ends every process in it. Its parent only waits, and passes the exit code on to bubblewrap.
    if pid := os.fork():
        _, status = os.waitpid(pid, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    return os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


def hide_processes() -> None:
    """Cover /proc for ourselves and for every child, which would find command lines, maps and descriptors there.

    Only after `enter`, which needs /proc, and after the imports: libraries count processors in it.
    """
    _do("mount", b"none", b"/proc", b"tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, b"size=4k,mode=555")


def fork(namespace: int) -> int:
    """Fork a child that is process 1 of a new PID namespace; `namespace` is what `enter` returned.

    It can name no process outside, and when it ends, the kernel ends whatever it has left running.
    """
    _do("unshare", NEWPID)
    pid = -1
    try:
        pid = os.fork()
    finally:
        if pid:  # even after a failed fork: the next namespace must not lie within this one
            _do("setns", namespace, NEWPID)
    return pid


def close_descriptors(kept: int) -> None:
    """Close every descriptor but `kept` and the standard ones, which lead nowhere.

    A child inherits the zygote's control socket, its PID namespace and the descriptors of other submissions'
    children: each of them would be a way out.
    """
    null = os.open("/dev/null", os.O_RDWR)
    for standard in (0, 1, 2):  # closed, they would be given to the next files, and prints would go into those
        os.dup2(null, standard)
    os.closerange(3, kept)
    os.closerange(kept + 1, 1 << 16)


def set_limits(address_space: int, processor: float) -> None:
    """Limit this process for good: bytes of address space, seconds of processor time, and the rest.

    Hard and soft limits are equal, and nobody without capabilities can raise a hard one. The judge measures time
    and memory from outside as well; these hold even while it is busy elsewhere.
    """
    limits = {
        resource.RLIMIT_AS: address_space,
        resource.RLIMIT_CPU: int(processor) + 1,
        resource.RLIMIT_FSIZE: LARGEST_FILE,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,  # a crash would write all of its memory to disk
        resource.RLIMIT_MEMLOCK: 0,  # memory that the kernel could not take back
        resource.RLIMIT_MSGQUEUE: 0,  # memory of the kernel's own
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def seal(program: bytes) -> None:
    """Give a forked child its own empty /tmp, and take every right from it; `program` filters its system calls.

    Mounting needs the capabilities that are dropped next, and loading a filter needs calls that the filter
    forbids: so the mount comes first, the filter last.
    """
    _do("unshare", NEWNS | NEWIPC)  # else it would share /tmp and shared memory with other submissions
    options = f"size={SCRATCH},nr_inodes=4096,mode=700".encode()
    _do("mount", b"none", b"/tmp", b"tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, options)
    os.chdir("/tmp")
    resource.setrlimit(resource.RLIMIT_NPROC, (THREADS, THREADS))
    # The bounding set first: what is gone from it can never be gained again, not even by running a set-uid
    # program.
    for capability in range(LAST_CAPABILITY + 1):
        _do("prctl", PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)  # 0: this process
    _do("capset", header, (ctypes.c_uint32 * 6)())
    _do("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)  # without it, only root may load a filter
    filtered = _Program(len(program) // 8, program)
    _do("prctl", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(filtered), 0, 0)


def send(control: socket.socket, message: dict[str, Any], descriptors: list[int]) -> None:
    """Send one order or answer between the judge and the zygote, with open descriptors.

    JSON, as both ends are ours: no student's code ever holds this socket.
    """
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
