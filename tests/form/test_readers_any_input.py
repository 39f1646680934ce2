"""Whatever comes in is read or refused, and ends in nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paths import FIXTURES

from hrge_kg.errors import InputError
from hrge_kg.form.description import Description
from hrge_kg.form.jsonld_context import CONTEXT_IRI
from hrge_kg.form.readers import read_file
from hrge_kg.form.readers.rdf_reader import parse_rdf
from hrge_kg.form.slots import SLOTS
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.form.writers.rdf_writer import to_turtle
from hrge_kg.resources import files

FOLDER = FIXTURES / "descriptions"
VALID = sorted((FOLDER / "valid").iterdir())
EXAMPLES = files("data/programmes", ".yaml")


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
