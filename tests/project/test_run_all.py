"""`make test` itself: every phase runs, and nothing counts as passed that was not."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests import run_all as phases
from tests.run_all import Phase, prove, run


def saying(text: str, code: int = 0) -> list[str]:
    return [sys.executable, "-c", f"import sys; print({text!r}); sys.exit({code})"]


def test_every_phase_runs_whatever_fails_before_it(capfd: pytest.CaptureFixture[str]) -> None:
    first, second = Phase("first", saying("1 failed", 1)), Phase("second", saying("== 5 passed in 1 s ==\n└──┘"))
    assert prove([first, second]) == 1
    first_line, second_line = capfd.readouterr().out.splitlines()[-2:]
    assert re.fullmatch(r"first +FAILED +\d+ s  1 failed", first_line)
    assert re.fullmatch(r"second +passed +\d+ s  == 5 passed in 1 s ==", second_line)


def test_all_phases_passed_is_a_pass() -> None:
    assert prove([Phase("first", saying("fine")), Phase("second", saying("fine"))]) == 0


def test_no_phase_at_all_is_no_pass() -> None:
    assert prove([]) == 1


def test_what_cannot_run_here_is_told_and_is_no_pass(capfd: pytest.CaptureFixture[str]) -> None:
    absent = Phase("browser", saying("never"), lambda: "there is no Chromium. Cure: get one.")
    assert prove([absent]) == 1
    printed = capfd.readouterr().out
    assert "NOT RUN: there is no Chromium. Cure: get one." in printed and "never" not in printed


def test_what_phases_print_is_shown_whole_each_in_turn(capfd: pytest.CaptureFixture[str]) -> None:
    slow = "import time; print('begun', flush=True); time.sleep(0.5); print('ended')"
    side_by_side = [Phase(name, [sys.executable, "-c", slow]) for name in ("one", "two")]
    assert prove(side_by_side) == 0
    printed = capfd.readouterr().out
    for name in ("one", "two"):
        assert f"######## {name} ########\nbegun\nended\n" in printed


def test_a_phase_that_uses_all_cores_runs_alone_and_before_the_others(tmp_path: Path) -> None:
    note = "import sys, time; log = open({!r}, 'a', buffering=1); print(sys.argv[1], file=log); time.sleep(0.3)"
    note += "; print(sys.argv[1], file=log)"
    command = [sys.executable, "-c", note.format(str(tmp_path / "log"))]
    prove([Phase("beside", [*command, "beside"]), Phase("alone", [*command, "alone"], alone=True)])
    assert (tmp_path / "log").read_text().split() == ["alone", "alone", "beside", "beside"]


def test_a_skipped_test_is_no_pass() -> None:
    assert not run(Phase("unit", saying("== 5 passed, 1 skipped in 1 s =="))).passed


def test_the_phases_of_make_test() -> None:
    assert [phase.name for phase in phases.PHASES] == ["unit", "verify", "notebooks", "browser", "pytorch", "lint"]


def test_a_browser_is_looked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "")
    monkeypatch.setattr(phases.shutil, "which", {"google-chrome": "/opt/chrome"}.get)
    assert phases.chromium() == "/opt/chrome" and not phases.browser_missing()
    monkeypatch.setattr(phases.shutil, "which", lambda name: None)
    assert "Cure: `sudo apt install chromium`" in phases.browser_missing()


def test_an_optional_phase_that_cannot_run_is_named_and_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    absent = phases.Phase("extra", ["false"], lambda: "it is an extra.", optional=True)
    assert phases.prove([absent]) == 0
    assert "extra      absent" in capsys.readouterr().out
