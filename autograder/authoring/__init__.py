"""Makes a lesson's notebooks from its text, and proves that they and their checks hold. Never sees a student.

Imports `gradebook` and the rooms below it.
"""
