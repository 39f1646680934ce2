"""The usual questions to a results file: each is a file in queries/portfolio.

Its first line of comment is the question, after its place in the order; the others explain the
numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..errors import InputError
from ..resources import files, read_utf8
from ..suggest import did_you_mean
from ..tables.model import Table, Term

if TYPE_CHECKING:
    import duckdb

IRIS = ("norm", "programme")
"""The columns that hold IRIs."""

_HEADER = re.compile(r"-- (?P<place>\d+)\. (?P<words>[^\n]+)\n(?P<about>(?:-- [^\n]*\n)*)")


@dataclass(frozen=True)
class PortfolioQuestion:
    """A question: the name of its file, its words, what its numbers are, and its SQL."""

    name: str
    words: str
    about: str
    sql: str
    place: int


def questions() -> list[PortfolioQuestion]:
    """All questions in their order. Raises InputError for a file without a question."""
    found = []
    for path in files("queries/portfolio", ".sql"):
        if path.parent.name != "portfolio":
            continue
        text = read_utf8(path, "the question")
        header = _HEADER.match(text)
        if header is None:
            raise InputError(str(path), "it begins with no question", "Write “-- 1. Which …?”.")
        about = " ".join(header["about"].replace("-- ", " ").split())
        place = int(header["place"])
        found.append(PortfolioQuestion(path.stem, header["words"], about, text, place))
    return sorted(found, key=lambda question: question.place)


def find_question(name: str) -> PortfolioQuestion:
    """A question by its name. Raises InputError for an unknown one."""
    known = {question.name: question for question in questions()}
    if name not in known:
        raise InputError(name, "there is no such question", did_you_mean(name, known))
    return known[name]


def ask(
    results: duckdb.DuckDBPyConnection, question: PortfolioQuestion, most: int | None = None
) -> tuple[Table, int]:
    """The first rows of the answer, at most `most`, and how many rows there are in all."""
    results.execute(f"CREATE OR REPLACE TEMP TABLE answer AS {question.sql}")
    counted = results.execute("SELECT count(*) FROM answer").fetchone()
    assert counted is not None
    found = results.execute("FROM answer")
    columns = tuple(column[0] for column in found.description or ())
    rows = found.fetchall() if most is None else found.fetchmany(most)
    terms = tuple(tuple(map(_term, columns, row)) for row in rows)
    return Table(columns, terms, question.words), counted[0]


def _term(column: str, value: object) -> Term | None:
    if value is None:
        return None
    if isinstance(value, int):
        return ox.Literal(value)
    text = str(value)
    if column in IRIS and ":" in text:
        try:
            return ox.NamedNode(text)
        except ValueError:  # a file of others may hold anything
            return ox.Literal(text)
    return ox.Literal(text)
