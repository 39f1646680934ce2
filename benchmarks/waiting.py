"""How long a person waits: for an answer, a trail, a card, a report; each beside its bare peer.

Run: python benchmarks/waiting.py [ROUNDS]. All stand in one run, and take turns; the table has
medians, and the ratio to the peer. Before it counts, it compares what each pair gives.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.engines import Pyshacl, Pyshifty
from hrge_kg.assessment.preparation import entailed
from hrge_kg.assessment.pyshacl_runner import PreparedShapes, run
from hrge_kg.assessment.shacl import (
    Shapes,
    data_graph,
    data_triples,
    outcome_shapes,
    read_report,
    to_rdflib,
)
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.graph.cache import builds_folder
from hrge_kg.graph.store import build_key, open_graph
from hrge_kg.namespaces import PREFIXES
from hrge_kg.resources import root

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 9
EXAMPLES = sorted((root() / "data" / "programmes").glob("*.yaml"))
SMALL, LARGE = (
    root() / "data" / "programmes" / f"{n}.yaml" for n in ("new-project", "border-detention")
)
BARE_QUERY = """
import pyoxigraph as ox, sys
store = ox.Store.read_only(sys.argv[1])
query = open(sys.argv[2], encoding="utf-8").read()
answer = store.query(query, prefixes={prefixes!r}, use_default_graph_as_union=True)
print(len(list(answer)))
"""
BARE_OPEN = "import pyoxigraph as ox, sys; len(ox.Store.read_only(sys.argv[1]))"


def timed(task: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def medians(tasks: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The median of each task in seconds. They take turns, so that a busy moment meets all."""
    for task in tasks.values():
        task()
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            taken[name].append(timed(task))
    return {name: statistics.median(found) for name, found in taken.items()}


def command(*words: str) -> Callable[[], object]:
    """A process from its start to its end."""

    def task() -> None:
        done = subprocess.run(words, capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stderr.decode()

    return task


def cold(folder: Path) -> dict[str, Callable[[], object]]:
    """Whole processes."""
    kept = str(builds_folder() / build_key() / "graph")
    python = sys.executable
    hrge = [python, "-m", "hrge_kg"]
    query = str(root() / "queries" / "catalogue" / "norms.rq")
    shapes = folder / "shapes.nt"
    graph = open_graph()
    shapes.write_bytes(ox.serialize(Shapes(graph).every, format=ox.RdfFormat.N_TRIPLES) or b"")
    tasks = {
        "bare query": command(
            sys.executable, "-c", BARE_QUERY.format(prefixes=PREFIXES), kept, query
        ),
        "hrge query": command(*hrge, "query", "norms", "--format", "csv"),
        "bare opening": command(python, "-c", BARE_OPEN, kept),
        "hrge trail": command(*hrge, "trail", "norm:no-mandatory-testing"),
        "hrge explain": command(*hrge, "explain", "no-mandatory-testing"),
    }
    assessor = Assessor(graph, Pyshacl)
    for name, form in (("small", SMALL), ("large", LARGE)):
        data = folder / f"{name}.nt"
        store = entailed(read_form(form, assessor.vocabulary), assessor.background)
        data.write_bytes(ox.serialize(data_triples(store), format=ox.RdfFormat.N_TRIPLES) or b"")
        tasks |= {
            f"pyshacl, {name}": command(
                sys.executable,
                "-m",
                "pyshacl",
                "-s",
                str(shapes),
                "-sf",
                "nt",
                "-df",
                "nt",
                str(data),
            ),
            f"hrge validate --engine pyshacl, {name}": command(
                *hrge, "validate", "--engine", "pyshacl", str(form)
            ),
            f"hrge validate --engine pyshifty, {name}": command(
                *hrge, "validate", "--engine", "pyshifty", str(form)
            ),
        }
    return tasks


def warm() -> dict[str, Callable[[], object]]:
    """All examples, from file to outcomes, in a process that is ready."""
    graph = open_graph()
    outcomes = outcome_shapes(graph)
    prepared = PreparedShapes(to_rdflib(Shapes(graph).every, "SimpleMemory"))
    quick, reference = Assessor(graph, Pyshifty), Assessor(graph, Pyshacl)

    def by_pyshacl() -> list[int]:
        """The peer: pyshacl with its shapes prepared, over data that is entailed already."""
        return [len(read_report(run(data_graph(store), prepared), outcomes)) for store in stores]

    def by(assessor: Assessor) -> list[int]:
        found = [assessor.assess(read_form(form, assessor.vocabulary)) for form in EXAMPLES]
        return [len(one.validation.results) for one in found if one.validation]

    stores = [entailed(read_form(form, quick.vocabulary), quick.background) for form in EXAMPLES]
    assert by_pyshacl() == by(quick) == by(reference)
    return {
        "pyshacl prepared, its part alone": by_pyshacl,
        "hrge with pyshacl": lambda: by(reference),
        "hrge with pyshifty": lambda: by(quick),
    }


def row(name: str, seconds: float, peer: str, of_peer: float) -> str:
    """A row of the table."""
    ours, theirs = (f"{one * 1000:,.0f}" for one in (seconds, of_peer))
    return f"| {name} | {ours} | {peer} | {theirs} | {seconds / of_peer:.2f} |"


def main() -> None:
    """Print the table."""
    for engine in (Pyshacl, Pyshifty):
        Assessor(open_graph(), engine).run_self_test()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, medians of {ROUNDS}\n")
    print("| work | ms | beside | ms | ratio |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        found = medians(cold(Path(folder)))
    pairs = [
        ("hrge query", "bare query"),
        ("hrge trail", "bare opening"),
        ("hrge explain", "bare opening"),
        *(
            (f"hrge validate --engine {engine}, {size}", f"pyshacl, {size}")
            for size in ("small", "large")
            for engine in ("pyshacl", "pyshifty")
        ),
    ]
    for ours, peer in pairs:
        print(row(f"{ours}, cold", found[ours], peer, found[peer]), flush=True)
    found = {name: taken / len(EXAMPLES) for name, taken in medians(warm()).items()}
    peer, *rest = found
    for ours in rest:
        print(row(f"one example, warm: {ours}", found[ours], peer, found[peer]), flush=True)


if __name__ == "__main__":
    main()
