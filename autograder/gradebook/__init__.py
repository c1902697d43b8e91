"""All that knows nbgrader: its database, its settings, the steps of its converters, its late penalties.

Imports `lesson` and the rooms below it.
"""
