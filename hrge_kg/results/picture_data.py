"""What the picture of a portfolio shows: which norms, which programmes, which outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..assessment.enums import Outcome
from ..markup.document import plain
from ..resources import read_utf8, root

if TYPE_CHECKING:
    import duckdb

MOST_PROGRAMMES = 20
"""Programmes that have a column of their own at most: more do not fit on a page."""
MOST_NORMS = 40
"""Norms that have a row at most."""

Programme = tuple[str, str]
"""Its file and its IRI: a file can describe several, and several files the same."""


@dataclass(frozen=True)
class PictureNorm:
    """A norm of the picture: its IRI and words, and in how many programmes it has each outcome."""

    iri: str
    label: str
    topic: str
    counts: Mapping[Outcome, int]


@dataclass(frozen=True)
class PictureData:
    """The norms by topic, in the order of the source, and the programmes by file."""

    norms: tuple[PictureNorm, ...]
    left_out: int
    """Norms that are of concern or raised for review somewhere, and have no row."""
    programmes: int
    titles: Mapping[Programme, str]
    """Empty where the programmes are too many."""
    cells: Mapping[tuple[str, Programme], Outcome]
    """By norm and programme."""

    @property
    def words(self) -> str:
        """What the picture shows, and what it leaves out."""
        programmes = f"{self.programmes:,} programme{'' if self.programmes == 1 else 's'}"
        if not self.norms:
            return f"In {programmes} no norm is of concern or raised for review."
        left_out = f" {self.left_out} more, which are so less often, are left out."
        return (
            f"{len(self.norms)} norms in {programmes}. Each of these norms is of concern "
            "somewhere, or raised for review by something stated."
            f"{left_out if self.left_out else ''} "
            "A programme has the worst outcome of its groups."
        )


def picture_data(results: duckdb.DuckDBPyConnection) -> PictureData:
    """What the picture of a results file shows."""
    found = results.execute(_sql("norms")).fetchall()
    norms = [
        (place, PictureNorm(iri, plain(label), plain(topic), _counts(counts)))
        for iri, label, topic, place, counts in found[:MOST_NORMS]
    ]
    programmes = results.execute(_sql("programmes"))
    first = programmes.fetchmany(MOST_PROGRAMMES + 1)
    titles: dict[Programme, str] = {}
    cells: dict[tuple[str, Programme], Outcome] = {}
    number = len(first)
    if number <= MOST_PROGRAMMES:
        titles = {(file, iri): plain(title) for file, iri, title in first}
        cells = {
            (norm, (file, iri)): Outcome(outcome)
            for norm, file, iri, outcome in results.execute(_sql("cells")).fetchall()
        }
    else:
        while more := len(programmes.fetchmany(10_000)):
            number += more
    in_order = [norm for _, norm in sorted(norms, key=lambda pair: pair[0])]
    return PictureData(tuple(in_order), len(found) - len(norms), number, titles, cells)


def _sql(name: str) -> str:
    return read_utf8(root() / "queries" / "portfolio" / "picture" / f"{name}.sql")


def _counts(counts: Mapping[str, int]) -> dict[Outcome, int]:
    return {outcome: counts.get(outcome.value, 0) for outcome in Outcome}
