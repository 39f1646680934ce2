"""Writes the graph for other tools: N-Quads, TriG, one Turtle a named graph, the ontology, the
shapes, the JSON-LD context.

Any triple store and any SHACL engine can use it without this library; a description first passes
rules/*.ru, in order.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from ..file_writer import write_folder
from ..namespaces import GRAPH, PREFIXES, term_text
from ..resources import files, root


def canonical(graph: Iterable[ox.Quad]) -> list[ox.Quad]:
    """The quads with canonical blank nodes (W3C RDF Dataset Canonicalization), sorted: equal graphs
    give equal lists.
    """
    dataset = ox.Dataset(graph)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=str)


def write(graph: ox.Store, out: Path, context: Mapping[str, object]) -> list[Path]:
    """Write the distribution to a folder that does not exist or is empty; all of it or nothing.

    `context` is the JSON-LD context of descriptions.

    Raises InputError where the folder holds something or cannot be written.
    """
    write_folder(out, lambda work: _write_all(graph, work, context))
    return sorted(path for path in out.rglob("*") if path.is_file())


def _write_all(graph: ox.Store, out: Path, context: Mapping[str, object]) -> None:
    quads = canonical(graph)
    (out / "hrge.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    _write_text(quads, out / "hrge.trig", ox.RdfFormat.TRIG)
    by_graph: dict[str, list[ox.Triple]] = {}
    for quad in quads:
        by_graph.setdefault(term_text(quad.graph_name).removeprefix(GRAPH), []).append(quad.triple)
    for name, triples in by_graph.items():
        _turtle(triples, out / "graphs" / f"{name}.ttl")
    merged = {
        "ontology": ("hrge", "modules/", "aspects/", "vocabularies/"),
        "shapes": ("shapes/norms/", "shapes/by-hand/"),
        "witness-shapes": ("shapes/witnesses/",),
    }
    for title, parts in merged.items():
        _turtle(
            [t for name in sorted(by_graph) if name.startswith(parts) for t in by_graph[name]],
            out / f"{title}.ttl",
        )
    rules = out / "rules"
    rules.mkdir()
    for path in files("ontology/rules", ".ru"):
        shutil.copy(path, rules / path.name)
    shutil.copy(root() / "shapes" / "checks-to-shapes.ru", out / "checks-to-shapes.ru")
    (out / "context.jsonld").write_text(
        json.dumps(context, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _turtle(triples: list[ox.Triple], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_text(sorted(triples, key=str), path, ox.RdfFormat.TURTLE)


def _write_text(
    statements: list[ox.Triple] | list[ox.Quad], path: Path, form: ox.RdfFormat
) -> None:
    """Turtle or TriG with its prefixes sorted: the library writes them in no fixed order."""
    written = ox.serialize(statements, format=form, prefixes=PREFIXES) or b""
    lines = written.decode("utf-8").splitlines(keepends=True)
    count = next((n for n, line in enumerate(lines) if not line.startswith("@prefix ")), len(lines))
    path.write_text("".join([*sorted(lines[:count]), *lines[count:]]), encoding="utf-8")
