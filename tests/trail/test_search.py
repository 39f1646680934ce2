"""Trails: every link and discrepancy of the graph is in them with its evidence.

Cycles end, limits are told, hard cases come out right.
"""

import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.query import ResultRow

from hrge_kg.errors import InputError
from hrge_kg.graph.store import open_graph
from hrge_kg.labels import natural_key
from hrge_kg.namespaces import expand, shrink, sparql_prologue
from hrge_kg.resources import files
from hrge_kg.sparql import select
from hrge_kg.trail.link_graph import LinkGraph, load
from hrge_kg.trail.model import UNKNOWN_PARTIES, Link, Trail
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers.json_writer import to_json
from hrge_kg.trail.writers.text import CITING, to_text

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
TESTING = "norm:no-mandatory-testing"
COOPERATION = "norm:assistance-not-conditional-on-cooperation"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return open_graph()


@pytest.fixture(scope="module")
def web(store: ox.Store) -> LinkGraph:
    return load(store)


def links(found: Trail | LinkGraph, start: str, kind: str, end: str) -> list[Link]:
    every = found.edges if isinstance(found, Trail) else found.links
    return [
        one for one in every if (shrink(one.start), one.kind, shrink(one.end)) == (start, kind, end)
    ]


def the_link(found: Trail | LinkGraph, start: str, kind: str, end: str) -> Link:
    (one,) = links(found, start, kind, end)
    return one


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


def test_a_path_to_the_treaty(store: ox.Store) -> None:
    found = find_trail(store, COOPERATION, "UNTOC")
    (path,) = found.paths
    assert [shrink(step.target) for step in path] == [
        "provision:tip-article-6",
        "document:tip",
        "document:untoc",
    ]
    assert [one.kind for step in path for one in step.links] == [
        "mentions",
        "part-of",
        "supplements",
    ]
    assert all(step.up for step in path) and "D09" in found.discrepancies


def test_paths_are_simple_shortest_first_and_the_same_both_ways(store: ox.Store) -> None:
    there = find_trail(store, TESTING, "document:rpg", depth=5)
    back = find_trail(store, "document:rpg", TESTING, depth=5)
    lengths = [len(path) for path in there.paths]
    assert lengths == sorted(lengths) and len(lengths) > 1
    for path in there.paths:
        passed = [path[0].origin, *(step.target for step in path)]
        assert len(set(passed)) == len(passed)
    ways = {tuple(step.target for step in path[:-1]) for path in there.paths}
    assert ways == {tuple(step.origin for step in reversed(path[1:])) for path in back.paths}


def test_paths_that_turn_come_only_on_request(store: ox.Store) -> None:
    found = find_trail(store, "norm:safe-return", TESTING, depth=4)
    assert not found.paths and not found.found
    assert found.answer.startswith("No way leads one way. ")
    assert "Chapeau of Guideline 6" in found.answer and "--direction any" in found.answer
    asked = find_trail(store, "norm:safe-return", TESTING, depth=4, direction="any")
    assert asked.paths
    assert all({step.up for step in path} == {True, False} for path in asked.paths)
    number = len(asked.paths)
    assert asked.answer.startswith(f"No way leads one way; these {number} turn at ")


def test_the_answer_says_how_many_ways_lead_there(store: ox.Store) -> None:
    one = find_trail(store, COOPERATION, "UNTOC")
    assert one.answer == "One way leads there."
    assert to_text(one).startswith("One way leads there.\n")
    many = find_trail(store, TESTING, "document:rpg", direction="any", most=200)
    straight = [path for path in many.paths if len({step.up for step in path}) == 1]
    turning = len(many.paths) - len(straight)
    assert straight and turning
    assert many.answer.startswith("Three ways lead there; ")
    assert f"{turning} more turn at " in many.answer
    first = find_trail(store, TESTING, "document:rpg", most=2)
    assert first.answer == "Two ways or more lead there."
    assert not find_trail(store, TESTING).answer


def test_no_path_is_said(store: ox.Store) -> None:
    found = find_trail(store, TESTING, "document:vccr", depth=3)
    assert not found.found
    assert found.answer == "No way of 3 steps or fewer was found between the two."


def test_facts_that_two_documents_share_are_told_of_each(store: ox.Store) -> None:
    text = to_text(find_trail(store, "footnote 64", depth=1))
    assert text.count("published: 2017-11-16 (two or more sources)") == 2
    assert "bear on it as well" in text  # what the editors say is said once


def test_a_depth_that_nothing_reaches_costs_nothing(
    store: ox.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not find_trail(store, "ICCPR 9", "UNTOC", depth=10**9, direction="up").found
    monkeypatch.setattr("hrge_kg.trail.search.MOST_TRIES", 50)
    found = find_trail(store, TESTING, "document:vccr", depth=10**9, direction="any", most=10**9)
    assert found.paths and any(
        "limit of 50 steps tried was reached" in note for note in found.notes
    )
    cut = find_trail(
        store, "norm:safe-return", "document:asean-price", depth=10**9, direction="any"
    )
    assert not any("No path" in note and "limit" in note for note in cut.notes)


def test_notebooks_draw_it(store: ox.Store) -> None:
    found = find_trail(store, TESTING)
    shown = found._repr_mimebundle_()
    assert shown["text/plain"] == to_text(found)
    assert ElementTree.fromstring(shown["image/svg+xml"]).tag.endswith("svg")


def test_limits_reached_are_said(store: ox.Store) -> None:
    assert any(
        "limit of 1 step was reached" in note
        for note in find_trail(store, "document:rpg", depth=1).notes
    )
    assert not any("limit" in note for note in find_trail(store, "document:rpg", depth=6).notes)
    cut = find_trail(store, "document:rpg", most=3)
    assert len(cut.edges) <= 3 and any("limit of 3 links was reached" in note for note in cut.notes)
    few = find_trail(store, TESTING, "document:rpg", most=1)
    assert len(few.paths) == 1 and any("limit of 1 path was reached" in note for note in few.notes)


def test_only_and_without(store: ox.Store) -> None:
    assert {one.kind for one in find_trail(store, TESTING, only=["rests-on", "part-of"]).edges} == {
        "rests-on",
        "part-of",
    }
    assert "limited-by" not in {
        one.kind for one in find_trail(store, TESTING, without=["limited-by"]).edges
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"start": "safe-retrun"}, "norm:safe-return"),
        ({"start": TESTING, "end": "rantzev"}, "document:rantsev"),
        ({"start": "hsh:no-mandatory-testing-concern"}, TESTING),
        ({"start": "hrge:Norm"}, "hrge explain"),
        ({"start": TESTING, "end": TESTING}, "same thing"),
        ({"start": TESTING, "depth": 0}, "1 or more"),
        ({"start": TESTING, "without": ["limits"]}, "limited-by"),
    ],
)
def test_refused(store: ox.Store, arguments: dict[str, object], said: str) -> None:
    with pytest.raises(InputError) as caught:
        find_trail(store, **arguments)  # type: ignore[arg-type]
    assert said in str(caught.value)


def small(turtle: str) -> ox.Store:
    store = ox.Store()
    store.load(input=(sparql_prologue() + turtle).encode(), format=ox.RdfFormat.TURTLE)
    return store


def test_cycles_end() -> None:
    names = "abc"
    rest = " ".join(
        f'provision:{a} a hrge:Provision ; rdfs:label "{a}" ; '
        f"hrge:refersTo {', '.join(f'provision:{b}' for b in names)} ."
        for a in names
    )
    found = find_trail(small(rest), "provision:a")
    assert len(found.edges) == 9
    assert [step.repeated for step in found.up] == [
        True,
        False,
        True,
        True,
        True,
        False,
        True,
        True,
        True,
    ]
    found = find_trail(small(rest), "provision:a", "provision:c", direction="up")
    assert [[shrink(step.target) for step in path] for path in found.paths] == [
        ["provision:c"],
        ["provision:b", "provision:c"],
    ]


def test_a_long_chain_is_walked_to_its_end() -> None:
    steps = 3000
    chain = " ".join(
        f'provision:p{n} a hrge:Provision ; rdfs:label "{n}" ; hrge:refersTo provision:p{n + 1} .'
        for n in range(steps)
    )
    store = small(f'{chain} provision:p{steps} a hrge:Provision ; rdfs:label "end" .')
    found = find_trail(store, "provision:p0", depth=steps, most=steps)
    assert len(found.edges) == steps and len(to_text(found).splitlines()) > steps


def test_text_and_json_tell_the_same(store: ox.Store) -> None:
    for name in (TESTING, "document:rpg", "ICCPR 9"):
        found = find_trail(store, name)
        told = json.loads(to_json(found))
        assert len(told["edges"]) == len(found.edges) and len(told["nodes"]) == len(found.nodes)
        ids = {node["id"] for node in told["nodes"]}
        assert all(edge["from"] in ids and edge["to"] in ids for edge in told["edges"])
        assert {key for edge in told["edges"] for key in edge["discrepancies"]} <= {
            one["id"] for one in told["discrepancies"]
        }
        text = to_text(found)
        assert all(
            f"[{shrink(node)}]" in text or shrink(node) in text.splitlines()[1]
            for node in ids
            if "/passage/" not in node
        )
        assert set(told["edges"][0]) == {
            "from", "to", "kind", "label", "evidence", "verification", "editorial",
            "basis", "remark", "citation", "discrepancies",
        }  # fmt: skip
        assert set(told["edges"][0]["evidence"]) == {
            "quote",
            "page",
            "line",
            "footnote",
            "pinpoint",
            "pinpointUnit",
            "character",
            "source",
        }


def test_the_same_every_time(store: ox.Store) -> None:
    assert to_text(find_trail(store, "document:rpg")) == to_text(find_trail(store, "document:rpg"))
    shuffled = ox.Store()
    shuffled.extend(sorted(store, key=str, reverse=True))
    assert to_text(find_trail(shuffled, "document:rpg")) == to_text(
        find_trail(store, "document:rpg")
    )


def test_another_store_gives_the_same_links(store: ox.Store) -> None:
    """queries/trails are plain SPARQL 1.1: rdflib finds the very rows."""
    union = rdflib.Graph()
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in store}
    union.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    for path in [one for one in files("queries/trails", ".rq") if one.name.startswith("links-")]:
        query = path.read_text(encoding="utf-8")
        ours = {tuple(sorted(row.items())) for row in select(store, query)}
        theirs = {
            tuple(sorted((str(name), str(value)) for name, value in row.asdict().items()))
            for row in union.query(query)
            if isinstance(row, ResultRow)
        }
        assert ours == theirs, path.name
        assert ours


def test_natural_order() -> None:
    assert sorted(["article 16(10)", "article 16(9)", "a"], key=natural_key) == [
        "a",
        "article 16(9)",
        "article 16(10)",
    ]
