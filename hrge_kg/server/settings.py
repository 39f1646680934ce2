"""What the server may use, and for whom it answers. docs/reference/serve.md tells all of it.

>>> Settings().port
8017
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from ..parsing.files import LARGEST
from ..parsing.sparql_words import LONGEST
from ..processes import Limits

QUERY = Limits(seconds=30, memory=1_000_000_000, output=60_000_000)
ASSESSMENT = Limits(seconds=60, memory=2_000_000_000, output=60_000_000)
LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Settings:
    """All limits of the server, in seconds, bytes and numbers."""

    host: str = "127.0.0.1"
    port: int = 8017
    names: tuple[str, ...] = LOCAL_NAMES
    """The names by which clients may call it (the header Host)."""

    workers: int = min(4, os.cpu_count() or 1)
    """Processes that answer queries."""
    query: Limits = QUERY
    assessment: Limits = ASSESSMENT

    waiting: int = 300
    """Requests that wait for a process; the next is refused."""
    seconds_waiting: float = 30
    bytes_sending: int = 300_000_000
    """Bytes of answers that clients have not yet taken."""
    connections: int = 600

    seconds_to_receive: float = 30
    """How long a request may take to come, its body included."""
    seconds_to_send: float = 30
    """How long a client may leave an answer unread. An answer of one MB more has a second more."""
    seconds_idle: int = 5
    """How long a connection stays open for the next request."""
    head: int = 64_000
    """Bytes of the first line and the headers of a request."""
    query_body: int = LONGEST * 12
    """Bytes of a query that is posted: its characters, each of four bytes, each byte as %XX."""
    upload_body: int = LARGEST + 100_000
