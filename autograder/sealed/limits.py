"""What an exercise may use of the machine while it is judged, metered from outside its child."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass

from .sandbox import Child

__all__ = ["Meter", "OutOfLimits"]

MOST_REQUESTS = 200_000  # for one exercise: each costs the judge time that is not on the child's clock
MOST_RECEIVED = 1 << 30  # bytes for one exercise


class OutOfLimits(BaseException):
    """An exercise has broken a limit; `reason` says which. Not an `Exception`, so that no check catches it.

    `retryable`: it was the limit on the wall clock, and the machine was busy with others meanwhile. `zygote_died`:
    somebody has killed the sandbox.
    """

    def __init__(self, reason: str, retryable: bool = False, zygote_died: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retryable = retryable or zygote_died
        self.zygote_died = zygote_died


@dataclass
class Meter:
    """What one exercise may use: seconds of processor time and on the wall clock, requests, bytes."""

    processor: float
    wall: float
    requests: int = MOST_REQUESTS
    received: int = MOST_RECEIVED

    def __post_init__(self) -> None:
        self._started = time.monotonic()
        self._bases: list[tuple[Child, float]] = []  # with their processor time before
        self._delays: list[tuple[Child, float]] = []
        self.out_of_memory = False  # whether memory ran out in a call
        self.requests_made = 0

    def watch(self, child: Child) -> None:
        """Count this child's processor time from now on."""
        if not any(child is known for known, _ in self._bases):
            self._bases.append((child, child.processor()))
            self._delays.append((child, child.run_delay()))

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Stop the wall clock meanwhile: this time is the grader's own."""
        began = time.monotonic()
        try:
            yield
        finally:
            self._started += time.monotonic() - began

    def used(self) -> float:
        """Return the seconds of processor time of all the children that it watches."""
        return sum(child.processor() - before for child, before in self._bases)

    def left(self) -> float:
        """Return the seconds after which to look again. Raises `OutOfLimits` when a limit is reached."""
        used = self.used()
        if used >= self.processor:
            raise OutOfLimits(f"it took more than {self.processor:g} s of processor time")
        waiting = self._started + self.wall - time.monotonic()
        if waiting <= 0:
            # An endless loop meets the processor's limit, sleep this one. A child that could not run is neither.
            busy = sum(child.run_delay() - before for child, before in self._delays) > self.wall / 10
            raise OutOfLimits(f"it took more than {self.wall:g} s", retryable=busy)
        return min(waiting, self.processor - used + 0.01)

    def count(self, received: int) -> None:
        """Count one request and the bytes that came back."""
        self.requests_made += 1
        self.received -= received
        if self.requests_made > self.requests:
            raise OutOfLimits(f"it exchanged more than {MOST_REQUESTS} values with its check")
        if self.received < 0:
            raise OutOfLimits(f"it handed over more than {MOST_RECEIVED >> 20} MB")
        self.left()
