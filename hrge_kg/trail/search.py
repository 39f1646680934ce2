"""Finds citation trails: what a norm, provision or document rests on, and what rests on it.

Kinds of link come from queries/trails (`link_graph` reads them); this module only walks them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import length_hint
from typing import Literal

import pyoxigraph as ox

from ..errors import InputError
from ..graph.lookup import resolve
from ..namespaces import shrink
from ..sparql import select
from .link_graph import LinkGraph
from .model import UNKNOWN_PARTIES, Link, Node, Step, Trail
from .works import read_works

Direction = Literal["up", "down", "both", "any"]
_Ways = tuple[bool, ...]
"""The ways that each step of a path may go: up (True), down (False), or either."""
_Neighbour = tuple[str, tuple[Link, ...]]
"""A node (IRI) one step away, with all links that lead there."""

DEPTH = 6
"""Steps of a path between two things."""
DEPTH_AROUND = 3
"""Steps from a thing on its own; more would be more than anyone reads."""
MOST_STEPS = 1000
MOST_PATHS = 20
MOST_LOOKS = 100_000
"""Steps that a search for paths tries: among many cycles there are more than anyone could await."""


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
    """The trail from a thing; with `end`, all simple paths between the two, shortest first.

    `start` and `end` are any names that `graph.lookup.resolve` knows. `direction` is up (what
    it rests on), down (what rests on it), both, or any: paths that turn, which are tried by
    themselves where no path leads one way. `depth` is how many steps at most (None: 3, with an end
    6). `only` and `without` name kinds of link, and forces: documents and provisions of other
    forces, or of these, are left out. `most` bounds the links (1,000), or the paths (20).

    Raises InputError for a name, a kind of link or a force that is unknown, for a thing at which no
    trail can start, and for a bound below 1.
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
    ends = [_node(link_graph, resolve(graph, name)) for name in (start, end) if name is not None]
    view = _View(link_graph, ends, only, without)
    if len(ends) == 1:
        return _around(view, ends[0], depth, direction, most or MOST_STEPS)
    return _between(view, ends[0], ends[1], depth, direction, most or MOST_PATHS)


def _node(link_graph: LinkGraph, iri: str) -> Node:
    if node := link_graph.node(iri):
        return node
    query = (
        "SELECT ?thing ?node WHERE { ?thing ?p ?node FILTER(isIRI(?node) && ?p != dcterms:source) }"
    )
    rows = select(link_graph.store, query, iri)
    beside = sorted({row["node"] for row in rows if link_graph.node(row["node"])})
    remedy = (
        f"Start at what it leads to: {', '.join(map(shrink, beside[:6]))}."
        if beside
        else "`hrge explain` shows it."
    )
    raise InputError(
        shrink(iri),
        "a trail cannot start here; it can start at a norm, limit, chapeau, passage, provision, "
        "document or topic",
        remedy,
    )


class _View:
    """The link graph without the links that are not wanted.

    Kinds of link with a scope serve only trails that start or end in it.
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
        self.forces_matter = self.forces != forces
        self._neighbours: dict[tuple[str, bool], list[_Neighbour]] = {}

    def neighbours(self, iri: str, up: bool) -> list[_Neighbour]:
        """What lies one step away, in the order of the kinds of link and of the text."""
        known = self._neighbours.get((iri, up))
        if known is None:
            known = self._neighbours[iri, up] = self._look(iri, up)
        return known

    def _look(self, iri: str, up: bool) -> list[_Neighbour]:
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
        if not self.forces_matter or iri in self.ends or node.document is None:
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


@dataclass(frozen=True)
class _Walk:
    """What was found one way.

    `beyond` counts the nodes at the edge that go on; `cut` tells whether links were left out.
    """

    steps: tuple[Step, ...]
    beyond: int
    cut: bool


def _around(view: _View, start: Node, depth: int, direction: Direction, most: int) -> Trail:
    walks: dict[bool, _Walk] = {}
    if direction != "down":
        walks[True] = _walk(view, start.id, depth, True, most)
    if direction != "up":
        walks[False] = _walk(view, start.id, depth, False, most)
    notes: list[str] = []
    for up, walk in walks.items():
        whither = "what it rests on" if up else "what rests on it"
        if walk.beyond:
            notes.append(
                f"The limit of {_count(depth, 'step')} was reached: "
                f"{whither} goes on from {_count(walk.beyond, 'node')} at the edge."
            )
        if walk.cut:
            notes.append(
                f"The limit of {_count(most, 'link')} was reached: {whither} is not shown whole."
            )
        if not walk.steps:
            notes.append(f"Nothing is known of {whither}.")
    steps = {up: walk.steps for up, walk in walks.items()}
    return _trail(
        view.link_graph, start.id, None, notes, up=steps.get(True, ()), down=steps.get(False, ())
    )


def _walk(view: _View, start: str, depth: int, up: bool, most: int) -> _Walk:
    """Breadth first, so that each node is written out where it is nearest to the start."""
    parent, level = {start: ""}, {start: 0}
    near: dict[str, list[_Neighbour]] = {}
    queue, taken, beyond, cut = deque([start]), 0, 0, False
    read_level = -1
    while queue:
        if level[queue[0]] > read_level:  # one query reads a whole level
            read_level = level[queue[0]]
            view.link_graph.read(list(queue)[: most - taken], up=up)
        here = queue.popleft()
        around = view.neighbours(here, up)
        if level[here] == depth:
            beyond += any(other not in level for other, _ in around)
            continue
        near[here] = []
        for other, links in around:
            if taken + len(links) > most:
                cut = True
                queue.clear()
                break
            taken += len(links)
            near[here].append((other, links))
            if other not in level:
                parent[other], level[other] = here, level[here] + 1
                queue.append(other)
    return _Walk(tuple(_as_tree(start, near, parent, up)), beyond, cut)


def _as_tree(
    start: str, near: dict[str, list[_Neighbour]], parent: dict[str, str], up: bool
) -> Iterator[Step]:
    """What was found, depth first, as it is read; a node goes on only below its parent.

    With a stack of its own: Python's would end in a long chain.
    """
    stack = [(start, iter(near.get(start, ())))]
    while stack:
        here, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            stack.pop()
            continue
        other, links = following
        repeated = parent[other] != here
        yield Step(here, other, links, up, len(stack), repeated)
        if not repeated:
            stack.append((other, iter(near.get(other, ()))))


def _between(
    view: _View, start: Node, end: Node, depth: int, direction: Direction, most: int
) -> Trail:
    if start.id == end.id:
        raise InputError(
            shrink(start.id),
            "both ends of the trail are the same thing",
            "Leave out the second to see all around it.",
        )
    ways: dict[Direction, list[_Ways]] = {
        "up": [(True,)],
        "down": [(False,)],
        "both": [(True,), (False,)],
        "any": [(True, False)],
    }
    notes: list[str] = []
    paths, cut = _paths(view, start.id, end.id, depth, ways[direction], most)
    if not paths and not cut and direction == "both":
        paths, cut = _paths(view, start.id, end.id, depth, ways["any"], most)
        if paths:
            notes.append(
                "No path leads one way, from what rests to what it rests on; these paths turn."
            )
    if cut:
        notes.append(
            f"The limit of {MOST_LOOKS:,} steps tried was reached: there may be more paths. "
            "Give a smaller depth, or fewer kinds of link."
        )
    if len(paths) > most:
        paths = paths[:most]
        notes.append(
            f"The limit of {_count(most, 'path')} was reached: "
            "there are more paths of the same length or longer."
        )
    elif not paths and not cut:
        notes.append(f"No path of {_count(depth, 'step')} or fewer was found between the two.")
    return _trail(view.link_graph, start.id, end.id, notes, paths=tuple(paths))


def _paths(
    view: _View, start: str, end: str, depth: int, all_ways: list[_Ways], most: int
) -> tuple[list[tuple[Step, ...]], bool]:
    """Simple paths, shortest first, and whether the search was cut short.

    One more than `most` where there are more. Iterative deepening: all paths of one length before
    any of the next, so that a search that is cut short has missed none shorter than what it found.
    """
    paths: list[tuple[Step, ...]] = []
    distances: dict[_Ways, dict[str, int]] = {}
    exhausted: set[_Ways] = set()  # ways of which a greater depth would show nothing new
    looks = iter(range(MOST_LOOKS))
    for length in range(1, depth + 1):
        # A simple path passes nothing twice, so none is longer than there are nodes.
        if len(exhausted) == len(all_ways) and length >= max(map(len, distances.values())):
            break
        for ways in all_ways:
            if ways not in exhausted:
                distances[ways], ended = _distances(view, start, end, length, ways)
                exhausted |= {ways} if ended else set()
            for path in _paths_of(view, start, end, length, ways, distances[ways], looks):
                paths.append(path)
                if len(paths) > most:
                    return paths, False
        if not length_hint(looks):
            return paths, True
    return paths, False


def _distances(
    view: _View, start: str, end: str, depth: int, ways: _Ways
) -> tuple[dict[str, int], bool]:
    """Steps to the end from everything on a path of at most `depth` steps.

    So that no search goes where the end is too far. Also whether that is all there is, however deep
    one looks. Looks from both ends, a step at a time at the one with less to look at, so that what
    lies around neither path is not read.
    """
    seen = {True: {start}, False: {end}}  # ahead of the start, behind the end
    edge = {True: [start], False: [end]}
    back: dict[str, dict[str, None]] = {}  # from a node to those one step nearer to the start
    for _ in range(depth):
        if not edge[True] or not edge[False]:
            break
        ahead = len(edge[True]) <= len(edge[False])
        reached: dict[str, None] = {}
        for up in ways:
            # From the end, a path is looked at against its way.
            view.link_graph.read(edge[ahead], up=up is ahead)
            for here in edge[ahead]:
                for other, _links in view.neighbours(here, up is ahead):
                    reached[other] = None
                    nearer_start, nearer_end = (here, other) if ahead else (other, here)
                    back.setdefault(nearer_end, {})[nearer_start] = None
        edge[ahead] = [node for node in reached if node not in seen[ahead]]
        seen[ahead] |= reached.keys()
    ended = not edge[True] or not edge[False]  # all that one end reaches has been looked at
    left = _steps_left(end, back, len(back) if ended else depth)
    for up in ways:
        view.link_graph.read(left, up=up)
    return left, ended


def _steps_left(end: str, back: dict[str, dict[str, None]], most: int) -> dict[str, int]:
    """The steps to the end, breadth first from it."""
    left, last = {end: 0}, [end]
    for steps in range(1, most + 1):
        before = (node for here in last for node in back.get(here, ()))
        last = [node for node in dict.fromkeys(before) if node not in left]
        if not last:
            break
        left |= dict.fromkeys(last, steps)
    return left


def _paths_of(
    view: _View,
    start: str,
    end: str,
    length: int,
    ways: _Ways,
    left: dict[str, int],
    looks: Iterator[int],
) -> Iterator[tuple[Step, ...]]:
    """The simple paths of exactly this length, depth first, as long as there are looks."""
    path: list[Step] = []
    on_path = {start}

    def onward(here: str) -> Iterator[Step]:
        depth = len(path) + 1
        for up in ways:
            for other, links in view.neighbours(here, up):
                is_near_enough = left.get(other, length) <= length - depth
                # The end is the end: no path passes it, and shorter ones were found before.
                if other not in on_path and is_near_enough and (other != end or depth == length):
                    yield Step(here, other, links, up, depth)

    stack = [onward(start)] if left.get(start, length + 1) <= length else []
    while stack and next(looks, None) is not None:
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
            stack.append(onward(step.target))


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
    edges: set[Link] = set()
    for step in steps:
        passed |= {step.origin, step.target}
        edges |= set(step.links)
    nodes = {iri: link_graph.nodes[iri] for iri in sorted(passed)}
    in_order = sorted(
        edges, key=lambda link: (link.start, link.rank, link.end, link.citation or "")
    )
    keys = {key for node in nodes.values() for key in node.discrepancies}
    keys |= {key for link in edges for key in link.discrepancies}
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
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
