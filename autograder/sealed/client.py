"""The judge's client of one child: send requests, wait within limits, and accept nothing but values.

Every byte that comes back is hostile until it has been read as a plain value. When a child breaks a limit, dies or
answers nonsense, the client raises `OutOfLimits`, which no check can swallow.
"""

from __future__ import annotations

import contextlib
import select
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from autograder.sealed.inside.channel import Channel, ProtocolError
from autograder.sealed.inside.protocol import Answer, Request
from autograder.sealed.inside.rng_state import generator_in, state_of
from autograder.sealed.inside.wire import Packer, Unpacker, is_plain

from .errors import LONGEST_MESSAGE, base_of, clean, describe_exit, student_error
from .limits import Meter, OutOfLimits
from .proxy import Proxy, make_proxy, number_of
from .sandbox import Child

__all__ = ["Client", "Passthrough"]

DEEPEST_CALL = 40  # calls within calls, in and out: each takes a dozen frames of the judge's own stack

Callback = Callable[..., Any]
Passthrough = Callable[[Any, Sequence[Any]], tuple[str, Any, Sequence[Any]]]  # a call, as it comes -> its answer


class Client:
    """Requests to one child, and answers to its calls. `meter` is that of the exercise under judgement.

    `stubs` are what the child may call by name, in place of earlier answers that were wrong; `relays` are the
    same for calls with plain values, which pass through unread. `figures` are the figures that came back.
    """

    def __init__(self, child: Child, meter: Meter) -> None:
        self.child = child
        self.stubs: dict[tuple[str, str], Callback] = {}
        self.relays: dict[tuple[str, str], Passthrough] = {}
        self.figures: list[Proxy] = []
        self.meter = meter
        self._poll = select.poll()
        self._poll.register(child.pidfd, select.POLLIN)
        self._poll.register(child.end, select.POLLIN)
        self._channel = Channel(child.end, self._wait)
        self._proxies: dict[int, Proxy] = {}
        self._functions: list[Callback] = []
        self._generators: list[np.random.Generator] = []  # that were sent, by number
        self._depth = 0
        meter.watch(child)

    def use(self, meter: Meter) -> None:
        """Count against this meter from now on."""
        self.meter = meter
        meter.watch(self.child)

    def run(self, source: str, key: str, names: tuple[str, ...]) -> tuple[dict[str, Any], str, str]:
        """Run a cell. Return what the names are bound to after it, what it printed, and its error ("" if none)."""
        result, printed = self._ask(Request.RUN, [source, key, list(names)])
        if not (type(result) is tuple and len(result) == 2 and type(result[0]) is dict and type(result[1]) is str):
            raise OutOfLimits("what came back from it cannot be read")
        return (
            {name: result[0][name] for name in names if name in result[0]},
            printed,
            clean(result[1])[:LONGEST_MESSAGE],
        )

    def operate(self, operation: str, *operands: Any) -> Any:
        """Have the child do one operation on behalf of a proxy; return its result, or raise its exception."""
        result, printed = self._ask(Request.OPERATE, [operation], operands)
        if printed:
            sys.stdout.write(printed)
        return result

    def bind(self, bindings: dict[str, Any]) -> None:
        """Bind names in the child to stubs (see `stub.make_stub`)."""
        self._ask(Request.BIND, [], bindings)

    def answer(
        self, target: Any, method: bool, node: Any, buffers: Sequence[Any]
    ) -> tuple[str, Any, Sequence[Any]]:
        """Call a function, or a `method` of a class, for a stub in another child; return the answer unread.

        Both children are sealed, and plain values mean the same in each, so there is nothing to read here.
        Thousands of such calls occur in one exercise; unpacking them here would take most of its time.
        """
        self.meter.left()
        try:
            self._channel.send([Request.ORIGINAL, self._foreign(target), method, node], buffers)
            head, answered = self._channel.receive()
            self.meter.count(sum(map(len, answered)))
            with _reading():
                outcome, answer = head
        except EOFError:
            raise _gone(self.child) from None
        except ProtocolError:
            raise OutOfLimits("what came back from it cannot be read") from None
        if outcome == Answer.LIMIT:
            raise OutOfLimits(f"what it hands over cannot pass: {clean(answer)}"[:LONGEST_MESSAGE])
        if outcome not in (Answer.DONE, Answer.RAISED) or not is_plain(answer):
            raise TypeError("an earlier answer gives what cannot pass")
        return outcome, answer, answered

    def draw(self, figure: Proxy | None) -> np.ndarray[Any, Any] | None:
        """Draw a figure, or the open one, as uint8 pixels of shape (height, width, 4); None if there is none."""
        pixels, _ = self._ask(Request.DRAW, [], figure)
        if (
            isinstance(pixels, np.ndarray)
            and pixels.ndim == 3
            and pixels.shape[2] == 4
            and pixels.dtype == np.uint8
        ):
            return pixels
        return None

    def _ask(self, verb: Request, plain: list[Any], *values: Any) -> tuple[Any, str]:
        """Send one request and read its answer. Return the result, and what was printed meanwhile."""
        if self._depth >= DEEPEST_CALL:
            raise OutOfLimits("its calls are nested too deeply")
        packer = Packer(self._foreign)
        nodes = [packer.pack(value) for value in values]
        self._depth += 1
        try:
            self._channel.send([verb, *plain, *nodes], packer.buffers)
            kind, printed, result = self._answer(packer.objects)
        except EOFError:
            raise _gone(self.child) from None
        except ProtocolError:
            raise OutOfLimits("what came back from it cannot be read") from None
        finally:
            self._depth -= 1
        if kind == Answer.LIMIT:
            raise OutOfLimits(f"what it hands over cannot pass: {clean(result)}"[:LONGEST_MESSAGE])
        if kind == Answer.RAISED:
            if printed:
                sys.stdout.write(printed)
            error = student_error(result)
            self.meter.out_of_memory |= isinstance(error, MemoryError)
            raise error
        return result, printed

    def _answer(self, objects: list[Any]) -> tuple[str, str, Any]:
        """Answer calls until the answer comes. Return its kind, what was printed, and the result."""
        while True:
            head, buffers = self._channel.receive()
            self.meter.count(sum(map(len, buffers)))
            if type(head) is list and head and head[0] == Answer.CALL_OUT:
                self._call_out(head, buffers)
                continue
            with _reading():
                return self._read(head, buffers, objects)

    def _read(self, head: Any, buffers: list[bytearray], objects: list[Any]) -> tuple[str, str, Any]:
        kind, printed, changes, node = head
        unpacker = Unpacker(self._resolve, buffers, objects)
        for place, content in changes:
            _change(objects[place], unpacker.content(content))
        return str(kind), clean(printed), unpacker.unpack(node)

    def _call_out(self, head: list[Any], buffers: list[bytearray]) -> None:
        """Call one of our functions, or what a stub stands for, on behalf of the child."""
        with _reading():
            _, target, node = head
            relay = self.relays.get((target[0], target[1])) if type(target) is list and is_plain(node) else None
        if relay is not None:
            self._pass_on(relay, node, buffers)
            return
        with _reading():
            arguments, named = Unpacker(self._resolve, buffers).unpack(node)
            function = self._function(target)
            if type(arguments) is not tuple or {type(key) for key in named} - {str}:
                raise ProtocolError("invalid call")
        packer = Packer(self._foreign)
        try:
            kind, node = Answer.DONE, packer.pack(function(*arguments, **named))
        except (Exception, SystemExit) as error:
            packer = Packer(self._foreign)
            kind, node = Answer.RAISED, packer.pack((base_of(error), str(error)[:LONGEST_MESSAGE]))
        self._channel.send([Request.REPLY, kind, node], packer.buffers)

    def _pass_on(self, relay: Passthrough, node: Any, buffers: Sequence[Any]) -> None:
        try:
            outcome, answer, answered = relay(node, buffers)
        except TypeError as error:
            outcome, answer, answered = Answer.RAISED, ["tuple", "TypeError", str(error)], []
        self._channel.send([Request.REPLY, outcome, answer], answered)

    def _function(self, target: Any) -> Callback:
        if type(target) is int and 0 <= target < len(self._functions):
            return self._functions[target]
        if type(target) is list and len(target) == 2 and all(type(part) is str for part in target):
            stub = self.stubs.get((target[0], target[1]))
            if stub is not None:
                return stub
        # Only what the judge has handed out: the child must not name any other function of this process.
        raise ProtocolError("a call of what it was not given")

    def _foreign(self, value: Any) -> list[Any]:
        """Return the node of a value that is not plain: a child's object, a generator, a function of ours."""
        if isinstance(value, Proxy) and (number := number_of(value, self)) is not None:
            return ["handle", number]
        if isinstance(value, np.random.Generator):
            return self._generator(value)
        if callable(value):
            known = [place for place, each in enumerate(self._functions) if each is value]
            if not known:
                self._functions.append(value)
            place = known[0] if known else len(self._functions) - 1
            return ["ours", place, str(getattr(value, "__name__", "function"))]
        # Refused on purpose: an object of ours would be a handle on the judge.
        raise TypeError(f"a check may not hand over a {type(value).__name__}")

    def _generator(self, generator: np.random.Generator) -> list[Any]:
        if not isinstance(generator.bit_generator, np.random.PCG64):
            raise TypeError(f"a check may not hand over a generator over {type(generator.bit_generator).__name__}")
        number = next((place for place, each in enumerate(self._generators) if each is generator), None)
        if number is None:
            number = len(self._generators)
            self._generators.append(generator)
        packer = Packer(self._foreign)
        return ["generator", number, *map(packer.pack, state_of(generator))]

    def _resolve(self, node: list[Any]) -> Proxy | np.random.Generator:
        """Return the proxy of a child's object, one for each object; for a generator, return a copy."""
        if node[0] == "generator":
            unpacker = Unpacker(self._resolve, [])
            return generator_in(*(unpacker.unpack(word) for word in node[1:]))
        tag, number, calls, name, kind = node
        if tag != "handle" or type(number) is not int or type(name) is not str or type(kind) is not str:
            raise ProtocolError("invalid handle")
        proxy = self._proxies.get(number)
        if proxy is None:
            proxy = self._proxies[number] = make_proxy(self, number, calls is True, name, kind)
            if kind == "Figure":
                self.figures.append(proxy)
        return proxy

    def _wait(self, writing: bool) -> None:
        """Wait until the socket is ready, or raise when a limit is reached or the child is gone."""
        self._poll.modify(self.child.end, select.POLLOUT if writing else select.POLLIN)
        while True:
            left = self.meter.left()
            ready = self._poll.poll(left * 1000)
            if any(descriptor == self.child.end.fileno() for descriptor, _ in ready):
                return
            if ready:
                raise EOFError("the child is gone")


@contextlib.contextmanager
def _reading() -> Iterator[None]:
    """Turn whatever goes wrong while a message is read into a `ProtocolError`: the message is to blame."""
    try:
        yield
    except (TypeError, ValueError, LookupError, AttributeError, OverflowError, MemoryError) as error:
        raise ProtocolError("a message cannot be read") from error


def _change(ours: Any, now: Any) -> None:
    """Change our argument as the child's function has changed its copy: in place, and never in kind or size."""
    if isinstance(ours, np.ndarray) and isinstance(now, np.ndarray):
        if ours.dtype != now.dtype or ours.size != now.size:
            raise ProtocolError("an argument of another size")
        if ours.shape != now.shape:
            ours.shape = now.shape
        ours[...] = now
    elif isinstance(ours, list) and isinstance(now, list):
        ours[:] = now
    elif isinstance(ours, dict) and isinstance(now, dict):
        ours.clear()
        ours.update(now)
    else:
        raise ProtocolError("mismatched update")


def _gone(child: Child) -> OutOfLimits:
    """Say how a child ended that was not told to."""
    ending = child.kill()
    return OutOfLimits(describe_exit(ending.signal, ending.code), zygote_died=child.zygote_died)
