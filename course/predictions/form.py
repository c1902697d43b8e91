"""A prediction's form as widgets: the question, an entry for its kind, the confidence, and "Lock in"."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any, Protocol

import ipywidgets as widgets

from course.display.card import rich

from .drawing import CurveEntry
from .lock import LEAST_CONFIDENT, MOST_CONFIDENT
from .question import Choice, Curve, Number, Question

__all__ = ["Entry", "form_view"]

VIEW_MIME = "application/vnd.jupyter.widget-view+json"
FIRST_CONFIDENCE = 70  # percent, where the slider starts

STYLE = """<style>
.fd-form { border-left: 4px solid var(--jp-brand-color1, #3b82c4); padding: 4px 0 8px 14px; max-width: 720px;
  --jp-widgets-inline-label-width: auto; overflow: visible; }
.fd-form, .fd-form label, .fd-form .widget-label, .fd-form .widget-html-content,
.fd-form .widget-htmlmath-content {
  color: var(--jp-content-font-color1, inherit); font-size: var(--jp-content-font-size1, 14px); line-height: 1.5; }
.fd-form .widget-radio { height: auto; margin: 2px 0; }
.fd-form .widget-radio-box { margin: 0; }
.fd-form .widget-radio-box label { display: flex; align-items: flex-start; height: auto; white-space: normal;
  margin: 0 18px 4px 0; cursor: pointer; line-height: 1.5; }
.fd-form .widget-radio-box input { order: -1; flex: none; float: none; margin: 4px 8px 0 0; }
.fd-form .fd-row { display: flex; flex-direction: row; align-items: center; }
.fd-form .fd-row > .widget-label { min-width: 6em; text-align: left; margin: 0 8px 0 0; }
.fd-form .fd-row .widget-radio-box { height: auto; flex-flow: row wrap; margin: 4px 0 0 0 !important; }
.fd-form .fd-options .widget-htmlmath-content { line-height: 2.2; }
.fd-form .fd-message { margin-left: 12px; flex: 1 1 auto; min-width: 0; }
.fd-form .fd-message .widget-html-content { white-space: normal; }
.fd-form .widget-inline-hbox > .widget-label { width: auto; min-width: 9em; text-align: left; margin-right: 8px;
  overflow: visible; white-space: normal; height: auto; }
.fd-form input[type="text"] { color: var(--jp-content-font-color1, inherit);
  background: var(--jp-layout-color1, transparent); border: 1px solid var(--jp-border-color1, #8a8a8a); }
.fd-form input:focus-visible, .fd-form button:focus-visible {
  outline: 2px solid var(--jp-brand-color1, #3b82c4); outline-offset: 1px; }
.fd-form .bqplot { --bq-background: transparent; --bq-plotarea-background-fill: transparent;
  --bq-axis-tick-text-fill: var(--jp-content-font-color1, #444); --bq-axis-tick-text-font: 12px sans-serif;
  --bq-axislabel-fill: var(--jp-content-font-color1, #444); --bq-axislabel-font: 13px sans-serif;
  --bq-axis-path-stroke: var(--jp-content-font-color2, #666); --bq-axis-tick-stroke: var(--jp-border-color2, #bbb);
  --bq-grid-color: var(--jp-border-color2, #bbb); cursor: crosshair; }
.fd-form .fd-soft .widget-html-content { color: var(--jp-content-font-color2, inherit); }
</style>"""


class Entry(Protocol):
    """The entry for one kind of question: its widgets in `parts`, and their current value."""

    parts: list[Any]

    def value(self) -> Any:
        """Return what is entered; ValueError, in one sentence, if it is not yet an answer."""


class RadioEntry:
    """Radio buttons: one option, or one for each row."""

    def __init__(self, question: Choice) -> None:
        # Radio buttons cannot show formulas: list such options above the buttons, and choose by key.
        formulas = any("$" in text for text in question.options.values())
        short = formulas or question.rows is not None
        options = [
            (key if formulas else text if short else f"{key}) {text}", key)
            for key, text in question.options.items()
        ]
        listed = "<br>".join(f"{escape(key)}) {rich(text)}" for key, text in question.options.items())
        orientation = "horizontal" if question.rows is not None else "vertical"
        self._rows = question.rows
        self._radios = [
            widgets.RadioButtons(
                options=options, value=None, description=row, orientation=orientation, layout={"width": "auto"}
            )
            for row in question.rows or [""]
        ]
        for radio in self._radios if question.rows is not None else []:
            radio.add_class("fd-row")
        formula_list = widgets.HTMLMath(listed)
        formula_list.add_class("fd-options")
        self.parts = [*([formula_list] if formulas else []), *self._radios]

    def value(self) -> Any:
        """Return the chosen key, or {row: key}; None for what is not chosen yet."""
        if self._rows is None:
            return self._radios[0].value
        return {row: radio.value for row, radio in zip(self._rows, self._radios, strict=True)}


class TextEntry:
    """A text box for a number or a shape, or one for each field."""

    def __init__(self, question: Number | Any) -> None:
        is_number = isinstance(question, Number)
        label = "Your number" if is_number else "Your shape"
        hint = question.range_text() if is_number else "such as (3, 1), (5,) or ()"
        self._fields = question.fields
        self._boxes = [
            widgets.Text(description=field or label, tooltip=f"{field or label}, {hint}", layout={"width": "22em"})
            for field in question.fields or [""]
        ]
        note = widgets.HTML(escape(hint))
        note.add_class("fd-soft")
        self.parts = [*self._boxes, note]

    def value(self) -> Any:
        """Return the text, or the texts in the order of the fields."""
        texts = [box.value for box in self._boxes]
        return texts if self._fields is not None else texts[0]


def form_view(question: Question, lock_in: Callable[[Any, int], None], notice: str = "") -> dict[str, Any]:
    """Build the form and return the part of a MIME bundle that shows it.

    `lock_in(value, confidence)` is called when the student locks in. If it raises ValueError, the form shows the
    message and keeps what was entered. `notice` is a sentence to show above the entry.
    """
    entry = _entry(question)
    confidence = _confidence_slider()
    button = widgets.Button(
        description="Lock in", icon="lock", button_style="primary", tooltip="Lock in prediction"
    )
    message = widgets.HTML("")
    message.add_class("fd-message")
    text = widgets.HTMLMath(f"{STYLE}<strong>Predict first.</strong> {rich(question.question)}")
    noted = [widgets.HTML(f"<em>{rich(notice)}</em>")] if notice else []
    box = widgets.VBox([text, *noted, *entry.parts, confidence, widgets.HBox([button, message])])
    box.add_class("fd-form")

    def on_click(_: Any) -> None:
        try:
            lock_in(entry.value(), confidence.value)
        except ValueError as refusal:
            message.value = f'<span role="alert">&#9888; {rich(str(refusal))}</span>'
        else:
            # Usually the card replaces this output at once, but a reloaded page keeps the form until the next run.
            box.children = [widgets.HTML("Your prediction is locked in. Run this cell again to see it.")]

    button.on_click(on_click)
    for part in entry.parts:
        if part.has_trait("value"):  # a refusal applies only to the entry that was refused
            part.observe(lambda _: message.set_trait("value", ""), "value")
    return {VIEW_MIME: {"version_major": 2, "version_minor": 0, "model_id": box.model_id}}


def _entry(question: Question) -> Entry:
    if isinstance(question, Choice):
        return RadioEntry(question)
    if isinstance(question, Curve):
        return CurveEntry(question)
    return TextEntry(question)


def _confidence_slider() -> Any:
    return widgets.SelectionSlider(
        options=[(f"{percent} %", percent) for percent in range(LEAST_CONFIDENT, MOST_CONFIDENT + 1, 5)],
        value=FIRST_CONFIDENCE,
        description="How sure are you?",
        tooltip="Your confidence in percent",
        continuous_update=True,
        layout={"width": "30em"},
    )
