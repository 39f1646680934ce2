"""Trails in DOT, for Graphviz. (https://graphviz.org/doc/info/lang.html)"""

from __future__ import annotations

from ...errors import MissingExtra
from ...namespaces import shrink
from ..model import Trail
from .labels import arrow_words, link_label, node_label, notes_below, wrapped


def to_dot(trail: Trail) -> str:
    """A digraph for Graphviz. Each link has its kind written on it; dashed links are the editors'.

    Raises MissingExtra without the package graphviz; the program itself is not needed.
    """
    try:
        import graphviz
    except ImportError as error:
        raise MissingExtra("--format dot", "the package graphviz", "trails") from error
    graph = graphviz.Digraph(
        "trail",
        graph_attr={
            "rankdir": "LR",
            "size": "11.2,7.8",
            "fontname": "Helvetica",
            "label": _text("\n".join(notes_below(trail))),
            "labeljust": "l",
            "fontsize": "9",
        },
        node_attr={"shape": "box", "fontname": "Helvetica", "fontsize": "10"},
        edge_attr={"fontname": "Helvetica", "fontsize": "8"},
    )
    for node in trail.nodes.values():
        label, below = node_label(node)
        lines = [*wrapped(label), *wrapped(below)]
        bold = {"style": "bold"} if node.id in (trail.start, trail.end) else {}
        graph.node(
            _quoted(node.id),
            _text("\n".join(lines)),
            URL=node.id,
            tooltip=_text(node.quote or node.label),
            **bold,
        )
    for link in trail.edges:
        label_lines = arrow_words(link)
        graph.edge(
            _quoted(link.start),
            _quoted(link.end),
            _text("\n".join(label_lines)),
            style="dashed" if link.editorial else "solid",
            tooltip=_text(link.evidence.quote or link.remark or link_label(link)),
        )
    return str(graph.source)


def _text(words: str) -> str:
    """Words as they are: Graphviz reads a backslash as an escape, and &#…; as a character."""
    import graphviz

    return str(graphviz.escape(words.replace("&", "&amp;")))


def _quoted(iri: str) -> str:
    # Graphviz reads what follows a colon as a port of the node.
    return shrink(iri).replace(":", "/")
