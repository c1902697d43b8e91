"""The gradebook: nbgrader's own database, written in batches by the one process that grades.

Each batch is one transaction: its submissions' grades and comments, and their packed records in our own table,
which tells a resumed run what is done. Manual grades (score, extra credit, comment) are never written.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.lesson.model import Lesson
from autograder.records.record import CellGrade, Record

from .lateness import Lateness, seconds_late

__all__ = ["Gradebook", "GradebookError", "ManualGrade"]

logger = logging.getLogger(__name__)

OUR_TABLE = """
CREATE TABLE IF NOT EXISTS autograder_record (
    lesson TEXT NOT NULL, student TEXT NOT NULL, fingerprint TEXT NOT NULL, record BLOB NOT NULL,
    PRIMARY KEY (lesson, student))
"""
WAIT = 30.0  # seconds for another program, such as formgrader, to finish writing


class GradebookError(Exception):
    """The gradebook cannot be read or written; the message gives cause and cure. Earlier writes stay intact."""


@dataclass(frozen=True)
class ManualGrade:
    """What a person gave one cell in formgrader; None for each part not given."""

    points: float | None = None
    extra: float | None = None
    comment: str | None = None


@dataclass(frozen=True)
class _Cells:
    """The row ids of a lesson: its assignment, its notebook, and its cells by grade_id."""

    assignment: str
    notebook: str
    graded: dict[str, str]
    answered: dict[str, str]


class Gradebook:
    """nbgrader's database of one course, open for one run. Methods raise `GradebookError`."""

    def __init__(self, path: Path, wait: float = WAIT) -> None:
        """Open the database at `path`, created if missing; wait up to `wait` seconds for other programs."""
        if not path.exists():
            _create(path)
        self.path = path
        self._cells: dict[str, _Cells] = {}
        self._lateness = Lateness(path.parent)
        with self.told():
            self._db = sqlite3.connect(path, timeout=wait, isolation_level=None)
            self._db.execute(OUR_TABLE)

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(self, *error: object) -> None:
        self._db.close()

    def holds(self, lesson: Lesson) -> bool:
        """Return whether the gradebook holds the lesson's graded cells as released."""
        wanted = {
            (kind, cell["id"], float(metadata.get("points", 0)) if kind == "GradeCell" else 0.0)
            for cell in lesson.release["cells"]
            for metadata in [cell["metadata"].get("nbgrader", {})]
            for kind, asked in (("GradeCell", "grade"), ("SolutionCell", "solution"))
            if metadata.get(asked)
        }
        self._cells.pop(lesson.name, None)
        with self.told():
            return set(self._db.execute(CELLS, (lesson.name, lesson.name)).fetchall()) == wanted

    def fingerprint(self, lesson: str, student: str) -> str:
        """Return the fingerprint of a graded submission, or an empty string."""
        with self.told():
            row = self._db.execute(
                "SELECT fingerprint FROM autograder_record JOIN assignment ON name = lesson "
                "JOIN submitted_assignment ON assignment_id = assignment.id AND student_id = student "
                "WHERE lesson = ? AND student = ?",
                (lesson, student),
            ).fetchone()
        return str(row[0]) if row else ""

    def write(self, records: Sequence[Record]) -> None:
        """Write the records, all or none. A failed record changes no grade and is not kept."""
        logger.debug("%s: writing %d records", self.path.name, len(records))
        with self.told(), self._transaction():
            for record in records:
                if not record.failed:
                    self._write(record)

    def record(self, lesson: str, student: str) -> Record | None:
        """Return the record of a graded submission, or None."""
        with self.told():
            row = self._db.execute(
                "SELECT record FROM autograder_record WHERE lesson = ? AND student = ?", (lesson, student)
            ).fetchone()
        try:
            return Record.unpacked(row[0]) if row else None
        except ValueError as error:
            raise GradebookError(
                f"{self.path}: the record of {student!r} for {lesson} cannot be read: {error}. "
                f"Grade again with `autograder grade {lesson} --force`."
            ) from error

    def earlier(self, lesson: str, student: str) -> Record | None:
        """Return the record that a new one replaces; None also if it is unreadable, which regrading cures."""
        try:
            return self.record(lesson, student)
        except GradebookError:
            return None

    def count(self, lesson: str) -> int:
        """Count the graded submissions."""
        with self.told():
            row = self._db.execute("SELECT count(*) FROM autograder_record WHERE lesson = ?", (lesson,)).fetchone()
        return int(row[0])

    def records(self, lesson: str, only: Collection[str] | None = None) -> Iterator[Record]:
        """Yield the records of all graded submissions, or only some students', sorted by student."""
        with self.told():
            students = self._db.execute(
                "SELECT student FROM autograder_record WHERE lesson = ? ORDER BY student", (lesson,)
            ).fetchall()
        for (student,) in students:
            record = self.record(lesson, student) if only is None or student in only else None
            if record is not None:
                yield record

    def given(self, lesson: str, student: str) -> dict[str, ManualGrade]:
        """Return a submission's manual grades by grade_id."""
        found: dict[str, ManualGrade] = {}
        with self.told():
            for name, points, extra, comment in self._db.execute(GIVEN, (lesson, student, lesson, student)):
                before = found.get(name, ManualGrade())
                found[name] = ManualGrade(
                    before.points if points is None else points,
                    before.extra if extra is None else extra,
                    before.comment if comment is None else comment,
                )
        return found

    def late_penalty(self, lesson: str, student: str) -> float:
        """Return the points that a submission loses for being late."""
        with self.told():
            row = self._db.execute(LOST, (lesson, student)).fetchone()
        return float(row[0])

    def intact(self) -> bool:
        """Return whether the database passes SQLite's integrity check."""
        with self.told():
            return bool(self._db.execute("PRAGMA integrity_check").fetchone()[0] == "ok")

    def _write(self, record: Record) -> None:
        cells = self._cells_of(record.lesson)
        notebook = self._notebook_row(record, cells)
        before = self.earlier(record.lesson, record.student)
        work = {grade.cell: grade.work for grade in before.grades} if before else {}
        self._db.executemany(
            UPSERT_GRADE,
            [
                (_new_id(), notebook, cells.graded[grade.cell], grade.points, grade.points is None, changed)
                for grade in record.grades
                for changed in [_changed(grade, work)]
            ],
        )
        self._penalize(record, notebook)
        comments = record.comments()
        self._db.executemany(
            UPSERT_COMMENT,
            [(_new_id(), notebook, cell, comments.get(name)) for name, cell in cells.answered.items()],
        )
        self._db.execute(
            "INSERT OR REPLACE INTO autograder_record VALUES (?, ?, ?, ?)",
            (record.lesson, record.student, record.fingerprint, record.packed()),
        )

    def _penalize(self, record: Record, notebook: str) -> None:
        """Enter a submission's late penalty; if it is on time, clear any earlier penalty."""
        times = self._db.execute(TIMES, (notebook,)).fetchone()
        late_penalty = None
        if seconds := seconds_late(*times):
            (score,) = self._db.execute(SCORE, (notebook,)).fetchone()
            try:
                late_penalty = self._lateness.penalty(record.student, score, seconds)
            except Exception as error:  # the plugin is the instructor's code
                why = f"{type(error).__name__}: {error}"
                raise GradebookError(f"{record.student}: the plugin for late penalties failed ({why}).") from error
        self._db.execute(
            "UPDATE submitted_notebook SET late_submission_penalty = ? WHERE id = ?", (late_penalty, notebook)
        )

    def _notebook_row(self, record: Record, cells: _Cells) -> str:
        """Return the id of the submission's notebook row, inserting it and the rows above it if missing."""
        self._db.execute("INSERT OR IGNORE INTO student (id) VALUES (?)", (record.student,))
        submitted = self._id_of("submitted_assignment", assignment_id=cells.assignment, student_id=record.student)
        self._db.execute(
            "UPDATE submitted_assignment SET timestamp = coalesce(?, timestamp) WHERE id = ?",
            (_utc(record.timestamp), submitted),
        )
        notebook = self._id_of("submitted_notebook", notebook_id=cells.notebook, assignment_id=submitted)
        self._db.execute("UPDATE submitted_notebook SET flagged = coalesce(flagged, 0) WHERE id = ?", (notebook,))
        return notebook

    def _id_of(self, table: str, **columns: str) -> str:
        names, values = list(columns), list(columns.values())
        where = " AND ".join(f"{name} = ?" for name in names)
        row = self._db.execute(f"SELECT id FROM {table} WHERE {where}", values).fetchone()
        if row:
            return str(row[0])
        fresh = _new_id()
        self._db.execute(f"INSERT INTO {table} (id, {', '.join(names)}) VALUES (?, ?, ?)", [fresh, *values])
        return fresh

    def _cells_of(self, lesson: str) -> _Cells:
        if lesson not in self._cells:
            row = self._db.execute(
                "SELECT assignment.id, notebook.id FROM assignment JOIN notebook ON assignment_id = assignment.id "
                "WHERE assignment.name = ? AND notebook.name = ?",
                (lesson, lesson),
            ).fetchone()
            if row is None:
                raise GradebookError(f"{lesson} is not in {self.path}: release it first (make release).")
            self._cells[lesson] = _Cells(
                row[0], row[1], self._names(row[1], "GradeCell"), self._names(row[1], "SolutionCell")
            )
        return self._cells[lesson]

    def _names(self, notebook: str, kind: str) -> dict[str, str]:
        rows = self._db.execute(
            "SELECT name, id FROM base_cell WHERE notebook_id = ? AND type = ?", (notebook, kind)
        )
        return dict(rows.fetchall())

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """Turn database errors into a `GradebookError` that says what is wrong and what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise GradebookError(f"{self.path}: {explain(error)}") from error


CELLS = """
SELECT type, base_cell.name, coalesce(max_score, 0.0)
FROM base_cell LEFT JOIN grade_cells ON grade_cells.id = base_cell.id
JOIN notebook ON notebook.id = notebook_id JOIN assignment ON assignment.id = assignment_id
WHERE notebook.name = ? AND assignment.name = ?
"""

# CROSS JOIN makes SQLite read the tables in this order, by index: grades have an index by cell and notebook, but
# none by notebook alone, so any other order reads the whole class's grades.
ONE_SUBMISSION = """
FROM assignment CROSS JOIN submitted_assignment ON submitted_assignment.assignment_id = assignment.id
CROSS JOIN notebook ON notebook.assignment_id = assignment.id
CROSS JOIN submitted_notebook ON submitted_notebook.notebook_id = notebook.id
    AND submitted_notebook.assignment_id = submitted_assignment.id
"""
GIVEN = f"""
SELECT base_cell.name, grade.manual_score, grade.extra_credit, NULL
{ONE_SUBMISSION} CROSS JOIN base_cell ON base_cell.notebook_id = notebook.id
CROSS JOIN grade ON grade.cell_id = base_cell.id AND grade.notebook_id = submitted_notebook.id
WHERE assignment.name = ? AND student_id = ? AND (manual_score IS NOT NULL OR extra_credit IS NOT NULL)
UNION ALL
SELECT base_cell.name, NULL, NULL, comment.manual_comment
{ONE_SUBMISSION} CROSS JOIN base_cell ON base_cell.notebook_id = notebook.id
CROSS JOIN comment ON comment.cell_id = base_cell.id AND comment.notebook_id = submitted_notebook.id
WHERE assignment.name = ? AND student_id = ? AND manual_comment IS NOT NULL
"""
LOST = f"""
SELECT coalesce(sum(late_submission_penalty), 0.0) {ONE_SUBMISSION} WHERE assignment.name = ? AND student_id = ?
"""

# A manual grade stays; the cell is marked for another look if the work has changed since.
UPSERT_GRADE = """
INSERT INTO grade (id, notebook_id, cell_id, auto_score, needs_manual_grade) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (cell_id, notebook_id) DO UPDATE SET
    auto_score = excluded.auto_score,
    needs_manual_grade = CASE
        WHEN manual_score IS NULL THEN excluded.needs_manual_grade
        WHEN ? THEN 1
        ELSE needs_manual_grade END
"""
TIMES = """
SELECT submitted_assignment.timestamp, duedate, extension
FROM submitted_notebook JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id WHERE submitted_notebook.id = ?
"""
SCORE = """
SELECT coalesce(sum(coalesce(manual_score, auto_score) + coalesce(extra_credit, 0.0)), 0.0)
FROM submitted_notebook CROSS JOIN base_cell ON base_cell.notebook_id = submitted_notebook.notebook_id
CROSS JOIN grade ON grade.cell_id = base_cell.id AND grade.notebook_id = submitted_notebook.id
WHERE submitted_notebook.id = ?
"""
UPSERT_COMMENT = """
INSERT INTO comment (id, notebook_id, cell_id, auto_comment) VALUES (?, ?, ?, ?)
ON CONFLICT (cell_id, notebook_id) DO UPDATE SET auto_comment = excluded.auto_comment
"""


def _changed(grade: CellGrade, work: dict[str, str]) -> bool:
    return work.get(grade.cell) != grade.work


def _new_id() -> str:
    return uuid.uuid4().hex


def _utc(timestamp: str) -> str | None:
    """Convert a `timestamp.txt` into the database's form, UTC; None if it is missing or not a time."""
    if not timestamp:
        return None
    try:
        moment = datetime.fromisoformat(timestamp.removesuffix(" UTC"))
    except ValueError:  # it may name a time zone
        from nbgrader.utils import parse_utc

        try:
            moment = parse_utc(timestamp)
        except (ValueError, OverflowError):
            return None
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


def explain(error: Exception) -> str:
    """Return a sentence that says what is wrong with a database, and what to do."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return (
            "another program is writing to it (formgrader or nbgrader, perhaps). Close it, or wait, and rerun: "
            "what is graded stays graded."
        )
    if "full" in text or "disk I/O" in text:
        return "the disk is full. Free some space and rerun: what is graded stays graded."
    if "readonly" in text or "unable to open" in text:
        return "it cannot be written. Check who owns the file and its folder."
    if "malformed" in text or "not a database" in text:
        return "it is damaged, or not a database. Move it aside or restore a copy, and rerun."
    return f"the database says: {text}."


def _create(path: Path) -> None:
    """Create an empty gradebook as nbgrader does, under a temporary name first, lest a half-made one remain."""
    from nbgrader.api import Gradebook as Stock

    from .settings import load_config

    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    try:
        with Stock(f"sqlite:///{fresh}", load_config(path.parent).CourseDirectory.course_id):
            pass
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
    except (OSError, sqlite3.Error) as error:
        raise GradebookError(f"{path} cannot be created: {error}") from error
    finally:
        fresh.unlink(missing_ok=True)
