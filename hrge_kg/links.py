"""What trails are made of: nodes, links with their evidence, discrepancies; and how rows of queries/trails are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from .prefixes import sparql_prologue
from .resources import root

FAR = 10**9  # where things stand that are not printed in the section: after all that are


@dataclass(frozen=True)
class Evidence:
    """Where and how the source prints a link: its words, place, footnote, pinpoint with its unit, character of the citation.

    >>> Evidence(quote="article 9", page=46, line=320).place
    'page 46, line 320'
    """

    quote: str | None = None
    page: int | None = None
    line: int | None = None
    footnote: str | None = None
    pinpoint: str | None = None
    pinpoint_unit: str | None = None
    character: str | None = None
    source: str | None = None

    @property
    def place(self) -> str:
        """Page and line in words; empty where none is known."""
        return place(self.page, self.line, self.source) if self.page else ""


@dataclass(frozen=True)
class Link:
    """One link between two nodes, with its evidence and the discrepancies that concern it.
    `basis` tells what it is based on: printed, instrument (the instruments' own words), derived or editors.

    >>> Link("a", "restates", "b", 30, "restates", "is restated by", "editors").editorial
    True
    """

    start: str
    kind: str
    end: str
    rank: int
    label: str
    inverse: str
    basis: str
    remark: str | None = None
    scope: str | None = None
    citation: str | None = None
    evidence: Evidence = Evidence()
    verification: str | None = None
    discrepancies: tuple[str, ...] = ()
    cito: str | None = None
    """The property of CiTO (IRI) that says nearly the same."""

    @property
    def editorial(self) -> bool:
        """Whether the link is the editors' and not the source's or the instruments' own."""
        return self.basis in ("editors", "derived")


@dataclass(frozen=True)
class Detail:
    """One more thing known of a node: a fact with its mark, a term of a limit, a reading, a printed title, a note.

    >>> Detail("symbol", "CCPR/C/GC/35", "two or more sources").editorial
    False
    """

    label: str
    text: str
    verification: str | None = None
    page: int | None = None
    line: int | None = None
    reason: str | None = None
    editorial: bool = False
    source: str | None = None


@dataclass(frozen=True)
class Node:
    """A norm, limit, chapeau, passage, provision, document or topic, in the words that the source prints for it.

    >>> Node("https://w3id.org/hrge/id/document/untoc", "document", "Organized Crime Convention", "treaty").force is None
    True
    """

    id: str
    type: str
    label: str
    kind: str
    force: str | None = None
    binding: bool = False
    quote: str | None = None
    page: int | None = None
    line: int | None = None
    printed_label: str | None = None
    details: tuple[Detail, ...] = ()
    discrepancies: tuple[str, ...] = ()
    source: str | None = None
    document: str | None = None
    """What a provision or document belongs to (IRI); None for what stands in a source text."""

    @property
    def order(self) -> tuple[str, int, tuple[tuple[int, str], ...], str]:
        """By place in the texts, then by label with numbers as numbers, then by IRI."""
        return (self.source or "", self.line or FAR, natural(self.label), self.id)


@dataclass(frozen=True)
class Discrepancy:
    """An entry of the register: a question for a lawyer, beside what the source says.

    >>> Discrepancy("x", "D09", "label", "difference", "substance", "open", "one source", "words", 43, 110).key
    'D09'
    """

    id: str
    key: str
    label: str
    difference: str
    kind: str
    status: str
    verification: str
    quote: str
    page: int
    line: int
    note: str | None = None
    source: str | None = None


def place(page: int | None, line: int | None, source: str | None = None) -> str:
    """A place in words; the source text is named where the graph holds several.

    >>> place(46, 320), place(3, 41, "Guide")
    ('page 46, line 320', 'Guide, page 3, line 41')
    """
    return f"{source}, page {page}, line {line}" if source else f"page {page}, line {line}"


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts numbers in a text as numbers.

    >>> sorted(["article 16", "article 9"], key=natural)
    ['article 9', 'article 16']
    """
    return tuple((int(part), "") if part.isdigit() else (FAR, part.casefold()) for part in re.split(r"(\d+)", text) if part)


def rows(store: ox.Store, query: str, thing: str | None = None) -> Iterator[dict[str, str]]:
    """The rows of a query as texts, unbound variables left out; `thing` binds the projected variable ?thing."""
    bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {}
    if thing is not None:
        bound[ox.Variable("thing")] = ox.NamedNode(thing)
    solutions = store.query(sparql_prologue() + query, use_default_graph_as_union=True, substitutions=bound or None)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for row in solutions:
        yield {name: row[name].value for name in names if row[name] is not None}


def query_text(path: str) -> str:
    """The text of a query below queries/."""
    return (root() / "queries" / path).read_text(encoding="utf-8")
