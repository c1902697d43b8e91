"""Asking, locking in, keeping: as a student and as two kernels, with and without a front end."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ipywidgets
import numpy as np
import pytest
from jupyter_client.manager import start_new_kernel

import course
from course.mime_types import MIME, SKIP_MIME, TRUTH_MIME
from course.predictions import predict
from course.predictions import reveal as gap
from course.predictions.drawing import SAMPLES, CurveEntry, complete
from course.predictions.form import VIEW_MIME, form_view
from course.predictions.lock import LockedPrediction, embed_record
from course.predictions.question import Choice, Curve, Number, Shape
from course.predictions.session import Refused, current
from course.predictions.store import FILE, Store

LESSON = "01-first-descent"
OPTIONS = {"a": "up", "b": "down"}


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A lesson that has begun in an empty folder."""
    course.begin(LESSON, tmp_path)
    return tmp_path


def saved(folder: Path) -> dict[str, Any]:
    return json.loads((folder / FILE).read_text())["lessons"]


def notebook(path: Path, *records: LockedPrediction, lesson: str = LESSON) -> None:
    first = {"cell_type": "code", "source": [f'begin("{lesson}")'], "outputs": []}
    cells = [embed_record({"cell_type": "code", "source": "predict"}, record) for record in records]
    path.write_text(json.dumps({"cells": [first, *cells], "nbformat": 4}))


def test_the_package_exports_what_a_lesson_imports() -> None:
    assert course.predict is predict and course.reveal is gap.reveal and course.begin is predict.begin
    assert callable(course.calibration) and callable(course.show) and callable(course.expect)
    assert sorted(course.__all__) == ["begin", "calibration", "expect", "predict", "ready", "reveal", "show"]
    with pytest.raises(AttributeError, match="no attribute 'solution'"):
        _ = course.solution


def test_the_package_loads_fast() -> None:
    program = (
        "import numpy, time; start = time.perf_counter()\n"
        "from course import begin, expect, predict, reveal, show\nprint(time.perf_counter() - start)"
    )
    times = [
        float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    ]
    assert min(times) < 0.3


def test_asking_says_how_to_answer(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    predict.choice("scatter", "What shape?", OPTIONS)
    printed = capsys.readouterr().out
    assert (
        "What shape?" in printed
        and "b) down" in printed
        and "predict.lock(\"scatter\", 'a', confidence=70)" in printed
    )


def test_the_first_commitment_counts(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    predict.number("n", "How many?", "epochs", 0, 100)
    predict.lock("n", 20, confidence=80)
    before = saved(begun)
    capsys.readouterr()
    predict.lock("n", 30, confidence=100)
    assert "first commitment counts" in capsys.readouterr().out
    assert saved(begun) == before
    predict.lock("n", "20")
    assert capsys.readouterr().out == "Prediction 'n' is locked in: 20 epochs, 80 % sure.\n"


def test_a_refused_value_stores_nothing_and_loses_nothing(begun: Path) -> None:
    predict.number("m", "How many?", low=0, high=100)
    predict.lock("m", 1)
    predict.number("n", "How many?", low=0, high=100)
    with pytest.raises(Refused, match="1000 is outside the range from 0 to 100") as refusal:
        predict.lock("n", 1000)
    assert refusal.value._render_traceback_() == ["1000 is outside the range from 0 to 100."]
    with pytest.raises(Refused, match="confidence is 40"):
        predict.lock("n", 10, confidence=40)
    assert list(saved(begun)[LESSON]) == ["m"]


def test_a_question_that_was_not_asked_cannot_be_answered(begun: Path) -> None:
    predict.number("n", "How many?")
    with pytest.raises(Refused, match=r"'m' yet: run its prediction cell first.* so far are n"):
        predict.lock("m", 1)


@pytest.mark.parametrize("lesson", ["", 5, "x" * 101])
def test_a_lesson_needs_a_name(lesson: object) -> None:
    with pytest.raises(Refused, match="must be a name"):
        course.begin(lesson)  # type: ignore[arg-type]


def test_run_again_in_a_new_kernel_shows_the_locked_record(
    begun: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    predict.curve("c", "Loss?")
    predict.lock("c", [22, 8, 4, 2.5, 2], 90)
    course.begin(LESSON, begun)
    capsys.readouterr()
    predict.curve("c", "Loss?")
    assert capsys.readouterr().out.startswith(
        "Prediction 'c' is locked in: loss 22, 8, 4, 2.5, 2 over epoch 0 to 100"
    )


def test_two_lessons_in_one_folder_do_not_clash(begun: Path) -> None:
    predict.number("n", "How many?")
    predict.lock("n", 1)
    course.begin("02-bias-column", begun)
    predict.number("n", "How many?")
    predict.lock("n", 2)
    values = {lesson: entries["n"]["record"]["value"] for lesson, entries in saved(begun).items()}
    assert values == {LESSON: 1.0, "02-bias-column": 2.0}


def test_two_kernels_on_one_lesson_keep_the_first_record(begun: Path) -> None:
    question = Number("n", "How many?")
    one, two = Store(LESSON, begun), Store(LESSON, begun)
    assert one.record("n") is None and two.record("n") is None
    first = LockedPrediction.lock(LESSON, question, 1, 70)
    one.update("n", {"record": first.payload()}, first=True)
    two.update("n", {"record": LockedPrediction.lock(LESSON, question, 2, 70).payload()}, first=True)
    assert one.record("n") == two.record("n") == first


def test_skipping_makes_a_later_lock_late(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    predict.number("n", "How many?")
    predict.skip("n")
    predict.lock("n", 1)
    record = current().store.record("n")
    assert record is not None and record.late and record.intact
    assert "earns no points" in capsys.readouterr().out


def test_skipping_after_the_lock_changes_nothing(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    predict.number("n", "How many?")
    predict.lock("n", 1)
    predict.skip("n")
    assert "locked in already" in capsys.readouterr().out
    assert "skipped" not in saved(begun)[LESSON]["n"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1, "lessons": {"x": 5}}', "\x00\xff"])
def test_a_damaged_working_copy_is_set_aside(
    begun: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (begun / FILE).write_text(content, encoding="latin-1")
    predict.number("n", "How many?")
    printed = capsys.readouterr().out
    assert printed.count("renamed .predictions.json.damaged-1") == 1
    assert (begun / f"{FILE}.damaged-1").read_text(encoding="latin-1") == content
    predict.lock("n", 1)
    assert saved(begun)[LESSON]["n"]["record"]["value"] == 1.0
    assert not list(begun.glob("*.lock")) and not list(begun.glob("*.part"))


def test_a_record_changed_by_hand_does_not_count(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    predict.number("n", "How many?")
    predict.lock("n", 1)
    text = (begun / FILE).read_text().replace('"value": 1.0', '"value": 2.0')
    (begun / FILE).write_text(text)
    predict.number("n", "How many?")
    assert "changed by hand" in capsys.readouterr().out
    assert current().store.record("n") is None


@pytest.mark.parametrize("known", [True, False])
def test_the_saved_notebook_restores_a_lost_working_copy(tmp_path: Path, known: bool) -> None:
    record = LockedPrediction.lock(LESSON, Number("n", "How many?"), 7, 80)
    path = tmp_path / "lesson.ipynb"
    notebook(path, record)
    notebook(tmp_path / "other.ipynb", LockedPrediction.lock("02", Number("n", "?"), 1, 80), lesson="02")
    store = Store(LESSON, tmp_path, lambda: str(path) if known else "")
    assert store.record("n") == record
    assert saved(tmp_path)[LESSON]["n"]["record"]["value"] == 7.0


def test_an_altered_or_ambiguous_notebook_restores_nothing(tmp_path: Path) -> None:
    record = LockedPrediction.lock(LESSON, Number("n", "How many?"), 7, 80)
    notebook(tmp_path / "a.ipynb", LockedPrediction(**{**record.__dict__, "value": 8.0}))
    assert Store(LESSON, tmp_path).record("n") is None
    notebook(tmp_path / "a.ipynb", record)
    notebook(tmp_path / "b.ipynb", record)
    assert Store(LESSON, tmp_path).record("n") is None


def test_a_skip_travels_in_the_notebook_too(tmp_path: Path) -> None:
    skip = {"data": {SKIP_MIME: {"lesson": LESSON, "name": "n", "time": "2026-01-01T00:00:00Z"}}}
    begins = {"cell_type": "code", "source": f'begin("{LESSON}")', "outputs": [skip, 5, {"data": 3}]}
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [begins, {"outputs": 5}, 3]}))
    assert Store(LESSON, tmp_path).skipped("n") == "2026-01-01T00:00:00Z"


def test_a_folder_that_cannot_be_written_keeps_predictions_in_memory(
    begun: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> Iterator[None]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("course.predictions.store.os.open", refuse)
    predict.number("n", "How many?")
    predict.lock("n", 1)
    assert "cannot be written here (Permission denied): save the notebook" in capsys.readouterr().out
    assert current().store.record("n") is not None and not (begun / FILE).exists()


# The form, without a front end: its widgets are driven as a page drives them.


def form(question: Any, lock_in: Callable[[Any, int], None]) -> Any:
    return ipywidgets.widget._instances[form_view(question, lock_in)[VIEW_MIME]["model_id"]]


def parts(box: Any, kind: type) -> list[Any]:
    inner = [item for child in getattr(box, "children", ()) for item in parts(child, kind)]
    return [box, *inner] if isinstance(box, kind) else inner


def press(box: Any, label: str = "Lock in") -> str:
    next(button for button in parts(box, ipywidgets.Button) if button.description == label).click()
    return " ".join(html.value for html in parts(box, ipywidgets.HTML))


def test_the_form_refuses_and_keeps_what_was_entered() -> None:
    question, got = Number("n", "How many?", low=0, high=100), []
    box = form(question, lambda value, confidence: got.append((question.read(value), confidence)))
    assert "Nothing is entered yet" in press(box)
    entry = parts(box, ipywidgets.Text)[0]
    entry.value = "1000"
    assert "1000 is outside the range from 0 to 100." in press(box) and entry.value == "1000" and not got
    entry.value = "20"
    assert "outside" not in " ".join(html.value for html in parts(box, ipywidgets.HTML))
    parts(box, ipywidgets.SelectionSlider)[0].value = 85
    assert "locked in" in press(box) and got == [(20.0, 85)]


def test_the_form_escapes_what_it_repeats() -> None:
    box = form(Number("n", "Is 1 < 2 & `x`?"), lambda value, confidence: Number("n", "?").read(value))
    parts(box, ipywidgets.Text)[0].value = "<img src=x>"
    said = press(box)
    assert "<img" not in said and "&lt;img" in said
    assert "1 &lt; 2 &amp; <code>x</code>" in parts(box, ipywidgets.HTMLMath)[0].value


def test_options_are_chosen_row_by_row() -> None:
    question, got = Choice("q", "Which?", OPTIONS, [0.1, 0.5]), []
    box = form(question, lambda value, confidence: got.append(question.read(value)))
    radios = parts(box, ipywidgets.RadioButtons)
    radios[0].value = "a"
    assert "Nothing is chosen yet for 0.5" in press(box)
    radios[1].value = "b"
    press(box)
    assert got == [{"0.1": "a", "0.5": "b"}]


def test_formulas_are_listed_above_their_keys() -> None:
    box = form(Choice("q", "Which?", {"a": "$x^2$", "b": "$x$"}), lambda value, confidence: None)
    assert [label for label, _ in parts(box, ipywidgets.RadioButtons)[0].options] == ["a", "b"]
    assert "$x^2$" in parts(box, ipywidgets.HTMLMath)[1].value


def test_shapes_are_typed() -> None:
    question, got = Shape("s", "Shapes?", ["X", "y"]), []
    box = form(question, lambda value, confidence: got.append(question.read(value)))
    for entry, text in zip(parts(box, ipywidgets.Text), ["(100, 2)", "(100,)"], strict=True):
        entry.value = text
    press(box)
    assert got == [[[100, 2], [100]]]


def test_an_untouched_curve_is_no_prediction() -> None:
    entry = CurveEntry(Curve("c", "Loss?"))
    with pytest.raises(ValueError, match="Nothing is drawn yet"):
        entry.value()


def test_drawing_fills_the_text_and_typing_draws() -> None:
    question = Curve("c", "Loss?", points=3)
    entry = CurveEntry(question)
    line, text = entry._line, entry._text
    half = np.full(SAMPLES, np.nan)
    half[: SAMPLES // 2] = 10.0
    line.y = half
    with pytest.raises(ValueError, match=r"only 49 % of the axis, within epoch 0 to 48.3"):
        entry.value()
    assert text.value == ""
    line.y = np.linspace(30, 0, SAMPLES)
    assert text.value == "25, 15, 0"
    assert len(entry.value()) == SAMPLES and entry.value()[0] == 25.0
    text.value = "20, 10"
    assert question.read(entry.value()) == [20.0, 10.0]
    assert np.allclose(line.y, np.linspace(20, 10, SAMPLES))


def test_clearing_starts_anew() -> None:
    entry = CurveEntry(Curve("c", "Loss?"))
    entry._line.y = np.linspace(20, 0, SAMPLES)
    next(part for part in entry.parts if isinstance(part, ipywidgets.Button)).click()
    assert np.isnan(entry._line.y).all() and entry._text.value == ""
    with pytest.raises(ValueError, match="Nothing is drawn yet"):
        entry.value()


def test_small_holes_of_a_drawing_are_filled() -> None:
    drawn = np.linspace(20, 10, 101)
    drawn[50:55] = np.nan
    assert np.allclose(complete(Curve("c", "?"), drawn), np.linspace(20, 10, 101), atol=0.01)


def test_the_steps_of_a_quick_stroke_are_joined() -> None:
    steps = np.repeat(np.linspace(20, 10, 11), 6)
    smooth = np.array(complete(Curve("c", "?"), steps))
    assert np.abs(np.diff(smooth)).max() < 0.2 and np.abs(smooth - steps).max() < 0.6
    assert complete(Curve("c", "?"), np.full(61, 3.0)) == [3.0] * 61
    falling = complete(Curve("c", "?", y=(1e-6, 1), log_y=True), np.repeat([1, 1e-3, 1e-6], 21))
    assert np.allclose(np.diff(np.log(falling))[11:50], np.log(1e-3) / 21, rtol=1e-2)


# With a real kernel: a program that runs the notebook, and a front end with a person at it.


def run_in_kernel(client: Any, source: str, interactive: bool) -> list[dict[str, Any]]:
    outputs: list[dict[str, Any]] = []
    reply = client.execute_interactive(
        source, allow_stdin=interactive, output_hook=outputs.append, stdin_hook=lambda _: None, timeout=60
    )
    assert reply["content"]["status"] == "ok", reply["content"]
    shown = ("display_data", "update_display_data", "stream")
    return [
        message["content"] | {"type": message["msg_type"]} for message in outputs if message["msg_type"] in shown
    ]


def test_in_a_kernel_a_program_gets_text_and_a_person_gets_the_form(tmp_path: Path) -> None:
    here = str(Path(course.__file__).parent.parent)
    manager, client = start_new_kernel(cwd=str(tmp_path))
    try:
        start = f"import sys; sys.path.insert(0, {here!r})\nfrom course import *\nbegin('{LESSON}')"
        ask, lock = "predict.number('n', 'How many?')", "predict.lock('n', 1)"
        run_in_kernel(client, start, interactive=False)
        headless = [run_in_kernel(client, line, interactive=False) for line in (ask, lock, "reveal('n', 1)")]
        kinds = [list(output["data"]) for outputs in headless for output in outputs]
        assert kinds == [["text/plain"], ["text/plain"], ["text/plain", TRUTH_MIME]]
        assert not (tmp_path / FILE).exists()
        run_in_kernel(client, start, interactive=True)
        (asked,) = run_in_kernel(client, ask, interactive=True)
        assert set(asked["data"]) == {VIEW_MIME, "text/plain"}
        locked = run_in_kernel(client, lock, interactive=True)
        assert [output["type"] for output in locked] == ["display_data", "update_display_data"]
        assert locked[1]["transient"] == asked["transient"]
        assert set(locked[1]["data"]) == {MIME, "text/html", "text/plain"}
        assert (tmp_path / FILE).exists()
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
