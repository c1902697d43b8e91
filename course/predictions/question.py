"""The four kinds of question that a prediction answers: which values they accept, and their wording.

A question is plain data without a widget, since the grader reads the same question from the lesson's source.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

__all__ = ["Choice", "Curve", "Number", "Question", "Shape", "question_from_call"]

LONGEST_SHOWN = 60  # characters of a refused value that an error message quotes
MOST_CURVE_VALUES = 200
MOST_AXES, LONGEST_AXIS = 8, 10**9  # of a predicted shape


@dataclass(frozen=True)
class Question:
    """What every kind has: a name, the question in words, and ways to read and format a value.

    Raises ValueError, in one sentence, if an argument is invalid.
    """

    name: str
    question: str
    kind: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not re.fullmatch(r"[A-Za-z]\w{0,63}", self.name):
            raise ValueError(f"name is {shown(self.name)}; it must be a word such as loss_curve.")
        if not isinstance(self.question, str) or not self.question.strip():
            raise ValueError(f"question of {self.name} is {shown(self.question)}; it must be a sentence.")

    def read(self, value: Any) -> Any:
        """Turn an entry into plain JSON data to store; ValueError, in one sentence, if it is invalid."""
        raise NotImplementedError

    def say(self, value: Any) -> str:
        """Format a stored value as one line."""
        raise NotImplementedError

    def example(self) -> str:
        """Return a value as code."""
        raise NotImplementedError

    def lines(self) -> list[str]:
        """Return the question, with all that is needed to answer it, as lines of plain text."""
        return [self.question]


@dataclass(frozen=True)
class Choice(Question):
    """One option of several, or one for each row. The value is a key of `options`, or {row: key}."""

    options: Mapping[str, str]
    rows: Sequence[Any] | None = None
    kind: ClassVar[str] = "choice"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.options, Mapping) or len(self.options) < 2:
            raise ValueError(f"options of {self.name} is {shown(self.options)}; it must be a dict of two or more.")
        object.__setattr__(self, "options", {str(key): str(text) for key, text in self.options.items()})
        if self.rows is not None:
            object.__setattr__(self, "rows", tuple(str(row) for row in self.rows))

    def read(self, value: Any) -> str | dict[str, str]:
        """Accept a key of `options`; with rows, a dict with a key for every row."""
        if self.rows is None:
            return self._key(value, "")
        if not isinstance(value, Mapping):
            raise ValueError(f"{shown(value)} is not a choice for each row; give a dict such as {self.example()}.")
        given = {str(row): key for row, key in value.items()}
        if extra := [row for row in given if row not in self.rows]:
            raise ValueError(f"{shown(extra[0])} is not one of the rows {', '.join(self.rows)}.")
        if missing := [row for row in self.rows if given.get(row) is None]:
            raise ValueError(f"Nothing is chosen yet for {', '.join(missing)}.")
        return {row: self._key(given[row], f" for {row}") for row in self.rows}

    def _key(self, value: Any, where: str) -> str:
        if value is None:
            raise ValueError("Nothing is chosen yet: choose one of the options first.")
        if not isinstance(value, str) or value not in self.options:
            raise ValueError(f"{shown(value)}{where} is not one of the options {', '.join(self.options)}.")
        return value

    def say(self, value: Any) -> str:
        """Return each option's key and text, row by row."""
        if isinstance(value, Mapping):
            return "; ".join(f"{row}: {self.options[key]}" for row, key in value.items())
        return f"{value}) {self.options[value]}"

    def example(self) -> str:
        """Return a choice as code."""
        key = next(iter(self.options))
        return repr(key) if self.rows is None else repr(dict.fromkeys(self.rows, key))

    def lines(self) -> list[str]:
        """Return the question, its options and its rows."""
        rows = [] if self.rows is None else [f"  choose for each of: {', '.join(self.rows)}"]
        return [self.question, *(f"  {key}) {text}" for key, text in self.options.items()), *rows]


@dataclass(frozen=True)
class Number(Question):
    """A number, or one for each field. The value is a float, or a list of floats in the order of `fields`."""

    unit: str = ""
    low: float | None = None
    high: float | None = None
    fields: Sequence[str] | None = None
    kind: ClassVar[str] = "number"

    def read(self, value: Any) -> float | list[float]:
        """Accept finite real numbers within [low, high], also as text such as "1.5"."""
        if self.fields is None:
            return within(number(value), self.low, self.high)
        values = field_values(value, self.fields, self.example())
        return [
            within(number(item, field), self.low, self.high, field)
            for field, item in zip(self.fields, values, strict=True)
        ]

    def say(self, value: Any) -> str:
        """Return the number, or each field's, with the unit."""
        unit = f" {self.unit}" if self.unit else ""
        if self.fields is None:
            return f"{value:.6g}{unit}"
        return ", ".join(f"{field} = {item:.6g}{unit}" for field, item in zip(self.fields, value, strict=True))

    def example(self) -> str:
        """Return a number as code."""
        return "1.5" if self.fields is None else f"[{', '.join(['1.5'] * len(self.fields))}]"

    def lines(self) -> list[str]:
        """Return the question, the fields and the range."""
        fields = "" if self.fields is None else f"{', '.join(self.fields)}: "
        return [self.question, *filter(None, [f"  {fields}{self.range_text()}".rstrip(": ")])]

    def range_text(self) -> str:
        """Return the range and the unit: "a number from 0 to 100 epochs"."""
        unit = f" {self.unit}" if self.unit else ""
        what = "a number" if self.fields is None else "numbers"
        if self.low is not None and self.high is not None:
            return f"{what} from {self.low:g} to {self.high:g}{unit}"
        if self.low is not None:
            return f"{what} of at least {self.low:g}{unit}"
        if self.high is not None:
            return f"{what} of at most {self.high:g}{unit}"
        return f"{what}{' in' if unit else ''}{unit}"


@dataclass(frozen=True)
class Shape(Question):
    """The shape of an array, or one for each field. The value is a list of ints, or a list of such lists."""

    fields: Sequence[str] | None = None
    kind: ClassVar[str] = "shape"

    def read(self, value: Any) -> list[Any]:
        """Accept (3, 1), [3, 1], 3 or the text "(3, 1)"; "()" is the shape of a single number."""
        if self.fields is None:
            return axes(value)
        values = field_values(value, self.fields, self.example())
        return [axes(item, field) for field, item in zip(self.fields, values, strict=True)]

    def say(self, value: Any) -> str:
        """Return the shape as NumPy prints it: (3, 1)."""
        if self.fields is None:
            return str(tuple(value))
        return ", ".join(f"{field}: {tuple(item)}" for field, item in zip(self.fields, value, strict=True))

    def example(self) -> str:
        """Return a shape as code."""
        return "(3, 1)" if self.fields is None else f"[{', '.join(['(3, 1)'] * len(self.fields))}]"

    def lines(self) -> list[str]:
        """Return the question and the fields."""
        return [self.question] if self.fields is None else [self.question, f"  shapes of {', '.join(self.fields)}"]


@dataclass(frozen=True)
class Curve(Question):
    """A curve. The value is a list of y, evenly spaced over `x`, or over log x if `log_x`."""

    x: tuple[float, float] = (0, 100)
    y: tuple[float, float] = (0, 25)
    xlabel: str = "epoch"
    ylabel: str = "loss"
    points: int = 11
    log_x: bool = False
    log_y: bool = False
    kind: ClassVar[str] = "curve"

    def __post_init__(self) -> None:
        super().__post_init__()
        for axis, (start, stop), log in (("x", self.x, self.log_x), ("y", self.y, self.log_y)):
            if not (math.isfinite(start) and math.isfinite(stop) and start < stop and not (log and start <= 0)):
                raise ValueError(f"{axis} of {self.name} is {(start, stop)}; it must be an increasing range.")

    def read(self, value: Any) -> list[float]:
        """Accept 2 to 200 finite numbers within the range of y, also as text with numbers in it."""
        if isinstance(value, str):
            value = [item for item in re.split(r"[\s,;\[\]()]+", value) if item]
        if isinstance(value, np.ndarray):
            value = value.tolist()
        if not isinstance(value, (list, tuple)) or not 2 <= len(value) <= MOST_CURVE_VALUES:
            raise ValueError(
                f"A curve is a list of 2 to {MOST_CURVE_VALUES} values of {self.ylabel}, "
                f"evenly spaced from {self.xlabel} {self.x[0]:g} to {self.x[1]:g}; {shown(value)} is not."
            )
        return [within(number(item), *self.y, self.ylabel) for item in value]

    def say(self, value: Any) -> str:
        """Return up to eleven values of the curve."""
        some = value if len(value) <= 11 else list(self.at(value, self.grid(min(self.points, 11))))
        return f"{self.ylabel} {', '.join(f'{item:.3g}' for item in some)} over {self.span_text()}"

    def example(self) -> str:
        """Return a curve as code."""
        return f"[{', '.join(f'{item:.3g}' for item in self.levels(4))}]"

    def lines(self) -> list[str]:
        """Return the question and both axes."""
        return [self.question, f"  {self.ylabel} from {self.y[0]:g} to {self.y[1]:g}, over {self.span_text()}"]

    def span_text(self) -> str:
        """Return the x axis in words: "epoch 0 to 100"."""
        return f"{self.xlabel} {self.x[0]:g} to {self.x[1]:g}{' (log axis)' if self.log_x else ''}"

    def grid(self, count: int) -> Any:
        """Return `count` positions on the x axis, evenly spaced as the axis shows them."""
        return np.geomspace(*self.x, count) if self.log_x else np.linspace(*self.x, count)

    def levels(self, count: int) -> Any:
        """Return `count` falling values inside the range of y, for an example."""
        low, high = self.y
        inside = np.geomspace(high, low, count + 2) if self.log_y else np.linspace(high, low, count + 2)
        return inside[1:-1]

    def at(self, value: Any, x: Any) -> Any:
        """Return the curve's y at the positions x, (k,), interpolated linearly as the axes show it."""
        own, values = self.grid(len(value)), np.asarray(value, float)
        if self.log_x:
            own, x = np.log(own), np.log(x)
        return np.exp(np.interp(x, own, np.log(values))) if self.log_y else np.interp(x, own, values)


def question_from_call(source: str) -> Question:
    """Read the question from a prediction cell's source, without running it.

    Raises ValueError unless the cell has exactly one call of `predict.<kind>` and its arguments are literals.
    """
    kinds = {kind.kind: kind for kind in (Choice, Number, Shape, Curve)}
    calls = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "predict"
        and node.func.attr in kinds
    ]
    if len(calls) != 1:
        raise ValueError(f"a prediction cell needs exactly one call of predict.<kind>; this one has {len(calls)}.")
    call = calls[0]
    arguments = [ast.literal_eval(item) for item in call.args]
    named = {item.arg: ast.literal_eval(item.value) for item in call.keywords if item.arg}
    return kinds[call.func.attr](*arguments, **named)  # type: ignore[attr-defined]


def shown(value: Any) -> str:
    """Quote any refused value in at most `LONGEST_SHOWN` characters."""
    try:
        text = repr(value)
    except Exception:
        text = f"this {type(value).__name__}"
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def number(value: Any, field: str = "") -> float:
    """Read one finite number, rounded to twelve digits, which every JSON writer preserves."""
    where = f" for {field}" if field else ""
    if value is None or value == "":
        raise ValueError(f"Nothing is entered yet{where}: enter a number first.")
    if isinstance(value, str):
        text = value.strip().replace("−", "-")
        value = text.replace(",", ".") if re.fullmatch(r"[+-]?\d+,\d+", text) else text
    try:
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, (str, int, float, np.number)):
            raise TypeError
        result = float(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{shown(value)}{where} is not a number.") from None
    if not math.isfinite(result):
        raise ValueError(f"{shown(value)}{where} is not a finite number.")
    return float(f"{result:.12g}")


def within(value: float, low: float | None, high: float | None, field: str = "") -> float:
    """Return a number within [low, high]; ValueError, naming the number and the range, if it is outside."""
    if (low is None or value >= low) and (high is None or value <= high):
        return value
    name = f"{field} = " if field else ""
    if low is not None and high is not None:
        raise ValueError(f"{name}{value:g} is outside the range from {low:g} to {high:g}.")
    bound = f"below the minimum of {low:g}" if low is not None else f"above the maximum of {high:g}"
    raise ValueError(f"{name}{value:g} is {bound}.")


def axes(value: Any, field: str = "") -> list[int]:
    """Read one shape as a list of ints."""
    where = f" for {field}" if field else ""
    if value is None or (isinstance(value, str) and not value.strip()):
        raise ValueError(f"Nothing is entered yet{where}: type a shape such as (3, 1).")
    sizes: Any = value
    if isinstance(value, str):
        text = re.fullmatch(r"\s*[(\[]?\s*(\d+(?:\s*[,x×]\s*\d+)*)?\s*,?\s*[)\]]?\s*", value[:LONGEST_SHOWN])
        sizes = [int(size) for size in re.findall(r"\d+", value[:LONGEST_SHOWN])] if text else None
    elif isinstance(value, (int, np.integer)) and not isinstance(value, bool):
        sizes = [value]
    if not isinstance(sizes, (list, tuple)) or len(sizes) > MOST_AXES or not all(map(_is_size, sizes)):
        raise ValueError(f"{shown(value)}{where} is not a shape; type one such as (3, 1), (5,) or ().")
    return [int(size) for size in sizes]


def _is_size(size: Any) -> bool:
    whole = isinstance(size, (int, np.integer)) and not isinstance(size, bool)
    return whole and 0 <= size <= LONGEST_AXIS


def field_values(value: Any, fields: Sequence[str], example: str) -> list[Any]:
    """Read one value for each field, from a list in their order or a dict by their names."""
    if isinstance(value, Mapping) and set(value) == set(fields):
        return [value[field] for field in fields]
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, (list, tuple)) or len(value) != len(fields):
        raise ValueError(f"{shown(value)} is not one value for each of {', '.join(fields)}; give {example}.")
    return list(value)
