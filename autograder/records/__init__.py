"""Frozen facts: a verdict, a record of a graded submission, a problem with a lesson. Imports nothing of ours."""
