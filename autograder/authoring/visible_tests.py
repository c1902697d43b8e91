"""Add misconceptions to visible tests: what each wrong answer returns for the test's own example.

An author writes `expect(mse, y, y_pred).gives(5.0)`. The build runs the check's wrong answers on the same
arguments and writes the value of each, with its sentence, into the call.
"""

from __future__ import annotations

import ast
import contextlib
import io
import textwrap
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checking import Check
from autograder.checking.mistakes import COMMON
from autograder.lesson.source import Manuscript, ManuscriptCell
from course.testing.trial import Call
from course.testing.value import difference, snapshot

__all__ = ["with_misconceptions"]

MOST_NUMBERS = 12  # in a wrong value: more would fill the cell
WIDTH = 88
DIGITS = 8  # tests compare to 6; more would differ between processors


@dataclass(frozen=True)
class _Example:
    """One statement `expect(function, ...)[key].gives(expected)` of a test cell."""

    statement: ast.Expr
    call: ast.Call  # of `gives`
    expect: ast.Call
    keys: tuple[ast.expr, ...]


def with_misconceptions(manuscript: Manuscript, cell: ManuscriptCell, check: Check) -> str:
    """Return a test cell's source, with a table of wrong values in each example that lacks one.

    An example that needs the lesson's data, not only the cell's own names, stays as it is.
    """
    if not check.misconceptions:
        return cell.source
    names = _solved(manuscript, cell.name) | {"expect": _Unasked}
    edits: list[tuple[_Example, str]] = []
    told: set[str] = set()  # a cell stops at its first failure, so naming each misconception once is enough
    for statement in cell.tree.body:
        example = _example(statement, check.subject)
        try:
            if example is not None:
                edits.append((example, _table(example, check, names, told)))
            _execute(ast.Module([statement], []), names)
        except Exception:
            break  # it needs names from elsewhere in the lesson
    return _edited(cell.source, [(example, table) for example, table in edits if table])


class _Unasked:
    """Stands in for `expect` while a cell's other statements run."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Accept any arguments."""

    def __getitem__(self, key: Any) -> _Unasked:
        return self

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *arguments, **named: None


def _solved(manuscript: Manuscript, key: str) -> dict[str, Any]:
    """Return the names defined by the setup and the solutions up to exercise `key`."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in manuscript.cells:
        if cell.role in ("setup", "answer"):
            _execute(cell.tree, names)
        if (cell.role, cell.name) == ("answer", key):
            break
    return names


def _execute(tree: ast.Module, names: dict[str, Any]) -> None:
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        exec(compile(tree, "<test cell>", "exec"), names)


def _example(statement: ast.stmt, subject: str) -> _Example | None:
    match statement:
        case ast.Expr(ast.Call(func=ast.Attribute(value=made, attr="gives"), args=[_], keywords=[]) as call):
            keys: tuple[ast.expr, ...] = ()
            while isinstance(made, ast.Subscript):
                keys = (made.slice, *keys)
                made = made.value
            match made:
                case ast.Call(func=ast.Name(id="expect"), args=[ast.Name(id=name) | ast.Constant(name), *_]):
                    return _Example(statement, call, made, keys) if name == subject else None
    return None


def _table(example: _Example, check: Check, names: dict[str, Any], told: set[str]) -> str:
    """Return a line `"sentence": value,` for each misconception that this example is the first to show."""

    def value_of(node: ast.expr) -> Any:
        return eval(compile(ast.Expression(node), "<test cell>", "eval"), names)

    arguments = [value_of(node) for node in example.expect.args[1:]]
    named = {keyword.arg: value_of(keyword.value) for keyword in example.expect.keywords if keyword.arg}
    keys = [value_of(node) for node in example.keys]
    seen = [value_of(example.call.args[0])]
    lines = []
    for label, sentence in check.misconceptions.items():
        if label in told:
            continue
        if label in COMMON:
            told.add(label)
            lines.append(_entry(sentence, COMMON[label].visible))
            continue
        shown = []
        for wrong in check.wrong_answers.get(label, ()):
            call = Call(wrong, *snapshot(arguments), **snapshot(named))
            for key in keys:
                call = call[key]
            if call.error is None and call.changed and not difference(call.value, seen[0]):
                shown = [f"lambda call: call.changed == {call.changed!r}"]  # nothing else is wrong with it
                break
            literal = _literal(call.value) if call.error is None else None
            if literal is not None and all(difference(call.value, other) for other in seen):
                seen.append(call.value)
                shown.append(literal)
        if shown:
            told.add(label)
            lines.append(_entry(sentence, _any_of(shown)))
    return "\n".join(lines)


def _entry(sentence: str, value: str) -> str:
    """One entry of the table; a value for which the line has no room gets lines of its own."""
    entry = f"{_quoted(sentence)}: {value},"
    if max(map(len, entry.split("\n"))) <= WIDTH - 8:
        return entry
    return f"{_quoted(sentence)}: (\n{textwrap.indent(value, '    ')}\n),"


def _any_of(shown: Sequence[str]) -> str:
    """One wrong value as it is, several in a call with a line for each."""
    if len(shown) == 1:
        return shown[0]
    return "expect.any_of(\n" + "".join(f"    {value},\n" for value in shown) + ")"


def _quoted(sentence: str) -> str:
    """Return a sentence as a string literal, split to fit the width of a cell."""
    pieces = textwrap.wrap(sentence, WIDTH - 20)
    pieces = [*(piece + " " for piece in pieces[:-1]), pieces[-1]]
    return "\n".join('"' + piece.replace("\\", "\\\\").replace('"', '\\"') + '"' for piece in pieces)


def _count(value: Any) -> int:
    """Return how many numbers a value holds, counted item by item since shapes may differ."""
    return sum(map(_count, value)) if isinstance(value, (list, tuple)) else int(np.size(value))


def _literal(value: Any) -> str | None:
    """Return a value as Python source; None if it is too long or has no literal form."""
    if _count(value) > MOST_NUMBERS:
        return None
    if isinstance(value, np.ndarray):
        return f"np.array({_literal(value.tolist())})" if value.dtype.kind in "fiu" and value.size else None
    if isinstance(value, (bool, int, str)) or value is None:
        return repr(value)
    if isinstance(value, (float, np.floating)):
        return repr(float(f"{float(value):.{DIGITS}g}")) if np.isfinite(value) else None
    if isinstance(value, (list, tuple)):
        items = [_literal(item) for item in value]
        if any(item is None for item in items):
            return None
        inside = ", ".join(filter(None, items)) + ("," if isinstance(value, tuple) and len(value) == 1 else "")
        return f"[{inside}]" if isinstance(value, list) else f"({inside})"
    return None


def _edited(source: str, edits: list[tuple[_Example, str]]) -> str:
    lines = source.split("\n")
    for example, table in reversed(edits):
        made = ast.get_source_segment(source, example.call.func)
        expected = ast.get_source_segment(source, example.call.args[0])
        inside = textwrap.indent(table, " " * 8)
        text = f"{made}(\n    {expected},\n    {{\n{inside}\n    }},\n)"
        lines[example.statement.lineno - 1 : example.statement.end_lineno] = text.split("\n")
    return "\n".join(lines)
