"""What hrge writes as JSON-LD, as PyLD reads it: compacted, framed and expanded again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyld import jsonld

from hrge_kg.errors import InputError
from hrge_kg.form.convert import convert
from hrge_kg.form.jsonld_context import context
from hrge_kg.form.readers import read_one
from hrge_kg.form.readers.jsonld_parser import read_json_ld
from hrge_kg.form.slots import SLOTS
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.resources import root
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers import write
from hrge_kg.trail.writers.rdf import to_graph

Written = list[dict[str, Any]]
EXAMPLES = sorted(path.stem for path in (root() / "data/programmes").glob("*.yaml"))


@pytest.fixture(scope="module")
def written(vocabulary: Vocabulary) -> Callable[[str], Written]:
    """An example as `hrge convert` writes it."""

    def convert_example(name: str) -> Written:
        description = read_one(root() / f"data/programmes/{name}.yaml", vocabulary)
        found: Written = json.loads(convert(description, "jsonld", vocabulary).content)
        return found

    return convert_example


@pytest.fixture(scope="module")
def own_context(vocabulary: Vocabulary) -> dict[str, Any]:
    return dict(context(vocabulary))


def triples(document: Any) -> set[ox.Triple]:
    quads = jsonld.to_rdf(document, {"format": "application/n-quads"})
    return {quad.triple for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS)}


def stated(name: str, vocabulary: Vocabulary) -> set[ox.Triple]:
    description = read_one(root() / f"data/programmes/{name}.yaml", vocabulary)
    return {ox.Triple(*triple) for triple in description.triples}


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_thing_is_one_object_with_its_type(
    name: str, written: Callable[[str], Written]
) -> None:
    things = written(name)
    names = [thing["@id"] for thing in things]
    assert names == sorted(set(names))
    assert all(thing["@type"] for thing in things)
    assert "22-rdf-syntax-ns#type" not in json.dumps(things)


@pytest.mark.works_with(
    "PyLD",
    tried="the JSON-LD of every example, compacted",
    result="has the keys and words of the form; comes back as the same triples",
)
@pytest.mark.parametrize("name", EXAMPLES)
def test_it_compacts_to_the_keys_of_the_form_and_comes_back(
    name: str,
    written: Callable[[str], Written],
    own_context: dict[str, Any],
    vocabulary: Vocabulary,
) -> None:
    things = written(name)
    compacted = jsonld.compact(things, own_context)
    used = {key for thing in compacted["@graph"] for key in thing}
    slots = {key for name, slot in SLOTS.items() for key in (name, slot.property)}
    ours = {"id", "type", "label", "serves", "has", "hasNot", "only", *slots}
    assert used <= ours | set(vocabulary.aspects)
    for thing in compacted["@graph"]:
        assert all(word in vocabulary.concepts for word in thing.get("has", ()))
    assert triples(things) == triples(compacted) == stated(name, vocabulary)


@pytest.mark.works_with(
    "PyLD",
    tried="the JSON-LD of an example, framed by type",
    result="one tree; comes back as the same triples",
)
def test_it_frames_by_type(
    written: Callable[[str], Written], own_context: dict[str, Any], vocabulary: Vocabulary
) -> None:
    frame = {"@context": own_context, "type": "Programme", "@embed": "@always"}
    framed = jsonld.frame(written("closed-shelter"), frame)
    assert framed["label"] == "Closed shelter for women"
    assert framed["has"] == ["state-body"]
    women = next(group for group in framed["serves"] if group["label"] == "women")
    assert {"adult", "female", "identified-victim"} <= set(women["has"])
    assert framed["compulsory-test"]["of"] == "hiv-test"
    assert framed["compulsory-test"]["on"] == "2025-03-01"
    assert triples(framed) == stated("closed-shelter", vocabulary)


def test_what_pyld_compacted_is_read_again(
    tmp_path: Path,
    written: Callable[[str], Written],
    own_context: dict[str, Any],
    vocabulary: Vocabulary,
) -> None:
    file = tmp_path / "compacted.jsonld"
    compacted = jsonld.compact(written("closed-shelter"), own_context)
    file.write_text(json.dumps(compacted), encoding="utf-8")
    read = read_one(file, vocabulary)
    assert {ox.Triple(*triple) for triple in read.triples} == stated("closed-shelter", vocabulary)


@pytest.mark.works_with(
    "PyLD",
    room="trail",
    tried="a trail as JSON-LD, framed by type",
    result="the trail with its links; comes back as the same triples",
)
def test_a_trail_frames_to_its_links_and_comes_back(
    graph: ox.Store, own_context: dict[str, Any]
) -> None:
    trail = find_trail(graph, "norm:no-mandatory-testing")
    things = json.loads(write(trail, "jsonld"))
    names = [thing["@id"] for thing in things]
    assert names == sorted(set(names))
    framed = jsonld.frame(things, {"@context": own_context, "type": "Trail", "@embed": "@always"})
    (members,) = [value for key, value in framed.items() if key.endswith("hadMember")]
    assert len(members) == len(trail.edges)
    assert {link["linkKind"] for link in members} == {link.kind for link in trail.edges}
    lines = to_graph(trail).serialize(format="nt")
    expected = {quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)}
    assert triples(things) == triples(jsonld.compact(things, own_context)) == expected


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('"@id": ["a", "b"],', "“@id” is not followed by a text"),
        ('"@id": null,', "“@id” is not followed by a text"),
        ('"@type": 3,', "“@type” is not followed by a text, or a list of texts"),
        ('"@type": [["hrge:Programme"]],', "“@type” is not followed by a text, or a list"),
        ('"a:b": {"@value": ["x"]},', "“@value” is followed by a list or an object"),
        ('"a:b": {"@value": "x", "@type": ["a:c"]},', "“@type” is not followed by a text"),
        ('"a:b": {"@value": "x", "@language": 3},', "“@language” is not followed by a text"),
        ('"a:b": {"@value": "x", "a:c": "y"},', "“a:c” stands beside “@value”"),
        ('"a:b": {"@value": "x", "@type": "a:c", "@language": "en"},', "a type and a language"),
    ],
)
def test_what_no_keyword_may_hold_is_refused_with_its_line(line: str, problem: str) -> None:
    text = f'[{{\n"a:d": "e",\n{line}\n"a:f": "g"\n}}]'
    with pytest.raises(InputError) as refused:
        read_json_ld(text, "a.jsonld", {})
    assert refused.value.line == 3
    assert problem in refused.value.problem


@pytest.mark.parametrize(
    ("text", "line"), [('[\n{"a:b": "c"},\n"word"\n]', 3), ('[\n[\n{"a:b": "c"}\n]\n]', 3)]
)
def test_what_is_no_object_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(InputError, match="must be an object") as refused:
        read_json_ld(text, "a.jsonld", {})
    assert refused.value.line == line
