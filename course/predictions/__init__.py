"""Predict, lock in, run, see the gap.

A kind of question is defined in `question` (which values it accepts), `form` and `drawing` (how to enter one),
`predict` (how a lesson asks) and `comparison` (how far it is from the truth; `curve_comparison` for sketches,
`gap` for the result). `lock` holds a locked prediction, `store` keeps it between runs, `reveal` and
`prediction_card` show it, `calibration` and `readiness` sum up; `session` is the lesson that runs in this
kernel. `question`, `lock`, `comparison` and `gap` only compute, and the grader uses them too. Imports `display`.
"""
