"""Builds a lesson's notebooks from its source and verifies them and their checks. Never handles student work.

`build` makes the solution notebook: `visible_tests` completes its test cells, `execution` runs it. `package` makes
the student package, `leaks` finds what must not be in it. `verify` runs the proofs of `course_checks` on lessons,
with the bank of right and wrong answers that `answer_files` reads. `scaffold` starts new lessons and exercises.
Imports `gradebook` and the packages below it.
"""
