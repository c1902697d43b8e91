"""The engine: it builds, verifies and grades lessons, and contains nothing specific to any one of them.

Packages, top layer first; each imports only from layers below, and from `course` (tests/project/test_rooms.py):

- `cli`: the command line
- `grading`: from a submitted file to a record in the gradebook
- `authoring`: from a lesson's source to verified notebooks; `reports`: feedback pages and the class report
- `gradebook`: all that depends on nbgrader
- `lesson`: what a lesson is
- `oracles`: reference mathematics that several lessons share
- `checking`: what the author of a check uses
- `sealed`: the sandbox
- `records`: immutable data; `atomic_file` and `log` stand by themselves
"""
