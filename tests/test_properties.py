"""What must hold of every description: silence is never a pass, what is unrelated changes nothing, and neither do order and names.

Run over the example descriptions and a sample of the outcome fixtures, taken with a fixed seed.
"""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.assess import Assessment
from hrge_kg.description import Description
from hrge_kg.form import read_form
from hrge_kg.pipeline import Assessor
from hrge_kg.prefixes import PREFIXES
from hrge_kg.resources import root
from hrge_kg.terms import text

FIXTURES = sorted((Path(__file__).parent / "fixtures" / "outcomes").glob("*.yaml"))
SAMPLE = [*sorted((root() / "data" / "programmes").glob("*.yaml")), *random.Random(2026).sample(FIXTURES, 8)]
every = pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)


def outcomes(assessment: Assessment) -> dict[tuple[str, str], str]:
    """By norm and the name of the group."""
    return {(f.norm.iri, assessment.groups[f.group] if f.group else "-"): f.outcome for f in assessment.findings}


def without(description: Description, statements: set[str]) -> Description:
    """The description as if these statements had never been made."""
    kept = tuple(t for t in description.triples if t[0].value not in statements and t[2].value not in statements)
    return Description(description.file, description.programme, description.title, kept, description.places)


@every
def test_without_the_statements_that_show_it_nothing_is_met(path: Path, assessor: Assessor) -> None:
    description = read_form(path, assessor.vocabulary)
    before = assessor.assess(description)
    shown = {e.statement for f in before.findings for e in f.evidence if e.outcome in ("met", "in-part") and e.statement}
    groups = {iri for iri in shown if iri in before.groups}  # what a group says in itself stays: it says who is there
    after = assessor.assess(without(description, shown - groups))
    still = [f for f in after.findings if f.outcome in ("met", "in-part")]
    assert all({e.statement for e in f.evidence if e.outcome == f.outcome} <= groups for f in still)
    if any(f.outcome == "met" for f in before.findings) and not groups:
        assert not still


@every
def test_an_answer_about_something_else_changes_no_outcome(path: Path, assessor: Assessor) -> None:
    """Another answer, of a question that no check looks at, is unrelated to every norm."""
    description = read_form(path, assessor.vocabulary)
    looked_at = {check.aspect for norm in assessor.norms for check in norm.checks}
    asked = {predicate.value for _, predicate, _ in description.triples}
    free = sorted(a.iri for a in assessor.vocabulary.aspects.values() if a.iri not in looked_at | asked | _show(assessor))
    assert free
    one, aspect = ox.NamedNode(f"{description.programme}/statement/unrelated"), random.Random(path.stem).choice(free)
    more = (
        (ox.NamedNode(description.programme), ox.NamedNode(aspect), one),
        (one, ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(PREFIXES["hrge"] + "Statement")),
        (one, ox.NamedNode(PREFIXES["hrge"] + "holds"), ox.NamedNode(PREFIXES["c"] + "yes")),
        (one, ox.NamedNode(PREFIXES["hrge"] + "level"), ox.NamedNode(PREFIXES["c"] + "practice")),
    )
    longer = Description(description.file, description.programme, description.title, (*description.triples, *more), description.places)
    assert outcomes(assessor.assess(longer)) == outcomes(assessor.assess(description))


def _show(assessor: Assessor) -> set[str]:
    """Aspects whose answers say who the people are."""
    telling = (PREFIXES["hrge"] + "yesShows", PREFIXES["hrge"] + "noDenies")
    return {text(triple.subject) for triple in assessor.background if triple.predicate.value in telling}


@every
def test_the_order_of_what_is_said_changes_nothing(path: Path, assessor: Assessor) -> None:
    description = read_form(path, assessor.vocabulary)
    shuffled = list(description.triples)
    random.Random(path.stem).shuffle(shuffled)
    turned = Description(description.file, description.programme, description.title, tuple(shuffled), description.places)
    first, second = assessor.assess(description), assessor.assess(turned)
    assert [(f.norm.iri, f.group, f.outcome, f.reason, f.message) for f in second.findings] == [
        (f.norm.iri, f.group, f.outcome, f.reason, f.message) for f in first.findings
    ]


@every
def test_the_name_of_a_group_is_only_a_name(path: Path, assessor: Assessor) -> None:
    description = read_form(path, assessor.vocabulary)
    before = assessor.assess(description)
    # Turned round, so that the groups come in another order too.
    iris = {iri: f"{description.programme}/group/zz-{number}" for number, iri in enumerate(sorted(before.groups, reverse=True))}
    triples = tuple(
        (
            ox.NamedNode(iris.get(s.value, s.value)) if isinstance(s, ox.NamedNode) else s,
            p,
            ox.NamedNode(iris[o.value]) if o.value in iris else o,
        )
        for s, p, o in description.triples
        if not (s.value in iris and p.value == PREFIXES["rdfs"] + "label")
    )
    after = assessor.assess(Description(description.file, description.programme, description.title, triples))
    names = {name: iris[iri].rsplit("/", 1)[1] for iri, name in before.groups.items()}
    assert outcomes(after) == {(norm, names.get(group, group)): outcome for (norm, group), outcome in outcomes(before).items()}
