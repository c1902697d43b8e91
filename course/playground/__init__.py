"""Things to play with: the moving line, the landscape, the optimizer game, and the mathematics they draw.

Imports `display`.
"""
