"""A trail as Markdown (CommonMark): to paste into a report, with every link and its words."""

from __future__ import annotations

from collections.abc import Iterator

from ...markup.markdown_writer import escaped
from ...namespaces import shrink
from ..model import Link, Trail
from .labels import trail_title
from .text import link_lines, link_name, node_lines


def to_markdown(trail: Trail) -> str:
    """Headings, then lists of links, of what the trail passes through, and of discrepancies."""
    return "\n".join(_lines(trail)) + "\n"


def _lines(trail: Trail) -> Iterator[str]:
    yield from (f"# {escaped(trail_title(trail))}", "")
    for note in trail.told:
        yield from (escaped(note), "")
    yield from ("## Links", "")
    for link in trail.edges:
        yield from _link(trail, link)
    yield from ("", "## What it passes through", "")
    for node in trail.nodes.values():
        yield f"- **{escaped(node.label)}** `{shrink(node.id)}`"
        yield from (f"  - {escaped(line)}" for line in node_lines(node))
    if trail.discrepancies:
        yield from ("", "## Discrepancies: questions for a lawyer, not corrections", "")
        for one in trail.discrepancies.values():
            label, difference = escaped(one.label), escaped(one.difference)
            yield f"- **{one.key}** {label} ({one.status}): {difference}"


def _link(trail: Trail, link: Link) -> Iterator[str]:
    start, end = (escaped(trail.nodes[iri].label) for iri in (link.start, link.end))
    yield f"1. {start} **{escaped(link_name(link))}** {end}"
    yield from (f"   - {escaped(line)}" for line in link_lines(trail, link))
