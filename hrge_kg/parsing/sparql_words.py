"""Takes the text of a query apart into words, without parsing it.

>>> [token[0] for token in tokens("ASK { <a:b> a hrge:Norm } # a comment")]
['ASK', '{', '<a:b>', 'a', 'hrge:Norm', '}']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import InputError

LONGEST = 100_000
"""Characters of a query."""
DEEPEST = 20
"""Brackets within each other in a query."""
MOST_CHAINED = 500
"""Operators and keywords of a query that somebody else wrote; our largest has fewer than 200. One
parser takes a minute for 1,000 in a chain, the other ends the process at some 10,000.
"""
MOST_CHAINED_OF_OURS = 4_000
"""The same for queries and updates of the project, which the first does not parse."""

_TOKEN = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\''''  # long strings
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*\'"""  # strings
    r"|<[^<>\"{}|^`\\\x00-\x20]*>|\#[^\n]*"  # IRIs, comments
    # languages, variables, names, words
    r"|@[A-Za-z]+(?:-[A-Za-z0-9]+)*|[?$]\w+|[\w.-]{0,100}:(?:[\w.:%-]|\\.)*|\w+|.",
    re.DOTALL,
)
# A keyword may follow a number or a truth value without a space, and a name may follow a keyword:
# 1SERVICE, trueSERVICE, SERVICEa:b.
_REACHES_OUT = re.compile(r"(?:^|true|false|[\d.+-])(service|load)", re.IGNORECASE)
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def normalised(text: str) -> str:
    """A query's text with line breaks that all parsers agree on.

    >>> normalised("ASK { # a comment\\r }")
    'ASK { # a comment\\n }'
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The words of a query in their order: strings, IRIs, names, variables, keywords, signs.

    Comments and white space are left out. The text must be `normalised`.
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


def refuse_what_is_too_large(text: str, file: str, most: int = MOST_CHAINED) -> None:
    """Refuse a text that could end the process in which it is parsed: it is long, or deep.

    A parser goes one step deeper for each bracket, and for each operator or keyword of a chain such
    as a/b/c or {} UNION {} UNION {}; `most` of these may be there.

    Raises InputError, with the line.
    """
    if len(text) > LONGEST:
        raise InputError(
            file, f"the query is longer than {LONGEST:,} characters", "Ask in several queries."
        )
    depth = chained = 0
    for token in tokens(text):
        word = token[0]
        if word in "([{":
            depth += 1
        elif word in ")]}":
            depth -= 1
        elif word.isalpha() or (len(word) == 1 and word not in ".;,0123456789"):
            chained += 1
        if depth > DEEPEST:
            problem, remedy = "the query is nested too deeply", "Write it with fewer brackets."
        elif chained > most:
            problem = f"the query has more than {most:,} operators and keywords"
            remedy = "Use VALUES for what is alike, or ask in several queries."
        else:
            continue
        raise InputError(file, problem, remedy, line=text.count("\n", 0, token.start()) + 1)


def refuse_reaching_out(text: str, file: str, line: int = 1) -> None:
    """Refuse a query or update of the project that would contact another server, or could hide it.

    `line` is that on which the text begins. Raises InputError.

    >>> refuse_reaching_out("ASK { SERVICE <a:b> {} }", "a.rq")
    Traceback (most recent call last):
    hrge_kg.errors.InputError: a.rq:1: SERVICE would contact another server. Leave it out.
    """
    text = normalised(text)
    refuse_what_is_too_large(text, file, MOST_CHAINED_OF_OURS)
    for token in tokens(text):
        # of a name, the prefix; strings, IRIs and variables hold no keyword
        word = "" if token[0][0] in "\"'<?$" else token[0].partition(":")[0]
        keyword = _REACHES_OUT.search(word)
        if keyword:
            problem, remedy = f"{keyword[1]} would contact another server", "Leave it out."
        elif token[0] == "\\":
            problem, remedy = "a character is written as an escape", "Write the character itself."
        else:
            continue
        raise InputError(file, problem, remedy, line=line + text.count("\n", 0, token.start()))
