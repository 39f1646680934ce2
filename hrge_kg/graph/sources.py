"""Reads the project's own Turtle, and finds the lines of names in it for messages.

Each file becomes a named graph with the file's name: `graph:norms/guideline-6` is
data/norms/guideline-6.ttl.

Long words between three quotation marks may go over several lines, so that lines stay short. Each
line break in them, with the white space around it, is read as one space. An author who wants a line
break writes \\n.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import BASE, GRAPH, HRGE, HSH, shrink
from ..resources import LANGUAGES, files, read_utf8, relative, root

AREAS = ("ontology", "data", "shapes")

# Literals; and also IRIs, escapes and comments, because a quotation mark in one of these does not
# begin a literal.
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
            if path.parent == start / LANGUAGES:
                continue
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
    r"""The Turtle with each literal on one line, as the module says.

    The line breaks of a literal are put before it, so that everything after it keeps its line.

    >>> joined(b"<a> <b> '''one\n    two \\n three''' .")
    b"<a> <b> \n'''one two \\n three''' ."
    """
    if b'"""' not in turtle and b"'''" not in turtle:
        return turtle

    def literal(match: re.Match[bytes]) -> bytes:
        return b"\n" * match[0].count(b"\n") + _BREAK.sub(b" ", match[0])

    return _TOKEN.sub(literal, turtle)


def line_of(path: Path, *names: str) -> int | None:
    """The line on which the first of these IRIs or literals that the Turtle file has begins.

    None where it has none of them.
    """
    turtle = read_utf8(path)
    for name in names:
        for pattern in _written(name):
            if match := re.search(pattern, turtle, re.MULTILINE):
                return turtle.count("\n", 0, match.start()) + 1
    return None


def _written(name: str) -> tuple[str, ...]:
    """Patterns for an IRI in Turtle (as a subject, anywhere, in full) or for a literal."""
    if "://" in name:
        curie = re.escape(shrink(name))
        return rf"^{curie}\s", rf"(?<![\w-]){curie}(?![\w-])", rf"<{re.escape(name)}>"
    words = (re.escape(word.replace("\\", "\\\\")) for word in name[:60].split(" "))
    start = r"\s+".join(word.replace('"', r'\\?"') for word in words)
    return (f'"{start}"' if len(name) < 60 else f'"{start}',)


def check_terms(store: ox.Store, graphs: Mapping[str, Path]) -> None:
    """Check that each of our own IRIs in the files is described, and that every property is of a
    vocabulary that the project uses.

    Raises InputError for the first IRI that fails, in the order of the files.
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


def flattened(quads: Iterable[ox.Quad]) -> ox.Store:
    """A store with the same triples in its default graph, where SPARQL updates work."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return store
