"""Offers the nearest known name where one is unknown."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable


def plain_key(name: str) -> str:
    """A name as it is compared: small letters, hyphens for spaces, no apostrophes.

    >>> plain_key("Don’t know")
    'dont-know'
    """
    return re.sub(r"[\s_-]+", "-", name.strip().lower()).replace("'", "").replace("’", "")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known name; the empty string where none is near.

    >>> did_you_mean("shelterr", ["shelter", "testing"])
    ' Did you mean “shelter”?'
    """
    close = difflib.get_close_matches(plain_key(name), list(known), n=1, cutoff=0.5)
    return f" Did you mean “{close[0]}”?" if close else ""
