"""How values are written in the messages between the judge and a child: plain ones only, counted and bounded.

`Packer` turns a value into nodes of a message's head and its buffers (see `channel`), `Unpacker` turns them
back. Both ends number lists, dicts and arrays in the order in which they meet them, so that an object that
occurs twice stays one object, and a result can be one of the call's own arguments. What is not plain (a
function, an object of a class) goes through a hook of the end that packs or unpacks it.

The judge treats every byte from a child as hostile: each type is checked before it is used, and by `type(x) is`,
as msgpack makes exactly these and a subclass could override what the check relies on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from .channel import LARGEST, MOST_BUFFERS, ProtocolError, TooLarge

__all__ = ["Packer", "Unpacker", "is_plain"]

LONGEST_TEXT = 1 << 20  # characters
DEEPEST = 60  # levels of nesting: reading one takes three of Python's frames
INLINE = 2048  # bytes up to which an array stays in the head
MOST_KEYS = 20_000  # entries of a dict or set
MOST_ODD_KEYS = 500  # of those whose hashes an attacker can make collide, which takes quadratic time
_DTYPE = re.compile(r"[<>|=](b1|[iu][1248]|f(2|4|8|16)|c(8|16|32)|S\d{1,6}|U\d{1,6})")
_PENDING = object()  # holds an object's number while its items are read

Foreign = Callable[[Any], list[Any]]  # a value that is not plain -> its node
Resolve = Callable[[list[Any]], Any]  # that node -> the value at this end


class Packer:
    """Turns values into nodes. `objects` are those that both ends know already, in their common order."""

    def __init__(self, foreign: Foreign, objects: Sequence[Any] = ()) -> None:
        self.objects: list[Any] = list(objects)
        self.buffers: list[Any] = []
        self._foreign = foreign
        self._known = {id(value): place for place, value in enumerate(self.objects)}
        self._open: set[int] = set()
        self._size = 0

    def pack(self, value: Any, depth: int = 0) -> Any:
        """Return the node for `value`. Raises `TooLarge`."""
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if kind is int:
            return value if -(2**63) <= value < 2**63 else ["int", _big(value)]
        if kind is str or kind is bytes:
            if len(value) > LONGEST_TEXT:
                raise TooLarge(f"it holds a text of more than {LONGEST_TEXT >> 20} MB")
            return value
        if depth > DEEPEST:
            raise TooLarge(f"it is nested more than {DEEPEST} deep")
        if isinstance(value, (np.ndarray, list, dict)):
            return self._pack_object(value, depth)
        return self._pack_other(value, depth)

    def content(self, value: Any) -> Any:
        """Return the node for what a known list, dict or array holds now."""
        return self._pack_array(value) if isinstance(value, np.ndarray) else self._pack_items(value, 0)

    def _pack_object(self, value: Any, depth: int) -> Any:
        place = self._known.get(id(value))
        if place is not None:
            if id(value) in self._open:
                raise TooLarge("it holds a value that refers to itself")
            return ["known", place]
        self._known[id(value)] = len(self.objects)
        self.objects.append(value)
        self._open.add(id(value))
        node = self._pack_array(value, depth) if isinstance(value, np.ndarray) else self._pack_items(value, depth)
        self._open.discard(id(value))
        return node

    def _pack_items(self, value: list[Any] | dict[Any, Any], depth: int) -> Any:
        if isinstance(value, dict):
            # dict.items, as list.__iter__ below: a subclass' own method is a student's code.
            pairs = [self.pack(item, depth + 1) for pair in dict.items(value) for item in pair]
            return ["dict", *pairs]
        kinds = set(map(type, value)) if len(value) > 8 else set()
        if kinds == {float}:
            return ["floats", self._pack_bytes(np.array(value, np.float64))]
        if kinds == {np.float64}:
            return ["scalars", self._pack_bytes(np.array(value, np.float64))]
        if kinds == {int} and min(value) >= -(2**63) and max(value) < 2**63:
            return ["ints", self._pack_bytes(np.array(value, np.int64))]
        return ["list", *(self.pack(item, depth + 1) for item in list.__iter__(value))]

    def _pack_array(self, value: np.ndarray[Any, Any], depth: int = 0) -> Any:
        if value.dtype == object and value.size <= 10_000:
            return ["objects", list(value.shape), *(self.pack(item, depth + 1) for item in value.ravel().tolist())]
        if not _DTYPE.fullmatch(value.dtype.str):
            raise TooLarge(f"it holds an array of dtype {value.dtype.name[:40]}")
        node = ["array", value.dtype.str, list(value.shape), self._pack_bytes(np.asarray(value))]
        return node if value.flags.writeable else [*node, True]

    def _pack_bytes(self, value: np.ndarray[Any, Any]) -> Any:
        self._size += value.nbytes
        if self._size > LARGEST or len(self.buffers) == MOST_BUFFERS:
            raise TooLarge(f"it is larger than {LARGEST >> 20} MB")
        if value.nbytes <= INLINE:
            return value.tobytes()
        self.buffers.append(np.ascontiguousarray(value).view(np.uint8))
        return len(self.buffers) - 1

    def _pack_other(self, value: Any, depth: int) -> Any:
        if isinstance(value, np.generic) and _DTYPE.fullmatch(value.dtype.str):
            return ["scalar", value.dtype.str, value.tobytes()]
        if isinstance(value, tuple):
            return ["tuple", *(self.pack(item, depth + 1) for item in tuple.__iter__(value))]
        if type(value) in (set, frozenset):
            return [type(value).__name__, *(self.pack(item, depth + 1) for item in value)]
        if type(value) is complex:
            return ["complex", value.real, value.imag]
        if type(value) is slice:
            return ["slice", *(self.pack(item, depth + 1) for item in (value.start, value.stop, value.step))]
        if value is Ellipsis:
            return ["..."]
        for base in (float, int, str):  # a subclass passes as its plain base
            if isinstance(value, base):
                return self.pack(getattr(base, f"__{base.__name__}__")(value), depth)
        return self._foreign(value)


def is_plain(node: Any, depth: int = 0) -> bool:
    """Whether a node holds plain values alone, so that it means the same to any other process."""
    if type(node) is not list:
        return type(node) in (type(None), bool, int, float, str, bytes)
    if depth > DEEPEST or not node:
        return False
    if node[0] in ("tuple", "list", "dict", "set", "frozenset", "slice"):
        return all(is_plain(each, depth + 1) for each in node)
    return node[0] in ("array", "scalar", "floats", "scalars", "ints", "int", "complex", "known", "...")


class Unpacker:
    """Turns nodes into values, trusting nothing. Raises `ProtocolError`."""

    def __init__(self, resolve: Resolve, buffers: Sequence[bytearray], objects: Sequence[Any] = ()) -> None:
        self.objects: list[Any] = list(objects)
        self._resolve = resolve
        self._buffers: list[bytearray | None] = list(buffers)

    def unpack(self, node: Any) -> Any:
        """Return the value of a node."""
        return self._guarded(lambda: self._unpack(node, 0))

    @staticmethod
    def _guarded(read: Callable[[], Any]) -> Any:
        try:
            return read()
        except ProtocolError:
            raise
        except (TypeError, ValueError, LookupError, OverflowError, MemoryError) as error:
            raise ProtocolError("a value cannot be read") from error

    def content(self, node: Any) -> Any:
        """Return what a known list, dict or array holds now, as an object of the same kind."""
        if (
            type(node) is not list
            or not node
            or node[0] not in ("list", "dict", "floats", "scalars", "ints", "array", "objects")
        ):
            raise ProtocolError("invalid contents")
        return self._guarded(lambda: self._object(node[0], node[1:], 0))

    def _unpack(self, node: Any, depth: int) -> Any:
        if type(node) is not list:
            if type(node) not in (type(None), bool, int, float, str, bytes):
                raise ProtocolError("invalid value")
            return node
        if depth > DEEPEST + 2 or not node or type(node[0]) is not str:
            raise ProtocolError("invalid node")
        tag, *rest = node
        if tag in ("list", "dict", "floats", "scalars", "ints", "array", "objects"):
            place = len(self.objects)
            self.objects.append(_PENDING)
            self.objects[place] = self._object(tag, rest, depth)
            return self.objects[place]
        if tag == "known":
            value = self.objects[_count(rest[0])]
            if value is _PENDING:
                raise ProtocolError("a value that refers to itself")
            return value
        return self._unpack_other(tag, rest, depth)

    def _object(self, tag: str, rest: list[Any], depth: int) -> Any:
        if tag == "list":
            return list(self._each(rest, depth))
        if tag == "dict":
            items = list(self._each(rest, depth))
            return dict(zip(_hashable(items[::2]), items[1::2], strict=True))
        if tag == "scalars":
            return list(np.frombuffer(self._bytes(rest[0]), np.float64))
        if tag in ("floats", "ints"):
            return np.frombuffer(self._bytes(rest[0]), np.float64 if tag == "floats" else np.int64).tolist()
        if tag == "array":
            return self._array(*rest)
        value = np.empty(len(rest) - 1, object)
        for place, item in enumerate(self._each(rest[1:], depth)):
            value[place] = item
        return value.reshape(_shape(rest[0]))

    def _array(self, dtype: Any, shape: Any, place: Any, frozen: bool = False) -> Any:
        data = self._bytes(place)
        value = np.frombuffer(data, _dtype(dtype)) if data else np.empty(_shape(shape), _dtype(dtype))
        if not data and value.size:
            raise ProtocolError("an array without its bytes")
        value = value.reshape(_shape(shape))
        value.flags.writeable = not frozen
        return value

    def _unpack_other(self, tag: str, rest: list[Any], depth: int) -> Any:
        if tag == "tuple":
            return tuple(self._each(rest, depth))
        if tag == "scalar":
            (scalar,) = np.frombuffer(self._bytes(rest[1]), _dtype(rest[0]))
            return scalar
        if tag == "int" and type(rest[0]) is bytes and len(rest[0]) <= 256:
            return int.from_bytes(rest[0], "little", signed=True)
        if tag in ("set", "frozenset"):
            return (set if tag == "set" else frozenset)(_hashable(list(self._each(rest, depth))))
        if tag == "complex":
            return complex(float(rest[0]), float(rest[1]))
        if tag == "slice":
            return slice(*self._each(rest[:3], depth))
        if tag == "...":
            return Ellipsis
        return self._resolve([tag, *rest])

    def _each(self, nodes: list[Any], depth: int) -> Iterator[Any]:
        return (self._unpack(node, depth + 1) for node in nodes)

    def _bytes(self, place: Any) -> bytearray:
        if type(place) is bytes:
            return bytearray(place)
        buffer = self._buffers[_count(place)]
        if buffer is None:
            raise ProtocolError("a buffer is used twice")
        self._buffers[place] = None  # it becomes the array's own memory, so it has one owner
        return buffer


def _big(value: int) -> bytes:
    if value.bit_length() > 2040:
        raise TooLarge("it holds an int of more than 600 digits")
    return value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)


def _hashable(keys: list[Any]) -> list[Any]:
    odd = sum(type(key) is tuple or (type(key) is int and abs(key) >= 2**60) for key in keys)
    if len(keys) > MOST_KEYS or odd > MOST_ODD_KEYS:
        raise ProtocolError("too many keys")
    return keys


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ProtocolError("negative index")
    return value


def _dtype(text: Any) -> np.dtype[Any]:
    if type(text) is not str or not _DTYPE.fullmatch(text):
        raise ProtocolError("invalid dtype")
    return np.dtype(text)


def _shape(shape: Any) -> tuple[int, ...]:
    if type(shape) is not list or len(shape) > 32:
        raise ProtocolError("invalid shape")
    return tuple(_count(length) for length in shape)
