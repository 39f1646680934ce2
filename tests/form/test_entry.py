"""What spreadsheets, editors and other programs do to values: taken where only one thing can be
meant, else refused; never changed without a word.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest
import yaml
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from hrge_kg.errors import InputError
from hrge_kg.form.convert import convert, to_fill_in
from hrge_kg.form.description import Description
from hrge_kg.form.readers import read_file
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.form.table_layout import HEADINGS
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.namespaces import HRGE, RDFS

Value = str | bool | int | float | datetime.date | datetime.time
Read = Callable[[Path], Description]


@pytest.fixture
def read(vocabulary: Vocabulary) -> Read:
    def one(path: Path) -> Description:
        [found] = read_file(path, vocabulary)
        return found

    return one


def values(description: Description, slot: str) -> list[str]:
    name = RDFS("label") if slot == "label" else HRGE(slot)
    return [
        value.value.rsplit("/", 1)[-1]
        for _, predicate, value in description.triples
        if predicate == name and not isinstance(value, ox.BlankNode)
    ]


def a_book(
    tmp_path: Path,
    cells: dict[str, Value],
    formats: dict[str, str] | None = None,
    change: Callable[[openpyxl.Workbook], None] = lambda _: None,
) -> Path:
    """A workbook of the form with one answer, in which some cells are set."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.create_sheet("Programme").append(["question", "answer"])
    book["Programme"].append(["programme", "p"])
    book.create_sheet("Groups").append(["question", "women"])
    columns = ["question", "answer", "since", "quantity", "unit", "for"]
    book.create_sheet("Answers").append(columns)
    for place, value in ({"Answers!A2": "detention-lasts", "Answers!B2": "yes"} | cells).items():
        sheet, cell = place.split("!")
        book[sheet][cell] = value
        book[sheet][cell].number_format = (formats or {}).get(
            place, book[sheet][cell].number_format
        )
    change(book)
    path = tmp_path / "form.xlsx"
    book.save(path)
    return path


def a_table(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "form.csv"
    path.write_bytes(text.encode(encoding))
    return path


def refused(read: Read, path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read(path)
    return str(caught.value)


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


# what loaders make of yes, no and days

FORM = """programme: p
answered: {on: 2026-11-01, level: practice}
groups: {women: {sex: female, only: yes, admitted: no}}
answers: {turned-away: [{holds: no, for: women, on: 2026-10-01}, yes]}
"""


def test_a_form_that_pyyaml_loaded_and_wrote_again_says_the_same(
    vocabulary: Vocabulary, read: Read, tmp_path: Path
) -> None:
    loaded = yaml.safe_load(FORM)
    strings = yaml.load(FORM, Loader=yaml.BaseLoader)
    said = set(parse_form(FORM, "p.yaml", vocabulary).triples)
    for number, tree in enumerate((loaded, strings)):
        path = tmp_path / f"{number}.yaml"
        path.write_text(yaml.safe_dump(tree), encoding="utf-8")
        found = read(path)
        assert set(found.triples) == said
        assert any("“true” is read as “on”" in note for note in found.notes) is (tree is loaded)


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-01T00:00:00.000Z",
        "'2026-11-01T00:00:00.000Z'",
        "2026-11-01 00:00:00",
        "2026-11-01 00:00:00+00:00",
        "2026-11-01T00:00:00+01:00",
    ],
)
def test_midnight_is_a_day(written: str, vocabulary: Vocabulary) -> None:
    found = parse_form(
        f"programme: p\nanswers: {{turned-away: {{holds: no, on: {written}}}}}", "p", vocabulary
    )
    assert values(found, "statedOn") == ["2026-11-01"]
    assert any("is read as the day 2026-11-01" in note for note in found.notes)


WRITTEN = [
    ("June 2019", "month 2019-06"),
    ("13/04/2019", "day 2019-04-13"),
    ("06/2019", "month 2019-06"),
]


@pytest.mark.parametrize(("written", "told"), WRITTEN)
def test_a_date_as_people_write_it_is_read_and_told(
    written: str, told: str, read: Read, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """Alike in YAML, CSV and a workbook."""
    answer = f"programme: p\nanswers: {{turned-away: {{holds: no, since: {written}}}}}"
    table = "part,question,answer,since\nprogramme,programme,p,\n"
    for found in (
        parse_form(answer, "p", vocabulary),
        read(a_table(tmp_path, f"{table}answer,turned-away,no,{written}\n")),
        read(a_book(tmp_path, {"Answers!C2": written})),
    ):
        assert values(found, "since") == [told.rpartition(" ")[2]]
        assert any(f"“{written}” is read as the {told}" in note for note in found.notes)


def test_a_date_that_can_be_misread_is_refused_with_a_choice(
    read: Read, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    with pytest.raises(InputError, match="2019-03-04 for 4 March 2019 or 2019-04-03 for 3 April"):
        parse_form("programme: p\nanswered: {on: 03/04/2019}", "p", vocabulary)
    assert "can be read as" in refused(read, a_book(tmp_path, {"Answers!C2": "3.4.2019"}))


@pytest.mark.parametrize(
    "written", ["2026-10-31T23:00:00.000Z", "2026-11T00:00:00Z", "2026-02-30T00:00:00Z", "now"]
)
def test_no_other_time_is_a_day(written: str, vocabulary: Vocabulary) -> None:
    with pytest.raises(InputError, match="is not a date"):
        parse_form(f"programme: p\nanswered: {{on: {written}}}", "p", vocabulary)


@pytest.mark.parametrize("written", ["2026.0", "2026.00"])
def test_a_year_with_a_decimal_place_is_a_year_in_a_table(
    written: str, read: Read, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    """So programs save a column that has years and blank cells."""
    table = "part,question,answer,since\nprogramme,programme,p,\n"
    found = read(a_table(tmp_path, f"{table}answer,turned-away,no,{written}\n"))
    assert values(found, "since") == ["2026"]
    assert found.notes[0].endswith(f"“{written}” is read as the year 2026")
    for wrong in ("2026.5", "2026-03.0", "26.0"):
        path = a_table(tmp_path, f"{table}answer,turned-away,no,{wrong}\n")
        assert "is not a date" in refused(read, path)
    with pytest.raises(InputError, match="is not a date"):
        parse_form(f"programme: p\nanswered: {{on: {written}}}", "p.yaml", vocabulary)


@pytest.mark.parametrize("word", ["'no'", '"NO"', "'false'", "FALSE", "!!str no", "|\n    no\n"])
def test_no_is_no_in_every_spelling_of_a_program(word: str, vocabulary: Vocabulary) -> None:
    found = parse_form(f"programme: p\nanswers:\n  turned-away: {word}", "p", vocabulary)
    assert values(found, "holds") == ["no"]


def test_true_beside_on_is_refused(vocabulary: Vocabulary) -> None:
    with pytest.raises(InputError, match="“true” is read as “on”, and this key is here too"):
        parse_form("programme: p\nanswered: {on: 2026, true: 2025}", "p", vocabulary)


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        (
            "ttl",
            "@prefix hrge: <https://w3id.org/hrge/ns#> .\n"
            "@prefix c: <https://w3id.org/hrge/id/concept/> .\n"
            "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
            "<p> a hrge:Programme ; hrge:turnedAway [ hrge:holds c:no ;\n"
            '  hrge:statedOn "2026-11-01T00:00:00Z"^^xsd:dateTime ] .\n',
        ),
        (
            "jsonld",
            '{"@context": "https://w3id.org/hrge/context.jsonld", "@id": "p",\n'
            '"type": "Programme", "turned-away": {"holds": "no",\n'
            '"on": "2026-11-01T00:00:00.000Z"}}',
        ),
    ],
)
def test_midnight_is_a_day_in_rdf(ending: str, text: str, read: Read, tmp_path: Path) -> None:
    path = tmp_path / f"form.{ending}"
    path.write_text(text, encoding="utf-8")
    found = read(path)
    assert values(found, "statedOn") == ["2026-11-01"]
    assert any("is read as the day 2026-11-01" in note for note in found.notes)


# CSV as programs save it

TABLE = "part;name;question;answer\nprogramme;;programme;p\nprogramme;;title;Förderung – “Süd”\n"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_table_in_another_encoding_is_read_and_told(
    encoding: str, read: Read, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = read(a_table(tmp_path, TABLE, encoding))
    assert found.title == "Förderung – “Süd”"
    [note] = found.notes
    assert ("Windows-1252" in note and ":3:" in note) or "UTF-16" in note
    assert note in caplog.text


def test_what_is_in_no_known_encoding_is_refused(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_bytes(TABLE.encode("cp1252") + b"\x81\x8d\n")
    assert "neither UTF-8 nor Windows-1252" in refused(read, path)


@pytest.mark.parametrize("first", ["sep=;\n", "sep=;\r\n", '"sep=;"\n', "\ufeffsep=;\n", "SEP=;\n"])
def test_a_line_that_names_the_separator_is_no_row(first: str, read: Read, tmp_path: Path) -> None:
    path = a_table(tmp_path, first + TABLE + "answer;;turned-away;no\n")
    found = read(path)
    assert values(found, "holds") == ["no"]
    assert found.places[f"{found.programme}/statement/turned-away-1"].line == 5
    assert any("names the separator" in note for note in found.notes)


def test_our_own_table_survives_every_spreadsheet(
    vocabulary: Vocabulary, read: Read, tmp_path: Path
) -> None:
    made = to_fill_in("csv", vocabulary)
    assert made.startswith(b"\xef\xbb\xbf")
    text = made.decode("utf-8-sig")
    assert "·" not in text
    found = read(a_table(tmp_path, text, "cp1252"))
    assert (found.title, values(found, "holds")) == ("My programme", [])


def test_what_we_write_is_read_without_a_note(
    vocabulary: Vocabulary, read: Read, tmp_path: Path
) -> None:
    for to in ("yaml", "csv", "xlsx"):
        path = tmp_path / f"form.{to}"
        path.write_bytes(to_fill_in(to, vocabulary))
        assert read(path).notes == ()


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
