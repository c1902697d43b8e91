"""Things to play with: the moving line, the loss landscape, the optimizer game, and the mathematics behind them.

Imports `display`.
"""
