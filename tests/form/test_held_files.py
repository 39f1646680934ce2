"""A description that is in memory is read as the same file on disk is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from paths import FIXTURES

from hrge_kg.errors import InputError
from hrge_kg.form.convert import convert
from hrge_kg.form.description import Description
from hrge_kg.form.readers import read_file
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.parsing.files import LARGEST, HeldFile, file_name
from hrge_kg.resources import root

EXAMPLE = root() / "data" / "programmes" / "closed-shelter.yaml"
INVALID = sorted((FIXTURES / "descriptions" / "invalid").glob("*.jsonld"))[:5]


@pytest.mark.parametrize("form", ["yaml", "csv", "xlsx", "jsonld", "ttl"])
def test_it_says_the_same_in_every_format(
    form: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    [example] = read_file(EXAMPLE, vocabulary)
    path = tmp_path / f"shelter.{form}"
    path.write_bytes(convert(example, form, vocabulary).content)
    held = read_file(HeldFile(file_name(path), path.read_bytes()), vocabulary)
    assert held == read_file(path, vocabulary)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_it_has_the_same_mistakes(path: Path, vocabulary: Vocabulary) -> None:
    told = []
    for source in (path, HeldFile(file_name(path), path.read_bytes())):
        with pytest.raises(InputError) as refused:
            read_file(source, vocabulary)
        told.append(str(refused.value))
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.yaml", b"", "the file is empty"),
        ("a.yaml", b" " * (LARGEST + 2), "larger than"),
        ("-", b"programme: p", "ending"),
        ("", b"programme: p", "ending"),
        ("../etc/\x1b[2J.yaml", b"\xff", "not UTF-8"),
    ],
)
def test_what_cannot_be_used_is_told(
    name: str, content: bytes, problem: str, vocabulary: Vocabulary
) -> None:
    with pytest.raises(InputError, match=problem) as refused:
        read_file(HeldFile(name, content), vocabulary)
    assert str(refused.value).isprintable()


def test_its_name_is_that_of_the_description(vocabulary: Vocabulary) -> None:
    held = HeldFile("s3://bucket/shelter.yaml", EXAMPLE.read_bytes())
    [description] = read_file(held, vocabulary)
    [on_disk] = read_file(EXAMPLE, vocabulary)
    assert description.file == "s3://bucket/shelter.yaml"
    assert replace(description, file="", places={}) == replace(on_disk, file="", places={})
    assert isinstance(description, Description)
