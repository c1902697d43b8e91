"""Write a file whole or not at all, so that no reader ever sees half of it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

__all__ = ["replacing", "write_if_changed", "write_whole"]


@contextlib.contextmanager
def replacing(file: Path, mode: int = 0o644) -> Iterator[BinaryIO]:
    """Open a stream whose content becomes `file` when the block ends well, and vanishes when it raises.

    The folder is made where it is missing.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    # in the same folder: only within one file system does a rename replace a file in one step
    descriptor, unfinished = tempfile.mkstemp(prefix=".", suffix=".new", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
        os.chmod(unfinished, mode)
        os.replace(unfinished, file)
    except BaseException:
        os.unlink(unfinished)
        raise


def write_whole(file: Path, text: str) -> None:
    """Replace `file` by `text`, in UTF-8."""
    with replacing(file) as stream:
        stream.write(text.encode())


def write_if_changed(file: Path, text: str) -> bool:
    """Write `text` to `file` unless that is its content already; return whether it was written."""
    if file.is_file() and file.read_text(encoding="utf-8") == text:
        return False
    write_whole(file, text)
    return True
