"""An interview asks what settles most, takes answers back, and writes what a form says."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.enums import Outcome
from hrge_kg.errors import InputError
from hrge_kg.form.content import FormContent
from hrge_kg.form.writers.yaml_writer import to_yaml
from hrge_kg.interview.answers import with_answer
from hrge_kg.interview.engine import Interview
from hrge_kg.interview.model import Ask
from hrge_kg.interview.order import settled
from hrge_kg.interview.start import kept_form

START = FormContent(
    {"programme": ("a-shelter",), "title": ("A shelter",)},
    {"level": ("practice",)},
    {"women": {}, "men": {}},
    (),
)


@pytest.fixture
def interview(assessor: Assessor) -> Interview:
    return Interview(assessor, START, "a-shelter.yaml")


def put_off_until(interview: Interview, key: str) -> Ask:
    """The question of a key; all that come before it are skipped."""
    while (asked := interview.ask()) is not None:
        if asked.key == key:
            return asked
        interview.put_off(asked)
    raise AssertionError(f"{key} is never asked")


def test_what_the_programme_does_comes_first(interview: Interview, assessor: Assessor) -> None:
    asked = interview.ask()
    assert asked is not None
    dimension = assessor.vocabulary.dimensions[asked.key]
    assert dimension.of_programme and dimension.asked_first


def test_then_comes_what_settles_most(interview: Interview) -> None:
    while (first := interview.ask()) is not None and first.norms == 0:  # what is asked before all
        interview.put_off(first)
    shares = settled(interview.assessment)
    found: list[float] = []
    while (asked := interview.ask()) is not None and len(found) < 12:
        groups = (asked.group,) if asked.group else ("", "women", "men")
        found.append(sum(shares[asked.key, group] for group in groups))
        interview.put_off(asked)
    assert found == sorted(found, reverse=True)
    assert found[0] > found[-1] > 0


def test_an_answer_on_which_a_finding_waits_alone_settles_it_whole(interview: Interview) -> None:
    assessment = interview.assessment
    shares = settled(assessment)
    waiting = [finding for finding in assessment.findings if finding.questions]
    keys = {
        finding: {assessment.profile.form_key(one.about) for one in finding.questions}
        for finding in waiting
    }
    assert sum(shares.values()) == pytest.approx(len(waiting))  # each is shared out once
    for finding in waiting:
        if len(keys[finding]) == 1:
            group = assessment.groups[finding.group] if finding.group else ""
            assert shares[next(iter(keys[finding])), group] >= 1


def test_what_the_activity_bears_on_counts_more(interview: Interview) -> None:
    before = settled(interview.assessment)
    asked = interview.ask()
    assert asked is not None
    interview.answer(asked, [asked.choices[0].word])
    after = settled(interview.assessment)
    topics = interview.assessment.profile.topics
    assert topics
    assert any(after[place] > before[place] for place in before)


def test_every_question_is_asked_once_with_its_choices(interview: Interview) -> None:
    seen = set()
    while (asked := interview.ask()) is not None:
        assert asked.text and asked.why and asked.choices
        assert all(choice.word and choice.label for choice in (*asked.choices, *asked.things))
        assert asked.place not in seen
        seen.add(asked.place)
        interview.put_off(asked)
    assert len(seen) > 12


def test_an_answer_is_assessed_at_once(interview: Interview) -> None:
    interview.answer(put_off_until(interview, "status"), ["identified-victim"])
    assert interview.content.groups["women"] == {"status": ("identified-victim",)}
    asked = put_off_until(interview, "leaving-restricted")
    before = sum(one.outcome == Outcome.CONCERN for one in interview.assessment.findings)
    interview.answer(asked, ["yes"], ["locked-door"], ["women"])
    after = sum(one.outcome == Outcome.CONCERN for one in interview.assessment.findings)
    assert after > before
    written = to_yaml(interview.content)
    assert "leaving-restricted: {holds: yes, of: locked-door, for: women}" in written


def test_what_is_answered_for_some_is_asked_for_the_others(interview: Interview) -> None:
    asked = put_off_until(interview, "leaving-restricted")
    interview.answer(asked, ["no"], groups=["women"])
    again = put_off_until(interview, "leaving-restricted")
    assert asked.groups == ("men", "women") and again.groups == ("men",)


def test_an_answer_for_all_names_no_group(interview: Interview) -> None:
    asked = put_off_until(interview, "leaving-restricted")
    interview.answer(asked, ["no"], groups=["women", "men"])
    assert interview.content.answers == (("leaving-restricted", {"holds": ("no",)}),)


def test_answers_are_taken_back_one_by_one(interview: Interview) -> None:
    first = interview.ask()
    assert first is not None
    interview.answer(first, [first.choices[0].word])
    second = interview.ask()
    assert second is not None and second.place != first.place
    interview.put_off(second)
    assert interview.go_back() and interview.ask() == second
    assert interview.go_back() and interview.ask() == first
    assert interview.content == START
    assert not interview.go_back()


def test_a_contradiction_is_not_taken(interview: Interview) -> None:
    asked = put_off_until(interview, "age")
    facts = {"age": ("adult",), "without": ("adult",)}
    wrong = FormContent(START.head, START.defaults, {"women": facts}, ())
    with pytest.raises(InputError):
        interview.take(asked, wrong)
    assert interview.content == START
    assert interview.ask() == asked


def test_a_group_of_which_all_is_said_is_complete(interview: Interview) -> None:
    interview.answer(put_off_until(interview, "status"), ["identified-victim"])
    complete = put_off_until(interview, "only")
    assert complete.group == "women" and "Identified victims" in complete.text
    interview.answer(complete, ["yes"])
    assert interview.content.groups["women"]["only"] == ("yes",)


def test_a_form_with_comments_is_not_written_over(assessor: Assessor, tmp_path: Path) -> None:
    vocabulary = assessor.vocabulary
    form = tmp_path / "form.yaml"
    text = to_yaml(START)
    form.write_text(text, encoding="utf-8")
    assert kept_form(form, form, vocabulary) == START
    form.write_text(text.replace("A shelter", "A # shelter"), encoding="utf-8")
    assert kept_form(form, form, vocabulary) is not None
    form.write_text(f"{text}# it isn't mine\n", encoding="utf-8")
    with pytest.raises(InputError, match="comments"):
        kept_form(form, form, vocabulary)
    assert kept_form(form, tmp_path / "other.yaml", vocabulary) == START
    with pytest.raises(InputError, match="there is such a file already"):
        kept_form(tmp_path / "new.yaml", form, vocabulary)
    with pytest.raises(InputError, match="kept as YAML"):
        kept_form(form, tmp_path / "other.xlsx", vocabulary)


def test_what_people_are_is_asked_once_for_all_groups(interview: Interview) -> None:
    asked = put_off_until(interview, "status")
    assert asked.groups == ("women", "men") and not asked.group
    interview.answer(asked, ["identified-victim"], groups=["women"])
    assert interview.content.groups == {"women": {"status": ("identified-victim",)}, "men": {}}
    assert put_off_until(interview, "status").whom == ("status", "men")


def test_what_is_answered_for_all_is_not_asked_again_for_some(interview: Interview) -> None:
    interview.answer(put_off_until(interview, "status"), ["identified-victim"])
    interview.answer(put_off_until(interview, "deprived-of-liberty"), ["no"])
    # It keeps the answer before from settling the norms about the women.
    slots = {"holds": ("yes",), "of": ("locked-door",), "for": ("women",)}
    restricted = put_off_until(interview, "leaving-restricted")
    interview.take(restricted, with_answer(interview.content, restricted.key, slots))
    keys = []
    while (asked := interview.ask()) is not None:
        keys.append((asked.key, asked.groups))
        interview.put_off(asked)
    assert "deprived-of-liberty" not in dict(keys)
    assert dict(keys)["leaving-restricted"] == ("men",)
