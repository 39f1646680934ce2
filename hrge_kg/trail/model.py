"""What trails are made of: nodes, links with their evidence, discrepancies; and how rows of queries/trails are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..labels import FAR, natural_key, place_label


@dataclass(frozen=True)
class LinkEvidence:
    """Where and how the source prints a link: its words, place, footnote, pinpoint with its unit, character of the citation.

    >>> LinkEvidence(quote="article 9", page=46, line=320).place
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
        return place_label(self.page, self.line, self.source) if self.page else ""


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
    evidence: LinkEvidence = LinkEvidence()
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
        return (self.source or "", self.line or FAR, natural_key(self.label), self.id)


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


UNKNOWN_PARTIES = "Whether a given State is bound is not known here."


@dataclass(frozen=True)
class Step:
    """From one node to the next, over all links between the two; `up` leads to what the first rests on.
    `repeated` marks a node that is written out elsewhere in the same trail.

    >>> Step("a", "b", (), up=True, depth=1).target
    'b'
    """

    origin: str
    target: str
    links: tuple[Link, ...]
    up: bool
    depth: int
    repeated: bool = False


@dataclass(frozen=True)
class Trail:
    """What was found: all nodes and edges; the steps up and down from the start, or the paths to an end, shortest first.
    `notes` say what a reader must know: limits that were reached, and what is not known.

    >>> Trail("a", None, {}, (), {}).found
    False
    """

    start: str
    end: str | None
    nodes: dict[str, Node]
    edges: tuple[Link, ...]
    discrepancies: dict[str, Discrepancy]
    up: tuple[Step, ...] = ()
    down: tuple[Step, ...] = ()
    paths: tuple[tuple[Step, ...], ...] = ()
    notes: tuple[str, ...] = ()
    forces: Mapping[str, int] = field(default_factory=dict)
    """The kinds of authority by label, in the order in which they are told."""

    @property
    def found(self) -> bool:
        """Whether there is any link, or any path to the end that was asked for."""
        return bool(self.edges)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """What notebooks show: the picture, or the text where they draw none."""
        from .writers.svg import picture
        from .writers.text import to_text

        return {"image/svg+xml": picture(self), "text/plain": to_text(self)}
