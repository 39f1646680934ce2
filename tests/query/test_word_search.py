"""A search finds things by their labels, their other names and their words, best first."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.namespaces import shrink
from hrge_kg.query.search import search


def found(graph: ox.Store, words: str, most: int = 20) -> list[str]:
    return [shrink(str(row[0])) for row in search(graph, words, most)]


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("mandatory HIV tests", "norm:no-mandatory-testing"),
        ("leaving shelters", "norm:not-placed-where-unable-to-leave"),
        ("Smuggling Protocol", "document:som"),
        ("Palermo", "document:tip"),
        ("consular access", "norm:right-of-consular-access"),
    ],
)
def test_what_is_meant_is_among_the_first(words: str, thing: str, graph: ox.Store) -> None:
    assert thing in found(graph, words)[:5]


def test_case_accents_and_endings_make_no_difference(graph: ox.Store) -> None:
    assert found(graph, "DÉTENTION of a child") == found(graph, "detention of a child")
    assert found(graph, "testing")[:3] == found(graph, "tests")[:3]


def test_the_words_are_shown_around_what_was_asked_for(graph: ox.Store) -> None:
    [row] = search(graph, "HIV AIDS mandatory", 1)
    assert "mandatory testing" in str(row[2])


def test_words_that_are_everywhere_find_nothing(graph: ox.Store) -> None:
    assert found(graph, "the of and") == []


@pytest.mark.parametrize(("words", "most"), [("", 5), ("…", 5), ("shelter", 0)])
def test_nothing_to_look_for_is_refused(words: str, most: int, graph: ox.Store) -> None:
    with pytest.raises(InputError):
        search(graph, words, most)


def test_the_command_prints_a_table_and_offers_what_is_near(
    graph: ox.Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "leave", "the", "shelter", "--format", "csv", "--max", "3"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4
    assert main(["search", "Palerno"]) == 1
    assert "nothing has these words" in capsys.readouterr().err


def test_what_is_found_and_not_cited_is_told(
    graph: ox.Store, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, found, told in (
        ("European Convention on Human Rights", "document:echr", "nothing of "),
        ("CRC article 12", "provision:crc-article-12", "is not cited by itself"),
        ("CRC article 3", "provision:crc-article-3", ""),
        ("CRC", "document:crc", ""),  # not as a whole, but parts of it
    ):
        assert main(["search", *words.split(), "--format", "csv"]) == 0
        out = capsys.readouterr()
        assert found.partition(":")[2] in out.out
        lines = [line for line in out.err.splitlines() if f"({found})" in line]
        assert len(lines) == bool(told) and all(told in line for line in lines)


def test_words_in_other_letters_are_told(graph: ox.Store) -> None:
    with pytest.raises(InputError, match="no word in Latin letters"):
        search(graph, "Опека")
