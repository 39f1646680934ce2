"""What is stated, as sentences for people; and the picture of topics and groups."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from descriptions import written
from report_pages import under, whole
from ten_answers import TEN

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.enums import Outcome
from hrge_kg.assessment.model import Assessment
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.markup.document import Choices, Fold, Grid, Heading, Section, words_of
from hrge_kg.report import formats
from hrge_kg.report.compose import compose
from hrge_kg.report.told import sentence, where
from hrge_kg.sparql import select

Assess = Callable[[str], Assessment]
EXAMPLES = ("border-detention", "closed-shelter", "community-shelter", "new-project")


@pytest.fixture
def assess(assessor: Assessor, tmp_path: Path) -> Assess:
    """An assessment of one answer."""

    def assessed(answer: str) -> Assessment:
        form = TEN.split("answers:\n")[0] + f"answers:\n  {answer}\n"
        return assessor.assess(read_form(written(tmp_path, form), assessor.vocabulary))

    return assessed


@pytest.mark.parametrize(
    ("answer", "said", "place"),
    [
        ("compulsory-test: {holds: yes, of: hiv-test, level: law}",
         "A medical test is compulsory: HIV test", "law, line 10"),
        ("compulsory-test: {holds: yes, level: [law, practice]}",
         "A medical test is compulsory", "law and practice, line 10"),
        ("compulsory-test: no", "No medical test is compulsory", "practice, line 10"),
        ("compulsory-test: {holds: no, of: hiv-test}",
         "No medical test is compulsory; said of: HIV test", "practice, line 10"),
        ("leaving-restricted: {holds: no, quantity: 3, unit: hours}",
         "Is anyone kept from leaving when she or he wants, for good or until something is done "
         "first (not counting a curfew or signing out)? No; quantity: 3 hours",
         "practice, line 10"),
        ("turned-away: {holds: no, ground: age-ground}",
         "Are people who need protection or support turned away? No; ground: age",
         "practice, line 10"),
        ("turned-away: {holds: no, frequency: always}",
         "Nobody who needs protection or support is turned away; frequency: always",
         "practice, line 10"),
        ("detention-reviewed: {holds: yes, reviewer: manager}",
         "Does a court or an administrative body review detention (give after how many days, or "
         "every how many days or months)? Yes; reviewer: manager", "practice, line 10"),
        ("shelter-safe: in part", "In part: The shelter is safe", "practice, line 10"),
        ("shelter-safe: don't know", "Is the shelter safe? Don't know", "practice, line 10"),
        ("shelter-safe: {holds: yes, for: women}",
         "The shelter is safe; for: women", "practice, line 10"),
    ],
)  # fmt: skip
def test_an_answer_is_a_sentence_with_its_level_and_line(
    answer: str, said: str, place: str, assess: Assess
) -> None:
    (made,) = assess(answer).answers
    assert sentence(made) == said
    assert where(made.place, made) == place


def test_a_list_of_people_that_stands_before_a_sentence_is_left_out(assess: Assess) -> None:
    (made,) = assess("shelter-safe: {holds: yes, for: women}").answers
    assert sentence(made, ["women"]) == "The shelter is safe"
    assert sentence(made, ["women", "girls"]).endswith("for: women")


def test_a_no_never_reads_as_a_yes(graph: ox.Store) -> None:
    """The two sentences of each question differ, and what is wanted is in one of them alone."""
    rows = select(
        graph,
        "SELECT ?question ?yes ?no { ?a hrge:question ?question ; hrge:yesSays ?yes ;"
        " hrge:noSays ?no }",
    )
    assert len(rows) > 150
    negating = re.compile(r"\b(no|not|nobody|none|nothing|neither|cannot|without)\b", re.IGNORECASE)
    for row in rows:
        assert row["yes"] != row["no"]
        assert negating.search(row["no"]), row["no"]
        assert len(negating.findall(row["no"])) >= len(negating.findall(row["yes"])), row["no"]
        assert not row["yes"].endswith((".", "?")) and not row["no"].endswith((".", "?"))


def test_no_report_for_people_has_words_of_a_program(example: Callable[[str], Assessment]) -> None:
    for name in EXAMPLES:
        for annex in (False, True):
            text = formats.to_text([example(name)], annex=annex)
            ours = re.sub(r"“[^”]*”", "", text)
            assert not re.search(r"\banswers\.|groups\.|--\w|`|\bJSON\b|NAME\b", ours)


def picture(assessment: Assessment) -> Grid:
    (grid,) = (block for block in compose(assessment).flat if isinstance(block, Grid))
    return grid


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_cell_has_the_worst_that_is_stated(
    name: str, example: Callable[[str], Assessment]
) -> None:
    assessment = example(name)
    grid = picture(assessment)
    labels = {label: iri for iri, label in assessment.groups.items()}
    for row in grid.rows:
        topic = words_of(row[0]).lower()
        for column, cell in zip(grid.columns[1:], row[1:], strict=True):
            findings = [
                finding
                for finding in assessment.findings
                if finding.group == labels.get(column)
                and next(iter(finding.norm.topics), "other").lower() == topic
            ]
            words = words_of(cell)
            outcomes = {finding.outcome for finding in findings}
            assert ("concern" in words) == (Outcome.CONCERN in outcomes)
            if "met" in words:
                assert not outcomes & {Outcome.CONCERN, Outcome.IN_PART}
                assert words.endswith("○") == (Outcome.NOT_STATED in outcomes)
            if not words:
                assert outcomes <= {
                    Outcome.NOT_STATED, Outcome.NOT_APPLICABLE, Outcome.NEEDS_REVIEW
                }  # fmt: skip
                assert not any(
                    evidence.answer for finding in findings for evidence in finding.evidence
                )


def test_silence_is_plainly_empty(example: Callable[[str], Assessment]) -> None:
    """Of a description that states nothing, no cell says anything good or bad."""
    cells = {words_of(cell) for row in picture(example("new-project")).rows for cell in row[1:]}
    assert cells <= {"", "–"}


def test_the_title_of_the_picture_says_what_is_seen(
    example: Callable[[str], Assessment],
) -> None:
    def title(name: str) -> str:
        blocks = list(compose(example(name)).flat)
        heading = blocks[next(i for i, one in enumerate(blocks) if isinstance(one, Grid)) - 1]
        assert isinstance(heading, Heading)
        return heading.text

    assert title("closed-shelter") == (
        "Five of 16 topics have a concern; on five topics nothing is stated"
    )
    assert title("community-shelter").startswith("No topic has a concern; on four topics nothing")


def folds(assessment: Assessment) -> list[Fold]:
    (choices,) = (block for block in whole(assessment).blocks if isinstance(block, Choices))
    return [
        fold
        for section in choices.blocks
        if isinstance(section, Section)
        for fold in section.blocks
        if isinstance(fold, Fold)
    ]


def test_every_finding_is_found_by_its_tags(example: Callable[[str], Assessment]) -> None:
    assessment = example("border-detention")
    (choices,) = (block for block in whole(assessment).blocks if isinstance(block, Choices))
    outcome, group, topic = choices.choices
    known = {value for choice in choices.choices for _, value in choice.values}
    for fold in folds(assessment):
        assert fold.tags <= known
        for choice, least in ((outcome, 1), (group, 1), (topic, 1)):
            assert len(fold.tags & {value for _, value in choice.values}) >= least
    named = dict(group.values)
    for fold in folds(assessment):
        people = re.search(r"\[([^\]]*)\]$", fold.heading.text)
        labels = people[1].split(", ") if people else ["the programme itself"]
        of_groups = {value for _, value in group.values}
        assert fold.tags & of_groups == {named[label[:1].upper() + label[1:]] for label in labels}


def test_each_answer_leads_to_what_it_raises(example: Callable[[str], Assessment]) -> None:
    page = whole(example("closed-shelter"))
    answers = under(page, "What became of each of your answers", 2)
    assert len(answers) == 7
    html = formats.to_html([example("closed-shelter")])
    for number in range(1, 8):
        assert html.count(f'<li id="answer-{number}">') == 1
    to_answers = set(re.findall(r'href="#answer-(\d)"', html))
    assert {"1", "2", "3", "4", "5", "6"} <= to_answers
