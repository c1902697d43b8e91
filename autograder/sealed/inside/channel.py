"""Messages between the judge and a child over a socket: counted and bounded, never pickled.

A message is a small msgpack head and the raw bytes of its large arrays; `wire` says how values are written in it.
The judge treats every byte from a child as hostile: each size is checked before any memory is allocated for it.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Sequence
from typing import Any

import msgpack

__all__ = ["LARGEST", "MOST_BUFFERS", "Channel", "ProtocolError", "TooLarge"]

LARGEST = 72 << 20  # bytes of the arrays in one message: a result of 64 MB passes
LARGEST_HEAD = (
    3 << 20
)  # bytes of all else: unpacked, a head takes many times its size. Long lists travel as arrays
MOST_BUFFERS = 4096
AHEAD = 1 << 16  # bytes to read at once: most messages are smaller, and a system call costs more than the copy
_PREFIX = struct.Struct("<II")

Wait = Callable[[bool], None]  # called when the socket is not ready, with True for writing; raises to give up


class TooLarge(ValueError):
    """A value that is larger, deeper or more entangled than what may pass; the message says which."""


class ProtocolError(Exception):
    """Bytes that no honest end would send."""


class Channel:
    """Messages over one end of a socket pair.

    With `wait` the socket never blocks: whenever it is not ready, `wait(writing)` is called and may raise.
    """

    def __init__(self, end: socket.socket, wait: Wait | None = None) -> None:
        self._end = end
        self._wait = wait
        self._ahead = bytearray()  # received, but not asked for yet
        end.setblocking(wait is None)

    def send(self, head: Any, buffers: Sequence[Any] = ()) -> None:
        """Send one message; `buffers` are C-contiguous arrays or bytes."""
        packed = msgpack.packb(head, unicode_errors="replace")
        views = [memoryview(buffer).cast("B") for buffer in buffers if memoryview(buffer).nbytes]
        if len(views) < len(buffers):
            raise ValueError("an empty buffer belongs into the head")
        if len(packed) > LARGEST_HEAD or len(views) > MOST_BUFFERS or sum(v.nbytes for v in views) > LARGEST:
            raise TooLarge(f"it is larger than {LARGEST >> 20} MB")
        sizes = struct.pack(f"<{len(views)}Q", *(view.nbytes for view in views))
        self._write(memoryview(_PREFIX.pack(len(packed), len(views)) + sizes + packed))
        for view in views:
            self._write(view)

    def receive(self) -> tuple[Any, list[bytearray]]:
        """Receive one message: its head, as msgpack's plain lists and values, and its buffers.

        Raises `ProtocolError` for what no honest end would send, and `EOFError` where the other end is gone.
        """
        length, count = _PREFIX.unpack(self._read(_PREFIX.size))
        if length > LARGEST_HEAD or count > MOST_BUFFERS:
            raise ProtocolError("a message is too large")
        sizes = struct.unpack(f"<{count}Q", self._read(8 * count))
        if sum(sizes) > LARGEST:
            raise ProtocolError("a message is too large")
        packed = self._read(length)
        buffers = [self._read(size) for size in sizes]
        try:
            return msgpack.unpackb(packed, strict_map_key=True), buffers
        except (ValueError, msgpack.UnpackException) as error:
            raise ProtocolError("a message cannot be read") from error

    def _write(self, view: memoryview) -> None:
        while view.nbytes:
            try:
                view = view[self._end.send(view) :]
            except BlockingIOError:
                assert self._wait is not None
                self._wait(True)
            except OSError as error:
                raise EOFError("the other end is gone") from error

    def _read(self, size: int) -> bytearray:
        data = bytearray(size)
        ahead = min(size, len(self._ahead))
        data[:ahead] = self._ahead[:ahead]
        del self._ahead[:ahead]
        view = memoryview(data)[ahead:]
        while view.nbytes:
            try:
                view = view[self._receive(view) :]
            except BlockingIOError:
                assert self._wait is not None
                self._wait(False)
            except OSError as error:
                raise EOFError("the other end is gone") from error
        return data

    def _receive(self, view: memoryview) -> int:
        """Receive some bytes into `view`; where few are missing, also what follows them."""
        if view.nbytes > AHEAD:
            got = self._end.recv_into(view)
        else:
            more = self._end.recv(AHEAD)
            got = min(view.nbytes, len(more))
            view[:got] = more[:got]
            self._ahead += more[got:]
        if not got:
            raise EOFError("the other end is gone")
        return got
