"""What must hold for a lesson, one proof each. A proof yields None for what holds, a problem for what does not."""

from __future__ import annotations

import ast
import json
import secrets
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.checking.check import unknown_names
from autograder.checking.mistakes import COMMON
from autograder.gradebook.release import released_text
from autograder.lesson.model import Lesson, lesson_names
from autograder.lesson.source import Manuscript, read_manuscript
from autograder.records.problem import Problem
from autograder.records.verdict import Outcome, Verdict

from .answer_files import AnswerFile, judge_here, read_answers
from .build import Built, build
from .leaks import leaks_in_files, leaks_in_notebook, leaks_in_page, secret_lines
from .package import unexpected_files, write_package

__all__ = ["PROOFS", "Proof", "Subject"]

CELL_SECONDS, LESSON_SECONDS, STYLES = 5.0, 30.0, 4


@dataclass(frozen=True)
class Subject:
    """A lesson under proof, whose costly parts are made once.

    `release` is the text of a students' notebook that is not written yet, and replaces the one on disk.
    """

    course_dir: Path
    name: str
    release: str | None = None

    @cached_property
    def manuscript(self) -> Manuscript:
        """The lesson's source."""
        return read_manuscript(self.course_dir / "source" / self.name / f"{self.name}.py")

    @cached_property
    def built(self) -> Built:
        """A fresh build of the solution notebook."""
        return build(self.course_dir, self.name)

    @cached_property
    def lesson(self) -> Lesson:
        """The model, from the notebooks on disk."""
        return Lesson.load(self.course_dir, self.name, json.loads(self.release) if self.release else None)

    @cached_property
    def answers(self) -> list[AnswerFile]:
        """The bank of answers, by key and name."""
        return read_answers(self.course_dir, self.name)

    @property
    def released(self) -> Path:
        """The path of the students' notebook."""
        return self.course_dir / "release" / self.name / f"{self.name}.ipynb"

    def judge(self, key: str, source: str) -> tuple[Verdict, int]:
        """Judge an answer on fresh inputs; return the seed too, to reproduce a failure."""
        seed = secrets.randbits(32)
        return judge_here(self.lesson, key, source, seed), seed


Proof = Callable[[Subject], Iterator[Problem | None]]  # None for each item that holds


def fresh(subject: Subject) -> Iterator[Problem | None]:
    """A rebuild gives the same bytes."""
    cure = "run `autograder release` and commit what it writes"
    source = subject.course_dir / "source" / subject.name / f"{subject.name}.ipynb"
    built = source.is_file() and source.read_text(encoding="utf-8") == subject.built.text
    yield None if built else Problem(_shown(subject, source), "it differs from a build of its source", cure)
    if not built:
        return  # a release of the stale notebook proves nothing
    text = released_text(subject.course_dir, subject.name)
    same = subject.released.is_file() and subject.released.read_text(encoding="utf-8") == text
    yield (
        None
        if same
        else Problem(_shown(subject, subject.released), "it differs from a release of its source", cure)
    )


def quick(subject: Subject) -> Iterator[Problem | None]:
    """No cell takes more than 5 s of processor time, and the notebook no more than 30 s."""
    for identity, seconds in subject.built.seconds.items():
        slow = Problem(
            f"{subject.name} ({identity})", f"it takes {seconds:.1f} s of processor time", "make its work smaller"
        )
        yield slow if seconds > CELL_SECONDS else None
    total = sum(subject.built.seconds.values())
    slow = Problem(
        subject.name, f"it takes {total:.0f} s of processor time", f"a lesson may take {LESSON_SECONDS:g} s"
    )
    yield slow if total > LESSON_SECONDS else None


def complete(subject: Subject) -> Iterator[Problem | None]:
    """A lesson has a title, and ends by listing what the student's file still lacks."""
    texts = [cell for cell in subject.manuscript.cells if cell.kind == "markdown"]
    titled = any(cell.source.startswith("# ") for cell in texts)
    code = [cell for cell in subject.manuscript.cells if cell.kind == "code"]
    asks = any(ast.unparse(call.func) == "ready" for cell in code for call in _calls(cell.source))
    name = subject.manuscript.file.name
    begun = [call.args[0] for cell in code for call in _calls(cell.source) if ast.unparse(call.func) == "begin"]
    for other in begun:
        if isinstance(other, ast.Constant) and other.value != subject.name:
            yield Problem(name, f"it begins as {other.value!r}", f'write begin("{subject.name}")')
    untitled = Problem(name, "the lesson has no title", "begin with a text cell: # Lesson 7 · Its name")
    yield None if titled else untitled
    cure = "end with a cell that imports ready from course and calls ready()"
    silent = Problem(name, "it does not list what a student's file lacks", cure)
    yield None if asks else silent


def untouched_earns_nothing(subject: Subject) -> Iterator[Problem | None]:
    """Every stub, as released, earns 0."""
    for exercise in subject.lesson.code:
        verdict, seed = subject.judge(exercise.key, exercise.stub)
        what = f"its stub earns {verdict.fraction:.0%} (seed {seed}): {verdict.text}"
        cure = "put more of the answer between the markers"
        yield Problem(_check(exercise.key), what, cure) if verdict.fraction != 0 else None


def solutions_earn_all(subject: Subject) -> Iterator[Problem | None]:
    """Every solution earns full marks."""
    for exercise in subject.lesson.code:
        verdict, seed = subject.judge(exercise.key, exercise.solution)
        what = f"the solution is judged {verdict.outcome} (seed {seed}): {verdict.text}"
        yield (
            Problem(_check(exercise.key), what, "fix the check or the solution") if verdict.fraction != 1 else None
        )


def bank_gets_its_labels(subject: Subject) -> Iterator[Problem | None]:
    """Every answer in the bank gets the verdict that its name demands."""
    checks = subject.lesson.checks()
    for file in sorted((subject.course_dir / "source" / subject.name / "answers").glob("*.py")):
        yield Problem(_shown(subject, file), "no exercise owns it", "move it to answers/<key>/")
    for answer in subject.answers:
        place = _shown(subject, answer.path) + (f" ({answer.shown})" if answer.shown else "")
        if answer.key not in {exercise.key for exercise in subject.lesson.code}:
            yield Problem(place, "no exercise has this key", "move the file, or remove it")
        elif answer.misconception and answer.misconception not in (known := checks[answer.key].misconceptions):
            cure = f"name it correct_<style>, plain_<what>, or after one of {', '.join(known)}"
            yield Problem(place, f"no misconception is called {answer.misconception}", cure)
        elif fault := answer.fault(subject.lesson.by_key[answer.key].solution):
            yield Problem(place, fault, "fix this answer")
        else:
            verdict, seed = subject.judge(answer.key, answer.source)
            complaint = answer.complaint(verdict)
            yield Problem(place, f"{complaint} (seed {seed})", _cure(answer, verdict)) if complaint else None


def _cure(answer: AnswerFile, verdict: Verdict) -> str:
    """What to do about an answer that is judged otherwise than its name says."""
    if answer.kind == "correct" or verdict.outcome is Outcome.GRADER_ERROR:
        return "fix the check, or this answer"
    if verdict.fraction == 1:
        return "draw inputs for which it is wrong, or fix this answer"
    if answer.kind == "plain":
        return "name the answer after what it shows"
    if verdict.misconception:
        return f"it comes out as {verdict.misconception} does, which stands before: make it @another way to that"
    return f"{answer.misconception} is wanted: fix the check, or this answer"


def nothing_returned_is_told(subject: Subject) -> Iterator[Problem | None]:
    """Every check that takes in `returns_nothing` recognises its solution without `return`."""
    for exercise in subject.lesson.code:
        check = subject.lesson.checks().get(exercise.key)
        if check is not None and check.misconceptions.get("returns_nothing") == COMMON["returns_nothing"].sentence:
            silent = _without_returns(exercise.solution, check.subject)
            verdict, seed = subject.judge(exercise.key, silent) if silent else (None, 0)
            told = verdict is None or verdict.misconception == "returns_nothing"
            judged = f"{verdict.outcome} ({verdict.misconception or 'no misconception'})" if verdict else ""
            what = f"the solution without `return` is judged {judged}, not returns_nothing (seed {seed})"
            yield None if told else Problem(_check(exercise.key), what, "fix the check")


def _without_returns(solution: str, subject: str) -> str:
    """Return the solution with `return` stripped from function `subject`, or an empty string if there is none."""

    class Silent(ast.NodeTransformer):
        def visit_Return(self, node: ast.Return) -> ast.stmt:
            return ast.Pass() if node.value is None else ast.Expr(node.value)

        def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
            return node  # nested functions keep their returns

    tree = ast.parse(solution)
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == subject]
    for function in found:
        function.body = [Silent().visit(statement) for statement in function.body]
    return ast.unparse(ast.fix_missing_locations(tree)) if found else ""


def labels_have_answers(subject: Subject) -> Iterator[Problem | None]:
    """Every misconception has a wrong answer, and every exercise right answers in four styles."""
    held = {(answer.key, answer.misconception) for answer in subject.answers}
    for key, check in subject.lesson.checks().items():
        folder = f"source/{subject.name}/answers/{key}"
        for label in check.misconceptions.keys() - COMMON.keys():
            cure = (
                f"write one that shows it, or write the misconception as a function (@check_{key}.misconception)"
            )
            missing = Problem(f"{folder}/{label}.py", "the misconception has no wrong answer", cure)
            yield None if (key, label) in held else missing
        for wrong in (each for alike in check.wrong_answers.values() for each in alike):
            if names := unknown_names(wrong):
                place = f"source/{subject.name}/checks/{check.module}.py ({wrong.__name__})"
                what = f"it uses {', '.join(names)}, which its module does not have"
                yield Problem(place, what, "import it at the top of the module")
        styles = sum(answer.key == key and answer.kind == "correct" for answer in subject.answers)
        few = Problem(
            folder,
            f"{styles} right answers",
            f"write {STYLES} or more in different styles (@check_{key}.right_answer)",
        )
        yield None if styles >= STYLES else few


def hints_in_two_stages(subject: Subject) -> Iterator[Problem | None]:
    """Every code exercise has two hints."""
    for exercise in subject.lesson.code:
        cure = "write two paragraphs, or put a line --- between the hints"
        what = f"{len(exercise.hints)} hints where two are wanted"
        few = Problem(f"{subject.name} (hints_{exercise.key})", what, cure)
        yield None if len([hint for hint in exercise.hints if hint]) == 2 else few


def figures_have_words(subject: Subject) -> Iterator[Problem | None]:
    """Every figure goes through `show(figure, alt)`, with words for readers who cannot see it."""
    for cell in subject.manuscript.cells:
        for call in _calls(cell.source) if cell.kind == "code" else []:
            name = ast.unparse(call.func)
            if name in ("plt.show", "figure.show", "fig.show"):
                yield cell.problem(f"{name}() shows a figure without words", "write show(figure, alt)")
            if name == "show":
                yield (
                    None if _has_words(call) else cell.problem("show() without alt text", "describe the figure")
                )
    yield from _bare_figures(subject)


def _bare_figures(subject: Subject) -> Iterator[Problem]:
    """Yield a problem for each cell whose output holds a figure that bypassed `show`."""
    for cell in json.loads(subject.built.text)["cells"]:
        texts = [output.get("data", {}).get("text/plain", [""])[0] for output in cell.get("outputs", [])]
        if any(text.startswith("<Figure size") for text in texts):
            place = f"{subject.name} ({cell['id']})"
            yield Problem(place, "a figure is shown without words", "close it, or write show(figure, alt)")


def _calls(source: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))


def _has_words(call: ast.Call) -> bool:
    given = [*call.args[1:], *(keyword.value for keyword in call.keywords if keyword.arg == "alt")]
    return bool(given) and not (isinstance(given[0], ast.Constant) and not str(given[0].value or "").strip())


def nothing_leaks(subject: Subject) -> Iterator[Problem | None]:
    """What students get holds no marker, solution, hidden check or marking scheme, and no extra file."""
    hidden = secret_lines(subject.manuscript)
    yield from leaks_in_notebook(subject.released, hidden) if subject.released.is_file() else ()
    with tempfile.TemporaryDirectory() as folder:
        files = write_package(subject.course_dir, Path(folder))
        yield from unexpected_files(Path(folder))
        package = [file for file in files if file.parts[0] != "release"]
        yield from leaks_in_files(package, hidden, Path(folder))
    wanted = {subject.course_dir / "release" / name / f"{name}.ipynb" for name in lesson_names(subject.course_dir)}
    found = (subject.course_dir / "release").rglob("*")
    others = sorted(file for file in found if file.is_file() and file not in wanted)
    cure = "remove it: a release holds only its notebook"
    yield from (Problem(_shown(subject, file), "it does not belong to the release", cure) for file in others)
    for page in sorted(subject.course_dir.glob(f"feedback/*/{subject.name}/*.html")):
        yield from leaks_in_page(page.read_text(encoding="utf-8"), _shown(subject, page))
    yield from [None] * len(hidden)


def _check(key: str) -> str:
    return f"check_{key}"


def _shown(subject: Subject, file: Path) -> str:
    return file.relative_to(subject.course_dir).as_posix()


PROOFS: dict[str, Proof] = {
    "products are fresh": fresh,
    "runs within its time": quick,
    "has a title and ready()": complete,
    "untouched earns 0": untouched_earns_nothing,
    "solutions earn all": solutions_earn_all,
    "answers get their verdicts": bank_gets_its_labels,
    "misconceptions have answers": labels_have_answers,
    "missing return recognised": nothing_returned_is_told,
    "two hints each": hints_in_two_stages,
    "figures have alt text": figures_have_words,
    "nothing leaks": nothing_leaks,
}
