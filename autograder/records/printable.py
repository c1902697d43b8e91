"""Text from outside, made safe for a terminal."""

from __future__ import annotations

__all__ = ["printable"]


def printable(text: str, keep: str = "") -> str:
    """Replace each unprintable character by a dot, but for those in `keep`: an escape code could forge output."""
    return "".join(sign if sign.isprintable() or sign in keep else "·" for sign in text)
