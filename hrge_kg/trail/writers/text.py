"""Trails written out: as text for a lawyer, and as JSON (docs/reference/trail.md).
Both tell what the source prints from what the editors added, and show the discrepancies on the way.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from ...labels import place_label
from ...namespaces import shrink
from ..model import Detail, Discrepancy, Link, LinkEvidence, Node, Step, Trail

WIDTH = 120
CITING = ("cites", "quotes", "extracts")
"""The kinds of link that one citation each prints. (queries/trails/links-citations.rq)"""
# What a link is based on, where that is not the printed text. (docs/reference/trail.md)
_BASIS = {
    "instrument": "by the instruments' own titles or text",
    "editors": "a link that the editors see; the source does not print it",
    "derived": "derived by the editors' rules",
    "programme": "as the description says",
    "assessment": "what the assessment of the description found",
}


def to_text(trail: Trail) -> str:
    """A trail as text: the words of the start first, then ↑ what it rests on and ↓ what rests on it, or the paths to the end."""
    return "\n".join(_Writer(trail).lines()) + "\n"


class _Writer:
    """Writes one trail; remembers what it has said, so that it says it once."""

    def __init__(self, trail: Trail, *, brief: bool = False) -> None:
        self.trail = trail
        self.brief = brief  # without what a card of each node says
        self.written: set[str] = set()  # nodes
        self.said: dict[str, str] = {}  # what the editors say, and of which node it was said first

    def lines(self) -> Iterator[str]:
        trail = self.trail
        start = trail.nodes[trail.start]
        yield from self._head(start)
        if trail.end:
            yield from self._paths(trail.nodes[trail.end])
        yield from self.steps()
        yield from self._register()
        for note in trail.notes:
            yield from ("", *_wrap(note, 0))

    def steps(self) -> Iterator[str]:
        for steps, title in (
            (self.trail.up, "↑ What it rests on or is tied to"),
            (self.trail.down, "↓ What rests on it or is tied to it"),
        ):
            if steps:
                yield from ("", title)
                yield from self._tree(steps)

    def _head(self, node: Node) -> Iterator[str]:
        yield node.label
        yield f"{shrink(node.id)} · {_character(node)}"
        yield from self._about(node, 0, whole=True)

    def _paths(self, end: Node) -> Iterator[str]:
        yield from ("", f"to {end.label}", f"{shrink(end.id)} · {_character(end)}")
        for number, path in enumerate(self.trail.paths, 1):
            yield from ("", f"Path {number}, {len(path)} step{'s' if len(path) > 1 else ''}")
            for step in path:
                yield from self._step(step, 1)

    def _tree(self, steps: tuple[Step, ...]) -> Iterator[str]:
        hidden: int | None = None
        for step in steps:
            if hidden is not None and step.depth > hidden:
                continue
            hidden = step.depth if self.brief and self._told_by_a_norm(step, steps) else None
            if hidden is None:
                yield from self._step(step, step.depth)

    def _told_by_a_norm(self, step: Step, steps: tuple[Step, ...]) -> bool:
        """A footnote that cites what a norm beside it cites in the same citation: the norm's step shows the footnote already."""
        if (
            step.up
            or self.trail.nodes[step.target].type != "passage"
            or not all(link.citation for link in step.links)
        ):
            return False
        beside = {
            link.citation
            for one in steps
            for link in one.links
            if one.origin == step.origin and self.trail.nodes[one.target].type == "norm"
        }
        return all(link.citation in beside for link in step.links)

    def _step(self, step: Step, depth: int) -> Iterator[str]:
        node = self.trail.nodes[step.target]
        arrow = "↑" if step.up else "↓"
        mixed = len({link.editorial for link in step.links}) > 1
        named = "; ".join(
            dict.fromkeys(
                link_name(link, up=step.up) + (" (editors)" if mixed and link.editorial else "")
                for link in step.links
            )
        )
        seen = " (written out elsewhere in this trail)" if step.repeated else ""
        yield from _wrap(
            f"{arrow} {named}: {node.label} [{shrink(node.id)}] · {_character(node)}{seen}", depth
        )
        told = {link: _told(link, node, self.trail.nodes[step.origin]) for link in step.links}
        for line in dict.fromkeys(
            line
            for link in step.links
            for line in evidence_lines(self.trail, link, told=told[link])
        ):
            yield from _wrap(line, depth + 1)
        keys = sorted({key for link in step.links for key in link.discrepancies})
        if keys:
            yield from _wrap(f"discrepancies on this step: {', '.join(keys)}", depth + 1)
        if not step.repeated:
            yield from self._about(
                node,
                depth + 1,
                shown=[link.evidence.quote for link in step.links if not told[link]],
            )

    def _about(
        self, node: Node, depth: int, *, whole: bool = False, shown: Iterable[str | None] = ()
    ) -> Iterator[str]:
        if node.printed_label and node.printed_label not in node.label:
            yield from _wrap(f"printed label: “{node.printed_label}”", depth)
        words = (node.quote or "").removeprefix(f"{node.printed_label} ")
        if node.quote and not any(words in (quote or "") for quote in shown):
            yield from _wrap(
                f"“{node.quote}” ({place_label(node.page, node.line, node.source)})", depth
            )
        if self.brief:
            return
        titles = {detail.text for detail in node.details if detail.label == "printed title"}
        if len(titles) > 1 and not whole:
            yield from _wrap(
                f"printed here under {len(titles)} titles; `hrge explain {shrink(node.id)}` lists them",
                depth,
            )
        if node.id not in self.written:
            self.written.add(node.id)
            yield from (
                part for line in self._details(node, whole=whole) for part in _wrap(line, depth)
            )
        if node.discrepancies:
            yield from _wrap(f"discrepancies about it: {', '.join(node.discrepancies)}", depth)

    def _details(self, node: Node, *, whole: bool) -> Iterator[str]:
        elsewhere: list[str] = []
        for detail in node.details:
            line = _detail(detail)
            if detail.editorial and (first := self.said.setdefault(line, node.label)) != node.label:
                elsewhere.append(first)
            elif detail.label != "printed title" or whole:
                yield line
        if elsewhere:
            whose = "; ".join(f"“{label}”" for label in dict.fromkeys(elsewhere))
            yield f"editors: {len(elsewhere)} of the readings and notes above, under {whose}, bear on it as well"

    def _register(self) -> Iterator[str]:
        if self.trail.discrepancies:
            yield from ("", "Discrepancies on this trail: questions for a lawyer, not corrections")
            for one in self.trail.discrepancies.values():
                yield from discrepancy_lines(one)


def evidence_lines(trail: Trail, link: Link, *, told: bool = False) -> Iterator[str]:
    """What shows a link: words and place, what else the citation cites, whose reading it is. `told`: the words stand beside it already."""
    evidence = link.evidence
    if evidence.quote and not told:
        yield f"“{evidence.quote}” ({', '.join(_places(evidence))})"
    others = {
        other.end
        for other in trail.edges
        if link.citation
        and other.citation == link.citation
        and other.kind == link.kind
        and other.start == link.start
    } - {link.end}
    if others and link.kind in CITING:
        yield f"one citation of several: it cites {'; '.join(sorted(trail.nodes[one].label for one in others))} as well"
    basis = None if link.remark and link.editorial else _BASIS.get(link.basis)
    marks = (
        [f"{link.remark} ({basis})"]
        if link.remark and basis
        else [text for text in (link.remark, basis) if text]
    )
    if link.verification:
        marks.append(f"read in: {link.verification}")
    if marks:
        yield f"{'editors: ' if link.editorial else ''}{' '.join(marks)}"


def link_lines(trail: Trail, link: Link) -> Iterator[str]:
    """The same with the discrepancies on the link."""
    yield from evidence_lines(trail, link)
    if link.discrepancies:
        yield f"discrepancies on this step: {', '.join(link.discrepancies)}"


def node_lines(node: Node) -> Iterator[str]:
    """What is known of a node: what it is, the words that the source prints for it, facts and terms, discrepancies."""
    yield _character(node)
    if node.quote:
        yield f"“{node.quote}” ({place_label(node.page, node.line, node.source)})"
    yield from (_detail(detail) for detail in node.details)
    if node.discrepancies:
        yield f"discrepancies about it: {', '.join(node.discrepancies)}"


def step_lines(trail: Trail) -> Iterator[str]:
    """The steps up and down alone, for cards."""
    return _Writer(trail, brief=True).steps()


def discrepancy_lines(one: Discrepancy) -> Iterator[str]:
    """A discrepancy with its words and place, for trails and cards."""
    for number, line in enumerate(discrepancy_said(one)):
        yield from _wrap(line, 2 if number else 1)


def discrepancy_said(one: Discrepancy) -> Iterator[str]:
    """The same, a line each: first what it is."""
    yield f"{one.key} {one.label} ({one.kind}, {one.status}; {one.verification})"
    yield f"“{one.quote}” ({place_label(one.page, one.line, one.source)})"
    yield one.difference
    if one.note:
        yield f"note: {one.note}"


def _told(link: Link, node: Node, origin: Node) -> bool:
    """Words that the step's own nodes show are not said again, unless the place of a footnote comes with them."""
    words = link.evidence.quote
    return not link.citation and (
        words == origin.quote or (words == node.quote and not link.evidence.footnote)
    )


def _character(node: Node) -> str:
    return " · ".join(dict.fromkeys(part for part in (node.kind, node.force) if part))


def link_name(link: Link, *, up: bool = True) -> str:
    """What kind of link it is, read from its start or from its end; a citation with its character."""
    character = (
        f" ({link.evidence.character})" if link.evidence.character and link.kind == "cites" else ""
    )
    return f"{link.label if up else link.inverse}{character}"


def _places(evidence: LinkEvidence) -> Iterator[str]:
    yield evidence.place
    if evidence.footnote:
        yield f"footnote {evidence.footnote}"
    if evidence.pinpoint:
        told = (
            evidence.pinpoint_unit is None or evidence.pinpoint_unit in evidence.pinpoint.casefold()
        )
        yield f"pinpoint “{evidence.pinpoint}”" + (
            "" if told else f" (unit: {evidence.pinpoint_unit})"
        )


def _detail(detail: Detail) -> str:
    quoted = (
        f"“{detail.text}” ({place_label(detail.page, detail.line, detail.source)})"
        if detail.page
        else detail.text
    )
    mark = f" ({detail.verification})" if detail.verification else ""
    reason = f" Reason: {detail.reason}" if detail.reason else ""
    return f"{'editors: ' if detail.editorial else ''}{detail.label}: {quoted}{mark}{reason}"


def _wrap(text: str, depth: int) -> list[str]:
    indent = "  " * depth
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
