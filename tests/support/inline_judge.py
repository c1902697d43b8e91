"""A judge without a sandbox, for answers that we wrote: fast where what is tested comes after judging."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.authoring.answer_files import judge_here
from autograder.grading.judge import Judgement, Limits
from autograder.lesson.model import Lesson


def judge(lesson: Lesson, answers: Mapping[str, str], limits: Limits, seed: int) -> Judgement:
    """Judge each answer in this process."""
    return Judgement({key: judge_here(lesson, key, source, seed) for key, source in answers.items()})
