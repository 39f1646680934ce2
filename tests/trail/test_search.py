"""Searching: paths and their answer, limits, circles, names; the same every time."""

import json
import sys
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.query import ResultRow

from hrge_kg.errors import InputError
from hrge_kg.graph.store import open_graph
from hrge_kg.labels import natural_key
from hrge_kg.namespaces import shrink, sparql_prologue
from hrge_kg.resources import files
from hrge_kg.sparql import select
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers.json_writer import to_json
from hrge_kg.trail.writers.text import to_text

TESTING = "norm:no-mandatory-testing"
COOPERATION = "norm:assistance-not-conditional-on-cooperation"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return open_graph()


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
    steps = sys.getrecursionlimit() + 200
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
