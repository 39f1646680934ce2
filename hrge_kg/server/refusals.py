"""What is answered in place of what was asked for: a status, and the reason in plain words.

>>> Refusal(403, "it is read-only").status
403
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import PlainTextResponse, Response

from ..errors import Fault, InputError
from ..processes import LimitPassed, TooLong
from ..worker_pool import Ended, Unprepared
from .answering import NotAcceptable

RETRY_AFTER = "5"
"""Seconds after which a client may ask again, where there is too much to do."""


class Refusal(Exception):
    """A request that is not answered."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.headers = dict(headers or {})

    @classmethod
    def busy(cls, reason: str) -> Refusal:
        """Too much to do for now."""
        return cls(503, f"{reason}. Ask again later.", {"Retry-After": RETRY_AFTER})


def refusal_of(error: InputError | Fault) -> Refusal:
    """The status for what a query or a description met. (SPARQL 1.1 Protocol, 2.1.6)

    >>> refusal_of(TooLong("query", "this takes more than 30 seconds", "Ask for less.")).status
    504
    """
    if isinstance(error, Ended | Unprepared):
        return Refusal.busy(str(error).rstrip("."))
    if isinstance(error, Fault):
        return Refusal(500, "This is a fault of hrge, not of your request.")
    if isinstance(error, NotAcceptable):
        return Refusal(406, str(error), {"Vary": "Accept"})
    if isinstance(error, TooLong):
        return Refusal(504, str(error))
    if isinstance(error, LimitPassed):
        return Refusal(500, str(error))
    return Refusal(400, str(error))


def plain(refusal: Refusal) -> Response:
    """A refusal as it is sent: plain text."""
    return PlainTextResponse(f"{refusal}\n", refusal.status, headers=refusal.headers)
