"""Predict, lock in, run, see the gap: the questions, the locked predictions, and how they compare with the truth.

`question`, `lock` and `comparison` only compute, and the grader uses them too; the other modules talk to the
notebook. Imports `display`.
"""
