"""What must hold of every description.

Silence is never a pass, what is unrelated changes nothing, and neither do order and names.

Run over the example descriptions and a sample of the outcome fixtures, taken with a fixed seed: on
the quick engine, which test_engines.py (over all examples) and test_differential.py prove equal to
the reference, and some of the small ones on the reference.
"""

from __future__ import annotations

import copy
import functools
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from paths import FIXTURES

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.form.description import Description
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.namespaces import CONCEPT, GRAPH, HRGE, RDF, RDF_TYPE, term_text
from hrge_kg.resources import root

CASES = sorted((FIXTURES / "outcomes").glob("*.yaml"))
EXAMPLES = sorted((root() / "data" / "programmes").glob("*.yaml"))
DRAWN = random.Random(2026).sample(CASES, 8)
# Each of these shows something; of the cases many are about harm alone.
SHOWING = random.Random(2026).sample(sorted((FIXTURES / "norms").glob("*/met*.yaml")), 4)
SAMPLE = [*EXAMPLES, *DRAWN, *SHOWING]
ON_REFERENCE = [*SHOWING, *[path for path in DRAWN if path.stat().st_size < 2000][:2]]
every = pytest.mark.parametrize(
    ("path", "engine"),
    [(path, "quick") for path in SAMPLE] + [(path, "reference") for path in ON_REFERENCE],
    ids=lambda value: value.stem if isinstance(value, Path) else value,
)

Outcomes = dict[tuple[str, str], str]
Form = dict[str, Any]


def outcomes(assessment: Assessment) -> Outcomes:
    """By norm and the name of the group."""
    return {
        (f.norm.iri, assessment.groups[f.group] if f.group else "-"): f.outcome
        for f in assessment.findings
    }


# Were `assessor` the parameter, pytest would make all anew for each test that has another value.
@pytest.fixture
def assessor(request: pytest.FixtureRequest, engine: str, assessor: Assessor) -> Assessor:
    """The one with the engine that is asked for."""
    if engine == "quick":
        return assessor
    reference: Assessor = request.getfixturevalue("reference_assessor")
    return reference


@pytest.fixture(scope="module")
def known() -> dict[tuple[str, Path], tuple[Description, Assessment]]:
    """What was assessed already, by engine and file."""
    return {}


@pytest.fixture
def assessed(
    engine: str,
    assessor: Assessor,
    known: dict[tuple[str, Path], tuple[Description, Assessment]],
) -> Callable[[Path], tuple[Description, Assessment]]:
    """Each description as it stands, assessed once."""

    def once(path: Path) -> tuple[Description, Assessment]:
        if (engine, path) not in known:
            text = path.read_text(encoding="utf-8")
            description = parse_form(text, path.name, assessor.vocabulary)
            known[engine, path] = description, assessor.assess(description)
        return known[engine, path]

    return once


Assessed = Callable[[Path], tuple[Description, Assessment]]


def loaded(path: Path) -> Form:
    """The form as plain values; whatever is no string comes back as it was written."""
    form: Form = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return form


def written(form: Form) -> str:
    """The form in plain style throughout: yes stays yes."""
    text = yaml.dump(form, sort_keys=False, allow_unicode=True, width=1000)
    return re.sub(r"'(yes|no|true|false|null|~|[0-9][0-9.-]*)'", r"\1", text)


def favourable(assessment: Assessment) -> set[str]:
    """What the findings that are met, wholly or in part, rest on."""
    return {
        e.statement
        for f in assessment.findings
        for e in f.evidence
        if e.outcome in ("met", "in-part") and e.statement
    }


def without(description: Description, gone: set[str], groups: set[str]) -> Description:
    """The description as if these statements had never been made.

    A group stays, and says nothing of itself.
    """
    own = {HRGE + "has", HRGE + "hasNot"}
    statements = gone - groups
    kept = tuple(
        (s, p, o)
        for s, p, o in description.triples
        if s.value not in statements
        and o.value not in statements
        and not (s.value in gone and p.value in own)
    )
    return Description(
        description.file, description.programme, description.title, kept, description.places
    )


@every
def test_without_the_statements_that_show_it_nothing_is_met(
    path: Path, assessor: Assessor, assessed: Assessed
) -> None:
    """A group's own words ("turned away: no") are a statement as well, and go with the others."""
    description, before = assessed(path)
    assert all(
        f.evidence and favourable(before)
        for f in before.findings
        if f.outcome in ("met", "in-part")
    )
    after = assessor.assess(without(description, favourable(before), set(before.groups)))
    assert [f for f in after.findings if f.outcome == "met"] == []


@pytest.mark.parametrize(
    ("engine", "paths"),
    [("quick", SAMPLE), ("reference", ON_REFERENCE)],
    ids=["quick", "reference"],
)
def test_the_sample_has_something_to_take_away(paths: list[Path], assessed: Assessed) -> None:
    assert sum(bool(favourable(assessed(path)[1])) for path in paths) > len(paths) / 3


@every
def test_an_answer_about_something_else_changes_no_outcome(
    path: Path, assessor: Assessor, assessed: Assessed
) -> None:
    """A new answer touches only the norms that look at its question, or for which it is a sign, or
    that look at whom it tells of.
    """
    description, before = assessed(path)
    looking: dict[str, set[str]] = {}
    for norm in assessor.norms:
        settling = {question.about for question in (*norm.dimensions, *norm.exception_questions)}
        for iri in {source.aspect for source in norm.criteria} | settling:
            looking.setdefault(iri, set()).add(norm.iri)
    for triple in assessor.background:
        if triple.predicate == HRGE("shownOfPeopleAs"):
            shown = looking.get(term_text(triple.object), set())
            looking.setdefault(term_text(triple.subject), set()).update(shown)
    asked = {predicate.value for _, predicate, _ in description.triples}
    aspects = assessor.vocabulary.aspects.values()
    free = sorted(a.iri for a in aspects if a.iri not in asked | telling(assessor))
    one = ox.NamedNode(f"{description.programme}/statement/unrelated")
    for aspect in random.Random(path.stem).sample(free, 2):
        more = (
            (ox.NamedNode(description.programme), ox.NamedNode(aspect), one),
            (one, RDF_TYPE, HRGE("Statement")),
            (one, HRGE("holds"), CONCEPT("yes")),
            (one, HRGE("level"), CONCEPT("practice")),
            # People who are turned away are reached only by an answer that names them.
            *((one, HRGE("for"), ox.NamedNode(group)) for group in before.groups),
        )
        longer = Description(
            description.file,
            description.programme,
            description.title,
            (*description.triples, *more),
            description.places,
        )
        after = outcomes(assessor.assess(longer))
        related = looking.get(aspect, set())
        assert {key: said for key, said in after.items() if key[0] not in related} == {
            key: said for key, said in outcomes(before).items() if key[0] not in related
        }


@functools.cache
def telling(assessor: Assessor) -> set[str]:
    """Aspects whose answers say who the people are, take it for granted, or speak against what
    another answer says of it; and those that show how far the words of a norm reach.

    So they concern norms that do not look at them.
    """
    properties = {HRGE + name for name in ("yesShows", "noDenies", "answerPresumes", "yesPresumes")}
    found: dict[str, set[str]] = {}
    for triple in assessor.background:
        found.setdefault(triple.predicate.value, set()).add(term_text(triple.subject))
    denying = found[HRGE + "noDenies"]
    pairs = [(t.subject, t.predicate.value, t.object) for t in assessor.background]
    matters = {
        matter
        for matter, name, aspect in pairs
        if name in (HRGE + "concludedBy", HRGE + "doubts") and term_text(aspect) in denying
    }
    facts = {
        fact for fact, name, matter in pairs if name == HRGE + "ofMatter" and matter in matters
    }
    against = {
        term_text(aspect)
        for fact, name, aspect in pairs
        if name == HRGE + "checksAspect" and fact in facts
    }
    reaches = {
        term_text(quad.object)
        for quad in assessor.graph.quads_for_pattern(None, RDF("first"), None, None)
        if term_text(quad.graph_name) == GRAPH + "shapes/by-hand/reach"
    }
    assert reaches & {aspect.iri for aspect in assessor.vocabulary.aspects.values()}
    return against.union(reaches, *(found[one] for one in properties))


def shuffled(value: Any, draw: random.Random) -> Any:
    """Every mapping and list of a form in another order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key], draw) for key in draw.sample(list(value), len(value))}
    if isinstance(value, list):
        return [shuffled(one, draw) for one in draw.sample(value, len(value))]
    return value


@every
def test_the_order_of_the_file_changes_nothing(
    path: Path, assessor: Assessor, assessed: Assessed
) -> None:
    _, before = assessed(path)
    turned = written(shuffled(loaded(path), random.Random(path.stem)))
    after = assessor.assess(parse_form(turned, path.name, assessor.vocabulary))

    def told(assessment: Assessment) -> list[tuple[str, str, str, str, str]]:
        names = assessment.groups
        return sorted(
            (f.norm.iri, names[f.group] if f.group else "-", f.outcome, f.reason, f.message)
            for f in assessment.findings
        )

    assert told(after) == told(before)


@every
def test_the_name_of_a_group_is_only_a_name(
    path: Path, assessor: Assessor, assessed: Assessed
) -> None:
    """Renamed in the file; turned round, so that the groups come in another order too."""
    _, before = assessed(path)
    form = copy.deepcopy(loaded(path))
    names = {
        name: f"zz-{number}"
        for number, name in enumerate(sorted(form.get("groups") or {}, reverse=True))
    }
    form["groups"] = {names[name]: said for name, said in (form.get("groups") or {}).items()}
    for answer in (
        one
        for said in form["answers"].values()
        for one in (said if isinstance(said, list) else [said])
    ):
        if isinstance(answer, dict) and "for" in answer:
            people = answer["for"] if isinstance(answer["for"], list) else [answer["for"]]
            answer["for"] = [names.get(one, one) for one in people]
    after = assessor.assess(parse_form(written(form), path.name, assessor.vocabulary))
    assert outcomes(after) == {
        (norm, names.get(group, group)): outcome
        for (norm, group), outcome in outcomes(before).items()
    }
