"""What describing three real kinds of programme showed, and reports must keep to.

(docs/records/three-real-kinds.md)
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from report_pages import titles, under

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.report import formats
from hrge_kg.report.compose import compose
from hrge_kg.report.digest import find_unasked, group_findings, summarise_questions
from hrge_kg.report.first_page import MOST
from hrge_kg.report.issues import choose_first, find_issues, find_urgent_issues
from hrge_kg.report.phrases import issue_place, issue_words

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
  funder-requires: {holds: yes, of: other-funder-demand}
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


def test_violence_calls_for_action_whoever_the_people_are(some: Assessment) -> None:
    """Victims are no smuggled migrants, of whom the sentence on violence speaks.

    And of the others no norm speaks at all.
    """
    (violence,) = (
        one for one in under(compose(some), "Act now") if one.startswith("Violence or threats. ")
    )
    assert "Victims: Violence against people is reported" in violence
    assert "Others: Violence against people is reported" in violence
    assert "line 11" in violence
    assert "Disputed" not in violence


def test_a_child_said_to_be_detained_is_told_where_the_age_is_in_dispute(some: Assessment) -> None:
    (child,) = (
        one for one in under(compose(some), "Act now") if one.startswith("A child's liberty. ")
    )
    assert "Disputed: A child is detained" in child
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
    told = answers_told(some)
    assert (
        "Stated, but not enough to tell: It is not known whether a norm is about these people. "
        "Say first: Do the people of the group face return, or have they returned?"
        in told["answers.return-voluntary"]
    )
    others = told["answers.funder-requires"]
    assert "The norms that look at it are about programmes that UNODC supports." in others
    assert "What the source says to it: “Implementing" in others
    assert (
        "It raises nothing and shows nothing: A record is not the consent."
        in (told["answers.consent-recorded"])
    )


def answers_told(assessment: Assessment) -> dict[str, str]:
    """What the report tells of each answer, by its key; the last one of a key counts."""
    texts = under(compose(assessment), "What became of each of your answers", 2)
    keys = [answer.place.key for answer in assessment.answers if answer.place]
    return dict(zip(keys, texts, strict=True))


def test_a_question_says_what_is_still_open_and_asks_nothing_twice(
    kinds: dict[str, Assessment],
) -> None:
    questions = {question.text for question in summarise_questions(kinds["government-home"])}
    open_for = {one.kinds: one.groups for one in find_unasked(kinds["government-home"])}
    assert "foreign-women" in open_for[("smuggled migrants",)]
    assert not any("Not said yet" in question for question in questions)
    answered = {"Which people are in the group?", "Adults or children?", "Which sex or gender?"}
    assert not any(question in questions for question in answered), "all groups have answered these"


def test_what_is_so_in_part_does_not_stand_under_met(kinds: dict[str, Assessment]) -> None:
    met = under(compose(kinds["transit-assistance"]), "Met as stated, and for whom")
    part = under(compose(kinds["transit-assistance"]), "Stated in part only, and for whom")
    involved = "Victims involved in the development of the services they are provided"
    assert any(involved in one for one in part)
    assert not any(involved in one for one in met)
    # Of these people it is so of a part, of the others of all.
    assert "Recognised-men: Migrants in vulnerable situations or at risk not detained" in part[0]
    assert not any("Recognised-men" in one for one in met)


@pytest.mark.parametrize("name", KINDS)
def test_the_first_page_has_the_gravest(name: str, kinds: dict[str, Assessment]) -> None:
    """What is told under Act now is not told again; of the rest, nothing graver is left out."""
    found = find_issues(kinds[name])
    shown = choose_first(found, find_urgent_issues(kinds[name]), MOST)
    told = [one.partition(" What to do: ")[0] for one in under(compose(kinds[name]), "Of concern")]
    assert told == [issue_words(issue, kinds[name]) + issue_place(issue) for issue in shown]
    urgent = {one.evidence.statement for one in find_urgent_issues(kinds[name])}
    left = [one for one in found if one not in shown and one.evidence.statement not in urgent]
    assert [one.harm for one in shown] == sorted(one.harm for one in shown)
    assert max(one.harm for one in shown) <= min((one.harm for one in left), default=7)


def test_a_norm_is_told_once_for_each_outcome(kinds: dict[str, Assessment]) -> None:
    assessment = kinds["government-home"]
    told = [
        (one.norm.iri, one.finding.outcome)
        for one in group_findings(
            (f for f in assessment.findings if f.outcome == "concern"), assessment
        )
    ]
    assert len(told) == len(set(told))
    headings = titles(compose(assessment, annex=True))
    (kept,) = (
        one for one in headings if one.startswith("Of concern: Not kept or detained in shelters")
    )
    assert kept.endswith("[foreign-women, girls, national-women]")


def test_a_card_says_of_whom_a_thing_was_stated(kinds: dict[str, Assessment]) -> None:
    text = " ".join(formats.to_text([kinds["government-home"]], annex=True).split())
    assert "Foreign-women, girls: People cannot leave the place for good when they want" in text
    assert "line 31)." in text
