"""Reads the project's own Turtle, one named graph a file, and finds the lines of names in it.

A graph's name is its file: `graph:norms/guideline-6` is data/norms/guideline-6.ttl.

A literal between three quotation marks may be broken over lines: each break, with the white space
around it, is one space. A line break that is meant is written as an escape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import BASE, GRAPH, HRGE, HSH, shrink
from ..resources import files, read_utf8, relative, root

AREAS = ("ontology", "data", "shapes")

# Whatever may hold a quotation mark, so that no literal begins in a comment, an IRI or another one.
_TOKEN = re.compile(
    rb'''"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""|\'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*\'{3}'''
    rb"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|\\.|\#[^\n]*""",
    re.DOTALL,
)
_BREAK = re.compile(rb"[ \t]*\r?\n[ \t\r\n]*")


def graph_name(path: Path, base: Path) -> ox.NamedNode:
    """The named graph of a file."""
    parts = path.relative_to(base).with_suffix("").parts
    return GRAPH("/".join(parts[1:] if parts[0] in ("ontology", "data") else parts))


def read_sources(base: Path | None = None) -> tuple[ox.Store, dict[str, Path]]:
    """A store with every Turtle file of the project, and the file of each named graph.

    Raises InputError, with the line, where a file is not Turtle.
    """
    start = base or root()
    store = ox.Store()
    graphs: dict[str, Path] = {}
    for area in AREAS:
        for path in files(area, ".ttl", base=start):
            name = graph_name(path, start)
            graphs[name.value] = path
            load_turtle(store, path, name)
    return store, graphs


def load_turtle(store: ox.Store, path: Path, graph: ox.NamedNode) -> None:
    """Add a Turtle file to a store; `<>` in it is the file itself, that is, its graph."""
    turtle = joined(path.read_bytes())
    try:
        store.load(input=turtle, format=ox.RdfFormat.TURTLE, base_iri=graph.value, to_graph=graph)
    except SyntaxError as error:
        raise InputError(
            relative(path),
            f"this is not Turtle: {error.msg}",
            "Correct the syntax.",
            line=error.lineno,
        ) from error


def joined(turtle: bytes) -> bytes:
    r"""The Turtle with each broken literal on one line; its line breaks go before it.

    So whatever follows keeps its line.

    >>> joined(b"<a> <b> '''one\n    two \\n three''' .")
    b"<a> <b> \n'''one two \\n three''' ."
    """
    if b'"""' not in turtle and b"'''" not in turtle:
        return turtle

    def literal(match: re.Match[bytes]) -> bytes:
        return b"\n" * match[0].count(b"\n") + _BREAK.sub(b" ", match[0])

    return _TOKEN.sub(literal, turtle)


def line_of(path: Path, *names: str) -> int | None:
    """The line of a Turtle file on which one of the IRIs or literals first begins; None where none
    is found.
    """
    turtle = read_utf8(path)
    for name in names:
        for pattern in _written(name):
            if match := re.search(pattern, turtle, re.MULTILINE):
                return turtle.count("\n", 0, match.start()) + 1
    return None


def _written(name: str) -> tuple[str, ...]:
    """Patterns of how Turtle writes an IRI (as a subject, anywhere, in full) or a literal."""
    if "://" in name:
        curie = re.escape(shrink(name))
        return rf"^{curie}\s", rf"(?<![\w-]){curie}(?![\w-])", rf"<{re.escape(name)}>"
    words = (re.escape(word.replace("\\", "\\\\")) for word in name[:60].split(" "))
    start = r"\s+".join(word.replace('"', r'\\?"') for word in words)
    return (f'"{start}"' if len(name) < 60 else f'"{start}',)


def check_terms(store: ox.Store, graphs: Mapping[str, Path]) -> None:
    """Refuse a term or thing of ours that is used and not described, and a namespace that is not
    ours to know.

    Raises InputError for the first one, in the order of the files.
    """
    known = {quad.subject.value for quad in store if isinstance(quad.subject, ox.NamedNode)}
    for name in sorted(graphs):
        graph = ox.NamedNode(name)
        used = {
            (term.value, position)
            for quad in store.quads_for_pattern(None, None, None, graph)
            for term, position in ((quad.predicate, "property"), (quad.object, "thing"))
            if isinstance(term, ox.NamedNode)
        }
        for iri, position in sorted(used):
            if iri.startswith((HSH, GRAPH)) or iri == HRGE:
                continue
            if iri.startswith(BASE) and iri not in known:
                _refuse(
                    graphs[name],
                    iri,
                    f"{shrink(iri)} is used but described nowhere",
                    "Correct its spelling, or describe it.",
                )
            if position == "property" and shrink(iri) == iri:
                _refuse(
                    graphs[name],
                    iri,
                    f"the property <{iri}> is of no vocabulary that the project uses",
                    "Correct its namespace.",
                )


def _refuse(path: Path, name: str, problem: str, remedy: str) -> None:
    raise InputError(relative(path), problem, remedy, line=line_of(path, name))


def triples_in(graph: ox.Store, *names: str) -> list[ox.Triple]:
    """The triples of those named graphs of a built graph whose names, after graph:, begin with one
    of these.
    """
    wanted = tuple(GRAPH + name for name in names)
    graphs = sorted(
        (
            g
            for g in graph.named_graphs()
            if isinstance(g, ox.NamedNode) and g.value.startswith(wanted)
        ),
        key=str,
    )
    return [
        quad.triple for name in graphs for quad in graph.quads_for_pattern(None, None, None, name)
    ]


def flattened(quads: Iterable[ox.Quad]) -> ox.Store:
    """A store with the same triples in its default graph, where SPARQL updates work."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    return store
