"""The warm process: it imports the libraries once, and forks a child for each submission.

`sandbox.Zygote` starts it, under bubblewrap unless the instructor has accepted the risk. It reads orders from
the judge's control socket, never runs a line of a student's code, and ends with all its children when that
socket closes.
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


class ForkServer:
    """The loop that serves orders to fork, and reports how children ended.

    `namespace` is a descriptor of the zygote's own PID namespace, which it returns to after each fork; below 0 the
    children are not sealed. `program` is the compiled filter of system calls.
    """

    def __init__(self, control: socket.socket, namespace: int, program: bytes) -> None:
        self._control = control
        self._namespace = namespace
        self._program = program
        self._address_space = _address_space()
        self._children: dict[int, tuple[int, int]] = {}  # pidfd -> number, pid
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)

    def run(self) -> None:
        """Serve until the judge is gone; never return."""
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor in self._children:
                    self._report_ending(descriptor)
                    continue
                try:
                    order, (end,) = seal.receive(self._control)
                except (EOFError, OSError):
                    self._exit()
                self._fork(order["number"], end, order["memory"], order["processor"])

    def _fork(self, number: int, end: int, memory: int, processor: float) -> None:
        pid = seal.fork(self._namespace) if self._namespace >= 0 else os.fork()
        if not pid:
            _become_child(end, self._program, self._address_space + memory, processor)
        os.close(
            end
        )  # else the judge would never read the end of a child that died: its socket would stay open here
        pidfd = os.pidfd_open(
            pid
        )  # a number may be given to another process once this one has gone; a pidfd may not
        self._children[pidfd] = number, pid
        self._poll.register(pidfd, select.POLLIN)
        seal.send(self._control, {"number": number}, [pidfd])

    def _report_ending(self, pidfd: int) -> None:
        """Take a child that has ended out of the process table, and tell the judge how it ended."""
        number, pid = self._children.pop(pidfd)
        self._poll.unregister(pidfd)
        os.close(pidfd)
        _, status, usage = os.wait4(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        ending = [max(0, -code), max(0, code), usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024]
        seal.send(self._control, {"number": number, "ending": ending}, [])

    def _exit(self) -> None:
        for _, pid in self._children.values():
            os.kill(pid, signal.SIGKILL)
        os._exit(0)


def main(control: int, sealed: bool, user: int) -> None:
    """Serve forks on the control socket of this descriptor, as this user if it starts as root."""
    namespace = seal.enter(user) if sealed else -1
    _warm_up()
    end = socket.socket(fileno=control)
    program = end.recv(seal.LONGEST)
    server = ForkServer(end, namespace, program if sealed else b"")
    gc.collect()
    gc.freeze()  # a collection in a child would write to every object's header, and so copy all shared pages
    if sealed:
        seal.hide_processes()
    seal.send(end, {}, [])
    server.run()


def _warm_up() -> None:
    """Import what a submission will need, and use it once: NumPy and Matplotlib load and cache on first use."""
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
    left.set_yticks(10.0 ** np.arange(-12, 13))  # fills the cache of mathematical text for the usual loss axis
    left.set_title("a$x$")
    left.legend()
    right.scatter([0, 1], [0, 1])
    right.axhline(0.5, linestyle="--")
    right.set_xlabel("a")
    figure.savefig(io.BytesIO(), format="rgba")
    plt.close(figure)
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(10.0)  # Matplotlib starts one when it searches for fonts, and a fork copies no threads


def _address_space() -> int:
    """Return the bytes of address space taken so far: a child's limit counts from here."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 1 << 30


def _become_child(end: int, program: bytes, address_space: int, processor: float) -> None:
    """Serve one submission on the socket of descriptor `end`, and never return."""
    try:  # whatever fails, this process must not go on as a second zygote
        os.setsid()  # a signal to its process group, kill(0, ...), would reach the zygote and its other children
        seal.close_descriptors(end)
        seal.set_limits(address_space, processor)
        if program:
            seal.seal(program)
        from .executor import serve

        serve(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=end))  # all named: asking is filtered
    finally:
        os._exit(0)
