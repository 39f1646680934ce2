"""The works on a trail, for reference managers and notebooks; what others wrote harms nothing."""

from __future__ import annotations

import json
import re
import warnings

import pybtex.database
import pyoxigraph as ox
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from trails import TRAILS, trail_of

from hrge_kg.sparql import query_text, select
from hrge_kg.trail.link_graph import load
from hrge_kg.trail.model import Trail, Work
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers import write


@pytest.fixture(params=TRAILS)
def found(request: pytest.FixtureRequest, graph: ox.Store) -> Trail:
    return trail_of(request.param, graph)


@pytest.fixture(scope="module")
def every_work(graph: ox.Store) -> list[Work]:
    documents = [iri for iri, node in load(graph).nodes.items() if node.type == "document"]
    found = {work.iri: work for iri in documents for work in find_trail(graph, iri, depth=1).works}
    return list(found.values())


def of_works(*works: Work) -> Trail:
    return Trail("", None, {}, (), {}, works=works)


@pytest.mark.works_with("citeproc-py", tried="works cited, as CSL-JSON", result="cites all of them")
@pytest.mark.works_with(
    "pybtex", tried="works cited, as BibTeX", result="every entry with its type"
)
@pytest.mark.works_with("rispy", tried="works cited, as RIS", result="every entry with its type")
def test_works_in_every_format(every_work: list[Work]) -> None:
    assert {work.csl for work in every_work} == {"treaty", "report", "legal_case"}
    keys = {work.key for work in every_work}

    def text(to: str) -> str:
        return write(of_works(*every_work), to)

    csl = json.loads(text("csl-json"))
    assert {item["id"] for item in csl} == keys
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that this processor does not know
        source = CiteProcJSON(csl)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        shelf = CitationStylesBibliography(style, source, formatter.plain)
        for key in sorted(keys):
            shelf.register(Citation([CitationItem(key)]))
        told = " ".join(str(one) for one in shelf.bibliography())
    assert all(work.title.split(":")[0] in told for work in every_work)
    read = pybtex.database.parse_string(text("bibtex"), "bibtex")
    assert set(read.entries) == keys
    types = {work.key: work.biblatex for work in every_work}
    assert {key: entry.type for key, entry in read.entries.items()} == types
    ris = rispy.loads(text("ris"))
    assert {entry["id"]: entry["type_of_reference"] for entry in ris} == {
        work.key: work.ris for work in every_work
    }


def test_what_is_unverified_fills_no_field_and_each_fact_has_its_mark(graph: ox.Store) -> None:
    """Three of these facts have the mark U: a symbol, and two other identifiers."""
    found = {
        work.key: work
        for name in ("cmw-gc5", "rantsev", "rpg", "tip", "vccr")
        for work in find_trail(graph, f"document:{name}", depth=1).works
    }
    for key, field, value in (
        ("cmw-gc5", "number", "CMW/C/GC/5"),
        ("rantsev", "identifier", "ECHR 2010 (extracts)"),
        ("rpg", "identifier", "HR/PUB/02/3"),
    ):
        for entry in (
            json.loads(write(of_works(found[key]), "csl-json"))[0],
            dict(
                pybtex.database.parse_string(write(of_works(found[key]), "bibtex"), "bibtex")
                .entries[key]
                .fields
            ),
            rispy.loads(write(of_works(found[key]), "ris"))[0],
        ):
            # rispy calls M1 `note`; in BibTeX what is no bibliographic fact stays out of print
            note = str(entry.pop("annote", "") or entry.pop("notes", "") or entry.pop("note"))
            assert "container-title:" not in note and "number: CMW" not in note
            assert f"unverified: {field} {value}" in note
            assert not any(value in str(one) for one in entry.values())
    treaty = json.loads(write(of_works(found["tip"]), "csl-json"))[0]
    assert (treaty["container-title"], treaty["volume"], treaty["page"]) == ("UNTS", "2237", "319")
    marks = "reg. 39574; one source: series; two or more sources: address (text), date, number"
    assert treaty["note"].splitlines()[-1] == marks
    assert "reg. 8638" in found["vccr"].notes


def test_every_kind_of_document_has_a_type_in_each(graph: ox.Store) -> None:
    told = {row["work"] for row in select(graph, query_text("prepared/works.rq"))}
    assert told == {iri for iri, node in load(graph).nodes.items() if node.type == "document"}


def test_bibtex_keeps_what_the_editors_say_of_facts_out_of_print(every_work: list[Work]) -> None:
    assert any(work.marks for work in every_work) and any(work.notes for work in every_work)
    read = parse_string(write(of_works(*every_work), "bibtex"))
    printed = {
        "".join(str(field.value) for field in entry.fields if field.key != "annote")
        for entry in read.entries
    }
    assert not [text for text in printed if "unverified" in text or "source:" in text]
    by_key = {entry.key: entry.fields_dict for entry in read.entries}
    for work in every_work:
        fields = by_key[work.key]
        assert fields["annote"].value if work.marks else "annote" not in fields
        assert ("note" in fields) == bool(work.notes)


def test_an_address_is_that_of_the_instrument_where_one_was_seen(every_work: list[Work]) -> None:
    works = {work.key: work for work in every_work}
    for key, address in [
        ("rantsev", "https://hudoc.echr.coe.int/eng?i=001-96549"),  # not French, not a copy
        (
            "crc",
            "https://www.ohchr.org/en/instruments-mechanisms/instruments/convention-rights-child",
        ),  # not its history
        ("echr", "https://www.echr.coe.int/documents/d/echr/convention_ENG"),  # with its _
    ]:
        written = {to: write(of_works(works[key]), to) for to in ("csl-json", "bibtex", "ris")}
        assert json.loads(written["csl-json"])[0]["URL"] == address
        assert f"url = {{{address}}}" in written["bibtex"]
        assert f"UR  - {address}\n" in written["ris"]
    (rpg,) = json.loads(write(of_works(works["rpg"]), "csl-json"))
    assert "address (a library, not of the United Nations)" in rpg["note"]


def test_what_an_address_leads_to_is_read_off_no_note() -> None:
    store = ox.Store()
    facts = "".join(
        f"""hrge:fact [ hrge:states hrge:readAt ; hrge:value "https://example.org/{key}" ;
          hrge:addressKind [ hrge:rank {rank} ] ; hrge:note "{note}" ;
          hrge:verification [ hrge:rank {sure} ; skos:prefLabel "sure" ] ] ;"""
        for key, rank, note, sure in (
            ("a", 5, "text", 1),
            ("b", 2, "text", 1),
            ("c", 1, "text", 2),
            ("d", 1, "about copies: not a library, but the list of the network", 1),
        )
    )
    store.load(
        f"""PREFIX hrge: <https://w3id.org/hrge/ns#> PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        <https://example.org/work> {facts} dcterms:title "A work" ; hrge:documentKind [
          hrge:cslType "a" ; hrge:biblatexType "a" ; hrge:risType "a" ; hrge:risNumberTag "a" ] .
        """.encode(),
        format=ox.RdfFormat.TURTLE,
    )
    rows = select(store, query_text("prepared/works.rq"))
    best_first = sorted(rows, key=lambda row: row["rank"])
    assert [row["value"][-1] for row in best_first] == ["d", "c", "b", "a"]


def test_no_two_works_have_one_key(every_work: list[Work]) -> None:
    keys = [work.key for work in every_work]
    assert len({key.casefold() for key in keys}) == len(keys)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", key) for key in keys)
