"""Run one submission's cells, and do what the judge asks with what they define.

This runs in the same process as the student's code, which can therefore read and change all of it. So nothing here
decides anything: what goes out are values, never verdicts, and the judge vets every byte of them.
"""

from __future__ import annotations

import builtins
import copy
import io
import operator
import re
import sys
import types
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from .channel import Channel, TooLarge
from .figure_reader import draw_beside, read_artists
from .protocol import OPERATORS, Answer, Request
from .rng_state import generator_in, state_of
from .stub import ServerObjects, make_stub
from .wire import Packer, Unpacker

__all__ = ["serve"]

MOST_PRINTED = 1 << 18  # characters of output of one call or cell; the rest is dropped
LONGEST_MESSAGE = 500
_MAGIC = re.compile(r"^(\s*)([%!].*|.*[^\s?]\?{1,2}\s*)$")

OPERATIONS: dict[str, Callable[..., Any]] = {
    name: getattr(operator, name) for name in (*OPERATORS, "getitem", "setitem", "delitem", "contains", "index")
} | {
    "call": lambda function, arguments, named: function(*arguments, **named),
    **{action.__name__: action for action in (getattr, setattr, delattr, len, iter, next, bool, float, int)},
    "draw_beside": draw_beside,
    "read_artists": read_artists,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


class Printed(io.TextIOBase):
    """A stream that keeps what is written to it, up to a limit."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._left = MOST_PRINTED

    def writable(self) -> bool:
        """Return True: `print` asks."""
        return True

    def write(self, text: str) -> int:
        """Keep as much of the text as there is room for."""
        if self._left > 0:
            self._parts.append(str(text)[: self._left])
            self._left -= len(text)
            if self._left <= 0:
                self._parts.append("\n… (more was printed than is kept)\n")
        return len(text)

    def text(self) -> str:
        """Return what was kept."""
        return "".join(self._parts)


class Executor:
    """The state of one child: the names that its cells define, and the objects that the judge holds handles of."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._main = types.ModuleType("__main__")
        self._main.__dict__["display"] = print
        sys.modules["__main__"] = self._main  # dataclasses and pickle look a class's module up
        self._objects: list[Any] = []
        self._handles: dict[int, int] = {}
        self._generators: dict[int, np.random.Generator] = {}
        self._originals = ServerObjects()
        self._operations = OPERATIONS | {"perform": self._originals.perform}

    def serve(self) -> Any:
        """Answer requests until the reply to a call of our own comes, and return that."""
        while True:
            (verb, *rest), buffers = self._channel.receive()
            if verb == Request.REPLY:
                return rest, buffers
            self._answer(verb, rest, Unpacker(self._resolve, buffers))

    def _answer(self, verb: str, rest: list[Any], unpacker: Unpacker) -> None:
        if verb == Request.OPERATE:
            name, node = rest
            operands = unpacker.unpack(node)
            self._respond(lambda: self._operations[name](*operands), unpacker)
        elif verb == Request.ORIGINAL:
            target, method, node = rest
            self._original(target, method, node, unpacker)
        elif verb == Request.RUN:
            source, key, names = rest
            self._respond(lambda: self._run(source, key, names), unpacker)
        elif verb == Request.BIND:
            self._respond(lambda: self._bind(unpacker.unpack(rest[0])), unpacker)
        elif verb == Request.DRAW:
            self._respond(lambda: self._draw(unpacker.unpack(rest[0])), unpacker)

    def _respond(self, action: Callable[[], Any], unpacker: Unpacker) -> None:
        known = list(unpacker.objects)
        before = [_snapshot(value) for value in known]
        sys.stdout, sys.stderr = printed, _ = Printed(), Printed()
        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                result = action()
            kind = Answer.DONE
        except TooLarge as error:
            kind, result = Answer.LIMIT, str(error)
        except BaseException as error:
            kind, result = Answer.RAISED, _describe(error)
        packer = Packer(self._foreign, known)
        try:
            changes = [
                [place, packer.content(value)]
                for place, value in enumerate(known)
                if _changed(before[place], value)
            ]
            self._channel.send([kind, printed.text(), changes, packer.pack(result)], packer.buffers)
        except TooLarge as error:
            self._channel.send([Answer.LIMIT, printed.text(), [], str(error)])
        except EOFError:
            raise
        except Exception:  # an object whose own code fails, or lies, when it is looked at
            self._channel.send(
                [Answer.LIMIT, printed.text(), [], "it is neither a plain value nor an object that can be used"]
            )

    def _original(self, target: list[Any], method: bool, node: Any, unpacker: Unpacker) -> None:
        """Have an original do what a stub calls; nothing comes back but the answer, which keeps this fast."""
        packer = Packer(self._foreign)
        try:
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                original = self._resolve(target)
                arguments, named = unpacker.unpack(node)
                result = (self._originals.perform if method else _call)(original, *arguments, **named)
                answer = [Answer.DONE, packer.pack(result)]
        except TooLarge as error:
            answer = [Answer.LIMIT, str(error)]
        except Exception as error:
            packer = Packer(self._foreign)
            answer = [Answer.RAISED, packer.pack(_describe(error))]
        self._channel.send(answer, packer.buffers)

    def call_out(self, target: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Have the judge call `target`, its own function or the reference's; return the result, or raise."""
        stdout = sys.stdout
        packer = Packer(self._foreign)
        self._channel.send([Answer.CALL_OUT, target, packer.pack((arguments, named))], packer.buffers)
        (kind, node), buffers = self.serve()
        sys.stdout = stdout
        unpacker = Unpacker(self._resolve, buffers)
        result = unpacker.unpack(node)
        if kind == Answer.DONE:
            return result
        name, text = result
        raise getattr(builtins, name, RuntimeError)(text)

    def _run(self, source: str, key: str, names: list[str]) -> Any:
        """Run a cell. Return what the names are bound to after it, and how it failed ("" if it did not)."""
        import matplotlib.pyplot as plt

        plt.close("all")  # what is open after this cell is its own
        failure = ""
        space = self._main.__dict__
        try:
            exec(_compiled(source, f"<{key}>"), space)
        except BaseException as error:  # sys.exit() and KeyboardInterrupt, too, end the cell alone
            failure = _failure(error, f"<{key}>")
        return {name: space[name] for name in names if name in space}, failure

    def _bind(self, bindings: dict[str, Any]) -> None:
        for name, value in bindings.items():
            stub = make_stub(name, value, self._main.__dict__, self.call_out)
            self._main.__dict__[name] = stub

    def _draw(self, figure: Any) -> Any:
        """Draw a figure, or the one that is open if it is None, into an array of pixels (height, width, 4)."""
        import matplotlib.pyplot as plt
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        if figure is None:
            if not plt.get_fignums():
                return None
            figure = plt.gcf()
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        return np.asarray(canvas.buffer_rgba())

    def _foreign(self, value: Any) -> list[Any]:
        """Return the node of a value that is not plain: a generator's state, or a handle of an object."""
        if type(value) is np.random.Generator and type(value.bit_generator) is np.random.PCG64:
            packer = Packer(self._foreign)
            return ["generator", *map(packer.pack, state_of(value))]
        number = self._handles.get(id(value))  # an id stays unique here: what has a handle is never freed
        if number is None:
            number = self._handles[id(value)] = len(self._objects)
            self._objects.append(value)
        name = getattr(value, "__name__", None)
        name = name if type(name) is str else ""
        return ["handle", number, callable(value), name[:80], type(value).__name__[:80]]

    def _resolve(self, node: list[Any]) -> Any:
        tag, number, *rest = node
        if tag == "handle":
            return self._objects[number]
        if tag == "generator":
            return self._generator(number, *rest)
        if tag == "ours":
            return self._callback(number, rest[0])
        raise LookupError(tag)

    def _callback(self, number: int, name: str) -> Callable[..., Any]:
        def callback(*arguments: Any, **named: Any) -> Any:
            return self.call_out(number, arguments, named)

        callback.__name__ = callback.__qualname__ = name
        return callback

    def _generator(self, number: int, *words: Any) -> np.random.Generator:
        """Return the generator of this number: it starts in the judge's state, and goes on by itself."""
        if number not in self._generators:
            unpacker = Unpacker(self._resolve, [])
            self._generators[number] = generator_in(*(unpacker.unpack(word) for word in words))
        return self._generators[number]


def _call(function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
    return function(*arguments, **named)


def serve(end: Any) -> None:
    """Serve one submission on this socket until the judge closes it."""
    np.random.seed()  # each fork would otherwise continue the zygote's one sequence
    try:
        Executor(Channel(end)).serve()
    except EOFError:
        return


def _snapshot(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.shape, value.tobytes() if not value.dtype.hasobject else value.ravel().tolist()
    return [*value.keys(), *value.values()] if isinstance(value, dict) else list(value)


def _changed(before: Any, value: Any) -> bool:
    after = _snapshot(value)
    if isinstance(value, np.ndarray):
        return bool(before != after)
    return len(before) != len(after) or any(old is not new for old, new in zip(before, after, strict=True))


def _compiled(source: str, filename: str) -> Any:
    try:
        return compile(source, filename, "exec", dont_inherit=True)
    except SyntaxError:
        lines = source.split("\n")
        if lines and lines[0].startswith("%%"):
            lines[0] = ""
        plain = "\n".join(_MAGIC.sub(r"\1pass", line) for line in lines)
        if plain == source:
            raise
    try:
        return compile(plain, filename, "exec", dont_inherit=True)  # without IPython's magics
    except SyntaxError:
        return compile(source, filename, "exec", dont_inherit=True)


def _describe(error: BaseException) -> tuple[str, str]:
    """Return the name of an exception's built-in base class, and its message."""
    base = next(kind for kind in type(error).__mro__ if kind.__module__ == "builtins")
    try:
        text = str(error)
    except BaseException:  # a student's own exception may fail at this, too
        text = ""
    return base.__name__, text[:LONGEST_MESSAGE] if type(text) is str else ""


def _failure(error: BaseException, filename: str) -> str:
    """Say how a cell failed, and in which of its lines."""
    base, text = _describe(error)
    line = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == filename:
            line = trace.tb_lineno
        trace = trace.tb_next
    return f"{base}: {text}" + (f" (line {line} of the cell)" if type(line) is int else "")
