"""Files that are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.atomic_file import write_if_changed, write_whole


def test_it_is_written_only_where_that_changes_something(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "text"
    assert write_if_changed(file, "one\n")
    assert not write_if_changed(file, "one\n")
    assert file.read_bytes() == b"one\n"
    assert file.stat().st_mode & 0o777 == 0o644


def test_what_cannot_be_written_whole_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "text"
    write_whole(file, "one\n")
    with pytest.raises(UnicodeEncodeError):
        write_whole(file, "two\n\udc80")
    assert file.read_text() == "one\n"
    assert [path.name for path in tmp_path.iterdir()] == ["text"]
