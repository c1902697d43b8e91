"""Who is looking: a person at a front end, or a program that runs the notebook (nbclient, nbval, a grader)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from course.mime_types import TRUTH_MIME

__all__ = ["interactive", "notebook_path", "show_bundle"]


def interactive() -> bool:
    """Say whether a person can see and answer.

    Programs that run notebooks tell the kernel that nobody can answer a question (`allow_stdin` is false);
    JupyterLab, Notebook and VS Code tell it the opposite. Colab has a way of its own and is known by its package.
    """
    shell = _shell()
    kernel = getattr(shell, "kernel", None)
    return bool(getattr(kernel, "_allow_stdin", False)) or (kernel is not None and "google.colab" in sys.modules)


def notebook_path() -> str:
    """Return the path of the open notebook as the front end told the kernel, or "" if it did not."""
    named = getattr(_shell(), "user_ns", {}).get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME", "")
    return str(named) if Path(str(named)).suffix == ".ipynb" else ""


def show_bundle(bundle: dict[str, Any], handle: Any = None, updatable: bool = False) -> Any:
    """Display a MIME bundle; headless its text/plain and truth alone, so that products hold plain data only.

    With `handle`, what an earlier call with `updatable` returned, that output is replaced instead.
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
    # Without IPython loaded there is no notebook, and importing it would cost the time that we promise not to.
    if "IPython" not in sys.modules:
        return None
    from IPython.core.getipython import get_ipython

    return get_ipython()
