"""Trails through the hard cases of the source text."""

import pyoxigraph as ox
import pytest
from trails import links, the_link

from hrge_kg.graph.store import open_graph
from hrge_kg.namespaces import expand, shrink
from hrge_kg.trail.link_graph import LinkGraph, load
from hrge_kg.trail.model import UNKNOWN_PARTIES
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers.text import to_text

TESTING = "norm:no-mandatory-testing"
COOPERATION = "norm:assistance-not-conditional-on-cooperation"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return open_graph()


@pytest.fixture(scope="module")
def web(store: ox.Store) -> LinkGraph:
    return load(store)


def test_case_1_footnote_57_reaches_6_3_by_the_editors_reading(store: ox.Store) -> None:
    found = find_trail(store, TESTING)
    link = the_link(found, TESTING, "limited-by", "limit:covid-19-testing")
    assert (
        link.editorial
        and link.evidence.footnote == "57"
        and (link.evidence.page, link.evidence.line) == (43, 144)
    )
    assert "footnote 57" in (link.remark or "") and "editors' reading" in (link.remark or "")
    text = " ".join(to_text(found).split())
    assert (
        "editors: Printed elsewhere (footnote 57, page 43, line 144); "
        "that it reaches this norm is the editors' reading." in text
    )
    (note,) = (one for one in found.nodes[link.end].details if one.label == "note")
    assert (
        note.editorial
        and f"editors: note: {note.text}" in text
        and "testing, never confinement" in note.text
    )
    for test in ("necessary", "not arbitrary", "in accordance with law"):
        assert f"test that must be met: {test}" in text


def test_case_1_footnote_57_is_printed_on_the_sentence_of_105_to_110(store: ox.Store) -> None:
    found = find_trail(store, "limit:covid-19-testing")
    printed = the_link(
        found,
        "norm:principle-may-exclude-mandatory-testing",
        "limited-by",
        "limit:covid-19-testing",
    )
    assert (
        not printed.editorial
        and printed.basis == "printed"
        and "mark stands on" in (printed.remark or "")
    )
    assert the_link(found, TESTING, "limited-by", "limit:covid-19-testing").editorial
    own = the_link(found, "norm:covid-testing-conditions", "limited-by", "limit:covid-19-testing")
    assert own.basis == "printed" and "D11" in found.nodes[own.end].discrepancies


def test_a_limit_of_the_same_sentence_is_told_from_one_in_the_norms_own_words(
    web: LinkGraph,
) -> None:
    disclosure = [
        one
        for one in web.links
        if one.kind == "limited-by" and shrink(one.start) == "norm:no-public-disclosure-of-identity"
    ]
    assert disclosure and all(
        one.editorial and "same sentence" in (one.remark or "") for one in disclosure
    )
    assert not the_link(
        web, "norm:privacy-respected-and-protected", "limited-by", "limit:accused-fair-trial"
    ).editorial


def test_case_3_printed_label_is_kept(store: ox.Store) -> None:
    found = find_trail(store, "6.6")
    assert found.nodes[found.start].printed_label == "6. 5."
    assert "printed label: “6. 5.”" in to_text(found)
    assert "D15" in found.discrepancies
    assert (
        the_link(
            found,
            "norm:information-in-language-understood",
            "extracts",
            "provision:rpg-g6-legal-assistance",
        ).evidence.pinpoint
        == "6. 5."
    )


def test_case_4_one_citation_of_two_provisions(store: ox.Store) -> None:
    found = find_trail(store, "CRC 12")
    made = [one for one in found.edges if one.kind == "cites"]
    assert {shrink(one.end) for one in made} == {
        "provision:crc-article-12-1",
        "provision:crc-article-12-2",
    }
    assert {shrink(one.citation or "") for one in made} == {"citation:crc-article-12-1-2"}
    assert all(
        one.evidence.pinpoint == "article 12(1)(2)" and one.discrepancies == ("D12",)
        for one in made
    )
    assert "one citation of several: it cites CRC, article 12(2) as well" in to_text(found)


@pytest.mark.parametrize(
    ("thing", "citation", "key"),
    [
        ("provision:crc-article-40-1", "citation:crc-article-40-1", "D17"),
        ("provision:rpg-guideline-6", "citation:guideline-6-on-consent", "D10"),
        ("provision:gc35-paragraph-18", "citation:general-comment-35-in-summary", "D26"),
        ("document:cmw-gc5", "citation:cmw-general-comment-5-on-children", "D19"),
    ],
)
def test_case_10_a_loose_citation_stays_with_its_discrepancy(
    store: ox.Store, thing: str, citation: str, key: str
) -> None:
    found = find_trail(store, thing, direction="down")
    made = [
        one for one in found.edges if one.citation == expand(citation) and shrink(one.end) == thing
    ]
    assert made and all(key in one.discrepancies and not one.editorial for one in made)
    assert f"{key} " in to_text(found) and found.discrepancies[key].difference in " ".join(
        to_text(found).split()
    )


def test_case_11_secondary_support(store: ox.Store) -> None:
    found = find_trail(store, COOPERATION, direction="up")
    spoken = the_link(found, COOPERATION, "mentions", "provision:tip-article-6")
    assert (
        spoken.evidence.quote == "article 6 of the Trafficking in Persons Protocol"
        and spoken.evidence.character == "as subject"
    )
    rests = the_link(found, COOPERATION, "rests-on", "provision:fs36-14")
    assert rests.evidence.footnote == "58" and not rests.editorial
    second = the_link(found, COOPERATION, "secondary-support", "provision:fs36-14")
    assert second.editorial
    assert all("D09" in one.discrepancies for one in (spoken, rests, second))
    assert not links(found, COOPERATION, "rests-on", "provision:tip-article-6")
    text = to_text(found)
    assert "has secondary support from" in text and "speaks of, not as authority" in text
    assert "whose text does not say it" in " ".join(text.split())


def test_case_13_one_document_under_five_titles(store: ox.Store) -> None:
    found = find_trail(store, "document:rpg", depth=1)
    titles = {
        one.text: (one.page, one.line)
        for one in found.nodes[found.start].details
        if one.label == "printed title"
    }
    assert len(titles) == 5 and titles[
        "Recommended Principles and Guidelines on Human Trafficking and Human Rights"
    ] == (43, 140)
    text = " ".join(to_text(found).split())
    assert all(f"“{title}”" in text for title in titles)
    assert (
        len([one for one in found.nodes.values() if one.type == "document"]) == 2
    )  # itself and the commentary on it
    assert "printed here under 5 titles" in to_text(
        find_trail(store, "guideline 6", direction="up")
    )


def test_words_of_the_norm_come_first_with_their_page(store: ox.Store) -> None:
    assert to_text(find_trail(store, TESTING)).splitlines()[2] == (
        "“they should not be subject to mandatory testing for diseases, including HIV/AIDS.” "
        "(page 45, line 267)"
    )


def test_whether_a_state_is_bound_is_said_once_where_a_force_binds(store: ox.Store) -> None:
    assert to_text(find_trail(store, "ICCPR 9")).count(UNKNOWN_PARTIES) == 1
    assert to_text(find_trail(store, "Rantsev")).count(UNKNOWN_PARTIES) == 1
    assert UNKNOWN_PARTIES not in to_text(find_trail(store, TESTING, direction="up"))


def test_from_a_footnote_and_from_a_topic(store: ox.Store) -> None:
    found = find_trail(store, "footnote 58")
    assert links(found, "passage:toolkit-1.4/footnote-148", "cites", "provision:fs36-14")
    assert links(found, COOPERATION, "supported-in", "passage:toolkit-1.4/footnote-148")
    assert links(
        find_trail(store, "footnote 57"),
        "norm:covid-testing-conditions",
        "printed-in",
        "passage:toolkit-1.4/footnote-143",
    )
    assert links(find_trail(store, "c:health"), TESTING, "about", "c:health")
    assert not [one for one in find_trail(store, TESTING).edges if one.scope]
