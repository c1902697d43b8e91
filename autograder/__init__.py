"""The engine of the course: builds, proves and grades lessons, of which it knows none by name.

Its rooms, from the roof down: cli, grading, authoring and reports, gradebook, lesson, oracles, checking, sealed
and records. Imports run downwards only, and into `course`; a test computes them.
"""
