"""Find a student's answers in a notebook whose cells may have been copied, split, retyped or stripped.

Only text is read. A cell is recognised by its `grade_id`, else its cell id, else the functions and classes it
defines; every guess is noted for a person to review.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from autograder.lesson.model import Exercise, same_text, settled

__all__ = ["Answers", "Cell", "find_answers"]

LONGEST_PARSED = 200_000  # characters; longer cells are taken as they are, never parsed


@dataclass(frozen=True)
class Cell:
    """The parts of a submission's cell that are read: its text, kind and ids."""

    source: str
    kind: str = "code"
    grade_id: str = ""
    cell_id: str = ""


BY_ID = "The answer cell had lost its metadata; found by cell id: {}."
BY_NAME = "No cell was marked as the answer; found by the name it defines: {}."
BY_PROMPT = "No cell was marked as the answer; found by the question in it: {}."
RETYPED = "The answer was in a cell of the wrong type; its text was used: {}."
SEVERAL = "Several cells held one answer; they were read together, in order: {}."
TAKEN_ALONG = "The answer uses a function from one of your own cells, which was included: {}."


@dataclass
class Answers:
    """Answers by exercise key, and the guesses that found them: sentence -> the keys it concerns."""

    by_key: dict[str, str] = field(default_factory=dict)
    guesses: dict[str, list[str]] = field(default_factory=dict)

    def guessed(self, sentence: str, key: str) -> None:
        """Note that `sentence`, a template for the keys, applies to `key`."""
        self.guesses.setdefault(sentence, []).append(key)

    @property
    def notes(self) -> tuple[str, ...]:
        """The guesses as sentences, keys filled in."""
        return tuple(sentence.format(", ".join(keys)) for sentence, keys in self.guesses.items())


@dataclass(frozen=True)
class ReleasedCells:
    """The names and texts of the released cells, the same for a whole class."""

    names: frozenset[str]
    texts: frozenset[str]  # raw and settled: most cells are handed in unchanged

    @classmethod
    def of(cls, cells: Iterable[Cell], exercises: Sequence[Exercise]) -> ReleasedCells:
        """Collect the names and texts of the release's `cells`."""
        kept = list(cells)
        names = {cell.grade_id for cell in kept} | {exercise.answer_id for exercise in exercises}
        texts = {text for cell in kept for text in (cell.source, settled(cell.source))}
        return cls(frozenset(names - {""}), frozenset(texts | {""}))


def find_answers(cells: Sequence[Cell], exercises: Sequence[Exercise], released: ReleasedCells) -> Answers:
    """Find the answer to each exercise; cells that were `released` as they are do not count."""
    found = Answers()
    for exercise in exercises:
        pieces = [cell.source for cell in _marked(cells, exercise, found)]
        if pieces:
            found.by_key[exercise.key] = _joined(exercise, pieces, found)
    loose = list(_loose(cells, released))
    code = [cell.source for cell in loose if cell.kind == "code"]
    _take_defined(found, code, exercises)
    _take_along(found, code, exercises)
    _take_prompted(found, [cell.source for cell in loose if cell.kind != "code"], exercises)
    return found


def _marked(cells: Sequence[Cell], exercise: Exercise, found: Answers) -> list[Cell]:
    """Collect an exercise's cells by `grade_id`, or by cell id if none carries it."""
    mine = [cell for cell in cells if cell.grade_id == exercise.answer_id]
    if not mine:
        mine = [cell for cell in cells if not cell.grade_id and cell.cell_id == exercise.answer_id]
        if mine:
            found.guessed(BY_ID, exercise.key)
    asked = "code" if exercise.kind == "code" else "markdown"
    if any(cell.kind != asked for cell in mine):
        found.guessed(RETYPED, exercise.key)
    return mine


def _joined(exercise: Exercise, pieces: list[str], found: Answers) -> str:
    """Join the cells of one answer in notebook order: copies and halves of a split cell alike."""
    written = [piece for piece in dict.fromkeys(pieces) if not same_text(piece, exercise.stub)]
    if len(pieces) > 1:
        found.guessed(SEVERAL, exercise.key)
    if len(written) < 2:
        return written[0] if written else exercise.stub
    joined = ("\n" if exercise.kind == "code" else "\n\n").join(written)
    if exercise.kind != "code" or _parse(joined) is not None:
        return joined
    whole = [piece for piece in written if _parse(piece) is not None]
    return whole[-1] if whole else joined


def _loose(cells: Sequence[Cell], released: ReleasedCells) -> Iterator[Cell]:
    """Yield the cells that the student added: neither answers nor released cells."""
    for cell in cells:
        ours = cell.grade_id in released.names
        if not cell.grade_id:
            known = cell.source in released.texts or settled(cell.source) in released.texts
            ours = known or cell.cell_id in released.names
        if not ours:
            yield cell


def _take_defined(found: Answers, loose: list[str], exercises: Sequence[Exercise]) -> None:
    """Give unanswered exercises what the student's own cells define under their names."""
    defined = [_definitions(source) for source in loose]
    for exercise in exercises:
        if exercise.kind != "code":
            continue
        answer = found.by_key.get(exercise.key)
        if answer is not None and not same_text(answer, exercise.stub):
            continue
        wanted = _subject(exercise)
        for definitions in reversed(defined):
            pieces = [text for name, text in definitions if name in wanted]
            if pieces:
                found.by_key[exercise.key] = "\n\n".join(dict.fromkeys(pieces))
                found.guessed(BY_NAME, exercise.key)
                break


def _take_along(found: Answers, loose: list[str], exercises: Sequence[Exercise]) -> None:
    """Prepend to each answer the functions and imports it uses from the student's own cells."""
    own: dict[str, str] = {}
    for source in loose:
        own.update((name, text) for name, text in _definitions(source) if "." not in name)
    if not own:
        return
    subjects = {name for exercise in exercises if exercise.kind == "code" for name in _subject(exercise)}
    for exercise in exercises:
        answer = found.by_key.get(exercise.key, "")
        if exercise.kind != "code" or not answer:
            continue
        taken = _needed(answer, {name: text for name, text in own.items() if name not in subjects})
        if taken:
            found.guessed(TAKEN_ALONG, exercise.key)
            found.by_key[exercise.key] = "\n\n".join([*dict.fromkeys(taken.values()), answer])


def _take_prompted(found: Answers, loose: list[str], exercises: Sequence[Exercise]) -> None:
    """Give unanswered written exercises the text cells that still hold their question."""
    for exercise in exercises:
        question = exercise.stub.strip().split("\n")[0].strip()
        if exercise.kind == "code" or exercise.key in found.by_key or not question:
            continue
        texts = [source for source in loose if question in source]
        if texts:
            found.by_key[exercise.key] = _joined(exercise, texts, found)
            found.guessed(BY_PROMPT, exercise.key)


def _needed(answer: str, own: Mapping[str, str]) -> dict[str, str]:
    """Pick from `own` what the answer uses but does not define, and what that uses in turn, dependencies first."""
    taken: dict[str, str] = {}
    defined = {name for name, _ in _definitions(answer)}
    todo = [answer]
    while todo:
        used = _globals_of(todo.pop())
        for name in sorted(used & own.keys() - defined - taken.keys()):
            taken = {name: own[name], **taken}
            todo.append(own[name])
    return taken


@lru_cache
def _subject(exercise: Exercise) -> set[str]:
    """Name what an exercise asks for: the methods of its class, else its functions."""
    names = {name for name, _ in _definitions(exercise.solution)}
    dotted = {name for name in names if "." in name}
    return dotted or (names & set(exercise.parameters)) or names & {exercise.key}


def _definitions(source: str) -> list[tuple[str, str]]:
    """List (name, text) of what a cell defines at top level: functions, classes, methods, imports, constants."""
    tree = _parse(source)
    if tree is None:
        return []
    found: list[tuple[str, str]] = []
    for node in tree.body:
        text = _text_of(source, node)
        found += [(name, text) for name in _names_of(node)]
    return found


def _globals_of(source: str) -> set[str]:
    """Name the globals that a cell reads, also in its functions; empty if it does not parse."""
    if _parse(source) is None:
        return set()
    names: set[str] = set()
    tables = [symtable.symtable(source, "answer", "exec")]
    while tables:
        table = tables.pop()
        top = table.get_type() == "module"
        names |= {
            each.get_name() for each in table.get_symbols() if each.is_referenced() and (top or each.is_global())
        }
        tables += table.get_children()
    return names


def _names_of(node: ast.stmt) -> Iterable[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return [node.name]
    if isinstance(node, ast.ClassDef):
        methods = [item.name for item in node.body if isinstance(item, ast.FunctionDef)]
        return [node.name, *(f"{node.name}.{method}" for method in methods)]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [(alias.asname or alias.name).split(".")[0] for alias in node.names]
    if isinstance(node, ast.Assign) and isinstance(node.value, (ast.Constant, ast.Lambda)):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def _text_of(source: str, node: ast.stmt) -> str:
    """Cut a statement, with its decorators, out of its cell."""
    first = min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", []))])
    return "\n".join(source.split("\n")[first - 1 : node.end_lineno])


def _parse(source: str) -> ast.Module | None:
    """Parse student text, which may be anything; None if it is not Python or too long."""
    if len(source) > LONGEST_PARSED:
        return None
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
