"""A description is told from a result of hrge, so that no result replaces one."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrge_kg.form.convert import FORMATS, convert
from hrge_kg.form.readers.recognition import holds_description
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.form.vocabulary import Vocabulary


@pytest.mark.parametrize("to", FORMATS)
def test_a_description_is_one_in_every_format(
    to: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    form = parse_form("programme: p\nanswers: {turned-away: no}\n", "p.yaml", vocabulary)
    path = tmp_path / f"form.{to}"
    path.write_bytes(convert(form, to, vocabulary).content)
    assert holds_description(path)


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("mine.yaml", "programm: not quite right", "utf-8"),
        ("mine.csv", "sep=;\nPart;name;question;answer\n", "utf-8"),
        ("mine.csv", "part;name;question;answer\n", "utf-16"),
        ("export.csv", "start,end,hrge_form,programme/title\n", "utf-8"),
    ],
)
def test_one_with_mistakes_or_from_a_spreadsheet_is_one(
    name: str, text: str, encoding: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text, encoding=encoding)
    assert holds_description(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("empty.yaml", ""),
        ("report.csv", "programme,norm,label,group,outcome\n"),
        ("report.json", '[{"programme": "https://w3id.org/hrge/id/programme/p"}]'),
        ("report.txt", "programme: p"),
    ],
)
def test_a_result_and_an_empty_file_are_none(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert not holds_description(tmp_path / name)
    assert not holds_description(tmp_path / "missing.yaml")
