"""The tutor prompt carries the goals and the experiments, and can be copied."""

from __future__ import annotations

from html import unescape

import pytest

from course import tutor as module
from course.tutor import tutor, tutor_prompt

GOALS = ["explain why the residuals are squared", "say what 1 < 2 & 3 > 2 have in common"]
TRY_IT = ["Double every x. What changes?"]


def test_the_prompt_carries_the_goals_and_the_experiments():
    prompt = tutor_prompt("a line", GOALS, TRY_IT)
    for item in [*GOALS, *TRY_IT]:
        assert f"- {item}" in prompt
    assert prompt.startswith("Be my tutor for a line.")
    assert "one question at a time" in prompt


def test_without_a_front_end_the_prompt_is_printed(capsys):
    tutor("a line", GOALS, TRY_IT)
    assert capsys.readouterr().out.rstrip("\n") == tutor_prompt("a line", GOALS, TRY_IT)


def test_where_html_shows_the_prompt_can_be_copied(monkeypatch):
    bundles: list[dict] = []
    monkeypatch.setattr(module, "show_bundle", bundles.append)
    tutor("a line", GOALS, TRY_IT)
    html = bundles[0]["text/html"]
    assert "<button" in html and "clipboard" in html
    assert GOALS[1] not in html and GOALS[1] in unescape(html)
    assert "http" not in html


@pytest.mark.parametrize(("goals", "try_it", "named"), [([], TRY_IT, "goals"), (GOALS, "one string", "try_it")])
def test_lists_are_asked(goals, try_it, named):
    with pytest.raises(ValueError, match=named):
        tutor_prompt("a line", goals, try_it)
