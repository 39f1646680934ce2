"""A finding on one sheet: what is stated, the norm's words, what to do, the law, how to cite it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser import open_file, sheets
from report_pages import cards, titles
from selenium.webdriver.chrome.webdriver import WebDriver

from hrge_kg.assessment.enums import Outcome
from hrge_kg.assessment.model import Assessment
from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.markup import html_writer
from hrge_kg.markup.document import Link, spans
from hrge_kg.namespaces import local_name
from hrge_kg.report.brief import compose
from hrge_kg.resources import root

CLOSED = str(root() / "data" / "programmes" / "closed-shelter.yaml")
TESTING = "no-mandatory-testing"


@pytest.fixture(scope="module")
def closed(example: Callable[[str], Assessment]) -> Assessment:
    return example("closed-shelter")


def test_it_has_what_a_person_takes_along(closed: Assessment) -> None:
    page = compose(closed, TESTING)
    assert titles(page) == [
        "No mandatory testing for diseases, including HIV/AIDS",
        "Women: Of concern",
        "Men: Not stated",
        "The law",
        "Open questions on the text",
        "How to cite it",
    ]
    facts = {title: pairs for _, title, pairs in cards(page)}
    women = facts["Women: Of concern"]
    assert women["You stated"] == "A medical test is compulsory: HIV test (practice, line 12)."
    assert women["The source"].endswith("diseases, including HIV/AIDS.” (page 45)")
    assert women["What you can do"].startswith("Offer tests")
    assert facts["The law"]["On whose authority"].startswith("soft law (Recommended Principles")
    assert {"A limit", "Readings", "Whom it addresses"} <= facts["The law"].keys()
    assert "version" in page.footer and closed.edition in page.footer


def test_nothing_in_it_leads_to_a_report_that_is_not_there(closed: Assessment) -> None:
    for block in compose(closed, TESTING).flat:
        for _, text in getattr(block, "pairs", ()):
            assert not [one for one in spans(text) if isinstance(one, Link)]
            assert "answer " not in str(text)


@pytest.mark.parametrize(
    "name",
    [
        TESTING,
        f"norm:{TESTING}",
        TESTING.upper(),
        "No mandatory testing for diseases, including HIV/AIDS",
    ],
)
def test_a_norm_is_found_by_its_names(name: str, closed: Assessment) -> None:
    assert compose(closed, name) == compose(closed, TESTING)


def test_what_is_no_norm_or_is_about_others_is_refused(closed: Assessment) -> None:
    with pytest.raises(InputError, match=r"there is no such norm.*“no-mandatory-testing”"):
        compose(closed, "no-mandatory-testin")
    others = next(
        finding.norm
        for finding in closed.findings
        if all(
            one.outcome == Outcome.NOT_APPLICABLE
            for one in closed.findings
            if one.norm.iri == finding.norm.iri
        )
    )
    with pytest.raises(InputError, match="the norm is about others"):
        compose(closed, local_name(others.iri))


def test_each_brief_is_one_sheet(
    browser: WebDriver, tmp_path: Path, example: Callable[[str], Assessment]
) -> None:
    """Of the description of which there is most to say."""
    assessment = example("border-detention")
    raised = (Outcome.CONCERN, Outcome.NEEDS_REVIEW)
    norms = {one.norm.iri for one in assessment.findings if one.outcome in raised}
    pages = [compose(assessment, local_name(iri)) for iri in sorted(norms)]
    open_file(browser, tmp_path / "briefs.html", html_writer.write(pages))
    assert len(sheets(browser)) == len(pages) > 40


@pytest.mark.parametrize(
    ("name", "begins"),
    [("b.html", b"<!DOCTYPE html>"), ("b.docx", b"PK"), ("b.md", b"# No mandatory"), ("b", b"No ")],
)
def test_it_comes_in_the_formats_for_people(name: str, begins: bytes, tmp_path: Path) -> None:
    out = tmp_path / name
    assert main(["validate", CLOSED, "--brief", TESTING, "-o", str(out)]) == 1
    assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize(
    "options", [["--format", "json"], ["--summary"], ["--annex"], ["--format", "actions"]]
)
def test_it_is_a_page_for_people_alone(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", CLOSED, "--brief", TESTING, *options]) == 2
    out, err = capsys.readouterr()
    assert out == "" and "--brief" in err
