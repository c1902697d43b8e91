"""The sandbox: how a process that runs a student's code is sealed off, seen from outside (`inside.seal` is the
rest).

`Zygote` starts a warm process under bubblewrap, which forks a `Child` for each submission. What holds a child:

- bubblewrap: no network; a read-only root with the interpreter, NumPy, Matplotlib and our folder `inside/`,
  and nothing else: no course, no check, no home, no gradebook.
- an unprivileged user, without capabilities, who cannot regain any.
- its own PID, mount and IPC namespaces: it sees and signals no process but its own, there is no `/proc`, and
  its one writable folder is an empty /tmp, which ends with it.
- a list of the system calls that it may make: no process, no socket, no tracing, no mounting.
- limits on memory, processor time, threads, open files and file size.

What it does not stop: a flaw of the kernel in the system calls that are allowed, and measuring time.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.sealed.inside.seal import receive, send

from .bubblewrap import INSIDE, bubblewrap_command
from .system_calls import compile_filter

__all__ = ["ACCEPT_RISK", "Child", "ExitStatus", "SandboxMissing", "Zygote"]

ACCEPT_RISK = "--run-unsealed-i-accept-that-submissions-can-read-and-change-everything"
SEALED_ENVIRONMENT = {
    "HOME": "/tmp",  # nothing of the instructor's environment gets in: tokens live there
    "MPLCONFIGDIR": "/tmp/matplotlib",
    "MPLBACKEND": "agg",
    "LANG": "C.UTF-8",
    "LD_LIBRARY_PATH": "/python/lib",
}
PATIENCE = 60.0  # seconds for a zygote to start, or to answer


class SandboxMissing(RuntimeError):
    """The sandbox cannot be built here; the message says what is missing, and names the option to go without."""

    def __init__(self, reason: str) -> None:
        self._reason = reason
        super().__init__(
            f"No sandbox: {reason}. Students' code would run with your rights, so nothing was graded. "
            f"On a machine that holds nothing of value, {ACCEPT_RISK} grades without a sandbox."
        )

    def __reduce__(self) -> tuple[type[SandboxMissing], tuple[str]]:
        return SandboxMissing, (self._reason,)


@dataclass(frozen=True)
class ExitStatus:
    """How a child ended: the signal that killed it (0: none), its exit code, and what it used."""

    signal: int = 0
    code: int = 0
    processor: float = 0.0
    peak: int = 0  # bytes


class Child:
    """A process that runs one submission, as the judge sees it. `end` is the judge's end of the socket pair."""

    def __init__(self, zygote: Zygote, number: int, end: socket.socket, pidfd: int) -> None:
        self.end = end
        self.pidfd = pidfd
        self.zygote_died = False  # whether this child ended because its zygote did
        self._zygote = zygote
        self._number = number
        self._pid = _pid(pidfd)
        # The kernel's clock of the processor time of another process, as clock_getcpuclockid(3) computes it.
        self._clock = (~self._pid << 3) | 2
        self._ending: ExitStatus | None = None
        self._spent = 0.0

    def processor(self) -> float:
        """Return the seconds of processor time used so far, measured from outside: a child cannot forge them."""
        with contextlib.suppress(OSError):
            if self._ending is None:  # once it has ended, its number may belong to another process
                self._spent = max(self._spent, time.clock_gettime(self._clock))
        return self._spent

    def run_delay(self) -> float:
        """Return the seconds that its first thread was ready to run while the machine was busy with others."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            return int(Path(f"/proc/{self._pid}/schedstat").read_text().split()[1]) / 1e9
        return 0.0

    def kill_nowait(self) -> None:
        """Kill it with all its threads, without waiting: freeing its memory takes the kernel a while."""
        if self._ending is None:
            self._zygote.forget(self._number)
            self._finish(ExitStatus(signal.SIGKILL))

    def kill(self) -> ExitStatus:
        """Kill it with all its threads if it still runs, and return how it ended."""
        if self._ending is None:
            self._signal()
            try:
                self._finish(self._zygote.ending(self._number))
            except EOFError:
                self.zygote_died = True
                self._finish(ExitStatus(signal.SIGKILL))
        assert self._ending is not None
        return self._ending

    def _signal(self) -> None:
        with contextlib.suppress(ProcessLookupError):  # by pidfd: a number could by now be an innocent process
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)

    def _finish(self, ending: ExitStatus) -> None:
        self.processor()
        self._signal()
        self._ending = ending
        self._spent = max(self._spent, ending.processor)
        os.close(self.pidfd)
        self.end.close()


class Zygote:
    """A warm process that has imported the libraries, and forks a child for each submission.

    Unsealed, it is a plain subprocess: its children have the rights of whoever grades.
    """

    def __init__(self, sealed: bool = True) -> None:
        self.sealed = sealed
        self._endings: dict[int, ExitStatus] = {}
        self._forgotten: set[int] = set()
        self._count = 0
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  (its stderr, open until it is warm)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with contextlib.ExitStack() as undo:
            undo.callback(self._complaints.close)
            undo.callback(self._control.close)
            with theirs:
                self._process = _start(theirs.fileno(), sealed, self._complaints)
            undo.callback(self.close)
            with contextlib.suppress(OSError):  # if it has ended already, `wait` will say so
                self._control.send(_system_call_filter() if sealed else b"unsealed")
            undo.pop_all()

    def wait(self) -> None:
        """Wait until it is warm. Raises `SandboxMissing` if it could not be sealed."""
        if self._complaints.closed:
            return
        with open(os.dup(self._complaints.fileno()), "rb") as complaints:
            try:
                self._receive()
                self._complaints.close()
            except EOFError:
                complaints.seek(0)
                lines = complaints.read().decode(errors="replace").strip().splitlines()
                raise SandboxMissing(lines[-1] if lines else "its first process ended at once") from None

    @property
    def alive(self) -> bool:
        """Whether it can still fork children."""
        return self._process.poll() is None

    def fork(self, memory: int, processor: float) -> Child:
        """Fork a child that may use this many bytes of memory and seconds of processor time.

        The kernel enforces both as a last resort; the judge's `Meter` acts earlier. Raises `EOFError` if the
        zygote is gone.
        """
        self.wait()
        if not self.alive:
            self.close()
            raise EOFError("the zygote is gone")
        ours, theirs = socket.socketpair()
        self._count += 1
        order = {"number": self._count, "memory": memory, "processor": processor}
        with theirs:
            try:
                send(self._control, order, [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise EOFError("the zygote is gone") from error
        with contextlib.ExitStack() as undo:
            undo.callback(ours.close)
            while True:
                message, descriptors = self._receive()
                if descriptors:
                    undo.pop_all()
                    return Child(self, self._count, ours, descriptors[0])
                self._note(message)

    def ending(self, number: int) -> ExitStatus:
        """Wait until a child has ended, and return how. Raises `EOFError` if the zygote is gone."""
        while number not in self._endings:
            message, _ = self._receive()
            self._note(message)
        return self._endings.pop(number)

    def forget(self, number: int) -> None:
        """Ignore the report of how this child ends."""
        self._forgotten.add(number)

    def close(self, mine: bool = True) -> None:
        """End the zygote and its children. One inherited through a fork is not `mine`: close our ends only."""
        self._control.close()
        self._complaints.close()
        if not mine:
            self._process.returncode = 0  # else Popen would wait for a process that is not our child
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2.0)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _note(self, message: dict[str, Any]) -> None:
        number = message["number"]
        if number in self._forgotten:
            self._forgotten.discard(number)
        else:
            self._endings[number] = ExitStatus(*message["ending"])

    def _receive(self) -> tuple[dict[str, Any], list[int]]:
        try:
            poll = select.poll()
            poll.register(self._control, select.POLLIN)
            if not poll.poll(PATIENCE * 1000):
                raise EOFError("the zygote does not answer")
            return receive(self._control)
        except (EOFError, OSError, ValueError) as error:  # ValueError: our end is closed already
            self.close()
            raise EOFError("the zygote is gone") from error


def _pid(pidfd: int) -> int:
    # The number in our own PID namespace: the one that the zygote knows means nothing here.
    lines = Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pid:"))


def _system_call_filter() -> bytes:
    try:
        return compile_filter()
    except (ImportError, RuntimeError, OSError) as error:
        raise SandboxMissing(f"pyseccomp or the system's libseccomp is missing ({error})") from None


def _start(control: int, sealed: bool, complaints: Any) -> subprocess.Popen[bytes]:
    bwrap = shutil.which("bwrap")
    if sealed and (sys.platform != "linux" or bwrap is None):
        raise SandboxMissing("bubblewrap (the command `bwrap`) is not installed")
    command = bubblewrap_command(str(bwrap), control) if sealed else _plain_command(control)
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=complaints,
        pass_fds=[control],
        env=(SEALED_ENVIRONMENT if sealed else dict(os.environ)) | _threads(),
        cwd="/" if sealed else tempfile.gettempdir(),
        # Ctrl-C in the instructor's terminal is for the grader, which then ends this in order
        start_new_session=True,
    )


def _plain_command(control: int) -> list[str]:
    call = f"from inside.zygote import main; main({control}, False, 0)"
    return [
        *(sys.executable, "-B", "-X", "utf8", "-c"),
        f"import sys; sys.path.insert(0, {str(INSIDE.parent)!r}); {call}",
    ]


def _threads() -> dict[str, str]:
    # One thread each: workers share the cores already, and a pool of threads would not survive the fork.
    return {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB")}
