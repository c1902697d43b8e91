"""Who is looking: a person at a front end, or a program that runs the notebook (nbclient, nbval, a grader)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from course.mime_types import TRUTH_MIME

__all__ = ["interactive", "notebook_path", "show_bundle"]


def interactive() -> bool:
    """Return whether a person can see and answer.

    A program that runs notebooks tells the kernel that nobody can answer a question (`allow_stdin` is false);
    JupyterLab, Notebook and VS Code tell it the opposite. Colab does neither, so its package identifies it.
    """
    shell = _shell()
    kernel = getattr(shell, "kernel", None)
    return bool(getattr(kernel, "_allow_stdin", False)) or (kernel is not None and "google.colab" in sys.modules)


def notebook_path() -> str:
    """Return the path of the open notebook, as the front end reported it to the kernel, or ""."""
    named = getattr(_shell(), "user_ns", {}).get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME", "")
    return str(named) if Path(str(named)).suffix == ".ipynb" else ""


def show_bundle(bundle: dict[str, Any], handle: Any = None, updatable: bool = False) -> Any:
    """Display a MIME bundle, or replace the output `handle`, which an earlier call with `updatable` returned.

    When nobody is looking, only text/plain and the truth are shown: a built notebook then holds plain data, the
    same on every run. Without IPython the text is printed.
    """
    if _shell() is None:
        print(bundle["text/plain"])
        return None
    from IPython.display import display

    if not interactive():
        bundle = {kind: bundle[kind] for kind in ("text/plain", TRUTH_MIME) if kind in bundle}
    if handle is not None:
        handle.update(bundle, raw=True)
        return handle
    return display(bundle, raw=True, display_id=True if updatable else None)  # type: ignore[no-untyped-call]


def _shell() -> Any:
    # If IPython is not loaded there is no notebook, and importing it would make `import course` slow.
    if "IPython" not in sys.modules:
        return None
    from IPython.core.getipython import get_ipython

    return get_ipython()
