"""The works of a trail arrive whole in Zotero, by its own maps, and in the plain BibTeX styles."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pybtex.database
import pyoxigraph as ox
import pytest
import zotero
from programs import letters, pandoc
from pybtex.backends.plaintext import Backend
from pybtex.plugin import find_plugin

from hrge_kg.trail.link_graph import load
from hrge_kg.trail.model import Trail, Work
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers import write

READERS: dict[str, Callable[[str], dict[str, zotero.Item]]] = {
    "csl-json": zotero.from_csl_json,
    "bibtex": zotero.from_bibtex,
    "ris": zotero.from_ris,
}
TYPES = {
    "csl-json": {"treaty": "document", "legal_case": "case", "report": "report"},
    "bibtex": {"treaty": "document", "legal_case": "case", "report": "report"},
    "ris": {"treaty": "statute", "legal_case": "case", "report": "report"},
}


@pytest.fixture(scope="module")
def works(graph: ox.Store) -> list[Work]:
    """Every document of the graph."""
    documents = [iri for iri, node in load(graph).nodes.items() if node.type == "document"]
    found = {work.iri: work for iri in documents for work in find_trail(graph, iri, depth=1).works}
    assert set(found) == set(documents)
    return list(found.values())


def written(works: list[Work], to: str) -> str:
    return write(Trail("", None, {}, (), {}, works=tuple(works)), to)


def told(item: zotero.Item) -> str:
    return "\n".join([*item.fields.values(), *item.extra, *item.tags])


@pytest.mark.works_with(
    "Zotero's maps",
    tried="works cited, as CSL-JSON, BibTeX and RIS",
    result="every work with title, date, number, series, publisher and address; in BibTeX the "
    "docket number of a judgment is in Extra",
)
@pytest.mark.parametrize("to", READERS)
def test_every_work_arrives_with_type_number_series_and_date(to: str, works: list[Work]) -> None:
    items = READERS[to](written(works, to))
    assert set(items) == {work.key for work in works}
    for work in works:
        item = items[work.key]
        assert item.type == TYPES[to][work.csl], work.key
        assert item.fields["title"] == work.title
        assert item.fields.get("date") == work.iso_date
        assert len(item.creators) == len(work.creators)
        if work.genre and work.csl != "legal_case":  # the type says that it is a judgment
            assert work.genre in (item.fields.get("type"), *item.tags), work.key
        for value in (work.number, *work.printed_in, work.publisher):
            assert value is None or value in told(item), (work.key, value)
        assert item.fields.get("url") == work.address, work.key
        for note in (*work.notes, *work.marks):
            assert note in "\n".join([*item.notes, *item.extra]), work.key


@pytest.mark.parametrize("to", READERS)
def test_the_number_of_a_report_is_in_its_field(to: str, works: list[Work]) -> None:
    items = READERS[to](written(works, to))
    reports = [work for work in works if work.csl == "report" and work.number]
    assert len(reports) > 5
    for work in reports:
        assert items[work.key].fields["number"] == work.number
        assert items[work.key].fields.get("publisher") == work.publisher


def test_a_judgment_has_its_docket_number_and_court(works: list[Work]) -> None:
    (judgment,) = [work for work in works if work.csl == "legal_case"]
    for to in ("csl-json", "ris"):
        item = READERS[to](written([judgment], to))[judgment.key]
        assert item.fields["number"] == judgment.number == "25965/04"
        assert item.fields["authority"] == judgment.publisher
    item = zotero.from_bibtex(written([judgment], "bibtex"))[judgment.key]
    # Zotero reads neither from fields of BibTeX for a case.
    assert item.extra == [f"Published: {judgment.publisher}, {judgment.number}"]


def test_a_treaty_has_its_place_in_the_treaty_series(works: list[Work]) -> None:
    (crc,) = [work for work in works if work.key == "crc"]
    item = zotero.from_ris(written([crc], "ris"))["crc"]
    assert item.fields == {
        "title": crc.title,
        "date": "1989-11-20",
        "code": "UNTS",
        "codeNumber": "1577",
        "pages": "3",
        "number": "A/RES/44/25",
        "url": crc.address,
    }
    # Zotero has no treaties. It cites by what stands in `extra`, whatever its own type is.
    item = zotero.from_csl_json(written([crc], "csl-json"))["crc"]
    assert item.cited == {
        "type": "treaty",
        "number": "A/RES/44/25",
        "container-title": "UNTS",
        "volume": "1577",
        "page": "3",
    }
    item = zotero.from_bibtex(written([crc], "bibtex"))["crc"]
    assert item.extra == ["Published: 1577 UNTS 3, A/RES/44/25"]


def test_the_reader_loses_what_zotero_loses(works: list[Work]) -> None:
    """The maps can show a loss: the types that hrge wrote before lose treaties and numbers."""
    (crc,) = [work for work in works if work.key == "crc"]
    bad = replace(crc, biblatex="legal", ris="LEGAL", csl_in_note=())
    assert zotero.from_bibtex(written([bad], "bibtex")) == {}
    assert zotero.from_ris(written([bad], "ris"))["crc"].type == "case"
    assert str(crc.number) not in told(zotero.from_csl_json(written([bad], "csl-json"))["crc"])


@pytest.mark.works_with(
    "pybtex",
    tried="works cited, in the plain style of BibTeX",
    result="prints title, year, institution and number",
)
def test_the_plain_style_prints_title_year_and_institution(works: list[Work]) -> None:
    # BibTeX takes an entry type that a style does not know as @misc; pybtex refuses it.
    text = written(works, "bibtex").replace("@jurisdiction{", "@misc{")
    read = pybtex.database.parse_string(text, "bibtex")
    style = find_plugin("pybtex.style.formatting", "plain")()
    for work in works:
        entry = read.entries[work.key]
        if entry.type == "techreport":  # pybtex wants both; BibTeX only warns
            entry.persons.setdefault("author", [])
            entry.fields.setdefault("institution", "")
        (shown,) = style.format_entries([entry], read)
        line = shown.text.render(Backend())
        assert work.title.lower() in line.lower()
        for value in ((work.iso_date or "")[:4], work.publisher, work.number, work.printed_in[0]):
            assert value is None or value in line, (work.key, line)
        assert "Technical Report" not in line


@pytest.mark.works_with(
    "pandoc",
    tried="works cited, as BibTeX, read as bibtex and as biblatex",
    result="every work with title, date, number, series and publisher; treaties have no type, and "
    "their place in the series stands as publisher as well",
)
@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_pandoc_reads_every_work(form: str, works: list[Work]) -> None:
    items = json.loads(pandoc(written(works, "bibtex"), form, "csljson"))
    by_key = {item["id"]: item for item in items}
    assert set(by_key) == {work.key for work in works}
    for work in works:
        item = by_key[work.key]
        assert letters(item["title"]) == letters(work.title)
        parts = [[int(part) for part in work.iso_date.split("-")]] if work.iso_date else None
        assert item.get("issued", {}).get("date-parts") == parts, work.key
        assert item.get("URL") == work.address, work.key
        assert not any("unverified" in str(item.get(name, "")) for name in item if name != "annote")
        values = " ".join(str(value) for value in item.values())
        for value in (work.number, work.publisher, *work.printed_in[:2]):
            assert value is None or value in values, (work.key, item)
