"""Markup that wants to run in an instructor's browser: in names, messages, outputs, code and written answers."""

from __future__ import annotations

SCRIPT = "document.title='pwned'"
MARKUP = (
    f"<script>{SCRIPT}</script>",
    f'<img src=x onerror="{SCRIPT}">',
    f'<svg/onload="{SCRIPT}">',
    f'<iframe srcdoc="<script>parent.{SCRIPT}</script>"></iframe>',
    f'<iframe src="javascript:parent.{SCRIPT}"></iframe>',
    f'<a href="javascript:{SCRIPT}">click</a>',
    f"[link](javascript:{SCRIPT})",
    f"[tab](java\tscript:{SCRIPT})",
    f"[entity](&#106;avascript:{SCRIPT})",
    f"[reference]\n\n[reference]: javascript:{SCRIPT}",
    "![picture](http://tracker.invalid/pixel.png)",
    f"<javascript:{SCRIPT}>",
    f"$\\href{{javascript:{SCRIPT}}}{{x}}$",
    f"$$\\unicode{{x}}\\style{{background:url(javascript:{SCRIPT})}}{{x}}$$",
    f"</textarea></pre></code></style><script>{SCRIPT}</script>",
    f"```\n</code></pre><script>{SCRIPT}</script>\n```",
    "{{ 7 * 7 }}{% raw %}",
    "\x1b]0;pwned\x07\x1b[31mred",
)
EVERYTHING = "\n\n".join(MARKUP)
ANSWER = f"def total(values):\n    print({EVERYTHING!r})\n    raise ValueError({EVERYTHING!r})"
NAME = "eve <img src=x onerror=alert(1)>"
