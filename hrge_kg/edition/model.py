"""What an edition is made of: the passages of a source text, anchors, citations and facts."""

from __future__ import annotations

from dataclasses import dataclass

from ..text.folding import Span

LEFT_OUT = frozenset({"page", "footnote-mark"})
"""Kinds of passages whose words other passages have, or which are written as a mark."""


@dataclass(frozen=True)
class Passage:
    """A passage as the graph has it. `kind` is the local name of its concept; `text` is folded.

    >>> Passage("p", "sentence", 1, 7, 1, None, None, "Act.", ((0, 4),)).kind
    'sentence'
    """

    iri: str
    kind: str
    order: int
    page: int
    line: int
    parent: str | None
    label: str | None
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Named:
    """A thing of the graph with the name that people read."""

    iri: str
    label: str


@dataclass(frozen=True)
class Anchor:
    """Words of the text, by their places in it, and the things whose words they are."""

    iri: str
    spans: tuple[Span, ...]
    things: tuple[Named, ...]


@dataclass(frozen=True)
class Cited:
    """What a citation cites, and the document that this is or belongs to."""

    thing: Named
    document: Named


@dataclass(frozen=True)
class Citation:
    """A citation: its words, and all that they cite."""

    iri: str
    spans: tuple[Span, ...]
    cited: tuple[Cited, ...]


@dataclass(frozen=True)
class Facts:
    """The facts of the graph about a text, and about who made this edition of it.

    `published` is the first day of what is known: a year or a month begins with its first day.
    `language` is a code of ISO 639-2, `jurisdiction` a code of Akoma Ntoso.
    """

    key: str
    iri: str
    label: str
    title: str
    kind: str
    publisher: str
    published: str
    language: str
    jurisdiction: str
    rights: str
    editor: Named
    modified: str


@dataclass(frozen=True)
class Edition:
    """A source text with all that is tied to it. `raw` is the text file."""

    facts: Facts
    raw: str
    passages: tuple[Passage, ...]
    anchors: tuple[Anchor, ...]
    citations: tuple[Citation, ...]
