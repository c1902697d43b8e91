"""The grader's log on standard error: commands and their workers write the same lines."""

from __future__ import annotations

import logging
from collections.abc import Callable

__all__ = ["log_to_stderr"]

LINE = "%(asctime)s %(process)d %(name)s: %(message)s"


def log_to_stderr(level: int) -> Callable[[], None]:
    """Log from `level` up to standard error, until the function returned is called."""
    logger = logging.getLogger("autograder")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(LINE))
    logger.addHandler(handler)
    logger.setLevel(level)

    def stop() -> None:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)

    return stop
