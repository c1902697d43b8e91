"""Cards and tables in HTML, for the output of a cell.

Colours come from the front end's own variables; the fallbacks are readable on white and on black. `card` and
`table` take HTML: pass text from outside through `rich` or `html.escape` first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from .style import PALETTE

__all__ = ["AMBER", "BLUE", "GREY", "SKETCH", "SOFT", "card", "rich", "table"]

TEXT = "var(--jp-content-font-color1, inherit)"
SOFT = "var(--jp-content-font-color2, inherit)"
RULE = "var(--jp-border-color1, #8a8a8a)"
BLUE = "var(--jp-brand-color1, #3b82c4)"
SKETCH = PALETTE["vermilion"]  # wherever a student's sketch is drawn; readable on white and on black
GREY = "#7a7a7a"  # equally readable on white and on black
AMBER = "var(--jp-warn-color1, #c77700)"


def rich(text: str) -> str:
    """Escape text for HTML; text in backticks becomes `<code>`."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def card(title: str, paragraphs: Sequence[str], colour: str = BLUE, label: str = "") -> str:
    """Lay out a title and paragraphs, in HTML, beside a coloured rule; screen readers announce `label`."""
    body = "".join(f'<div style="margin-top: 6px;">{paragraph}</div>' for paragraph in paragraphs)
    return (
        f'<div role="group" aria-label="{escape(label or title)}" style="border-left: 4px solid {colour}; '
        f"padding: 4px 0 6px 14px; margin: 4px 0; color: {TEXT}; max-width: 46em; line-height: 1.5; "
        'font-family: var(--jp-content-font-family, inherit); font-size: var(--jp-content-font-size1, 14px);">'
        f"<div><strong>{title}</strong></div>{body}</div>"
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out rows of HTML cells as a table under `head`; the first cell of a row is its header."""
    look = f"text-align: left; vertical-align: top; padding: 4px 18px 4px 0; border-bottom: 1px solid {RULE};"
    top = "".join(f'<th scope="col" style="{look}">{cell}</th>' for cell in head)
    lines = "".join(
        f'<tr><th scope="row" style="{look} font-weight: normal;">{row[0]}</th>'
        + "".join(f'<td style="{look}">{cell}</td>' for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        '<table style="border-collapse: collapse; margin: 4px 0; color: inherit; font-size: inherit;">'
        f"<thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>"
    )
