"""Immutable data: `verdict` on an answer, `record` of a graded submission, `problem` with a lesson.

`printable` makes text from outside safe for a terminal. No internal imports.
"""
