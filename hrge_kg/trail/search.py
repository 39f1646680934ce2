"""Finds citation trails: what a norm, provision or document rests on, and what rests on it.

Kinds of link come from queries/trails (`link_graph` reads them); this module only follows them.
A trail goes from node to node. Several links can lead from one node to the next, such as two
citations; following all of them together is one step. A step up follows links from their start to
their end, to what a node rests on; a step down goes the other way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import length_hint
from typing import Literal

import pyoxigraph as ox

from ..errors import InputError
from ..graph.lookup import find
from ..namespaces import shrink
from ..sparql import select
from .answer import answer_of, turning_points
from .link_graph import LinkGraph
from .model import UNKNOWN_PARTIES, Link, Node, Step, Trail
from .works import read_works

Direction = Literal["up", "down", "both", "any"]
_Allowed = tuple[bool, ...]
"""The directions that each step of a path may take: up (True), down (False), or either."""
_Neighbour = tuple[str, tuple[Link, ...]]
"""A node (IRI) one step away, with all links that lead there."""

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
    view = _View(link_graph, ends, only, without)
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
    return _around(_View(link_graph, [node], None, ()), node, depth, direction, MOST_LINKS)


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


class _View:
    """The part of the link graph that a search may use, by `only`, `without` and scope.

    Some kinds of link have a scope, a type of node. They are used only in trails that start or end
    at such a node. (`link_graph.Kind`)
    """

    def __init__(
        self,
        link_graph: LinkGraph,
        ends: Sequence[Node],
        only: Collection[str] | None,
        without: Collection[str],
    ) -> None:
        self.link_graph = link_graph
        self.ends = {node.id for node in ends}
        forces = {force.key for force in link_graph.forces.values()}
        _check_words((*(only or ()), *without), set(link_graph.kinds), forces)
        types = {node.type for node in ends}
        kinds = {word for word in only or () if word in link_graph.kinds} or {
            name for name, kind in link_graph.kinds.items() if kind.scope in (None, *types)
        }
        self.kinds = kinds - set(without)
        self.forces = ({word for word in only or () if word in forces} or forces) - set(without)
        self.leaves_out_forces = self.forces != forces
        self._neighbours: dict[tuple[str, bool], list[_Neighbour]] = {}

    def neighbours(self, iri: str, up: bool) -> list[_Neighbour]:
        """The nodes one step away, in the order of the kinds of link and of the text."""
        known = self._neighbours.get((iri, up))
        if known is None:
            known = self._neighbours[iri, up] = self._find_neighbours(iri, up)
        return known

    def _find_neighbours(self, iri: str, up: bool) -> list[_Neighbour]:
        links_to: dict[str, list[Link]] = {}
        for link in self.link_graph.links_of(iri, up=up):
            other = link.end if up else link.start
            if link.kind in self.kinds and self._is_wanted(other):
                links_to.setdefault(other, []).append(link)
        for links in links_to.values():
            links.sort(key=lambda link: (link.rank, link.citation or ""))
        nodes = self.link_graph.nodes
        order = sorted(links_to, key=lambda other: (links_to[other][0].rank, nodes[other].order))
        return [(other, tuple(links_to[other])) for other in order]

    def _is_wanted(self, iri: str) -> bool:
        node = self.link_graph.nodes[iri]
        if not self.leaves_out_forces or iri in self.ends or node.document is None:
            return True
        forces = self.link_graph.forces
        labels = (node.force or "").split("; ")
        return any(forces[label].key in self.forces for label in labels if label in forces)


def _check_words(words: Iterable[str], kinds: set[str], forces: set[str]) -> None:
    for word in words:
        if word not in kinds and word not in forces:
            raise InputError(
                f"“{word}”",
                "there is no such kind of link, and no such force",
                f"Known are: {', '.join(sorted(kinds))}; and the forces "
                f"{', '.join(sorted(forces))}.",
            )


# A trail from one node. The search goes outward level by level, breadth first: first all nodes
# one step away, then all nodes two steps away. So every node stands where it is nearest to the
# start, and a limit cuts off what is farthest. `_as_tree` then puts the steps in the order in
# which people read them: after each step come the steps from the node that it leads to.


@dataclass(frozen=True)
class _Walk:
    """What was found in one direction.

    `continuing` counts the nodes at the greatest depth from which more links lead on. `cut` is true
    if links were left out because of the limit on their number.
    """

    steps: tuple[Step, ...]
    continuing: int
    cut: bool


def _around(view: _View, start: Node, depth: int, direction: Direction, most: int) -> Trail:
    walks: dict[bool, _Walk] = {}
    if direction != "down":
        walks[True] = _walk(view, start.id, depth, True, most)
    if direction != "up":
        walks[False] = _walk(view, start.id, depth, False, most)
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


def _walk(view: _View, start: str, depth: int, up: bool, most: int) -> _Walk:
    """Find all nodes within `depth` steps of the start, breadth first."""
    parent, level = {start: ""}, {start: 0}
    followed: dict[str, list[_Neighbour]] = {}  # by node: the steps from it that were taken
    queue, link_count, continuing, cut = deque([start]), 0, 0, False
    read_level = -1
    while queue:
        if level[queue[0]] > read_level:  # one query reads a whole level
            read_level = level[queue[0]]
            view.link_graph.read(list(queue)[: most - link_count], up=up)
        here = queue.popleft()
        neighbours = view.neighbours(here, up)
        if level[here] == depth:
            continuing += any(other not in level for other, _ in neighbours)
            continue
        followed[here] = []
        for other, links in neighbours:
            if link_count + len(links) > most:
                cut = True
                queue.clear()
                break
            link_count += len(links)
            followed[here].append((other, links))
            if other not in level:
                parent[other], level[other] = here, level[here] + 1
                queue.append(other)
    return _Walk(tuple(_as_tree(start, followed, parent, up)), continuing, cut)


def _as_tree(
    start: str, followed: dict[str, list[_Neighbour]], parent: dict[str, str], up: bool
) -> Iterator[Step]:
    """The steps depth first, as people read them.

    A node that several nodes lead to goes on only below its parent; elsewhere it is `repeated`.
    The stack is our own, since a long chain of links would be too deep for Python's.
    """
    stack = [(start, iter(followed.get(start, ())))]
    while stack:
        here, rest = stack[-1]
        neighbour = next(rest, None)
        if neighbour is None:
            stack.pop()
            continue
        other, links = neighbour
        repeated = parent[other] != here
        yield Step(here, other, links, up, len(stack), repeated)
        if not repeated:
            stack.append((other, iter(followed.get(other, ()))))


# Paths between two nodes. From most nodes many links lead on, and few of them lead to the end; to
# try them all would take too long. So the search has two parts, and does both for length 1, then
# for length 2, and so on ("iterative deepening"):
#
# 1. `_distances` finds how many steps each node is away from the end. It goes out from the start
#    and from the end, so it reads only what lies near one of them.
# 2. `_paths_of` goes from the start, depth first, and enters a node only if the steps that are left
#    are enough to reach the end from there. So it hardly ever tries a step in vain.
#
# Shorter paths come first. If the search stops at a limit, no shorter path is missing.


def _between(
    view: _View, start: Node, end: Node, depth: int, direction: Direction, most: int
) -> Trail:
    if start.id == end.id:
        raise InputError(
            shrink(start.id),
            "both ends of the trail are the same thing",
            "Leave out the second to see all around it.",
        )
    searches: dict[Direction, list[_Allowed]] = {
        "up": [(True,)],
        "down": [(False,)],
        "both": [(True,), (False,)],
        "any": [(True, False)],
    }
    notes: list[str] = []
    answer = ""
    paths, cut = _paths(view, start.id, end.id, depth, searches[direction], most)
    if not paths and not cut and direction == "both":  # none leads one way
        turning, cut = _paths(view, start.id, end.id, depth, searches["any"], most)
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


def _paths(
    view: _View, start: str, end: str, depth: int, searches: list[_Allowed], most: int
) -> tuple[list[tuple[Step, ...]], bool]:
    """The paths, shortest first, and whether the search stopped early.

    If there are more than `most`, it returns one more, so that the caller knows.
    """
    paths: list[tuple[Step, ...]] = []
    distances: dict[_Allowed, dict[str, int]] = {}
    complete: set[_Allowed] = set()  # searches whose distances would be the same at any depth
    tries = iter(range(MOST_TRIES))
    for length in range(1, depth + 1):
        # A path passes no node twice, so none is longer than there are nodes.
        if len(complete) == len(searches) and length >= max(map(len, distances.values())):
            break
        for allowed in searches:
            if allowed not in complete:
                distances[allowed], is_complete = _distances(view, start, end, length, allowed)
                if is_complete:
                    complete.add(allowed)
            for path in _paths_of(view, start, end, length, allowed, distances[allowed], tries):
                paths.append(path)
                if len(paths) > most:
                    return paths, False
        if not length_hint(tries):
            return paths, True
    return paths, False


def _distances(
    view: _View, start: str, end: str, depth: int, allowed: _Allowed
) -> tuple[dict[str, int], bool]:
    """The steps to the end from every node on a path of at most `depth` steps.

    The second value is true if a greater depth would change nothing. The search goes out from both
    ends, one step at a time, and each time from the end that has fewer nodes to go on from. So it
    reads few nodes and links that are on no path.
    """
    # The keys say where a search began: True at the start, False at the end.
    reached = {True: {start}, False: {end}}
    frontier = {True: [start], False: [end]}  # the nodes that its last step reached first
    before: dict[str, dict[str, None]] = {}  # by node: the nodes from which a step leads to it
    for _ in range(depth):
        if not frontier[True] or not frontier[False]:
            break
        from_start = len(frontier[True]) <= len(frontier[False])
        found: dict[str, None] = {}
        for up in allowed:
            # The search from the end follows each step against its direction.
            read_up = up is from_start
            view.link_graph.read(frontier[from_start], up=read_up)
            for here in frontier[from_start]:
                for other, _links in view.neighbours(here, read_up):
                    found[other] = None
                    first, second = (here, other) if from_start else (other, here)
                    before.setdefault(second, {})[first] = None
        frontier[from_start] = [node for node in found if node not in reached[from_start]]
        reached[from_start] |= found.keys()
    is_complete = not frontier[True] or not frontier[False]  # one search has nowhere left to go
    distances = _distances_to(end, before, len(before) if is_complete else depth)
    for up in allowed:
        view.link_graph.read(distances, up=up)
    return distances, is_complete


def _distances_to(end: str, before: dict[str, dict[str, None]], most: int) -> dict[str, int]:
    """The steps to the end, counted breadth first from it; `before` as in `_distances`."""
    distances, last = {end: 0}, [end]
    for steps in range(1, most + 1):
        next_nodes = (node for here in last for node in before.get(here, ()))
        last = [node for node in dict.fromkeys(next_nodes) if node not in distances]
        if not last:
            break
        distances |= dict.fromkeys(last, steps)
    return distances


def _paths_of(
    view: _View,
    start: str,
    end: str,
    length: int,
    allowed: _Allowed,
    distances: dict[str, int],
    tries: Iterator[int],
) -> Iterator[tuple[Step, ...]]:
    """The paths of exactly this length, depth first; stops when `tries` are used up."""
    path: list[Step] = []
    on_path = {start}

    def steps_from(here: str) -> Iterator[Step]:
        depth = len(path) + 1
        for up in allowed:
            for other, links in view.neighbours(here, up):
                is_near_enough = distances.get(other, length) <= length - depth
                # No path goes on after the end: one that comes there too early was found before.
                if other not in on_path and is_near_enough and (other != end or depth == length):
                    yield Step(here, other, links, up, depth)

    stack = [steps_from(start)] if distances.get(start, length + 1) <= length else []
    while stack and next(tries, None) is not None:
        step = next(stack[-1], None)
        if step is None:
            stack.pop()
            if path:
                on_path.discard(path.pop().target)
        elif step.target == end:
            yield (*path, step)
        else:
            path.append(step)
            on_path.add(step.target)
            stack.append(steps_from(step.target))


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
