"""Files that are handed in, as people and programs write them, and what is read of them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest

from hrge_kg.errors import InputError
from hrge_kg.form.description import Description
from hrge_kg.form.readers import read_file
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.namespaces import HRGE, RDFS

Value = str | bool | int | float | datetime.date | datetime.time
Read = Callable[[Path], Description]


def reader(vocabulary: Vocabulary) -> Read:
    """Reads a file that describes one programme."""

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
