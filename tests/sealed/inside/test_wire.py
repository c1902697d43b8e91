"""The line to a child: values come out as they went in, and what no honest end would send is refused."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgpack
import numpy as np
import pytest

from autograder.sealed.inside.channel import LARGEST, Channel, ProtocolError, TooLarge
from autograder.sealed.inside.wire import Packer, Unpacker


def refuse(value: Any) -> Any:
    raise ProtocolError(f"not plain: {value}")


def sent(value: Any, known: Sequence[Any] = (), known_there: Sequence[Any] | None = None) -> Any:
    """The value after it has gone through a socket pair."""
    packer = Packer(refuse, known)
    node = packer.pack(value)
    near, far = socket.socketpair()
    with ThreadPoolExecutor(1) as reader, near, far:
        received = reader.submit(Channel(far).receive)
        try:
            Channel(near).send(node, packer.buffers)
        except TooLarge:
            near.shutdown(socket.SHUT_RDWR)
            raise
        head, buffers = received.result()
    return Unpacker(refuse, buffers, known if known_there is None else known_there).unpack(head)


PLAIN = [
    *(None, True, 0, -(2**63), 2**64, -(2**100), 1.5, float("inf"), "é", b"\0x", 1j, ..., slice(1, None, 2)),
    *([], [1, 2.0, None], [0.5] * 20, [np.float64(0.5)] * 20, list(range(50)), [True] * 20, [1, True] * 10),
    *((), (1, (2, [3])), {}, {"a": [1], 0.1: (1, 2), (1, 2): None}, {1, 2}, frozenset("a")),
]


@pytest.mark.parametrize("value", PLAIN, ids=repr)
def test_a_plain_value_passes_with_its_types(value: Any) -> None:
    back = sent(value)
    assert repr(back) == repr(value)
    assert type(back) is type(value)


@pytest.mark.parametrize("dtype", ["f8", "f4", "i8", "u1", "?", "c16", ">f8", "U3", "S2"])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 3), (2, 3)])
def test_an_array_passes_with_its_dtype_and_shape(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.arange(int(np.prod(shape))).reshape(shape).astype(dtype)
    back = sent(array)
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    assert back.tolist() == array.tolist()
    assert back.flags.writeable


def test_arrays_of_objects_and_numbers_of_numpy_pass() -> None:
    back = sent([np.array([None, "a", 1], object), np.float64(2.5), np.int32(3), np.bool_(True)])
    assert back[0].tolist() == [None, "a", 1]
    assert [type(item) for item in back[1:]] == [np.float64, np.int32, np.bool_]


def test_views_in_any_order_of_memory_pass() -> None:
    array = np.arange(24.0).reshape(4, 6)
    for view in (array.T, array[::2, ::-1], np.broadcast_to(array[0], (3, 6)), np.asfortranarray(array)):
        assert sent(view).tolist() == view.tolist()


def test_the_same_object_twice_stays_the_same_object() -> None:
    array, items = np.zeros(3), [1]
    one, two, three, four = sent([array, array, items, (items,)])
    assert one is two
    assert four[0] is three


def test_a_known_argument_comes_back_as_itself_and_a_view_of_it_as_a_copy() -> None:
    argument = np.arange(6.0)
    whole, part = sent((argument, argument[1:4]), [argument])
    assert whole is argument
    assert not np.shares_memory(part, argument)
    assert part.tolist() == [1.0, 2.0, 3.0]


def test_64_megabytes_pass_and_more_does_not() -> None:
    assert sent(np.ones(8 << 20)).sum() == 8 << 20
    with pytest.raises(TooLarge, match="larger than"):
        sent(np.ones(LARGEST // 8 + 1))


def knot() -> list[Any]:
    items: list[Any] = []
    items.append([items])
    return items


def deep(levels: int) -> list[Any]:
    items: list[Any] = []
    for _ in range(levels):
        items = [items]
    return items


def knotted_array() -> np.ndarray[Any, Any]:
    array = np.empty(1, object)
    array[0] = array
    return array


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (knot(), "refers to itself"),
        (knotted_array(), "refers to itself"),
        (deep(10_000), "nested"),
        (10**1000, "digits"),
        ("x" * (2 << 20), "text"),
        (np.zeros(2, "V8"), "dtype"),
        ([["x"]] * 1_000_000, "nested|larger"),
    ],
    ids=["knot", "array", "deep", "int", "text", "void", "long"],
)
def test_what_is_too_large_or_entangled_is_refused_with_a_reason(value: Any, reason: str) -> None:
    with pytest.raises(TooLarge, match=reason):
        sent(value)


ARGUMENT = np.arange(4.0)
HOSTILE = [
    ["array", "|O", [1], b"\1" * 8],
    ["array", "|V8", [1], b"\1" * 8],
    ["array", "<f8", [-1], b"\1" * 8],
    ["array", "<f8", [2**40, 2**40], b"\1" * 8],
    ["array", "<f8", [5], 0],
    ["array", "<f8", [2**62], b""],
    ["array", "f8,f8", [1], b"\1" * 16],
    ["list", ["known", 1]],
    ["known", -1],
    ["known", 7],
    ["known"],
    ["floats", -1],
    ["int", b"\1" * 300],
    ["int", 5],
    ["scalar", "|O", b"\1" * 8],
    ["dict", 1],
    ["dict", ["list"], 1],
    [
        "dict",
        *(part for n in range(600) for part in (["int", (n * (2**61 - 1) + 2**70).to_bytes(20, "little")], 0)),
    ],
    ["set", *range(30_000)],
    ["pickle", b"cos\nsystem\n(S'true'\ntR."],
    [],
    [[]],
    {"a": 1},
    msgpack.ExtType(3, b"x"),
]


@pytest.mark.parametrize("node", HOSTILE, ids=[str(node)[:50] for node in HOSTILE])
def test_a_hostile_node_is_garbled_and_nothing_else(node: Any) -> None:
    with pytest.raises(ProtocolError):
        Unpacker(refuse, [bytearray(16)], [ARGUMENT]).unpack(node)


def test_a_buffer_belongs_to_one_array() -> None:
    node = ["list", ["array", "<f8", [2], 0], ["array", "<f8", [2], 0]]
    with pytest.raises(ProtocolError):
        Unpacker(refuse, [bytearray(16)]).unpack(node)


@pytest.mark.parametrize(
    "data",
    [
        struct.pack("<II", 2**32 - 1, 0),
        struct.pack("<II", 10, 2**32 - 1),
        struct.pack("<IIQ", 10, 1, 2**63),
        struct.pack("<II", 3, 0) + b"\xc1\xc1\xc1",
        struct.pack("<II", 2_000_001, 0) + b"\x91" * 2_000_000 + b"\x90",
        struct.pack("<II", 2, 0) + b"\x90\x90",
        struct.pack("<II", 2, 0) + b"\xa5x",
    ],
    ids=["head", "count", "buffer", "reserved", "nested", "two", "short"],
)
def test_bytes_that_no_honest_end_would_send_are_refused_before_memory_is_taken(data: bytes) -> None:
    near, far = socket.socketpair()
    with near, far:
        sender = threading.Thread(target=near.sendall, args=(data,))
        sender.start()
        with pytest.raises(ProtocolError):
            Channel(far).receive()
        sender.join()


def test_the_end_of_the_other_side_is_told() -> None:
    near, far = socket.socketpair()
    with far:
        near.close()
        with pytest.raises(EOFError):
            Channel(far).receive()
        with pytest.raises(EOFError):
            Channel(far).send("x" * 100)


def test_a_wait_that_gives_up_is_heard() -> None:
    near, far = socket.socketpair()

    def give_up(writing: bool) -> None:
        raise TimeoutError("writing" if writing else "reading")

    with near, far:
        channel = Channel(near, give_up)
        with pytest.raises(TimeoutError, match="reading"):
            channel.receive()
        with pytest.raises(TimeoutError, match="writing"):
            channel.send(None, [np.ones(1 << 20)])
