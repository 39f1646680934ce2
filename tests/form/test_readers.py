"""Descriptions in every format: what is read, and that nothing is ever fetched."""

from __future__ import annotations

import io
import json
import socket
import sys
import warnings
from pathlib import Path

import pyoxigraph as ox
import pytest
from paths import FIXTURES

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.preparation import background, check_description, entailed
from hrge_kg.assessment.shacl import data_graph
from hrge_kg.errors import InputError
from hrge_kg.form.description import Description
from hrge_kg.form.jsonld_context import CONTEXT_IRI, context, document
from hrge_kg.form.readers import read_file
from hrge_kg.form.readers.rdf_reader import parse_rdf, read_rdf
from hrge_kg.form.readers.turtle_parser import read_triples
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.form.writers.rdf_writer import to_turtle
from hrge_kg.namespaces import HRGE, PROGRAMME, RDFS, SKOS
from hrge_kg.resources import files

FOLDER = FIXTURES / "descriptions"
VALID = sorted((FOLDER / "valid").iterdir())
EXAMPLES = files("data/programmes", ".yaml")
A_SHELTER = FOLDER / "valid" / "small-shelter.yaml"


@pytest.fixture(scope="module")
def known(graph: ox.Store) -> list[ox.Quad]:
    return background(graph)


def read_and_check(path: Path, vocabulary: Vocabulary, known: list[ox.Quad]) -> list[Description]:
    found = read_file(path, vocabulary)
    for description in found:
        check_description(description, entailed(description, known))
    return found


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.name)
def test_good_input_is_read(path: Path, vocabulary: Vocabulary, known: list[ox.Quad]) -> None:
    for description in read_and_check(path, vocabulary, known):
        nodes = {
            subject.value
            for subject, _, _ in description.triples
            if isinstance(subject, ox.NamedNode)
        }
        assert len({subject for subject, _, _ in description.triples}) == len(nodes), (
            "no blank node is left"
        )
        assert nodes == set(description.places)
        assert all(place.line for place in description.places.values())
        assert description.title


@pytest.mark.parametrize("ending", [".ttl", ".jsonld", ".nt"])
def test_every_format_gives_the_same_graph(ending: str, vocabulary: Vocabulary) -> None:
    form = read_form(A_SHELTER, vocabulary)
    if ending == ".nt":
        text = ox.serialize(
            [ox.Triple(*triple) for triple in form.triples], format=ox.RdfFormat.N_TRIPLES
        )
        assert text is not None
        found = parse_rdf(text.decode(), "a.nt", ending, vocabulary)
    else:
        found = read_rdf(A_SHELTER.with_suffix(ending), vocabulary)
    assert [(d.programme, d.title) for d in found] == [(form.programme, form.title)]
    assert set(found[0].triples) == set(form.triples)


@pytest.mark.parametrize(
    ("ending", "lines"),
    [
        (
            ".yaml",
            {
                "": 2,
                "group/men": 7,
                "statement/leaving-restricted-1": 10,
                "statement/turned-away-1": 12,
            },
        ),
        (
            ".ttl",
            {
                "": 7,
                "group/men": 30,
                "statement/leaving-restricted-1": 12,
                "statement/turned-away-1": 22,
            },
        ),
        (
            ".jsonld",
            {
                "": 1,
                "group/men": 9,
                "statement/leaving-restricted-1": 12,
                "statement/turned-away-1": 23,
            },
        ),
    ],
)
def test_every_format_knows_its_lines(
    ending: str, lines: dict[str, int], vocabulary: Vocabulary
) -> None:
    description = read_file(A_SHELTER.with_suffix(ending), vocabulary)[0]
    start = description.programme
    found = {name: description.place(f"{start}/{name}" if name else start) for name in lines}
    assert {name: place and place.line for name, place in found.items()} == lines


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("ending", [".ttl", ".nt", ".jsonld"])
def test_the_examples_survive_the_way_there_and_back(
    path: Path, ending: str, vocabulary: Vocabulary
) -> None:
    form = read_form(path, vocabulary)
    formats = {".nt": ox.RdfFormat.N_TRIPLES, ".jsonld": ox.RdfFormat.JSON_LD}
    if ending == ".ttl":
        text = to_turtle(form)
    else:
        written = ox.serialize(
            [ox.Triple(*triple) for triple in form.triples], format=formats[ending]
        )
        assert written is not None
        text = written.decode()
    [found] = parse_rdf(text, f"x{ending}", ending, vocabulary)
    assert set(found.triples) == set(form.triples)
    assert (found.programme, found.title) == (form.programme, form.title)


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.name)
def test_what_is_written_as_turtle_is_read_again(path: Path, vocabulary: Vocabulary) -> None:
    for description in read_file(path, vocabulary):
        [again] = parse_rdf(to_turtle(description), "x.ttl", ".ttl", vocabulary)
        assert set(again.triples) == set(description.triples)
        assert (again.programme, again.title) == (description.programme, description.title)


def test_turtle_is_written_in_one_way_only(vocabulary: Vocabulary) -> None:
    form = read_form(A_SHELTER, vocabulary)
    other = Description(form.file, form.programme, form.title, form.triples[::-1], form.places)
    assert len({to_turtle(one) for one in [form, other] * 10}) == 1


def test_a_file_may_hold_several_programmes(vocabulary: Vocabulary, known: list[ox.Quad]) -> None:
    first, second = read_and_check(FOLDER / "valid" / "two-programmes.ttl", vocabulary, known)
    assert (first.programme, first.title) == ("https://example.org/closed/p", "p")
    assert (second.programme, second.title) == (PROGRAMME + "b", "B")
    assert "https://example.org/closed/p/statement/turned-away-1" in first.places
    assert not set(first.places) & set(second.places) - {"https://example.org/women"}


def test_a_programme_of_another_namespace_reaches_the_shapes(
    vocabulary: Vocabulary, known: list[ox.Quad]
) -> None:
    programme = read_rdf(FOLDER / "valid" / "two-programmes.ttl", vocabulary)[0]
    data = {str(subject) for subject in data_graph(entailed(programme, known)).subjects()}
    assert set(programme.places) <= data
    assert any(
        subject.startswith("https://example.org/closed/p/statement/turned-away-1/view/")
        for subject in data
    )


def test_a_name_of_another_namespace_changes_no_outcome(
    assessor: Assessor, vocabulary: Vocabulary
) -> None:
    ours = read_form(A_SHELTER, vocabulary)
    text = to_turtle(ours).replace(PROGRAMME, "https://example.org/shelters/")
    [theirs] = parse_rdf(text, "x.ttl", ".ttl", vocabulary)
    assert theirs.programme == "https://example.org/shelters/small-shelter"

    def outcomes(description: Description) -> list[tuple[str, str, str, str, int]]:
        found = assessor.assess(description).findings
        return [
            (f.norm.iri, (f.group or "").rpartition("/")[2], f.outcome, f.reason, len(f.evidence))
            for f in found
        ]

    assert outcomes(theirs) == outcomes(ours)
    assert {"concern", "not-stated"} <= {outcome for _, _, outcome, _, _ in outcomes(ours)}


def test_data_for_the_shapes_holds_the_description_and_the_order_of_concepts(
    vocabulary: Vocabulary, known: list[ox.Quad]
) -> None:
    store = entailed(read_form(A_SHELTER, vocabulary), known)
    order = {SKOS + "broader", RDFS + "subClassOf"}
    described = {str(s) for s, p, _ in data_graph(store) if str(p) not in order}
    assert described
    assert all(subject.startswith(PROGRAMME + "small-shelter") for subject in described)


def test_names_that_are_given_keep_clear_of_the_authors(
    vocabulary: Vocabulary, known: list[ox.Quad]
) -> None:
    [description] = read_and_check(FOLDER / "valid" / "names-already-taken.ttl", vocabulary, known)
    names = sorted(name.removeprefix(description.programme) for name in description.places)
    assert names == [
        "",
        "/group/1",
        "/group/2",
        *(f"/statement/turned-away-{n}" for n in (1, 2, 3)),
    ]


@pytest.mark.parametrize("ending", [".ttl", ".jsonld"])
def test_names_are_the_same_on_every_reading(ending: str, vocabulary: Vocabulary) -> None:
    readings = {read_rdf(A_SHELTER.with_suffix(ending), vocabulary)[0].triples for _ in range(5)}
    assert len(readings) == 1


def test_standard_input_is_read_as_yaml(
    vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Input:
        closed = False
        buffer = io.BytesIO(b"programme: p\ntitel: T\n")

    monkeypatch.setattr(sys, "stdin", Input)
    with pytest.raises(InputError, match="standard input:2: the key “titel” is unknown"):
        read_file(Path("-"), vocabulary)
    Input.buffer = io.BytesIO(b"programme: p\n")
    assert read_file(Path("-"), vocabulary)[0].file == "standard input"


# the context


def test_no_key_of_the_context_means_two_things(vocabulary: Vocabulary) -> None:
    assert not set(vocabulary.aspects) & set(vocabulary.dimensions)
    made = context(vocabulary)
    for key, aspect in vocabulary.aspects.items():
        assert made[key] == {"@id": aspect.iri, "@type": "@id"}


def test_two_parsers_read_the_context_alike(vocabulary: Vocabulary) -> None:
    import rdflib
    from rdflib.compare import isomorphic

    # every concept where a concept is asked, also those whose key is that of a property
    given: dict[str, object] = {
        **document(vocabulary),
        "@id": PROGRAMME + "p",
        "@type": "Programme",
        **{
            slot: sorted(vocabulary.concepts)
            for slot in ("holds", "of", "for", "ground", "condition", "level", "has", "without")
        },
        **{key: ["yes", "no"] for key in sorted(vocabulary.dimensions)},
        **{
            key: {"holds": "yes", "quantity": 90, "on": "2025-03-01"}
            for key in sorted(vocabulary.aspects)
        },
    }
    text = json.dumps(given)
    quads = list(ox.parse(text, format=ox.RdfFormat.JSON_LD))
    written = ox.serialize([quad.triple for quad in quads], format=ox.RdfFormat.N_TRIPLES)
    ours = rdflib.Graph().parse(data=written, format="nt")
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # of rdflib's own classes, in rdflib's own parser
        theirs = rdflib.Graph().parse(data=text, format="json-ld")
    assert isomorphic(ours, theirs)
    grounds = {str(value) for value in ours.objects(None, rdflib.URIRef(HRGE + "ground"))}
    assert grounds == {concept.iri for concept in vocabulary.concepts.values()}


def test_our_own_context_is_answered_without_the_network(
    vocabulary: Vocabulary, no_network: list[str]
) -> None:
    text = json.dumps({"@context": CONTEXT_IRI, "id": "p", "type": "Programme"})
    assert parse_rdf(text, "a.jsonld", ".jsonld", vocabulary)[0].programme == PROGRAMME + "p"
    assert no_network == []


def test_no_parser_connects_not_even_a_compiled_one(vocabulary: Vocabulary, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/c"
        texts = {
            "a.jsonld": json.dumps({"@context": address, "@id": "p"}),
            "b.jsonld": json.dumps({"@context": {"@import": address}, "@id": "p"}),
            "c.ttl": f"@base <{address}> . "
            f"<> <http://www.w3.org/2002/07/owl#imports> <{address}> .",
            "d.owl": f'<!DOCTYPE r SYSTEM "{address}"><r/>',
        }
        for name, text in texts.items():
            (tmp_path / name).write_text(text)
            with pytest.raises(InputError):
                read_file(tmp_path / name, vocabulary)
        for name in ("a.jsonld", "b.jsonld"):  # behind our own guard
            with pytest.raises(SyntaxError):
                list(ox.parse(texts[name], format=ox.RdfFormat.JSON_LD))
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_triple_keeps_the_line_on_which_it_stands() -> None:
    text = (
        "@prefix x: <urn:x:> .\n\nx:a x:b [\n  x:c x:d ;\n  x:e\n    x:f\n  ]\n"
        "  ;\n  x:g x:h ,\n    x:i\n  .\n"
    )
    lines = {
        said.object.value: said.line
        for said in read_triples(text, "a.ttl", ".ttl", {}).triples
        if isinstance(said.object, ox.NamedNode)
    }
    assert lines == {"urn:x:d": 4, "urn:x:f": 6, "urn:x:h": 9, "urn:x:i": 10}
