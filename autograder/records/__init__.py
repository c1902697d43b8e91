"""Immutable data: the `verdict` on an answer, the `record` of a submission, a `problem` with a lesson.

`printable` makes untrusted text safe for a terminal. No internal imports.
"""
