"""Spare Matplotlib work of which no figure shows anything: most of a figure's time goes into its ticks.

`spare` changes Matplotlib in this process alone: the zygote calls it, for its children. Figures come out the same,
pixel for pixel (`tests/test_sparing.py`), and a Matplotlib that is built otherwise is left as it is.

- An axis makes its first ticks when somebody looks at them. By itself it makes two, to tell them of the grid.
- Further ticks are copies. By itself an axis makes each from nothing: three lines and two texts.
- What has been set of mathematical text is kept for all figures, not for one alone.
- Within `one_drawing`, an axis finds and measures its ticks, and a text lays itself out, once in each place. By
  itself an axis does so some fifteen times: for the layout, the titles, the labels and the drawing.

This module is visible inside the sandbox, and imports nothing of the judge's.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import matplotlib
from matplotlib import axis, cbook, markers, text
from matplotlib.backends import backend_agg

__all__ = ["one_drawing", "spare"]

LISTS = ("majorTicks", "minorTicks")
METHODS = (
    *("_get_tick", "_get_ticklabel_bboxes", "_update_ticks"),
    *("reset_ticks", "set_clip_path", "set_tick_params"),
)
PARTS = ("tick1line", "tick2line", "gridline", "label1", "label2")
SIDES = {"x": ("bottom", "top"), "y": ("left", "right")}
LOOKS = ("_text", "_rotation", "_rotation_mode", "_horizontalalignment", "_verticalalignment", "_fontproperties")

Method = Callable[..., Any]

_found: dict[Any, Any] | None = None  # what is known in this drawing: by formatter and by text


def spare() -> None:
    """Have Matplotlib spare its work from now on, in this process."""
    axes: Any = axis.Axis
    texts: Any = text.Text
    marks: Any = markers
    agg: Any = backend_agg
    known = (*((axes, name) for name in (*LISTS, *METHODS)), (texts, "_get_layout"), (marks, "copy"))
    if not isinstance(matplotlib.rcParams, dict) or not all(hasattr(place, name) for place, name in known):
        return
    for name in LISTS:
        setattr(axes, name, _Ticks(getattr(axes, name)))
    _wrap(axes, "set_clip_path", _without_ticks)
    _wrap(axes, "set_tick_params", _without_ticks)
    _wrap(axes, "reset_ticks", _forgetting)
    _wrap(axes, "_get_tick", _copying)
    _wrap(axes, "_update_ticks", _found_once)
    _wrap(axes, "_get_ticklabel_bboxes", _measured_once)
    _wrap(texts, "_get_layout", _laid_out_once)
    marks.copy = SimpleNamespace(deepcopy=_copy_marker)
    agg.MathTextParser = _shared(agg.MathTextParser)


@contextlib.contextmanager
def one_drawing() -> Iterator[None]:
    """Within this, nobody changes a figure but Matplotlib, as it draws it."""
    global _found
    _found = {}
    try:
        yield
    finally:
        _found = None


def _wrap(owner: type, name: str, wrapper: Callable[[Method], Method]) -> None:
    method = getattr(owner, name)
    setattr(owner, name, functools.wraps(method)(wrapper(method)))


class _Ticks:
    """A list of an axis's ticks, which gets its first one when it is first looked at."""

    def __init__(self, matplotlibs: Any) -> None:
        self._matplotlibs = matplotlibs

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        _place_spines(instance)
        now = _settings()
        _set(getattr(instance, "_settings_then", now))
        try:
            ticks = self._matplotlibs.__get__(instance, owner)
        finally:
            _set(now)
        for tick in ticks:
            for artist in (tick, tick.gridline):  # as the axis has told those that were there
                artist.set_clip_box(instance.get_clip_box())
                artist.set_clip_path(instance.get_clip_path())
        return ticks


def _without_ticks(method: Method) -> Method:
    """What this method of an axis tells its ticks, the first ones take from the axis when they are made."""

    def told(self: Any, *arguments: Any, **named: Any) -> Any:
        if "_settings_then" not in vars(self):
            if self.axes.name != "rectilinear" or self.axes.stale_callback is not None:
                return method(self, *arguments, **named)  # for a figure has these axes already: they were cleared
            vars(self)["_settings_then"] = _settings()  # Matplotlib would make its ticks now
            _place_spines(self)
        unmade: dict[str, list[Any]] = {name: [] for name in LISTS if name not in vars(self)}
        vars(self).update(unmade)
        try:
            return method(self, *arguments, **named)
        finally:
            for name, none in unmade.items():
                if vars(self).get(name) is none and not none:
                    del vars(self)[name]

    return told


def _place_spines(self: Any) -> None:
    """Ask where the spines are, as a first tick does: one without a place takes one, and its axis begins anew."""
    for side in SIDES.get(self.axis_name, ()) if self.axes.name == "rectilinear" else ():
        self.axes.spines[side].get_spine_transform()


def _forgetting(reset: Method) -> Method:
    """An axis that is to make its ticks anew makes them under the settings of now."""

    def forgetting(self: Any) -> None:
        for name in ("_settings_then", "_models"):
            vars(self).pop(name, None)
        reset(self)

    return forgetting


def _copying(make: Method) -> Method:
    """An axis makes a tick as a copy of one that it has made under the same settings."""

    def tick(self: Any, major: bool) -> Any:
        _place_spines(self)
        asked = dict(self._major_tick_kw if major else self._minor_tick_kw), _settings()
        models = vars(self).setdefault("_models", {})
        if major not in models or models[major][0] != asked:
            made = make(self, major)
            if type(made) not in (axis.XTick, axis.YTick):
                return made  # an angle's, say, which changes what it is made of
            models[major] = asked, made
        return _copy(models[major][1])

    return tick


def _copy(tick: Any) -> Any:
    """Copy a tick and its artists, so that each can be changed by itself."""
    copied = _copy_artist(tick)
    for name in PARTS:
        setattr(copied, name, _copy_artist(getattr(tick, name)))
    for label in (copied.label1, copied.label2):
        label.set_fontproperties(label.get_fontproperties().copy())
    return copied


def _copy_artist(artist: Any) -> Any:
    copied = object.__new__(type(artist))
    vars(copied).update(vars(artist))
    copied._callbacks = cbook.CallbackRegistry(signals=["pchanged"])
    copied._sticky_edges = type(artist.sticky_edges)([], [])
    return copied


def _copy_marker(parts: dict[str, Any]) -> dict[str, Any]:
    """Copy what a marker is made of, as far as it is ever changed."""
    return {name: deepcopy(part) if name == "_user_transform" else part for name, part in parts.items()}


@dataclass
class _Seen:
    """What an axis has found in its present place, and with which renderer its labels were measured."""

    axis: Any
    place: tuple[float, ...]
    ticks: list[Any]
    renderer: Any = None
    boxes: tuple[list[Any], list[Any]] = ([], [])


def _found_once(update: Method) -> Method:
    """In one drawing, an axis finds its ticks again where its limits or its place have changed."""

    def ticks(self: Any) -> list[Any]:
        if _found is None or self.axes.name != "rectilinear":
            return list(update(self))
        place = *self.get_view_interval(), *self.axes.bbox.bounds
        known = _found.get(self.major.formatter)  # which keeps the last ticks: axes that share it take turns
        if known is None or known.axis is not self or known.place != place:
            known = _found[self.major.formatter] = _Seen(self, place, update(self))
        return list(known.ticks)

    return ticks


def _measured_once(measure: Method) -> Method:
    """In one drawing, an axis measures the labels of the ticks it has found once."""

    def boxes(self: Any, ticks: list[Any], renderer: Any) -> tuple[list[Any], list[Any]]:
        known = _found and _found.get(self.major.formatter)
        if not known or known.axis is not self or known.ticks != ticks:
            return tuple(measure(self, ticks, renderer))
        if known.renderer is not renderer:
            known.renderer, known.boxes = renderer, measure(self, ticks, renderer)
        first, second = known.boxes
        return list(first), list(second)

    return boxes


def _laid_out_once(lay_out: Method) -> Method:
    """In one drawing, a text lays itself out again where it reads otherwise, or stands otherwise to its point."""

    def layout(self: Any, renderer: Any) -> Any:
        if _found is None or self.get_wrap():
            return lay_out(self, renderer)
        looks = [renderer, self.figure.dpi, *map(vars(self).get, LOOKS)]
        known = _found.get(self)
        if known is None or known[0] != looks:
            known = _found[self] = looks, lay_out(self, renderer)
        return known[1]

    return layout


def _shared(parser: type) -> Callable[[str], Any]:
    """One parser of mathematical text, with all that it remembers, for all figures of the same settings."""
    names = [name for name in matplotlib.rcParams if name.startswith("mathtext.")]
    known = functools.cache(lambda output, settings: parser(output))
    return lambda output: known(output, tuple(matplotlib.rcParams[name] for name in names))


def _settings() -> tuple[Any, ...]:
    """Give the values of `rcParams`, quickly: by itself it sorts them, and looks for a backend."""
    return tuple(dict.values(matplotlib.rcParams))


def _set(settings: tuple[Any, ...]) -> None:
    if settings != _settings():
        dict.update(matplotlib.rcParams, zip(dict.keys(matplotlib.rcParams), settings, strict=True))
