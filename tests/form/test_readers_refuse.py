"""What is refused in a description of any format, and with which words."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from paths import FIXTURES

from hrge_kg.assessment.preparation import background, check_description, entailed
from hrge_kg.errors import InputError, InputErrors
from hrge_kg.form.description import Description
from hrge_kg.form.readers import read_file
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.parsing.files import LARGEST

FOLDER = FIXTURES / "descriptions"
INVALID = sorted(path for path in (FOLDER / "invalid").iterdir() if path.suffix != ".expected")


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
