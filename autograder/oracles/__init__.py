"""Reference mathematics shared by the checks of several lessons, independent of the solutions.

Imports `course.testing` alone.
"""
