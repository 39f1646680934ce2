"""What loaders make of yes, no and days, and how programs save tables: taken where only one thing
can be meant, else refused; never changed without a word.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from handed_in import Read, a_book, a_table, reader, refused, values

from hrge_kg.errors import InputError
from hrge_kg.form.convert import to_fill_in
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.form.vocabulary import Vocabulary


@pytest.fixture
def read(vocabulary: Vocabulary) -> Read:
    return reader(vocabulary)


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
