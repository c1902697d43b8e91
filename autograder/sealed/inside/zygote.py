"""The warm process: it imports the libraries once, and forks a child for each submission.

Started by `sandbox.Zygote`, under bubblewrap unless the instructor has accepted the risk. It reads orders from the
judge's control socket, never runs a line of a student's, and ends, with all its children, when that socket closes.
"""

from __future__ import annotations

import gc
import io
import os
import select
import signal
import socket
import threading
from pathlib import Path

from . import seal

__all__ = ["main"]


class Zygote:
    """The loop of orders and endings. `namespace` is the PID namespace to come back to; below 0 it is unsealed."""

    def __init__(self, control: socket.socket, namespace: int, program: bytes) -> None:
        self._control = control
        self._namespace = namespace
        self._program = program
        self._address_space = _address_space()
        self._children: dict[int, tuple[int, int]] = {}  # pidfd -> number, pid
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)

    def run(self) -> None:
        """Serve until the judge is gone."""
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor in self._children:
                    self._bury(descriptor)
                    continue
                try:
                    order, (end,) = seal.receive(self._control)
                except (EOFError, OSError):
                    self._end()
                self._fork(order["number"], end, order["memory"], order["processor"])

    def _fork(self, number: int, end: int, memory: int, processor: float) -> None:
        pid = seal.fork(self._namespace) if self._namespace >= 0 else os.fork()
        if not pid:
            _become_child(end, self._program, self._address_space + memory, processor)
        os.close(end)
        pidfd = os.pidfd_open(pid)
        self._children[pidfd] = number, pid
        self._poll.register(pidfd, select.POLLIN)
        seal.send(self._control, {"number": number}, [pidfd])

    def _bury(self, pidfd: int) -> None:
        number, pid = self._children.pop(pidfd)
        self._poll.unregister(pidfd)
        os.close(pidfd)
        _, status, usage = os.wait4(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        ending = [max(0, -code), max(0, code), usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024]
        seal.send(self._control, {"number": number, "ending": ending}, [])

    def _end(self) -> None:
        for _, pid in self._children.values():
            os.kill(pid, signal.SIGKILL)
        os._exit(0)


def main(control: int, sealed: bool, user: int) -> None:
    """Run the zygote on the control socket of this descriptor, as this user where it starts as root."""
    namespace = seal.enter(user) if sealed else -1
    _warm_up()
    end = socket.socket(fileno=control)
    program = end.recv(seal.LONGEST)
    zygote = Zygote(end, namespace, program if sealed else b"")
    gc.collect()
    gc.freeze()  # the children share this memory as long as nobody counts its references
    if sealed:
        seal.hide_processes()
    seal.send(end, {}, [])
    zygote.run()


def _warm_up() -> None:
    """Import what a submission will need, and use it once, so that no child has to: NumPy loads parts late."""
    import matplotlib

    matplotlib.use("agg")
    import collections
    import dataclasses
    import functools
    import itertools
    import math
    import random
    import statistics
    import typing

    import matplotlib.pyplot as plt
    import numpy as np
    import numpy.fft
    import numpy.linalg
    import numpy.ma
    import numpy.polynomial
    import numpy.random

    from . import executor

    _ = collections, dataclasses, functools, itertools, math, random, statistics, typing, executor
    np.linalg.lstsq(np.eye(2), np.ones(2))
    np.random.default_rng(0).normal(size=2)
    figure, (left, right) = plt.subplots(1, 2)
    left.semilogy([1, 10], label="a")
    left.set_yticks(10.0 ** np.arange(-12, 13))  # how these are written is kept: most losses are drawn so
    left.set_title("a$x$")
    left.legend()
    right.scatter([0, 1], [0, 1])
    right.axhline(0.5, linestyle="--")
    right.set_xlabel("a")
    figure.savefig(io.BytesIO(), format="rgba")
    plt.close(figure)
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(10.0)  # Matplotlib watches its search for fonts from a thread


def _address_space() -> int:
    """Bytes of address space taken so far."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 1 << 30


def _become_child(end: int, program: bytes, address_space: int, processor: float) -> None:
    """Serve one submission on the socket of descriptor `end`, and never return."""
    try:
        seal.close_descriptors(end)
        seal.set_limits(address_space, processor)
        if program:
            seal.seal(program)
        from .executor import serve

        serve(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=end))
    finally:
        os._exit(0)
