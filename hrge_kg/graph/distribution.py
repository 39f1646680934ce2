"""Writes the distribution: the built graph as files, for other tools.

They are the whole graph as N-Quads and as TriG, a Turtle file for each named graph, Turtle files
with the whole ontology and with all shapes, the rules, the JSON-LD context, the self-test, the
source texts as XML, each norm as a nanopublication, and a description of all this (see `dataset`).
With these, any triple store and any SHACL engine can do without this library: distribution.md,
which becomes their README, says how. A shape reports a description to which nobody applied the
rules.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from pathlib import Path

import pyoxigraph as ox

from ..file_writer import write_folder
from ..namespaces import BASE, GRAPH, PREFIXES, term_text
from ..resources import files, license_file, root
from .dataset import describe_dataset, describe_graphs
from .nanopublications import nanopublications


def canonical(graph: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads sorted, with canonical names for blank nodes. (W3C RDF Dataset Canonicalization)

    So equal graphs give equal lists.
    """
    dataset = ox.Dataset(graph)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=str)


def with_shared_nodes_named(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads, sorted, with an IRI for each blank node that is in several graphs.

    Blank nodes of two files are never the same node. So a store that reads file by file would make
    several nodes of it. (RDF 1.1 Concepts, 3.5: Skolem IRIs)
    """
    around: dict[ox.BlankNode, list[ox.Quad]] = {}
    for quad in quads:
        for term in {quad.subject, quad.object}:
            if isinstance(term, ox.BlankNode):
                around.setdefault(term, []).append(quad)
    names: dict[object, ox.NamedNode] = {}
    taken: dict[str, int] = {}
    for node, found in around.items():
        if len({quad.graph_name for quad in found}) > 1:
            # The name is made from the triples of the node, so it stays the same while they do.
            said = sorted(re.sub(r"_:\w+", "_:", str(quad)) for quad in found)
            key = hashlib.sha256("\n".join(said).encode()).hexdigest()[:24]
            taken[key] = taken.get(key, 0) + 1
            twin = f"-{taken[key]}" if taken[key] > 1 else ""
            names[node] = ox.NamedNode(f"{BASE}id/node/{key}{twin}")
    return sorted(
        (
            ox.Quad(
                names.get(quad.subject, quad.subject),
                quad.predicate,
                names.get(quad.object, quad.object),
                quad.graph_name,
            )
            for quad in quads
        ),
        key=str,
    )


def write(
    graph: ox.Store,
    out: Path,
    context: Mapping[str, object],
    self_test: Mapping[str, list[ox.Triple]],
    texts: Mapping[str, str],
) -> list[Path]:
    """Write the distribution to a folder that does not exist or is empty; all of it or nothing.

    `context` is the JSON-LD context of descriptions, `self_test` the triples of each file of the
    self-test, `texts` the XML of each source text. Returns the files.

    Raises InputError where the folder holds something or cannot be written.
    """

    def fill(folder: Path) -> None:
        described = describe_graphs(graph)
        _write_all(graph, folder, context, described)
        for name, triples in self_test.items():
            _write_turtle(triples, folder / "self-test" / f"{name}.ttl")
        (folder / "nanopublications").mkdir()
        for one in nanopublications(graph):
            place = folder / "nanopublications" / f"{one.key}.trig"
            _write_text(one.quads, place, ox.RdfFormat.TRIG, one.prefixes)
        for name, xml in texts.items():
            (folder / "text").mkdir(exist_ok=True)
            (folder / "text" / f"{name}.xml").write_text(xml, encoding="utf-8")
        description = describe_dataset(graph, described, folder)
        (folder / "dataset.ttl").write_text(description, encoding="utf-8")

    write_folder(out, fill)
    return sorted(path for path in out.rglob("*") if path.is_file())


def _write_all(
    graph: ox.Store,
    out: Path,
    context: Mapping[str, object],
    described: Mapping[str, list[ox.Triple]],
) -> None:
    quads = with_shared_nodes_named(canonical(graph))
    (out / "hrge.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    _write_text(quads, out / "hrge.trig", ox.RdfFormat.TRIG)
    by_graph: dict[str, list[ox.Triple]] = {}
    for quad in quads:
        by_graph.setdefault(term_text(quad.graph_name).removeprefix(GRAPH), []).append(quad.triple)
    for name, triples in by_graph.items():
        _write_turtle([*triples, *described[name]], out / "graphs" / f"{name}.ttl")
    # By name of a file: it joins the graphs whose names begin with one of these.
    merged = {
        "ontology": ("hrge", "modules/", "aspects/", "vocabularies/", "shapes/matters/"),
        "shapes": ("shapes/norms/", "shapes/by-hand/"),
        "witness-shapes": ("shapes/witnesses/",),
    }
    for title, beginnings in merged.items():
        names = [name for name in sorted(by_graph) if name.startswith(beginnings)]
        triples = [triple for name in names for triple in by_graph[name]]
        # One header for the whole: that of the ontology.
        header = described["hrge"] if "hrge" in names else []
        _write_turtle([*triples, *header], out / f"{title}.ttl")
    rules = out / "rules"
    rules.mkdir()
    for path in files("ontology/rules", ".ru"):
        shutil.copy(path, rules / path.name)
    for path in files("queries/distribution", ".rq"):
        shutil.copy(path, out / path.name)
    shutil.copy(Path(__file__).parent / "distribution.md", out / "README.md")
    shutil.copy(root() / "shapes" / "checks-to-shapes.ru", out / "checks-to-shapes.ru")
    for name in ("NOTICE.md", "LICENSE-DATA"):
        (out / name).write_text(license_file(name), encoding="utf-8")
    (out / "context.jsonld").write_text(
        json.dumps(context, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _write_turtle(triples: list[ox.Triple], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_text(sorted(triples, key=str), path, ox.RdfFormat.TURTLE)


def _write_text(
    statements: Sequence[ox.Triple] | Sequence[ox.Quad],
    path: Path,
    form: ox.RdfFormat,
    prefixes: Mapping[str, str] = PREFIXES,
) -> None:
    """Write Turtle or TriG with sorted prefixes: pyoxigraph has no fixed order of its own."""
    written = ox.serialize(statements, format=form, prefixes=dict(prefixes)) or b""
    lines = written.decode("utf-8").splitlines(keepends=True)
    head = list(takewhile(lambda line: line.startswith("@prefix "), lines))
    rest = lines[len(head) :]
    path.write_text("".join([*sorted(head), *rest]), encoding="utf-8")
