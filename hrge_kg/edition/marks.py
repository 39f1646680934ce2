"""Where something begins or ends within the words of an edition: references, anchors, footnotes,
pages.

A reference (`ref`) encloses its words. That is possible only within one passage, and no reference
is within another. So of citations whose words overlap the shortest becomes a `ref`; the others get
markers, as anchors do, which can lie across each other as they like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from ..errors import InputError
from ..namespaces import BASE, shrink
from .letters import Leaf, Letters, Place, reading_order
from .model import Anchor, Citation, Edition, Named, Passage
from .xml_text import element, escaped

# What is written between the same two characters, in this order.
_REF_ENDS, _ANCHOR_ENDS, _NOTE, _PAGE_ENDS, _ANCHOR_BEGINS, _REF_BEGINS = range(6)


@dataclass(frozen=True)
class Implicit:
    """A citation, or a further thing cited, that no `ref` leads to. `place` is an eId."""

    place: str
    citation: Citation
    cited: Named


def identifier(iri: str) -> str:
    """The eId of a thing in the references of the document.

    >>> identifier(BASE + "id/norm/safe-return")
    'norm_safe-return'
    """
    return iri.removeprefix(BASE + "id/").replace("/", "_")


class Marks:
    """What is to be written before or after the characters of each leaf."""

    def __init__(self, edition: Edition, letters: Letters, note: Callable[[Passage], str]) -> None:
        self._edition = edition
        self._letters = letters
        self._found: dict[str, list[tuple[int, int, int, str | Passage]]] = {}
        self.implicit: list[Implicit] = []
        self._note = note
        self._references()
        self._anchors()
        self._notes()
        self._pages()

    def written(self, leaf: Leaf) -> str:
        """The words of a leaf with all that is written within them."""
        parts: list[str] = []
        position = 0
        for place, _, _, found in sorted(
            self._found.get(leaf.passage.iri, ()), key=lambda one: one[:3]
        ):
            xml = self._note(found) if isinstance(found, Passage) else found
            parts += [escaped(leaf.text[position:place]), xml]
            position = place
        return "".join([*parts, escaped(leaf.text[position:])])

    def _put(self, leaf: Leaf, place: int, rank: int, xml: str | Passage) -> None:
        found = self._found.setdefault(leaf.passage.iri, [])
        found.append((place, rank, len(found), xml))

    def _references(self) -> None:
        taken: dict[str, list[tuple[int, int, str]]] = {}
        references: list[tuple[Place, int, Citation]] = []
        rest: list[Citation] = []
        ends = {one.iri: self._letters.ends(one.spans) for one in self._edition.citations}

        def length(citation: Citation) -> tuple[int, str]:
            return sum(end - start for start, end in citation.spans), citation.iri

        for citation in sorted(self._edition.citations, key=length):
            found = ends[citation.iri]
            if found is None:
                continue
            (leaf, first), (last_leaf, last) = found
            others = taken.setdefault(leaf.passage.iri, [])
            if leaf == last_leaf and all(last < start or first > end for start, end, _ in others):
                others.append((first, last, citation.iri))
                references.append(((leaf, first), last, citation))
            else:
                rest.append(citation)
        references.sort(key=lambda one: reading_order(one[0]))
        for number, ((leaf, first), last, citation) in enumerate(references, 1):
            eid = f"ref_{number}"
            self._put(leaf, first, _REF_BEGINS, _opening(eid, citation))
            self._put(leaf, last + 1, _REF_ENDS, "</ref>")
            self.implicit += [Implicit(eid, citation, one.thing) for one in citation.cited[1:]]
        for citation in sorted(rest, key=lambda one: one.iri):
            begin = self._enclose(Anchor(citation.iri, citation.spans, ()), citation.iri)
            self.implicit += [Implicit(begin, citation, one.thing) for one in citation.cited]

    def _anchors(self) -> None:
        for anchor in self._edition.anchors:
            self._enclose(anchor, anchor.iri)

    def _enclose(self, anchor: Anchor, iri: str) -> str:
        """Put markers around words; the eId of the first."""
        name = identifier(iri)
        found = self._letters.ends(anchor.spans)
        if found is None:
            raise InputError(
                shrink(iri),
                "the quotation has no words but the number of a footnote",
                "Quote words of the text.",
            )
        (first_leaf, first), (last_leaf, last) = found
        refers = " ".join(f"#{identifier(one.iri)}" for one in anchor.things) or None

        def marker(end: str) -> str:
            return element("marker", {"name": end, "eId": f"{name}__{end}", "refersTo": refers})

        self._put(first_leaf, first, _ANCHOR_BEGINS, marker("from"))
        self._put(last_leaf, last + 1, _ANCHOR_ENDS, marker("upTo"))
        return f"{name}__from"

    def _notes(self) -> None:
        footnotes = [one for one in self._edition.passages if one.kind == "footnote"]
        for mark in self._edition.passages:
            if mark.kind != "footnote-mark":
                continue
            # The notes of a text may be numbered anew: a mark means the next one with its number.
            note = next(
                one for one in footnotes if one.label == mark.label and one.order > mark.order
            )
            footnotes.remove(note)
            place = self._letters.before(mark.spans[0][0])
            leaf, number = place or (self._first(), -1)
            self._put(leaf, number + 1, _NOTE, note)

    def _pages(self) -> None:
        pages = sorted(
            (one for one in self._edition.passages if one.kind == "page"),
            key=lambda one: one.spans[0],
        )
        notes = {one.iri for one in self._edition.passages if one.kind == "footnote"}
        body = [leaf for leaf in self._letters.leaves.values() if leaf.passage.parent not in notes]
        for page, following in pairwise(pages):
            start = following.spans[0][0]
            places: Iterable[Place] = (
                (leaf, number)
                for leaf in body
                for number, offset in enumerate(leaf.offsets)
                if offset >= start and leaf.text[number] != " "
            )
            last = max(body, key=lambda leaf: leaf.passage.order)
            # A last page may hold footnotes alone.
            leaf, number = min(places, key=reading_order, default=(last, len(last.text)))
            ended = {"number": str(page.page), "GUID": page.iri}
            self._put(leaf, number, _PAGE_ENDS, element("eop", ended))

    def _first(self) -> Leaf:
        return min(self._letters.leaves.values(), key=lambda leaf: leaf.passage.order)


def _opening(eid: str, citation: Citation) -> str:
    cited = citation.cited[0]
    attributes = {
        "eId": eid,
        "GUID": citation.iri,
        "href": cited.thing.iri,
        "refersTo": f"#{identifier(cited.document.iri)}",
        "title": cited.thing.label,
    }
    return element("ref", attributes).removesuffix("/>") + ">"
