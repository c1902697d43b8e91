"""Write a file whole or not at all, so that no reader ever sees half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["write_if_changed", "write_whole"]


def write_whole(file: Path, text: str) -> None:
    """Write `text` to `file`, under another name first, and make its folder where it is missing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(prefix=".", suffix=".new", dir=file.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.chmod(unfinished, 0o644)
        os.replace(unfinished, file)
    except BaseException:
        os.unlink(unfinished)
        raise


def write_if_changed(file: Path, text: str) -> bool:
    """Write `text` to `file` unless it holds just that; return whether that changed anything."""
    if file.is_file() and file.read_text(encoding="utf-8") == text:
        return False
    write_whole(file, text)
    return True
