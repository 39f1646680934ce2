"""Trails in Mermaid. (https://mermaid.js.org/syntax/flowchart.html)"""

from __future__ import annotations

import re

from ..model import Trail
from .labels import arrow_words, node_label, notes_below


def to_mermaid(trail: Trail) -> str:
    """A flowchart. Each link has its kind written on it; dotted links are the editors'."""
    keys = {iri: f"n{number}" for number, iri in enumerate(trail.nodes, 1)}
    lines = ["flowchart LR", *(f"  %% {_entities(line)}" for line in notes_below(trail))]
    for iri, node in trail.nodes.items():
        label, below = node_label(node)
        lines.append(f'  {keys[iri]}["{_entities(label)}<br/>{_entities(below)}"]')
    for link in trail.edges:
        arrow = "-.->" if link.editorial else "-->"
        label = _entities(", ".join(arrow_words(link)))
        lines.append(f'  {keys[link.start]} {arrow}|"{label}"| {keys[link.end]}')
    lines += [f"  style {keys[iri]} stroke-width:3px" for iri in (trail.start, trail.end) if iri]
    return "\n".join(lines) + "\n"


def _entities(text: str) -> str:
    """Text that Mermaid takes for text: what it could read as markup becomes a character code."""
    return re.sub(r"[^\w\s.,’–()/·-]", lambda match: f"#{ord(match[0])};", text)
