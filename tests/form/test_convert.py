"""Every format of a description says the same: what is written in one is read as what it was."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest
from paths import FIXTURES

from hrge_kg.errors import InputError
from hrge_kg.form.convert import FORMATS, convert, to_fill_in
from hrge_kg.form.readers import read_file
from hrge_kg.form.readers.yaml_reader import parse_form, read_form
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.namespaces import HRGE, XSD
from hrge_kg.resources import files

DESCRIBED = [
    *files("data/programmes", ".yaml"),
    *sorted((FIXTURES / "descriptions" / "valid").iterdir()),
]


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("path", DESCRIBED, ids=lambda path: path.name)
def test_nothing_is_lost_on_the_way_there_and_back(
    path: Path, to: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    for description in read_file(path, vocabulary):
        there = tmp_path / f"there.{to}"
        there.write_bytes(convert(description, to, vocabulary).content)
        [read] = read_file(there, vocabulary)
        assert (read.title, len(read.triples)) == (description.title, len(set(description.triples)))
        if path.suffix in (".yaml", ".yml"):
            assert set(read.triples) == set(description.triples)


@pytest.mark.parametrize("to", ["csv", "xlsx"])
def test_the_outcome_fixtures_survive_a_table(to: str, vocabulary: Vocabulary) -> None:
    for path in sorted((FIXTURES / "outcomes").glob("*.yaml"))[::5]:
        assert convert(
            read_form(path, vocabulary), to, vocabulary
        ).content  # reads again and compares


HEAD = "part,name,question,answer,of,for,quantity,unit\nprogramme,,programme,p\n"
REFUSED = {
    "unknown-word": (
        HEAD + "answer,,leaving-restricted,perhaps\n",
        3,
        "column “answer”: “perhaps” is not an answer",
    ),
    "unknown-question": (HEAD + "answer,,no-such-question,yes\n", 3, "the form has no question"),
    "unknown-part": (HEAD + "grup,,sex,female\n", 3, "is not a part of the form"),
    "unknown-column": ("part,question,colour,answer\n", 1, "the form has no column “colour”"),
    "missing-column": ("part,question\n", 1, "the column “answer” is missing"),
    "too-many-cells": (
        HEAD + "answer,,turned-away,no,,,,,,,x\n",
        3,
        "more cells than there are columns",
    ),
    "open-quotation": (HEAD + 'answer,,turned-away,"no\n', 3, "this is not CSV"),
    "without-question": (HEAD + "answer,,,no\n", 3, "the question is missing"),
    "slot-of-a-group": (HEAD + "group,women,sex,female,x\n", 3, "only an answer has this"),
    "nameless-group": (HEAD + "group,,sex,female\n", 3, "the name is missing"),
    "twice": (HEAD + "programme,,programme,q\n", 3, "stands here twice"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_csv_is_refused_with_its_line_and_column(
    name: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    text, line, words = REFUSED[name]
    path = tmp_path / "form.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_file(path, vocabulary)
    assert words in str(caught.value)
    assert caught.value.line == line


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_as_spreadsheets_save_it(
    delimiter: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    path = tmp_path / "form.csv"
    rows = [
        ["part", "name", "question", "answer"],
        ["programme", "", "programme", "p"],
        ["answer", "", "turned-away", "NO"],
        ["", "", "", ""],
    ]
    path.write_text(
        "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows), encoding="utf-8", newline=""
    )
    [found] = read_file(path, vocabulary)
    assert any(str(value).endswith("concept/no>") for _, _, value in found.triples)
    assert found.places[f"{found.programme}/statement/turned-away-1"].line == 3


@pytest.mark.parametrize("title", ["=1+1", "'=1+1", "+1", "@x", "-x; y", 'a, “b” "c"'])
def test_what_looks_like_a_formula_stays_text(
    title: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    form = tmp_path / "form.yaml"
    form.write_text("programme: p\ntitle: '" + title.replace("'", "''") + "'\n", encoding="utf-8")
    for to in FORMATS:
        path = tmp_path / f"there.{to}"
        path.write_bytes(convert(read_form(form, vocabulary), to, vocabulary).content)
        assert read_file(path, vocabulary)[0].title == title
        if to == "csv":
            assert not any(
                line.split(",")[3:4] == [title]
                for line in path.read_text().splitlines()
                if title.startswith("=")
            )


Value = str | bool | datetime.datetime


def _book(tmp_path: Path, cells: dict[str, Value]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, row in (
        ("Programme", ["question", "answer"]),
        ("Groups", ["question", "women"]),
        ("Answers", ["question", "answer", "since"]),
    ):
        book.create_sheet(name).append(row)
    book["Programme"].append(["programme", "p"])
    for place, value in cells.items():
        sheet, cell = place.split("!")
        if sheet not in book.sheetnames:
            book.create_sheet(sheet)
        book[sheet][cell] = value
    path = tmp_path / "form.xlsx"
    book.save(path)
    return path


IN_A_BOOK: dict[str, tuple[dict[str, Value], str]] = {
    "unknown-word": (
        {"Answers!A2": "turned-away", "Answers!B2": "perhaps"},
        "Answers!B2: “perhaps” is not an answer",
    ),
    "formula": (
        {"Programme!A3": "title", "Programme!B3": "=1+1"},
        "Programme!B3: this cell holds a formula",
    ),
    "unknown-sheet": ({"Notes!A1": "x"}, "the sheet “Notes” is unknown"),
    "unknown-column": (
        {"Answers!C1": "colour", "Answers!D1": "since"},
        "Answers!C1: this sheet has no column “colour”",
    ),
    "column-nearly-ours": (
        {"Answers!D1": "quantitty"},
        "Answers!D1: this sheet has no column “quantitty”",
    ),
    "cell-without-column": (
        {"Answers!A2": "turned-away", "Answers!D2": "x", "Answers!E1": "for"},
        "Answers!D2: the column has no name",
    ),
    "group-name": ({"Groups!C1": "My women"}, "Groups!C1: “My women” is not a short name"),
    "group-fact": ({"Groups!A2": "sex", "Groups!B2": "blue"}, "Groups!B2: “blue” is not among"),
    "without-question": ({"Answers!B2": "yes"}, "Answers!B2: the question is missing"),
}


@pytest.mark.parametrize("name", IN_A_BOOK)
def test_a_bad_workbook_is_refused_with_its_cell(
    name: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    cells, words = IN_A_BOOK[name]
    with pytest.raises(InputError) as caught:
        read_file(_book(tmp_path, cells), vocabulary)
    assert words in str(caught.value)


def test_cells_of_a_workbook_that_are_no_text_are_read_as_written(
    vocabulary: Vocabulary, tmp_path: Path
) -> None:
    cells: dict[str, Value] = {
        "Answers!A2": "turned-away",
        "Answers!B2": False,
        "Answers!C2": datetime.datetime(2025, 3, 1),
    }
    [found] = read_file(_book(tmp_path, cells), vocabulary)
    said = {str(value) for _, _, value in found.triples}
    assert any("2025-03-01" in one for one in said)
    assert any(one.endswith("concept/no>") for one in said)


@pytest.mark.parametrize("to", ["csv", "xlsx"])
def test_the_empty_table_asks_everything_and_states_nothing(
    to: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    path = tmp_path / f"form.{to}"
    path.write_bytes(to_fill_in(to, vocabulary))
    [found] = read_file(path, vocabulary)
    assert not any(
        str(predicate).endswith(("ns#holds>", "ns#has>")) for _, predicate, _ in found.triples
    )
    if to == "csv":
        asked = {line.split(",")[2] for line in path.read_text(encoding="utf-8").splitlines()}
    else:
        book = openpyxl.load_workbook(path)
        asked = {
            str(row[column].value)
            for name, column in (("Start here", 0), ("Groups", 0), ("Questions", -1))
            for row in book[name].iter_rows()
        }
    facts = {key for key, dimension in vocabulary.dimensions.items() if not dimension.asked_as}
    assert set(vocabulary.aspects) | facts <= asked


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is no workbook, or only a part of one"),
        (b"part,question,answer\n", "is no workbook, or only a part of one"),
        (b"PK\x03\x04broken", "is no workbook, or only a part of one"),
        (b"\xd0\xcf\x11\xe0" * 20, "this workbook cannot be read"),
    ],
)
def test_what_is_no_workbook_is_refused(
    content: bytes, words: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_file(path, vocabulary)


def test_a_workbook_with_a_sheet_that_is_a_chart_is_told(
    vocabulary: Vocabulary, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("Chart1")
    book.save(tmp_path / "form.xlsx")
    with pytest.raises(InputError, match="one of the sheets is a chart") as caught:
        read_file(tmp_path / "form.xlsx", vocabulary)
    assert "Delete it" in str(caught.value)


def test_a_title_that_looks_like_an_escape_is_kept(vocabulary: Vocabulary) -> None:
    form = parse_form("programme: p\ntitle: a_x0041_b\n", "p.yaml", vocabulary)
    convert(form, "xlsx", vocabulary)  # which reads it again, and compares


@pytest.mark.parametrize("to", ["yaml", "csv", "xlsx", "jsonld", "ttl"])
def test_years_months_and_complete_lists_are_kept(to: str, vocabulary: Vocabulary) -> None:
    form = parse_form(
        "programme: p\nanswered: {on: 2022, level: practice}\n"
        "groups:\n  women: {status: identified-victim, only: yes}\n"
        "answers:\n  service-compulsory: {holds: no, since: 2021-03, until: 2022-01-31}\n",
        "p.yaml",
        vocabulary,
    )
    types = {value.datatype for *_, value in form.triples if isinstance(value, ox.Literal)}
    assert {XSD("gYear"), XSD("gYearMonth"), XSD("date"), XSD("boolean")} <= types
    convert(form, to, vocabulary)  # raises where anything is lost


def test_a_year_in_json_ld_has_the_type_of_a_year(vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonld"
    path.write_text(
        '{"@context": "https://w3id.org/hrge/context.jsonld", "@id": "p", "type": "Programme", '
        '"turned-away": {"holds": "no", "on": "2022", "since": "2021-03"}}'
    )
    [description] = read_file(path, vocabulary)
    dates = {v.value: v.datatype for *_, v in description.triples if isinstance(v, ox.Literal)}
    assert dates["2022"] == XSD("gYear")
    assert dates["2021-03"] == XSD("gYearMonth")


@pytest.mark.parametrize(
    ("shown", "date"),
    [
        ("yyyy-mm-dd", "2025-03-01"),
        ("mmm-yy", "2025-03"),
        ("yyyy", "2025"),
        ("dd/mm", "2025-03-01"),
    ],
)
def test_a_date_cell_says_no_more_than_it_shows(
    shown: str, date: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    path = _book(tmp_path, {"Answers!A2": "turned-away", "Answers!B2": "no"})
    book = openpyxl.load_workbook(path)
    book["Answers"]["C2"] = datetime.datetime(2025, 3, 1)
    book["Answers"]["C2"].number_format = shown
    book.save(path)
    [description] = read_file(path, vocabulary)
    assert date in {v.value for _, p, v in description.triples if p == HRGE("since")}
