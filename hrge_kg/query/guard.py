"""Lets a query from outside reach the graph only if it is a query and calls nobody: no update, no
SERVICE.

Two parsers read it before it runs, because two parsers can disagree: to one a carriage return ends
a comment, to the other it does not. Where they do, the query is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import InputError

if TYPE_CHECKING:
    from pyparsing import ParseException

# A character written as \uXXXX is read by some parsers before all else and by others not at all.
_ESCAPE = re.compile(r"\\u[0-9a-f]{4}|\\U[0-9a-f]{8}", re.IGNORECASE)
# A parameter may hold a backslash and a u, written as two and a u; rdflib would take them for a
# character.
_BACKSLASH_U = re.compile(r"\\\\(?=u)", re.IGNORECASE)
_TOKEN = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\''''  # long strings
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*\'"""  # strings
    r"|<[^<>\"{}|^`\\\x00-\x20]*>|\#[^\n]*"  # IRIs, comments
    # languages, variables, names, words
    r"|@[A-Za-z]+(?:-[A-Za-z0-9]+)*|[?$]\w+|[\w.-]*:(?:[\w.:%-]|\\.)*|\w+|.",
    re.DOTALL,
)
_SENTENCE = re.compile(r"(?:^expected |one of |, )([A-Z][a-z]+ [^,\[]+)")
_LONG = 60
_PLACE = re.compile(r"error at (\d+):\d+: (.*)", re.DOTALL)


def normalised(text: str) -> str:
    """A query's text with line breaks that all parsers agree on.

    >>> normalised("ASK { # a comment\\r }")
    'ASK { # a comment\\n }'
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def check_query(text: str, file: str, author_text: str | None = None) -> bool:
    """Read a query, which must be `normalised`, and run nothing.

    Answers whether it names its own dataset (FROM). `author_text` is the text as its author wrote
    it, where parameters have been added since.

    Raises InputError, with the line, where it is no SPARQL query or calls another endpoint.

    >>> check_query("ASK { ?any ?thing 1 }", "a.rq")
    False
    """
    author = text if author_text is None else author_text
    escape = _ESCAPE.search(author)
    if escape:
        raise InputError(
            file,
            f"a character is written as {escape[0]}",
            "Write the character itself, in UTF-8.",
            line=_line(author, escape.start()),
        )
    names = _parsed(text, file)
    # The parser may miss a SERVICE that the store would run, so its keyword is looked for as well.
    keyword = next((m for m in _TOKEN.finditer(text) if m[0].casefold() == "service"), None)
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


def syntax_refusal(error: SyntaxError, file: str) -> InputError:
    """What is wrong with a query, with its line, from the store's own words."""
    place = _PLACE.match(str(error.msg))
    if not place:
        return InputError(file, f"this is no SPARQL query: {error.msg}", "Correct the syntax.")
    what = " ".join(place[2].split())
    objection = _SENTENCE.search(what)  # it stands among the tokens that were expected
    if objection:
        what = objection[1].strip()
    elif len(what) > _LONG:
        what = what[:_LONG] + "…"
    return InputError(
        file,
        f"this is no SPARQL query: {what}",
        "Correct the syntax on this line or the one before.",
        line=int(place[1]),
    )


def _parsed(text: str, file: str) -> set[str]:
    """The names of all parts of a query. rdflib's parser does it: it can read without running."""
    # Slow to import, and the project's own queries do without it.
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
    except (
        Exception
    ) as error:  # whatever else rdflib's parser raises on what it does not understand
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
    words = rest if len(rest) <= _LONG else rest[:_LONG] + "…"
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
    except Exception:  # it is no update either
        return False
