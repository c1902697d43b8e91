"""Interactive demonstrations: the moving line (`animation`), the loss `landscape`, the `optimizer_game`.

`playground_math` computes them, `board` draws them, `widget_or_still` shows a still figure where no widget works.
Imports `display`.
"""
