"""Finds cells in a workbook of the form."""

from __future__ import annotations

from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet


def column(sheet: Worksheet, name: str) -> int:
    """The number of a column, by its heading."""
    return [cell.value for cell in sheet[1]].index(name) + 1


def rows(sheet: Worksheet, key: int) -> dict[Any, int]:
    """The rows of a sheet by their keys."""
    return {
        row[key - 1].value: place
        for place, row in enumerate(sheet.iter_rows(), 1)
        if row[key - 1].value
    }


def places(book: openpyxl.Workbook) -> dict[str, dict[Any, int]]:
    """The rows of the questions, by sheet and key."""
    questions = book["Questions"]
    keys = {"Start here": 1, "Groups": 1, "Questions": column(questions, "Key")}
    return {name: rows(book[name], key) for name, key in keys.items()}
