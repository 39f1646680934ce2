"""The workbook as people fill it in: what they see, what it refuses, and what is read of it."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import column, places

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.relevance import find_relevance
from hrge_kg.errors import InputError
from hrge_kg.form.convert import convert, to_fill_in
from hrge_kg.form.description import Description
from hrge_kg.form.readers import read_file
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.form.relevance import Relevance
from hrge_kg.form.slots import SLOTS
from hrge_kg.form.table_layout import HEADINGS
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.form.wording import fact_label, slot_label

SHEETS = ["Start here", "Groups", "Questions", "Check"]


@pytest.fixture(scope="module")
def relevance(assessor: Assessor) -> Relevance:
    return find_relevance(assessor)


@pytest.fixture(scope="module")
def written(vocabulary: Vocabulary, relevance: Relevance) -> bytes:
    return to_fill_in("xlsx", vocabulary, relevance=relevance)


@pytest.fixture
def book(written: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(written))


@pytest.fixture
def read(
    book: openpyxl.Workbook, vocabulary: Vocabulary, tmp_path: Path
) -> Callable[[], Description]:
    """What is read of the workbook once it is saved."""

    def one() -> Description:
        path = tmp_path / "filled.xlsx"
        book.save(path)
        [found] = read_file(path, vocabulary)
        return found

    return one


def said(description: Description) -> set[tuple[str, str]]:
    """What is stated, by the last parts of names."""
    return {
        (str(predicate).rstrip(">").rsplit("#")[-1], str(value).rstrip(">").rsplit("/")[-1])
        for _, predicate, value in description.triples
    }


# what people see


def test_people_see_four_sheets_and_words(book: openpyxl.Workbook) -> None:
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"] == SHEETS
    questions = book["Questions"]
    assert [cell.value for cell in questions[1]][:3] == ["Topic", "Question", "Answer"]
    assert questions.freeze_panes == book["Groups"].freeze_panes == "C2"
    end = questions.cell(questions.max_row, questions.max_column).coordinate
    assert questions.auto_filter.ref == f"A1:{end}"
    headings = {cell.value: get_column_letter(place) for place, cell in enumerate(questions[1], 1)}
    looks = {name: questions.column_dimensions[letters] for name, letters in headings.items()}
    shown = [name for name, look in looks.items() if not look.hidden]
    assert shown == ["Topic", "Question", "Answer", "Which of these", "For whom", "Check"]
    folded = {name for name, look in looks.items() if look.outlineLevel}
    assert folded == {*HEADINGS.values(), "Why", "Key"} - set(shown)


def test_a_topic_has_a_band_and_the_filter_keeps_it(
    book: openpyxl.Workbook, vocabulary: Vocabulary
) -> None:
    bands: list[Any] = []
    for topic, question, *_ in book["Questions"].iter_rows(min_row=2, values_only=True):
        if question is None:
            bands.append(topic)
        assert topic == bands[-1]
    assert len(bands) == len(set(bands)) == len({one.topic for one in vocabulary.aspects.values()})


def test_the_workbook_can_be_read_on_a_screen(book: openpyxl.Workbook) -> None:
    """Text is wrapped, and no row is too low for its longest cell."""
    for name in SHEETS[1:3]:
        sheet = book[name]
        for row in sheet.iter_rows(min_row=2):
            for place, cell in enumerate(row, 1):
                dimension = sheet.column_dimensions[get_column_letter(place)]
                if cell.value and not dimension.hidden and not str(cell.value).startswith("="):
                    text, width = str(cell.value), dimension.width
                    assert cell.alignment.wrap_text
                    assert all(len(word) <= width for word in text.split())
                    height = sheet.row_dimensions[cell.row or 0].height or 0
                    assert height >= 14 * len(text) / width


def test_the_meaning_of_each_choice_is_a_note(
    book: openpyxl.Workbook, vocabulary: Vocabulary
) -> None:
    questions, row_of = book["Questions"], places(book)["Questions"]
    which = column(questions, "Which of these")
    for key, aspect in vocabulary.aspects.items():
        source = questions.cell(row_of[key], 2).comment
        assert source is not None
        assert all(quote in source.text for quote in aspect.quotes)
        told = questions.cell(row_of[key], which).comment
        assert (told is not None) is (aspect.of_scheme is not None), key
        for concept in vocabulary.concepts_in(aspect.of_scheme or ""):
            assert told is not None
            assert f"{concept.label}: {concept.definition}" in told.text


def offers(sheet: Worksheet) -> Iterator[tuple[str, Any]]:
    for offer in sheet.data_validations.dataValidation:
        for area in offer.sqref.ranges:
            for cell in sheet[area.coord] if ":" in area.coord else ((sheet[area.coord],),):
                for one in cell:
                    yield one.coordinate, offer


def test_a_cell_refuses_other_words_than_those_it_offers(
    book: openpyxl.Workbook, vocabulary: Vocabulary
) -> None:
    questions, row_of = book["Questions"], places(book)["Questions"]
    offered = dict(offers(questions))
    for key, row in row_of.items():
        if key not in vocabulary.aspects:
            continue
        offer = offered[f"C{row}"]
        assert (offer.errorStyle, offer.showErrorMessage) == ("stop", True)
        assert words_of(book, offer) == ["yes", "in part", "no", "don't know", "does not apply"]
        assert offer.prompt
        scheme = vocabulary.aspects[key].of_scheme
        if scheme:
            labels = {concept.label for concept in vocabulary.concepts_in(scheme)}
            which = offered[questions.cell(row, column(questions, "Which of these")).coordinate]
            assert set(words_of(book, which)) == labels
            assert which.errorStyle == "warning"  # several can be named
    unit = questions.cell(5, column(questions, HEADINGS["unit"])).coordinate
    assert offered[unit].errorStyle == "stop"
    groups = dict(offers(book["Groups"]))
    row = places(book)["Groups"]["admitted"]
    assert groups[f"N{row}"].errorStyle == "stop"
    assert groups["C1"].type == "custom"


def words_of(book: openpyxl.Workbook, offer: Any) -> list[Any]:
    sheet, _, area = offer.formula1.partition("!")
    return [row[0].value for row in book[sheet][area.replace("$", "")]]


# what is read


def test_labels_and_codes_are_read_alike(
    book: openpyxl.Workbook, read: Callable[[], Description]
) -> None:
    groups, questions, row_of = book["Groups"], book["Questions"], places(book)
    row = row_of["Questions"]["compulsory-test"]
    groups.cell(row_of["Groups"]["age"], 3).value = "adults"
    questions.cell(row, 3).value = "don't know"
    questions.cell(row, 4).value = "HIV test"
    labels = said(read())
    groups.cell(row_of["Groups"]["age"], 3).value = "adult"
    questions.cell(row, 3).value = "dont-know"
    questions.cell(row, 4).value = "hiv-test"
    assert said(read()) == labels
    assert {("has", "adult"), ("holds", "dont-know"), ("of", "hiv-test")} <= labels


def test_a_row_that_is_added_asks_its_question_in_words(
    book: openpyxl.Workbook, read: Callable[[], Description], vocabulary: Vocabulary
) -> None:
    questions = book["Questions"]
    row = questions.max_row + 1
    questions.cell(row, 2).value = vocabulary.aspects["turned-away"].question.upper()
    questions.cell(row, 3).value = "no"
    found = read()
    assert any(predicate == "turnedAway" for predicate, _ in said(found))
    [place] = [one for iri, one in found.places.items() if "turned-away" in iri]
    assert place.cell == f"Questions!B{row}"


def test_words_that_ask_another_question_than_the_key_are_refused(
    book: openpyxl.Workbook, read: Callable[[], Description], vocabulary: Vocabulary
) -> None:
    row = places(book)["Questions"]["compulsory-test"]
    book["Questions"].cell(row, 2).value = vocabulary.aspects["turned-away"].question
    book["Questions"].cell(row, 3).value = "no"
    with pytest.raises(InputError, match=f"Questions!B{row}: the words are those of the question"):
        read()


def test_a_formula_is_refused_only_where_it_would_be_read(
    book: openpyxl.Workbook, read: Callable[[], Description]
) -> None:
    assert read().notes == ()
    row = places(book)["Questions"]["compulsory-test"]
    book["Questions"].cell(row, 3).value = '="no"'
    with pytest.raises(InputError, match=f"Questions!C{row}: this cell holds a formula"):
        read()


def test_two_sheets_of_one_kind_are_refused(
    book: openpyxl.Workbook, read: Callable[[], Description]
) -> None:
    book.create_sheet("Answers").append(["question", "answer"])
    with pytest.raises(InputError, match="two sheets of one kind, Questions and Answers"):
        read()


def test_every_word_is_read_by_its_label(vocabulary: Vocabulary) -> None:
    for key, dimension in vocabulary.dimensions.items():
        for concept in vocabulary.concepts_in(dimension.scheme):
            label = fact_label(vocabulary, key, concept.key, programme=dimension.of_programme)
            assert vocabulary.in_scheme(dimension.scheme, label) == concept
    for aspect in vocabulary.aspects.values():
        for slot, scheme in ((name, one.scheme or aspect.of_scheme) for name, one in SLOTS.items()):
            for concept in vocabulary.concepts_in(scheme or ""):
                label = slot_label(vocabulary, slot, concept.key, aspect, ())
                assert vocabulary.in_scheme(scheme or "", label) == concept


def test_a_group_with_the_name_of_a_kind_is_meant_by_it(vocabulary: Vocabulary) -> None:
    aspect = vocabulary.aspects["turned-away"]
    label = slot_label(vocabulary, "for", "adult", aspect, ())
    assert label != "adult"
    assert slot_label(vocabulary, "for", "adult", aspect, {label}) == "adult"
    assert slot_label(vocabulary, "for", "female", aspect, {"women-and-girls"}) == "female"


# what spreadsheets and people do to cells


def answer(book: openpyxl.Workbook, key: str, heading: str) -> Any:
    """The cell of a question in a column."""
    questions = book["Questions"]
    return questions.cell(places(book)["Questions"][key], column(questions, heading))


def test_a_percentage_is_read_as_it_shows(
    book: openpyxl.Workbook, read: Callable[[], Description]
) -> None:
    answer(book, "served-in-numbers", "Answer").value = "yes"
    share = answer(book, "served-in-numbers", HEADINGS["quantity"])
    share.value, share.number_format = 0.5, "0%"
    answer(book, "served-in-numbers", HEADINGS["unit"]).value = "percent"
    found = read()
    assert any(str(value).startswith('"50"') for _, _, value in found.triples)
    assert any(f"Questions!{share.coordinate}" in note for note in found.notes)


def test_what_became_something_else_is_refused_with_its_cell(
    book: openpyxl.Workbook, read: Callable[[], Description]
) -> None:
    book["Groups"]["C1"].value = datetime.datetime(2026, 12, 5)
    answer(book, "served-in-numbers", "Answer").value = "yes"
    number = answer(book, "served-in-numbers", HEADINGS["quantity"])
    number.value = "1.000"
    answer(book, "served-in-numbers", HEADINGS["unit"]).value = "persons"
    with pytest.raises(InputError) as caught:
        read()
    assert "Groups!C1: this cell holds a date or a time" in str(caught.value)
    assert f"Questions!{number.coordinate}: “1.000” can be read as" in str(caught.value)


def test_what_people_do_not_see_is_told_and_their_own_columns_are_not_read(
    book: openpyxl.Workbook, read: Callable[[], Description]
) -> None:
    questions = book["Questions"]
    cell = answer(book, "turned-away", "Answer")
    cell.value, cell.font = "no\u00a0", Font(strike=True)
    questions.row_dimensions[cell.row].hidden = True
    answer(book, "turned-away", HEADINGS["frequency"]).value = "always"  # in a folded column
    questions.cell(1, questions.max_column + 1).value = "Notes"
    questions.cell(cell.row, questions.max_column).value = "call the NGO"
    told = "\n".join(read().notes)
    assert "a row of the sheet Questions is hidden, and is read all the same" in told
    assert "a column of the sheet Questions is hidden, and is read all the same" in told
    assert "the cell is struck through, and is read all the same" in told
    assert "the column “Notes” is none of the form, and is not read" in told


def test_what_is_written_is_read_without_a_note(vocabulary: Vocabulary, tmp_path: Path) -> None:
    """Also where a folded column is filled: it is unfolded."""
    form = parse_form(
        "programme: p\nanswers:\n  turned-away: {holds: no, frequency: always}\n", "p", vocabulary
    )
    path = tmp_path / "form.xlsx"
    path.write_bytes(convert(form, "xlsx", vocabulary).content)
    [found] = read_file(path, vocabulary)
    assert (set(found.triples), found.notes) == (set(form.triples), ())
