"""Finds citation trails: what a norm, provision or document rests on, and what rests on it.

Kinds of link come from queries/trails (`link_graph` reads them); this module only follows them.
A trail goes from node to node. Several links can lead from one node to the next, such as two
citations; following all of them together is one step. A step up follows links from their start to
their end, to what a node rests on; a step down goes the other way.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Literal

import pyoxigraph as ox

from ..errors import InputError
from ..graph.lookup import find
from ..namespaces import shrink
from ..sparql import select
from .answer import answer_of, turning_points
from .link_graph import LinkGraph
from .model import UNKNOWN_PARTIES, Link, Node, Step, Trail
from .paths import Allowed, find_paths
from .view import View
from .walk import Walk, walk_from
from .works import read_works

Direction = Literal["up", "down", "both", "any"]

DEPTH = 6
"""The most steps of a path between two nodes, where the caller gives no depth."""
DEPTH_AROUND = 3
"""The most steps from a node where no end is given; more would be more than anyone reads."""
MOST_LINKS = 1000
MOST_PATHS = 20
MOST_TRIES = 100_000
"""Steps that a search for paths tries. Where many links form circles, trying all takes too long."""


def find_trail(
    graph: ox.Store,
    start: str,
    end: str | None = None,
    *,
    direction: Direction = "both",
    depth: int | None = None,
    only: Collection[str] | None = None,
    without: Collection[str] = (),
    most: int | None = None,
) -> Trail:
    """The trail from a node; with `end`, all paths between the two, shortest first.

    No path passes a node twice. `start` and `end` are any names that `graph.lookup` knows.

    `direction` is up (what the start rests on), down (what rests on it), both, or any: a path may
    go up in one step and down in the next. With `both`, the answer says where such paths turn if no
    path goes only up or only down. `depth` is the most steps (None: 3, with an end 6). `only` and
    `without` name kinds of link to keep or to leave out; they can also name forces of documents and
    provisions. `most` is the most links (None: 1,000), or with an end the most paths (None: 20).

    Raises InputError for a name, a kind of link or a force that is unknown, for something at which
    no trail can start, and for a depth or a limit below 1.
    """
    if depth is None:
        depth = DEPTH if end is not None else DEPTH_AROUND
    if depth < 1 or (most is not None and most < 1):
        raise InputError(
            "hrge trail",
            "the depth, and the number of steps or paths, must be 1 or more",
            "Give a larger number.",
        )
    link_graph = LinkGraph(graph)
    names = [find(graph, name) for name in (start, end) if name is not None]
    ends = [_end(link_graph, one.iri) for one in names]
    view = View(link_graph, ends, only, without)
    if len(ends) == 1:
        found = _around(view, ends[0], depth, direction, most or MOST_LINKS)
    else:
        found = _between(view, ends[0], ends[1], depth, direction, most or MOST_PATHS)
    return replace(found, notes=(*(note for one in names for note in one.notes), *found.notes))


def trail_around(
    link_graph: LinkGraph, start: str, direction: Direction = "both", depth: int = DEPTH_AROUND
) -> Trail:
    """The trail from a node (IRI), in a link graph that serves for many trails.

    Raises InputError for something at which no trail can start.
    """
    node = _end(link_graph, start)
    return _around(View(link_graph, [node], None, ()), node, depth, direction, MOST_LINKS)


def _end(link_graph: LinkGraph, iri: str) -> Node:
    """The node at which a trail is to start or end.

    Raises InputError if the IRI is of something that is no node; the error names nodes near it.
    """
    if node := link_graph.node(iri):
        return node
    query = (
        "SELECT ?thing ?node WHERE { ?thing ?p ?node FILTER(isIRI(?node) && ?p != dcterms:source) }"
    )
    rows = select(link_graph.store, query, iri)
    nearby = sorted({row["node"] for row in rows if link_graph.node(row["node"])})
    remedy = (
        f"Start at what it leads to: {', '.join(map(shrink, nearby[:6]))}."
        if nearby
        else "`hrge explain` shows it."
    )
    raise InputError(
        shrink(iri),
        "a trail cannot start here; it can start at a norm, limit, chapeau, passage, provision, "
        "document or topic",
        remedy,
    )


def _around(view: View, start: Node, depth: int, direction: Direction, most: int) -> Trail:
    walks: dict[bool, Walk] = {}
    if direction != "down":
        walks[True] = walk_from(view, start.id, depth, True, most)
    if direction != "up":
        walks[False] = walk_from(view, start.id, depth, False, most)
    notes: list[str] = []
    for up, walk in walks.items():
        sought = "what it rests on" if up else "what rests on it"
        if walk.continuing:
            notes.append(
                f"The limit of {_count(depth, 'step')} was reached: "
                f"{sought} goes on from {_count(walk.continuing, 'node')} there."
            )
        if walk.cut:
            notes.append(
                f"The limit of {_count(most, 'link')} was reached: {sought} is not shown whole."
            )
        if not walk.steps:
            notes.append(
                "The graph has nothing on which it rests."
                if up
                else "Nothing in the graph rests on it."
            )
    steps = {up: walk.steps for up, walk in walks.items()}
    return _trail(
        view.link_graph, start.id, None, notes, up=steps.get(True, ()), down=steps.get(False, ())
    )


def _between(
    view: View, start: Node, end: Node, depth: int, direction: Direction, most: int
) -> Trail:
    if start.id == end.id:
        raise InputError(
            shrink(start.id),
            "both ends of the trail are the same thing",
            "Leave out the second to see all around it.",
        )
    searches: dict[Direction, list[Allowed]] = {
        "up": [(True,)],
        "down": [(False,)],
        "both": [(True,), (False,)],
        "any": [(True, False)],
    }
    notes: list[str] = []
    answer = ""
    paths, cut = find_paths(view, start.id, end.id, depth, searches[direction], most, MOST_TRIES)
    if not paths and not cut and direction == "both":  # none leads one way
        turning, cut = find_paths(view, start.id, end.id, depth, searches["any"], most, MOST_TRIES)
        if turning:
            at = turning_points(turning, view.link_graph.nodes)
            answer = f"No way leads one way. Ways that turn at {at} do: --direction any shows them."
    else:
        answer = answer_of(paths[:most], view.link_graph.nodes, is_more=len(paths) > most)
    if cut:
        notes.append(
            f"The limit of {MOST_TRIES:,} steps tried was reached: there may be more paths. "
            "Give a smaller depth, or fewer kinds of link."
        )
    if len(paths) > most:
        paths = paths[:most]
        notes.append(
            f"The limit of {_count(most, 'path')} was reached: "
            "there are more paths of the same length or longer."
        )
    elif not paths and not cut and not answer:
        answer = f"No way of {_count(depth, 'step')} or fewer was found between the two."
    found = _trail(view.link_graph, start.id, end.id, notes, paths=tuple(paths))
    return replace(found, answer=answer)


def _trail(
    link_graph: LinkGraph,
    start: str,
    end: str | None,
    notes: Sequence[str],
    *,
    up: tuple[Step, ...] = (),
    down: tuple[Step, ...] = (),
    paths: tuple[tuple[Step, ...], ...] = (),
) -> Trail:
    steps = [*up, *down, *(step for path in paths for step in path)]
    passed = {start} | ({end} if end else set())
    links: set[Link] = set()
    for step in steps:
        passed |= {step.origin, step.target}
        links |= set(step.links)
    nodes = {iri: link_graph.nodes[iri] for iri in sorted(passed)}
    in_order = sorted(
        links, key=lambda link: (link.start, link.rank, link.end, link.citation or "")
    )
    keys = {key for node in nodes.values() for key in node.discrepancies}
    keys |= {key for link in links for key in link.discrepancies}
    if any(node.binding for node in nodes.values()):
        notes = [*notes, UNKNOWN_PARTIES]
    return Trail(
        start,
        end,
        nodes,
        tuple(in_order),
        {key: entry for key, entry in link_graph.discrepancies.items() if key in keys},
        up,
        down,
        paths,
        tuple(notes),
        {label: force.rank for label, force in link_graph.forces.items()},
        read_works(link_graph.store, nodes.values()),
        date=link_graph.date,
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
