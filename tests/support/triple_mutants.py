"""Takes each triple out of the shapes that are written by hand, one by one (make mutate).

Of the generated shapes no triple can be lost: the self-test generates them anew and compares, and
`test_lost_triples.py` shows it. Of those by hand, either the self-test notices that a triple is
gone, or no fixture may come out otherwise without it. What is left is listed.

    python tests/support/triple_mutants.py [FIRST:LAST]
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import pyoxigraph as ox
from mutants import Workshop

from hrge_kg.assessment import self_test
from hrge_kg.assessment.engines import Pyshifty
from hrge_kg.assessment.norm_loader import load_limits
from hrge_kg.assessment.preparation import background
from hrge_kg.assessment.shacl import Result, Shapes, data_triples, outcome_shapes
from hrge_kg.errors import InputError
from hrge_kg.graph.store import open_graph
from hrge_kg.namespaces import GRAPH, RDF_TYPE, SH, shrink, term_text

Node = ox.NamedNode | ox.BlankNode
NOTICED, SAME, CHANGED = "noticed", "same outcomes", "not noticed, and other outcomes"


class Given(Shapes):
    """Shapes that are given."""

    def __init__(self, every: list[ox.Triple]) -> None:
        self.every = every  # takes the place of the property that asks a graph


class Mutator:
    """Takes triples out, and finds out what comes of it."""

    def __init__(self, graph: ox.Store) -> None:
        self._outcomes = outcome_shapes(graph)
        self._every = Shapes(graph).every
        self._graph = graph
        by_hand = f"{GRAPH}shapes/by-hand/"
        written = {q.triple for q in graph if term_text(q.graph_name).startswith(by_hand)}
        self.triples = sorted(set(self._every) & written, key=str)
        self._leading: dict[Node, set[Node]] = defaultdict(set)
        for triple in self._every:
            if isinstance(triple.object, Node) and isinstance(triple.subject, Node):
                self._leading[triple.object].add(triple.subject)

    @cached_property
    def _workshop(self) -> Workshop:
        return Workshop(self._graph)

    @cached_property
    def _rounds(self) -> list[self_test.Round]:
        limits, ground = load_limits(self._graph), background(self._graph)
        return list(self_test.rounds(self._workshop.norms, limits, ground, self._outcomes))

    @cached_property
    def _before(self) -> list[list[Result]]:
        engine = Pyshifty(Given(self._every), self._outcomes)
        return [engine.validate(data_triples(r.store), r.shapes).results for r in self._rounds]

    def affected(self, lost: ox.Triple) -> frozenset[str]:
        """The outcome shapes (IRIs) that lead to what lost a triple."""
        assert isinstance(lost.subject, Node)
        above = _closure(lost.subject, lambda node: self._leading[node])
        return frozenset(term_text(node) for node in above) & self._outcomes.keys()

    def fate(self, lost: ox.Triple) -> str:
        """What comes of the loss of a triple."""
        affected = self.affected(lost)
        shapes = Given([triple for triple in self._every if triple != lost])
        try:
            if self._is_noticed(shapes, affected):
                return NOTICED
        except (InputError, RuntimeError, ValueError):
            return NOTICED  # the engine refuses the shapes
        return CHANGED if self._changes(shapes, affected) else SAME

    def _is_noticed(self, shapes: Shapes, affected: frozenset[str]) -> bool:
        norms = self._workshop.norms
        for one, before in zip(self._rounds, self._before, strict=True):
            if looking := affected & one.shapes:
                found = Pyshifty(shapes, self._outcomes).validate(data_triples(one.store), looking)
                others = [result for result in before if result.shape.iri not in looking]
                try:
                    self_test.verify(norms, one.expected, [*others, *found.results], "an engine")
                except InputError:
                    return True
        return False

    def _changes(self, shapes: Shapes, affected: frozenset[str]) -> bool:
        """Whether a fixture of a norm that is affected comes out otherwise."""
        for norm in self._workshop.norms:
            looking = {iri for iri in affected if norm.iri in self._outcomes[iri].norms}
            if looking and self._reported(norm.iri, shapes, looking) != self._reported(
                norm.iri, Given(self._every), looking
            ):
                return True
        return False

    def _reported(self, norm: str, shapes: Shapes, some: set[str]) -> set[Result]:
        if norm not in self._data:
            [known] = [one for one in self._workshop.norms if one.iri == norm]
            self._data[norm] = data_triples(self._workshop._whole(known))
        return set(Pyshifty(shapes, self._outcomes).validate(self._data[norm], some).results)

    @cached_property
    def _data(self) -> dict[str, Sequence[ox.Triple]]:
        return {}


def _closure(start: Node, near: Callable[[Node], Iterable[Node]]) -> set[Node]:
    seen, todo = {start}, [start]
    while todo:
        for node in near(todo.pop()):
            if node not in seen:
                seen.add(node)
                todo.append(node)
    return seen


def main(arguments: list[str]) -> int:
    """Print the fate of each triple that is not noticed, and how many have which; 1 if one gaps."""
    first, _, last = (arguments[0] if arguments else "").partition(":")
    mutator = Mutator(open_graph())
    fates: Counter[str] = Counter()
    for lost in mutator.triples[int(first or 0) : int(last) if last else None]:
        if lost.predicate == RDF_TYPE or lost.predicate.value.startswith(SH + "message"):
            fates["of its kind or its message, which no engine needs"] += 1
            continue
        fates[fate := mutator.fate(lost)] += 1
        if fate != NOTICED:
            told = (shrink(term_text(one)) for one in (lost.subject, lost.predicate, lost.object))
            print(f"{fate}: {' '.join(told)}", flush=True)
    for fate, number in fates.most_common():
        print(f"{number:5} {fate}")
    return int(fates[CHANGED] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
