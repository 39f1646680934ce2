"""What the report asks, and what it does not ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from descriptions import written
from report_pages import Listed, flat, under, whole
from ten_answers import TEN

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.markup.document import Heading
from hrge_kg.report import formats
from hrge_kg.report.compose import compose
from hrge_kg.report.digest import summarise_questions


def test_silence_becomes_few_questions(girls: Assessment) -> None:
    assert girls.counts["not-stated"] > 100
    page = whole(girls)
    first = under(compose(girls), "The answers that would settle most")
    following = under(compose(girls), "Not stated: what to answer next", 2)
    assert (len(first), len(following)) == (5, 2)
    assert not set(first) & set(following)
    every = under(page, "Every open question, with the norms that an answer settles", 2)
    assert len(every) == len(summarise_questions(girls))
    assert len({norm.iri for one in summarise_questions(girls) for norm in one.norms}) > 50


def test_people_whom_nobody_mentioned_are_one_line(ten: Assessment) -> None:
    title = "Norms about people whom nobody mentioned"
    page = compose(ten)
    blocks = flat(page)
    items = blocks[blocks.index(Heading(2, title)) + 2]
    assert isinstance(items, Listed)
    assert len([text for text in items.texts if "smuggled migrants" in text]) == 1
    asked = [question.text for question in summarise_questions(ten)]
    assert not any("Not said yet" in text for text in asked)
    assert len(set(asked)) == len(asked), "no question twice"


def test_what_bears_on_the_activity_is_asked_first(ten: Assessment) -> None:
    topics = ten.profile.topics
    assert "shelter" in topics
    bears = [
        any(norm.topics[0] in topics for norm in question.norms)
        for question in summarise_questions(ten)
    ]
    assert all(bears[:5]) and not bears[-1]


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ("shelter-safe: yes", True),
        ("leaving-restricted: no", False),
        ("can-leave-for-good: yes", False),
        ("leaving-restricted: {holds: no, frequency: sometimes}", True),
        ("leaving-restricted: {holds: no, level: policy}", True),
        ("leaving-restricted: {holds: no, for: women}", True),
        ("leaving-restricted: no\n  cut-off: yes", True),
        ("held-in: {holds: no, of: police-cell}", True),
    ],
)
def test_nobody_is_asked_what_a_stated_fact_denies(
    answers: str, asked: bool, assessor: Assessor, tmp_path: Path
) -> None:
    form = TEN.split("answers:\n")[0] + f"answers:\n  {answers}\n"
    assessment = assessor.assess(read_form(written(tmp_path, form), assessor.vocabulary))
    questions = [question.text for question in summarise_questions(assessment)]
    deprived = "Are people deprived of their liberty, whatever the place is called?"
    assert (deprived in questions) == asked
    assert "Are the people of the group deprived of their liberty?" not in questions
    text = " ".join(formats.to_text([assessment]).split())
    assert ("a stated fact speaks against it" in text) == (
        "leav" in answers and (not asked or "for: women" in answers)
    )
