"""What a lesson is.

`source` parses its text, the file that authors edit: exercises, hints, predictions. `points` shares out its
points. `model` reads exercises and predictions from the notebooks that were built from the text. Imports
`checking` and the packages below it.
"""
