"""How places are written and labels sorted, everywhere the same."""

from __future__ import annotations

import re

FAR = 10**9  # where things stand that are not printed in the section: after all that are


def place_label(page: int | None, line: int | None, source: str | None = None) -> str:
    """A place in words; the source text is named where the graph holds several.

    >>> place_label(46, 320), place_label(3, 41, "Guide")
    ('page 46, line 320', 'Guide, page 3, line 41')
    """
    return f"{source}, page {page}, line {line}" if source else f"page {page}, line {line}"


def natural_key(text: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts numbers in a text as numbers.

    >>> sorted(["article 16", "article 9"], key=natural_key)
    ['article 9', 'article 16']
    """
    return tuple(
        (int(part), "") if part.isdigit() else (FAR, part.casefold())
        for part in re.split(r"(\d+)", text)
        if part
    )
