"""Trails as text that other programs draw: DOT (Graphviz) and Mermaid. Kinds of link are told by words and lines, never by colour."""

from __future__ import annotations

import re

from .links import Link, Node
from .prefixes import shrink
from .trail import Trail
from .trail_network import missing

_WIDTH = 28


def wrapped(text: str, width: int = _WIDTH) -> list[str]:
    """The lines of a label; no word is cut unless it is longer than a line."""
    lines = [""]
    for word in text.split():
        while len(word) > width:
            head, word = word[:width], word[width:]
            lines.append(head)
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return [line for line in lines if line]


def titled(node: Node) -> tuple[str, str]:
    """What a picture writes on a node: its label, and below what it is and where it stands."""
    below = list(dict.fromkeys(part for part in (node.kind, node.force) if part))
    return node.label, " · ".join([*below, *([f"p. {node.page}"] if node.page else []), *marked(node)])


def marked(thing: Node | Link) -> list[str]:
    """The entries of the register that concern it, in as few letters as can be."""
    return [f"see {', '.join(thing.discrepancies)}"] if thing.discrepancies else []


def named(link: Link) -> str:
    """What a picture writes on a link: its kind, and whether the editors added it."""
    return f"{link.label} (editors)" if link.editorial else link.label


def told(trail: Trail) -> list[str]:
    """What a picture writes below: limits that were reached, what is not known, and what the entries of the register are about."""
    return [*trail.notes, *(f"{one.key}: {one.label}" for one in trail.discrepancies.values())]


def to_dot(trail: Trail) -> str:
    """A digraph for Graphviz: dashed links are the editors', the kind stands on each."""
    try:
        import graphviz
    except ImportError as error:
        raise missing("--format dot", "the package graphviz", "trails") from error
    graph = graphviz.Digraph(
        "trail",
        graph_attr={
            "rankdir": "LR",
            "size": "11.2,7.8",
            "fontname": "Helvetica",
            "label": graphviz.escape("\n".join(told(trail))),
            "labeljust": "l",
            "fontsize": "9",
        },
        node_attr={"shape": "box", "fontname": "Helvetica", "fontsize": "10"},
        edge_attr={"fontname": "Helvetica", "fontsize": "8"},
    )
    for node in trail.nodes.values():
        label, below = titled(node)
        lines = "\n".join([*wrapped(label), *wrapped(below)])
        bold = {"style": "bold"} if node.id in (trail.start, trail.end) else {}
        graph.node(_quoted(node.id), graphviz.escape(lines), URL=node.id, tooltip=graphviz.escape(node.quote or node.label), **bold)
    for link in trail.edges:
        graph.edge(
            _quoted(link.start),
            _quoted(link.end),
            graphviz.escape("\n".join([named(link), *marked(link)])),
            style="dashed" if link.editorial else "solid",
            tooltip=graphviz.escape(link.evidence.quote or link.remark or named(link)),
        )
    return str(graph.source)


def to_mermaid(trail: Trail) -> str:
    """A flowchart for Mermaid: dotted links are the editors', the kind stands on each."""
    keys = {iri: f"n{number}" for number, iri in enumerate(trail.nodes, 1)}
    lines = ["flowchart LR", *(f"  %% {_entities(line)}" for line in told(trail))]
    for iri, node in trail.nodes.items():
        label, below = titled(node)
        lines.append(f'  {keys[iri]}["{_entities(label)}<br/>{_entities(below)}"]')
    for link in trail.edges:
        arrow = "-.->" if link.editorial else "-->"
        lines.append(f'  {keys[link.start]} {arrow}|"{_entities(", ".join([named(link), *marked(link)]))}"| {keys[link.end]}')
    lines += [f"  style {keys[iri]} stroke-width:3px" for iri in (trail.start, trail.end) if iri]
    return "\n".join(lines) + "\n"


def _quoted(iri: str) -> str:
    # a colon would be read as a port
    return shrink(iri).replace(":", "/")


def _entities(text: str) -> str:
    """Text that Mermaid takes for text: whatever it could read as syntax or markup as a character code."""
    return re.sub(r"[^\w\s.,’–()/·-]", lambda found: f"#{ord(found[0])};", text)
