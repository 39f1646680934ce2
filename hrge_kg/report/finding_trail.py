"""From what a programme states, through the norm it was looked at for, to what that rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import pyoxigraph as ox

from ..assessment.model import Assessment, Evidence, Finding
from ..errors import InputError
from ..form.slots import SLOTS
from ..graph.lookup import resolve
from ..namespaces import HRGE, local_name, shrink, term_text
from ..trail.link_graph import Kind, LinkGraph
from ..trail.model import Link, Node, Step, Trail
from ..trail.search import DEPTH, find_trail


def trail_of_finding(
    store: ox.Store,
    assessment: Assessment,
    norm: str,
    depth: int = DEPTH,
    *,
    only: Collection[str] | None = None,
    without: Collection[str] = (),
    most: int | None = None,
) -> Trail:
    """What the norm rests on, with the programme and its statements before it.

    `norm` is any name that `graph.lookup.resolve` knows; `depth`, `only`, `without` and `most` are
    those of `find_trail`. Raises InputError for a name that is no norm that descriptions are
    assessed against.
    """
    iri = resolve(store, norm)
    findings = [finding for finding in assessment.findings if finding.norm.iri == iri]
    if not findings:
        raise InputError(
            shrink(iri),
            "descriptions are not assessed against this",
            "Name a norm; `hrge query norms` lists them.",
        )
    rests_on = find_trail(
        store, iri, depth=depth, direction="up", only=only, without=without, most=most
    )
    before = _BeforeTheNorm(assessment, iri, LinkGraph(store).kinds)
    steps = before.steps(findings)
    deep = steps[-1].depth
    edges = {link: None for step in steps for link in step.links}
    return replace(
        rests_on,
        start=before.programme.id,
        nodes=before.nodes | rests_on.nodes,
        edges=(*edges, *rests_on.edges),
        up=(*steps, *(replace(step, depth=step.depth + deep) for step in rests_on.up)),
    )


class _BeforeTheNorm:
    """The steps from the programme to the norm: through its statements, where it has some."""

    def __init__(self, assessment: Assessment, norm: str, kinds: Mapping[str, Kind]) -> None:
        self.assessment = assessment
        self.norm = norm
        self.kinds = kinds
        description = assessment.description
        self.programme = Node(description.programme, "programme", description.title, "programme")
        self.nodes = {self.programme.id: self.programme}

    def steps(self, findings: Iterable[Finding]) -> list[Step]:
        """One step between two nodes, with all its links; the last leads to the norm."""
        steps: list[Step] = []
        for finding in findings:
            for evidence in _stated_evidence(finding):
                if evidence is None:
                    start, depth = self.programme.id, 1
                else:
                    steps.append(self._to_statement(evidence))
                    start, depth = steps[-1].target, 2
                looked_at = self._link("looked-at-for", start, self.norm, "assessment")
                looked_at = replace(looked_at, remark=self._outcome(finding))
                steps.append(Step(start, self.norm, (looked_at,), up=True, depth=depth))
        return _joined(steps)

    def _to_statement(self, evidence: Evidence) -> Step:
        statement, place = evidence.statement, evidence.place
        assert statement and place
        where = f"{place.file}, line {place.line}" if place.line else place.file
        label = f"{place.key}: {self._values(statement)} ({where})"
        self.nodes[statement] = Node(statement, "statement", label, "statement of the programme")
        link = self._link("states", self.programme.id, statement, "programme")
        return Step(self.programme.id, statement, (link,), up=True, depth=1)

    def _values(self, statement: str) -> str:
        """What a statement states, in the terms of the form."""
        slots = {HRGE + slot.property for slot in SLOTS.values()}
        return ", ".join(
            local_name(term_text(value))
            for subject, predicate, value in self.assessment.description.triples
            if subject.value == statement and predicate.value in slots
        )

    def _link(self, name: str, start: str, end: str, basis: str) -> Link:
        kind = self.kinds[name]
        link = Link(start, kind.name, end, kind.rank, kind.label, kind.inverse, basis)
        return replace(link, letter=kind.letter, dashes=kind.dashes)

    def _outcome(self, finding: Finding) -> str:
        whom = f"for {self.assessment.groups[finding.group]}, " if finding.group else ""
        return f"Outcome {whom}{finding.outcome}: {finding.message}"


def _stated_evidence(finding: Finding) -> list[Evidence | None]:
    """The evidence that has a statement behind it; None where the finding rests on silence."""
    return [evidence for evidence in finding.evidence if evidence.statement] or [None]


def _joined(steps: Iterable[Step]) -> list[Step]:
    """One step between two nodes; the norm is written out last, before what it rests on."""
    by_ends: dict[tuple[str, str], Step] = {}
    for step in steps:
        known = by_ends.get((step.origin, step.target))
        links = dict.fromkeys((*(known.links if known else ()), *step.links))
        by_ends[step.origin, step.target] = replace(step, links=tuple(links))
    *others, last = by_ends.values()
    return [*(replace(step, repeated=step.target == last.target) for step in others), last]
