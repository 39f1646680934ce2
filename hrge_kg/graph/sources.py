"""Reads the project's own Turtle, one named graph a file, and finds the place of a name in it again.

A graph's name is its file: `graph:norms/guideline-6` is data/norms/guideline-6.ttl.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..namespaces import BASE, PREFIXES, shrink
from ..resources import files, relative, root

AREAS = ("ontology", "data", "shapes")


def graph_name(path: Path, base: Path) -> ox.NamedNode:
    """The named graph of a file."""
    parts = path.relative_to(base).with_suffix("").parts
    return ox.NamedNode(PREFIXES["graph"] + "/".join(parts[1:] if parts[0] in ("ontology", "data") else parts))


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
    try:
        store.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=graph.value, to_graph=graph)
    except SyntaxError as error:
        raise InputError(relative(path), f"this is not Turtle: {error.msg}", "Correct the syntax.", line=error.lineno) from error


def line_of(path: Path, *names: str) -> int | None:
    """The first line of a Turtle file on which one of the IRIs or literals is written; None where none is found."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for name in names:
        for pattern in _written(name):
            for number, line in enumerate(lines, 1):
                if re.search(pattern, line):
                    return number
    return None


def _written(name: str) -> tuple[str, ...]:
    """How an IRI (as a subject, anywhere, in full) or a literal is written in Turtle, as patterns."""
    if "://" in name:
        curie = re.escape(shrink(name))
        return rf"^{curie}\s", rf"(?<![\w-]){curie}(?![\w-])", rf"<{re.escape(name)}>"
    literal = name.replace("\\", "\\\\").replace('"', '\\"')
    return (re.escape(f'"{literal}"' if len(literal) < 60 else f'"{literal[:60]}'),)


def check_terms(store: ox.Store, graphs: Mapping[str, Path]) -> None:
    """Refuse a term or thing of ours that is used and not described, and a namespace that is not ours to know.

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
            if iri.startswith((PREFIXES["hsh"], PREFIXES["graph"])) or iri == PREFIXES["hrge"]:
                continue
            if iri.startswith(BASE) and iri not in known:
                _refuse(graphs[name], iri, f"{shrink(iri)} is used but described nowhere", "Correct its spelling, or describe it.")
            if position == "property" and shrink(iri) == iri:
                _refuse(graphs[name], iri, f"the property <{iri}> is of no vocabulary that the project uses", "Correct its namespace.")


def _refuse(path: Path, name: str, problem: str, remedy: str) -> None:
    raise InputError(relative(path), problem, remedy, line=line_of(path, name))


def triples_in(graph: ox.Store, *names: str) -> list[ox.Triple]:
    """The triples of those named graphs of a built graph whose names, after graph:, begin with one of these."""
    wanted = tuple(PREFIXES["graph"] + name for name in names)
    graphs = sorted((g for g in graph.named_graphs() if isinstance(g, ox.NamedNode) and g.value.startswith(wanted)), key=str)
    return [quad.triple for name in graphs for quad in graph.quads_for_pattern(None, None, None, name)]


def flattened(quads: Iterable[ox.Quad]) -> ox.Store:
    """A store with the same triples in its default graph, where SPARQL updates work."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    return store
