"""Descriptions in every format.

What is read, what is refused and with which words, and that nothing is ever fetched.
"""

from __future__ import annotations

import io
import json
import socket
import sys
import warnings
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import FIXTURES

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.preparation import background, check_description, entailed
from hrge_kg.assessment.shacl import data_graph
from hrge_kg.errors import InputError, InputErrors
from hrge_kg.form.description import Description
from hrge_kg.form.jsonld_context import CONTEXT_IRI, context, document
from hrge_kg.form.readers import read_file
from hrge_kg.form.readers.rdf_reader import parse_rdf, read_rdf
from hrge_kg.form.readers.turtle_parser import read_triples
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.form.slots import SLOTS
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.form.writers.rdf_writer import to_turtle
from hrge_kg.namespaces import HRGE, PROGRAMME, RDFS, SKOS
from hrge_kg.parsing.files import LARGEST
from hrge_kg.resources import files

FOLDER = FIXTURES / "descriptions"
INVALID = sorted(path for path in (FOLDER / "invalid").iterdir() if path.suffix != ".expected")
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


def expected(path: Path) -> tuple[int | None, str]:
    """The line and the words that a file's first line, or a file beside it, asks for."""
    beside = path.with_name(path.name + ".expected")
    first = (
        beside.read_text()
        if beside.exists()
        else path.read_text().split("\n")[0].removeprefix("# ")
    )
    line, _, words = first.strip().partition(" | ")
    return None if line == "-" else int(line), words


def mistakes_of(error: InputError) -> tuple[InputError, ...]:
    return error.mistakes if isinstance(error, InputErrors) else (error,)


# what is refused


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.name)
def test_bad_input_is_refused_with_its_line_and_a_remedy(
    path: Path, vocabulary: Vocabulary, known: list[ox.Quad]
) -> None:
    line, words = expected(path)
    with pytest.raises(InputError) as caught:
        read_and_check(path, vocabulary, known)
    mistakes = mistakes_of(caught.value)
    assert [one for one in mistakes if words in str(one) and one.line == line]
    for mistake in mistakes:
        assert mistake.remedy
        assert path.name in mistake.where
        assert str(mistake).isprintable()
        assert len(str(mistake)) < 6000  # some list all concepts of a scheme


@pytest.mark.parametrize(
    "ending", [".yaml", ".yml", ".ttl", ".nt", ".json", ".jsonld", ".JSONLD", ".rdf", ""]
)
def test_a_missing_file_and_a_folder_are_refused(
    ending: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    (tmp_path / f"folder{ending}").mkdir()
    with pytest.raises(InputError, match="this is a folder"):
        read_file(tmp_path / f"folder{ending}", vocabulary)
    with pytest.raises(InputError, match=r"there is no such file|RDF/XML|the ending"):
        read_file(tmp_path / f"missing{ending}", vocabulary)


@pytest.mark.parametrize("name", ["a\0b.yaml", "a\0b.ttl", "x" * 5000 + ".yaml"])
def test_an_impossible_path_is_refused(name: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(InputError) as caught:
        read_file(Path(name), vocabulary)
    assert str(caught.value).isprintable()


def test_links_in_a_circle_are_refused(vocabulary: Vocabulary, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    with pytest.raises(InputError, match="cannot be read"):
        read_file(tmp_path / "a.yaml", vocabulary)


@pytest.mark.parametrize("ending", [".yaml", ".ttl", ".nt", ".json"])
def test_a_file_without_end_is_refused(ending: str, vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = tmp_path / f"large{ending}"
    path.write_bytes(b"# comment\n" * (LARGEST // 10 + 1))
    with pytest.raises(InputError, match="is larger than"):
        read_file(path, vocabulary)
    link = tmp_path / f"zero{ending}"
    link.symlink_to("/dev/zero")
    with pytest.raises(InputError, match="is larger than"):
        read_file(link, vocabulary)


# Each took minutes, or ended the process, in a parser that was asked without care.
TRYING = {
    "a-long-string.ttl": '<p> <q> """' + "a\n" * 1_500_000,
    "one-row.ttl": "<p> a <https://w3id.org/hrge/ns#Programme> ; <https://w3id.org/hrge/ns#serves> "
    + " , ".join(f"<p/{n}>" for n in range(50_000))
    + " .",
    "many-prefixes.ttl": "".join(
        f"@prefix p{n}: <urn:p> .\np{n}:a p{n}:b p{n}:c .\n" for n in range(50_000)
    ),
    "brackets-in-brackets.ttl": "<p> <q> " + "[ <q> " * 300_000 + "]" * 300_000 + " .",
    "lists-in-lists.ttl": "<p> <q> " + "(" * 2_000_000,
    "triples-in-triples.nt": "<urn:a> <urn:b> "
    + "<<( <urn:a> <urn:b> " * 100_000
    + "<urn:c> "
    + ")>> " * 100_000
    + ".",
    "one-row.json": '[{"@id": "p", "@type": "https://w3id.org/hrge/ns#Programme", '
    '"https://w3id.org/hrge/ns#serves": ['
    + ",".join(
        f'{{"@id":"p/{n}","https://w3id.org/hrge/ns#has":{{"@id":"c:x"}}}}' for n in range(30_000)
    )
    + "]}]",
    "many-rows.json": '[{"@id": "p", "@type": "https://w3id.org/hrge/ns#Programme", '
    '"https://w3id.org/hrge/ns#serves": ['
    + ",\n".join(
        f'{{"@id":"p/{n}",\n"https://w3id.org/hrge/ns#has":{{"@id":"c:x"}}}}' for n in range(30_000)
    )
    + "]}]",
    "quotation-marks.json": '"' * 2_000_001,
    "backslashes.json": '["' + "\\" * 2_000_001,
    "one-key.yaml": "k" * 900_000 + ": x",
    "quotation-marks.yaml": '"' * 900_001,
    "flow.yaml": "programme: {" * 70_000,
    "questions.yaml": "? " * 400_000,
}


@pytest.mark.parametrize("name", TRYING)
def test_trying_input_is_refused_in_time(name: str, vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(TRYING[name])
    with pytest.raises(InputError):
        read_file(path, vocabulary)


# what is read


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


# whatever comes in


class Reader:
    """Reads any text as a file of any ending; what is neither read nor refused fails the test."""

    def __init__(self, vocabulary: Vocabulary, folder: Path) -> None:
        self.vocabulary = vocabulary
        self.folder = folder

    def read(self, text: str | bytes, ending: str) -> list[Description] | None:
        path = self.folder / f"any{ending}"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        try:
            return read_file(path, self.vocabulary)
        except InputError as error:
            refused = error
        assert refused.remedy
        assert all(line.isprintable() for line in str(refused).split("\n"))
        return None


@pytest.fixture(scope="module")
def reader(vocabulary: Vocabulary, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(vocabulary, tmp_path_factory.mktemp("any"))


SLOW = settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
ENDINGS = st.sampled_from([".yaml", ".ttl", ".nt", ".jsonld"])
NAMES = (
    "programme title answered groups answers without women men yes no holds of for level ground "
    "claims denies since until quantity unit by "
    "on turned-away leaving-restricted compulsory-test locked-door hiv-test female "
    "identified-victims status sex age admitted some "
    "in-part @id @type @context @graph @value @set id type serves has hasNot hrge:holds c:yes p "
    "3 2025-01-01 null ~"
)
WORDS = st.sampled_from(NAMES.split())
ODD = st.text(max_size=12)
TREES = st.recursive(
    WORDS | ODD | st.booleans() | st.none() | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | ODD, inner, max_size=5),
    max_leaves=25,
)


@given(content=st.binary(max_size=300), ending=ENDINGS)
@SLOW
def test_bytes_are_refused_or_read(content: bytes, ending: str, reader: Reader) -> None:
    reader.read(content, ending)


@given(content=st.text(max_size=300), ending=ENDINGS)
@SLOW
def test_text_is_refused_or_read(content: str, ending: str, reader: Reader) -> None:
    reader.read(content, ending)


@given(tree=TREES, ending=st.sampled_from([".yaml", ".json"]), head=st.booleans())
@SLOW
def test_trees_are_refused_or_read(tree: object, ending: str, head: bool, reader: Reader) -> None:
    if head and isinstance(tree, dict):
        start = (
            {"programme": "p"}
            if ending == ".yaml"
            else {"@context": CONTEXT_IRI, "id": "p", "type": "Programme"}
        )
        tree = start | tree
    reader.read(json.dumps(tree), ending)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, str]:
    """A good file of which a part was taken away, doubled, or replaced by a part of another."""
    path = draw(st.sampled_from(VALID + EXAMPLES))
    text = path.read_bytes().decode("utf-8-sig")
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 30)))
        middle = draw(
            st.sampled_from(
                [
                    "",
                    text[start:end] * 2,
                    '"',
                    "[",
                    "]",
                    "{",
                    "}",
                    "c:yes",
                    "no",
                    "<p>",
                    "\\",
                    "#",
                    ";",
                    ".",
                    ",",
                ]
            )
            | ODD
        )
        text = text[:start] + middle + text[end:]
    return text, path.suffix


@given(case=damaged())
@settings(SLOW, max_examples=500)
def test_damaged_files_are_refused_or_read(case: tuple[str, str], reader: Reader) -> None:
    reader.read(*case)


STATEMENTS = st.dictionaries(
    st.sampled_from(sorted(SLOTS)),
    WORDS | st.lists(WORDS, max_size=2),
    max_size=5,
)


@given(
    answers=st.dictionaries(WORDS, STATEMENTS | st.lists(STATEMENTS, max_size=3), max_size=3),
    groups=st.dictionaries(WORDS, TREES, max_size=2),
)
@SLOW
def test_what_the_form_reads_goes_through_rdf_unchanged(
    answers: dict[str, object], groups: dict[str, object], reader: Reader
) -> None:
    form = reader.read(
        json.dumps({"programme": "p", "groups": groups, "answers": answers}).replace('"', ""),
        ".yaml",
    )
    if form is not None:
        [again] = parse_rdf(to_turtle(form[0]), "x.ttl", ".ttl", reader.vocabulary)
        assert set(again.triples) == set(form[0].triples)


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
