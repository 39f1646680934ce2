"""How large what people hand in may be: at each limit it is read, one past it refused in words, and
neither takes long.
"""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest

from hrge_kg.errors import InputError
from hrge_kg.form.content import EMPTY
from hrge_kg.form.readers import MOST_GROUPS, read_file
from hrge_kg.form.readers.sheet_extent import (
    CELLS,
    COLUMNS,
    ROWS,
    WIDE_COLUMNS,
    WIDE_ROWS,
    measure,
)
from hrge_kg.form.readers.turtle_parser import MOST_TRIPLES
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.form.writers.xlsx_writer import to_xlsx
from hrge_kg.parsing import yaml_nodes
from hrge_kg.parsing.yaml_nodes import YamlNodes

HEAD = "programme: p\ngroups:\n"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(rows: str) -> io.BytesIO:
    xml = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'
    return io.BytesIO(xml.encode())


def letters(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def row(number: int, *columns: int, empty: bool = False) -> str:
    cells = (
        f'<c r="{letters(column)}{number}"' + (' s="1"/>' if empty else "><v>1</v></c>")
        for column in columns
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def test_a_sheet_at_its_limits_is_measured() -> None:
    extent = measure(sheet(row(1, 1, COLUMNS) + row(ROWS, 2)), "Answers", "form.xlsx")
    assert extent.columns == COLUMNS
    wide = measure(sheet(row(1, 1, WIDE_COLUMNS) + row(WIDE_ROWS, 2)), "Export", "form.xlsx")
    assert wide.columns == WIDE_COLUMNS
    assert measure(sheet(row(1, 3) + row(2, 16_384, empty=True)), "A", "f").columns == 3
    plain = "".join("<row>" + "<c><v>1</v></c>" * 400 + "</row>" for _ in range(CELLS // 400))
    assert measure(sheet(plain), "A", "f").columns == 400


@pytest.mark.parametrize(
    ("rows", "line", "problem"),
    [
        (row(1, 1) + row(7, WIDE_COLUMNS + 1), 7, "right of 6,000 columns"),
        (row(7, COLUMNS + 1) + row(WIDE_ROWS + 1, 1), WIDE_ROWS + 1, "right of 500 columns"),
        (row(1, 1) + row(9, 16_384), 9, "right of 6,000 columns"),
        (row(1, 1) + row(ROWS + 1, 2), ROWS + 1, "more than 20000 rows"),
        (
            "".join("<row>" + "<c><v>1</v></c>" * 400 + "</row>" for _ in range(CELLS // 400 + 1)),
            CELLS // 400 + 1,
            "more than 200,000 cells",
        ),
    ],
    ids=["columns", "rows-and-columns", "last-column", "rows", "cells"],
)
def test_a_sheet_past_its_limits_is_refused(rows: str, line: int, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as raised:
        measure(sheet(rows), "Answers", "form.xlsx")
    assert (raised.value.where, raised.value.line) == ("form.xlsx", line)


def test_hidden_rows_and_columns_are_found() -> None:
    xml = (
        f'<worksheet xmlns="{NAMESPACE}"><cols><col min="2" max="3" hidden="1"/></cols><sheetData>'
        '<row r="4" hidden="true"><c r="A4"><v>1</v></c></row></sheetData></worksheet>'
    )
    extent = measure(io.BytesIO(xml.encode()), "A", "f")
    assert sorted(extent.hidden_rows) == [4]
    assert sorted(extent.hidden_columns) == [1, 2]


@pytest.mark.parametrize("held", [True, False], ids=["with-words", "with-colour"])
def test_cells_in_the_last_column_of_a_workbook(
    held: bool, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    """29 kB that took 43 seconds and 2.6 GB."""
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(EMPTY, vocabulary)))
    for number in range(2, 4_000):
        cell = book["Questions"].cell(number, 16_384)
        cell.font = Font(bold=True)
        if held:
            cell.value = "x"
    path = tmp_path / "wide.xlsx"
    book.save(path)
    if held:
        with pytest.raises(InputError, match="right of 6,000 columns"):
            read_file(path, vocabulary)
        return
    assert len(read_file(path, vocabulary)) == 1


def test_yaml_at_and_past_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_nodes, "_MOST_NODES", 1_000)
    # Two events for the stream and two for the document; the list itself begins and ends.
    YamlNodes("a.yaml").root("[" + "a," * (1_000 - 5) + "]")
    with pytest.raises(InputError, match="more than 1,000 keys, words"):
        YamlNodes("a.yaml").root("[" + "a," * (1_000 - 4) + "]")


@pytest.mark.parametrize("one", ["a,", "{a: b},", "[],", '"",'])
def test_a_megabyte_of_yaml_is_refused_at_once(
    one: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    path = tmp_path / "flow.yaml"
    path.write_text("[" + one * (990_000 // len(one)) + "]", encoding="utf-8")
    with pytest.raises(InputError, match="more than 60,000 keys"):
        read_file(path, vocabulary)


def test_a_form_that_answers_everything_is_far_below(vocabulary: Vocabulary) -> None:
    import yaml

    from hrge_kg.form.writers.template import template

    answered = template(vocabulary, EMPTY, None)
    assert sum(1 for _ in yaml.parse(answered)) < 10_000


@pytest.mark.parametrize("number", [MOST_GROUPS, MOST_GROUPS + 1])
def test_groups_at_and_past_the_limit(number: int, vocabulary: Vocabulary, tmp_path: Path) -> None:
    path = tmp_path / "groups.yaml"
    groups = "".join(f"  g{n}: {{status: trafficked-person}}\n" for n in range(number))
    path.write_text(f"{HEAD}{groups}", encoding="utf-8")
    if number <= MOST_GROUPS:
        assert len(read_file(path, vocabulary)) == 1
    else:
        with pytest.raises(InputError, match=f"has {number} groups, and"):
            read_file(path, vocabulary)


@pytest.mark.parametrize(
    "text",
    [
        "<a> <b> " + "[ <c> " * 20_000,
        "@prefix x: <x:> . x:a\\#b <b> " + "[ <c> " * 20_000,
        "@prefix x: <x:> . <a> <b> x:\\#, " + "(" * 20_000,
        "<a> <b> 'it\\'s # ' , " + "(" * 20_000,
        "<a#b> <b> " + "(" * 20_000,
    ],
    ids=["plain", "escaped-hash", "escaped-hash-first", "in-a-string", "in-an-iri"],
)
def test_deep_turtle_is_refused_whatever_stands_before_it(
    text: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    path = tmp_path / "deep.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"nested too deeply|not Turtle|not TURTLE"):
        read_file(path, vocabulary)


def a_turtle(triples: int, end: str) -> str:
    """A description of so many triples, the statements of which end so."""
    head = """@prefix c: <https://w3id.org/hrge/id/concept/> .
@prefix hrge: <https://w3id.org/hrge/ns#> .
<p> a hrge:Programme ; <http://www.w3.org/2000/01/rdf-schema#label> "p" ; hrge:serves <g> .
<g> a hrge:ServedGroup ; hrge:has c:identified-victim .
"""
    said = f"<p> hrge:compulsoryTest [ hrge:holds c:no ; hrge:for <g> ] .{end}"
    rest = ["", "<g> hrge:has c:male .", "<g> hrge:has c:male , c:adult ."][(triples - 5) % 3]
    return head + said * ((triples - 5) // 3) + rest


@pytest.mark.parametrize("end", ["\n", " "], ids=["many-lines", "one-line"])
@pytest.mark.parametrize("more", [0, 1])
def test_triples_at_and_past_the_limit(
    more: int, end: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    """However the lines are: it takes no longer than its length asks for."""
    path = tmp_path / "many.ttl"
    path.write_text(a_turtle(MOST_TRIPLES + more, end), encoding="utf-8")
    start = time.process_time()
    if more:
        with pytest.raises(InputError, match="holds more than 50,000 triples"):
            read_file(path, vocabulary)
    else:
        assert len(read_file(path, vocabulary)) == 1
    assert time.process_time() - start < 10
