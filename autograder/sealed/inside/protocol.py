"""The vocabulary of the messages between the judge and a child: kinds of message, and operators.

The judge sends a `Request`, and reads until an `Answer` comes that is not `Answer.CALL_OUT`. It answers a call
out with `Request.REPLY`, and reads on: calls may be nested.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["OPERATORS", "REFLECTED", "Answer", "Request"]


class Request(StrEnum):
    """What the judge asks a child to do."""

    RUN = "run"  # run a cell
    BIND = "bind"  # bind names to stubs
    DRAW = "draw"  # draw a figure into pixels
    OPERATE = "operate"  # do one operation on an object, for a proxy
    ORIGINAL = "original"  # in the reference's child: do what a stub in the student's child calls
    REPLY = "reply"  # take the result of a call out


class Answer(StrEnum):
    """What a child sends back."""

    DONE = "done"
    RAISED = "raised"
    LIMIT = "limit"  # the result is too large, too deep or of a kind that cannot travel
    CALL_OUT = "out"  # please call a function of the judge's, or of the reference


# Names in the module `operator`; it adds an underscore to those that are keywords.
REFLECTED = (
    *("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow"),
    *("and_", "or_", "xor", "lshift", "rshift"),
)
OPERATORS = (
    *REFLECTED,
    *("iadd", "isub", "imul", "imatmul", "itruediv", "ipow", "neg", "pos", "abs", "invert"),
    *("lt", "le", "gt", "ge"),
)
