"""Finds all nodes around one node.

The search goes outward level by level, breadth first: first all nodes one step away, then all nodes
two steps away. So every node stands where it is nearest to the start, and a limit cuts off what is
farthest. `_as_tree` then puts the steps in the order in which people read them: after each step
come the steps from the node that it leads to.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from .model import Step
from .view import Neighbour, View


@dataclass(frozen=True)
class Walk:
    """What was found in one direction.

    `continuing` counts the nodes at the greatest depth from which more links lead on. `cut` is true
    if links were left out because of the limit on their number.
    """

    steps: tuple[Step, ...]
    continuing: int
    cut: bool


def walk_from(view: View, start: str, depth: int, up: bool, most: int) -> Walk:
    """Find all nodes within `depth` steps of the start, breadth first."""
    parent, level = {start: ""}, {start: 0}
    followed: dict[str, list[Neighbour]] = {}  # by node: the steps from it that were taken
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
    return Walk(tuple(_as_tree(start, followed, parent, up)), continuing, cut)


def _as_tree(
    start: str, followed: dict[str, list[Neighbour]], parent: dict[str, str], up: bool
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
