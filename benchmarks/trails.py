"""What a trail costs as the graph grows, beside rdflib's property paths and networkx under the same
bounds.

Run: python benchmarks/trails.py [LINKS …]. Each engine has a process of its own: time to be ready,
median time of a question, peak memory. The question: everything within three steps of what a norm
rests on, over the same kinds of link; all must find the same nodes.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from citation_graph import Generator

from hrge_kg.namespaces import HRGE

DEPTH = 3
KINDS = ("restsOn", "restates", "refersTo", "partOf", "supplements", "interprets", "commentsOn")
ENGINES = ("hrge", "rdflib", "networkx")
STARTS = 20


def hrge(links: int) -> Callable[[str], set[str]]:
    """The trail itself; --only keeps the kinds that the others follow."""
    from hrge_kg.trail.search import find_trail

    store = Generator(links).store()
    only = (
        "rests-on",
        "restates",
        "refers-to",
        "part-of",
        "supplements",
        "interprets",
        "comments-on",
    )

    def ask(start: str) -> set[str]:
        return set(
            find_trail(store, start, depth=DEPTH, direction="up", only=only, most=10**6).nodes
        ) - {start}

    return ask


def rdflib(links: int) -> Callable[[str], set[str]]:
    """Property paths of the same length; they give the nodes without evidence."""
    from rdflib import Graph

    from hrge_kg.namespaces import sparql_prologue

    graph = Graph()
    graph.parse(data="\n".join(f"{one} ." for one in Generator(links).triples()), format="nt")
    step = "(" + "|".join(f"hrge:{kind}" for kind in KINDS) + ")"
    path = step + f"/{step}?" * (DEPTH - 1)

    def ask(start: str) -> set[str]:
        found = graph.query(
            f"{sparql_prologue()} SELECT DISTINCT ?node WHERE {{ <{start}> {path} ?node }}"
        )
        return {str(row[0]) for row in found} - {start}

    return ask


def networkx(links: int) -> Callable[[str], set[str]]:
    """A directed graph of the links alone, without evidence."""
    import networkx

    wanted = {HRGE + kind for kind in KINDS}
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    for one in Generator(links).triples():
        if one.predicate.value in wanted:
            graph.add_edge(one.subject.value, one.object.value)

    def ask(start: str) -> set[str]:
        return set(networkx.single_source_shortest_path_length(graph, start, cutoff=DEPTH)) - {
            start
        }

    return ask


def measure(engine: str, links: int) -> dict[str, object]:
    """One engine on one graph: seconds until it can be asked, seconds of a question (median,
    longest), peak memory in MB, nodes found.
    """
    began = time.perf_counter()
    ask = globals()[engine](links)
    ready = time.perf_counter() - began
    took, found = [], []
    for number in range(STARTS):
        start = f"https://w3id.org/hrge/id/norm/n{number * 7 + 3}"
        began = time.perf_counter()
        nodes = ask(start)
        took.append(time.perf_counter() - began)
        found.append(sorted(nodes))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "ready": ready,
        "median": statistics.median(took),
        "longest": max(took),
        "peak": peak,
        "found": found,
    }


def main(sizes: list[int]) -> None:
    """Print a table in Markdown."""
    print(
        "| links | engine | nodes found, median | ready, s | question, ms "
        "| longest, ms | peak, MB |\n"
        "|---|---|---|---|---|---|---|"
    )
    for links in sizes:
        answers = []
        for engine in ENGINES:
            made = subprocess.run(
                [sys.executable, __file__, "--one", engine, str(links)],
                check=True,
                capture_output=True,
                text=True,
            )
            told = json.loads(made.stdout)
            answers.append(told["found"])
            count = statistics.median(len(nodes) for nodes in told["found"])
            median_ms, longest_ms = told["median"] * 1000, told["longest"] * 1000
            numbers = (
                f"{told['ready']:.1f} | {median_ms:.1f} | {longest_ms:.1f} | {told['peak']:.0f}"
            )
            print(f"| {links} | {engine} | {count:.0f} | {numbers} |", flush=True)
        assert all(answer == answers[0] for answer in answers), "the engines disagree"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]))))
    else:
        main([int(word) for word in sys.argv[1:]] or [10_000, 100_000])
