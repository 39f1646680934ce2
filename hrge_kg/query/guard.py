"""Decides whether a query written by a user may run.

An update may not run, nor a query that would contact another server (SERVICE). Two parsers read a
query before it runs, and both must accept it: rdflib's, in this module, and that of the store
(pyoxigraph), when `run.py` gives the query to the store. They can disagree: for one a carriage
return ends a comment, for the other it does not. So this module also searches for the word SERVICE.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import InputError
from ..parsing.sparql_words import refuse_what_is_too_large, tokens

if TYPE_CHECKING:
    from pyparsing import ParseException

# SPARQL allows \uXXXX for a character. Some parsers replace it before they read a query, others
# never do, so they could read two different queries: we refuse it.
_ESCAPE = re.compile(r"\\u[0-9a-f]{4}|\\U[0-9a-f]{8}", re.IGNORECASE)
# The value of a parameter may hold a backslash and a u. In a query they are written as two
# backslashes and a u, which rdflib would read as the start of an escape. So, for rdflib's parse
# only, we put a space before the u.
_BACKSLASH_U = re.compile(r"\\\\(?=u)", re.IGNORECASE)
_MAX_EXCERPT = 60
"""How many characters of a query a message shows at most."""


def check_query(text: str, file: str, user_text: str | None = None) -> bool:
    """Check a query, which must be `normalised`, without running it.

    `user_text` is the text as the user wrote it, before parameters were added. Returns whether the
    query names its own dataset (FROM), because the store must run such a query in another way.

    Raises InputError if the text is not a query, would contact another server, writes a character
    as an escape (\\uXXXX), or is too long or nested too deeply. The error has the line if it is
    known.

    >>> check_query("ASK { ?any ?thing 1 }", "a.rq")
    False
    """
    refuse_what_is_too_large(text, file)
    written = text if user_text is None else user_text
    escape = _ESCAPE.search(written)
    if escape:
        raise InputError(
            file,
            f"a character is written as {escape[0]}",
            "Write the character itself, in UTF-8.",
            line=_line(written, escape.start()),
        )
    names = _parsed(text, file)
    # rdflib's parser may miss a SERVICE that the store would run: we look for the word as well.
    words = tokens(text)
    keyword = next((word for word in words if word[0].casefold() == "service"), None)
    if "ServiceGraphPattern" in names or keyword:
        raise InputError(
            file,
            "SERVICE would call another endpoint",
            "Leave it out; ask the other endpoint itself.",
            line=_line(text, keyword.start()) if keyword else None,
        )
    return "DatasetClause" in names


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _parsed(text: str, file: str) -> set[str]:
    """The names that rdflib's parser gives to the parts of a query; it runs nothing."""
    # Imported here because it is slow, and the project's own queries do not need it.
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return set(_names(parseQuery(_BACKSLASH_U.sub(r"\\\\ ", text))))
    except ParseException as error:
        raise _refusal(text, file, error) from error
    except RecursionError as error:
        raise InputError(
            file, "the query is nested too deeply", "Write it with fewer brackets."
        ) from error
    except Exception as error:  # rdflib's parser raises many kinds for what it cannot read
        raise InputError(
            file, f"this is no SPARQL query: {error}", "Correct the syntax."
        ) from error


def _names(part: object) -> Iterator[str]:
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(part, CompValue):
        yield str(part.name)
        for value in part.values():
            yield from _names(value)
    elif isinstance(part, (list, tuple, ParseResults)):
        for value in part:
            yield from _names(value)


def _refusal(text: str, file: str, error: ParseException) -> InputError:
    if _is_update(text):
        return InputError(
            file, "this is an update, not a query", "Write a query: the graph is only read."
        )
    rest = error.line[error.column - 1 :].strip()
    if not rest:
        return InputError(
            file, "this is no SPARQL query: it ends too early", "Complete it.", line=error.lineno
        )
    words = rest if len(rest) <= _MAX_EXCERPT else rest[:_MAX_EXCERPT] + "…"
    return InputError(
        file,
        f"this is no SPARQL query: it cannot be read from “{words}” on",
        "Correct the syntax there.",
        line=error.lineno,
    )


def _is_update(text: str) -> bool:
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        return bool(parseUpdate(text).request)
    except Exception:  # it is not an update either
        return False
