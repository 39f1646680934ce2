"""From what a programme states, through the norm that it was looked at for, to what the norm rests on."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

import pyoxigraph as ox

from ..assessment.model import Assessment, Evidence, Finding
from ..errors import InputError
from ..form.description import Description
from ..form.slots import SLOTS
from ..graph.lookup import resolve
from ..namespaces import HRGE, shrink, term_text
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
    """What the norm rests on, `depth` steps far, with the programme and its statements before it.

    Raises InputError for a name that is no norm that descriptions are assessed against.
    """
    iri = resolve(store, norm)
    findings = [finding for finding in assessment.findings if finding.norm.iri == iri]
    if not findings:
        raise InputError(
            shrink(iri),
            "descriptions are not assessed against this",
            "Name a norm; `hrge query norms` lists them.",
        )
    rests = find_trail(
        store, iri, depth=depth, direction="up", only=only, without=without, most=most
    )
    kinds = LinkGraph(store).kinds
    head = assessment.description
    programme = Node(head.programme, "programme", head.title, "programme")
    nodes, steps = {programme.id: programme}, list[Step]()
    for finding in findings:
        whose = assessment.groups[finding.group] if finding.group else None
        for evidence in _said(finding):
            step = _to(head, kinds["states"], evidence, nodes) if evidence is not None else None
            remark = _outcome(finding, whose)
            start = step.target if step else programme.id
            looked = Link(
                start,
                (k := kinds["looked-at-for"]).name,
                iri,
                k.rank,
                k.label,
                k.inverse,
                "assessment",
                remark,
            )
            steps += [step] if step else []
            steps.append(Step(start, iri, (looked,), up=True, depth=2 if step else 1))
    steps = _together(steps)
    deep = steps[-1].depth
    edges = {link: None for step in steps for link in step.links}
    return replace(
        rests,
        start=programme.id,
        nodes=nodes | rests.nodes,
        edges=(*edges, *rests.edges),
        up=(*steps, *(replace(step, depth=step.depth + deep) for step in rests.up)),
    )


def _to(description: Description, kind: Kind, evidence: Evidence, nodes: dict[str, Node]) -> Step:
    slots = {HRGE + slot.property for slot in SLOTS.values()}
    words = [
        value
        for subject, predicate, value in description.triples
        if subject.value == evidence.statement and predicate.value in slots
    ]
    said = ", ".join(re.split(r"[/#]", term_text(value))[-1] for value in words)
    programme = description.programme
    assert evidence.statement and evidence.place
    where = (
        f"{evidence.place.file}, line {evidence.place.line}"
        if evidence.place.line
        else evidence.place.file
    )
    label = f"{evidence.place.key}: {said} ({where})"
    nodes[evidence.statement] = Node(
        evidence.statement, "statement", label, "statement of the programme"
    )
    link = Link(
        programme, kind.name, evidence.statement, kind.rank, kind.label, kind.inverse, "programme"
    )
    return Step(programme, evidence.statement, (link,), up=True, depth=1)


def _said(finding: Finding) -> list[Evidence | None]:
    """The evidence that has a statement behind it; None where the finding rests on silence."""
    found: list[Evidence | None] = [one for one in finding.evidence if one.statement]
    return found or [None]


def _outcome(finding: Finding, whose: str | None) -> str:
    who = f"for {whose}, " if whose else ""
    return f"Outcome {who}{finding.outcome}: {finding.message}"


def _together(steps: list[Step]) -> list[Step]:
    """One step between two nodes, with all its links; the norm is written out last, before what it rests on."""
    found: dict[tuple[str, str], Step] = {}
    for step in steps:
        known = found.get((step.origin, step.target))
        links = tuple(dict.fromkeys((*(known.links if known else ()), *step.links)))
        found[step.origin, step.target] = replace(step, links=links)
    ordered = list(found.values())
    norm = ordered[-1].target
    return [
        replace(step, repeated=step.target == norm and step is not ordered[-1]) for step in ordered
    ]
