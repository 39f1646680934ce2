"""Finds the query that a person means: by the name of a file of queries/catalogue, by a path, from
standard input, or by the text of the query itself.

A query sees all named graphs as one (unless it says FROM), may use every prefix of the project
without declaring it, and can neither change the graph nor call another endpoint.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..errors import InputError
from ..parsing.files import STDIN, read_bytes
from ..parsing.sparql_words import LONGEST, normalised
from ..resources import files, read_utf8, relative, root
from ..suggest import did_you_mean
from .header import Header, read_header

# Words that begin a SPARQL text. They tell it from a name or a path if it has one line and no
# braces, as in: DESCRIBE norm:safe-return
_OPENING = re.compile(
    r"\s*(ASK|SELECT|CONSTRUCT|DESCRIBE|PREFIX|BASE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Query:
    """A query: its text, its header and the file that errors name.

    The queries of the catalogue are `trusted`: they need no check (guard.py) before they run.

    >>> query_of("# title: Anything\\nASK {}").header.title
    'Anything'
    """

    name: str
    file: str
    text: str
    header: Header
    trusted: bool = False

    @property
    def description(self) -> str:
        """What the query answers."""
        return self.header.description


@cache
def _named(base: Path) -> Mapping[str, Path]:
    """The files of the named queries, by name."""
    return {path.stem: path for path in files("queries/catalogue", ".rq", base=base)}


@cache
def _read(path: Path) -> Query:
    text, file = normalised(read_utf8(path, "the query")), relative(path)
    return Query(path.stem, file, text, read_header(text, file), trusted=True)


def catalogue() -> tuple[Query, ...]:
    """The named queries, by name.

    >>> "norms" in [query.name for query in catalogue()]
    True
    """
    return tuple(map(_read, _named(root()).values()))


def query_of(text: str, file: str = "query") -> Query:
    """A query from its text.

    Raises InputError if the text is empty, or if its header declares a parameter wrongly.
    """
    clean = normalised(text)
    if not clean.strip():
        raise InputError(file, "the query is empty", "Write a SPARQL query.")
    return Query(Path(file).stem, file, clean, read_header(clean, file))


def find_query(name_or_text: str) -> Query:
    """The query that a person means: the name of a named query, a path, `-` for standard input, or
    the text of a query itself.

    Raises InputError if there is no such query, or if it cannot be read.
    """
    named = _named(root()).get(name_or_text)
    if named:
        return _read(named)
    if name_or_text != "-" and _is_sparql(name_or_text):
        return query_of(name_or_text)
    path = Path(name_or_text)
    if name_or_text != "-" and not _is_there(path):
        names = _named(root())
        known = f"Named queries are {', '.join(names)}." + did_you_mean(name_or_text, names)
        raise InputError(name_or_text, "there is no such query or file", known)
    file = STDIN if name_or_text == "-" else name_or_text
    return query_of(_decoded(read_bytes(path, LONGEST * 4), file), file)


def _is_there(path: Path) -> bool:
    """Whether something stands at a path; whoever reads it finds out what."""
    return "\0" in str(path) or os.path.lexists(path)


def _is_sparql(text: str) -> bool:
    """Whether a text is a query itself (or empty), and no name or path."""
    if not text.strip() or "{" in text or "\n" in text:
        return True
    return _OPENING.match(text) is not None


def _decoded(data: bytes, file: str) -> str:
    if len(data) > LONGEST * 4:  # too long in any case, and cut within a character perhaps
        return data.decode("utf-8-sig", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            file, "the query is not in UTF-8", "Save it as UTF-8.", line=line
        ) from error
