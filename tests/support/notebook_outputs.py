"""A pytest plugin for nbval: which outputs of the solution notebooks are not compared.

A locked prediction carries the time of its locking, and a cell tagged `volatile` prints a timing: neither can
be the same twice. All else is compared.
"""

import pytest

PREDICTION = "application/vnd.first-descent.prediction+json"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tell nbval's cells what to skip."""
    for item in items:
        cell = getattr(item, "cell", None)
        if cell is None:
            continue
        notebook = item.parent
        if PREDICTION not in notebook.skip_compare:
            notebook.skip_compare += (PREDICTION,)
        if "volatile" in cell.metadata.get("tags", []):
            item.options["check"] = False
