"""Every statement and citation of the graph is a link, with its words and their place."""

import pyoxigraph as ox
import pytest
from trails import the_link

from hrge_kg.graph.store import open_graph
from hrge_kg.namespaces import shrink, sparql_prologue
from hrge_kg.sparql import select
from hrge_kg.trail.link_graph import LinkGraph, load
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers.text import CITING

# What the graph states as one property, and the kind of link that it must become. Written out here
# once more, so that a row lost in queries/trails is seen.
KINDS = {
    "restsOn": "rests-on",
    "mentions": "mentions",
    "secondarySupport": "secondary-support",
    "limit": "limited-by",
    "governedBy": "governed-by",
    "placedUnder": "placed-under",
    "exceptionBy": "exception-by",
    "meansFor": "means-for",
    "restates": "restates",
    "specialises": "specialises",
    "stricterThan": "stricter-than",
    "intersects": "intersects",
    "interprets": "interprets",
    "appliesProvision": "applies",
    "supplements": "supplements",
    "commentsOn": "comments-on",
    "refersTo": "refers-to",
    "partOf": "part-of",
    "topic": "about",
}


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return open_graph()


@pytest.fixture(scope="module")
def web(store: ox.Store) -> LinkGraph:
    return load(store)


@pytest.mark.parametrize(("name", "kind"), KINDS.items(), ids=KINDS.values())
def test_every_statement_of_the_graph_is_a_link(
    store: ox.Store, web: LinkGraph, name: str, kind: str
) -> None:
    of = "norms" if name in ("limit", "topic") else "provisions" if name == "partOf" else "all"
    classes = {
        "norms": "FILTER EXISTS { ?s a hrge:Norm }",
        "provisions": "FILTER EXISTS { ?s a hrge:Provision }",
        "all": "",
    }
    stated = {
        (row["s"], row["o"])
        for row in select(store, f"SELECT ?s ?o WHERE {{ ?s hrge:{name} ?o {classes[of]} }}")
    }
    assert {(one.start, one.end) for one in web.links if one.kind == kind} == stated


@pytest.mark.parametrize(("name", "kind"), KINDS.items(), ids=KINDS.values())
def test_every_property_makes_its_link(name: str, kind: str) -> None:
    """Whether or not the data use it today."""
    norm = name not in (
        "interprets",
        "appliesProvision",
        "supplements",
        "commentsOn",
        "refersTo",
        "partOf",
    )
    ends = {
        "limit": "hrge:Limit",
        "governedBy": "hrge:Chapeau",
        "placedUnder": "hrge:Chapeau",
        "topic": "skos:Concept",
    }
    end = ends.get(name, "hrge:Norm" if norm else "hrge:Provision")
    words = 'hrge:quote "words" ; hrge:anchor anchor:a'
    made = load(
        small(f"""anchor:a hrge:page 1 ; hrge:line 2 ; hrge:inPassage passage:p .
          norm:a a {"hrge:Norm" if norm else "hrge:Provision"} ; rdfs:label "a" ; {words} ;
            hrge:{name} norm:b .
          norm:b a {end} ; rdfs:label "b" ; skos:prefLabel "b" ;
            skos:inScheme scheme:topic ; {words} .""")
    )
    assert [one.kind for one in made.links if one.kind not in ("words-of", "printed-in")] == [kind]


def test_every_citation_is_a_link_with_its_evidence(store: ox.Store, web: LinkGraph) -> None:
    query = """SELECT ?c ?cited ?quote ?page ?line ?character ?footnote ?pinpoint ?unit WHERE {
      ?c a hrge:Citation ; hrge:cited ?cited ; hrge:quote ?quote ;
        hrge:character/skos:prefLabel ?character ; hrge:anchor ?a .
      ?a hrge:page ?page ; hrge:line ?line
      OPTIONAL { ?c hrge:footnote ?footnote } OPTIONAL { ?c hrge:pinpoint ?pinpoint }
      OPTIONAL { ?c hrge:pinpointUnit/skos:prefLabel ?unit } }"""
    stated = list(select(store, query))
    assert len(stated) > 60
    for row in stated:
        made = [
            one
            for one in web.links
            if one.citation == row["c"] and one.kind in CITING and one.end == row["cited"]
        ]
        assert made, row["c"]
        for one in made:
            evidence = one.evidence
            assert (evidence.quote, evidence.page, evidence.line) == (
                row["quote"],
                int(row["page"]),
                int(row["line"]),
            )
            assert (evidence.character, evidence.footnote) == (
                row["character"],
                row.get("footnote"),
            )
            assert (evidence.pinpoint, evidence.pinpoint_unit) == (
                row.get("pinpoint"),
                row.get("unit"),
            )


def test_what_is_quoted_or_printed_as_an_extract_is_told_apart(web: LinkGraph) -> None:
    characters = {
        kind: {one.evidence.character for one in web.links if one.kind == kind} for kind in CITING
    }
    assert characters["quotes"] == {"as quotation"} and characters["extracts"] == {"as extract"}
    assert not characters["cites"] & {"as quotation", "as extract"}


def test_every_link_that_the_section_prints_has_its_words_and_place(web: LinkGraph) -> None:
    printed = [one for one in web.links if one.basis == "printed"]
    assert len(printed) > 300
    for one in printed:
        assert one.evidence.page and one.evidence.line, one
        assert one.evidence.quote or (one.kind == "footnoted" and one.evidence.footnote), one
    assert all(one.citation for one in printed if one.kind == "rests-on")


def test_authority_in_a_footnote_is_shown_with_it(store: ox.Store) -> None:
    rests = the_link(
        find_trail(store, "Rantsev"),
        "norm:principle-of-protecting-lives",
        "rests-on",
        "provision:rantsev-paragraph-286",
    )
    assert (rests.evidence.footnote, rests.evidence.pinpoint, rests.evidence.line) == (
        "55",
        "para 286",
        96,
    )
    quoted, summed = (
        the_link(
            find_trail(store, f"norm:{norm}"),
            f"norm:{norm}",
            "rests-on",
            "provision:gc35-paragraph-18",
        ).evidence.footnote
        for norm in ("detention-justified", "children-never-detained")
    )
    assert (quoted, summed) == ("62", "65")


def test_every_norm_that_a_citation_supports_cites_it(store: ox.Store, web: LinkGraph) -> None:
    query = "SELECT ?c ?norm ?cited WHERE { ?c hrge:supports ?norm ; hrge:cited ?cited }"
    stated = {(row["norm"], row["cited"], row["c"]) for row in select(store, query)}
    assert stated <= {(one.start, one.end, one.citation) for one in web.links if one.kind in CITING}


def test_every_discrepancy_is_on_what_it_concerns(store: ox.Store, web: LinkGraph) -> None:
    query = "SELECT ?thing ?key WHERE { ?d hrge:concerns ?thing ; dcterms:identifier ?key }"
    for row in select(store, query):
        if row["thing"] in web.nodes:
            assert row["key"] in web.nodes[row["thing"]].discrepancies, row
        else:
            made = [one for one in web.links if one.citation == row["thing"]]
            assert made and all(row["key"] in one.discrepancies for one in made), row


def test_a_trail_keeps_what_the_web_has(store: ox.Store, web: LinkGraph) -> None:
    found = find_trail(store, "document:rpg", direction="down", depth=2)
    assert set(found.edges) <= set(web.links)
    near = {
        one
        for one in web.links
        if shrink(one.end) in ("document:rpg", "provision:rpg-guideline-6") and not one.scope
    }
    assert near <= set(found.edges)
    keys = {key for one in (*found.nodes.values(),) for key in one.discrepancies} | {
        key for one in found.edges for key in one.discrepancies
    }
    assert set(found.discrepancies) == keys and keys


def small(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load(input=(sparql_prologue() + turtle).encode(), format=ox.RdfFormat.TURTLE)
    return store
