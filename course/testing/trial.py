"""Try a student's function: call it once, guarded, and report what was called, returned and expected.

A `Call` makes the call; its `gives`, `satisfies` and `raises` turn it into a `Finding`. The visible tests of a
notebook raise on a failed finding (`expect`); the hidden checks collect findings into a verdict.
"""

from __future__ import annotations

import contextlib
import copy
import io
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np

from .value import difference, same_bits, show_value, snapshot

__all__ = ["Call", "Finding", "Mismatch", "expect"]

# Maps an id or a sentence to the value that the mistake gives, or to a test of the call. A function that returns
# such a mapping is called only if the trial fails.
Mistakes = Mapping[str, Any] | Callable[[], Mapping[str, Any]]
Resembles = Callable[[str], bool | None]


@dataclass(frozen=True)
class Finding:
    """What one trial showed.

    `called`, `got` and `expected` say it in words, and `shows` holds, for each mistake that the trial tests,
    whether the result looks like it; all are empty if the trial passed. `resembles` answers the same for a mistake
    that the trial does not test, or None if it cannot tell. `part` names the share of the points that depends on
    this finding. `attempted` is false if the function is still the stub.
    """

    ok: bool
    called: str = ""
    got: str = ""
    expected: str = ""
    shows: dict[str, bool] = field(default_factory=dict)
    part: str = ""
    attempted: bool = True
    resembles: Resembles = field(default=lambda label: None, compare=False, repr=False)


class Call:
    """One guarded call of a student's function; an exception is a result like any other.

    `value` is what it returned (None if it raised), `error` the exception or None, `printed` what it wrote to
    standard output, and `changed` the positions and names of the arguments that it changed. `given` holds copies
    of the arguments by position and name, `path` the keys that led to an item of the result. Warnings are
    silenced, since they are not failures.
    """

    def __init__(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> None:
        self.function = function
        self.name = getattr(function, "__name__", "the function")
        self.value: Any = None
        self.error: BaseException | None = None
        given: dict[int | str, Any] = dict([*enumerate(arguments), *named.items()])
        before = {place: snapshot(item) for place, item in given.items()}
        self.given = before
        self.path: tuple[Any, ...] = ()
        self._words: Callable[[], str] = lambda: f"{self.name}({_show_arguments(before)})"
        output = io.StringIO()
        with (
            _no_figure_left(),
            contextlib.redirect_stdout(output),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            try:
                self.value = function(*arguments, **named)
            except (Exception, SystemExit) as error:
                self.error = error
        self.printed = output.getvalue()
        self.changed = tuple(place for place, item in given.items() if not same_bits(item, before[place]))

    @property
    def called(self) -> str:
        """The call in words, with the arguments as they were before it.

        Computed on demand, since most calls pass and need no words.
        """
        return self._words()

    @called.setter
    def called(self, words: str) -> None:
        self._words = lambda: words

    def __getitem__(self, key: Any) -> Self:
        """Return this call with one item of its value as the value: `call["loss"].gives(...)`.

        A missing item becomes the error of the call, as if the function had raised it.
        """
        item = copy.copy(self)
        item._words = lambda: f"{self.called}[{key!r}]"
        item.path = (*self.path, key)
        if self.error is None:
            try:
                item.value = self.value[key]
            except Exception as error:
                item.value, item.error = None, error
        return item

    def gives(
        self,
        expected: Any,
        mistakes: Mistakes | None = None,
        *,
        rtol: float = 1e-6,
        atol: float = 1e-12,
        part: str = "",
    ) -> Finding:
        """Test whether the call returned `expected` and left its arguments unchanged.

        A mistake is a value, compared as `expected` is (see `difference`), or a test of the call, such as
        `lambda call: call.changed`.
        """
        reason = "" if self.error is not None else difference(self.value, expected, rtol, atol)
        ok = self.error is None and not reason and not self.changed

        def looks_like(mistake: Any) -> bool:
            if callable(mistake):
                return _holds(mistake, self)
            return self.error is None and not difference(self.value, mistake, rtol, atol)

        return self._finding(ok, lambda: show_value(expected), reason, mistakes, looks_like, part)

    def satisfies(
        self,
        condition: bool | Callable[[Any], bool],
        expected: str,
        mistakes: Mistakes | None = None,
        *,
        part: str = "",
        may_change: bool = False,
    ) -> Finding:
        """Test whether `condition` holds for the value; `expected` states it in words.

        A condition that raises does not hold, since a value of the wrong kind is the student's mistake. Changed
        arguments fail the trial unless `may_change`.
        """
        ok = self.error is None and _holds(condition, self.value) and (may_change or not self.changed)

        def looks_like(mistake: Any) -> bool:
            return _holds(mistake, self) if callable(mistake) else bool(mistake)

        return self._finding(ok, lambda: expected, "", mistakes, looks_like, part)

    def raises(self, error_type: type[Exception], mistakes: Mistakes | None = None, *, part: str = "") -> Finding:
        """Test whether the call raised `error_type`, as the exercise asks."""
        ok = isinstance(self.error, error_type)

        def looks_like(mistake: Any) -> bool:
            return _holds(mistake, self) if callable(mistake) else not difference(self.value, mistake)

        return self._finding(ok, lambda: f"a {error_type.__name__}", "", mistakes, looks_like, part)

    def _finding(
        self,
        ok: bool,
        expected: Callable[[], str],
        reason: str,
        mistakes: Mistakes | None,
        looks_like: Callable[[Any], bool],
        part: str,
    ) -> Finding:
        if ok:
            return Finding(True, part=part)
        named = mistakes() if callable(mistakes) else mistakes or {}
        shows = {label: looks_like(mistake) for label, mistake in named.items()}
        attempted = not isinstance(self.error, NotImplementedError)
        return Finding(
            False, self.called, self._came_back(reason), expected(), shows, part, attempted, self.resembles
        )

    def resembles(self, label: str) -> bool | None:
        """Return whether the call looks like another mistake; None here, as a notebook knows no others."""
        return None

    def _came_back(self, reason: str) -> str:
        if self.error is not None:
            message = str(self.error)
            return f"{type(self.error).__name__}: {message[:200]}" if message else type(self.error).__name__
        text = show_value(self.value)
        if self.changed:
            text += " (and an argument was changed)"
        return f"{text} ({reason})" if reason and not reason.startswith("another") else text


@contextlib.contextmanager
def _no_figure_left() -> Iterator[None]:
    """Close figures that pyplot opens within the block: a notebook would show each without alt text."""
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    before = pyplot.get_fignums() if pyplot else []
    try:
        yield
    finally:
        for number in pyplot.get_fignums() if pyplot else []:
            if number not in before:
                pyplot.close(number)


def _holds(condition: bool | Callable[[Any], bool], value: Any) -> bool:
    if not callable(condition):
        return bool(condition)
    try:
        return bool(condition(value))
    except Exception:
        return False


def _show_arguments(given: Mapping[int | str, Any]) -> str:
    return ", ".join(
        show_value(item) if isinstance(place, int) else f"{place}={show_value(item)}"
        for place, item in given.items()
    )


class Mismatch(AssertionError):
    """A visible test that failed.

    IPython shows the message without a traceback, which would show our code and not the student's.
    """

    def _render_traceback_(self) -> list[str]:
        return f"✗ {self}".split("\n")


def _unwritten(name: str) -> Callable[..., Any]:
    def unwritten(*arguments: Any, **named: Any) -> Any:
        raise NotImplementedError

    unwritten.__name__ = name
    return unwritten


class expect:
    """Test a student's function in a notebook: print a line if it passes, raise a `Mismatch` that explains if not.

    `expect(mse, y, y_pred).gives(2.0, {"That is the sum; the mean divides by n.": 4.0})`

    Pass the function's name instead if the student writes the whole cell, since it may not exist yet.
    """

    def __init__(self, function: Callable[..., Any] | str, /, *arguments: Any, **named: Any) -> None:
        if isinstance(function, str):
            # The name is looked up where the notebook calls `expect`: its namespace, not this module's.
            function = sys._getframe(1).f_globals.get(function) or _unwritten(function)
        self._call = Call(function, *arguments, **named)

    def __getitem__(self, key: Any) -> expect:
        """Test one item of the result: `expect(train, X, y, 0.1, 2)["loss"].gives([17.0, 1.685])`."""
        item = copy.copy(self)
        item._call = self._call[key]
        return item

    @staticmethod
    def any_of(*values: Any) -> Callable[[Call], bool]:
        """Return an entry of `mistakes` for a mistake that gives one of several values."""
        return lambda call: any(not difference(call.value, value) for value in values)

    def gives(
        self,
        expected: Any,
        mistakes: Mistakes | None = None,
        rtol: float = 1e-6,
        atol: float = 1e-12,
    ) -> None:
        """Pass if the call returned `expected`; a key of `mistakes` is the sentence for that wrong value."""
        self._report(self._call.gives(expected, mistakes, rtol=rtol, atol=atol), show_value(expected))

    def satisfies(
        self, condition: bool | Callable[[Any], bool], expected: str, mistakes: Mistakes | None = None
    ) -> None:
        """Pass if `condition` holds for the result; `expected` states it in words."""
        self._report(self._call.satisfies(condition, expected, mistakes), expected)

    def raises(self, error_type: type[Exception], mistakes: Mistakes | None = None) -> None:
        """Pass if the call raised `error_type`."""
        self._report(self._call.raises(error_type, mistakes), f"a {error_type.__name__}")

    def _report(self, finding: Finding, expected: str) -> None:
        if not finding.attempted:
            raise Mismatch(f"{self._call.name} is not written yet: fill in the cell above and run it.")
        if finding.ok:
            print(f"✓ {self._call.called} gives {expected}")
            return
        verb = "raised" if self._call.error is not None else "returned"
        lines = [f"{finding.called}", f"  {verb}  {finding.got}", f"  expected  {finding.expected}"]
        recognised = next((sentence for sentence, shown in finding.shows.items() if shown), None)
        raise Mismatch("\n".join(lines + ([f"  → {recognised}"] if recognised else [])))
