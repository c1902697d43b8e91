"""Mathematics by which the checks of more than one lesson judge; each oracle is independent of the solutions.

Imports `course.testing` alone.
"""
