"""What a lesson is: its source text, its points, and the model that is read from its notebooks.

Imports `checking` and the rooms below it.
"""
