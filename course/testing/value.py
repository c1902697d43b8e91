"""Compare, copy and briefly show the values that a student's function returns."""

from __future__ import annotations

import math
import numbers
from typing import Any

import numpy as np

__all__ = ["difference", "same_bits", "show_value", "snapshot"]

LONGEST = 160  # characters of a value as shown


def difference(got: Any, expected: Any, rtol: float = 1e-6, atol: float = 1e-12) -> str:
    """Return why `got` differs from `expected`, or "" if they agree.

    The type of `expected` decides what passes: for a float, any real number except a 0-d array, a float32 or a
    float16; for a list, also a tuple or a 1-D array; for a tuple, also a list; for an array, an array of exactly
    that shape, of float64 or integers. Numbers agree within `atol + rtol * |expected|`; two nans, or two equal
    infinities, agree. Raises TypeError if no comparison is defined for the type of `expected`.
    """
    if isinstance(expected, (bool, np.bool_)):
        return "" if isinstance(got, (bool, np.bool_)) and bool(got) == bool(expected) else "another value"
    if expected is None or isinstance(expected, (str, bytes)):
        return "" if type(got) is type(expected) and got == expected else "another value"
    if isinstance(expected, (int, np.integer)):
        if isinstance(got, bool) or not isinstance(got, (int, np.integer)):
            return f"{kind(got)} where an int is expected"
        return "" if int(got) == int(expected) else "another number"
    if isinstance(expected, (float, np.floating)):
        refused = isinstance(got, (bool, np.bool_, np.float32, np.float16))
        if refused or not isinstance(
            got, (float, numbers.Real)
        ):  # isinstance is fast for float and slow for an ABC
            return f"{kind(got)} where a float is expected"
        return "" if _close(got, float(expected), rtol, atol) else "another number"
    if isinstance(expected, np.ndarray):
        return _array_difference(got, expected, rtol, atol)
    if isinstance(expected, (list, tuple)):
        return _sequence_difference(got, expected, rtol, atol)
    if isinstance(expected, dict):
        return _dict_difference(got, expected, rtol, atol)
    raise TypeError(f"no comparison is defined with an expected {type(expected).__name__}")


def _close(real: Any, expected: float, rtol: float, atol: float) -> bool:
    try:
        got = float(real)
    except OverflowError:  # an int or a fraction beyond any float
        return False
    if math.isnan(expected) or math.isinf(expected):
        return math.isnan(got) if math.isnan(expected) else got == expected
    return abs(got - expected) <= atol + rtol * abs(expected)


def _array_difference(got: Any, expected: np.ndarray[Any, Any], rtol: float, atol: float) -> str:
    if not isinstance(got, np.ndarray):
        return f"{kind(got)} where an array is expected"
    if got.shape != expected.shape:
        return f"shape {got.shape} where {expected.shape} is expected"
    if got.dtype != np.float64 and not np.issubdtype(got.dtype, np.integer):
        return f"dtype {got.dtype} where float64 is expected"
    same = np.isclose(got, expected, rtol=rtol, atol=atol, equal_nan=True)
    return "" if same.all() else f"other numbers ({np.count_nonzero(~same)} of {same.size} differ)"


def _sequence_difference(got: Any, expected: list[Any] | tuple[Any, ...], rtol: float, atol: float) -> str:
    allowed = (list, tuple, np.ndarray) if isinstance(expected, list) else (list, tuple)
    if not isinstance(got, allowed) or (isinstance(got, np.ndarray) and got.ndim != 1):
        return f"{kind(got)} where a {type(expected).__name__} is expected"
    if len(got) != len(expected):
        return f"{len(got)} items where {len(expected)} are expected"
    for index, (item, wanted) in enumerate(zip(got, expected, strict=True)):
        if reason := difference(item, wanted, rtol, atol):
            return f"item {index}: {reason}"
    return ""


def _dict_difference(got: Any, expected: dict[Any, Any], rtol: float, atol: float) -> str:
    if not isinstance(got, dict):
        return f"{kind(got)} where a dict is expected"
    if missing := [key for key in expected if key not in got]:
        return f"no key {missing[0]!r}"
    if extra := [key for key in got if key not in expected]:
        return f"a key {extra[0]!r} that is not expected"
    for key, wanted in expected.items():
        if reason := difference(got[key], wanted, rtol, atol):
            return f"under {key!r}: {reason}"
    return ""


def kind(value: Any) -> str:
    """Name a value's type for use in a sentence: `None`, `a list`, `an array of shape (3, 1)`."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return "a 0-d array" if value.ndim == 0 else f"an array of shape {value.shape}"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def show_value(value: Any) -> str:
    """Show a value in at most 160 characters, with five significant digits and long arrays by their shape."""
    try:
        return _clip(_show(value))
    except Exception:  # its repr fails, it contains itself, or it has more digits than Python prints
        return kind(value)


def _show(value: Any) -> str:
    if isinstance(value, np.ndarray):
        if value.size > 6:
            first = ", ".join(_show(item) for item in value.ravel()[:3])
            return f"[{first}, …] of shape {value.shape}"
        inside = np.array2string(value, separator=", ", precision=4, max_line_width=10_000).replace("\n", "")
        return f"array({inside})" if value.ndim != 1 else inside
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value))
    if isinstance(value, (int, numbers.Integral)):
        return str(int(value))
    if isinstance(value, (float, numbers.Real)):
        return f"{float(value):.5g}"
    if isinstance(value, (list, tuple)):
        items = ", ".join(_show(item) for item in value[:5]) + (", …" if len(value) > 5 else "")
        count = f" ({len(value)} items)" if len(value) > 5 else ""
        return (f"[{items}]" if isinstance(value, list) else f"({items})") + count
    if isinstance(value, dict):
        shown = [f"{_show(key)}: {_show(item)}" for key, item in list(value.items())[:5]]
        return "{" + ", ".join(shown) + (", …" if len(value) > 5 else "") + "}"
    if isinstance(value, np.random.Generator):
        return "rng"
    if callable(value):
        name = getattr(value, "__name__", "a function")
        return "a function" if name == "<lambda>" else name
    return repr(value)


def _clip(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def snapshot(value: Any) -> Any:
    """Copy arrays, lists, tuples and dicts at every depth; keep anything else as it is."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, (list, tuple)):
        return type(value)(snapshot(item) for item in value)
    if isinstance(value, dict):
        return {key: snapshot(item) for key, item in value.items()}
    return value


def same_bits(value: Any, before: Any) -> bool:
    """Return whether a value still equals its earlier `snapshot`, to the last bit of every number."""
    if isinstance(before, np.ndarray):
        same = isinstance(value, np.ndarray) and value.shape == before.shape and value.dtype == before.dtype
        return same and value.tobytes() == before.tobytes()
    if isinstance(before, (list, tuple)):
        same = isinstance(value, type(before)) and len(value) == len(before)
        return same and all(map(same_bits, value, before))
    if isinstance(before, dict):
        same = isinstance(value, dict) and value.keys() == before.keys()
        return same and all(same_bits(value[key], before[key]) for key in before)
    if isinstance(before, (bool, int, float, str, bytes, np.generic)):
        return type(value) is type(before) and (value == before or (value != value and before != before))
    return value is before
