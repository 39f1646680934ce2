"""Queries: the columns and rows of the named ones, parameters as data, and nothing that reaches
outside.
"""

from __future__ import annotations

import io
import re
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from other_engines import answer_of_rdflib, rdflib_graph

from hrge_kg.errors import InputError
from hrge_kg.namespaces import GRAPH, PREFIXES, expand, shrink
from hrge_kg.query.catalogue import Query, catalogue, find_query, query_of
from hrge_kg.query.guard import check_query, normalised
from hrge_kg.query.parameters import parse_params
from hrge_kg.query.run import answer_query, portable_text, run_query
from hrge_kg.resources import files, root
from hrge_kg.tables.model import SEPARATOR, Table, Triples

COLUMNS = {
    "norms": (
        "norm",
        "kind",
        "operator",
        "wording",
        "voice",
        "force",
        "bearer",
        "beneficiary",
        "quote",
        "page",
        "line",
    ),
    "documents": (
        "document",
        "title",
        "kind",
        "force",
        "symbol",
        "adopted",
        "inForce",
        "verification",
    ),
    "provisions": ("provision", "document", "number", "printedLabel"),
    "citations": ("citing", "cited", "character", "pinpoint", "footnote", "quote"),
    "authority": ("norm", "provision", "document"),
    "passages": ("order", "page", "line", "type", "class", "text"),
    "enforcement": ("norm", "check", "shape", "outcome"),
    "readings": ("subject", "reading", "adopted", "text", "reason"),
    "limits": ("norm", "limit", "ground", "test", "quote"),
    "discrepancies": ("id", "line", "kind", "difference", "status", "concerns"),
    "footnotes": ("footnote", "page", "quote", "cited"),
    "sentences": ("order", "page", "line", "class", "reason", "text"),
    "aspects": ("aspect", "question", "kind", "wanted", "of", "unit", "topic", "norms"),
    "practices": ("practice", "quote", "page", "norm"),
    "advocacy": ("concern", "response", "norm"),
    "gender": ("thing", "kind", "direction", "quote", "page"),
    "deontic-words": ("sentence", "page", "line", "class", "words", "norms", "whyNoNorm", "text"),
}
KINDS = {
    "obligation",
    "prohibition",
    "recommendation",
    "right",
    "principle",
    "exemption",
    "lawfulness condition",
    "hedged norm",
    "limit of a term",
}
NAMED = pytest.mark.parametrize(
    "query", [query for query in catalogue() if query.name in COLUMNS], ids=lambda query: query.name
)
EVERY = pytest.mark.parametrize(
    "query", catalogue(), ids=lambda query: query.name
)  # also those that need a parameter


def table(store: ox.Store, name: str | Query, params: Mapping[str, str] | None = None) -> Table:
    result = answer_query(store, name, params or {})
    assert isinstance(result, Table)
    return result


def rows(
    store: ox.Store, name: str | Query, params: Mapping[str, str] | None = None
) -> list[dict[str, str]]:
    """Rows by column, IRIs as CURIEs, blank cells left out."""
    found = table(store, name, params)
    pairs = [
        [(c, t) for c, t in zip(found.columns, row, strict=True) if t is not None]
        for row in found.terms
    ]
    return [{c: shrink(t.value) for c, t in row if not isinstance(t, ox.Triple)} for row in pairs]


def turtle(text: str) -> ox.Store:
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.TRIG, base_iri="http://example.org/")
    return store


def described(folder: str, kind: str) -> list[str]:
    """What the Turtle files declare to be of a kind, read line by line and without the code under
    test.
    """
    texts = [path.read_text(encoding="utf-8") for path in files(folder, ".ttl")]
    return sorted(
        found
        for text in texts
        for found in re.findall(rf"^([\w:.-]+) a hrge:{kind}\b", text, re.MULTILINE)
    )


def asserted(folder: str, prefix: str, name: str) -> set[tuple[str, str]]:
    """The pairs that a property links in the Turtle files of a folder."""
    predicate = PREFIXES[prefix] + name
    triples = [quad for path in files(folder, ".ttl") for quad in ox.parse(path=str(path))]
    return {
        (shrink(q.subject.value), shrink(q.object.value))
        for q in triples
        if q.predicate.value == predicate
    }


# The catalogue itself


def test_the_first_queries_keep_their_columns() -> None:
    columns = {query.name: query.header.columns for query in catalogue()}
    assert {name: columns.get(name) for name in COLUMNS} == COLUMNS
    assert len(columns) == len(files("queries/catalogue", ".rq")), "two queries have one name"


@NAMED
def test_columns_are_those_of_the_header(query: Query, graph: ox.Store) -> None:
    assert table(graph, query.name).columns == COLUMNS[query.name]


@EVERY
def test_is_sparql_that_any_store_reads(query: Query) -> None:
    assert not check_query(query.text, query.file)
    ox.Store().query(query.text)  # with no prefixes but its own


@EVERY
def test_header_says_what_it_answers(query: Query) -> None:
    header = query.header
    assert header.title
    assert header.description.endswith(".")
    assert header.keywords
    assert header.lists <= set(header.columns)
    assert all(param.description for param in header.params)
    assert ("#VALUES" in query.text) == bool(header.params)
    assert re.search(r"^ORDER BY ", query.text, re.MULTILINE)


@NAMED
def test_answers_the_same_twice(query: Query, graph: ox.Store) -> None:
    first = table(graph, query.name)
    assert first.terms
    assert first == table(graph, query.name)


@NAMED
def test_no_row_twice(query: Query, graph: ox.Store) -> None:
    repeated = [row for row, count in Counter(table(graph, query.name).terms).items() if count > 1]
    assert repeated == []


@NAMED
def test_lists_are_sorted_and_hold_each_item_once(query: Query, graph: ox.Store) -> None:
    found = table(graph, query.name)
    assert found.lists == query.header.lists
    for name in found.lists:
        for row in found.terms:
            cell = row[found.columns.index(name)]
            if cell is not None:
                assert isinstance(cell, ox.Literal)
                items = cell.value.split(SEPARATOR)
                assert items == sorted(set(items))
                assert all(items)


@NAMED
def test_no_cell_would_be_a_formula(query: Query, graph: ox.Store) -> None:
    """CSV is written as it is; that no answer of ours is dangerous in a spreadsheet is so because
    none begins like a formula.
    """
    cells = [
        cell
        for row in table(graph, query.name).terms
        for cell in row
        if isinstance(cell, (ox.Literal, ox.NamedNode))
    ]
    assert [
        cell.value for cell in cells if cell.value.startswith(("=", "+", "-", "@", "\t", "\r"))
    ] == []


def _parameters() -> Iterator[tuple[str, str]]:
    for name, columns in COLUMNS.items():
        for param in find_query(name).header.params:
            if param.name in columns:
                yield name, param.name


@pytest.mark.parametrize(("name", "param"), list(_parameters()))
def test_a_parameter_keeps_the_rows_that_hold_its_value(
    name: str, param: str, graph: ox.Store
) -> None:
    whole = rows(graph, name)
    lists = find_query(name).header.lists
    values = sorted(
        {
            item
            for row in whole
            if param in row
            for item in (row[param].split(SEPARATOR) if param in lists else [row[param]])
        }
    )
    assert values
    for value in (values[0], values[len(values) // 2], values[-1]):
        kept = [
            row
            for row in whole
            if value
            in (row.get(param, "").split(SEPARATOR) if param in lists else [row.get(param)])
        ]
        assert rows(graph, name, {param: value}) == kept
        assert 0 < len(kept) <= len(whole)


@pytest.mark.parametrize(
    ("name", "param", "value", "prefix", "property"),
    [
        ("norms", "topic", "health", "hrge", "topic"),
        ("citations", "norm", "norm:informed-consent", "hrge", "supports"),
        ("discrepancies", "about", "document:rpg", "hrge", "concerns"),
        ("aspects", "norm", "norm:no-mandatory-testing", "hrge", "enforces"),
    ],
)
def test_a_parameter_that_is_no_column(
    name: str, param: str, value: str, prefix: str, property: str, graph: ox.Store
) -> None:
    wanted = value if ":" in value else f"c:{value}"
    things = {
        shrink(quad.subject.value)
        for quad in graph.quads_for_pattern(
            None,
            ox.NamedNode(PREFIXES[prefix] + property),
            ox.NamedNode(expand(wanted) or ""),
            None,
        )
        if isinstance(quad.subject, ox.NamedNode)
    }
    kept = rows(graph, name, {param: value})
    assert 0 < len(kept) < len(rows(graph, name))
    if name == "norms":
        assert {row["norm"] for row in kept} == {
            thing for thing in things if thing.startswith("norm:")
        }
    elif name == "aspects":
        assert all(
            value in row["norms"]
            for row in [
                {**row, "norms": " ".join(map(shrink, row["norms"].split("; ")))} for row in kept
            ]
        )
    else:
        assert (
            len(kept)
            >= len([thing for thing in things if thing.startswith(("citation:", "discrepancy:"))])
            > 0
        )


# What each of the first seven lists: nothing lost, nothing twice


def test_every_norm_is_one_row(graph: ox.Store) -> None:
    found = rows(graph, "norms")
    assert sorted(row["norm"] for row in found) == described("data/norms", "Norm")
    for row in found:
        blank = set(COLUMNS["norms"]) - set(row)
        # An exemption binds nobody; the limit of a term is owed to nobody either.
        nobody = {"exemption": {"bearer"}, "limit of a term": {"bearer", "beneficiary"}}
        assert blank <= nobody.get(row["kind"], set()), row
        assert set(row["kind"].split("; ")) <= KINDS
        assert row["page"].isdigit()
    assert [int(row["line"]) for row in found] == sorted(int(row["line"]) for row in found)


def test_a_norm_shows_words_and_not_iris(graph: ox.Store) -> None:
    (row,) = rows(graph, "norms", {"norm": "norm:shelter-not-contingent-on-evidence"})
    assert row == {
        "norm": "norm:shelter-not-contingent-on-evidence",
        "kind": "recommendation",
        "operator": "forbids",
        "wording": "should",
        "voice": "extract",
        "force": "soft-law",
        "bearer": "States; intergovernmental organizations (where applicable); "
        "non-governmental organizations (where applicable)",
        "beneficiary": "trafficked persons",
        "quote": "The provision of such shelter should not be made contingent on the willingness "
        "of the victims to give evidence in criminal proceedings.",
        "page": "45",
        "line": "261",
    }


def test_every_document_is_one_row(graph: ox.Store) -> None:
    found = rows(graph, "documents")
    assert sorted(row["document"] for row in found) == sorted(
        thing for thing, _ in asserted("data/documents", "dcterms", "title")
    )
    assert all({"document", "title", "kind", "force"} <= set(row) for row in found)


@pytest.mark.parametrize(
    ("document", "symbol", "verification"),
    [
        ("document:tip", "A/RES/55/25, annex II", "2+"),
        ("document:cmw3-crc22", "CMW/C/GC/3; CRC/C/GC/22", "2+"),
        ("document:ohchr-borders", "A/69/CRP.1", "2+"),
        ("document:wgad-rd5", "A/HRC/39/45, annex", "1"),
        ("document:asean-price", None, "source only"),
        ("document:cmw-gc5", None, "2+"),  # its symbol is unverified and not to be shown
    ],
)
def test_a_document_shows_how_sure_its_facts_are(
    document: str, symbol: str | None, verification: str, graph: ox.Store
) -> None:
    (row,) = rows(graph, "documents", {"document": document})
    assert (row.get("symbol"), row.get("verification")) == (symbol, verification)


def test_the_weakest_mark_of_what_is_shown() -> None:
    marks = """
      c:two-or-more-sources hrge:rank 1 ; skos:notation "2+" . c:one-source hrge:rank 2 ;
      skos:notation "1" .
      c:source-only hrge:rank 3 ; skos:notation "source only" . c:unverified hrge:rank 4 ;
      skos:notation "U" .
      document:a a hrge:Document ; hrge:symbol "A/1" ; hrge:inForce "2003-12-25"^^xsd:date ;
      hrge:publisher "X" ;
        hrge:fact [ hrge:states hrge:symbol ; hrge:value "A/1" ;
        hrge:verification c:two-or-more-sources ] ,
          [ hrge:states hrge:inForce ; hrge:value "2003-12-25"^^xsd:date ;
          hrge:verification c:one-source ] ,
          [ hrge:states hrge:adoptedOn ; hrge:value "2000-11-15"^^xsd:date ;
          hrge:verification c:unverified ] ,
          [ hrge:states hrge:publisher ; hrge:value "X" ; hrge:verification c:source-only ] ."""
    store = turtle(_prologue() + marks)
    (row,) = rows(store, "documents")
    assert row == {
        "document": "document:a",
        "symbol": "A/1",
        "inForce": "2003-12-25",
        "verification": "1",
    }


def _prologue() -> str:
    return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())


def test_every_provision_is_one_row_in_its_document(graph: ox.Store) -> None:
    found = rows(graph, "provisions")
    assert sorted(row["provision"] for row in found) == described("data", "Provision")
    assert all({"provision", "document", "number"} <= set(row) for row in found)
    (row,) = rows(graph, "provisions", {"provision": "provision:rpg-g6-legal-assistance"})
    assert row["printedLabel"] == "6. 5."


def test_a_citation_is_one_row_for_each_thing_it_cites(graph: ox.Store) -> None:
    found = rows(graph, "citations")
    pairs = asserted("data/citations", "hrge", "cited")
    assert Counter(row["cited"] for row in found) == Counter(cited for _, cited in pairs)
    # 12(1)(2): one citation, two provisions
    first, second = (
        rows(graph, "citations", {"cited": f"provision:crc-article-12-{n}"}) for n in (1, 2)
    )
    assert [{**row, "cited": ""} for row in first] == [{**row, "cited": ""} for row in second]
    assert first[0]["pinpoint"] == "article 12(1)(2)"
    assert all(
        shrink(item).startswith("passage:") for row in found for item in row["citing"].split("; ")
    )


def test_authority_is_what_the_norms_rest_on_and_blank_where_none_is(graph: ox.Store) -> None:
    found = rows(graph, "authority")
    rests = asserted("data/norms", "hrge", "restsOn")
    assert {
        (row["norm"], row.get("provision", row.get("document"))) for row in found if len(row) > 1
    } == rests
    assert [row["norm"] for row in found if len(row) == 1] == sorted(
        set(described("data/norms", "Norm")) - {norm for norm, _ in rests}
    )
    assert all("document" in row for row in found if "provision" in row)


def test_passages_are_the_text_in_reading_order(graph: ox.Store) -> None:
    found = rows(graph, "passages")
    assert [int(row["order"]) for row in found] == list(range(1, len(found) + 1))
    assert {int(row["page"]) for row in found} == set(range(42, 49))
    sentences = rows(graph, "sentences")
    assert [row["text"] for row in found if row["type"] == "sentence"] == [
        row["text"] for row in sentences
    ]
    text = " ".join(
        (root() / "data" / "sources" / "toolkit-1.4" / "text.txt")
        .read_text(encoding="utf-8")
        .split()
    )
    assert sum(len(row["text"]) for row in sentences) > 0.9 * len(text)


def test_enforcement_has_every_norm_and_every_outcome_shape(graph: ox.Store) -> None:
    found = rows(graph, "enforcement")
    assert {row["norm"] for row in found} == set(described("data/norms", "Norm"))
    shapes = asserted("shapes", "hrge", "outcome")
    assert {row["shape"] for row in found if "shape" in row} == {shape for shape, _ in shapes}
    notations = dict(asserted("ontology/vocabularies", "skos", "notation"))
    assert {(row["shape"], row["outcome"]) for row in found if "shape" in row} == {
        (shape, notations[o]) for shape, o in shapes
    }
    assert {row["check"] for row in found if "check" in row} == {
        *described("shapes/checks", "Check"),
        *described("shapes/matters", "MatterFact"),
        *described("shapes/matters", "Bound"),
    }
    unseen = {row["norm"] for row in found if "shape" not in row}
    assert unseen == {
        n
        for n, c in asserted("data/norms", "hrge", "checkability")
        if c in ("c:human", "c:not-a-programme-matter")
    }


def test_the_others_have_what_the_data_has(graph: ox.Store) -> None:
    assert {row["reading"] for row in rows(graph, "readings")} == set(described("data", "Reading"))
    exceptions = {other for _, other in asserted("data/norms", "hrge", "exceptionBy")}
    assert {row["limit"] for row in rows(graph, "limits")} == {
        *described("data", "Limit"),
        *exceptions,
    }
    assert [row["id"] for row in rows(graph, "discrepancies")] == sorted(
        i for _, i in asserted("data", "dcterms", "identifier")
    )
    assert [row["footnote"] for row in rows(graph, "footnotes")] == [str(n) for n in range(55, 68)]
    declared = asserted("ontology/aspects", "rdfs", "subPropertyOf")
    assert {
        (row["aspect"], f"hrge:{row['unit']}Aspect") for row in rows(graph, "aspects")
    } == declared


# What the source describes, read in the text by hand: page, first words, last words. By its words
# it is done, may happen, or is so.
DESCRIBED = {
    "practice": [
        (43, "donors have an interest", "supporting closed shelters"),
        (43, "denying services such as sexual", "contrary to human rights"),
        (43, "those that seek to protect", "rights or freedoms."),
        (44, "identified victims of trafficking are placed", "outside of that framework"),
        (44, "smuggled migrants in need of support", "protection and assistance services."),
        (46, "some States will subject", "to detention"),
        (46, "There are instances where", "contrary to international law."),
        (
            46,
            "This can happen",
            "their misidentification",
        ),  # the four ways in which victims come to be detained: this and the next three
        (46, "their non-willingness to cooperate", "their countries of origin"),
        (47, "because they have participated", "illegal or irregular)"),
        (47, "because they are placed in shelters", "as a matter of policy."),
        (47, "States often seek to justify", "irregular immigration status"),
        (47, "victims of domestic trafficking", "in their own country."),
        (47, "Victims are sometimes placed", "without their consent"),
        (47, "Victims are sometimes placed", "retracted their initial consent."),
        (47, "In extreme cases, shelters may be locked", "prevent victims from leaving"),
        (47, "In some cases, laws, policies", "in purpose or effect"),
        (47, "women and girls are routinely placed", "absence of due process"),
        (47, "men and boys are denied", "those in need."),
        (47, "The activities or skills training", "other activities to males"),
        (48, "Victim / witness protection", "allocated resources into."),
        (48, "There is resistance", "protection and assistance services"),
        (48, "Paternalistic approaches are taken", "particularly women and girls."),
        (48, "Donors pressure", "child-friendly approaches"),
    ],
    "risk": [
        (42, "there are also significant human rights risks", "with that framework."),
        (43, "the intersecting forms of discrimination", "other identity factors"),
        (43, "donors or other stakeholders whose agendas", "gender equality."),
        (43, "closed shelters that may compromise", "accommodated within them"),
        (44, "In some contexts, there is a risk", "denial of other services."),
        (44, "access to skills training may be limited", "available in that location."),
        (44, "Conflict, humanitarian disasters", "trafficking and smuggling"),
        (44, "and damage the mechanisms", "affected by them."),
        (44, "the State's capacity", "severely impaired"),
        (48, "victims who are detained", "less willing to cooperate."),
        (48, "If victim feedback is not sought", "show effective results."),
        (48, "Unless they are actively engaged", "unwanted and ineffective."),
    ],
    "finding": [
        (43, "Engaging victims in the design", "needs are understood."),
        (43, "This involvement is necessary", "needed and wanted."),
        (44, "Low-resourced countries", "to meet them diminishes."),
        (45, "The trafficking cycle cannot be broken", "have been trafficked."),
        (46, "immigration detention, which in some instances", "contrary to international law."),
        (47, "giving the impression", "their detention."),
        (48, "Persons who are protected", "criminal justice processes."),
        (48, "Women and girls are not empowered", "basis of their gender"),
        (48, "There are insufficient", "victims of trafficking"),
        (48, "Implementing activities", "donor investment"),
    ],
}


@pytest.mark.parametrize("kind", DESCRIBED)
def test_what_the_source_describes_is_there_as_its_words_have_it(
    kind: str, graph: ox.Store
) -> None:
    wanted = set(described("data/practices", kind.capitalize()))
    found = {row["practice"]: row for row in rows(graph, "practices") if row["practice"] in wanted}
    assert len(found) == len(DESCRIBED[kind])
    for row, (page, first, last) in zip(found.values(), DESCRIBED[kind], strict=True):
        assert row["page"] == str(page)
        assert row["quote"].startswith(first)
        assert row["quote"].endswith(last)


def test_every_practice_has_a_row_for_each_norm_that_it_bears_on(graph: ox.Store) -> None:
    pairs = asserted("data/practices", "hrge", "bearsOn")
    assert Counter((row["practice"], row["norm"]) for row in rows(graph, "practices")) == Counter(
        pairs
    )
    risks = {row["practice"] for row in rows(graph, "practices", {"kind": "hrge:Risk"})}
    assert risks == set(described("data/practices", "Risk"))


def test_the_five_concerns_have_their_cells_whole(graph: ox.Store) -> None:
    found = list(
        dict.fromkeys((row["concern"], row["response"]) for row in rows(graph, "advocacy"))
    )
    cells = [row["text"] for row in rows(graph, "passages", {"type": "table-cell"})]
    assert [cell for pair in found for cell in pair] == cells[
        2:
    ]  # after the two that tell the user what to fill in
    assert [response.split()[-1] for _, response in found] == [
        "cooperate.",
        "results.",
        "gender",
        "genders.",
        "investment",
    ]
    borne = {
        norm for pair, norm in asserted("data", "hrge", "bearsOn") if pair.startswith("advocacy:")
    }
    assert {row["norm"] for row in rows(graph, "advocacy")} == borne


def test_gender_is_told_with_its_direction(graph: ox.Store) -> None:
    """By hand: all lines with women, girls, men, boys, male, female or gender where gender is what
    the words are about.
    """
    found = rows(graph, "gender")
    assert [
        (row["kind"], row["direction"], int(row["page"])) for row in found if row["kind"] != "norm"
    ] == [
        ("risk", "burdens women and girls", 43),  # intersecting discrimination
        ("practice", "burdens women and girls", 43),  # reproductive health
        ("practice", "burdens all genders", 47),  # discriminatory in purpose or effect
        ("practice", "burdens women and girls", 47),  # routinely placed
        ("practice", "burdens men and boys", 47),  # denied access
        ("practice", "burdens all genders", 47),  # stereotypes
        ("practice", "burdens women and girls", 48),  # paternalistic approaches
        ("finding", "burdens women and girls", 48),  # not empowered
        ("finding", "burdens men and boys", 48),  # insufficient services
    ]
    assert {(row["thing"], row["direction"]) for row in found if row["kind"] == "norm"} >= {
        ("norm:women-and-girls-not-routinely-placed", "protects women and girls"),
        ("norm:men-and-boys-not-denied-assistance", "protects men and boys"),
        ("norm:gender-analysis-required", "protects all genders"),
    }
    assert {row["thing"] for row in found} == {
        thing for thing, _ in asserted("data", "hrge", "genderDirection")
    }


def test_a_footnote_that_cites_nothing_is_listed(graph: ox.Store) -> None:
    (row,) = rows(graph, "footnotes", {"footnote": "57"})
    assert "cited" not in row
    (row,) = rows(graph, "footnote-marks", {"footnote": "57"})
    assert row["sentence"] == "passage:toolkit-1.4/sentence-105"


def test_who_is_taken_out_of_a_norm_is_a_limit_of_it(graph: ox.Store) -> None:
    (row,) = rows(graph, "limits", {"norm": "norm:informed-of-consular-access"})
    assert row == {
        "norm": "norm:informed-of-consular-access",
        "limit": "norm:consular-provisions-not-for-asylum-seekers",
        "ground": "trafficked asylum-seekers",
        "quote": "These provisions would not apply to trafficked asylum-seekers.",
    }


@pytest.mark.parametrize(
    ("name", "thing", "column"),
    [
        ("norms", "norm:a a hrge:Norm", "norm"),
        ("documents", "document:a a hrge:Document", "document"),
        ("provisions", "provision:a a hrge:Provision", "provision"),
        ("citations", "citation:a a hrge:Citation ; hrge:cited document:a", "cited"),
        ("authority", "norm:a a hrge:Norm", "norm"),
        ("passages", 'passage:a a hrge:Passage ; hrge:text "words"', "text"),
        (
            "enforcement",
            "norm:a a hrge:Norm . check:a a hrge:Check ; hrge:enforces norm:a",
            "check",
        ),
        ("readings", "reading:a a hrge:Reading", "reading"),
        ("limits", "limit:a a hrge:Limit", "limit"),
        ("discrepancies", 'discrepancy:a a hrge:Discrepancy ; dcterms:identifier "D01"', "id"),
        ("footnotes", 'passage:a hrge:passageKind c:footnote ; hrge:printedLabel "1"', "footnote"),
        ("sentences", 'passage:a hrge:passageKind c:sentence ; hrge:text "words"', "text"),
        ("aspects", "hrge:a rdfs:subPropertyOf hrge:groupAspect", "aspect"),
        ("deontic-words", "passage:a hrge:deonticWord c:b", "sentence"),
        ("practices", "practice:a a hrge:Risk", "practice"),
        ("advocacy", 'advocacy:a a hrge:AdvocacyPair ; hrge:concernQuote "words"', "concern"),
        ("gender", "practice:a hrge:genderDirection c:b", "thing"),
    ],
)
def test_nothing_is_lost_for_want_of_the_rest(name: str, thing: str, column: str) -> None:
    store = turtle(f"{_prologue()} {thing} .")
    (row,) = rows(store, name)
    assert column in row
    assert answer_of_rdflib(rdflib_graph(store), name, {}, store) == table(store, name)


def test_what_has_several_values_is_one_row() -> None:
    norm = """norm:a a hrge:Norm, hrge:Right, hrge:Principle ; hrge:operator c:x ;
    hrge:wording c:x, c:y ;
      hrge:voice c:x ; hrge:force c:x, c:y ;
      hrge:bearer c:x, c:y, c:z ; hrge:beneficiary c:x, c:y ; hrge:quote "words" ;
      hrge:anchor anchor:a .
      anchor:a hrge:page 1 ; hrge:line 2 ; hrge:segment [ hrge:start 3 ] , [ hrge:start 4 ] .
      hrge:Right rdfs:subClassOf hrge:Norm ; rdfs:label "right"@en, "droit"@fr .
      hrge:Principle rdfs:subClassOf hrge:Norm ; rdfs:label "principle"@en .
      c:x skos:prefLabel "ex"@en , "iks"@fr . c:y skos:prefLabel "why"@en ; skos:notation "Y" ."""
    store = turtle(_prologue() + norm)
    assert answer_of_rdflib(rdflib_graph(store), "norms", {}, store) == table(store, "norms")
    (row,) = rows(store, "norms")
    assert row == {
        "norm": "norm:a",
        "kind": "principle; right",
        "operator": "ex",
        "wording": "Y; ex",
        "voice": "ex",
        "force": "Y; ex",
        # A concept without a label keeps its IRI.
        "bearer": "Y; ex; https://w3id.org/hrge/id/concept/z",
        "beneficiary": "Y; ex",
        "quote": "words",
        "page": "1",
        "line": "2",
    }


# Queries from outside


def test_a_file_standard_input_and_a_text_are_queries(
    tmp_path: Path, graph: ox.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "# title: Limits\nSELECT ?limit { ?limit a hrge:Limit } ORDER BY ?limit"
    path = tmp_path / "limits.rq"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    results = [table(graph, name) for name in (str(path), "-", text)]
    assert results[0] == results[1] == results[2]
    assert results[0].title == "Limits"
    assert len(results[0].terms) == len(described("data", "Limit"))


def test_the_forms_of_queries(graph: ox.Store) -> None:
    assert run_query(graph, "ASK { norm:safe-return a hrge:Norm }") is True
    assert run_query(graph, "ASK { norm:safe-return a hrge:Limit }") is False
    about = run_query(graph, "DESCRIBE norm:safe-return")
    assert isinstance(about, Triples)
    assert {triple.subject for triple in about.terms} == {
        ox.NamedNode(expand("norm:safe-return") or "")
    }
    labels = run_query(
        graph,
        "CONSTRUCT { ?norm rdfs:label ?label } WHERE { ?norm a hrge:Norm ; rdfs:label ?label }",
    )
    assert isinstance(labels, Triples)
    assert len(labels.terms) == len(described("data/norms", "Norm"))
    assert list(labels.terms) == sorted(labels.terms, key=str)


def test_the_same_graph_has_the_same_blank_nodes() -> None:
    one, other = (turtle(f"<a> <b> [ <c> {n} ] .") for n in ('"x"', '"x"'))
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert run_query(one, text) == run_query(other, text)


class Bystander(BaseHTTPRequestHandler):
    """An endpoint that nobody should reach."""

    hits: list[str]

    def do_GET(self) -> None:
        self.hits.append(self.path)
        self.send_response(200)
        self.end_headers()

    do_POST = do_GET  # noqa: N815 - the name that http.server calls

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def bystander() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what reached it: compiled code escapes the hook
    in conftest.py.
    """
    hits: list[str] = []
    server = HTTPServer(("127.0.0.1", 0), type("Handler", (Bystander,), {"hits": hits}))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", hits
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_store_would_call_out(bystander: tuple[str, list[str]]) -> None:
    """The refusals below are needed: without them the store calls, even for a comment that ends in
    a carriage return.
    """
    address, hits = bystander
    with pytest.raises((OSError, SyntaxError, RuntimeError, ValueError)):
        ox.Store().query(f"ASK {{ # a comment\r SERVICE <{address}> {{ ?s ?p ?o }} \n }}")
    assert hits


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("SELECT * { SERVICE <U> { ?s ?p ?o } }", 1),
        ("SELECT * {\n  ?a a hrge:Norm .\n  service silent <U> { ?s ?p ?o } }", 3),
        ("SELECT * {\n VALUES ?x { <U> }\n SERVICE ?x { ?s ?p ?o } }", 3),
        ("PREFIX u: <U> SELECT * { SERVICE u: { ?s ?p ?o } }", 1),
        ("PREFIX : <U> SELECT * { SERVICE: { ?s ?p ?o } }", None),
        ("SELECT * { { SELECT * { OPTIONAL { SERVICE <U> { ?s ?p ?o } } } } }", 1),
        ("SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <U> { ?s ?p ?o } } }", 1),
        (
            "SELECT * { ?s ?p ?o "
            "FILTER(?s = 1 || NOT EXISTS { { } UNION { SERVICE <U> { ?s ?p ?o } } }) }",
            1,
        ),
        ("SELECT * { ?s ?p ?o MINUS { GRAPH ?g { SERVICE <U> { ?s ?p ?o } } } }", 1),
        ("SELECT (EXISTS { SERVICE <U> { ?s ?p ?o } } AS ?x) { }", 1),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(EXISTS { SERVICE <U> { ?s ?p ?o } })", 1),
        ("CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <U> { ?s ?p ?o } }", 1),
        ("ASK { SERVICE <U> { ?s ?p ?o } }", 1),
        ("DESCRIBE ?s { SERVICE <U> { ?s ?p ?o } }", 1),
        ("ASK { # a comment\r SERVICE <U> { ?s ?p ?o } \n }", 2),
        ("ASK { # a comment\x0b\n\x0cSERVICE <U> { ?s ?p ?o } }", None),
        ("ASK { # \\u000a\n SERV\\u0049CE <U> { ?s ?p ?o } }", 1),
        ("ASK { FILTER('''SERVICE'''='')SERVICE<U>{ ?s ?p ?o } }", 1),
        ("# param: x string optional  A value\nASK { #VALUES\n SERVICE <U> { ?s ?p ?o } }", 3),
    ],
)
def test_no_other_endpoint_is_called(
    text: str, line: int | None, graph: ox.Store, bystander: tuple[str, list[str]]
) -> None:
    address, hits = bystander
    with pytest.raises(InputError) as raised:
        run_query(graph, query_of(text.replace("U>", f"{address}>"), "outside.rq"))
    assert hits == []
    assert raised.value.where == "outside.rq"
    if line is not None:
        assert raised.value.line == line


def test_either_reader_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rdflib's parser should miss a SERVICE, the words are still looked at."""
    monkeypatch.setattr("hrge_kg.query.guard._parsed", lambda text, file: set())
    with pytest.raises(InputError, match="SERVICE"):
        check_query("SELECT * { OPTIONAL { service<http://127.0.0.1:1/>{ ?s ?p ?o } } }", "a.rq")


@pytest.mark.parametrize(
    "text",
    [
        "# SERVICE <http://127.0.0.1:1/> {}\nASK { }",
        'ASK { FILTER("SERVICE <http://127.0.0.1:1/> {}" != "x") }',
        "ASK { FILTER('''it's a SERVICE''' != 'SERVICE') }",
        'ASK { FILTER("""a "SERVICE" """ != "\\"SERVICE") }',
        "ASK { FILTER NOT EXISTS { <http://example.org/SERVICE> ?service $SERVICE } }",
        "PREFIX service: <http://example.org/> "
        "ASK { FILTER NOT EXISTS { service:SERVICE service:x-service _:service } }",
        'ASK { FILTER("x"@service != "x") }',
        'ASK { FILTER(1 < 2 && "#" != "SERVICE" && 2 > 1) # SERVICE\n }',
    ],
)
def test_the_word_alone_is_not_refused(text: str, graph: ox.Store) -> None:
    assert run_query(graph, text) is True


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <U>",
        "LOAD SILENT <U> INTO GRAPH <a:b>",
        "CLEAR ALL",
        "PREFIX a: <a:> INSERT { ?s a:b 1 } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_no_query(text: str, bystander: tuple[str, list[str]]) -> None:
    address, hits = bystander
    store = turtle("<a:a> <a:b> 2 .")
    with pytest.raises(InputError, match="an update, not a query"):
        run_query(store, text.replace("U>", f"{address}>"))
    assert (len(store), hits) == (1, [])


def test_from_names_a_graph_of_ours_and_fetches_nothing(
    bystander: tuple[str, list[str]], graph: ox.Store
) -> None:
    address, hits = bystander
    assert table(graph, f"SELECT * FROM <{address}> {{ ?s ?p ?o }}").terms == ()
    assert (
        table(graph, f"SELECT * FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}").terms == ()
    )
    assert hits == []
    part = table(graph, f"SELECT ?norm FROM <{GRAPH}norms/guideline-6> {{ ?norm a hrge:Norm }}")
    assert 0 < len(part.terms) < len(described("data/norms", "Norm"))


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("SELECT * {\n ?a ?b ?c .\n ?d ?e \n}", 3, "cannot be read"),
        ("SELECT * WHERE {\n ?a ?b ?c\n\n FILTER(?a = ) }", 4, "FILTER(?a = )"),
        ("SELECT * {\n ?a ?b ?c", None, "no SPARQL query"),
        ("SELECT * { ?a\n a foo:Bar }", 2, "Prefix not found"),
        ("SELECT ?a (COUNT(?b) AS ?n) { ?a a ?b }", 1, "unbound"),
        ("PREFIX a: <a:b> ", None, "no SPARQL query"),
        ("# only a comment\n", None, "no SPARQL query"),
        ("", None, "empty"),
        (" \n\t", None, "empty"),
        ("ASK {" + "{" * 3000 + "}" * 3001, None, "nested too deeply"),
        ("SELECT (<http://example.org/f>(1) AS ?x) { }", None, "cannot be run"),
    ],
)
def test_a_query_that_is_none(text: str, line: int | None, problem: str, graph: ox.Store) -> None:
    with pytest.raises(InputError) as raised:
        table(graph, query_of(text, "wrong.rq"))
    assert problem in raised.value.problem
    assert raised.value.where == "wrong.rq"
    assert raised.value.remedy
    if line is not None:
        assert raised.value.line == line


def test_what_cannot_be_read(tmp_path: Path) -> None:
    binary = tmp_path / "binary.rq"
    binary.write_bytes(b"ASK {\n}\n# \xff")
    for name, problem in (
        (str(binary), "UTF-8"),
        (str(tmp_path), "this is a folder"),
        ("no-such", "no such query"),
        ("a\0b", "cannot be read"),
    ):
        with pytest.raises(InputError, match=problem):
            find_query(name)
    with pytest.raises(InputError, match="Did you mean “norms”") as raised:
        find_query("nroms")
    assert "provisions" in raised.value.remedy


def test_an_answer_is_never_cut_off(graph: ox.Store) -> None:
    with pytest.raises(InputError, match="more than 1,000 rows"):
        run_query(graph, "SELECT * { ?a ?b ?c . ?d ?e ?f }", max_rows=1000)
    with pytest.raises(InputError, match="more than 10 rows"):
        run_query(graph, "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", max_rows=10)
    exactly = run_query(graph, "SELECT * { ?a ?b ?c } LIMIT 10", max_rows=10)
    assert isinstance(exactly, Table)
    assert len(exactly.terms) == 10


# Parameters

THINGS = """<http://example.org/a> <http://example.org/p> 42 , "042" , "x} UNION { ?s ?p ?o" .
  <http://example.org/a> <http://example.org/p>
    "2021-02-28"^^<http://www.w3.org/2001/XMLSchema#date> .
  <http://example.org/b> <http://example.org/p> 43 ."""


def _with(kind: str, marker: bool = True) -> Query:
    values = "#VALUES" if marker else ""
    text = (
        f"# param: o {kind} required  The value\n"
        f"SELECT ?s {{\n{values}\n?s <http://example.org/p> ?o }} ORDER BY ?s"
    )
    return query_of(text, "params.rq")


@pytest.mark.parametrize("marker", [True, False], ids=["marker", "at the end"])
@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("integer", "42", 1),
        ("integer", "+042", 1),
        ("integer", "41", 0),
        ("string", "042", 1),
        ("string", "42", 0),
        ("string", "x} UNION { ?s ?p ?o", 1),
        ("string", '"} UNION { ?s ?p ?o } #', 0),
        ("string", '"""} UNION { ?s ?p ?o } #\n', 0),
        ("string", "\\", 0),
        ("string", "\\u0022) } UNION { ?s ?p ?o }", 0),
        ("string", "\\\\u0041\\U00000041", 0),
        ("string", "", 0),
        ("string", "#VALUES", 0),
        ("date", "2021-02-28", 1),
        ("date", "2021-02-27", 0),
    ],
)
def test_a_value_is_data(kind: str, value: str, found: int, marker: bool) -> None:
    assert len(table(turtle(THINGS), _with(kind, marker), {"o": value}).terms) == found


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("integer", "x", "not a whole number"),
        ("integer", "1.5", "not a whole number"),
        ("integer", "1) } #", "not a whole number"),
        ("integer", "", "not a whole number"),
        ("integer", "٤٢", "not a whole number"),
        ("integer", "9" * 40, "not a whole number"),
        ("date", "2021-02-30", "not a date"),
        ("date", "20210228", "not a date"),
        ("date", "yesterday", "not a date"),
        ("iri", "nroms:a", "unknown"),
        ("iri", "safe-return", "no name of one thing"),
        ("iri", "<http://example.org/a> } UNION { ?s ?p ?o } #>", "not an IRI"),
        ("iri", "http://example.org/a> ?x } #", "not an IRI"),
        ("iri", "norm:a b", "not an IRI"),
        ("iri", "http://example.org/z", "names nothing"),
        ("iri", "", "no name of one thing"),
        ("concept", "nothing", "no concept"),
        ("concept:topic", "nothing", "no concept of scheme:topic"),
    ],
)
def test_a_value_of_another_type(kind: str, value: str, problem: str) -> None:
    with pytest.raises(InputError) as raised:
        table(turtle(THINGS), _with(kind), {"o": value})
    assert problem in raised.value.problem
    assert raised.value.where == "params.rq"
    assert raised.value.remedy


@pytest.mark.parametrize(
    "value",
    [
        "norm:safe-return",
        "https://w3id.org/hrge/id/norm/safe-return",
        "<https://w3id.org/hrge/id/norm/safe-return>",
    ],
)
def test_a_thing_by_curie_or_iri(value: str, graph: ox.Store) -> None:
    assert [row["norm"] for row in rows(graph, "norms", {"norm": value})] == ["norm:safe-return"]


@pytest.mark.parametrize(
    ("value", "document"),
    [
        ("TIP Protocol", "document:tip"),
        ("UN Doc. E/2002/68/Add.1", "document:rpg"),
        ("Convention on the\nRights of the Child", "document:crc"),
        ("crc", "document:crc"),
    ],
)
def test_a_document_by_the_names_that_people_use(
    value: str, document: str, graph: ox.Store
) -> None:
    found = [row["document"] for row in rows(graph, "documents", {"document": value})]
    assert found == [document]


def test_a_name_that_several_things_have_is_answered_with_the_choices(graph: ox.Store) -> None:
    with pytest.raises(InputError, match="several things") as caught:
        rows(graph, "documents", {"document": "Palermo Protocol"})
    assert caught.value.where == "queries/catalogue/documents.rq"
    assert "document:tip" in caught.value.remedy and "document:som" in caught.value.remedy


def test_what_is_to_be_said_of_a_name_is_logged(
    graph: ox.Store, caplog: pytest.LogCaptureFixture
) -> None:
    found = rows(graph, "provisions", {"provision": "ICCPR, art. 9(1)"})
    assert [row["provision"] for row in found] == ["provision:iccpr-article-9"]
    assert "“ICCPR, art. 9(1)” is not in the graph" in caplog.text


@pytest.mark.parametrize(
    "pasted",
    [
        "they should not be subject to mandatory testing for diseases, including HIV/AIDS.",
        "they should not be subject to mandatory testing \nfor diseases, including HIV/AIDS.",
        "they should not be subject  to\r\nmandatory\ttesting for\u00a0diseases",
        "“they should not be subject to mandatory testing”",
        "They Should Not Be Subject To Mandatory Testing",
        "manda\u00ad\ntory testing for dis\u00adeases",
        " mandatory testing\u200b for diseases ",
    ],
)
def test_a_pasted_quotation_is_found(pasted: str, graph: ox.Store) -> None:
    found = {row["norm"] for row in rows(graph, "saying", {"words": pasted})}
    assert found == {"norm:no-mandatory-testing"}


@pytest.mark.parametrize(
    ("pasted", "norm"),
    [
        ("the child’s views must be sought", "norm:views-of-the-child-sought"),
        ("State or non-\nState shelters", "norm:not-placed-without-consent"),
    ],
)
def test_quotation_marks_and_hyphens_of_a_pasted_quotation(
    pasted: str, norm: str, graph: ox.Store
) -> None:
    assert norm in {row["norm"] for row in rows(graph, "saying", {"words": pasted})}


def test_curly_marks_in_the_graph_are_found_too() -> None:
    store = turtle(
        _prologue()
        + """norm:a a hrge:Norm ; hrge:quote "the child’s “best interests”" ; hrge:wording c:w ;
        hrge:anchor [ hrge:page 1 ; hrge:line 2 ] . c:w skos:prefLabel "should" ."""
    )
    for words in ("child's \"best", "child’s “best", "“the child’s"):
        assert [row["norm"] for row in rows(store, "saying", {"words": words})] == ["norm:a"]


@pytest.mark.parametrize(
    "value",
    ["class-normative", "normative", "Normative", "c:class-normative", " nor\u00admative\n"],
)
def test_a_concept_by_key_notation_or_label(value: str, graph: ox.Store) -> None:
    assert {row["class"] for row in rows(graph, "sentences", {"class": value})} == {"normative"}


def test_parameters_that_do_not_fit(graph: ox.Store) -> None:
    for params, problem in (
        ({"nrom": "norm:a"}, "Did you mean “norm”"),
        ({"norm": "norm:safe-retrun"}, "Did you mean “norm:safe-return”"),
    ):
        with pytest.raises(InputError, match=problem) as raised:
            answer_query(graph, "norms", params)
        assert raised.value.where == "queries/catalogue/norms.rq"
    with pytest.raises(InputError, match="“o” is missing"):
        run_query(graph, _with("integer"))
    with pytest.raises(InputError, match="It takes none"):
        run_query(graph, "ASK { }", x="1")
    for declared in (
        "x number optional  A number",
        "x",
        "x iri",
        "x iri:topic optional",
        "x iri perhaps",
        "?x iri optional",
    ):
        with pytest.raises(InputError) as wrong:
            query_of(f"# title: A query\n# param: {declared}\nASK {{ }}", "a.rq")
        assert (wrong.value.where, wrong.value.line) == ("a.rq", 2)


def test_several_parameters_stand_in_one_block(graph: ox.Store) -> None:
    text = portable_text(find_query("passages"), {"page": "43", "type": "sentence"})
    assert text.count("VALUES (") == 1
    both = rows(graph, "passages", {"page": "43", "type": "sentence"})
    assert 0 < len(both) < len(rows(graph, "passages", {"page": "43"}))
    assert {(row["page"], row["type"]) for row in both} == {("43", "sentence")}


def test_a_block_keeps_the_lines_in_place() -> None:
    query = find_query("norms")
    given = portable_text(query, {"norm": "norm:safe-return"})
    assert given.count("\n") == query.text.count("\n")
    ox.Store().query(given)


@pytest.mark.parametrize("given", [["norm"], ["=x"], ["norm=a", "norm=b"]])
def test_parameters_of_a_command_line(given: list[str]) -> None:
    with pytest.raises(InputError):
        parse_params(given)
    assert parse_params(["a=b=c", "d="]) == {"a": "b=c", "d": ""}


def test_lists_of_a_query_from_outside() -> None:
    text = """# lists: all, none
      SELECT (GROUP_CONCAT(?x; separator="; ") AS ?all) (GROUP_CONCAT(?y; separator="; ") AS ?none)
      { VALUES ?x { "b" "a" "b" } }"""
    (row,) = table(ox.Store(), text.replace("\n      ", "\n")).terms
    assert row == (ox.Literal("a; b"), None)


def test_line_breaks_of_every_system() -> None:
    assert normalised("\ufeffa\r\nb\rc\n") == "a\nb\nc\n"
