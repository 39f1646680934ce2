"""Citation trails: from a norm, provision or document to what it rests on, and to what rests on it.
The kinds of link come from queries/trails; this module only walks them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from .errors import InputError
from .links import Discrepancy, Link, Node, Web, load, rows
from .names import find
from .prefixes import shrink

Direction = Literal["up", "down", "both", "any"]

DEPTH = 6
MOST_STEPS = 1000
MOST_PATHS = 20
UNKNOWN_PARTIES = "Whether a given State is bound is not known here."


@dataclass(frozen=True)
class Step:
    """From one node to the next, over all links between the two; `up` leads to what the first rests on.
    `repeated` marks a node that is written out elsewhere in the same trail.

    >>> Step("a", "b", (), up=True, depth=1).target
    'b'
    """

    origin: str
    target: str
    links: tuple[Link, ...]
    up: bool
    depth: int
    repeated: bool = False


@dataclass(frozen=True)
class Trail:
    """What was found: all nodes and edges; the steps up and down from the start, or the paths to an end, shortest first.
    `notes` say what a reader must know: limits that were reached, and what is not known.

    >>> Trail("a", None, {}, (), {}).found
    False
    """

    start: str
    end: str | None
    nodes: dict[str, Node]
    edges: tuple[Link, ...]
    discrepancies: dict[str, Discrepancy]
    up: tuple[Step, ...] = ()
    down: tuple[Step, ...] = ()
    paths: tuple[tuple[Step, ...], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether there is any link, or any path to the end that was asked for."""
        return bool(self.edges)


def trail(
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
    no path leads one way). `only` and `without` name kinds of link; `most` bounds the steps, or the paths.

    Raises InputError for a name or a kind of link that is unknown, and for a thing at which no trail can start.
    """
    if depth < 1 or (most is not None and most < 1):
        raise InputError("hrge trail", None, "the depth, and the number of steps or paths, must be 1 or more", "Give a larger number.")
    web = load(store)
    ends = [_node(store, web, find(store, name)) for name in (start, end) if name is not None]
    walked = _allowed(web, {node.type for node in ends}, only, without)
    if len(ends) == 1:
        return _around(walked, ends[0], depth, direction, most or MOST_STEPS)
    return _between(walked, ends[0], ends[1], depth, direction, most or MOST_PATHS)


def _node(store: ox.Store, web: Web, iri: str) -> Node:
    if iri in web.nodes:
        return web.nodes[iri]
    query = "SELECT ?thing ?node WHERE { ?thing ?p ?node FILTER(isIRI(?node) && ?p != dcterms:source) }"
    beside = sorted({row["node"] for row in rows(store, query, iri)} & set(web.nodes))
    remedy = f"Start at what it leads to: {', '.join(shrink(one) for one in beside[:6])}." if beside else "`hrge explain` shows it."
    raise InputError(
        shrink(iri), None, "a trail leads from norms, limits, chapeaux, passages, provisions, documents and topics; this is none", remedy
    )


def _allowed(web: Web, types: set[str], only: Collection[str] | None, without: Collection[str]) -> Web:
    """The web without the kinds of link that are not wanted; those with a scope serve trails that start or end in it."""
    kinds = {link.kind for link in web.links}
    for kind in (*(only or ()), *without):
        if kind not in kinds:
            raise InputError(f"“{kind}”", None, "there is no such kind of link", f"Known are: {', '.join(sorted(kinds))}.")
    wanted = kinds if only is None else set(only)
    links = (
        link for link in web.links if link.kind in wanted and link.kind not in without and (not link.scope or only or link.scope in types)
    )
    return Web(web.nodes, tuple(links), web.discrepancies)


def _neighbours(web: Web, iri: str, up: bool) -> list[tuple[str, tuple[Link, ...]]]:
    """What lies one step away, with all links that lead there, in the order of the kinds of link and of the text."""
    found: dict[str, list[Link]] = {}
    for link in (web.outgoing if up else web.incoming).get(iri, ()):
        found.setdefault(link.end if up else link.start, []).append(link)
    order = sorted(found, key=lambda one: (min(link.rank for link in found[one]), web.nodes[one].order))
    return [(one, tuple(sorted(found[one], key=lambda link: (link.rank, link.citation or "")))) for one in order]


def _around(web: Web, start: Node, depth: int, direction: Direction, most: int) -> Trail:
    ways = [up for up, names in ((True, ("up", "both", "any")), (False, ("down", "both", "any"))) if direction in names]
    walks = {up: _walk(web, start.id, depth, up, most) for up in ways}
    notes = []
    for up, (steps, beyond, cut) in walks.items():
        whither = "what it rests on" if up else "what rests on it"
        if beyond:
            notes.append(f"The limit of {_count(depth, 'step')} was reached: {whither} goes on from {_count(beyond, 'node')} at the edge.")
        if cut:
            notes.append(f"The limit of {_count(most, 'link')} was reached: {whither} is not shown whole.")
        if not steps:
            notes.append(f"Nothing is known of {whither}.")
    made = [step for steps, _, _ in walks.values() for step in steps]
    up_steps, down_steps = (walks[way][0] if way in walks else () for way in (True, False))
    return _trail(web, start.id, None, made, notes, up=up_steps, down=down_steps)


def _walk(web: Web, start: str, depth: int, up: bool, most: int) -> tuple[tuple[Step, ...], int, bool]:
    """Breadth first, so that each node is written out where it is nearest to the start; then laid out as a tree."""
    parent, level = {start: ""}, {start: 0}
    near: dict[str, list[tuple[str, tuple[Link, ...]]]] = {}
    queue, taken, beyond, cut = deque([start]), 0, 0, False
    while queue:
        here = queue.popleft()
        around = _neighbours(web, here, up)
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


def _laid_out(start: str, near: dict[str, list[tuple[str, tuple[Link, ...]]]], parent: dict[str, str], up: bool) -> Iterator[Step]:
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


def _between(web: Web, start: Node, end: Node, depth: int, direction: Direction, most: int) -> Trail:
    if start.id == end.id:
        raise InputError(shrink(start.id), None, "both ends of the trail are the same thing", "Leave out the second to see all around it.")
    names: dict[Direction, list[tuple[bool, ...]]] = {
        "up": [(True,)],
        "down": [(False,)],
        "both": [(True,), (False,)],
        "any": [(True, False)],
    }
    notes: list[str] = []
    paths = _paths(web, start.id, end.id, depth, names[direction], most)
    if not paths and direction == "both":
        paths = _paths(web, start.id, end.id, depth, names["any"], most)
        if paths:
            notes.append("No path leads one way, from what rests to what it rests on; these paths turn.")
    if len(paths) > most:
        paths = paths[:most]
        notes.append(f"The limit of {_count(most, 'path')} was reached: there are more paths of the same length or longer.")
    if not paths:
        notes.append(f"No path of {_count(depth, 'step')} or fewer was found between the two.")
    return _trail(web, start.id, end.id, [step for path in paths for step in path], notes, paths=tuple(paths))


def _paths(web: Web, start: str, end: str, depth: int, ways: list[tuple[bool, ...]], most: int) -> list[tuple[Step, ...]]:
    """Simple paths, shortest first: one more than `most` where there are more."""
    found: list[tuple[Step, ...]] = []
    for length in range(1, depth + 1):
        of_length: list[tuple[Step, ...]] = []
        for way in ways:
            left = _distances(web, end, depth, way)
            for path in _paths_of(web, start, end, length, way, left):
                of_length.append(path)
                if len(found) + len(of_length) > most:
                    return found + of_length
        found += of_length
    return found


def _distances(web: Web, end: str, depth: int, way: tuple[bool, ...]) -> dict[str, int]:
    """Steps to the end from everything within reach, so that no search goes where the end is too far."""
    left, queue = {end: 0}, deque([end])
    while queue:
        here = queue.popleft()
        if left[here] < depth:
            for up in way:
                for one, _ in _neighbours(web, here, not up):
                    if one not in left:
                        left[one] = left[here] + 1
                        queue.append(one)
    return left


def _paths_of(web: Web, start: str, end: str, length: int, way: tuple[bool, ...], left: dict[str, int]) -> Iterator[tuple[Step, ...]]:
    path: list[Step] = []
    on_path = {start}

    def further(here: str) -> Iterator[Step]:
        for up in way:
            for one, links in _neighbours(web, here, up):
                if one not in on_path and left.get(one, length) <= length - len(path) - 1 and (one != end or len(path) + 1 == length):
                    yield Step(here, one, links, up, len(path) + 1)

    waiting = [further(start)] if left.get(start, length + 1) <= length else []
    while waiting:
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
    web: Web,
    start: str,
    end: str | None,
    made: list[Step],
    notes: list[str],
    *,
    up: tuple[Step, ...] = (),
    down: tuple[Step, ...] = (),
    paths: tuple[tuple[Step, ...], ...] = (),
) -> Trail:
    passed = {start, *([end] if end else []), *(iri for step in made for iri in (step.origin, step.target))}
    nodes = {iri: web.nodes[iri] for iri in sorted(passed)}
    edges = sorted({link for step in made for link in step.links}, key=lambda one: (one.start, one.rank, one.end, one.citation or ""))
    keys = {key for node in nodes.values() for key in node.discrepancies} | {key for edge in edges for key in edge.discrepancies}
    if any(node.binding for node in nodes.values()):
        notes.append(UNKNOWN_PARTIES)
    return Trail(
        start, end, nodes, tuple(edges), {key: one for key, one in web.discrepancies.items() if key in keys}, up, down, paths, tuple(notes)
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
