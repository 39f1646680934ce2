"""What describing three real kinds of programme showed, and reports must keep to.

(docs/records/three-real-kinds.md)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.markup.document import Heading, Items
from hrge_kg.report import formats
from hrge_kg.report.compose import compose
from hrge_kg.report.digest import (
    choose_first,
    find_issues,
    find_urgent_issues,
    group_findings,
    summarise_questions,
)
from hrge_kg.report.first_page import MOST

KINDS = ("government-home", "transit-assistance", "border-detention")

SOME = """
programme: centre
answered: {on: 2026-01-05, by: published-report, level: practice}
groups:
  victims: {status: trafficked-person, without: [smuggled-migrant], age: adult, sex: female, \
nationality: national, asylum-seekers: no}
  disputed: {status: smuggled-migrant, without: [trafficked-person], age: don't know, \
nationality: non-national, detained: yes}
  grown-up: {status: smuggled-migrant, without: [trafficked-person], age: adult, \
nationality: non-national, detained: yes}
  others: {status: other-migrant, without: [trafficked-person, smuggled-migrant], age: adult, \
nationality: non-national}
answers:
  violence-reported: {holds: yes, of: violence-by-staff, for: [victims, others]}
  violence-answered:
    - {holds: in part, of: violence-investigated, for: victims}
    - {holds: no, of: staff-suspended, for: victims}
  child-detained: {holds: yes, of: child-with-other-adults, for: [disputed, grown-up]}
  return-voluntary: {holds: no, for: victims}
  funder-requires: {holds: yes, of: closed-doors-demanded}
  consent-recorded: {holds: yes, for: victims}
  turned-away: {holds: yes, for: victims, frequency: sometimes}
  informed-of-services: {holds: in part, for: victims}
"""


@pytest.fixture(scope="module")
def some(assessor: Assessor, tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    path = tmp_path_factory.mktemp("some") / "form.yaml"
    path.write_text(
        SOME.replace("programme: centre", "programme: centre\nunodc-supported: no"),
        encoding="utf-8",
    )
    return assessor.assess(read_form(path, assessor.vocabulary))


@pytest.fixture(scope="module")
def kinds(example: Callable[[str], Assessment]) -> dict[str, Assessment]:
    return {name: example(name) for name in KINDS}


def under(assessment: Assessment, title: str) -> tuple[str, ...]:
    """The items below a heading."""
    blocks = compose(assessment).blocks
    places = [
        place
        for place, block in enumerate(blocks)
        if isinstance(block, Heading) and block.text == title
    ]
    return next(
        (block.texts for place in places if isinstance(block := blocks[place + 1], Items)), ()
    )


def test_violence_calls_for_action_whoever_the_people_are(some: Assessment) -> None:
    """Victims are no smuggled migrants, of whom the sentence on violence speaks.

    And of the others no norm speaks at all.
    """
    (violence,) = (one for one in under(some, "Act now") if one.startswith("Violence or threats. "))
    assert "Victims: People were reported hurt (stated at line 11" in violence
    assert "Others: “Is violence by these reported" in violence
    assert "Disputed" not in violence


def test_a_child_said_to_be_detained_is_told_where_the_age_is_in_dispute(some: Assessment) -> None:
    (child,) = (
        one for one in under(some, "Act now") if one.startswith("A child may be detained. ")
    )
    assert "Disputed: “Is any child detained" in child
    assert "Grown-up" not in child, "of whom it is stated that nobody is a child"


def test_nothing_was_done_is_not_said_where_something_was(some: Assessment) -> None:
    messages = {
        evidence.message
        for finding in some.findings
        for evidence in finding.evidence
        if evidence.outcome == "concern"
    }
    assert not any("Nothing was done about violence" in message for message in messages)


def test_what_waits_for_an_answer_is_told_apart_from_what_nothing_looks_at(
    some: Assessment,
) -> None:
    waiting = under(some, "Answered, but it is not known yet whether a norm is about these people")
    assert (
        "To be answered first: Do they face return, or have they returned? "
        "Then it counts: line 16, answers.return-voluntary." in waiting
    )
    (others,) = under(some, "Answered, but the norms that look at it are about others")
    assert others.startswith(
        "line 17, answers.funder-requires: about programmes that UNODC supports. "
        "What the source says to it: “Implementing"
    )
    assert "line 18, answers.consent-recorded" in under(
        some, "Answered, but no encoded norm looks at it"
    )


def test_a_question_says_what_is_still_open_and_asks_nothing_twice(
    kinds: dict[str, Assessment],
) -> None:
    questions = {
        question.text: question for question in summarise_questions(kinds["government-home"])
    }
    assert (
        "foreign-women"
        in questions[
            "Which people are they? Not said yet: smuggled migrants. "
            "Add them, or name them under “without”."
        ].groups
    )
    answered = {"Which people are they?", "Adults or children?", "Which sex or gender?"}
    assert not any(question in questions for question in answered), "all groups have answered these"


def test_what_is_so_in_part_does_not_stand_under_met(kinds: dict[str, Assessment]) -> None:
    assert under(kinds["border-detention"], "Met as stated, and for whom") == ()
    (part,) = under(kinds["border-detention"], "Stated in part only, and for whom")
    assert part.endswith("Told without delay of consular notification and communication.")


@pytest.mark.parametrize("name", KINDS)
def test_no_kind_of_harm_hides_another(name: str, kinds: dict[str, Assessment]) -> None:
    """What is told under Act now is not told again.

    Of the rest, no kind of harm stands there three times while another is left out.
    """
    found = find_issues(kinds[name])
    shown = choose_first(found, find_urgent_issues(kinds[name]), MOST)
    assert [one.split(" (stated")[0] for one in under(kinds[name], "Of concern")] == [
        (
            f"{', '.join(issue.groups).capitalize()}: {issue.evidence.message.rstrip('.')}"
        ).removeprefix(": ")
        for issue in shown
    ]
    harms = [min(norm.harm for norm in issue.norms) for issue in shown]
    assert len(set(harms)) >= 3
    assert max(Counter(harms).values()) <= 2 or shown == found


def test_a_norm_is_told_once_for_each_outcome(kinds: dict[str, Assessment]) -> None:
    assessment = kinds["government-home"]
    told = [
        (one.norm.iri, one.finding.outcome)
        for one in group_findings(
            (f for f in assessment.findings if f.outcome == "concern"), assessment
        )
    ]
    assert len(told) == len(set(told))
    headings = [block.text for block in compose(assessment).blocks if isinstance(block, Heading)]
    (kept,) = (
        one for one in headings if one.startswith("Of concern: Not kept or detained in shelters")
    )
    assert kept.endswith("[foreign-women, girls, national-women]")


def test_a_card_says_of_whom_a_thing_was_stated(kinds: dict[str, Assessment]) -> None:
    text = " ".join(formats.to_text([kinds["government-home"]]).split())
    assert (
        "Foreign-women, girls: People cannot leave for good when they want "
        "(line 31, answers.can-leave-for-good)." in text
    )
