"""Briefs: a norm or a trail on one sheet, with words, page, authority, caveats, works, version."""

from __future__ import annotations

import re
from html import unescape
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
import pytest
from browser import open_file, sheets
from selenium.webdriver.chrome.webdriver import WebDriver

from hrge_kg.card import brief
from hrge_kg.card.builder import CardBuilder, explain
from hrge_kg.card.model import Card
from hrge_kg.cli.main import main
from hrge_kg.markup import html_writer
from hrge_kg.markup.document import Document, Grid
from hrge_kg.sparql import select
from hrge_kg.trail.link_graph import load
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers import brief as trail_brief
from hrge_kg.writing import write

TESTING = "norm:no-mandatory-testing"
SOME = 12
LONG = (
    "assistance-not-conditional-on-cooperation",
    "consular-provisions-not-for-asylum-seekers",
    "shelter-not-contingent-on-evidence",
)
"""Norms with long trails."""


@pytest.fixture(scope="module")
def longest(graph: ox.Store) -> list[Card]:
    """The norms whose briefs are longest."""
    builder = CardBuilder(graph, load(graph))
    builder.read_all()
    norms = {row["norm"] for row in select(graph, "SELECT ?norm { ?norm a hrge:Norm }")}
    cards = [builder.card(iri) for iri in sorted(norms)]
    return sorted(cards, key=lambda card: -len(brief.to_html(card)))[:SOME]


def words(document: Document) -> str:
    body = html_writer.write([document]).partition("<body>")[2]
    inline = re.sub(r"</?(?:em|q|span|strong|b|i)\b[^>]*>", "", body)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", inline)).split())


def test_a_brief_of_a_norm_has_what_a_lawyer_takes_along(graph: ox.Store) -> None:
    text = words(brief.brief(explain(graph, TESTING)))
    for part in (
        "“they should not be subject to mandatory testing for diseases, including HIV/AIDS.”",
        "(page 45, line 267)",
        "rests on; prints an extract of: Recommended Principles and Guidelines, Guideline 6",
        "reading (adopted by the editors): Footnote 57",
        "D20: Mandatory testing in two strengths",
        "UNODC human rights and gender toolkit, Tool 1.4, page 45",
        "OHCHR, Recommended Principles and Guidelines on Human Rights and Human Trafficking",
        "E/2002/68/Add.1",
    ):
        assert part in text, part


def test_a_brief_says_of_which_graph_and_day_it_is(graph: ox.Store) -> None:
    (day,) = {row["day"] for row in select(graph, "SELECT ?day { hrge: dcterms:modified ?day }")}
    edition = f"hrge {version('hrge-kg')}, graph of {day}"
    card, trail = explain(graph, TESTING), find_trail(graph, TESTING, "document:rpg")
    assert edition in brief.brief(card).footer
    assert edition in trail_brief.brief(trail).footer


def test_a_brief_of_a_trail_begins_with_the_answer(graph: ox.Store) -> None:
    text = words(trail_brief.brief(find_trail(graph, TESTING, "document:rpg")))
    assert text.index("Three ways lead there.") < text.index("The shortest way")
    assert "“3. Ensuring, in partnership with non-governmental organizations" in text
    assert "(page 45, line 265)" in text
    assert "D20: Mandatory testing in two strengths" in text


def test_words_of_a_norm_are_whole_in_its_brief(longest: list[Card]) -> None:
    for card in longest:
        text = words(brief.brief(card))
        quotes = [
            entry.value
            for section in card.sections
            for entry in section.entries
            if entry.label == "words"
        ]
        assert all(" ".join(quote.split()) in text for quote in quotes), card.id


def test_briefs_print_as_one_sheet(
    longest: list[Card], graph: ox.Store, browser: WebDriver, tmp_path: Path
) -> None:
    trails = [find_trail(graph, TESTING, "document:rpg"), find_trail(graph, "document:rpg")]
    trails += [find_trail(graph, f"norm:{name}") for name in LONG]
    pages = [*map(brief.to_html, longest), *map(trail_brief.to_html, trails)]
    for page in pages:
        open_file(browser, tmp_path / "brief.html", page)
        assert len(sheets(browser)) == 1, page[:900]


@pytest.mark.parametrize("name", LONG)
def test_a_long_trail_is_cut_to_one_sheet_and_says_so(name: str, graph: ox.Store) -> None:
    trail = find_trail(graph, f"norm:{name}")
    document = trail_brief.brief(trail)
    grids = [block for block in document.flat if isinstance(block, Grid)]
    for grid, steps in zip(grids, (trail.up, trail.down), strict=True):
        assert len(set(grid.rows)) == len(grid.rows) >= min(2, len({one.target for one in steps}))
    told = words(document)
    assert re.search(r"… and \d+ more", told) and "Works" in told


@pytest.mark.parametrize("command", [["explain", TESTING], ["trail", TESTING, "document:rpg"]])
def test_the_command_writes_both_formats(command: list[str], tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed (extra docx)")
    page, word = tmp_path / "brief.html", tmp_path / "brief.docx"
    assert main([*command, "--format", "brief", "-o", str(page)]) == 0
    assert main([*command, "--format", "docx", "-o", str(word)]) == 0
    shown = page.read_text(encoding="utf-8")
    held = [one.text for one in docx.Document(str(word)).paragraphs if one.text.strip()]
    assert "No mandatory testing" in held[0] and "No mandatory testing" in shown
    assert any("D20" in line for line in held)


def test_a_document_for_word_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", TESTING, "--format", "docx"]) == 2
    assert "-o FILE.docx" in capsys.readouterr().err


def test_the_api_writes_briefs(graph: ox.Store) -> None:
    card, trail = explain(graph, TESTING), find_trail(graph, TESTING)
    assert write(card, "brief") == brief.to_html(card)
    assert write(trail, "brief") == trail_brief.to_html(trail)
