"""Pages and reports in another language: what is translated, what is marked, and what stays."""

from __future__ import annotations

import json
import re
from html import escape, unescape
from pathlib import Path

import pyoxigraph as ox
import pytest
from browser import violations
from heard import pages, talk
from paths import FIXTURES
from selenium.webdriver.chrome.webdriver import WebDriver

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.form.readers import read_one
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.interview.offline_page import offline_page
from hrge_kg.languages.catalogue import find_language, read_language, tags
from hrge_kg.languages.language import ENGLISH, Language
from hrge_kg.languages.pages import translated_page
from hrge_kg.report.formats import WITH_LANGUAGE, to_html, to_markdown, to_text
from hrge_kg.resources import root
from hrge_kg.writing import write

TRANSLATED = tags()[1:]
SHELTER = root() / "data" / "programmes" / "closed-shelter.yaml"
ARABIC = read_language(FIXTURES / "languages" / "ar.ttl")
FRENCH = Language("fr", {"Back": "Retour", "{number} left": "Reste : {number}", "Say": "Dire"})


def folded(text: str) -> str:
    """A text with one space between two words."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def assessment(assessor: Assessor) -> Assessment:
    return assessor.assess(read_one(SHELTER, assessor.vocabulary))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<p>Back</p>", "<p>Retour</p>"),
        ("<p>\n Back\n</p>", "<p>\n Retour\n</p>"),
        ('<p class="a">On</p>', '<p lang="en" class="a">On</p>'),
        ("<p>On <b>Back</b></p>", '<p><span lang="en" dir="ltr">On</span> <b>Retour</b></p>'),
        ("<option value='on'>On</option>", "<option lang=\"en\" value='on'>On</option>"),
        ("<p>Mine &amp; yours</p>", '<p lang="en">Mine &amp; yours</p>'),
        ("<p>A &amp; B</p>", "<p><bdi>A &amp; B</bdi></p>"),
        ("<code>Back</code>", "<code>Back</code>"),
        ('<p translate="no">Back</p>', '<p translate="no">Back</p>'),
        ("<q>Back</q>", '<q lang="en">Back</q>'),
        ("<script>if (a && b) 'Back'</script>", "<script>if (a && b) 'Back'</script>"),
        ('<nav aria-label="Say">2 left</nav>', '<nav aria-label="Dire">Reste : 2</nav>'),
        ('<input value="Back">', '<input value="Back">'),
        ("<!-- Back --><p>12</p>", "<!-- Back --><p>12</p>"),
        ('<!DOCTYPE html><html lang="en"><br>', '<!DOCTYPE html><html lang="fr" dir="ltr"><br>'),
    ],
)
def test_a_page_is_translated_text_by_text(page: str, said: str) -> None:
    assert translated_page(page, FRENCH, {"A & B"}) == said
    assert translated_page(page, ENGLISH) == page


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_screen_of_the_interview_says_that_nobody_has_reviewed_it(
    tag: str, assessor: Assessor, graph: ox.Store
) -> None:
    language = find_language(tag)
    for page in pages(assessor, graph, language):
        assert f'<html lang="{tag}" dir="ltr">' in page
        for note in language.note:
            assert note in unescape(page)
        if "_act" in page:
            assert f'name="_language" value="{tag}"' in page


def test_what_a_screen_does_not_translate_is_marked(assessor: Assessor, graph: ox.Store) -> None:
    """Every text is in one of the two languages, a name, or in an element that is left alone."""
    for page in pages(assessor, graph, ARABIC):
        assert '<html lang="ar" dir="rtl">' in page
        rest = re.sub(r'<span lang="en" dir="ltr">.*?</span>|<bdi>.*?</bdi>', "", page, flags=re.S)
        rest = re.sub(
            r"<(title|option|blockquote|script|style|code)\b.*?</\1>", "", rest, flags=re.S
        )
        rest = re.sub(r"<li translate=.*?</li>", "", rest)
        words = re.findall(r"[A-Za-z]+", re.sub(r"<[^>]*>", "", rest))
        assert words == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_report_has_the_note_and_its_frame_in_the_language(
    tag: str, assessment: Assessment
) -> None:
    language = find_language(tag)
    for write_report in (to_html, to_markdown, to_text):
        report = folded(unescape(write_report([assessment], language=language)))
        for note in language.note:
            assert folded(note) in report.replace("\\", "")
        for english in ("In a minute", "Act now", "The answers that would settle most"):
            assert english not in report
            said = folded(language.say_plain(english))
            assert said in report or said.upper() in report


@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_words_of_the_source_stay_english_and_are_marked(
    tag: str, assessment: Assessment
) -> None:
    report = to_html([assessment], language=find_language(tag))
    told = [one for one in assessment.findings if one.outcome == "concern"]
    assert told
    for finding in told:
        words = f'“<span lang="en" dir="ltr">{escape(finding.norm.quote)}</span>”'
        assert f"<q>{words}</q>" in report


def test_a_report_from_right_to_left(assessment: Assessment) -> None:
    report = to_html([assessment], language=ARABIC)
    assert '<html lang="ar" dir="rtl">' in report
    assert "مثير للقلق: five" in report
    assert '<span lang="en" dir="ltr">In a minute</span>' in report


def test_style_knows_no_left_and_no_right() -> None:
    package = root() / "hrge_kg"
    styles = [
        package / "markup" / "document.css",
        package / "server" / "static" / "server.css",
        package / "site" / "templates" / "style.css",
        package / "interview" / "offline" / "page.css",
    ]
    turned = (
        r"(?:padding|margin|border)-(?:left|right)|text-align: (?:left|right)|[^-](?:left|right):"
    )
    assert [path.name for path in styles if re.search(turned, path.read_text("utf-8"))] == []


def test_what_programs_read_is_the_same_in_every_language(
    assessment: Assessment, capsys: pytest.CaptureFixture[str]
) -> None:
    for form in ("json", "csv", "ttl"):
        with pytest.raises(InputError, match="only the report for people is translated"):
            write([assessment], form, language="fr")
    assert main(["validate", str(SHELTER), "--format", "json", "--language", "fr"]) == 2
    assert "what programs read is always the same" in capsys.readouterr().err
    assert set(WITH_LANGUAGE) == {"text", "html", "markdown"}
    assert write([assessment], "text", language="en") == write([assessment], "text")


@pytest.mark.parametrize(
    "arguments",
    [["validate", str(SHELTER)], ["ask", "new.yaml"], ["new", "--format", "html"]],
)
def test_an_unknown_language_is_an_error_that_names_the_others(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--language", "tlh"]) == 2
    assert "Use one of en, es, fr" in capsys.readouterr().err


def test_a_form_that_is_no_page_has_no_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--language", "fr"]) == 2
    assert "only the page to fill in is translated" in capsys.readouterr().err


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_terminal_asks_in_the_language_and_hears_both(tag: str, assessor: Assessor) -> None:
    language = find_language(tag)
    said = "".join(talk(assessor, language))
    for english in ("What is the programme called?", "What does the programme do?"):
        assert english not in said
        assert folded(language.say_plain(english)) in folded(said)
    assert all(folded(note) in folded(said) for note in language.note)


@pytest.mark.parametrize("tag", TRANSLATED)
def test_the_page_without_a_network_has_the_same_questions(
    tag: str, vocabulary: Vocabulary
) -> None:
    """The script looks words up when it shows them; what it saves is the same."""

    def data(page: str) -> dict[str, object]:
        [found] = re.findall('<script type="application/json" id="data">(.*?)</script>', page)
        read: dict[str, object] = json.loads(found)
        return {key: value for key, value in read.items() if key not in ("language", "words")}

    language = find_language(tag)
    page = offline_page(vocabulary, language=language)
    assert data(page) == data(offline_page(vocabulary))
    assert f'<html lang="{tag}" dir="ltr">' in page
    assert all(note in unescape(page) for note in language.note)


@pytest.mark.parametrize("language", [find_language("fr"), ARABIC], ids=["fr", "ar"])
@pytest.mark.works_with(
    "axe-core",
    tried="a report in French, and one from right to left, in Chromium",
    result="finds no violation",
    room="report",
)
def test_axe_finds_no_violation_in_a_translated_report(
    language: Language, assessment: Assessment, browser: WebDriver, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_text(to_html([assessment], language=language), encoding="utf-8")
    browser.get(path.as_uri())
    assert violations(browser) == []
