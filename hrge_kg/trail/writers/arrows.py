"""What a picture of a trail draws as arrows, and what it draws by standing one box in another.

Links from one node to another that come of one citation are one arrow. A provision stands in what
it is a part of, so that link needs no arrow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model import Link, Trail
from .labels import link_label

_PART_OF = "part-of"
_LONGEST = 30
"""Letters of a quotation that stand on an arrow."""


@dataclass(frozen=True)
class Arrow:
    """Links that are drawn as one, with their numbers in the trail; the first gives the letter.

    >>> link = Link("a", "restates", "b", 30, "restates", "is restated by", "editors")
    >>> Arrow((link,), (0,)).label
    'restates (editors)'
    """

    links: tuple[Link, ...]
    numbers: tuple[int, ...]

    @property
    def first(self) -> Link:
        """The link whose kind is told first."""
        return self.links[0]

    @property
    def label(self) -> str:
        """The kinds of its links in words."""
        return "; ".join(dict.fromkeys(link_label(link) for link in self.links))

    @property
    def words(self) -> str:
        """The first words that show it, in quotation marks; empty where nothing is quoted."""
        quotes = (link.evidence.quote for link in self.links)
        quote = next(filter(None, quotes), None)
        return f"“{_beginning(' '.join(quote.split()))}”" if quote else ""


def arrows(trail: Trail) -> tuple[Arrow, ...]:
    """The arrows of a trail, in the order of its links."""
    inside = parents(trail)
    together: dict[tuple[object, ...], list[int]] = {}
    for number, link in enumerate(trail.edges):
        if not (link.kind == _PART_OF and inside.get(link.start) == link.end):
            alone = None if link.citation else number
            key = (link.start, link.end, link.citation, link.editorial, alone)
            together.setdefault(key, []).append(number)
    return tuple(
        Arrow(tuple(trail.edges[number] for number in numbers), tuple(numbers))
        for numbers in together.values()
    )


def parents(trail: Trail) -> Mapping[str, str]:
    """By the node of a provision: what it is a part of, where that is on the trail as well."""
    found: dict[str, str] = {}
    for link in trail.edges:
        start, end = trail.nodes[link.start], trail.nodes[link.end]
        same = start.document is not None and start.document == end.document
        if link.kind == _PART_OF and same and start.force == end.force:
            found.setdefault(link.start, link.end)
    return {child: parent for child, parent in found.items() if _ends(child, found)}


def _ends(child: str, found: Mapping[str, str]) -> bool:
    """Whether the way up from a node ends; parts that go round in a circle have no outermost."""
    passed: set[str] = set()
    while child in found and child not in passed:
        passed.add(child)
        child = found[child]
    return child not in passed


def _beginning(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return words[:_LONGEST].rpartition(" ")[0] + " …"
