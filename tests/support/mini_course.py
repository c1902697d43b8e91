"""The miniature course, composed and stripped in memory: what is graded against needs no notebook to be run."""

from __future__ import annotations

import copy
import re
import shutil
from pathlib import Path

import nbformat

from autograder.authoring.build import compose
from autograder.checking.loading import checks_in, read_check_sources
from autograder.lesson.model import OURS, TEXT_STUB
from autograder.lesson.source import read_manuscript
from tests.support.places import MINICOURSE

NAME = "01-mini"
SOLUTION = re.compile(r"### BEGIN SOLUTION.*?### END SOLUTION", re.S)
HIDDEN = re.compile(r"\n*### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS\n*", re.S)


def make_course(folder: Path) -> Path:
    """Copy the miniature course to `folder` and write its two notebooks, unexecuted."""
    shutil.copytree(MINICOURSE, folder, dirs_exist_ok=True)
    text = folder / "source" / NAME / f"{NAME}.py"
    source = compose(read_manuscript(text), checks_in(read_check_sources(folder / "source" / NAME / "checks")))
    nbformat.write(source, text.with_suffix(".ipynb"))
    (folder / "release" / NAME).mkdir(parents=True)
    nbformat.write(_released(source), folder / "release" / NAME / f"{NAME}.ipynb")
    return folder


def _released(source: nbformat.NotebookNode) -> nbformat.NotebookNode:
    release = copy.deepcopy(source)
    for cell in release.cells:
        blank = TEXT_STUB if cell.cell_type == "markdown" else "raise NotImplementedError()"
        cell.source = HIDDEN.sub("", SOLUTION.sub(blank, cell.source))
    release.metadata[OURS] = {"lesson": NAME, "version": "1.0"}
    return release
