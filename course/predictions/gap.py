"""What comparing a prediction with the truth finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Drawing", "Gap"]

Drawing = Callable[[], tuple[Any, str]]


@dataclass(frozen=True)
class Gap:
    """What a comparison found: whether the prediction was right, and the same said in text and in HTML."""

    right: bool
    lines: Sequence[str]
    html: Sequence[str]
    pictures: Sequence[Drawing] = field(default=())
