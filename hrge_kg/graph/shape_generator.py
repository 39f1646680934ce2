"""Makes standard SHACL (W3C SHACL Core) from the checks, one file for each topic.

shapes/checks-to-shapes.ru, a SPARQL update, makes the shapes; this module runs the update and sorts
the shapes into files.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from ..file_writer import make_folder, remove_file, write_file
from ..namespaces import (
    CONCEPT,
    GRAPH,
    HRGE,
    HSH,
    PREFIXES,
    RDF_TYPE,
    SH,
    local_name,
    shrink,
    subject_node,
    term_text,
)
from ..resources import read_utf8, root
from ..sparql import read_query
from .entailment import entail
from .own_queries import run_update
from .sources import flattened

_MARK = "# Generated from shapes/checks and shapes/matters by `hrge shapes`; do not edit. {what}\n"
_KINDS = (("Check", ""), ("Matter", "matter-"), ("MatterFact", "matter-"), ("Bound", "matter-"))
"""The classes of things from which shapes are made, and how the names of the files begin."""
_NOT_ASKED = re.compile(f"{GRAPH}(shapes/(norms|witnesses)/|text/|anchors$|entailed$)")
"""The graphs of which no shape is made: what is generated itself, and the places of words."""
_BY_HAND = f"{GRAPH}shapes/by-hand/"
HAND_WRITTEN = "by-hand.txt"
"""The file below shapes/ that says what the hand-written shapes hold."""
_BLANK = re.compile(r"_:\w+")
_WHAT = {
    "norms": "Concern, review, not stated and not applicable.",
    "witnesses": "Met and in part: apart, so that a plain report holds none of it.",
    "matchers": "Matchers over one Statement that the generated shapes use.",
}


def generate(sources: ox.Store) -> dict[str, str]:
    """The generated shapes as Turtle, and `hand_written`, by path below shapes/.

    The paths are norms/<topic>.ttl, witnesses/<topic>.ttl, norms/matchers.ttl and by-hand.txt.
    `sources` holds the project's files, a named graph each. Equal sources give equal text.
    """
    work, made = _made(sources)
    topics = {
        term_text(quad.subject): prefix + local_name(term_text(quad.graph_name))
        for kind, prefix in _KINDS
        for quad in sources.quads_for_pattern(None, RDF_TYPE, HRGE(kind), None)
    }
    shapes: dict[str, list[ox.NamedNode]] = {}
    for node in made:
        shapes.setdefault(_file_of(work, node, topics), []).append(node)
    files = {
        name: _turtle(work, nodes, name.split("/")[0] if "matchers" not in name else "matchers")
        for name, nodes in sorted(shapes.items())
    }
    return files | {HAND_WRITTEN: hand_written(sources)}


def hand_written(graph: ox.Store) -> str:
    """The number of triples and a SHA-256 of each file of hand-written shapes, a line each.

    The names of blank nodes and the layout of a file do not count.
    """
    files: dict[str, list[str]] = {}
    for quad in _quads(graph, lambda name: name.startswith(_BY_HAND)):
        name = term_text(quad.graph_name).removeprefix(GRAPH)
        files.setdefault(name, []).append(_line(quad))
    rows = []
    for name, lines in sorted(files.items()):
        text = "\n".join(sorted(lines)).encode()
        rows.append(f"{name} {len(lines)} {hashlib.sha256(text).hexdigest()}\n")
    return _MARK.format(what="Triples of each file, and their SHA-256.") + "".join(rows)


def refuse_changed(graph: ox.Store) -> None:
    """Raise InputError unless the generated shapes of a built graph are, triple by triple, those
    that its checks give, and the hand-written ones those that `hrge shapes` has recorded.
    """
    if hand_written(graph) != read_utf8(root() / "shapes" / HAND_WRITTEN, "the record of shapes"):
        raise InputError(
            f"shapes/{HAND_WRITTEN}",
            "the shapes in shapes/by-hand are not those that are recorded here",
            "Nothing is assessed. Restore them; if you changed them, run `hrge shapes`.",
        )
    work, made = _made(graph)
    expected = Counter(_line(quad) for node in made for quad in _with_nested(work, node))
    found = Counter(map(_line, _quads(graph, _is_generated)))
    missing, other = expected - found, found - expected
    if missing or other:
        of = sorted(re.findall(r"<(\S+)>", line)[0] for line in (missing or other))[0]
        raise InputError(
            "shapes",
            f"{missing.total()} triples of the generated shapes are missing and {other.total()} "
            f"are others than the checks give, as of {shrink(of)}",
            "Nothing is assessed. Run `hrge shapes`, or restore the shapes.",
        )


def _quads(store: ox.Store, wanted: Callable[[str], bool]) -> Iterator[ox.Quad]:
    """The quads of the named graphs whose names (IRIs) are wanted."""
    for graph in store.named_graphs():
        if wanted(term_text(graph)):
            yield from store.quads_for_pattern(None, None, None, graph)


def _line(quad: ox.Quad) -> str:
    """A triple as text; all blank nodes have one name."""
    text = str(quad.triple)
    return _BLANK.sub("_:", text) if "_:" in text else text


def _made(sources: ox.Store) -> tuple[ox.Store, list[ox.NamedNode]]:
    """The sources with the shapes that are made of them, and the names of these."""
    work = flattened(_quads(sources, lambda name: not _NOT_ASKED.match(name)))
    entail(work)
    known = {quad.subject for quad in work}
    run_update(work, read_query(root() / "shapes" / "checks-to-shapes.ru"))
    new = {quad.subject for quad in work} - known
    named = (node for node in new if isinstance(node, ox.NamedNode))
    return work, [node for node in named if node.value.startswith(HSH)]


def write(shapes: dict[str, str], folder: Path) -> None:
    """Write generated shapes below a folder, and remove generated files that are no longer made."""
    for kind in ("norms", "witnesses"):
        make_folder(folder / kind)
        for old in folder.glob(f"{kind}/*.ttl"):
            generated = old.read_bytes().startswith(_MARK.partition("{")[0].encode())
            if generated and old.relative_to(folder).as_posix() not in shapes:
                remove_file(old)
    for name, turtle in shapes.items():
        write_file(folder / name, turtle.encode())


def _is_generated(graph: str) -> bool:
    return graph.startswith((GRAPH + "shapes/norms/", GRAPH + "shapes/witnesses/"))


def _file_of(work: ox.Store, node: ox.NamedNode, topics: dict[str, str]) -> str:
    """The file of a shape, named for the topic of the check that it, or its property shapes, come
    from.

    Matchers have a file of their own, because several topics use them.
    """
    properties = [
        subject_node(quad.object)
        for quad in work.quads_for_pattern(node, SH("property"), None, None)
    ]
    generated_from = HRGE("generatedFrom")
    checks = _values(work, [node], generated_from) or _values(work, properties, generated_from)
    if not checks:
        return "norms/matchers.ttl"
    outcomes = _values(work, [node, *properties], HRGE("outcome"))
    witnesses = {CONCEPT + "met", CONCEPT + "stated-in-part"}
    kind = "witnesses" if outcomes and outcomes <= witnesses else "norms"
    return f"{kind}/{topics[min(checks)]}.ttl"


def _values(
    store: ox.Store, subjects: Iterable[ox.NamedNode | ox.BlankNode], predicate: ox.NamedNode
) -> set[str]:
    return {
        term_text(quad.object)
        for subject in subjects
        for quad in store.quads_for_pattern(subject, predicate, None, None)
    }


def _turtle(work: ox.Store, nodes: list[ox.NamedNode], what: str) -> str:
    import rdflib  # slow to import, and needed only here

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    triples = (quad.triple for node in sorted(nodes, key=str) for quad in _with_nested(work, node))
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    graph.parse(data=data, format="nt")
    return _MARK.format(what=_WHAT[what]) + graph.serialize(format="longturtle")


def _with_nested(work: ox.Store, node: ox.NamedNode | ox.BlankNode) -> Iterator[ox.Quad]:
    """The triples of a node and of the blank nodes below it.

    They are without the helper properties of the rules, whose names begin with an underscore.
    """
    for quad in work.quads_for_pattern(node, None, None, None):
        if quad.predicate.value.startswith(HRGE + "_"):
            continue
        yield quad
        if isinstance(quad.object, ox.BlankNode):
            yield from _with_nested(work, quad.object)
