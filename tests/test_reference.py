"""Where an earlier answer is wrong, the reference stands in for it, and later ones get the verdicts they would."""

from __future__ import annotations

import pytest

from autograder import reference
from autograder.bank import BankAnswer
from autograder.judge import Limits, judge
from tests.in_process import bank, load

NAME = "04-autograd"
BANK = {(answer.key, answer.name): answer for answer in bank(NAME)}
TRAINING = ["correct_zero_before", "correct_fresh_leaves", "update_recorded", "gradients_pile_up", "rng_ignored"]


@pytest.mark.parametrize("name", TRAINING)
def test_a_training_with_a_wrong_tensor_gets_its_own_verdict_in_few_calls(name, monkeypatch) -> None:
    monkeypatch.setattr(reference, "MOST_CALLS", 4000)
    training: BankAnswer = BANK["train_autograd", name]
    answers = {"tensor": BANK["tensor", "shared_counted_once"].source, "train_autograd": training.source}
    judgement = judge(load(NAME), answers, Limits(figures="none"), seed=3)
    assert judgement.verdicts["tensor"].label == "shared_counted_once"
    assert "tensor" in judgement.replaced
    assert training.complaint(judgement.verdicts["train_autograd"]) == ""
