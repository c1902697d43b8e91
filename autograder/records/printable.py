"""Untrusted text, made safe for a terminal."""

from __future__ import annotations

__all__ = ["printable"]


def printable(text: str, keep: str = "") -> str:
    """Replace unprintable characters, except those in `keep`, by dots: an escape code could forge output."""
    return "".join(sign if sign.isprintable() or sign in keep else "·" for sign in text)
