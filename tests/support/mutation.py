"""Small changes to a right answer: what a slip of the hand or of the mind makes of it.

`python -m tests.support.surviving_mutants 01-first-descent [key ...]` lists every mutant of a
right answer in the bank that gets full marks although it behaves otherwise. `tests/lessons/test_mutants.py` runs a
sample of them.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

__all__ = ["Mutant", "mutants"]

OPPOSITES: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.MatMult: ast.Mult,
}
NEIGHBOURS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
TWINS = {"mean": "sum", "sum": "mean", "ones": "zeros", "zeros": "ones", "ones_like": "zeros_like"}
TWINS |= {"append": "insert", "std": "var", "var": "std", "argmin": "argmax", "min": "max", "max": "min"}


@dataclass(frozen=True)
class Mutant:
    """A changed answer. `change` names it within its exercise: the line before and after."""

    source: str
    change: str


@dataclass(frozen=True)
class Slot:
    """A place in the syntax tree where another node can be put."""

    parent: ast.AST
    field: str
    index: int | None

    def get(self) -> ast.AST:
        value = getattr(self.parent, self.field)
        node: ast.AST = value if self.index is None else value[self.index]
        return node

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def mutants(source: str) -> Iterator[Mutant]:
    """Give every mutant of an answer, each with one change, none twice, in the order of the text."""
    tree = ast.parse(source)
    original = ast.unparse(tree)
    seen = {original}
    for slot in list(_slots(tree)):
        node = slot.get()
        for changed in _changes(node, slot, tree):
            slot.put(changed)
            text = ast.unparse(ast.fix_missing_locations(tree))
            slot.put(node)
            if text not in seen:
                seen.add(text)
                yield Mutant(text, _change(original, text))


def _slots(tree: ast.AST) -> Iterator[Slot]:
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, ast.AST):
                yield Slot(parent, field, None)
            elif isinstance(value, list):
                yield from (
                    Slot(parent, field, index) for index, item in enumerate(value) if isinstance(item, ast.AST)
                )


def _change(before: str, after: str) -> str:
    old, new = before.split("\n"), after.split("\n")
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    told = [" ⏎ ".join(line.strip() for line in lines) or "nothing" for lines in (old, new)]
    return " → ".join(told)


def _changes(node: ast.AST, slot: Slot, tree: ast.AST) -> Iterator[ast.AST]:
    for kind, change in CHANGES.items():
        if isinstance(node, kind):
            yield from change(node)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        names = [name for name in _names_around(node, tree) if name != node.id]
        yield from (ast.Name(name, ast.Load()) for name in names)
    is_docstring = isinstance(getattr(node, "value", None), ast.Constant)
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.For, ast.If)) and not is_docstring:
        yield ast.Pass()


def _names_around(node: ast.Name, tree: ast.AST) -> list[str]:
    """The parameters of the function in which a name is used, if the name is one of them."""
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.Lambda)) and node in ast.walk(function):
            parameters = [argument.arg for argument in function.args.args]
            if node.id in parameters:
                return parameters
    return []


def _operation(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in OPPOSITES:
        yield ast.BinOp(node.left, OPPOSITES[type(node.op)](), node.right)
    yield node.left
    yield node.right
    if not isinstance(node.op, (ast.Add, ast.Mult)):
        yield ast.BinOp(node.right, node.op, node.left)


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, (int, float)):
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)
        yield ast.Constant(node.value * 2)


def _call(node: ast.Call) -> Iterator[ast.AST]:
    for index in range(len(node.args) - 1):
        first, second = node.args[index : index + 2]
        yield ast.Call(node.func, [*node.args[:index], second, first, *node.args[index + 2 :]], node.keywords)
    if len(node.args) == 1 and not isinstance(node.args[0], (ast.Starred, ast.GeneratorExp)):
        yield node.args[0]
    if len(node.args) > 1:
        yield ast.Call(node.func, node.args[:-1], node.keywords)
    for index in range(len(node.keywords)):
        yield ast.Call(node.func, node.args, [*node.keywords[:index], *node.keywords[index + 1 :]])
    if isinstance(node.func, ast.Name) and node.func.id == "range":
        last = node.args[-1 if len(node.args) < 3 else 1]
        yield ast.Call(node.func, [*node.args[:-1], ast.BinOp(last, ast.Sub(), ast.Constant(1))], [])
        yield ast.Call(node.func, [*node.args[:-1], ast.BinOp(last, ast.Add(), ast.Constant(1))], [])
        if len(node.args) == 1:
            yield ast.Call(node.func, [ast.Constant(1), *node.args], [])


def _attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr in TWINS:
        yield ast.Attribute(node.value, TWINS[node.attr], node.ctx)
    if node.attr == "T":
        yield node.value


def _pairs(node: ast.Tuple | ast.List) -> Iterator[ast.AST]:
    if not isinstance(node.ctx, ast.Load):
        return
    for index in range(len(node.elts) - 1):
        first, second = node.elts[index : index + 2]
        yield type(node)([*node.elts[:index], second, first, *node.elts[index + 2 :]], node.ctx)


def _dict(node: ast.Dict) -> Iterator[ast.AST]:
    for index in range(len(node.values) - 1):
        first, second = node.values[index : index + 2]
        yield ast.Dict(node.keys, [*node.values[:index], second, first, *node.values[index + 2 :]])


def _comparison(node: ast.Compare) -> Iterator[ast.AST]:
    if type(node.ops[0]) in NEIGHBOURS:
        yield ast.Compare(node.left, [NEIGHBOURS[type(node.ops[0])](), *node.ops[1:]], node.comparators)


def _unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


def _augmented(node: ast.AugAssign) -> Iterator[ast.AST]:
    if type(node.op) in OPPOSITES:
        yield ast.AugAssign(node.target, OPPOSITES[type(node.op)](), node.value)
    value = ast.Name(node.target.id, ast.Load()) if isinstance(node.target, ast.Name) else None
    if value is not None:
        yield ast.Assign([node.target], node.value)


def _condition(node: ast.If) -> Iterator[ast.AST]:
    yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)


CHANGES: dict[type[ast.AST], Callable[..., Iterator[ast.AST]]] = {
    ast.BinOp: _operation,
    ast.Constant: _constant,
    ast.Call: _call,
    ast.Attribute: _attribute,
    ast.Tuple: _pairs,
    ast.List: _pairs,
    ast.Dict: _dict,
    ast.Compare: _comparison,
    ast.UnaryOp: _unary,
    ast.AugAssign: _augmented,
    ast.If: _condition,
}
