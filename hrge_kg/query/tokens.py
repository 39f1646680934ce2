"""Takes the text of a query apart into words, without parsing it.

>>> [token[0] for token in tokens("ASK { <a:b> a hrge:Norm } # a comment")]
['ASK', '{', '<a:b>', 'a', 'hrge:Norm', '}']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\''''  # long strings
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*\'"""  # strings
    r"|<[^<>\"{}|^`\\\x00-\x20]*>|\#[^\n]*"  # IRIs, comments
    # languages, variables, names, words
    r"|@[A-Za-z]+(?:-[A-Za-z0-9]+)*|[?$]\w+|[\w.-]*:(?:[\w.:%-]|\\.)*|\w+|.",
    re.DOTALL,
)
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The words of a query in their order: strings, IRIs, names, variables, keywords, signs.

    Comments and white space are left out. The text must be `normalised` (guard.py).
    """
    for token in _TOKEN.finditer(text):
        if not (token[0].isspace() or token[0].startswith("#")):
            yield token


def query_form(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; the empty string for a text that is no query.

    >>> query_form("# ask\\nPREFIX add: <http://example.org/> SELECT * { ?s add:ask ?o }")
    'SELECT'
    """
    words = (token[0].upper() for token in tokens(text))
    return next((word for word in words if word in _FORMS), "")
