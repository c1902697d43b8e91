"""Predict, lock in, run, see the gap: questions, locked predictions, their comparison with what happened.

`question`, `lock` and `comparison` compute and are shared with the grader; the others talk to the notebook.
Imports `display`.
"""
