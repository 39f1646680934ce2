"""Percentages and numbers, as spreadsheets and people write them: taken where only one thing can
be meant, else refused; never changed without a word.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from handed_in import Read, Value, a_book, a_table, reader, refused, values

from hrge_kg.form.convert import convert
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.form.vocabulary import Vocabulary


@pytest.fixture
def read(vocabulary: Vocabulary) -> Read:
    return reader(vocabulary)


# percentages


@pytest.mark.parametrize(
    ("value", "shown", "number"),
    [(0.5, "0%", "50"), (0.07, "0.0%", "7"), (1, "0%", "100"), (0.125, "0.00 %", "12.5")],
)
def test_a_cell_that_shows_a_percentage_is_read_as_it_shows(
    value: float, shown: str, number: str, read: Read, tmp_path: Path
) -> None:
    cells: dict[str, Value] = {"Answers!D2": value, "Answers!E2": "percent"}
    found = read(a_book(tmp_path, cells, {"Answers!D2": shown}))
    assert values(found, "quantity") == [number]
    assert any("Answers!D2" in note and number in note for note in found.notes)


@pytest.mark.parametrize("shown", ['0.0" %"', "0.0\\%"])
def test_a_sign_that_a_cell_only_shows_is_no_percentage(
    shown: str, read: Read, tmp_path: Path
) -> None:
    cells: dict[str, Value] = {"Answers!D2": 0.5, "Answers!E2": "percent"}
    found = read(a_book(tmp_path, cells, {"Answers!D2": shown}))
    assert values(found, "quantity") == ["0.5"]


def test_a_percentage_of_another_unit_or_where_a_word_belongs_is_refused(
    read: Read, tmp_path: Path
) -> None:
    cells: dict[str, Value] = {"Answers!D2": 0.5, "Answers!E2": "days"}
    told = refused(read, a_book(tmp_path, cells, {"Answers!D2": "0%"}))
    assert "Answers!D2: “50%” counts percent, and the unit is another" in told
    told = refused(read, a_book(tmp_path, {"Groups!C1": 0.5}, {"Groups!C1": "0%"}))
    assert "Groups!C1: this cell holds a percentage (“50%”)" in told


@pytest.mark.parametrize("written", ["50%", "50 %", "50\u00a0%", "50\u202f%"])
def test_a_percentage_in_text_is_read(written: str, read: Read, tmp_path: Path) -> None:
    table = "part;question;answer;quantity;unit\nprogramme;programme;p;;\n"
    path = a_table(tmp_path, f"{table}answer;detention-lasts;yes;{written};%\n")
    assert values(read(path), "quantity") == ["50"]


@pytest.mark.parametrize(("written", "shown"), [("0.5", "50"), ("0.07", "7"), ("1", "100")])
def test_one_percent_or_less_in_a_table_is_told(
    written: str, shown: str, read: Read, tmp_path: Path
) -> None:
    """A program that drops the format of a cell that shows 50% saves 0.5."""
    table = "part,question,answer,quantity,unit\nprogramme,programme,p,,\n"
    found = read(a_table(tmp_path, f"{table}answer,detention-lasts,yes,{written},percent\n"))
    assert values(found, "quantity") == [written]
    assert any(f"write {shown} if the cell showed that" in note for note in found.notes)
    cells: dict[str, Value] = {"Answers!D2": float(written), "Answers!E2": "percent"}
    assert any(f"write {shown} if" in note for note in read(a_book(tmp_path, cells)).notes)


@pytest.mark.parametrize("quantity", ["0.5, unit: days", "2, unit: percent", "0, unit: percent"])
def test_no_other_number_is_told(quantity: str, read: Read, tmp_path: Path) -> None:
    number, unit = quantity.split(", unit: ")
    table = "part,question,answer,quantity,unit\nprogramme,programme,p,,\n"
    path = a_table(tmp_path, f"{table}answer,detention-lasts,yes,{number},{unit}\n")
    assert read(path).notes == ()


def test_a_small_percentage_that_a_person_wrote_is_not_told(vocabulary: Vocabulary) -> None:
    body = "answers: {detention-lasts: {holds: yes, quantity: 0.5, unit: percent}}"
    assert parse_form(f"programme: p\n{body}\n", "p.yaml", vocabulary).notes == ()


# numbers


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("1.000", "Write 1000 for the larger, 1.0000 for the smaller number"),
        ("1,000", "Write 1000 for the larger, 1.0000 for the smaller number"),
        ("12.125", "Write 12125 for the larger, 12.1250 for the smaller number"),
        ("1.000.000", "Write 1000000"),
        ("1 000", "Write 1000"),
        ("1\u202f000", "Write 1000"),
        ("1'000", "Write 1000"),
        ("2,5", "Write 2.5, with a full stop"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_number_that_can_be_misread_is_refused_with_how_to_write_it(
    written: str, told: str, delimiter: str, read: Read, tmp_path: Path
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["part", "question", "answer", "quantity", "unit"])
    writer.writerow(["programme", "programme", "p", "", ""])
    writer.writerow(["answer", "detention-lasts", "yes", written, "days"])
    message = refused(read, a_table(tmp_path, out.getvalue()))
    assert told in message
    assert ":3: column “quantity”" in message
    body = f'answers: {{detention-lasts: {{holds: yes, quantity: "{written}", unit: days}}}}'
    path = tmp_path / "form.yaml"
    path.write_text(f"programme: p\n{body}\n", encoding="utf-8")
    assert told in refused(read, path)


@pytest.mark.parametrize("number", ["0.125", "1.25", "1.1250", "1000", "1234.125", "12.5"])
def test_a_clear_number_is_read_and_kept_in_every_format(
    number: str, vocabulary: Vocabulary
) -> None:
    body = f"answers: {{detention-lasts: {{holds: yes, quantity: {number}, unit: days}}}}"
    form = parse_form(f"programme: p\n{body}\n", "p.yaml", vocabulary)
    for to in ("yaml", "csv", "xlsx", "jsonld", "ttl"):
        convert(form, to, vocabulary)  # raises where anything is lost


def test_a_number_cell_is_never_misread(read: Read, tmp_path: Path) -> None:
    cells: dict[str, Value] = {"Answers!D2": 1.125, "Answers!E2": "days"}
    assert values(read(a_book(tmp_path, cells)), "quantity") == ["1.125"]
