"""The action list: what to do comes from findings; what only silence is about is asked first."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from markdown_it import MarkdownIt

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.enums import Outcome
from hrge_kg.assessment.model import Assessment
from hrge_kg.report import formats
from hrge_kg.report.actions import TO_DO, parts
from hrge_kg.report.digest import summarise_questions
from hrge_kg.report.issues import find_issues, find_urgent_issues

EXAMPLES = ("assistance-without-shelter", "border-detention", "closed-shelter", "community-shelter")


@pytest.fixture(scope="module")
def made(example: Callable[[str], Assessment]) -> dict[str, Assessment]:
    return {name: example(name) for name in EXAMPLES}


def rows(assessment: Assessment, place: int) -> list[dict[str, str]]:
    part = parts(assessment)[place]
    return [dict(zip(part.columns, row, strict=True)) for row in part.rows]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_action_is_the_remedy_of_a_concern(name: str, made: dict[str, Assessment]) -> None:
    """Of the check that finds it, and of every check that finds one."""
    assessment = made[name]
    remedies = {
        finding.norm.criterion(one.check).remedy
        for finding in assessment.findings
        for one in finding.evidence
        if finding.outcome == one.outcome == Outcome.CONCERN
    }
    done = rows(assessment, 0)
    assert len(done) >= len(find_issues(assessment))
    for row in done:
        assert row["source"] and row["because it is stated"] and row["who can do it"]
    assert {row["what to do"] for row in done} == remedies


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_cannot_wait_comes_first(name: str, made: dict[str, Assessment]) -> None:
    for place in (0, 1):
        waits = [not row["when"].startswith("Act now") for row in rows(made[name], place)]
        assert waits == sorted(waits)
    statements = {issue.evidence.statement for issue in find_urgent_issues(made[name])}
    first = [row for place in (0, 1) for row in rows(made[name], place)]
    urgent = [row for row in first if row["when"].startswith("Act now")]
    assert bool(urgent) == bool(statements)


@pytest.mark.parametrize("name", EXAMPLES)
def test_silence_is_asked_and_never_done(name: str, made: dict[str, Assessment]) -> None:
    assessment = made[name]
    asked = rows(assessment, 2)
    assert len(asked) >= len(summarise_questions(assessment)) > 0
    silent = {
        one.norm.label for one in assessment.findings if one.outcome == Outcome.NOT_STATED
    } - {one.norm.label for one in assessment.findings if one.outcome == Outcome.CONCERN}
    assert silent
    for row in rows(assessment, 0):
        assert not any(label in row["source"].split(" (page")[0] for label in silent)


def test_words_to_raise_are_the_sources_own(made: dict[str, Assessment]) -> None:
    for assessment in made.values():
        norms = {one.norm.iri: one.norm for one in assessment.findings}.values()
        own = {norm.quote for norm in norms}
        own |= {pair.response for norm in norms for pair in norm.advocacy}
        for row in rows(assessment, 0):
            words = row["in which words"]
            assert "(page " in words
            assert any(f"“{one}”" in words for one in own), words


def test_what_others_bear_is_to_be_raised(made: dict[str, Assessment], assessor: Assessor) -> None:
    done = rows(made["assistance-without-shelter"], 0)
    others = [row for row in done if row["raise with"]]
    assert others and all("as far as it is in your own hands" in r["who can do it"] for r in others)
    assert all(not row["raise with"] for row in rows(made["closed-shelter"], 0))
    assert {row["who can do it"] for row in rows(made["closed-shelter"], 0)} == {"You (State)"}


def test_the_workbook_has_the_same_rows_as_the_page(made: dict[str, Assessment]) -> None:
    every = [made["closed-shelter"], made["border-detention"]]
    page = MarkdownIt("commonmark").enable("table").render(formats.to_actions(every))
    book = openpyxl.load_workbook(io.BytesIO(formats.to_actions_xlsx(every)))
    assert book.sheetnames == ["To do", "To look at first", "To ask or state first", "About"]
    sheet = book["To do"]
    found = [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
    assert found[0] == ["programme", *TO_DO]
    assert len(found) - 1 == sum(len(rows(one, 0)) for one in every)
    assert page.count("<tr>") - page.count("<thead>") == sum(
        len(part.rows) for one in every for part in parts(one)
    )
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value)


def test_no_cell_is_a_formula(assessor: Assessor, example: Callable[[str], Assessment]) -> None:
    from hrge_kg.tables.workbook import Sheet, to_xlsx

    nasty = ("=1+1", "+cmd", "-2", "@x", "a\x0bb", "x" * 40_000)
    content = to_xlsx([Sheet("One", ("a",) * 6, (nasty,))], ["=about"])
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for row in book["One"].iter_rows(min_row=2) for cell in row]
    assert [cell.data_type for cell in cells] == ["s"] * 6
    assert all(cell.quotePrefix for cell in cells[:4])
    assert cells[4].value == "ab" and len(str(cells[5].value)) == 32_767
    assert book["About"]["A1"].data_type == "s"
