"""Whom answers reach: several names, a blank `admitted`, and lists of kinds that are complete."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from hrge_kg.assessment.applicability import ClassifiedDescription
from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.preparation import check_description, entailed
from hrge_kg.errors import InputError
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.namespaces import local_name
from hrge_kg.sparql import select

HEAD = "programme: p\nanswered: {on: 2025, level: practice}\n"


def extents(assessor: Assessor, text: str, aspect: str) -> dict[str, set[str]]:
    """By group, what the views of an aspect say and of how many: as in {"women": {"yes whole"}}."""
    description = parse_form(HEAD + text, "p.yaml", assessor.vocabulary)
    store = entailed(description, assessor.background)
    check_description(description, store)
    iri = assessor.vocabulary.aspects[aspect].iri
    rows = select(
        store,
        "SELECT ?group ?holds ?extent WHERE { ?programme hrge:serves ?group . "
        f"?group <{iri}> [ hrge:holds ?holds ; hrge:extent ?extent ] }}",
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        holds, extent = local_name(row["holds"]), local_name(row["extent"])
        found.setdefault(local_name(row["group"]), set()).add(f"{holds} {extent}")
    return found


GROUPS = """groups:
  women: {sex: female, age: adults, admitted: yes}
  girls: {sex: female, age: children, admitted: yes}
  boys: {sex: male, age: children, admitted: yes}
  men: {sex: male, age: adults, admitted: yes}
answers:
  service-compulsory: """


@pytest.mark.parametrize(
    "names", [("women", "boys"), ("female", "child"), ("women", "child"), ("male", "girls")]
)
def test_several_names_are_as_an_answer_for_each(
    names: tuple[str, str], assessor: Assessor
) -> None:
    one, other = names
    both = f"{GROUPS}{{holds: no, for: [{one}, {other}]}}\n"
    each = f"{GROUPS}[{{holds: no, for: {one}}}, {{holds: no, for: {other}}}]\n"
    found = extents(assessor, both, "service-compulsory")
    assert found == extents(assessor, each, "service-compulsory")
    assert len(found) in (2, 3)
    assert all(said == {"no whole"} for said in found.values())


def test_yes_for_two_and_no_for_one_of_them_is_a_contradiction(assessor: Assessor) -> None:
    text = f"{GROUPS}[{{holds: yes, for: [women, men]}}, {{holds: no, for: women}}]\n"
    with pytest.raises(InputError, match="yes and no are answered"):
        extents(assessor, text, "service-compulsory")


@pytest.mark.parametrize(
    ("men", "turned_away", "extent"),
    [
        ("sex: male", "yes", "part"),
        ("sex: male", "don't know", "part"),
        ("sex: male", "{holds: yes, for: men}", "part"),
        ("sex: male", "{holds: yes, for: male}", "part"),
        ("sex: male", "{holds: yes, for: women}", "whole"),
        ("sex: male", "no", "whole"),
        ("sex: male", "", "whole"),
        ("sex: male, admitted: yes", "yes", "whole"),
        ("sex: male, without: turned-away", "yes", "whole"),
    ],
)
def test_a_blank_admitted_is_not_known_where_people_are_turned_away(
    men: str, turned_away: str, extent: str, assessor: Assessor
) -> None:
    text = (
        f"groups:\n  men: {{{men}}}\n  women: {{sex: female}}\n"
        f"answers:\n  turned-away: {turned_away}\n  service-compulsory: no\n"
    )
    assert extents(assessor, text, "service-compulsory")["men"] == {f"no {extent}"}


def test_admitted_of_one_group_leaves_the_others_open(assessor: Assessor) -> None:
    text = (
        "groups:\n  men: {sex: male}\n  women: {sex: female, admitted: yes}\n"
        "answers:\n  service-compulsory: no\n"
    )
    found = extents(assessor, text, "service-compulsory")
    assert found == {"men": {"no part"}, "women": {"no whole"}}


def denied(assessor: Assessor, facts: str) -> set[str]:
    """The kinds (keys) of which a group with these facts has nobody."""
    description = parse_form(
        f"{HEAD}groups:\n  people: {{{facts}}}\n", "p.yaml", assessor.vocabulary
    )
    store = entailed(description, assessor.background)
    check_description(description, store)
    classified = ClassifiedDescription(description, store)
    [group] = classified.groups
    rows = select(store, f"SELECT ?kind WHERE {{ <{group}> hrge:hasNot ?kind }}")
    return {local_name(row["kind"]) for row in rows}


def test_a_complete_list_denies_what_it_does_not_name(assessor: Assessor) -> None:
    without = denied(assessor, "status: identified-victim")
    with_it = denied(assessor, "status: identified-victim, only: yes")
    assert not without
    assert {"smuggled-migrant", "presumed-victim", "asylum-seeker", "facing-return"} <= with_it
    assert {"special-need", "disability", "lacks-legal-capacity"} <= with_it
    assert not {"trafficked-person", "identified-victim", "not-seeking-asylum"} & with_it


def test_a_complete_list_leaves_open_what_everyone_is_in_some_way(assessor: Assessor) -> None:
    facts = denied(assessor, "status: identified-victim, only: yes")
    open_kinds = {"female", "male", "adult", "child", "national", "non-national", "admitted"}
    assert not (open_kinds | {"turned-away", "detained", "at-liberty"}) & facts
    assert {"male", "other-gender"} <= denied(assessor, "sex: female, only: yes")


def test_what_is_narrower_than_a_kind_that_is_named_stays_open(assessor: Assessor) -> None:
    facts = denied(assessor, "status: trafficked-person, only: yes")
    assert "smuggled-migrant" in facts
    assert "identified-victim" not in facts


@pytest.mark.parametrize("answer", ["no", "don't know", ""])
def test_a_list_that_is_not_said_to_be_complete_denies_nothing(
    answer: str, assessor: Assessor
) -> None:
    assert not denied(assessor, f"status: identified-victim, only: {answer}")


SINCE = "groups:\n  women: {sex: female}\nanswers:\n  service-compulsory: {holds: no"


@pytest.mark.parametrize(
    ("since", "on", "begun"),
    [
        ("2024", "2025", True),
        ("2025", "2025", True),
        ("2025", "2025-03-01", True),
        ("2025-03", "2025", True),
        ("2025-03", "2025-02-28", False),
        ("2026", "2025-12-31", False),
        ("2025-03-02", "2025-03-01", False),
        ("2025-03-01", "2025-03", True),
    ],
)
def test_dates_are_compared_as_far_as_both_go(
    since: str, on: str, begun: bool, assessor: Assessor
) -> None:
    text = f"programme: p\n{SINCE}, level: practice, since: {since}, on: {on}}}\n"
    description = parse_form(text, "p.yaml", assessor.vocabulary)
    store = entailed(description, assessor.background)
    answer = store.query("ASK { ?view <https://w3id.org/hrge/ns#begun> true }")
    assert isinstance(answer, ox.QueryBoolean)
    assert bool(answer) is begun
