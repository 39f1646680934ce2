"""The report as text, Markdown, HTML and a document: the same words, whole and safe."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from programs import letters, through_word

from hrge_kg.assessment.model import Assessment
from hrge_kg.cli.main import main
from hrge_kg.report import formats
from hrge_kg.resources import root


class _Words(HTMLParser):
    """The words of an HTML page, its headings, and its elements with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self._said: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._quiet += tag in ("style", "title")
        self._ends_a_word(tag)

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in ("style", "title")
        self._ends_a_word(tag)

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self._said.append(data)

    def _ends_a_word(self, tag: str) -> None:
        if tag not in ("q", "a", "span"):  # which stand inside a line
            self._said.append(" ")

    @property
    def words(self) -> list[str]:
        return "".join(self._said).split()


def without_controls(html: str) -> str:
    """A page without what leads about in it, or chooses what is shown: only a page has that."""
    controls = r"<nav .*?</nav>|<div class=\"choices\".*?</div>|<p class=\"shown\">.*?</p>"
    return re.sub(controls, "", html, flags=re.DOTALL)


def test_text_markdown_and_html_say_the_same(closed: Assessment, girls: Assessment) -> None:
    """Each is read back by a reader of its format; its words are those of the page, in order."""
    for one in (closed, girls):
        page = _Words()
        page.feed(without_controls(formats.to_html([one])))
        rendered = _Words()
        markdown = re.sub(
            r"(?s)## Contents.*?(?=\n## )", "", formats.to_markdown([one], annex=True)
        )
        rendered.feed(MarkdownIt("commonmark").enable("table").render(markdown))
        assert rendered.words == page.words
        text = re.sub(r"(?m)^ *(•|\d+\.) ", "", formats.to_text([one], annex=True))
        said = [word for word in text.split() if not re.fullmatch(r"==+|--+", word)]
        assert [word.lower() for word in said] == [word.lower() for word in page.words]


@pytest.mark.works_with(
    "pandoc",
    tried="the report as Markdown, with its annex, made a document for Word",
    result="every word, in order; quotation marks become curly",
)
def test_pandoc_makes_a_document_for_word(closed: Assessment, tmp_path: Path) -> None:
    markdown = formats.to_markdown([closed], annex=True)
    shown = MarkdownIt("commonmark").enable("table").render(markdown)
    assert letters(through_word(markdown, tmp_path)) == letters(shown)


def test_html_stands_alone_and_is_well_formed(girls: Assessment) -> None:
    html = formats.to_html([girls, girls])
    page = _Words()
    page.feed(html)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "link", "iframe", "object", "b"}
    assert not any({"src", "style"} & attributes.keys() for _, attributes in page.elements)
    links = [attributes["href"] or "" for tag, attributes in page.elements if "href" in attributes]
    anchors = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(set(anchors)) == len(anchors)
    assert {link[1:] for link in links if link.startswith("#")} <= set(anchors)
    assert all(link.startswith(("#", "https://")) for link in links)
    assert "url(" not in html and "@import" not in html
    assert ("html", {"lang": "en"}) in page.elements
    assert [tag for tag, _ in page.elements].count("h1") == 2
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels)), (
        "no heading level is left out"
    )
    ElementTree.fromstring(re.sub(r"<(meta|input)[^>]*>", "", html.removeprefix("<!DOCTYPE html>")))
    assert "\x1b" not in html + formats.to_text([girls]) + formats.to_markdown([girls])


def test_the_report_goes_to_a_file_whole_or_not_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = str(root() / "data" / "programmes" / "new-project.yaml")
    out = tmp_path / "report.html"
    assert main(["validate", form, "--format", "html", "-o", str(out)]) == 1
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert capsys.readouterr().out == ""
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]
    assert main(["validate", form, "-o", str(tmp_path / "no" / "such" / "folder.txt")]) == 2
    assert "cannot be written" in capsys.readouterr().err
