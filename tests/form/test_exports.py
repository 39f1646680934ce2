"""Exports of the form for phones: what is read of small ones, and what is refused, with its row
and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.form.content import EMPTY, FormContent
from hrge_kg.form.description import Description
from hrge_kg.form.prefill import prefilled
from hrge_kg.form.readers import read_file
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.form.writers.xlsform_writer import to_xlsform
from hrge_kg.form.xlsform_fields import MOST_GROUPS
from hrge_kg.form.xlsform_layout import lay_out

Row = dict[str, str]
Read = Callable[..., list[Description]]
MARK = "hrge_form"


def export(path: Path, *rows: Row) -> Path:
    """An export with the columns of its rows."""
    header = list(dict.fromkeys([MARK, *(name for row in rows for name in row)]))
    lines = [header, *([row.get(name, "") for name in header] for row in rows)]
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for line in lines:
            book.worksheets[0].append([cell or None for cell in line])
        book.save(path)
    else:
        out = io.StringIO()
        csv.writer(out).writerows(lines)
        path.write_text(out.getvalue(), encoding="utf-8")
    return path


def said(description: Description) -> set[tuple[str, str]]:
    return {
        (str(predicate).rstrip(">").rsplit("#")[-1], str(value).rstrip(">").rsplit("/")[-1])
        for _, predicate, value in description.triples
    }


def name_of(description: Description) -> str:
    return description.programme.rsplit("/", 1)[-1]


@pytest.fixture
def read(vocabulary: Vocabulary, tmp_path: Path) -> Read:
    return lambda *rows, name="a.csv": read_file(export(tmp_path / name, *rows), vocabulary)


WOMEN_AND_MEN: Row = {"title": "A", "g1_name": "Women", "g2_name": "Young men"}


def test_groups_are_meant_by_their_numbers(read: Read) -> None:
    row = WOMEN_AND_MEN | {
        "g1_sex": "female",
        "g2_age": "adult",
        "turned_away": "no",
        "turned_away__for": "g1",
        "turned_away__others": "yes",
    }
    [found] = read(row)
    assert {("label", '"women"'), ("label", '"young-men"')} <= {
        (predicate, value) for predicate, value in said(found) if predicate == "label"
    }
    by_answer = {
        str(value).rsplit("/")[-1].rstrip(">"): {
            str(group).rsplit("/")[-1].rstrip(">")
            for subject, predicate, group in found.triples
            if subject == answer and str(predicate).endswith("#for>")
        }
        for answer, holds, value in found.triples
        if str(holds).endswith("#holds>")
    }
    assert by_answer == {"no": {"women"}, "yes": {"young-men"}}


def test_there_is_always_a_group_whom_answers_are_about(read: Read) -> None:
    """So that the report asks who these people are."""
    [found] = read({"title": "A", "leaving_restricted": "yes"})
    assert ("label", '"group-1"') in said(found)


def test_a_group_of_which_nothing_is_said_is_there(read: Read) -> None:
    row = {"title": "A", "more_groups_1": "yes", "turned_away": "no", "turned_away__for": "g2"}
    [found] = read(row)
    assert {("label", '"group-1"'), ("label", '"group-2"'), ("for", "group-2")} <= said(found)


def test_a_place_is_named_by_row_and_column(read: Read) -> None:
    [found] = read({"title": "A", "t_scope/turned_away": "no"})
    [place] = [place for iri, place in found.places.items() if "turned-away" in iri]
    assert (place.line, place.cell) == (2, "column “t_scope/turned_away”")
    [found] = read({"title": "A", "turned_away": "no"}, name="a.xlsx")
    [place] = [place for iri, place in found.places.items() if "turned-away" in iri]
    assert (place.line, place.cell) == (2, "Sheet!C2")


def test_each_row_has_a_name_of_its_own(read: Read) -> None:
    rows = [
        {"title": "Open House"},
        {"title": "Open house!"},
        {"title": "Приют"},
        {"title": "X", "short_name": "given-1"},
    ]
    found = read(*rows)
    assert [name_of(one) for one in found] == [
        "open-house",
        "open-house-2",
        "programme",
        "given-1",
    ]
    assert found[2].title == "Приют"
    assert "a.csv:3: another row is called “open-house” too" in found[0].notes[0]


def test_a_column_of_another_form_is_told(read: Read) -> None:
    [found] = read({"title": "A", "t_scope/asked_by_us": "yes", "_notes": "", "end": "2026-01-01"})
    assert found.notes and all("asked_by_us" in note for note in found.notes)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("ReviewState", "rejected"),
        ("_validation_status", "Not Approved"),
        ("_validation_status", "validation_status_not_approved"),
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_row_that_somebody_rejected_is_told(
    column: str, value: str, name: str, read: Read
) -> None:
    found = read({"title": "A", column: "approved"}, {"title": "B", column: value}, name=name)
    [note] = found[0].notes
    assert f"{name}:3: " in note
    assert f"the row is marked “{value}”, and is read all the same" in note


REFUSED: dict[str, tuple[Row, str]] = {
    "no-title": ({"title": "", "turned_away": "no"}, "column “title”: the title of the programme"),
    "answer": ({"turned_away": "perhaps"}, "column “turned_away”: “perhaps” is not among"),
    "choice": (
        {"compulsory_test": "yes", "h/compulsory_test__of": "hiv_test blood"},
        "column “h/compulsory_test__of”: “hiv_test blood” is not among the choices",
    ),
    "tick": (
        {"compulsory_test": "yes", "compulsory_test__of/hiv_test": "x"},
        "column “compulsory_test__of/hiv_test”: “x” does not say whether this is ticked",
    ),
    "ticks-differ": (
        {
            "compulsory_test": "yes",
            "compulsory_test__of": "hiv_test",
            "compulsory_test__of/hiv_test": "0",
        },
        "“hiv_test” is not what the columns of the choices say",
    ),
    "no-answer": (
        {"compulsory_test__of": "hiv_test"},
        "column “compulsory_test__of”: the answer to “compulsory-test” itself is missing",
    ),
    "no-group": (
        WOMEN_AND_MEN | {"turned_away": "no", "turned_away__for": "g1 g3"},
        "column “turned_away__for”: group 3 is not described",
    ),
    "no-others": (
        WOMEN_AND_MEN
        | {"turned_away": "no", "turned_away__for": "g1 g2", "turned_away__others": "yes"},
        "column “turned_away__others”: it is not said who the other groups are",
    ),
    "two-names": ({"g1_name": "Women", "g3_name": "women"}, "two groups are called “women”"),
    "short-name": ({"short_name": "My House"}, "column “short_name”: “My House” is not a short"),
    "date": ({"answered_on": "March"}, "column “answered_on”: “March” is not a date"),
    "two-titles": ({"a/title": "B"}, "column “a/title”: the column is there twice"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_row_that_cannot_be_used_is_refused_with_its_column(name: str, read: Read) -> None:
    row, words = REFUSED[name]
    with pytest.raises(InputError) as caught:
        read({"title": "First"}, {"title": "A"} | row)
    assert words in str(caught.value)
    assert f"a.csv:{1 if name == 'two-titles' else 3}: " in str(caught.value)
    assert caught.value.remedy


def test_all_rows_that_cannot_be_used_are_told_at_once(read: Read) -> None:
    with pytest.raises(InputError) as caught:
        read({"title": "A", "turned_away": "x"}, {"title": "B"}, {"title": "C", "g1_age": "old"})
    lines = str(caught.value).splitlines()
    assert [line.split("a.csv:")[1][0] for line in lines] == ["2", "4"]


def test_a_formula_and_an_empty_export_are_refused(read: Read) -> None:
    with pytest.raises(InputError, match="Sheet!C2: this cell holds no value"):
        read({"title": "A", "turned_away": "=1+1"}, name="a.xlsx")
    with pytest.raises(InputError, match="the export has no answers yet"):
        read()


def test_labels_of_several_words_are_told_apart(read: Read, vocabulary: Vocabulary) -> None:
    labels = ("HIV test", "any medical test", "pregnancy test")
    row = {"title": "A", "compulsory_test": "yes", "compulsory_test__of": " ".join(labels)}
    [found] = read(row)
    keys = {one.key for label in labels if (one := vocabulary.in_scheme("health-test", label))}
    assert {value for predicate, value in said(found) if predicate == "of"} == keys
    assert len(keys) == 3


def test_convert_writes_one_file_or_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = export(tmp_path / "one.csv", {"title": "Open House", "turned_away": "no"})
    assert main(["convert", str(one), "--to", "yaml"]) == 0
    assert "programme: open-house" in capsys.readouterr().out
    two = export(tmp_path / "two.csv", {"title": "Open House"}, {"title": "Safe House"})
    assert main(["convert", str(two), "--to", "yaml"]) == 2
    assert "the file describes 2 programmes. Name a new folder" in capsys.readouterr().err
    out = tmp_path / "out"
    assert main(["convert", str(two), "--to", "yaml", "-o", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["open-house.yaml", "safe-house.yaml"]
    assert main(["convert", str(two), "--to", "yaml", "-o", str(out)]) == 2
    assert "the folder is not empty" in capsys.readouterr().err
    bad = export(tmp_path / "bad.csv", {"title": "A"}, {"title": "B", "turned_away": "x"})
    assert main(["convert", str(bad), "--to", "csv", "-o", str(tmp_path / "none")]) == 2
    assert not (tmp_path / "none").exists()


# what a form for phones can begin with


def test_groups_in_words_are_filled_in(vocabulary: Vocabulary) -> None:
    form = prefilled(["women=identified-victims,female", "children"], vocabulary)
    fields = {field.name: field for field in lay_out(vocabulary, form=form).fields}
    assert fields["g1_name"].more["default"] == "women"
    assert fields["g1_status"].more["default"] == "identified_victim"
    assert fields["more_groups_1"].more["default"] == "yes"
    assert "default" not in fields["more_groups_2"].more
    assert "default" not in fields["title"].more


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (FormContent(EMPTY.head, {}, {}, (("turned-away", {"holds": ("no",)}),)), "the answer to"),
        (FormContent({**EMPTY.head, "without": ("funder",)}, {}, {}, ()), "“without”"),
        (FormContent(EMPTY.head, {}, {"a": {"without": ("child",)}}, ()), "“without” of the group"),
        (FormContent(EMPTY.head, {}, {"a": {"detained": ("no",)}}, ()), "“detained” of the group"),
        (
            FormContent(EMPTY.head, {}, {f"g{n}": {} for n in range(MOST_GROUPS + 1)}, ()),
            "more than 6 groups",
        ),
    ],
    ids=["answer", "without", "group-without", "asked-otherwise", "groups"],
)
def test_what_it_cannot_begin_with_is_refused(
    form: FormContent, words: str, vocabulary: Vocabulary
) -> None:
    with pytest.raises(InputError, match="a form for phones cannot begin with") as caught:
        to_xlsform(vocabulary, form)
    assert words in str(caught.value)
