"""What the sandbox spares Matplotlib shows in no figure, and is spared."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

FIGURES = Path(__file__).with_name("drawn_figures.py")
SEEDS = "30"

COUNTED = """
import matplotlib.pyplot as plt
from autograder import sparing
from matplotlib import axis, text

made, found, laid = [], [], []
def counted(owner, name, calls):
    method = getattr(owner, name)
    setattr(owner, name, lambda *given, **named: calls.append(given) or method(*given, **named))
counted(axis.Tick, "__init__", made)
counted(axis.Axis, "_update_ticks", found)
counted(text.Text, "_get_layout", laid)
sparing.spare()
figure, axes = plt.subplots(1, 3, layout="constrained")
empty = len(made)
with sparing.one_drawing():
    figure.canvas.draw()
print(empty, len(made), len(found), len(laid))
"""


def ran(*command: str) -> str:
    """Run Python in a process of its own: what is spared stays so."""
    root = FIGURES.parent.parent
    done = subprocess.run(
        [sys.executable, *command],
        cwd=root,
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_every_figure_comes_out_the_same_pixel_for_pixel():
    plain, spared = (json.loads(ran(str(FIGURES), *how, SEEDS)) for how in ((), ("spared",)))
    assert len(set(plain.values())) > len(plain) / 2
    assert {name for name in plain if plain[name] != spared[name]} == set()


def test_an_empty_axes_makes_no_tick_and_each_is_found_and_measured_once_in_a_place():
    empty, made, found, laid = map(int, ran("-c", COUNTED).split())
    assert empty == 0
    assert made == 12  # the first of each axis's major and minor ticks; the others are copies
    assert found <= 3 * 6  # six axes in as many places as the layout tries
    assert laid <= 3 * 6 * 8  # texts of each axis


def test_a_matplotlib_that_is_built_otherwise_is_left_as_it_is():
    changed = (
        "import matplotlib.axis as axis; del axis.Axis._get_ticklabel_bboxes; before = dict(vars(axis.Axis));"
        "from autograder.sparing import spare; spare(); print(before == dict(vars(axis.Axis)))"
    )
    assert ran("-c", changed).strip() == "True"


@pytest.mark.parametrize("name", ["SystemExit", "ValueError"])
def test_a_drawing_that_fails_leaves_nothing_behind(name):
    failing = (
        "from autograder import sparing\n"
        "try:\n"
        f"    with sparing.one_drawing(): raise {name}\n"
        f"except {name}: print(sparing._found)"
    )
    assert ran("-c", failing).strip() == "None"
