"""A prompt for studying with an AI assistant: it asks for a tutor that asks questions and gives no answers."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from course.display.card import card
from course.display.frontend import show_bundle

__all__ = ["tutor", "tutor_prompt"]

RULES = (
    "Ask one question at a time, and wait for my answer before you go on.",
    "Do not write code for my exercises, and do not state a formula or a result that I can find myself. If I ask "
    "for a solution, ask what I have tried, and give the smallest hint that lets me take the next step alone.",
    "When I am wrong, do not correct me: ask a question that lets me see it, such as a tiny example to work out "
    "by hand, a special case, or a sketch.",
    "Before I run anything, ask me what will happen and how sure I am. Afterwards come back to what I said.",
    "When I am right, ask why it is so. Go on once I can say it in my own words.",
    "Keep your turns under eighty words. If I paste an error message, ask me what it tells me first.",
)

# One click selects the whole text, for front ends that strip the script from the button.
PRE = (
    "white-space: pre-wrap; word-break: normal; overflow-wrap: break-word; user-select: all; max-height: 22em; "
    "overflow: auto; padding: 10px 12px; margin: 6px 0; border: 1px solid var(--jp-border-color1, #8a8a8a); "
    "border-radius: 4px; color: inherit; background: transparent; font-size: 13px; line-height: 1.45;"
)
BUTTON = (
    "padding: 5px 14px; border: 1px solid var(--jp-border-color1, #8a8a8a); border-radius: 4px; cursor: pointer; "
    "background: transparent; color: inherit; font: inherit;"
)
# The clipboard API needs https or localhost; elsewhere the old command copies the selection.
COPY = (
    "const b = this, p = b.parentElement.parentElement.querySelector('pre'), s = getSelection(); "
    "const say = (words) => { b.textContent = words; }; "
    "const done = () => { say('Copied'); setTimeout(() => say('Copy the prompt'), 2000); }; "
    "const old = () => { s.selectAllChildren(p); document.execCommand('copy'); done(); }; "
    "navigator.clipboard ? navigator.clipboard.writeText(p.textContent).then(done, old) : old();"
)


def tutor(topic: str, goals: Sequence[str], try_it: Sequence[str]) -> None:
    """Show the tutor prompt, with a button to copy it where HTML is shown.

    Raises ValueError unless `goals` and `try_it` are lists of one sentence or more.
    """
    prompt = tutor_prompt(topic, goals, try_it)
    button = f'<button type="button" style="{BUTTON}" onclick="{escape(COPY)}">Copy the prompt</button>'
    body = [f'<pre tabindex="0" aria-label="The prompt" style="{PRE}">{escape(prompt)}</pre>', button]
    show_bundle({"text/plain": prompt, "text/html": card("A tutor that asks", body)})


def tutor_prompt(topic: str, goals: Sequence[str], try_it: Sequence[str]) -> str:
    """Write the prompt: the role, the rules, the goals and the experiments to choose from."""
    for name, items in (("goals", goals), ("try_it", try_it)):
        if isinstance(items, str) or not items:
            raise ValueError(f"{name} is {items!r}: give a list of one sentence or more")
    role = (
        f"Be my tutor for {topic}. I am working through a lesson whose exercises I have to solve myself, and I "
        "learn most when you ask and I answer. Keep to these rules:"
    )
    parts = [
        role,
        _listed(RULES),
        "By the end I want to be able to",
        _listed(goals),
        "Experiments that I can run in my notebook; pick one when it fits, and let me predict before I run it:",
        _listed(try_it),
        "Begin by asking which of the goals I feel least sure about, and what I would say about it now.",
    ]
    return "\n\n".join(parts)


def _listed(items: Sequence[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
