"""What a card is made of: entries in sections.

>>> Card("x", "X", "norm", (), None, ()).discrepancies
()
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from ..namespaces import shrink
from ..trail.model import Discrepancy, Trail


@dataclass(frozen=True)
class Entry:
    """One line of a card.

    `iri` is the thing that the value names, `details` are what the graph knows of this thing. A
    quotation has its page and line and, if the graph holds several source texts, its `source`.

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


@dataclass(frozen=True, repr=False)
class Card:
    """All that is known of a thing, in sections, with the discrepancies that concern it.

    `links` are a trail of one step up and one step down; None if no trail can start at the thing.
    `notes` tell what a reader must know of the name that was asked for. `date` is the day of the
    graph, `texts` are the labels of its source texts.
    """

    id: str
    label: str
    kind: str
    sections: tuple[Section, ...]
    links: Trail | None
    discrepancies: tuple[Discrepancy, ...]
    notes: tuple[str, ...] = ()
    date: str = ""
    texts: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Card of {self.label}, {self.kind}: {shrink(self.id)}>"

    def _repr_html_(self) -> str:
        # Notebooks ask the object itself, so here the model has to import a writer.
        from .writers import to_text

        return f"<pre>{escape(to_text(self))}</pre>"
