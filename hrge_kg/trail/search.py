"""Citation trails: from a norm, provision or document to what it rests on, and to what rests on it.
The kinds of link come from queries/trails (hrge_kg/web.py reads them); this module only walks them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from operator import length_hint
from typing import Literal

import pyoxigraph as ox

from ..errors import InputError
from ..graph.lookup import resolve
from ..namespaces import shrink
from ..sparql import select
from .link_graph import LinkGraph
from .model import UNKNOWN_PARTIES, Link, Node, Step, Trail

Direction = Literal["up", "down", "both", "any"]

DEPTH = 6
MOST_STEPS = 1000
MOST_PATHS = 20
MOST_LOOKS = 100_000
"""Steps that a search for paths tries at most: among many cycles there are more than anyone could wait for."""


def find_trail(
    store: ox.Store,
    start: str,
    end: str | None = None,
    depth: int = DEPTH,
    direction: Direction = "both",
    *,
    only: Collection[str] | None = None,
    without: Collection[str] = (),
    most: int | None = None,
) -> Trail:
    """The trail from a thing, by any name that names.find knows; with `end`, all simple paths between the two, shortest first.

    `direction` is up (what it rests on), down (what rests on it), both, or any (paths that turn; tried by itself where
    no path leads one way). `only` and `without` name kinds of link, and forces: documents and provisions of other forces, or of these, are
    left out. `most` bounds the steps, or the paths.

    Raises InputError for a name, a kind of link or a force that is unknown, and for a thing at which no trail can start.
    """
    if depth < 1 or (most is not None and most < 1):
        raise InputError(
            "hrge trail",
            "the depth, and the number of steps or paths, must be 1 or more",
            "Give a larger number.",
        )
    web = LinkGraph(store)
    ends = [_node(web, resolve(store, name)) for name in (start, end) if name is not None]
    view = _View(web, ends, only, without)
    if len(ends) == 1:
        return _around(view, ends[0], depth, direction, most or MOST_STEPS)
    return _between(view, ends[0], ends[1], depth, direction, most or MOST_PATHS)


def _node(web: LinkGraph, iri: str) -> Node:
    if node := web.node(iri):
        return node
    query = (
        "SELECT ?thing ?node WHERE { ?thing ?p ?node FILTER(isIRI(?node) && ?p != dcterms:source) }"
    )
    beside = sorted({row["node"] for row in select(web.store, query, iri) if web.node(row["node"])})
    remedy = (
        f"Start at what it leads to: {', '.join(shrink(one) for one in beside[:6])}."
        if beside
        else "`hrge explain` shows it."
    )
    raise InputError(
        shrink(iri),
        "a trail leads from norms, limits, chapeaux, passages, provisions, documents and topics; this is none",
        remedy,
    )


class _View:
    """The web without the links that are not wanted; those of a kind with a scope serve trails that start or end in it."""

    def __init__(
        self,
        web: LinkGraph,
        ends: list[Node],
        only: Collection[str] | None,
        without: Collection[str],
    ) -> None:
        self.web = web
        self.ends = {node.id for node in ends}
        forces = {force.key for force in web.forces.values()}
        for word in (*(only or ()), *without):
            if word not in web.kinds and word not in forces:
                known = (
                    f"{', '.join(sorted(web.kinds))}; and the forces {', '.join(sorted(forces))}"
                )
                raise InputError(
                    f"“{word}”",
                    "there is no such kind of link, and no such force",
                    f"Known are: {known}.",
                )
        told = {word for word in only or () if word in web.kinds}
        types = {node.type for node in ends}
        meant = told or {name for name, kind in web.kinds.items() if kind.scope in (None, *types)}
        self.kinds = meant - set(without)
        self.forces = ({word for word in only or () if word in forces} or forces) - set(without)
        self.forces_matter = self.forces != forces
        self._found: dict[tuple[str, bool], list[tuple[str, tuple[Link, ...]]]] = {}

    def neighbours(self, iri: str, up: bool) -> list[tuple[str, tuple[Link, ...]]]:
        """What lies one step away, with all links that lead there, in the order of the kinds of link and of the text."""
        known = self._found.get((iri, up))
        if known is None:
            known = self._found[iri, up] = self._look(iri, up)
        return known

    def _look(self, iri: str, up: bool) -> list[tuple[str, tuple[Link, ...]]]:
        found: dict[str, list[Link]] = {}
        for link in self.web.links_of(iri, up=up):
            other = link.end if up else link.start
            if link.kind in self.kinds and self._is_wanted(other):
                found.setdefault(other, []).append(link)
        order = sorted(
            found,
            key=lambda one: (min(link.rank for link in found[one]), self.web.nodes[one].order),
        )
        return [
            (one, tuple(sorted(found[one], key=lambda link: (link.rank, link.citation or ""))))
            for one in order
        ]

    def _is_wanted(self, iri: str) -> bool:
        node = self.web.nodes[iri]
        if not self.forces_matter or iri in self.ends or node.document is None:
            return True
        return any(
            self.web.forces[label].key in self.forces
            for label in (node.force or "").split("; ")
            if label in self.web.forces
        )


def _around(view: _View, start: Node, depth: int, direction: Direction, most: int) -> Trail:
    ways = [
        up
        for up, names in ((True, ("up", "both", "any")), (False, ("down", "both", "any")))
        if direction in names
    ]
    walks = {up: _walk(view, start.id, depth, up, most) for up in ways}
    notes = []
    for up, (steps, beyond, cut) in walks.items():
        whither = "what it rests on" if up else "what rests on it"
        if beyond:
            notes.append(
                f"The limit of {_count(depth, 'step')} was reached: {whither} goes on from {_count(beyond, 'node')} at the edge."
            )
        if cut:
            notes.append(
                f"The limit of {_count(most, 'link')} was reached: {whither} is not shown whole."
            )
        if not steps:
            notes.append(f"Nothing is known of {whither}.")
    made = [step for steps, _, _ in walks.values() for step in steps]
    up_steps, down_steps = (walks[way][0] if way in walks else () for way in (True, False))
    return _trail(view.web, start.id, None, made, notes, up=up_steps, down=down_steps)


def _walk(
    view: _View, start: str, depth: int, up: bool, most: int
) -> tuple[tuple[Step, ...], int, bool]:
    """Breadth first, so that each node is written out where it is nearest to the start; then laid out as a tree."""
    parent, level = {start: ""}, {start: 0}
    near: dict[str, list[tuple[str, tuple[Link, ...]]]] = {}
    queue, taken, beyond, cut = deque([start]), 0, 0, False
    read = -1
    while queue:
        if level[queue[0]] > read:  # a level is read at once
            read = level[queue[0]]
            view.web.read(list(queue)[: most - taken], up=up)
        here = queue.popleft()
        around = view.neighbours(here, up)
        if level[here] == depth:
            beyond += any(one not in level for one, _ in around)
            continue
        near[here] = []
        for one, links in around:
            if taken + len(links) > most:
                cut = True
                queue.clear()
                break
            taken += len(links)
            near[here].append((one, links))
            if one not in level:
                parent[one], level[one] = here, level[here] + 1
                queue.append(one)
    return tuple(_laid_out(start, near, parent, up)), beyond, cut


def _laid_out(
    start: str,
    near: dict[str, list[tuple[str, tuple[Link, ...]]]],
    parent: dict[str, str],
    up: bool,
) -> Iterator[Step]:
    waiting = [(start, iter(near.get(start, ())))]
    while waiting:
        here, rest = waiting[-1]
        following = next(rest, None)
        if following is None:
            waiting.pop()
            continue
        one, links = following
        repeated = parent[one] != here
        yield Step(here, one, links, up, len(waiting), repeated)
        if not repeated:
            waiting.append((one, iter(near.get(one, ()))))


def _between(
    view: _View, start: Node, end: Node, depth: int, direction: Direction, most: int
) -> Trail:
    if start.id == end.id:
        raise InputError(
            shrink(start.id),
            "both ends of the trail are the same thing",
            "Leave out the second to see all around it.",
        )
    names: dict[Direction, list[tuple[bool, ...]]] = {
        "up": [(True,)],
        "down": [(False,)],
        "both": [(True,), (False,)],
        "any": [(True, False)],
    }
    notes: list[str] = []
    paths, cut = _paths(view, start.id, end.id, depth, names[direction], most)
    if not paths and not cut and direction == "both":
        paths, cut = _paths(view, start.id, end.id, depth, names["any"], most)
        if paths:
            notes.append(
                "No path leads one way, from what rests to what it rests on; these paths turn."
            )
    if cut:
        notes.append(
            f"The limit of {MOST_LOOKS:,} steps tried was reached: there may be more paths. Give a smaller depth, or fewer kinds of link."
        )
    if len(paths) > most:
        paths = paths[:most]
        notes.append(
            f"The limit of {_count(most, 'path')} was reached: there are more paths of the same length or longer."
        )
    elif not paths and not cut:
        notes.append(f"No path of {_count(depth, 'step')} or fewer was found between the two.")
    return _trail(
        view.web,
        start.id,
        end.id,
        [step for path in paths for step in path],
        notes,
        paths=tuple(paths),
    )


def _paths(
    view: _View, start: str, end: str, depth: int, ways: list[tuple[bool, ...]], most: int
) -> tuple[list[tuple[Step, ...]], bool]:
    """Simple paths, shortest first: one more than `most` where there are more; and whether the search was cut short."""
    found: list[tuple[Step, ...]] = []
    left: dict[tuple[bool, ...], dict[str, int]] = {}
    whole: set[tuple[bool, ...]] = set()
    looks = iter(range(MOST_LOOKS))
    for length in range(1, depth + 1):  # looks no farther than paths of this length lead
        if len(whole) == len(ways) and length >= max(
            map(len, left.values())
        ):  # a simple path passes nothing twice
            break
        for way in ways:
            if way not in whole:
                left[way], ended = _distances(view, start, end, length, way)
                whole |= {way} if ended else set()
            for path in _paths_of(view, start, end, length, way, left[way], looks):
                found.append(path)
                if len(found) > most:
                    return found, False
        if not length_hint(looks):
            return found, True
    return found, False


def _distances(
    view: _View, start: str, end: str, depth: int, way: tuple[bool, ...]
) -> tuple[dict[str, int], bool]:
    """Steps to the end from everything on a path of at most `depth` steps, so that no search goes where the end is too far; and whether
    that is all there is, however deep one looks.

    Looks from both ends, a step at a time at the one with less to look at, so that what lies around neither path is not read.
    """
    seen = {True: {start}, False: {end}}  # ahead of the start, behind the end
    edge = {True: [start], False: [end]}
    back: dict[str, dict[str, None]] = {}
    for _ in range(depth):
        if not edge[True] or not edge[False]:
            break
        ahead = len(edge[True]) <= len(edge[False])
        found: dict[str, None] = {}
        for up in way:
            view.web.read(edge[ahead], up=up is ahead)
            for here in edge[ahead]:
                for one, _links in view.neighbours(here, up is ahead):
                    found[one] = None
                    back.setdefault(one if ahead else here, {})[here if ahead else one] = None
        edge[ahead] = [one for one in found if one not in seen[ahead]]
        seen[ahead] |= found.keys()
    ended = not edge[True] or not edge[False]  # all that one end reaches has been looked at
    left, last = {end: 0}, [end]
    for steps in range(1, len(back) + 1 if ended else depth + 1):
        last = list(
            dict.fromkeys(one for here in last for one in back.get(here, ()) if one not in left)
        )
        if not last:
            break
        left |= dict.fromkeys(last, steps)
    for up in way:
        view.web.read(left, up=up)
    return left, ended


def _paths_of(
    view: _View,
    start: str,
    end: str,
    length: int,
    way: tuple[bool, ...],
    left: dict[str, int],
    looks: Iterator[int],
) -> Iterator[tuple[Step, ...]]:
    path: list[Step] = []
    on_path = {start}

    def further(here: str) -> Iterator[Step]:
        for up in way:
            for one, links in view.neighbours(here, up):
                if (
                    one not in on_path
                    and left.get(one, length) <= length - len(path) - 1
                    and (one != end or len(path) + 1 == length)
                ):
                    yield Step(here, one, links, up, len(path) + 1)

    waiting = [further(start)] if left.get(start, length + 1) <= length else []
    while waiting and next(looks, None) is not None:
        step = next(waiting[-1], None)
        if step is None:
            waiting.pop()
            if path:
                on_path.discard(path.pop().target)
        elif step.target == end:
            yield (*path, step)
        else:
            path.append(step)
            on_path.add(step.target)
            waiting.append(further(step.target))


def _trail(
    web: LinkGraph,
    start: str,
    end: str | None,
    made: list[Step],
    notes: list[str],
    *,
    up: tuple[Step, ...] = (),
    down: tuple[Step, ...] = (),
    paths: tuple[tuple[Step, ...], ...] = (),
) -> Trail:
    passed = {
        start,
        *([end] if end else []),
        *(iri for step in made for iri in (step.origin, step.target)),
    }
    nodes = {iri: web.nodes[iri] for iri in sorted(passed)}
    edges = sorted(
        {link for step in made for link in step.links},
        key=lambda one: (one.start, one.rank, one.end, one.citation or ""),
    )
    keys = {key for node in nodes.values() for key in node.discrepancies} | {
        key for edge in edges for key in edge.discrepancies
    }
    if any(node.binding for node in nodes.values()):
        notes.append(UNKNOWN_PARTIES)
    register = {key: one for key, one in web.discrepancies.items() if key in keys}
    forces = {label: force.rank for label, force in web.forces.items()}
    return Trail(start, end, nodes, tuple(edges), register, up, down, paths, tuple(notes), forces)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
