"""What a trail is made of: nodes, links with their evidence, steps, discrepancies and works.

Values only: `link_graph` reads them from the graph, `search` joins them, `writers` write them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..labels import FAR, natural_key, place_label
from ..namespaces import local_name


@dataclass(frozen=True)
class LinkEvidence:
    """Where and how the source prints a link.

    These are the words and their place, the footnote, the pinpoint with its unit ("paragraph"), the
    character of the citation ("as authority"), and the source text if the graph holds several.

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

    `start` and `end` are IRIs; `start` rests on `end`. `kind`, `rank` (its place among the kinds),
    `label`, `inverse`, `scope`, `cito`, `letter` and `dashes` are those of the kind
    (`link_graph.Kind`). `basis` is
    printed, instrument, derived or editors; on the trail of a finding also programme or assessment.
    (docs/reference/trail.md)

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
    """The nearest property of CiTO (IRI)."""
    letter: str = "?"
    dashes: str = ""

    @property
    def editorial(self) -> bool:
        """Whether the link is the editors' and not the source's or the instruments' own."""
        return self.basis in ("editors", "derived")


@dataclass(frozen=True)
class Detail:
    """One more thing known of a node: a fact, a reading, a printed title or a note, for example.

    `verification` says how well a fact is verified.

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
    """A norm, limit, chapeau, passage, provision, document or topic, in the source's words.

    >>> Node("https://w3id.org/hrge/id/document/untoc", "document", "UNTOC", "treaty").binding
    False
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
    """The document (IRI) that a provision is a part of, or the document itself; None for norms,
    passages and other things that stand in a source text.
    """

    @property
    def order(self) -> tuple[str, int, tuple[tuple[int, str], ...], str]:
        """By place in the texts, then by label with numbers as numbers, then by IRI."""
        return (self.source or "", self.line or FAR, natural_key(self.label), self.id)


@dataclass(frozen=True)
class Discrepancy:
    """An entry of the register: a question for a lawyer, beside what the source says.

    `id` is its IRI, `key` its number in the register ("D09").
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
    """From one node to the next, over all links between the two.

    `up` is true if it leads to what the first rests on, false if to what rests on the first.
    `depth` counts the steps from the start. `repeated` is true if what follows after the second
    node is shown elsewhere in the same trail.

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
class Work:
    """A document as reference managers know it.

    `csl`, `biblatex` and `ris` are its type in these formats; `csl_in_note`, `bibtex_in_words` and
    `ris_number` say where they have what the type has no field for
    (ontology/vocabularies/document-kind.ttl). `date` is as the graph has it. `address` is where it
    can be read. `notes` are for print: the place that is cited, and
    numbers for which there is no field. `marks` are not: how sure each field is, and what is
    unverified, which fills no field. `cited_by` is the thing by whose place the work is cited.
    """

    iri: str
    title: str
    csl: str
    biblatex: str
    ris: str
    csl_in_note: tuple[str, ...] = ()
    bibtex_in_words: bool = False
    ris_number: str = "M1"
    genre: str | None = None
    date: str | None = None
    publisher: str | None = None
    number: str | None = None
    series: str | None = None
    creators: tuple[str, ...] = ()
    address: str | None = None
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    cited_by: str | None = None

    @property
    def iso_date(self) -> str | None:
        """The date as year, year-month or year-month-day; of a date in words the year alone."""
        date = self.date or ""
        match = re.fullmatch(r"\d{4}(-\d\d){0,2}", date) or re.search(r"\b\d{4}\b", date)
        return match[0] if match else None

    @property
    def printed_in(self) -> tuple[str | None, str | None, str | None]:
        """Series, volume and first page, where the words of the series tell them apart.

        >>> Work("", "", "", "", "", series="596 UNTS 261, reg. 8638").printed_in
        ('UNTS', '596', '261')
        """
        parts = re.match(r"(\d+) (\D+) (\d+)\b", self.series or "")
        return (parts[2], parts[1], parts[3]) if parts else (self.series, None, None)

    @property
    def key(self) -> str:
        """A short name, as in rpg or cmw-gc5; with the place of one thing, as in rpg-safe-return.

        >>> Work("https://w3id.org/hrge/id/document/rpg", "", "", "", "").key
        'rpg'
        """
        return "-".join(local_name(one) for one in (self.iri, self.cited_by) if one)


@dataclass(frozen=True)
class Trail:
    """What was found: all nodes and links, and the steps or paths that they form.

    `edges` are the links, named as in formats for programs. `up` and `down` are the steps from the
    start. With an end there are `paths` instead, shortest first. `notes` tell what a reader must
    know: limits that were reached, and what is not known. `answer` says of a trail with an end
    whether, and how, one leads to the other. `works` are the documents on the trail,
    and those whose provisions are on it, by IRI.

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
    """The kinds of authority by label, with the place in which each is listed."""
    works: tuple[Work, ...] = ()
    answer: str = ""
    date: str = ""
    """The day of the graph."""

    @property
    def told(self) -> tuple[str, ...]:
        """The answer, if there is one, and the notes."""
        return (*filter(None, [self.answer]), *self.notes)

    @property
    def found(self) -> bool:
        """Whether there is any link, or any path to the end that was asked for."""
        return bool(self.edges)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """What notebooks show. (IPython, display protocol)"""
        # The one import from the model to a writer: notebooks ask the object itself.
        from .writers.notebook import mime_bundle

        return mime_bundle(self)
