"""nbgrader's settings for this course, and the steps that its converters run.

`nbgrader_config.py` calls `configure`, so that stock commands and formgrader behave like our own.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    GetGrades,
    LockCells,
    SaveCells,
)
from traitlets.config import Config, PyFileConfigLoader

from autograder.lesson.model import TEXT_STUB

from . import preprocessors as stages

__all__ = ["FEEDBACK", "RELEASE", "configure", "load_config"]

RELEASE = [
    stages.RefuseOtherNotebooks,
    LockCells,
    ClearSolutions,
    stages.BlankPlainForms,
    stages.CollapseReveals,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,
    stages.RemoveHiddenTests,
    ComputeChecksums,
    CheckCellMetadata,
    stages.StampVersion,
]
# SaveCells runs before the hidden tests are removed, since autograde restores test cells from it; checksums are
# recomputed after that, and the version comes last, over what students get.

FEEDBACK = [GetGrades, stages.RemoveHiddenTests, stages.HideOurCode, CSSHTMLHeaderPreprocessor]

# What the converters leave behind; `generate_assignment` copies no file beside the notebook.
IGNORED = ["*.py", "*.pyc", "*.so", "*.pth", "*.toml", "__pycache__", "checks", "answers", ".*", "feedback"]


def configure(config: Config, course_dir: Path) -> None:
    """Set nbgrader up for the course in `course_dir`, except autograde (see `grading.stock`)."""
    course_dir = course_dir.resolve()
    _find_our_modules(course_dir)
    config.CourseDirectory.course_id = "first-descent"
    config.CourseDirectory.root = str(course_dir)
    config.CourseDirectory.ignore = IGNORED
    config.GenerateAssignmentApp.CourseDirectory.ignore = ["*"]
    config.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
    config.ClearSolutions.text_stub = TEXT_STUB
    config.GenerateAssignment.preprocessors = RELEASE
    config.GenerateFeedback.preprocessors = FEEDBACK


def load_config(course_dir: Path) -> Config:
    """Read a course's `nbgrader_config.py` as nbgrader does; without one, return our settings."""
    if (course_dir / "nbgrader_config.py").is_file():
        return PyFileConfigLoader("nbgrader_config.py", path=str(course_dir.resolve())).load_config()
    config = Config()
    configure(config, course_dir)
    return config


def _find_our_modules(course_dir: Path) -> None:
    """Let kernels import the course, and nbgrader find `alembic`, which it runs by its bare name."""
    here = Path(__file__).resolve().parents[2]
    _prepend("PATH", Path(sys.executable).parent)
    _prepend("PYTHONPATH", here)
    _prepend("PYTHONPATH", course_dir)


def _prepend(variable: str, folder: Path) -> None:
    known = [entry for entry in os.environ.get(variable, "").split(os.pathsep) if entry]
    if str(folder) not in known:
        os.environ[variable] = os.pathsep.join([str(folder), *known])
