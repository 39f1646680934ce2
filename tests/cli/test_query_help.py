"""What `hrge query` says of the named queries: all of them for their readers, and one by one."""

from __future__ import annotations

import re
import shlex

import pyoxigraph as ox
import pytest

from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.query.catalogue import catalogue
from hrge_kg.query.header import read_header


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as stop:
        main(["query", *arguments])
    assert stop.value.code == 0
    return capsys.readouterr().out


@pytest.fixture
def listed(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["query"]) == 0
    return capsys.readouterr().out


def test_each_query_stands_once_under_its_readers(listed: str) -> None:
    groups = re.split(r"^For (.+)$", listed, flags=re.MULTILINE)[1:]
    found = {
        name: reader
        for reader, text in zip(groups[::2], groups[1::2], strict=True)
        for name in re.findall(r"^  (\S+): ", text, re.MULTILINE)
    }
    assert found == {query.name: query.header.reader for query in catalogue()}
    assert len(set(found.values())) >= 4


def test_each_query_has_an_example_that_can_be_run(listed: str, graph: ox.Store) -> None:
    examples = [line.strip() for line in listed.splitlines() if line.startswith("    hrge query")]
    assert len(examples) == len(catalogue())
    assert main(shlex.split(examples[0])[1:]) == 0


def test_the_help_of_a_query_names_parameters_columns_and_examples(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = printed(capsys, "owed-to", "--help")
    assert text.startswith("owed-to: What is owed to whom\n")
    assert "What is owed to a kind of people" in text
    assert "  force: What rests on one kind of authority only\n" in text
    assert "    a word of a vocabulary (scheme:force), such as soft-law\n" in text
    assert "norm, reach, beneficiary*" in text
    assert "  hrge query owed-to --param beneficiary=child\n" in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_required_parameter_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    assert "  words, required: " in printed(capsys, "saying", "-h")


def test_the_help_of_the_verb_is_as_of_any_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "--help").startswith("usage: hrge query")


def test_the_help_of_a_query_that_is_not_there_is_an_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["query", "owed-too", "--help"]) == 2
    assert "owed-to" in capsys.readouterr().err


def test_the_help_of_a_file_shows_nothing_that_moves_the_cursor(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = "# title: a\x1b[31m\n# example: a='b\x1b[31m'\n# param: a string optional  An a\nASK {}"
    out = printed(capsys, text, "--help")
    assert "\x1b" not in out
    assert "\\x1b[31m" in out


@pytest.mark.parametrize("example", ["topic", "topic=a 'b", ""])
def test_an_example_that_gives_no_value_is_an_error_of_its_line(example: str) -> None:
    with pytest.raises(InputError) as error:
        read_header(f"# title: a\n# example: {example}\nASK {{}}", "a.rq")
    assert error.value.line == 2
