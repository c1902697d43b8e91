"""The judge: one submission, run in a sealed child and judged from outside."""

from __future__ import annotations

import os
import pickle
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest

from autograder.checking.check import Call, Finding, check, generator
from autograder.grading import judge as judging
from autograder.grading.judge import Judgement, Limits, judge
from autograder.records.verdict import Outcome
from autograder.sealed.inside.channel import Channel
from tests.support.sealed_lesson import CHECKS, SOLUTIONS, sealed_lesson

TIGHT = Limits(processor=1.0, wall=4.0, memory=512 << 20)


def judged(limits: Limits = TIGHT, seed: int = 1, **answers: str) -> Judgement:
    """Judge the right answers, but these instead where given."""
    return judge(sealed_lesson(), {**SOLUTIONS, **answers}, limits, seed)


def outcomes(judgement: Judgement) -> dict[str, Outcome]:
    """The outcomes that are not full marks."""
    return {key: verdict.outcome for key, verdict in judgement.verdicts.items() if verdict.fraction < 1}


def test_right_answers_get_full_marks_and_the_judgement_can_be_pickled() -> None:
    judgement = judged()
    assert outcomes(judgement) == {}
    assert set(judgement.verdicts) == set(SOLUTIONS)
    assert pickle.loads(pickle.dumps(judgement)) == judgement


def test_an_untouched_lesson_gets_nothing_and_nothing_is_attempted() -> None:
    lesson = sealed_lesson()
    for answers in ({}, {exercise.key: exercise.stub for exercise in lesson.exercises}):
        judgement = judge(lesson, answers, TIGHT, 1)
        assert set(outcomes(judgement).values()) == {Outcome.NOT_ATTEMPTED}
        assert len(outcomes(judgement)) == len(SOLUTIONS)


@pytest.mark.parametrize(
    "wrong",
    [
        "def double(x):\n    return x + 2",
        "",
        "def double(x):\n    raise NotImplementedError()",
        "def duble(x):\n    return 2 * x",
        "def double(x)\n    return 2 * x",
        "double = 3",
        "def double(x):\n    while True: pass",
        "while True: pass",
        "import os\nos._exit(0)",
        "import ctypes\nctypes.string_at(0)",
        "def double(x):\n    return bytearray(1 << 40)",
        "def double(x):\n    x *= 2\n    return x",
    ],
)
def test_a_wrong_answer_costs_its_own_points_alone(wrong: str) -> None:
    judgement = judged(double=wrong)
    assert list(outcomes(judgement)) == ["double"]
    assert judgement.replaced == ("double",)


def test_a_diagnosis_comes_with_what_was_called_returned_and_expected() -> None:
    verdict = judged(double="def double(x):\n    return x + 2").verdicts["double"]
    assert (verdict.misconception, verdict.outcome) == ("added", Outcome.INCORRECT)
    assert verdict.called.startswith("double([")
    assert verdict.got and verdict.expected


def test_an_answer_without_its_name_is_told_so() -> None:
    assert "does not define `double`" in judged(double="def duble(x): return 2 * x").verdicts["double"].message
    verdict = judged(double="1 / 0\ndef double(x): return 2 * x").verdicts["double"]
    assert "ZeroDivisionError: division by zero (line 1 of the cell)" in verdict.got


def test_a_cell_that_fails_after_its_function_is_judged_by_the_function() -> None:
    judgement = judged(double=SOLUTIONS["double"] + "\ninput()\n1 / 0")
    assert outcomes(judgement) == {}
    assert judgement.printed["double"].startswith("EOFError")


def test_an_alias_made_in_a_later_cell_sees_the_stub() -> None:
    judgement = judged(
        double="def double(x):\n    return x",
        quadruple="twice = double\ndef quadruple(x, f=double):\n    return twice(f(x))",
    )
    assert list(outcomes(judgement)) == ["double"]


def test_a_class_whose_method_is_wrong_is_carried_on_with_the_references() -> None:
    wrong = SOLUTIONS["counter"].replace("+= n", "-= n")
    judgement = judged(counter=wrong)
    assert outcomes(judgement) == {"counter": Outcome.PARTIAL}
    assert judgement.replaced == ("counter",)
    missing = judged(counter="")
    assert outcomes(missing) == {"counter": Outcome.NOT_ATTEMPTED}


def test_an_exercise_that_breaks_a_limit_is_named_with_the_limit() -> None:
    for wrong, reason in (
        ("def double(x):\n    while True: pass", "1 s of processor time|4 s"),
        ("def double(x):\n    return np.ones(50 << 27)", "0.5 GB of memory"),
        ("def double(x):\n    return np.broadcast_to(x, (1 << 25, 4))", "cannot pass"),
        ("import os\ndef double(x): os._exit(1)", "exit code 1"),
    ):
        verdict = judged(double=wrong).verdicts["double"]
        assert verdict.outcome == Outcome.OUT_OF_LIMITS, verdict
        assert "`double` was stopped" in verdict.message
        assert any(part in verdict.message for part in reason.split("|")), verdict.message


def test_a_hang_costs_its_limit_once() -> None:
    judged()
    started = time.monotonic()
    before = time.process_time()
    judgement = judged(Limits(processor=1.0, wall=20.0), double="def double(x):\n    while True: pass")
    assert list(outcomes(judgement)) == ["double"]
    assert time.monotonic() - started < 10.0
    assert time.process_time() - before < 1.0


def test_a_cell_that_behaves_only_at_first_is_left_out_of_later_children() -> None:
    source = "import os\ndef double(x): return 2 * x\nif 'quadruple' in globals(): os._exit(1)\n"
    later = "import os\nrandom = np.random.default_rng()\nif random.random() < 0.5: os._exit(1)\n"
    judgement = judged(
        double=source, quadruple=later + "def quadruple(x): return 0", counter="def Counter(): pass"
    )
    assert {"counter_reset", "plot_line"}.isdisjoint(outcomes(judgement))


def test_output_and_warnings_are_no_failure() -> None:
    noisy = "import sys, warnings\nwarnings.warn('x')\nsys.stderr.write('x')\nprint('<b>')\n" + SOLUTIONS["double"]
    judgement = judged(double=noisy)
    assert outcomes(judgement) == {}
    assert judgement.printed["double"] == "<b>\n"


def test_inputs_are_drawn_from_the_seed() -> None:
    wrong = {"double": "def double(x):\n    return x"}
    called = [judged(seed=seed, **wrong).verdicts["double"].called for seed in (1, 1, 2)]
    assert called[0] == called[1] != called[2]


def test_a_figure_is_drawn_where_a_person_grades() -> None:
    assert list(judged().figures) == ["plot_line"]
    assert judged().figures["plot_line"][0].startswith(b"\x89PNG")
    assert judged(Limits(figures="none")).figures == {}
    open_figure = SOLUTIONS["double"] + "\nplt.plot([1, 2])"
    assert set(judged(Limits(figures="all"), double=open_figure).figures) == {"double", "plot_line"}


def test_a_figure_that_cannot_be_drawn_costs_nothing() -> None:
    source = SOLUTIONS["plot_line"].replace("return figure", "figure.draw = None\n    return figure")
    huge = SOLUTIONS["plot_line"].replace("return figure", "figure.set_dpi(100_000)\n    return figure")
    for each in (source, huge):
        judgement = judged(plot_line=each)
        assert outcomes(judgement) == {}
        assert judgement.figures == {}


@check()
def check_double(double: Any) -> Iterator[Finding]:
    """Breaks."""
    yield Call(double, 1).gives(2)
    raise KeyError("a slip in the check")


@check()
def check_quadruple(quadruple: Any) -> Iterator[Finding]:
    """Calls without a guard."""
    yield Call(lambda: quadruple(generator().normal()) is not None).gives(True)
    quadruple("text")


def test_an_error_of_a_check_is_the_graders_and_never_a_zero() -> None:
    checks = CHECKS | {"double": check_double}
    judgement = judge(sealed_lesson(checks=checks), SOLUTIONS, TIGHT, 1)
    assert outcomes(judgement) == {"double": Outcome.GRADER_ERROR}
    assert "a slip in the check" in judgement.errors["double"]
    assert "slip" not in judgement.verdicts["double"].text


def test_an_exception_of_the_students_outside_a_guard_is_the_students() -> None:
    checks = CHECKS | {"quadruple": check_quadruple}
    answers = SOLUTIONS | {"quadruple": "def quadruple(x):\n    return 1 / (x == 'text') if 0 else x / 1"}
    judgement = judge(sealed_lesson(checks=checks), answers, TIGHT, 1)
    assert outcomes(judgement) == {"quadruple": Outcome.INCORRECT}
    assert judgement.verdicts["quadruple"].got.startswith("TypeError")


def test_a_stub_gives_no_more_than_its_own_answer() -> None:
    spying = (
        "found = []\n"
        "for cell in double.__closure__:\n"
        "    if callable(cell.cell_contents) and cell.cell_contents.__name__ == 'call_out':\n"
        "        for target in (['quadruple', 'quadruple'], ['double', '__code__'], ['double', 'double', 1]):\n"
        "            try: found.append(cell.cell_contents(target, (1,), {}))\n"
        "            except BaseException as error: found.append(type(error).__name__)\n"
        "print(found)\n" + SOLUTIONS["quadruple"]
    )
    judgement = judged(double="", quadruple=spying)
    assert judgement.verdicts["quadruple"].outcome == Outcome.OUT_OF_LIMITS
    assert set(outcomes(judgement)) == {"double", "quadruple"}


def test_a_stub_of_a_class_performs_its_own_methods_alone() -> None:
    spying = (
        "found = []\nmirror = Counter._mirror\n"
        "for method in ('__getattribute__', '__doc__', '__reduce__', '__subclasshook__', 'reset', '__dict__'):\n"
        "    try: found.append(mirror.perform(['counter', 'Counter'], method, Counter(1), (), {}))\n"
        "    except TypeError as error: found.append(0)\n"
        "print(found)\n" + SOLUTIONS["counter_reset"]
    )
    judgement = judged(counter="", counter_reset=spying)
    assert judgement.printed["counter_reset"] == "[0, 0, 0, 0, 0, 0]\n"
    assert list(outcomes(judgement)) == ["counter"]


def test_what_a_submission_asks_of_the_reference_is_bounded() -> None:
    absurd = "def quadruple(x):\n    double(np.ones(1 << 22))\n    while True: double(1)"
    judgement = judged(double="", quadruple=absurd)
    assert judgement.verdicts["quadruple"].outcome == Outcome.OUT_OF_LIMITS
    assert set(outcomes(judgement)) == {"double", "quadruple"}


@pytest.mark.parametrize("moment", [0, 1, 3, 6, 10, 15, 21, 28, 36, 45])
def test_a_zygote_killed_in_between_costs_nobody_anything(moment: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever child it takes with it: the student's, the reference's, or one of each of two zygotes."""
    wrong = {"double": "def double(x):\n    return x", "counter": ""}
    calm = judged(**wrong)
    _, zygote = judging._zygotes[True]
    send, left = Channel.send, [moment]

    def deadly(channel: Channel, *message: Any) -> None:
        if not left[0]:
            os.kill(zygote._process.pid, signal.SIGKILL)
        left[0] -= 1
        send(channel, *message)

    monkeypatch.setattr(Channel, "send", deadly)
    assert judged(**wrong) == calm
    assert left[0] < 0


def test_a_killed_zygote_costs_nobody_anything() -> None:
    judged()
    _, zygote = judging._zygotes[True]
    os.kill(zygote._process.pid, signal.SIGKILL)
    zygote._process.wait()
    assert outcomes(judged()) == {}


def test_it_works_without_the_sandbox_where_the_risk_is_accepted() -> None:
    judgement = judged(Limits(processor=1.0, wall=5.0, sealed=False), double="def double(x):\n    return x + 2")
    assert outcomes(judgement) == {"double": Outcome.INCORRECT}
    assert list(judgement.figures) == ["plot_line"]
