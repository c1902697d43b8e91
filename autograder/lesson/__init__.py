"""What a lesson is.

`source` parses the text that authors edit: exercises, hints, predictions. `points` distributes its points. `model`
reads exercises and predictions from the built notebooks. Imports `checking` and the packages below it.
"""
