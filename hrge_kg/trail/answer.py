"""The answer of a trail with an end, in words: how many ways lead there, and where they turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from .model import Node, Step

_TURNS_NAMED = 3


def answer_of(
    paths: Sequence[tuple[Step, ...]], nodes: Mapping[str, Node], *, is_more: bool
) -> str:
    """How many paths lead one way, and where the others turn."""
    turning = [path for path in paths if _turns(path)]
    straight = len(paths) - len(turning)
    at = turning_points(turning, nodes)
    more = " or more" if is_more else ""
    if not straight:
        ways = "this one turns" if len(turning) == 1 else f"these {len(turning)}{more} turn"
        return f"No way leads one way; {ways} at {at}." if turning else ""
    leads = "One way leads" if straight == 1 else f"{_number(straight)} ways{more} lead"
    others = f"; {_number(len(turning)).lower()} more turn at {at}" if turning else ""
    return f"{leads} there{others}."


def turning_points(paths: Sequence[tuple[Step, ...]], nodes: Mapping[str, Node]) -> str:
    """Where paths first turn, in words: the places at which most do first; few are named."""
    counts = Counter(
        next(step.origin for before, step in pairwise(path) if before.up != step.up)
        for path in paths
        if _turns(path)
    )
    named = [nodes[iri].label for iri, _ in counts.most_common(_TURNS_NAMED)]
    others = len(counts) - len(named)
    return "; ".join(named) + (
        f"; and {others} other place{'' if others == 1 else 's'}" if others else ""
    )


def _turns(path: Sequence[Step]) -> bool:
    return len({step.up for step in path}) > 1


def _number(number: int) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[number] if number < len(words) else str(number)
