"""The gap between a prediction and the truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Drawing", "Gap"]

Drawing = Callable[[], tuple[Any, str]]


@dataclass(frozen=True)
class Gap:
    """Whether a prediction was right, and what to say about it: `lines` of plain text, `html`, and `pictures`.

    A picture is drawn on demand: each `Drawing` returns a figure and its alt text.
    """

    right: bool
    lines: Sequence[str]
    html: Sequence[str]
    pictures: Sequence[Drawing] = field(default=())
