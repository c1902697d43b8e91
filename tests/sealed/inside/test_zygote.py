"""What the warm process does before it forks."""

from __future__ import annotations

import os
import random

from autograder.sealed.inside import zygote


def test_memory_whose_pages_are_joined_holds_what_it_held_also_in_a_child() -> None:
    content = random.Random(0).randbytes(8 << 20)
    kept = bytearray(content)
    zygote._join_pages()
    assert kept == content
    child = os.fork()
    if not child:
        same = kept == content
        kept[::4096] = bytes(len(kept[::4096]))
        os._exit(0 if same else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert kept == content
