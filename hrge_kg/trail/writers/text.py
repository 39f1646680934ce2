"""Trails written out as text for a lawyer. (docs/reference/trail.md)

The text tells what the source prints from what the editors added, and shows the discrepancies of
the nodes and links on the trail.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from ...labels import place_label
from ...namespaces import shrink
from ..model import Detail, Discrepancy, Link, LinkEvidence, Node, Step, Trail

WIDTH = 120
CITING = ("cites", "quotes", "extracts")
"""The kinds of link that come from a citation. (queries/trails/links-citations.rq)"""
# What a link is based on, where that is not the printed text. (docs/reference/trail.md)
_BASIS = {
    "instrument": "by the instruments' own titles or text",
    "editors": "a link that the editors see; the source does not print it",
    "derived": "derived by the editors' rules",
    "programme": "as the description says",
    "assessment": "what the assessment of the description found",
}


def to_text(trail: Trail) -> str:
    """A trail as text.

    First the answer; then the words of the start; then ↑ what it rests on and ↓ what rests on it,
    or the paths to the end; then the discrepancies and the notes.
    """
    return "\n".join(_Writer(trail).lines()) + "\n"


class _Writer:
    """Writes one trail; remembers which nodes it has written, so that each is described once."""

    def __init__(self, trail: Trail, *, brief: bool = False) -> None:
        self.trail = trail
        self.brief = brief  # leaves out the details of nodes, which `hrge explain` shows
        self.written: set[str] = set()  # nodes (IRIs) whose details are written
        self.first_node: dict[str, str] = {}  # by line of the editors: the node it was written at

    def lines(self) -> Iterator[str]:
        trail = self.trail
        start = trail.nodes[trail.start]
        if trail.answer:
            yield from (*wrap(trail.answer, 0), "")
        yield from self._head(start)
        if trail.end:
            yield from self._paths(trail.nodes[trail.end])
        yield from self.steps()
        yield from self._register()
        for note in trail.notes:
            yield from ("", *wrap(note, 0))

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
        yield f"{shrink(node.id)} · {kind_and_force(node)}"
        yield from self._node(node, 0, whole=True)

    def _paths(self, end: Node) -> Iterator[str]:
        yield from ("", f"to {end.label}", f"{shrink(end.id)} · {kind_and_force(end)}")
        for number, path in enumerate(self.trail.paths, 1):
            yield from ("", f"Path {number}, {len(path)} step{'s' if len(path) > 1 else ''}")
            for step in path:
                yield from self._step(step, 1)

    def _tree(self, steps: tuple[Step, ...]) -> Iterator[str]:
        """The steps, indented. A brief trail leaves out those that `_shown_by_a_norm`."""
        hidden: int | None = None  # the depth of a step that is left out, with all that follows it
        for step in steps:
            if hidden is not None and step.depth > hidden:
                continue
            hidden = step.depth if self.brief and self._shown_by_a_norm(step, steps) else None
            if hidden is None:
                yield from self._step(step, step.depth)

    def _shown_by_a_norm(self, step: Step, steps: tuple[Step, ...]) -> bool:
        """Whether a passage cites only what a norm beside it cites in the same citation.

        The norm's step shows the footnote already.
        """
        nodes = self.trail.nodes
        if step.up or nodes[step.target].type != "passage":
            return False
        beside: set[str | None] = set()
        for other in steps:
            if other.origin == step.origin and nodes[other.target].type == "norm":
                beside.update(link.citation for link in other.links)
        return all(link.citation and link.citation in beside for link in step.links)

    def _step(self, step: Step, depth: int) -> Iterator[str]:
        node = self.trail.nodes[step.target]
        arrow = "↑" if step.up else "↓"
        elsewhere = " (written out elsewhere in this trail)" if step.repeated else ""
        yield from wrap(
            f"{arrow} {step_name(step)}: {node.label} [{shrink(node.id)}]"
            f" · {kind_and_force(node)}{elsewhere}",
            depth,
        )
        origin = self.trail.nodes[step.origin]
        with_words = {link: not _quoted_by_a_node(link, node, origin) for link in step.links}
        evidence: dict[str, None] = {}  # each line once
        for link in step.links:
            lines = evidence_lines(self.trail, link, with_words=with_words[link])
            evidence.update(dict.fromkeys(lines))
        for line in evidence:
            yield from wrap(line, depth + 1)
        keys = sorted({key for link in step.links for key in link.discrepancies})
        if keys:
            yield from wrap(f"discrepancies on this step: {', '.join(keys)}", depth + 1)
        if not step.repeated:
            shown = [link.evidence.quote or "" for link in step.links if with_words[link]]
            yield from self._node(node, depth + 1, shown=shown)

    def _node(
        self, node: Node, depth: int, *, whole: bool = False, shown: Iterable[str] = ()
    ) -> Iterator[str]:
        """A node's words, unless they are `shown` just above, and what is known of it."""
        if node.printed_label and node.printed_label not in node.label:
            yield from wrap(f"printed label: “{node.printed_label}”", depth)
        words = (node.quote or "").removeprefix(f"{node.printed_label} ")
        if node.quote and not any(words in quote for quote in shown):
            yield from wrap(_quotation(node), depth)
        if self.brief:
            return
        titles = {detail.text for detail in node.details if detail.label == "printed title"}
        if len(titles) > 1 and not whole:
            yield from wrap(
                f"printed here under {len(titles)} titles; "
                f"`hrge explain {shrink(node.id)}` lists them",
                depth,
            )
        if node.id not in self.written:
            self.written.add(node.id)
            for line in self._details(node, whole=whole):
                yield from wrap(line, depth)
        if node.discrepancies:
            yield from wrap(_discrepancies_about(node), depth)

    def _details(self, node: Node, *, whole: bool) -> Iterator[str]:
        """The details of a node. What the editors noted of several nodes is only at the first."""
        elsewhere: list[str] = []
        for detail in node.details:
            line = _detail(detail)
            if detail.editorial:
                first = self.first_node.setdefault(line, node.label)
                if first != node.label:
                    elsewhere.append(first)
                    continue
            if detail.label != "printed title" or whole:
                yield line
        if elsewhere:
            labels = "; ".join(f"“{label}”" for label in dict.fromkeys(elsewhere))
            yield (
                f"editors: {len(elsewhere)} of the readings and notes above, under {labels}, "
                "bear on it as well"
            )

    def _register(self) -> Iterator[str]:
        if self.trail.discrepancies:
            yield from ("", "Discrepancies on this trail: questions for a lawyer, not corrections")
            for discrepancy in self.trail.discrepancies.values():
                yield from discrepancy_lines(discrepancy)


def evidence_lines(trail: Trail, link: Link, *, with_words: bool = True) -> Iterator[str]:
    """What shows a link: its words and their place, what else the citation cites, its basis."""
    evidence = link.evidence
    if evidence.quote and with_words:
        yield f"“{evidence.quote}” ({', '.join(_places(evidence))})"
    others = _cited_as_well(trail, link)
    if others:
        yield f"one citation of several: it cites {'; '.join(others)} as well"
    marks = [_remark_and_basis(link)]
    if link.verification:
        marks.append(f"read in: {link.verification}")
    if any(marks):
        yield f"{'editors: ' if link.editorial else ''}{' '.join(filter(None, marks))}"


def _cited_as_well(trail: Trail, link: Link) -> list[str]:
    """The labels of what else the same citation cites."""
    if not link.citation or link.kind not in CITING:
        return []
    same = (link.citation, link.kind, link.start)
    ends = {
        other.end
        for other in trail.edges
        if (other.citation, other.kind, other.start) == same and other.end != link.end
    }
    return sorted(trail.nodes[end].label for end in ends)


def _remark_and_basis(link: Link) -> str:
    # If the editors made a remark on their own link, the remark says its basis already.
    basis = None if link.remark and link.editorial else _BASIS.get(link.basis)
    if link.remark and basis:
        return f"{link.remark} ({basis})"
    return link.remark or basis or ""


def link_lines(trail: Trail, link: Link) -> Iterator[str]:
    """What shows a link, with the discrepancies on it."""
    yield from evidence_lines(trail, link)
    if link.discrepancies:
        yield f"discrepancies on this step: {', '.join(link.discrepancies)}"


def node_lines(node: Node) -> Iterator[str]:
    """What is known of a node: what it is, its words, facts and terms, discrepancies."""
    yield kind_and_force(node)
    if node.quote:
        yield _quotation(node)
    yield from (_detail(detail) for detail in node.details)
    if node.discrepancies:
        yield _discrepancies_about(node)


def step_lines(trail: Trail) -> Iterator[str]:
    """The steps up and down alone, for cards."""
    return _Writer(trail, brief=True).steps()


def discrepancy_lines(discrepancy: Discrepancy) -> Iterator[str]:
    """A discrepancy with its words and place, indented, for trails and cards."""
    for number, sentence in enumerate(discrepancy_sentences(discrepancy)):
        yield from wrap(sentence, 2 if number else 1)


def discrepancy_sentences(discrepancy: Discrepancy) -> Iterator[str]:
    """What a discrepancy is, its words and their place, the difference, the note."""
    one = discrepancy
    yield f"{one.key} {one.label} ({one.kind}, {one.status}; {one.verification})"
    yield f"“{one.quote}” ({place_label(one.page, one.line, one.source)})"
    yield one.difference
    if one.note:
        yield f"note: {one.note}"


def _quoted_by_a_node(link: Link, node: Node, origin: Node) -> bool:
    """Whether the nodes of a step show the link's words already.

    If the link has a citation, or its words are from a footnote, the link shows them all the same.
    """
    words = link.evidence.quote
    if link.citation:
        return False
    return words == origin.quote or (words == node.quote and not link.evidence.footnote)


def _quotation(node: Node) -> str:
    return f"“{node.quote}” ({place_label(node.page, node.line, node.source)})"


def _discrepancies_about(node: Node) -> str:
    return f"discrepancies about it: {', '.join(node.discrepancies)}"


def kind_and_force(node: Node) -> str:
    """What a node is, and of which force."""
    return " · ".join(dict.fromkeys(part for part in (node.kind, node.force) if part))


def step_name(step: Step) -> str:
    """The kinds of its links; if only some are the editors', each of these is marked."""
    mixed = len({link.editorial for link in step.links}) > 1
    names: dict[str, None] = {}
    for link in step.links:
        mark = " (editors)" if mixed and link.editorial else ""
        names[link_name(link, up=step.up) + mark] = None
    return "; ".join(names)


def link_name(link: Link, *, up: bool = True) -> str:
    """The kind of a link in words, from its start to its end (`up`) or the other way round.

    A citation has its character in brackets.
    """
    name = link.label if up else link.inverse
    character = link.evidence.character if link.kind == "cites" else None
    return f"{name} ({character})" if character else name


def _places(evidence: LinkEvidence) -> Iterator[str]:
    yield evidence.place
    if evidence.footnote:
        yield f"footnote {evidence.footnote}"
    if evidence.pinpoint:
        unit = evidence.pinpoint_unit
        # "article 9" names its unit itself, "9" does not.
        if unit is None or unit in evidence.pinpoint.casefold():
            yield f"pinpoint “{evidence.pinpoint}”"
        else:
            yield f"pinpoint “{evidence.pinpoint}” (unit: {unit})"


def _detail(detail: Detail) -> str:
    text = detail.text
    if detail.page:
        text = f"“{text}” ({place_label(detail.page, detail.line, detail.source)})"
    mark = f" ({detail.verification})" if detail.verification else ""
    reason = f" Reason: {detail.reason}" if detail.reason else ""
    return f"{'editors: ' if detail.editorial else ''}{detail.label}: {text}{mark}{reason}"


def wrap(text: str, depth: int) -> list[str]:
    """The lines of a text, indented; no word is cut, so that IRIs stay whole."""
    indent = "  " * depth
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
