"""The words of the messages between the judge and a child, for both ends: kinds of message, and operators.

The judge sends a `Request` and reads until an `Answer` comes that is no `Answer.CALL_OUT`. To a call out it sends
a `Request.REPLY`, and reads on: calls may be nested.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["OPERATORS", "REFLECTED", "Answer", "Request"]


class Request(StrEnum):
    """What the judge asks of a child."""

    RUN = "run"  # a cell
    BIND = "bind"  # names to stubs
    DRAW = "draw"  # a figure, into pixels
    OPERATE = "operate"  # one operation on an object, as a proxy does
    ORIGINAL = "original"  # of the reference's child: what a stub in another child asks for
    REPLY = "reply"  # to a call out


class Answer(StrEnum):
    """What a child says."""

    DONE = "done"
    RAISED = "raised"
    LIMIT = "limit"  # the value cannot pass
    CALL_OUT = "out"  # a call of a function of the judge's, or of the reference


# Names of the module `operator`; a trailing underscore parts them from keywords.
REFLECTED = (
    *("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow"),
    *("and_", "or_", "xor", "lshift", "rshift"),
)
OPERATORS = (
    *REFLECTED,
    *("iadd", "isub", "imul", "imatmul", "itruediv", "ipow", "neg", "pos", "abs", "invert"),
    *("lt", "le", "gt", "ge"),
)
