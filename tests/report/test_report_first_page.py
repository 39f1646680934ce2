"""The first page: what a manager needs, and nothing said that is not so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from descriptions import written
from report_pages import cards, under
from ten_answers import TEN

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.report import formats
from hrge_kg.report.compose import compose
from hrge_kg.report.issues import find_issues


def test_the_minute_tells_what_by_whom_when_and_what_not(
    closed: Assessment, girls: Assessment
) -> None:
    _, title, facts = cards(compose(closed))[0]
    assert title == "In a minute"
    assert facts["Who runs it"] == "State"
    assert facts["Groups of people"] == "men; women"
    assert facts["Who says so, and when"] == "inspection or visit; 2025-03-01"
    assert cards(compose(girls))[0][2]["Who says so, and when"].endswith("2025-03-01 to 2025-04-01")
    assert len(under(compose(closed), "The answers that would settle most")) == 5
    concerns = under(compose(closed), "Of concern")
    assert len(concerns) == 5, "one for each statement, however many norms speak to it"
    assert "Women: A medical test is compulsory: HIV test (practice, line 12)." in concerns
    text = " ".join(formats.to_text([closed]).split())
    assert (
        text.index("It is not a legal finding")
        < text.index("IN A MINUTE")
        < text.index("OF CONCERN: WHAT THE SOURCE SAYS")
    )


def test_what_calls_for_action_at_once_is_told_first_and_nothing_else(
    girls: Assessment, example: Callable[[str], Assessment]
) -> None:
    now = under(compose(girls), "Act now")
    assert [one.split(".")[0] for one in now] == [
        "Violence or threats",
        "A child's liberty",
        "A forced test",
    ]
    assert now[1].startswith("A child's liberty. Girls: "), (
        "locked doors, for the men as well, but they are no children"
    )
    good = example("community-shelter")
    assert under(compose(good), "Act now") == ()
    assert under(compose(good), "Met as stated, and for whom")


@pytest.mark.parametrize(
    ("people", "answer", "urgent"),
    [
        (
            "age: child",
            "after-rescue: {holds: yes, of: handed-back}",
            "Life or safety",
        ),
        ("age: child", "after-rescue: {holds: yes, of: next-detention}", "A child's liberty"),
        (
            "age: child",
            "care-provided: {holds: no, of: emergency-care}",
            "Life or safety",
        ),
        (
            "age: adult, detained: yes",
            "detention-condition-humane: {holds: no, of: water-in-detention}",
            "Life or safety",
        ),
        (
            "age: adult, detained: yes",
            "detention-condition-humane: {holds: no, of: outdoor-time}",
            None,
        ),
        (
            "age: child",
            "child-separated: {holds: yes, of: child-detained-apart}",
            "A child's liberty",
        ),
        ("age: child", "child-separated: {holds: yes, of: placed-apart}", None),
        (
            "age: child",
            "accommodated-in: {holds: yes, of: place-of-detention}",
            "A child's liberty",
        ),
        ("age: child", "accommodated-in: {holds: yes, of: nowhere}", None),
        (
            "age: child",
            "detained-though-vulnerable: {holds: yes, of: sign-of-age}",
            "A child's liberty",
        ),
        ("age: child", "leaving-restricted: {holds: yes, of: escort-needed}", None),
    ],
)
def test_an_answer_is_no_more_urgent_than_it_says(
    people: str, answer: str, urgent: str | None, assessor: Assessor, tmp_path: Path
) -> None:
    status = "status: [trafficked-person, smuggled-migrant], nationality: non-national"
    form = (
        "programme: p\nanswered: {level: practice, by: staff}\n"
        f"groups:\n  people: {{{status}, {people}}}\nanswers:\n  {answer}\n"
    )
    page = compose(assessor.assess(read_form(written(tmp_path, form), assessor.vocabulary)))
    assert [one.split(".")[0] for one in under(page, "Act now")] == ([urgent] if urgent else [])


def test_a_report_on_ten_answers_is_short(ten: Assessment) -> None:
    """Three sheets of 70 lines. (test_report_page.py prints it)"""
    text = formats.to_text([ten])
    assert len(text.splitlines()) <= 210
    first = text.index(" TOPICS HAVE A CONCERN")
    assert len(text[:first].splitlines()) <= 70


def test_nothing_of_concern_is_said_only_where_it_is_so(assessor: Assessor, tmp_path: Path) -> None:
    def told(answer: str) -> str:
        form = TEN.split("answers:\n")[0] + f"answers:\n  {answer}\n"
        assessment = assessor.assess(read_form(written(tmp_path, form), assessor.vocabulary))
        return " ".join(formats.to_text([assessment]).split())

    nothing = "Nothing that is stated is of concern."
    assert nothing in told("shelter-safe: yes")
    for adverse in (
        "care-provided: no",
        "told-of-consular-access: no",
        "compulsory-test: {holds: yes, of: age-test}",
    ):
        assert nothing not in told(adverse), adverse


def test_help_that_people_lose_is_adverse_though_no_norm_asks_about_it(
    assessor: Assessor, tmp_path: Path
) -> None:
    lost = """
        programme: p
        groups: {people: {status: trafficked-person}}
        answers: {assistance-ends-when: {holds: yes, of: rule-broken}}
    """
    form = read_form(written(tmp_path, lost), assessor.vocabulary)
    report = compose(assessor.assess(form))
    [told] = under(report, "Adverse answers that raise no concern")
    assert told.startswith("Assistance ends for a reason other than that it is no longer needed")


def test_help_that_ends_because_it_is_no_longer_needed_is_not_adverse(
    assessor: Assessor, tmp_path: Path
) -> None:
    for ends, adverse in (("need-ended", []), ("[need-ended, rule-broken]", [True])):
        form = f"""
            programme: p
            groups: {{people: {{status: trafficked-person}}}}
            answers: {{assistance-ends-when: {{holds: yes, of: {ends}}}}}
        """
        report = compose(assessor.assess(read_form(written(tmp_path, form), assessor.vocabulary)))
        assert [bool(one) for one in under(report, "Adverse answers that raise no concern")] == (
            adverse
        ), ends


def test_what_speaks_for_it_is_told(ten: Assessment) -> None:
    told = under(compose(ten), "For a person to judge: what speaks for it")
    assert any(text.startswith("All groups: The shelter is safe (") for text in told)
    text = " ".join(formats.to_text([ten]).split())
    assert "The shelter is safe (practice, line 16). Speaks for it, for a person to judge: " in text


def test_what_to_do_stands_below_each_concern_once(ten: Assessment) -> None:
    """What is under Act now is told with its step there, and without below."""
    page = compose(ten)
    now, concerns = under(page, "Act now"), under(page, "Of concern")
    assert all(one.count("What to do: ") == 1 for one in now)
    steps = [one.partition("What to do: ")[2] for one in concerns]
    assert steps[0].startswith("Unlock the doors")
    told = {one.partition("What to do: ")[0].partition(". ")[2].strip() for one in now}
    assert [bool(one) for one in steps] == [
        one.partition("What to do: ")[0].strip() not in told for one in concerns
    ]
    assert now[0].endswith(
        "Unlock the doors, take down what keeps people in, and tell people that they may go."
    )


LOCKED = "leaving-restricted: {holds: yes, of: locked-door}"
TURNED_AWAY = "turned-away: {holds: yes, ground: no-space}"


@pytest.mark.parametrize(
    ("graver", "less"),
    [
        (LOCKED, "care-provided: {holds: no, of: counselling}"),
        (LOCKED, "shelter-adequate: no"),
        (LOCKED, TURNED_AWAY),
        ("shelter-conditional-on: {holds: yes, of: testimony}", "privacy-protected: no"),
        ("care-provided: {holds: no, of: emergency-care}", LOCKED),
        ("shelter-safe: no", LOCKED),
        ("compulsory-test: {holds: yes, of: hiv-test}", TURNED_AWAY),
        (TURNED_AWAY, "told-of-consular-access: no"),
    ],
)
def test_the_gravest_comes_first(
    graver: str, less: str, assessor: Assessor, tmp_path: Path
) -> None:
    """Who is in danger or kept in comes before what people do not get. (data/at-stake.ttl)"""
    people = "status: trafficked-person, age: adult, nationality: non-national, asylum-seekers: no"
    for first, second in ((graver, less), (less, graver)):
        form = (
            "programme: p\nanswered: {level: practice, by: staff}\n"
            f"groups:\n  people: {{{people}}}\nanswers:\n  {first}\n  {second}\n"
        )
        assessment = assessor.assess(read_form(written(tmp_path, form), assessor.vocabulary))
        place = [issue.evidence.place for issue in find_issues(assessment)]
        keys = [one.key.partition("[")[0] for one in place if one]
        expected = [f"answers.{one.partition(':')[0]}" for one in (graver, less)]
        assert keys == expected


def test_no_group_list_is_told_twice(ten: Assessment) -> None:
    page = compose(ten)
    for title in ("Act now", "Of concern", "For a person to review, because of what is stated"):
        for text in under(page, title):
            assert not (text.startswith("Women: ") and "For: women" in text), text
    assert "girls, women: " not in formats.to_text([ten]).lower()
