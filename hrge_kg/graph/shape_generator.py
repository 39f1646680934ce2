"""Turns declared checks into standard SHACL (W3C SHACL Core) and writes it, one file a topic.

The work is done by shapes/checks-to-shapes.ru; this module runs it and sorts what comes out into
files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from ..file_writer import write_file
from ..namespaces import (
    CONCEPT,
    GRAPH,
    HRGE,
    HSH,
    PREFIXES,
    RDF_TYPE,
    SH,
    local_name,
    subject_node,
    term_text,
)
from ..resources import read_utf8, root
from .entailment import entail
from .sources import flattened

_MARK = "# Generated from shapes/checks by `hrge shapes`; do not edit. {what}\n"
_WHAT = {
    "norms": "Concern, review, not stated and not applicable.",
    "witnesses": "Met and in part: apart, so that a plain report holds none of it.",
    "matchers": "Matchers over one Statement that the generated shapes use.",
}


def generate(sources: ox.Store, base: Path | None = None) -> dict[str, str]:
    """The generated shapes as Turtle, by path below shapes/ (norms/<topic>.ttl,
    witnesses/<topic>.ttl, norms/matchers.ttl).

    `sources` holds the project's files, a named graph each; deterministic: equal sources give equal
    text.
    """
    work = flattened(quad for quad in sources if not _is_generated(term_text(quad.graph_name)))
    entail(work, base)
    known = {quad.subject for quad in work}
    work.update(read_utf8((base or root()) / "shapes" / "checks-to-shapes.ru"))
    topics = {
        term_text(quad.subject): local_name(term_text(quad.graph_name))
        for quad in sources.quads_for_pattern(
            None,
            RDF_TYPE,
            HRGE("Check"),
            None,
        )
    }
    made: dict[str, list[ox.NamedNode]] = {}
    for node in {quad.subject for quad in work} - known:
        if isinstance(node, ox.NamedNode) and node.value.startswith(HSH):
            made.setdefault(_file_of(work, node, topics), []).append(node)
    return {
        name: _turtle(work, nodes, name.split("/")[0] if "matchers" not in name else "matchers")
        for name, nodes in sorted(made.items())
    }


def is_fresh(sources: ox.Store, base: Path | None = None) -> bool:
    """Whether the committed shapes are what the checks give."""
    folder = (base or root()) / "shapes"
    committed = {
        p.relative_to(folder).as_posix(): read_utf8(p)
        for kind in ("norms", "witnesses")
        for p in folder.glob(f"{kind}/*.ttl")
    }
    return committed == generate(sources, base)


def write(shapes: dict[str, str], folder: Path) -> None:
    """Write generated shapes below a folder, and remove generated files that are no longer made."""
    for kind in ("norms", "witnesses"):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{kind}/*.ttl"):
            generated = old.read_bytes().startswith(_MARK.partition("{")[0].encode())
            if generated and old.relative_to(folder).as_posix() not in shapes:
                old.unlink()
    for name, turtle in shapes.items():
        write_file(folder / name, turtle.encode())


def _is_generated(graph: str) -> bool:
    return graph.startswith((GRAPH + "shapes/norms/", GRAPH + "shapes/witnesses/"))


def _file_of(work: ox.Store, node: ox.NamedNode, topics: dict[str, str]) -> str:
    """The file of a shape: its own check's topic, or that of the shapes it holds; matchers that
    several topics use stand apart.
    """
    checks = {
        term_text(q.object) for q in work.quads_for_pattern(node, HRGE("generatedFrom"), None, None)
    }
    if not checks:
        for held in work.quads_for_pattern(node, SH("property"), None, None):
            checks |= {
                term_text(q.object)
                for q in work.quads_for_pattern(
                    subject_node(held.object),
                    HRGE("generatedFrom"),
                    None,
                    None,
                )
            }
    if not checks:
        return "norms/matchers.ttl"
    outcomes = {
        term_text(q.object)
        for held in [
            node,
            *(
                subject_node(q.object)
                for q in work.quads_for_pattern(node, SH("property"), None, None)
            ),
        ]
        for q in work.quads_for_pattern(held, HRGE("outcome"), None, None)
    }
    kind = (
        "witnesses"
        if outcomes and outcomes <= {CONCEPT + "met", CONCEPT + "stated-in-part"}
        else "norms"
    )
    return f"{kind}/{topics[min(checks)]}.ttl"


def _turtle(work: ox.Store, nodes: list[ox.NamedNode], what: str) -> str:
    import rdflib  # slow to import, and needed only here

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    triples = (quad.triple for node in sorted(nodes, key=str) for quad in _closed(work, node))
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    graph.parse(data=data, format="nt")
    return _MARK.format(what=_WHAT[what]) + graph.serialize(format="longturtle")


def _closed(work: ox.Store, node: ox.NamedNode | ox.BlankNode) -> Iterator[ox.Quad]:
    for quad in work.quads_for_pattern(node, None, None, None):
        if quad.predicate.value.startswith(HRGE + "_"):
            continue
        yield quad
        if isinstance(quad.object, ox.BlankNode):
            yield from _closed(work, quad.object)
