"""Lets a query from outside reach the graph only if it is a query and calls nobody: no update, no SERVICE.

Two parsers read it before it runs, because two parsers can disagree: to one a carriage return ends a comment, to the other it does
not. Where they do, the query is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from hrge_kg.errors import InputError
from hrge_kg.prefixes import PREFIXES

# Never part of a query, whatever stands before it: with it at the end nothing can be run, only read.
_NONSENSE = "\n%%"
# A character written as \uXXXX is read by some parsers before all else and by others not at all.
_ESCAPE = re.compile(r"\\u[0-9a-f]{4}|\\U[0-9a-f]{8}", re.IGNORECASE)
_TOKEN = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\''''  # long strings
    r'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*\''''  # strings
    r"|<[^<>\"{}|^`\\\x00-\x20]*>|\#[^\n]*"  # IRIs, comments
    r"|@[A-Za-z]+(?:-[A-Za-z0-9]+)*|[?$]\w+|[\w.-]*:(?:[\w.:%-]|\\.)*|\w+|.",  # languages, variables, names, words
    re.DOTALL,
)
_PLACE = re.compile(r"error at (\d+):\d+: (.*)", re.DOTALL)


def normalised(text: str) -> str:
    """A query's text with line breaks that all parsers agree on.

    >>> normalised("ASK { # a comment\\r }")
    'ASK { # a comment\\n }'
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def admit(text: str, file: str) -> bool:
    """Read a query, which must be `normalised`, and run nothing. Answers whether it names its own dataset (FROM).

    Raises InputError, with the line, where it is no SPARQL query or calls another endpoint.

    >>> admit("ASK { ?any ?thing 1 }", "a.rq")
    False
    """
    escape = _ESCAPE.search(text)
    if escape:
        line = text.count("\n", 0, escape.start()) + 1
        raise InputError(file, line, f"a character is written as {escape[0]}", "Write the character itself, in UTF-8.")
    names = _parsed(text, file)
    at = next((m.start() for m in _TOKEN.finditer(text) if m[0].casefold() == "service"), None)
    if "ServiceGraphPattern" in names or at is not None:
        line = None if at is None else text.count("\n", 0, at) + 1
        raise InputError(
            file, line, "SERVICE would call another endpoint", "Leave SERVICE out; ask the other endpoint itself and join the answers."
        )
    return "DatasetClause" in names


def no_query(error: SyntaxError, file: str) -> InputError:
    """What is wrong with a query, with its line, from the store's own words."""
    found = _PLACE.match(str(error.msg))
    if not found:
        return InputError(file, None, f"this is no SPARQL query: {error.msg}", "Correct the syntax.")
    what = " ".join(found[2].split())
    if "Prefix not found" in what:
        what = "a prefix that is not declared"
    return InputError(file, int(found[1]), f"this is no SPARQL query: {what[:120]}", "Correct the syntax on this line or the one before.")


def _parsed(text: str, file: str) -> set[str]:
    """The names of all parts of a query. rdflib's parser does it: it can read without running."""
    # Slow to import, and the project's own queries do without it.
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        return set(_names(parseQuery(text)))
    except ParseException as error:
        raise _refusal(text, file, error.lineno, error.msg) from error
    except RecursionError as error:
        raise InputError(file, None, "the query is nested too deeply", "Write it with fewer brackets.") from error
    except Exception as error:  # whatever else rdflib's parser raises on what it does not understand
        raise _refusal(text, file, None, str(error)) from error


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


def _refusal(text: str, file: str, line: int | None, message: str) -> InputError:
    if _is_update(text):
        return InputError(file, None, "this is an update, not a query", "Ask with SELECT, CONSTRUCT, DESCRIBE or ASK; the graph is only read.")
    try:
        ox.Store().query(text + _NONSENSE, prefixes=PREFIXES)
    except SyntaxError as error:
        refusal = no_query(error, file)
        if refusal.line is not None and refusal.line <= text.count("\n") + 1:
            return refusal
    return InputError(file, line, f"this is no SPARQL 1.1 query: {message}", "Correct the syntax.")


def _is_update(text: str) -> bool:
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        return bool(parseUpdate(text).request)
    except Exception:  # it is no update either
        return False
