"""What a student sees: `style` and colours, `figures` with alt text, `card` for outputs in HTML.

`frontend` tells a person at a front end from a program that runs the notebook. Imports only `mime_types`.
"""
