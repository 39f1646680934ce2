"""A trail as Markdown (CommonMark): to paste into a report, with every link and its words."""

from __future__ import annotations

from ...markup.markdown_writer import escaped
from ...namespaces import shrink
from ..model import Trail
from .text import link_lines, link_name, node_lines


def to_markdown(trail: Trail) -> str:
    """Headings, then lists of links, of what the trail passes through, and of discrepancies."""
    start = trail.nodes[trail.start]
    lines = [
        f"# {escaped(f'Citation trail: {start.label}')}"
        + (f" {escaped(f'to {trail.nodes[trail.end].label}')}" if trail.end else ""),
        "",
    ]
    lines += [line for note in trail.notes for line in (escaped(note), "")]
    lines += ["## Links", ""]
    for link in trail.edges:
        lines.append(
            f"1. {escaped(trail.nodes[link.start].label)} **{escaped(link_name(link))}** {escaped(trail.nodes[link.end].label)}"
        )
        lines += [f"   - {escaped(line)}" for line in link_lines(trail, link)]
    lines += ["", "## What it passes through", ""]
    for node in trail.nodes.values():
        lines.append(f"- **{escaped(node.label)}** `{shrink(node.id)}`")
        lines += [f"  - {escaped(line)}" for line in node_lines(node)]
    if trail.discrepancies:
        lines += ["", "## Discrepancies: questions for a lawyer, not corrections", ""]
        lines += [
            f"- **{one.key}** {escaped(one.label)} ({one.status}): {escaped(one.difference)}"
            for one in trail.discrepancies.values()
        ]
    return "\n".join(lines) + "\n"
