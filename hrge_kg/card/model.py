"""What a card is made of: entries in sections."""

from __future__ import annotations

from dataclasses import dataclass

from ..trail.model import Discrepancy, Trail


@dataclass(frozen=True)
class Entry:
    """One line of a card; `details` are what is known of its value in turn.

    >>> Entry("force", "treaty").quotation
    False
    """

    label: str
    value: str
    iri: str | None = None
    quotation: bool = False
    remark: str | None = None
    page: int | None = None
    line: int | None = None
    details: tuple[Entry, ...] = ()
    source: str | None = None


@dataclass(frozen=True)
class Section:
    """A heading and its lines.

    >>> Section("Limits", ()).heading
    'Limits'
    """

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Card:
    """All that is known of a thing, in sections; its links one step up and down; the discrepancies that concern it.

    >>> Card("x", "X", "norm", (), None, ()).discrepancies
    ()
    """

    id: str
    label: str
    kind: str
    sections: tuple[Section, ...]
    links: Trail | None
    discrepancies: tuple[Discrepancy, ...]
