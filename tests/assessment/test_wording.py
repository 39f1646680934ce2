"""Messages are made of the statement: its rule, question, answer and slots, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from report_pages import under

from hrge_kg.assessment.answer_fates import AnswerFate, Fate, answer_fates
from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.report.compose import compose
from hrge_kg.report.issues import find_urgent_issues

WOMEN = "women: {status: identified-victim, age: adult, sex: female}"
HELD = (
    "men: {status: smuggled-migrant, age: adult, sex: male, nationality: non-national, "
    "detained: yes, without: [trafficked-person]}"
)
Assess = Callable[..., Assessment]


@pytest.fixture
def assess(assessor: Assessor) -> Assess:
    def of(answers: str, group: str = WOMEN, level: str = "practice") -> Assessment:
        head = (
            f"programme: p\nanswered: {{on: 2026-11-01, by: visit{level and ', level: '}{level}}}"
        )
        form = f"{head}\ngroups:\n  {group}\nanswers:\n{answers}"
        return assessor.assess(parse_form(form, "p.yaml", assessor.vocabulary))

    return of


def told(assessment: Assessment, outcome: str) -> set[str]:
    """The messages of all evidence with this outcome."""
    return {
        one.message
        for finding in assessment.findings
        for one in finding.evidence
        if one.outcome == outcome and one.statement
    }


def fates(assessment: Assessment, key: str) -> list[AnswerFate]:
    return [one for one in answer_fates(assessment) if one.answer.key == key]


def test_words_are_the_question_the_answer_and_the_slots(assess: Assess) -> None:
    (answer,) = assess(
        "  leaving-restricted: {holds: in part, of: locked-door, for: women, frequency: sometimes, "
        "ground: security, condition: with-permission, since: 2024-01-01}\n"
    ).answers
    assert answer.words == (
        "Is anyone kept from leaving when she or he wants, for good or until something is done "
        "first (say by what; not counting a curfew or signing out)? "
        "In part: locked doors. For: women. Frequency: sometimes. Ground: security. "
        "Condition: with permission. Since: 2024-01-01."
    )
    assert answer.place is not None
    assert (answer.place.line, answer.place.key) == (6, "answers.leaving-restricted")


def test_a_number_has_its_unit(assess: Assess) -> None:
    (answer,) = assess(
        "  restriction-end-date-set: {holds: yes, quantity: 22, unit: hours}\n"
    ).answers
    assert answer.words.endswith("Yes. Quantity: 22 hours.")


def test_a_no_to_the_whole_is_said_of_the_whole(assess: Assess) -> None:
    assessment = assess("  detention-condition-humane: {holds: no, of: living-condition}\n", HELD)
    messages = told(assessment, "concern")
    assert messages
    for message in messages:
        assert "conditions in detention" in message
        assert not any(word in message for word in ("food", "water", "health"))


def test_a_no_with_a_slot_denies_that_much(assess: Assess) -> None:
    assessment = assess("  detention-reviewed: {holds: no, reviewer: court}\n", HELD)
    (fate,) = fates(assessment, "detention-reviewed")
    assert fate.answer.words.endswith("No. Reviewer: court.")
    messages = told(assessment, "needs-review")
    assert any("It denies one reviewer and says nothing of others" in one for one in messages)
    assert not any("No. Reviewer: court." in one for one in told(assessment, "concern"))


@pytest.mark.parametrize(("level", "rule"), [("law", "By law: "), ("policy", "By its own rules: ")])
def test_a_rule_is_told_as_a_rule_and_calls_for_no_action(
    level: str, rule: str, assess: Assess
) -> None:
    assessment = assess("  compulsory-test: {holds: yes, of: hiv-test}\n", level=level)
    messages = told(assessment, "concern")
    assert messages == {
        f"{rule}Is any medical test compulsory (say which)? Yes: HIV test. "
        "The practice is not stated."
    }
    assert find_urgent_issues(assessment) == []


def test_practice_is_not_asked_where_it_is_stated(assess: Assess) -> None:
    assessment = assess(
        "  compulsory-test:\n"
        "    - {holds: yes, of: hiv-test, level: law}\n"
        "    - {holds: yes, of: hiv-test, level: practice}\n"
        "    - {holds: yes, of: tuberculosis-test, level: law}\n"
    )
    words = {message.split("? ")[1] for message in told(assessment, "concern")}
    assert {"Yes: HIV test.", "Yes: tuberculosis test. The practice is not stated."} <= words
    assert find_urgent_issues(assessment), "what happens calls for action"


def test_without_a_level_nothing_is_said_of_rule_or_practice(assess: Assess) -> None:
    assessment = assess("  compulsory-test: {holds: yes, of: hiv-test}\n", level="")
    (message,) = told(assessment, "concern")
    assert message.endswith("It is not stated whether that is the rule or what happens.")


def test_too_general_asks_for_the_thing_and_states_it_not(assess: Assess) -> None:
    assessment = assess("  care-provided: yes\n")
    (fate,) = fates(assessment, "care-provided")
    assert {effect.fate for effect in fate.effects} == {Fate.NOT_ENOUGH}
    assert "psychological care" in {effect.thing for effect in fate.effects}
    for message in told(assessment, "not-stated"):
        before, after = message.split("say whether it is so of: ")
        assert before.startswith(
            "Are people given a service: care, food, housing or help of any kind (say which)? Yes."
        )
        assert after


def test_in_part_tells_what_narrows_it(assess: Assess) -> None:
    assessment = assess(
        "  informed-of-services: {holds: yes, frequency: sometimes, condition: on-request-only}\n"
    )
    parts = told(assessment, "in-part") | told(assessment, "needs-review")
    assert any(message.endswith("narrowed by how often, a condition.") for message in parts)
    assert not any("the people" in message or "a number" in message for message in parts)


def test_an_answer_about_whoever_is_admitted_tells_that_it_names_nobody(assess: Assess) -> None:
    assessment = assess("  turned-away: dont-know\n  deprived-of-liberty: no\n")
    parts = told(assessment, "in-part")
    assert any(one.endswith("narrowed by the people, none of whom it names.") for one in parts)


def test_dont_know_and_does_not_apply_have_their_rows(assess: Assess) -> None:
    assessment = assess(
        "  compulsory-test: don't know\n  shelter-safe: does not apply\n  turned-away: no\n"
    )
    assert [one.answer.holds for one in answer_fates(assessment)] == [
        "dont-know",
        "does-not-apply",
        "no",
    ]
    (unknown,) = fates(assessment, "compulsory-test")
    assert [one.fate for one in unknown.effects] == [Fate.NOTHING]
    assert unknown.effects[0].why == "It leaves the question open."


def test_what_a_group_says_in_itself_is_an_answer(assess: Assess) -> None:
    (own,) = assess("  shelter-safe: yes\n", HELD).answers[:1]
    assert own.own
    assert own.words == (
        "Are people deprived of their liberty, whatever the place is called? Yes. "
        "This is said of the group itself."
    )
    (some,) = assess("  shelter-safe: yes\n", HELD.replace("yes", "some")).answers[:1]
    assert some.words.endswith("This is said of some people of the group itself.")


def test_an_adverse_answer_that_no_norm_takes_up_is_told_at_the_top(assess: Assess) -> None:
    assessment = assess("  compulsory-test: {holds: yes, of: age-test}\n", HELD)
    told = under(compose(assessment), "Adverse answers that raise no concern")
    assert any(one.startswith("A medical test is compulsory: medical age test (") for one in told)


def test_messages_stand_in_the_turtle_report_too(assess: Assess, tmp_path: Path) -> None:
    from rdflib import Graph
    from rdflib.namespace import SH

    from hrge_kg.report.shacl_writer import to_turtle

    assessment = assess("  compulsory-test: {holds: yes, of: hiv-test}\n", level="law")
    graph = Graph().parse(data=to_turtle([assessment]), format="turtle")
    messages = {str(message) for message in graph.objects(None, SH.resultMessage)}
    assert set() != told(assessment, "concern") <= messages
