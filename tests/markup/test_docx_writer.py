"""Documents for Word: every word in order, links that arrive, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from hrge_kg.markup import docx_writer, plain_text
from hrge_kg.markup.document import (
    Choices,
    Contents,
    Document,
    Facts,
    Fold,
    Grid,
    Heading,
    Items,
    Link,
    Mark,
    Paragraph,
    Picture,
    Section,
)

PAGE = Document(
    (
        Heading(1, "A <b>title</b>"),
        Section((Paragraph(("See ", Link("below", "#f 1"), ".")),), ends_sheet=True),
        Contents("Contents", (Link("Below", "#f 1"),)),
        Items(("One", ("Two ", Mark("▲ concern", "concern"))), numbered=True, anchors=("", "two")),
        Grid(
            ("topic", "women"),
            (("health", (Link("● met", "#two", "met"),)), ("food", "")),
            row_names=True,
        ),
        Picture("<svg/>", "Words of a picture"),
        Choices(
            "Show",
            (),
            "Open all",
            "Shown:",
            (
                Fold(
                    Heading(3, "A finding", "f 1", Mark("▲ Concern", "concern")),
                    (
                        Facts(
                            (("The source", ("said “a & b” ", Link("T", "https://e.org/?a&b"))),)
                        ),
                        Fold(Heading(4, "More"), (Paragraph("a\x01b \ud800c"),)),
                    ),
                ),
            ),
        ),
    ),
    "Foot",
)


def opened(content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(content))


def words(content: bytes) -> list[str]:
    """All words of the body, in order; those of hyperlinks as well."""
    body = opened(content).element.body
    ends = {qn("w:p"), qn("w:tab"), qn("w:br")}
    return "".join(
        " " if one.tag in ends else one.text or ""
        for one in body.iter()
        if one.tag in ends or one.tag == qn("w:t")
    ).split()


def test_it_has_the_words_of_every_other_format() -> None:
    text = plain_text.write(Document(PAGE.blocks))
    said = [word for word in text.split() if not re.fullmatch("[-=•]+", word)]
    made = words(docx_writer.write([PAGE]))
    place = made.index("Contents")
    assert made[place : place + 2] == ["Contents", "Below"]
    without = made[:place] + made[place + 2 :]
    assert [one.lower() for one in without] == [
        re.sub(r"[\x01\ud800]", "", one).lower() for one in said
    ]


def test_each_link_leads_to_one_place() -> None:
    body = opened(docx_writer.write([PAGE, PAGE])).element.body
    names = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    ids = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    links = [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]
    assert len(names) == len(set(names)) == len(set(ids)) == 4, "two of each document"
    inside = [link for link in links if link]
    assert len(inside) == 6 and set(inside) == set(names)
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name, re.ASCII) for name in names)


def test_addresses_of_others_are_links() -> None:
    made = opened(docx_writer.write([PAGE]))
    to = [one.target_ref for one in made.part.rels.values() if one.is_external]
    assert to == ["https://e.org/?a&b"]


def test_headings_lists_and_tables_are_what_they_are_called() -> None:
    made = opened(docx_writer.write([PAGE]))
    styles = [one.style.name for one in made.paragraphs if one.style]
    assert [one for one in styles if one.startswith("Heading")] == [
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Heading 4",
    ]
    (table,) = made.tables
    assert [cell.text for cell in table.rows[0].cells] == ["topic", "women"]
    assert list(table.rows[0]._tr.iter(qn("w:tblHeader")))


def test_the_foot_has_the_footer_and_the_number_of_the_sheet() -> None:
    foot = opened(docx_writer.write([PAGE])).sections[0].footer
    assert foot.paragraphs[0].text.startswith("Foot\t")
    fields = [one.text for one in foot._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_same_document_has_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = docx_writer.write([PAGE])
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert docx_writer.write([PAGE]) == first
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert "1980-01-01" in core and not re.search(r"20\d\d-", core)
