"""Stand-ins: a check cannot tell them from the student's own objects, and nothing of theirs acts through them."""

from __future__ import annotations

import contextlib
import copy
import io
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from autograder.sealed.client import Client
from autograder.sealed.errors import is_student_error
from autograder.sealed.limits import Meter, OutOfLimits
from autograder.sealed.proxy import Proxy
from autograder.sealed.sandbox import Zygote
from course.testing.trial import Call
from course.testing.value import show_value

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    zygote = Zygote()
    yield zygote
    zygote.close()


@pytest.fixture
def run(zygote: Zygote) -> Iterator[Run]:
    """Run a cell in a child of the test's own, and give what it defines under a name."""
    child = zygote.fork(1 << 30, 30.0)
    client = Client(child, Meter(10.0, 30.0))
    client.run("import numpy as np", "setup", ())

    def run(source: str, name: str = "f") -> Any:
        names, _, failure = client.run(source, "cell", (name,))
        assert not failure
        return names[name]

    yield run
    child.kill()


def test_a_call_gives_plain_values(run: Run) -> None:
    f = run("def f(x, y=1, *more, **named): return [x, y, more, named]")
    assert f(1) == [1, 1, (), {}]
    assert f(np.float64(2), y="a", z={1: (None,)}) == [2.0, "a", (), {"z": {1: (None,)}}]


def test_an_argument_that_the_function_changes_is_changed_here(run: Run) -> None:
    f = run(
        "def f(array, items, table, row):\n"
        "    array[0] = 5\n    row += 1\n    items.append(array)\n    table.clear()\n    table['new'] = items"
    )
    array, items, table = np.zeros((2, 3)), [1], {"old": 1}
    f(array, items, table, array[1])
    assert array.tolist() == [[5.0] * 3, [1.0] * 3]
    assert items[1] is array
    assert list(table) == ["new"]
    assert table["new"] is items


def test_a_reshaped_argument_is_reshaped_here_and_an_untouched_one_is_left_alone(run: Run) -> None:
    f = run("def f(a, b):\n    a.shape = (3, 1)")
    a, b = np.arange(3.0), np.arange(3.0)
    b.flags.writeable = False
    f(a, b)
    assert (a.shape, b.shape) == ((3, 1), (3,))


def test_a_read_only_argument_is_read_only_there(run: Run) -> None:
    f = run("def f(a):\n    a += 1")
    a = np.arange(3.0)
    a.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        f(a)


def test_a_call_tells_what_was_changed_and_printed(run: Run) -> None:
    f = run("def f(a):\n    print('step')\n    a *= 2\n    return a")
    a = np.ones(2)
    call = Call(f, a)
    assert call.changed == (0,)
    assert call.printed == "step\n"
    assert call.value is a


def test_aliasing_within_a_result_is_kept(run: Run) -> None:
    f = run("def f():\n    w = np.zeros(2)\n    return [w] * 3, {'w': w}")
    rows, table = f()
    assert rows[0] is rows[1] is rows[2] is table["w"]


def test_exceptions_arrive_as_their_built_in_base(run: Run) -> None:
    f = run(
        "class Own(ZeroDivisionError): pass\n"
        "def f(kind):\n"
        "    raise {'own': Own('x' * 10**6), 'exit': SystemExit(3), 'base': KeyboardInterrupt(),\n"
        "           'algebra': np.linalg.LinAlgError('singular'),\n"
        "           'many': UnicodeDecodeError('a', b'', 0, 1, '')}[kind]"
    )
    for kind, arrives in (("own", ZeroDivisionError), ("exit", SystemExit), ("base", RuntimeError)):
        with pytest.raises(arrives) as caught:
            f(kind)
        assert type(caught.value) is arrives
        assert is_student_error(caught.value)
        assert len(str(caught.value)) <= 500
    with pytest.raises(ValueError, match="singular"):
        f("algebra")
    with pytest.raises(ValueError):
        f("many")


def test_an_error_of_ours_is_not_the_students() -> None:
    assert not is_student_error(ValueError("ours"))
    with pytest.raises(KeyError) as caught:
        {}["a"]
    assert not is_student_error(caught.value)


def test_objects_of_the_students_classes_stay_there_with_all_that_they_can_do(run: Run) -> None:
    kind = run(
        "class Box:\n"
        "    def __init__(self, *items): self.items = list(items)\n"
        "    def __add__(self, other): return Box(*self.items, getattr(other, 'items', other))\n"
        "    def __radd__(self, other): return Box(other, *self.items)\n"
        "    def __matmul__(self, other): return 'matmul'\n"
        "    def __neg__(self): return Box(*(-item for item in self.items))\n"
        "    def __getitem__(self, place): return self.items[place]\n"
        "    def __setitem__(self, place, item): self.items[place] = item\n"
        "    def __len__(self): return len(self.items)\n"
        "    def __iter__(self): return iter(self.items)\n"
        "    def __contains__(self, item): return item in self.items\n"
        "    def __float__(self): return float(sum(self.items))\n"
        "    def __eq__(self, other): return True\n"
        "    def __hash__(self): return 1\n"
        "    def __lt__(self, other): return True\n"
        "    @property\n    def total(self): return sum(self.items)\n"
        "    def itself(self): return self\n",
        "Box",
    )
    box = kind(1, 2)
    assert isinstance(box, Proxy)
    assert (box.items, box.total, box[1], box[0:1], len(box), float(box)) == ([1, 2], 3, 2, [1], 2, 3.0)
    assert (box + 3).items == [*(3 + box).items[1:], 3] == [1, 2, 3]
    assert (box + box).items == [1, 2, [1, 2]]
    assert (np.ones(2) + box).tolist() == [2.0, 3.0]  # NumPy there takes a box for a sequence
    assert box @ np.ones(2) == "matmul"
    assert (-box).items == list(-box) == [-1, -2]
    assert 2 in box
    assert 5 not in box
    box[0] = 7
    box.note = "set"
    assert (box.items, box.note) == ([7, 2], "set")
    assert box.itself() is box
    assert box < kind()
    assert copy.deepcopy(box).items == box.items
    with pytest.raises(AttributeError):
        _ = box.missing
    with pytest.raises(AttributeError):
        del box.missing


def test_the_students_equality_decides_nothing(run: Run) -> None:
    f = run("class Equal:\n    __eq__ = lambda *_: True\n    __hash__ = lambda _: 0\ndef f(): return Equal()")
    assert f() != 1.0
    assert f() != f()
    assert not Call(f).gives(1.0).ok


def test_no_protocol_of_the_students_reaches_this_process(run: Run) -> None:
    f = run(
        "class Window:\n"
        "    __array_interface__ = {'shape': (9,), 'typestr': '<f8', 'data': (4096, False), 'version': 3}\n"
        "    __array__ = lambda *_: np.zeros(9)\n    __reduce__ = lambda _: (print, ('owned',))\n"
        "def f(): return Window()"
    )
    window = f()
    for name in ("__array_interface__", "__array_struct__", "__array__", "__dict__", "__reduce_ex__x"):
        with pytest.raises(AttributeError):
            getattr(window, name)
    assert np.asarray(window).dtype == object
    with pytest.raises(TypeError):
        pickle.dumps(window)


def test_names_from_there_are_cleaned(run: Run) -> None:
    f = run("def f(): pass\nf.__name__ = '<script>alert(1)</script>'")
    assert (f.__name__, show_value(f)) == ("the function", "the function")
    thing = run("class Thing: pass\nThing.__name__ = '<b>'\nthing = Thing()", "thing")
    assert "<" not in repr(thing).replace("<b>", "")


def test_functions_of_ours_can_be_passed_in_and_call_back(run: Run) -> None:
    f = run(
        "def f(g, x):\n"
        "    try:\n        g(None)\n    except TypeError as error:\n        return [g(x), g(2 * x), str(error)]"
    )
    seen = []

    def square(x: Any) -> Any:
        seen.append(x)
        if x is None:
            raise TypeError("not None")
        return x**2

    ones, fours, text = f(square, np.ones(2))
    assert (ones.tolist(), fours.tolist(), text) == ([1.0, 1.0], [4.0, 4.0], "not None")
    assert len(seen) == 3


def test_the_students_own_function_can_be_passed_to_the_students_function(run: Run) -> None:
    f = run("def f(g, x): return g(x) + 1")
    g = run("def g(x): return 10 * x", "g")
    assert f(g, 2) == 21
    assert f(lambda x: g(x) + 5, 2) == 26


def test_a_generator_goes_in_as_its_state_and_is_the_childs_own_from_then_on(run: Run) -> None:
    f = run("def f(rng, n):\n    return rng.normal(size=n)")
    ours, same = np.random.default_rng(5), np.random.default_rng(5)
    for n in (1, 3):
        assert f(ours, n).tolist() == same.normal(size=n).tolist()
    assert ours.bit_generator.state == np.random.default_rng(5).bit_generator.state


def test_a_generator_that_a_students_object_has_kept_is_the_same_one(run: Run) -> None:
    kind = run(
        "class Model:\n    def __init__(self, rng): self.rng = rng\n    def draw(self): return self.rng.normal()",
        "Model",
    )
    same = np.random.default_rng(6)
    model = kind(np.random.default_rng(6))
    assert [model.draw(), model.draw(), model.rng.normal()] == [same.normal() for _ in range(3)]


def test_a_students_generator_function_can_be_iterated(run: Run) -> None:
    f = run("def f(n):\n    for k in range(n):\n        yield k * 1.0")
    assert list(f(3)) == [0.0, 1.0, 2.0]
    assert next(f(1)) == 0.0


def test_subclasses_pass_as_what_they_are_at_heart(run: Run) -> None:
    f = run(
        "from collections import defaultdict, namedtuple\n"
        "class Lie(float):\n    __sub__ = lambda *_: 0.0\n    __float__ = lambda _: 1.0\n"
        "class Items(list): pass\n"
        "def f():\n"
        "    return Lie(2.0), Items([1]), defaultdict(list, a=[1]), namedtuple('P', 'x')(1), np.matrix([[1.0]])"
    )
    number, items, table, pair, matrix = f()
    assert [type(value) for value in (number, items, table, pair, matrix)] == [
        float,
        list,
        dict,
        tuple,
        np.ndarray,
    ]
    assert (number, items, table, pair, matrix.tolist()) == (2.0, [1], {"a": [1]}, (1,), [[1.0]])


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("np.zeros(1 << 24)", "larger"),
        ("knot", "refers to itself"),
        ("10**5000", "digits"),
        ("'x' * (2 << 20)", "text"),
    ],
)
def test_a_value_that_may_not_pass_ends_in_a_clear_limit(run: Run, value: str, reason: str) -> None:
    f = run(f"knot = []\nknot.append(knot)\ndef f(): return {value}")
    with pytest.raises(OutOfLimits, match=reason):
        f()
    assert run("def f(): return 1")() == 1


def test_64_megabytes_pass_both_ways(run: Run) -> None:
    f = run("def f(x): return x + 1")
    assert f(np.zeros(8 << 20)).sum() == 8 << 20


def test_what_a_check_may_not_hand_over_is_an_error_of_the_check(run: Run) -> None:
    f = run("def f(x): return x")
    for value in (object(), np.random.Generator(np.random.MT19937(1)), iter([])):
        with pytest.raises(TypeError, match="may not hand over") as caught:
            f(value)
        assert not is_student_error(caught.value)


def test_output_outside_a_capturing_call_goes_to_this_process_output(run: Run) -> None:
    f = run("def f():\n    for _ in range(200_000): print('line')")
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        f()
    assert 100_000 < len(output.getvalue()) < 400_000
    assert "more was printed" in output.getvalue()


def test_magics_of_ipython_are_left_out(run: Run) -> None:
    f = run("%matplotlib inline\n!ls\nprint?\ndef f():\n    %time x = 3\n    return 5 % 3")
    assert f() == 2


def test_an_error_at_the_end_of_input_is_the_functions_own(run: Run) -> None:
    f = run("def f(): return input()")
    with pytest.raises(EOFError) as caught:
        f()
    assert is_student_error(caught.value)
    assert run("def f(): return 1")() == 1


def test_nothing_that_would_move_a_terminals_cursor_comes_out(run: Run) -> None:
    f = run("def f():\n    print('\\x1b[2J\\u202e\\ttext')\n    raise ValueError('\\x1b]0;owned\\x07')")
    call = Call(f)
    assert call.printed == "�[2J�\ttext\n"
    assert str(call.error) == "�]0;owned�"


def test_a_length_or_truth_that_is_none_is_the_students_error(run: Run) -> None:
    thing = run("class Odd:\n    __float__ = lambda _: 1\nthing = Odd()", "thing")
    for ask in (float, int, len, iter):
        with pytest.raises((TypeError, ValueError)) as caught:
            ask(thing)
        assert is_student_error(caught.value)
