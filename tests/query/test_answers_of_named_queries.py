"""What the named queries list: nothing lost, nothing twice."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from asked import asserted, described, rows, table, turtle, turtle_prologue
from other_engines import answer_of_rdflib, rdflib_graph

from hrge_kg.namespaces import shrink
from hrge_kg.resources import root

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


def test_every_norm_is_one_row(graph: ox.Store) -> None:
    found = rows(graph, "norms")
    assert sorted(row["norm"] for row in found) == described("data/norms", "Norm")
    columns = set(table(graph, "norms").columns)
    for row in found:
        blank = columns - set(row)
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
        "topic": "conditions; shelter",
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
    store = turtle(turtle_prologue() + marks)
    (row,) = rows(store, "documents")
    assert row == {
        "document": "document:a",
        "symbol": "A/1",
        "inForce": "2003-12-25",
        "verification": "1",
    }


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
    store = turtle(f"{turtle_prologue()} {thing} .")
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
    store = turtle(turtle_prologue() + norm)
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
