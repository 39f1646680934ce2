"""What spreadsheets, editors and other programs do to names and texts: taken where only one thing
can be meant, else refused; never changed without a word.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from handed_in import Read, Value, a_book, a_table, reader, refused, values
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from hrge_kg.errors import InputError
from hrge_kg.form.convert import convert, to_fill_in
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.form.table_layout import HEADINGS
from hrge_kg.form.vocabulary import Vocabulary


@pytest.fixture
def read(vocabulary: Vocabulary) -> Read:
    return reader(vocabulary)


# what a spreadsheet makes of a name


@pytest.mark.parametrize("place", ["Groups!B1", "Programme!B2", "Answers!F2", "Answers!B2"])
@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (datetime.datetime(2026, 12, 5), "a date or a time (“2026-12-05”)"),
        (datetime.time(5, 12), "a date or a time (“05:12:00”)"),
    ],
)
def test_a_date_where_a_word_belongs_is_refused_with_its_cell(
    place: str, value: Value, kind: str, read: Read, tmp_path: Path
) -> None:
    told = refused(read, a_book(tmp_path, {place: value}))
    assert f"{place}: this cell holds {kind}, and no word" in told
    assert "Format the cell as text" in told


def test_a_title_or_a_name_that_became_a_value_is_refused(read: Read, tmp_path: Path) -> None:
    day = datetime.datetime(2026, 12, 5)
    told = refused(read, a_book(tmp_path, {"Programme!A3": "title", "Programme!B3": day}))
    assert "Programme!B3: this cell holds a date" in told
    told = refused(read, a_book(tmp_path, {"Groups!B1": True}))
    assert "Groups!B1: this cell holds true or false" in told


def test_a_number_for_a_name_is_told(read: Read, tmp_path: Path) -> None:
    found = read(a_book(tmp_path, {"Groups!B1": 7, "Answers!F2": 7}))
    assert "7" in values(found, "label")
    assert any("Groups!B1: the cell holds a number" in note for note in found.notes)


def test_the_workbook_formats_columns_of_words_as_text(vocabulary: Vocabulary) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_fill_in("xlsx", vocabulary)))
    text = "@"
    groups = book["Groups"]
    for column in "CDEN":
        assert groups.column_dimensions[column].number_format == text
        assert {groups[f"{column}{row}"].number_format for row in (1, 2, groups.max_row)} == {text}
    questions = book["Questions"]
    own = {HEADINGS[column] for column in ("since", "until", "quantity", "on")}
    for heading in HEADINGS.values():
        [place] = [cell.column for cell in questions[1] if cell.value == heading]
        wanted = heading not in own
        for row in (3, questions.max_row):
            assert (questions.cell(row, place).number_format == text) is wanted, heading
        dimension = questions.column_dimensions[get_column_letter(place)]
        assert (dimension.number_format == text) is wanted, heading
    rows = iter(book["Start here"].iter_rows(max_col=3))
    assert any(row[0].value == "Key" for row in rows)
    for key, _, answer in rows:
        assert (answer.number_format == text) is (key.value != "answered-on")


@pytest.mark.parametrize("name", ["5-12", "2026-12-05", "mar-1", "1-may", "007", "1e5"])
def test_a_name_that_a_spreadsheet_would_change_is_kept_from_it(
    name: str, vocabulary: Vocabulary, read: Read, tmp_path: Path
) -> None:
    form = parse_form(
        f"programme: '{name}'\ntitle: '{name}'\ngroups: {{'{name}': {{sex: female}}}}\n"
        f"answers: {{turned-away: {{holds: no, for: '{name}'}}}}\n",
        "p.yaml",
        vocabulary,
    )
    for to in ("csv", "xlsx"):
        path = tmp_path / f"form.{to}"
        path.write_bytes(convert(form, to, vocabulary).content)
        assert set(values(read(path), "label")) == {name}
    rows = list(csv.reader(io.StringIO((tmp_path / "form.csv").read_text("utf-8-sig"))))
    assert not any(cell == name for row in rows for cell in row)


def test_a_bare_day_for_a_name_is_refused_in_csv(read: Read, tmp_path: Path) -> None:
    table = "part,name,question,answer\nprogramme,,programme,p\ngroup,2026-12-05,sex,female\n"
    assert "column “name”: this cell holds a date" in refused(read, a_table(tmp_path, table))


# characters


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("in\u00a0part", "U+00A0"),
        ("in\u202fpart", "U+202F"),
        ("in\npart", "U+000A"),
        ("in-\u00adpart", "U+00AD"),
        ("\u200bin part", "U+200B"),
        ("in part\u200e", "U+200E"),
        ("\u202ain part\u202c", "U+202A"),
        ("in–part", "U+2013"),
        ("“in part”", "“"),
    ],
)
@pytest.mark.parametrize("ending", ["yaml", "csv", "xlsx"])
def test_a_word_is_read_through_what_does_not_show_and_told(
    written: str, code: str, ending: str, read: Read, tmp_path: Path
) -> None:
    if ending == "xlsx":
        path = a_book(tmp_path, {"Answers!B2": written})
    elif ending == "csv":
        rows = f'part,question,answer\nprogramme,programme,p\nanswer,turned-away,"{written}"\n'
        path = a_table(tmp_path, rows)
    else:
        path = tmp_path / "form.yaml"
        quoted = written.replace("\n", "\\n")
        path.write_text(f'programme: p\nanswers: {{turned-away: "{quoted}"}}\n', encoding="utf-8")
    found = read(path)
    assert values(found, "holds") == ["in-part"]
    note = next(note for note in found.notes if code in note)
    place = {"xlsx": "Answers!B2", "csv": ":3: column “answer”", "yaml": ":2"}[ending]
    assert place in note


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"Answers!B2": "no\u202e"}, "Answers!B2"),
        ({"Programme!A3": "title", "Programme!B3": "no\u202e"}, "Programme!B3"),
    ],
)
def test_what_does_not_print_is_named_with_its_cell(
    cells: dict[str, Value], place: str, read: Read, tmp_path: Path
) -> None:
    told = refused(read, a_book(tmp_path, cells))
    assert place in told and "U+202E (right-to-left override)" in told


def test_a_cell_in_which_nothing_shows_is_blank(read: Read, tmp_path: Path) -> None:
    found = read(a_book(tmp_path, {"Answers!C2": "\u00a0", "Answers!F2": "\u200b"}))
    assert values(found, "since") == values(found, "isFor") == []


def test_indents_of_no_break_spaces_are_indents(vocabulary: Vocabulary) -> None:
    form = "programme:\u00a0p\nanswers:\n\u00a0\u00a0turned-away:\u00a0no\n"
    found = parse_form(form, "p.yaml", vocabulary)
    assert values(found, "holds") == ["no"]
    assert found.notes == (
        "p.yaml:1: U+00A0 (no-break space) is read as a space (here first, at 2 places)",
    )


@pytest.mark.parametrize("stored", ["One_x000D_\nline", "One_x000B_line", "One_x000a_line"])
def test_a_title_of_a_workbook_has_no_escaped_line_end(
    stored: str, read: Read, tmp_path: Path
) -> None:
    cells: dict[str, Value] = {"Programme!A3": "title", "Programme!B3": stored}
    assert read(a_book(tmp_path, cells)).title == "One line"


@pytest.mark.parametrize("written", ["young-women", "Young women", "YOUNG_WOMEN", "women", "Women"])
def test_a_group_is_meant_by_its_name_in_every_spelling(
    written: str, read: Read, tmp_path: Path
) -> None:
    """Women is a kind of people too."""
    cells: dict[str, Value] = {"Groups!C1": "young-women", "Answers!F2": written}
    group = written.lower().replace(" ", "-").replace("_", "-")
    assert values(read(a_book(tmp_path, cells)), "for") == [group]


def test_how_to_write_several_words_is_told(
    read: Read, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    message = refused(read, a_book(tmp_path, {"Groups!C1": "men", "Answers!F2": "women, men"}))
    assert "If these are several, write women; men. Name one of: women, men, " in message
    text = "programme: p\nactivity: shelter-activity / legal-aid-activity\n"
    with pytest.raises(InputError, match=r"write \[shelter-activity, legal-aid-activity\]\. Use"):
        parse_form(text, "a.yaml", vocabulary)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("!important House", "YAML takes “!important” for a tag, and not for text. Put the value"),
        ("!House", "YAML takes “!House” for a tag"),
        ("! House", "YAML takes “!” for a tag"),
        ("!!python/name:os.system House", "YAML takes “!!python/name:os.system” for a tag"),
        ("&House", "YAML takes “&House” for an anchor"),
        ("@House", "found character '@' that cannot start any token. Put the value in quotation"),
        ("House: for women", "If the value has a colon in it, put it in quotation marks"),
        ("'Women's house'", "In a value between ' and ', write each apostrophe twice"),
        ("\tHouse", "Write blanks in place of the tab"),
        ("House\n---\ntitle: B", "Keep one document: remove what stands from the line --- on"),
    ],
)
def test_a_title_that_yaml_takes_for_something_else_is_refused(
    value: str, words: str, vocabulary: Vocabulary
) -> None:
    with pytest.raises(InputError) as caught:
        parse_form(f"programme: p\ntitle: {value}\n", "p.yaml", vocabulary)
    assert words in str(caught.value)


def test_types_that_programs_write_are_read(vocabulary: Vocabulary) -> None:
    text = "programme: !!str p\ntitle: ! 'A house'\nanswers: !!map {turned-away: !!bool no}\n"
    found = parse_form(text, "p.yaml", vocabulary)
    assert (found.title, values(found, "holds")) == ("A house", ["no"])


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("House #4 for women", "“#4 for women”"),
        ("#4 House", "“#4 House”"),
        ("House  # a comment", ""),
        ('"House #4"', ""),
    ],
)
def test_a_comment_that_may_be_a_part_of_the_title_is_told(
    title: str, told: str, vocabulary: Vocabulary
) -> None:
    notes = parse_form(f"programme: p\ntitle: {title}\n", "p.yaml", vocabulary).notes
    assert len(notes) == bool(told)
    assert all(f"p.yaml:2: YAML takes {told} for a comment" in note for note in notes)


@pytest.mark.parametrize("written", ["2568-03-01", "1/13/2568", "1404"])
def test_a_year_of_another_calendar_is_told(written: str, read: Read, tmp_path: Path) -> None:
    table = f"part,question,answer,since\nprogramme,programme,p,\nanswer,turned-away,no,{written}\n"
    found = read(a_table(tmp_path, table))
    year = values(found, "since")[0][:4]
    assert f"the year {year} is read as it stands; if it is of another calendar" in found.notes[-1]


# what a person does not see, or adds


def test_what_is_hidden_or_struck_through_is_told(read: Read, tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["Answers"].row_dimensions[2].hidden = True
        book["Answers"].row_dimensions[3].hidden = True
        book["Answers"].column_dimensions["B"].hidden = True
        book["Answers"]["B2"].font = Font(strike=True)
        book["Answers"]["A3"] = "turned-away"  # asked, and nothing stated
        book["Groups"].sheet_state = "hidden"
        book["Groups"].append(["sex", "female"])

    found = read(a_book(tmp_path, {}, change=hide))
    told = "\n".join(re.sub(r"^.*?form\.xlsx", "", note) for note in found.notes)
    assert told.splitlines() == [
        ": the sheet Groups is hidden, and is read all the same",
        ":2: a row of the sheet Answers is hidden, and is read all the same",
        ": Answers!B1: a column of the sheet Answers is hidden, and is read all the same",
        ":2: Answers!B2: the cell is struck through, and is read all the same",
    ]


def test_a_column_of_ones_own_right_of_ours_is_not_read(read: Read, tmp_path: Path) -> None:
    cells: dict[str, Value] = {
        "Answers!G1": "Notes",
        "Answers!G2": "call the NGO",
        "Answers!H2": "again",
        "Programme!C1": "Remarks",
    }
    found = read(a_book(tmp_path, cells))
    assert values(found, "holds") == ["yes"]
    told = "\n".join(found.notes)
    assert "Answers!G1: the column “Notes” is none of the form, and is not read" in told
    assert "Answers!H2: a cell right of the form is not read" in told
    table = "part,question,answer,Notes\nprogramme,programme,p,x\nanswer,turned-away,no,call\n"
    found = read(a_table(tmp_path, table))
    assert values(found, "holds") == ["no"]
    assert "the column “notes” is none of the form" in found.notes[0]


@pytest.mark.parametrize(
    ("sheet", "merged", "words"),
    [
        ("Answers", "F2:F3", "Answers!F3: this cell is merged with F2, and holds nothing itself"),
        ("Groups", "B2:C2", "Groups!C2: this cell is merged with B2"),
    ],
)
def test_a_value_that_shows_in_several_cells_is_refused(
    sheet: str, merged: str, words: str, read: Read, tmp_path: Path
) -> None:
    cells: dict[str, Value] = {
        "Groups!C1": "men",
        "Groups!A2": "age",
        "Groups!B2": "adult",
        "Answers!F2": "women",
        "Answers!A3": "turned-away",
        "Answers!B3": "no",
    }

    def merge(book: openpyxl.Workbook) -> None:
        book[sheet].merge_cells(merged)

    message = refused(read, a_book(tmp_path, cells, change=merge))
    assert words in message and "Unmerge the cells" in message


def test_merged_cells_beside_what_is_read_do_no_harm(read: Read, tmp_path: Path) -> None:
    cells: dict[str, Value] = {"Answers!G1": "Notes", "Answers!G2": "call"}

    def merge(book: openpyxl.Workbook) -> None:
        book["Answers"].merge_cells("G2:H9")
        book["Answers"].merge_cells("B3:C4")  # nothing stands there
        book["Groups"].merge_cells("A5:Z60")

    assert values(read(a_book(tmp_path, cells, change=merge)), "holds") == ["yes"]


def test_a_strict_workbook_is_told_how_to_save(read: Read, tmp_path: Path) -> None:
    transitional = "http://schemas.openxmlformats.org/"
    strict = tmp_path / "strict.xlsx"
    with (
        zipfile.ZipFile(a_book(tmp_path, {})) as packed,
        zipfile.ZipFile(strict, "w") as made,
    ):
        for name in packed.namelist():
            text = packed.read(name).replace(
                f"{transitional}spreadsheetml/2006/main".encode(),
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            made.writestr(name, text)
    assert "Save it as the file type “Excel Workbook (.xlsx)”" in refused(read, strict)
    old = tmp_path / "old.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0" * 20)
    assert "older kind (.xls), or locked" in refused(read, old)
    assert "Save it as .xlsx or .csv" in refused(read, tmp_path / "old.xls")
