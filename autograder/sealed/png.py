"""A figure's pixels as a PNG file: a child hands out pixels alone, and the file is written here."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np

__all__ = ["png"]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_PIXELS = 4_000_000
TRUE_COLOUR = 2


def png(pixels: np.ndarray[Any, Any]) -> bytes:
    """Write pixels (height, width, 4) of uint8, set on white; a figure too large to look at is thinned out."""
    step = 1
    while pixels[::step, ::step].size > 4 * MOST_PIXELS:
        step += 1
    pixels = pixels[::step, ::step]
    colours = pixels[..., :3]
    if (pixels[..., 3] < 255).any():  # which is rare, and takes longer than compressing
        alpha = pixels[..., 3:].astype(np.uint16)
        colours = ((colours * alpha + 255 * (255 - alpha)) // 255).astype(np.uint8)
    height, width, _ = colours.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)
    rows[:, 1:] = colours.reshape(height, -1)
    head = struct.pack(">2I5B", width, height, 8, TRUE_COLOUR, 0, 0, 0)
    return (
        SIGNATURE
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(rows.tobytes(), 3))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
