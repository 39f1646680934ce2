"""Cards as a text that fits a screen: what does not fit is counted, and `--full` shows it.

One line, or a few, for each label. What takes most lines is cut first, but neither the one thing on
which it rests nor the quotation that a card is about: cut words may mean something else.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..labels import place_label
from ..namespaces import shrink
from ..trail.model import UNKNOWN_PARTIES, Trail
from ..trail.writers.text import kind_and_force, step_name
from .model import Card, Entry

LINES = 40
WIDTH = 80
_LONGEST_QUOTATION = 8
"""Lines up to which a quotation is whole."""
_CLOSING = "All of it, with places, checks and shapes: hrge explain NAME --full"
_PARTS_LAST = ("Notes", "More", "Where it is used")


@dataclass
class _Said:
    """What a label says, in so many lines; `whole` is not to be cut."""

    label: str
    values: list[str]
    whole: bool = False
    lines: list[str] = field(default_factory=list)

    def cut_to(self, most: int) -> None:
        """Say it in so many lines."""
        self.lines = _said(self.label, self.values, most)


@dataclass
class _Part:
    """A heading with its labels; of those that were left out only the names remain."""

    heading: str
    said: list[_Said]
    left_out: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The part as it is shown."""
        rest = _cut([f"  … {', '.join(self.left_out)}"]) if self.left_out else []
        return [self.heading, *(line for said in self.said for line in said.lines), *rest]


def to_short_text(card: Card) -> str:
    """A card as text of at most LINES lines, none of them longer than WIDTH."""
    head = [
        *(line for note in card.notes for line in _wrapped(note, 0)),
        *_wrapped(card.label, 0),
        *_wrapped(f"{shrink(card.id)} · {card.kind}", 0),
    ]
    end = [UNKNOWN_PARTIES] if card.links and UNKNOWN_PARTIES in card.links.notes else []
    parts = list(_parts(card))
    for said in (one for part in parts for one in part.said):
        said.cut_to(_LONGEST_QUOTATION)
        said.whole = said.whole and len(_wrapped(said.values[0], 1)) < _LONGEST_QUOTATION
    room = LINES - len(head) - len(end) - 1
    while sum(len(part.lines) for part in parts) > room and _shorten(parts):
        pass
    body = [line for part in parts for line in part.lines]
    return "\n".join([*head, *body[:room], *end, _CLOSING]) + "\n"


def _shorten(parts: list[_Part]) -> bool:
    """Take a line from what has most, or leave out a label of the part with most of them."""
    can_lose = [one for part in parts for one in part.said if not one.whole]
    longest = max(reversed(can_lose), key=lambda one: len(one.lines), default=None)
    if longest and len(longest.lines) > 1:
        longest.cut_to(len(longest.lines) - 1)
        return True
    fullest = max(reversed(parts), key=lambda part: len(part.said), default=None)
    if fullest is None or len(fullest.said) < 2:
        return False
    fullest.left_out.insert(0, fullest.said.pop().label)
    return True


def _parts(card: Card) -> Iterator[_Part]:
    for section in card.sections:
        if section.heading not in _PARTS_LAST:
            yield _Part(section.heading, _by_label(section.entries))
    if card.links:
        yield from _link_parts(card.links)
    if card.discrepancies:
        found = [f"{one.key} {one.label}" for one in card.discrepancies]
        yield _Part("Discrepancies: questions for a lawyer, not corrections", [_Said("", found)])
    for section in card.sections:
        if section.heading in _PARTS_LAST:
            yield _Part(section.heading, _by_label(section.entries))


def _by_label(entries: Iterable[Entry]) -> list[_Said]:
    said: dict[str, _Said] = {}
    for entry in entries:
        one = said.setdefault(entry.label, _Said(entry.label, [], whole=entry.quotation))
        one.whole = one.whole and not one.values
        one.values.append(_value(entry))
    return list(said.values())


def _value(entry: Entry) -> str:
    value = " ".join(entry.value.split())
    if entry.quotation:
        place = f"({place_label(entry.page, entry.line, entry.source)}) " if entry.page else ""
        value = f"{place}“{value}”"
    return f"{value} ({entry.remark})" if entry.remark else value


def _link_parts(trail: Trail) -> Iterator[_Part]:
    for steps, heading in (
        (trail.up, "↑ What it rests on or is tied to"),
        (trail.down, "↓ What rests on it or is tied to it"),
    ):
        said: dict[str, _Said] = {}
        for step in steps:
            node = trail.nodes[step.target]
            what = f"{node.label} [{shrink(node.id)}] · {kind_and_force(node)}"
            name = step_name(step)
            one = said.setdefault(name, _Said(name, [], whole=step.up))
            one.whole = one.whole and not one.values
            one.values.append(what)
        if said:
            yield _Part(heading, list(said.values()))


def _said(label: str, values: list[str], lines: int) -> list[str]:
    """A label with as many of its values as fit; the others are counted. One is cut if it must."""
    named = f"{label}: " if label else ""
    for number in range(len(values), 0, -1):
        more = len(values) - number
        text = named + "; ".join(values[:number]) + (f"; … {more} more" if more else "")
        wrapped = _wrapped(text, 1)
        if len(wrapped) <= lines:
            return wrapped
    more = len(values) - 1
    return _cut(_wrapped(named + values[0], 1), lines, f" … {more} more" if more else " …")


def _cut(wrapped: list[str], lines: int = 1, sign: str = " …") -> list[str]:
    kept = wrapped[:lines]
    if len(kept) < len(wrapped) or len(kept[-1]) > WIDTH:
        words = kept[-1][: WIDTH - len(sign)]
        kept[-1] = (words.rstrip() if words == kept[-1] else words.rsplit(" ", 1)[0]) + sign
    return kept


def _wrapped(text: str, depth: int) -> list[str]:
    indent = "  " * depth
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_on_hyphens=False,
    ) or [""]
