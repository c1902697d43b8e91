"""Forged messages: a child that speaks the judge's language itself can say anything, and gets nothing for it."""

from __future__ import annotations

import pytest

from autograder.grading.judge import Limits, judge
from autograder.records.verdict import Outcome
from tests.support.sealed_lesson import SOLUTIONS, sealed_lesson

SAY = """
import os, stat, struct, msgpack
def say(head, *buffers):
    packed = head if type(head) is bytes else msgpack.packb(head)
    sizes = struct.pack(f"<{len(buffers)}Q", *map(len, buffers))
    for descriptor in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                prefix = struct.pack("<II", len(packed), len(buffers))
                os.write(descriptor, prefix + sizes + packed + b"".join(buffers))
        except OSError:
            pass
"""
DONE = '["done", "", [], {}]'
FORGED = {
    "no list": "3",
    "empty": "[]",
    "map": "{'kind': 'done'}",
    "short": '["done", ""]',
    "long": '["done", "", [], 1, 2]',
    "kind of no kind": '[[1], "", [], 1]',
    "output of no kind": '["done", 5, [], 1]',
    "change of nothing": '["done", "", [[99, ["list"]]], 1]',
    "change below": '["done", "", [[-1, ["list"]]], 1]',
    "change of another kind": '["done", "", [[0, ["dict"]]], 1]',
    "change to another size": '["done", "", [[0, ["array", "<f8", [1], b"12345678"]]], 1]',
    "change to another dtype": '["done", "", [[0, ["array", "|u1", [4], b"1234"]]], 1]',
    "changes of no kind": '["done", "", 7, 1]',
    "generator in no state": DONE.replace("{}", '["generator", 1, 0, 0, 2]'),
    "generator beyond": DONE.replace("{}", '["generator", ["int", b"\\x01" * 40], 0, 0, 1]'),
    "generator of no kind": DONE.replace("{}", '["generator", [], 0, 0, 1]'),
    "handle of no kind": DONE.replace("{}", '["handle", "0", True, "f", "function"]'),
    "handle short": DONE.replace("{}", '["handle", 0]'),
    "error of no kind": '["raised", "", [], ["tuple", "eval", "1"]]',
    "error with a list": '["raised", "", [], ["tuple", ["list"], ["list"]]]',
    "error within": '["raised", "", [], 5]',
    "limit of no kind": '["limit", "", [], ["list"]]',
    "call of nothing": '["out", 0, ["tuple", ["tuple"], ["dict"]]]',
    "call of a stub": '["out", ["double", "double"], ["tuple", ["tuple", 1.0], ["dict"]]]',
    "call of no kind": '["out", {"a": 1}, ["tuple", ["tuple"], ["dict"]]]',
    "call with nothing": '["out", ["double", "double"], 5]',
    "call with odd names": '["out", ["double", "double"], ["tuple", ["tuple"], ["dict", 1, 2]]]',
    "call short": '["out"]',
    "unreadable": 'b"\\xc1"',
    "a dict with a list for a key": DONE.replace("{}", '["dict", ["list"], 1]'),
    "the judge's own words": '["operate", "call", ["list"]]',
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED.keys())
def test_a_forged_reply_costs_its_exercise_and_breaks_nothing(forged: str) -> None:
    answer = f"{SAY}\ndef double(x):\n    say({forged})\n    return 0.0"
    judgement = judge(sealed_lesson(), SOLUTIONS | {"double": answer}, Limits(processor=2.0, wall=8.0), 1)
    outcomes = {key: verdict.outcome for key, verdict in judgement.verdicts.items() if verdict.fraction < 1}
    assert list(outcomes) == ["double"], judgement.errors
    assert outcomes["double"] in (Outcome.INCORRECT, Outcome.OUT_OF_LIMITS), judgement.errors


CALL = '["out", ["counter", "Counter"], ["tuple", {}, ["dict"]]]'
RELAYED = {
    "no call": '["out", ["counter", "Counter"], 5]',
    "nothing of a call": '["out", ["counter", "Counter"], ["tuple"]]',
    "a map": '["out", ["counter", "Counter"], {"add": 1}]',
    "no list": CALL.format('"add"'),
    "no arguments": CALL.format('["tuple", "add"]'),
    "another method": CALL.format('["tuple", "__reduce__", ["list"], ["list"], ["list"], ["dict"]]'),
    "a method that is none": CALL.format('["tuple", ["list"], ["list"], ["list"], ["list"], ["dict"]]'),
    "methods in no order": CALL.format('["set", "add", "__reduce__", "__class__"]'),
    "a handle": CALL.format('["tuple", "add", ["list"], ["list"], ["list", ["handle", 0]], ["dict"]]'),
    "one of ours": CALL.format('["tuple", "add", ["list"], ["list"], ["list", ["ours", 0, ""]], ["dict"]]'),
    "an object that is none": CALL.format(
        '["tuple", "add", ["list"], ["list"], ["list", ["tuple", "object", 99]], ["dict"]]'
    ),
    "a map within": CALL.format('["tuple", "add", ["list", {"a": 1}], ["list"], ["list"], ["dict"]]'),
    "a buffer that is none": CALL.format('["tuple", "add", ["list", ["array", "<f8", [9], 7]], 1, 1, 1]'),
    "deep": CALL.format("[" * 200 + '"tuple"' + "]" * 200),
}


@pytest.mark.parametrize("forged", RELAYED.values(), ids=RELAYED.keys())
def test_a_forged_call_of_a_stubs_class_costs_its_exercise_and_breaks_nothing(forged: str) -> None:
    answer = f"{SAY}\nclass Counter(Counter):\n    def reset(self):\n        say({forged})\n        return 0.5"
    answers = SOLUTIONS | {"counter": "", "counter_reset": answer}
    judgement = judge(sealed_lesson(), answers, Limits(processor=2.0, wall=8.0), 1)
    outcomes = {key: verdict.outcome for key, verdict in judgement.verdicts.items() if verdict.fraction < 1}
    assert list(outcomes) == ["counter", "counter_reset"], judgement.errors
    assert outcomes["counter_reset"] in (Outcome.INCORRECT, Outcome.OUT_OF_LIMITS), judgement.errors
    assert judgement.errors == {}


def test_a_flood_of_calls_is_bounded() -> None:
    flood = (
        f"{SAY}\ndef quadruple(x):\n"
        "    while True:\n        say(['out', ['double', 'double'], ['tuple', ['tuple', 1.0], ['dict']]])"
    )
    answers = SOLUTIONS | {"double": "", "quadruple": flood}
    judgement = judge(sealed_lesson(), answers, Limits(processor=1.0, wall=4.0), 1)
    assert judgement.verdicts["quadruple"].outcome == Outcome.OUT_OF_LIMITS
    assert judgement.verdicts["plot_line"].outcome == Outcome.CORRECT
