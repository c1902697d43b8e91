"""The comparison of values: what passes where a float, a list, a tuple, an array or a dict is expected."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.testing.value import LONGEST, difference, same_bits, show_value, snapshot

numbers = st.floats(allow_nan=True, allow_infinity=True) | st.integers(-(10**6), 10**6)
plain = st.recursive(
    st.none() | st.booleans() | numbers | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)
arrays = st.lists(st.floats(width=64), max_size=5).map(np.array)


@given(plain)
def test_every_plain_value_agrees_with_itself(value: Any) -> None:
    assert difference(value, value) == ""


@given(arrays)
def test_every_array_agrees_with_its_copy_and_not_with_another_shape(values: np.ndarray) -> None:
    assert difference(values.copy(), values) == ""
    assert "shape" in difference(values[:, None], values)


@given(st.floats(-1e6, 1e6), st.floats(1.1, 10))
def test_the_tolerance_is_relative_to_what_is_expected(expected: float, times: float) -> None:
    margin = 1e-12 + 1e-6 * abs(expected)
    assert difference(expected + 0.9 * margin, expected) == ""
    assert difference(expected + times * margin, expected) != ""


@pytest.mark.parametrize("got", [2.0, 2, np.float64(2), np.int64(2), Fraction(2), np.longdouble(2)])
def test_any_real_number_passes_for_a_float(got: Any) -> None:
    assert difference(got, 2.0) == ""


@pytest.mark.parametrize("got", [np.float32(2), np.array(2.0), np.array([2.0]), "2.0", True, None, 2 + 0j, [2.0]])
def test_other_things_do_not_pass_for_a_float(got: Any) -> None:
    assert "where a float is expected" in difference(got, 2.0)


@pytest.mark.parametrize(("got", "expected"), [(math.nan, math.nan), (np.inf, math.inf), (-math.inf, -math.inf)])
def test_nans_and_equal_infinities_agree(got: float, expected: float) -> None:
    assert difference(got, expected) == ""
    assert difference(1.0, expected) != ""
    assert difference(np.array([got]), np.array([expected])) == ""


def test_numbers_beyond_any_float_are_other_numbers() -> None:
    assert difference(10**400, 2.0) == "another number"
    assert difference([10**400], [2.0]) == "item 0: another number"


@pytest.mark.parametrize(
    ("got", "passes"), [(3, True), (np.int64(3), True), (3.0, False), (True, False), (4, False)]
)
def test_an_int_is_asked(got: Any, passes: bool) -> None:
    assert (difference(got, 3) == "") is passes


@pytest.mark.parametrize(
    ("got", "passes"), [(True, True), (np.True_, True), (1, False), (False, False), (None, False)]
)
def test_a_bool_is_asked(got: Any, passes: bool) -> None:
    assert (difference(got, True) == "") is passes


@pytest.mark.parametrize("got", [[1.0, 2.0], (1.0, 2.0), np.array([1.0, 2.0]), [1, np.float64(2)]])
def test_list_tuple_and_array_pass_for_a_list(got: Any) -> None:
    assert difference(got, [1.0, 2.0]) == ""


@pytest.mark.parametrize(
    "got",
    [
        [1.0],
        [1.0, 2.0, 3.0],
        np.array([[1.0, 2.0]]),
        [np.array(1.0), 2.0],
        np.array([1, 2], dtype=np.float32),
        "ab",
    ],
)
def test_other_things_do_not_pass_for_a_list(got: Any) -> None:
    assert difference(got, [1.0, 2.0]) != ""


def test_a_list_passes_for_a_tuple_and_an_array_does_not() -> None:
    assert difference([1.0, 2.0], (1.0, 2.0)) == ""
    assert "where a tuple is expected" in difference(np.array([1.0, 2.0]), (1.0, 2.0))


def test_an_array_is_asked_with_its_shape_and_dtype() -> None:
    expected = np.array([1.0, 2.0])
    assert difference(np.array([1, 2]), expected) == ""
    assert difference([1.0, 2.0], expected) == "a list where an array is expected"
    assert "dtype" in difference(expected.astype(np.float32), expected)
    assert "dtype" in difference(expected.astype(object), expected)
    assert difference(np.array([1.0, 3.0]), expected) == "other numbers (1 of 2 differ)"


def test_a_dict_needs_exactly_the_keys() -> None:
    assert difference({0.1: [1.0], np.float64(0.2): (2.0,)}, {0.1: [1.0], 0.2: [2.0]}) == ""
    assert difference({}, {"w": 1.0}) == "no key 'w'"
    assert difference({"w": 1.0, "b": 2.0}, {"w": 1.0}) == "a key 'b' that is not expected"
    assert difference({"w": 2.0}, {"w": 1.0}) == "under 'w': another number"
    assert difference([1.0], {"w": 1.0}) == "a list where a dict is expected"


def test_there_is_no_comparison_with_an_object() -> None:
    with pytest.raises(TypeError, match="no comparison"):
        difference(1, object())


class Unspeakable:
    def __repr__(self) -> str:
        raise RuntimeError("no words")


def test_every_value_can_be_shown_in_a_line() -> None:
    endless: list[Any] = []
    endless.append(endless)
    shown = [show_value(item) for item in (Unspeakable(), endless, 10**5000, np.zeros((3, 4)), list(range(1000)))]
    assert shown[0] == "a Unspeakable"
    assert all(0 < len(text) <= LONGEST and "\n" not in text for text in shown)
    assert shown[3] == "[0, 0, 0, …] of shape (3, 4)"
    assert shown[4] == "[0, 1, 2, 3, 4, …] (1000 items)"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.float64(1 / 3), "0.33333"),
        (np.int64(7), "7"),
        (True, "True"),
        (np.array([1.0, 2.5]), "[1. , 2.5]"),
        (np.array(3.0), "array(3.)"),
        ((1, 2.0), "(1, 2)"),
        ({0.1 + 0.2: [1.0]}, "{0.3: [1]}"),
        (None, "None"),
        ("w", "'w'"),
        (np.random.default_rng(0), "rng"),
        (math.sqrt, "sqrt"),
        (lambda x: x, "a function"),
    ],
)
def test_values_are_shown_briefly(value: Any, text: str) -> None:
    assert show_value(value) == text


@given(plain)
def test_a_snapshot_is_the_same_until_something_changes(value: Any) -> None:
    holder = {"value": value, "array": np.array([1.0, np.nan])}
    before = snapshot(holder)
    assert same_bits(holder, before)
    holder["array"][0] = 2.0
    assert not same_bits(holder, before)


def test_changes_deep_inside_are_seen() -> None:
    history = {"loss": [1.0, 2.0], "w": (np.zeros(2),)}
    before = snapshot(history)
    history["loss"].append(3.0)
    assert not same_bits(history, before)
    history["loss"].pop()
    assert same_bits(history, before)
    history["w"][0][1] = -0.0
    assert not same_bits(history, before), "to the last bit"


def test_another_length_type_or_shape_is_a_change() -> None:
    assert not same_bits([1.0], snapshot([1.0, 2.0]))
    assert not same_bits([1], snapshot([1.0]))
    assert not same_bits(np.zeros((1, 2)), snapshot(np.zeros(2)))
    assert not same_bits({"b": 1}, snapshot({"a": 1}))
