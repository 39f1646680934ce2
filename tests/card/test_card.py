"""Cards: everything that the graph knows of a thing is on its card, and our prose judges nobody."""

import json
import re
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from hrge_kg.card.builder import CardBuilder, explain
from hrge_kg.card.model import Card, Entry
from hrge_kg.card.writers import to_json, to_text
from hrge_kg.errors import InputError
from hrge_kg.graph.store import open_graph
from hrge_kg.namespaces import HRGE, expand, shrink, term_text
from hrge_kg.resources import root
from hrge_kg.sparql import select
from hrge_kg.trail.link_graph import load
from hrge_kg.trail.model import UNKNOWN_PARTIES
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers.text import to_text as trail_text

TESTING = "norm:no-mandatory-testing"
# What our prose never says. (DESIGN.md, promise 3)
JUDGING = re.compile(
    r"\b(violat\w*|breach\w*|illegal\w*|compl(y|ies|ied|iant|iance)"
    r"|pass(es|ed)?|fail(s|ed|ing|ure)?)\b",
    re.IGNORECASE,
)
# Quotations and the W3C's own words keep theirs.
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|\bsh:\w+")


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return open_graph()


@pytest.fixture(scope="module")
def builder(store: ox.Store) -> CardBuilder:
    found = CardBuilder(store, load(store))
    found.read_all()
    return found


def entries(card: Card, label: str) -> list[Entry]:
    return [entry for section in card.sections for entry in section.entries if entry.label == label]


def values(card: Card, label: str) -> set[str]:
    return {entry.value for entry in entries(card, label)}


def all_entries(found: tuple[Entry, ...]) -> Iterator[Entry]:
    for entry in found:
        yield entry
        yield from all_entries(entry.details)


def iris_of(store: ox.Store, pattern: str) -> list[str]:
    return sorted(
        {row["x"] for row in select(store, f"SELECT ?x WHERE {{ {pattern} FILTER(isIRI(?x)) }}")}
    )


def test_norm(store: ox.Store) -> None:
    card = explain(store, "no-mandatory-testing")
    assert (card.label, card.kind) == (
        "No mandatory testing for diseases, including HIV/AIDS",
        "recommendation",
    )
    (words,) = entries(card, "words")
    assert words.quotation and (words.page, words.line) == (45, 267)
    exact = {one.label: one.value for one in words.details}
    assert (
        exact["exact text"]
        == "they should not be subject to mandatory testing \nfor diseases, including HIV/AIDS."
    )
    assert (
        exact["characters of the file"] == "11532 to 11614"
        and len(exact["SHA-256 of the exact text"]) == 64
    )
    assert values(card, "operator") == {"forbids"} and values(card, "wording") == {"should"}
    assert values(card, "voice") == {"extract"} and values(card, "force") == {"soft law"}
    assert values(card, "topic") == {"health", "consent"} and values(card, "beneficiary") == {
        "trafficked persons"
    }
    assert values(card, "printed addressee") == {"States"}
    assert values(card, "printed addressee, where applicable") == {
        "intergovernmental organizations",
        "non-governmental organizations",
    }
    assert values(card, "checkability") == {"meet or flag"} and entries(card, "why")
    assert "Is any medical test compulsory (say which)?" in values(card, "question asked")
    assert "Which people are in the group?" in values(
        card, "question that settles whether it applies"
    )
    assert values(card, "applies to") == {"trafficked persons"}
    (limit,) = (
        one for one in entries(card, "limit") if one.iri == expand("limit:covid-19-testing")
    )
    inside = {(one.label, one.value) for one in limit.details}
    assert {
        ("ground", "public health emergency"),
        ("covers only", "COVID-19 test"),
        ("test that must be met", "necessary"),
    } <= inside
    assert "editors' reading" in (limit.remark or "")
    shapes = {
        shrink(one.iri or ""): one.remark or ""
        for check in entries(card, "check")
        for one in check.details
        if one.label == "shape"
    }
    assert (
        "outcome: concern" in shapes["hsh:no-mandatory-testing-concern"]
        and "outcome: met" in shapes["hsh:no-mandatory-testing-met"]
    )
    assert {"D20", "D40", "D41"} <= {one.key for one in card.discrepancies}
    assert card.links is not None
    kinds = {one.kind for one in card.links.edges}
    assert {"rests-on", "extracts", "limited-by", "placed-under", "stricter-than"} <= kinds


def test_bearer_is_the_editors_reading_where_no_addressee_is_printed(store: ox.Store) -> None:
    (bearer,) = entries(explain(store, "protection-for-all-without-discrimination"), "bearer")
    assert (bearer.value, bearer.remark) == (
        "States",
        "the editors' reading: no addressee is printed",
    )
    printed = {one.value: one.remark for one in entries(explain(store, TESTING), "bearer")}
    assert printed["States"] == "printed as addressee"
    assert printed["non-governmental organizations"] == "printed as addressee, where applicable"


def test_wording_of_a_chapeau_is_told_from_the_norms_own(store: ox.Store) -> None:
    assert (
        entries(explain(store, "informed-of-consular-access"), "wording")[0].remark
        == "from the chapeau"
    )
    assert entries(explain(store, TESTING), "wording")[0].remark is None


def test_readings_with_the_adopted_one_first(store: ox.Store) -> None:
    found = entries(explain(store, "consular-provisions-not-for-asylum-seekers"), "reading")
    assert len(found) > 2
    assert [one.remark for one in found] == ["adopted by the editors"] + ["kept, not adopted"] * (
        len(found) - 1
    )
    assert ("reason", "Would not apply removes; it adds no duty and no prohibition.") in {
        (one.label, one.value) for one in found[0].details
    }


def test_exceptions(store: ox.Store) -> None:
    card = explain(store, "informed-of-consular-access")
    assert values(card, "for review where some or all are") == {"asylum-seekers"}
    assert values(card, "not applicable where all are") == {"asylum-seekers only"}
    assert values(card, "exception stated by") == {
        "Consular provisions do not apply to trafficked asylum-seekers"
    }
    dimensions = {
        shrink(one.iri or "") for one in entries(card, "question that settles whether it applies")
    }
    assert {
        "scheme:status",
        "scheme:asylum",
    } <= dimensions  # that of the norm, and that of its exception


def test_provision_keeps_its_printed_label(store: ox.Store) -> None:
    """Hard case 3."""
    card = explain(store, "6.6")
    assert values(card, "printed label") == {"6. 5."} and values(card, "number") == {"6.6"}
    assert [one.key for one in card.discrepancies] == ["D15"]


def test_document_shows_facts_with_their_marks_and_every_printed_title(store: ox.Store) -> None:
    """Hard case 13."""
    card = explain(store, "document:rpg")
    assert len(values(card, "printed title")) == 5 and all(
        one.quotation and one.page for one in entries(card, "printed title")
    )
    assert [(one.value, one.remark) for one in entries(card, "symbol")] == [
        ("E/2002/68/Add.1", "two or more sources")
    ]
    assert entries(explain(store, "document:cmw-gc5"), "symbol")[0].remark == "unverified"
    assert {"D10", "D31", "D49"} <= {one.key for one in card.discrepancies}


def test_a_document_shows_its_other_names_with_what_else_they_mean(store: ox.Store) -> None:
    names = {
        one.value: one.remark for one in entries(explain(store, "TIP Protocol"), "also called")
    }
    assert names["TIP Protocol"] == "two or more sources"
    assert names["Palermo Protocol"] == (
        "two or more sources; may also mean the Firearms Protocol (A/RES/55/255)"
    )
    unsure = {one.value: one.remark for one in entries(explain(store, "som"), "also called")}
    assert unsure["SOM Protocol"] == "unverified"


@pytest.mark.parametrize(
    ("name", "label", "address", "remark"),
    [
        (
            "2237 UNTS 319",
            "status at the depositary",
            "https://treaties.un.org/Pages/ShowMTDSGDetails.aspx?src=UNTSONLINE&tabid=2"
            "&mtdsg_no=XVIII-12-a&chapter=18&lang=en",
            "one source; in a copy of 2024-04-20",
        ),
        (
            "UNCRC",
            "can be read at",
            "https://www.ohchr.org/en/instruments-mechanisms/instruments/convention-rights-child",
            "text; two or more sources; in a copy without a date",
        ),
        (
            "25965/04",
            "can be read at",
            "https://hudoc.echr.coe.int/eng?i=001-96549",
            "HUDOC, in English; one source; in a copy without a date",
        ),
    ],
)
def test_where_a_document_can_be_read(
    store: ox.Store, name: str, label: str, address: str, remark: str
) -> None:
    card = explain(store, name)
    assert {one.value: one.remark for one in entries(card, label)}[address] == remark
    text = " ".join(to_text(card).split())
    assert f"{label}: {address} ({remark})" in text and "need not answer today" in text


def test_every_treaty_links_the_page_of_its_depositary(store: ox.Store) -> None:
    treaties = iris_of(store, "?x hrge:force c:treaty ; hrge:documentKind ?k")
    assert len(treaties) == 8
    for iri in treaties:
        assert entries(explain(store, iri), "status at the depositary"), iri


def test_what_is_to_be_said_of_a_name_is_on_the_card(store: ox.Store) -> None:
    card = explain(store, "Article 9(1) of the ICCPR")
    assert shrink(card.id) == "provision:iccpr-article-9"
    (note,) = card.notes
    assert note == (
        "“Article 9(1) of the ICCPR” is not in the graph; this is what it is a part of: "
        "ICCPR, article 9."
    )
    assert to_text(card).startswith("“Article 9(1) of the ICCPR” is not in the graph")
    assert json.loads(to_json(card))["notes"] == [note]
    assert explain(store, "ICCPR 9").notes == ()


def test_what_the_section_describes_is_on_the_card_of_the_norm(store: ox.Store) -> None:
    card = explain(store, "opportunity-for-feedback")
    (risk,), (concern,), (response,) = (
        entries(card, label) for label in ("risk", "concern", "response")
    )
    assert (
        risk.quotation
        and (risk.page, risk.line) == (48, 503)
        and risk.value.startswith("If victim feedback is not sought")
    )
    assert [(one.quotation, one.page, one.line) for one in (concern, response)] == [
        (True, 48, 499),
        (True, 48, 503),
    ]
    assert shrink(risk.iri or "") == "practice:resources-wasted-without-feedback"


def test_a_practice_has_a_card_with_the_norms_it_bears_on(store: ox.Store) -> None:
    card = explain(store, "men-and-boys-denied-assistance")
    assert card.kind == "practice"
    assert "Men and boys not denied assistance for want of shelters" in values(card, "bears on")
    assert [(one.value, one.remark) for one in entries(card, "gender")] == [
        ("burdens men and boys", "the editors' sorting")
    ]


def test_secondary_support_is_on_the_card(store: ox.Store) -> None:
    """Hard case 11."""
    text = " ".join(to_text(explain(store, "assistance-not-conditional-on-cooperation")).split())
    assert (
        "has secondary support from" in text
        and "speaks of, not as authority: Trafficking in Persons Protocol, article 6" in text
    )
    assert "D09 Non-conditionality tied to article 6" in text and text.count(UNKNOWN_PARTIES) == 1


def test_one_citation_of_two_provisions(store: ox.Store) -> None:
    """Hard case 4."""
    card = explain(store, "citation:crc-article-12-1-2")
    assert values(card, "cites") == {"CRC, article 12(1)", "CRC, article 12(2)"}
    assert values(card, "pinpoint") == {"article 12(1)(2)"} and [
        one.key for one in card.discrepancies
    ] == ["D12"]


def test_shape(store: ox.Store) -> None:
    card = explain(store, "no-mandatory-testing-concern")
    assert values(card, "norm") == {"No mandatory testing for diseases, including HIV/AIDS"}
    assert values(card, "generated from") == {"check:no-mandatory-testing"} and values(
        card, "severity"
    ) == {"sh:Warning"}
    assert values(card, "message") == {
        "The answer is not the one that the norm asks for. Is any medical test compulsory "
        "(say which)?"
    }
    assert values(card, "outcome") == {"concern"}
    (fires,) = entries(card, "when it fires")
    assert "each statement about “compulsory test”" in fires.value
    assert fires.iri == expand("hsh:no-mandatory-testing-beyond-limits-matcher")
    (silent,) = entries(explain(store, "no-mandatory-testing-silent"), "when it fires")
    assert silent.value.startswith("Where no statement about “compulsory test”")


def test_every_shape_with_an_outcome_says_when_it_fires(store: ox.Store) -> None:
    derived = (root() / "queries" / "explain" / "derived.rq").read_text(encoding="utf-8")
    said = {row["thing"] for row in select(store, derived) if row["label"] == "when it fires"}
    assert said == set(iris_of(store, "?x a sh:PropertyShape ; hrge:outcome ?o"))


def test_check_aspect_concept_limit(store: ox.Store) -> None:
    check = explain(store, "check:no-mandatory-testing")
    assert (
        values(check, "wants the answer") == {"no"}
        and values(check, "of") == {"test for a disease"}
        and values(check, "what can be done")
    )
    aspect = explain(store, "compulsory-test")
    assert values(aspect, "question") == {
        "Is any medical test compulsory (say which)?"
    } and entries(aspect, "why it is asked")
    assert all(
        one.page for one in entries(aspect, "words")
    ) and "check:no-mandatory-testing" in values(aspect, "check")
    concept = explain(store, "c:disease-test")
    assert "HIV test" in values(concept, "narrower") and "any medical test" in values(
        concept, "broader"
    )
    limit = explain(store, "covid-19-testing")
    assert "No mandatory testing for diseases, including HIV/AIDS" in values(limit, "limits")
    assert values(limit, "test that must be met") == {
        "necessary",
        "not arbitrary",
        "in accordance with law",
    }


@pytest.mark.parametrize(
    "pattern",
    [
        "?x a hrge:Norm",
        "?x a hrge:Limit",
        "?x hrge:documentKind ?k",
        "?x a hrge:Citation",
        "?x a hrge:Check",
        "?x a hrge:Discrepancy",
    ],
)
def test_nothing_that_is_stated_is_missing(
    store: ox.Store, builder: CardBuilder, pattern: str
) -> None:
    """Every literal of ours and every thing that the graph ties to it is on the card."""
    technical = {
        expand(f"hrge:{name}")
        for name in (
            "quotePrefix",
            "wordingKind",
            "documentKind",
            "anchor",
            "fact",
            "printedAs",
            "cites",
        )
    }
    for iri in iris_of(store, pattern):
        found = [one for section in builder.sections(iri) for one in all_entries(section.entries)]
        shown = {one.value for one in found} | {one.iri for one in found}
        linked = {link.end for link in builder.link_graph.links_of(iri, up=True)}
        for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
            if not quad.predicate.value.startswith(HRGE) or quad.predicate.value in technical:
                continue
            if isinstance(quad.object, ox.BlankNode):  # a nested quotation is shown by its words
                quotes = store.quads_for_pattern(quad.object, HRGE("quote"), None, None)
                told = {term_text(quote.object) for quote in quotes}
            else:
                assert isinstance(quad.object, (ox.NamedNode, ox.Literal))
                told = {quad.object.value}
            assert told and told <= shown | linked, (
                shrink(iri),
                str(quad.predicate),
                str(quad.object),
            )


def test_json_holds_the_card(store: ox.Store) -> None:
    card = explain(store, TESTING)
    told = json.loads(to_json(card))
    assert set(told) == {"id", "label", "kind", "sections", "links", "discrepancies", "notes"}
    assert [section["heading"] for section in told["sections"]] == [
        section.heading for section in card.sections
    ]
    assert told["links"]["edges"] and {one["id"] for one in told["discrepancies"]} == {
        one.key for one in card.discrepancies
    }


def test_unknown_name_is_refused(store: ox.Store) -> None:
    with pytest.raises(InputError, match="norm:safe-return"):
        explain(store, "safe-retrun")


def prose_of(entry: Entry) -> Iterator[str]:
    yield entry.label
    yield entry.remark or ""
    if not entry.quotation and entry.label not in ("description", "SHA-256 of the exact text"):
        yield entry.value


# Passages, citations and documents carry the source's words and titles; these carry ours.
OURS = [
    "?x a hrge:Norm",
    "?x a hrge:Limit",
    "?x a hrge:Chapeau",
    "?x a hrge:Check",
    "?x a hrge:Provision",
    "?x a hrge:Discrepancy",
    OUTCOME_SHAPE := "?x a sh:PropertyShape ; hrge:outcome ?o",
    "?x hrge:question ?q",
]
EVERY = 25  # of the outcome shapes, which are thousands and made by one generator


@pytest.mark.parametrize("pattern", OURS)
def test_a_builder_that_has_read_all_gives_the_same(
    store: ox.Store, builder: CardBuilder, pattern: str
) -> None:
    """What other tests find on its cards is on the card that a person asks for alone."""
    alone = CardBuilder(store, load(store))
    found = iris_of(store, pattern)
    assert found
    for iri in found[:: max(1, len(found) // 5)]:
        assert builder.card(iri) == alone.card(iri), iri


@pytest.mark.parametrize("pattern", OURS)
def test_prose_judges_nobody(store: ox.Store, builder: CardBuilder, pattern: str) -> None:
    found = iris_of(store, pattern)
    assert found
    for iri in found[::EVERY] if pattern == OUTCOME_SHAPE else found:
        for section in builder.sections(iri):
            for entry in all_entries(section.entries):
                for text in prose_of(entry):
                    assert not JUDGING.search(QUOTED.sub("", text)), (shrink(iri), text)


def test_no_text_of_an_outcome_shape_judges_anybody(store: ox.Store) -> None:
    texts = f"SELECT DISTINCT ?text {{ {OUTCOME_SHAPE} ; ?p ?text FILTER(isLiteral(?text)) }}"
    found = [row["text"] for row in select(store, texts)]
    assert len(found) > 1000
    assert [text for text in found if JUDGING.search(QUOTED.sub("", text))] == []


@pytest.mark.parametrize("name", ["document:rpg", "ICCPR 9", TESTING, "footnote 65", "c:health"])
def test_prose_of_a_trail_judges_nobody(store: ox.Store, name: str) -> None:
    text = QUOTED.sub("", " ".join(trail_text(find_trail(store, name)).split()))
    assert not JUDGING.search(text), JUDGING.search(text)


def test_prose_of_our_queries_judges_nobody() -> None:
    for folder in ("trails", "explain"):
        for path in sorted((root() / "queries" / folder).glob("*.rq")):
            for text in re.findall(r"\"([^\"]*)\"", path.read_text(encoding="utf-8")):
                assert not JUDGING.search(text), (path.name, text)


def test_the_prose_test_sees_a_judging_word() -> None:
    assert JUDGING.search(QUOTED.sub("", "This fails. “It may fail.”"))
    assert not JUDGING.search(
        QUOTED.sub("", "“It will always violate”; sh:Violation; footnote, passage")
    )
