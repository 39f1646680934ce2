"""Finds the paths between two nodes.

From most nodes many links lead on, and few of them lead to the end; to try them all would take too
long. So the search has two parts, and does both for length 1, then for length 2, and so on
("iterative deepening"):

1. `_distances` finds how many steps each node is away from the end. It goes out from the start
   and from the end, so it reads only what lies near one of them.
2. `_paths_of` goes from the start, depth first, and enters a node only if the steps that are left
   are enough to reach the end from there. So it hardly ever tries a step in vain.

Shorter paths come first. If the search stops at a limit, no shorter path is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import length_hint

from .model import Step
from .view import View

Allowed = tuple[bool, ...]
"""The directions that each step of a path may take: up (True), down (False), or either."""


def find_paths(
    view: View,
    start: str,
    end: str,
    depth: int,
    searches: list[Allowed],
    most: int,
    most_tries: int,
) -> tuple[list[tuple[Step, ...]], bool]:
    """The paths, shortest first, and whether the search stopped early.

    If there are more than `most`, it returns one more, so that the caller knows. `most_tries` is
    the most steps that it tries.
    """
    paths: list[tuple[Step, ...]] = []
    distances: dict[Allowed, dict[str, int]] = {}
    complete: set[Allowed] = set()  # searches whose distances would be the same at any depth
    tries = iter(range(most_tries))
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
    view: View, start: str, end: str, depth: int, allowed: Allowed
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
    view: View,
    start: str,
    end: str,
    length: int,
    allowed: Allowed,
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
