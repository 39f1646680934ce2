"""The competency questions: each documented command runs, and those marked † answer what was read in the text by hand."""

from __future__ import annotations

import re
import shlex
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.build import build
from hrge_kg.cli import main
from hrge_kg.query import catalogue, run
from hrge_kg.table import Table

ROOT = Path(__file__).resolve().parent.parent
DOC = (ROOT / "docs" / "explanation" / "competency-questions.md").read_text(encoding="utf-8")
QUESTION = re.compile(r"^- \*\*(C\d\d)\*\*(.*?)(?=^- |^#|\Z)", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"`hrge (.+?)`")
QUESTIONS = {match[1]: match[2] for match in QUESTION.finditer(DOC)}
COMMANDS = [(key, command) for key, text in QUESTIONS.items() for command in COMMAND.findall(text)]

# What was read by hand: data/sources/toolkit-1.4/text.txt, these lines (for titles, all). Rows about other lines are not compared.
READ = (range(84, 119), range(140, 147), range(249, 302))
Row = dict[str, "int | str | None"]


def said(*places: tuple[int, str]) -> list[Row]:
    """Rows told by the line and the words with which the quotation begins."""
    return [{"line": line, "quote": words} for line, words in places]


GUIDELINE_6_ITEMS = (
    (258, "Ensuring, in cooperation with"),
    (261, "The provision of such shelter"),
    (262, "Trafficked persons should not be held"),
    (265, "Ensuring, in partnership with"),
    (266, "Trafficked persons should not be required"),
    (267, "they should not be subject"),
    (270, "Ensuring that trafficked persons are informed"),
    (271, "Staff working in embassies"),
    (273, "These provisions would not apply"),
    (275, "Ensuring that legal proceedings"),
    (278, "Providing trafficked persons with legal"),
    (279, "Victims should be provided with information"),
    (282, "Ensuring that trafficked persons are effectively"),
    (283, "there should be no public disclosure"),
    (284, "their privacy should be respected"),
    (285, "Trafficked persons should be given full warning"),
    (287, "should not be given false"),
    (290, "Ensuring the safe and, where possible"),
    (290, "Ensuring the safe and, where possible"),
    (290, "exploring the option of residency"),
    (294, "In partnership with non-governmental"),
    (296, "Measures should be taken"),
)
FULL_SENTENCES = {261, 262, 266, 267, 271, 273, 279, 283, 284, 285, 287, 296}

# Each cell as read: a number is equal, words are part of the cell, None is a blank cell.
EXPECTED: dict[str, list[Row]] = {
    "C01": [
        {"line": 93, "quote": "that is not conditional on their willingness", "wording": "calls on", "authority": "Guideline 6"},
        {"line": 110, "quote": "It is also important that provision", "wording": "important", "authority": "Fact Sheet No. 36"},
        {"line": 115, "quote": "nor on those who trafficked them", "wording": "important", "authority": None},
        {"line": 116, "quote": "A victim of trafficking is entitled", "wording": "is entitled", "authority": None},
        {"line": 261, "quote": "The provision of such shelter", "wording": "should", "authority": "Guideline 6, item 2"},
    ],
    "C02": said(
        (89, "calls on States to ensure"),
        (91, "have access to adequate"),
        (93, "that is not conditional"),
        (99, "A key human rights principle"),
        (103, "that victims should not be coerced"),
        (253, "Appropriate protection and support"),
        *GUIDELINE_6_ITEMS,
    ),
    "C03": said(
        (107, "in general the principle may include"),
        (115, "nor on those who trafficked them"),
        (116, "A victim of trafficking is entitled"),
        (143, "mandatory testing of persons"),
        (144, "it may to be a justifiable"),
    ),
    "C04": [
        {"line": 116, "strongerWording": "is entitled", "weakerLine": 115, "weakerWording": "important"},
        {"line": 267, "strongerWording": "should", "weakerLine": 107, "weakerWording": "may include"},
    ],
    "C05": [
        {"label": "Guideline 6", "norms": 5, "lines": "89; 91; 93; 99; 103"},
        {"label": "item 7", "norms": 5, "lines": "282; 283; 284; 285; 287"},
        {"label": "item 3", "norms": 3, "lines": "265; 266; 267"},
        {"label": "item 4", "norms": 3, "lines": "270; 271; 273"},
        {"label": "item 8", "norms": 3, "lines": "290"},
        {"label": "item 2", "norms": 2, "lines": "261; 262"},
        {"label": "item 6", "norms": 2, "lines": "278; 279"},
        {"label": "item 9", "norms": 2, "lines": "294; 296"},
    ],
    "C07": [
        {"line": 86, "title": "OHCHR Recommended Principles and Guidelines on Human Rights and Trafficking in Persons"},
        {"line": 140, "title": "Recommended Principles and Guidelines on Human Trafficking and Human Rights"},
        {"line": 192, "title": "OHCHR Recommended Principles and Guidelines on Human Rights"},
        {"line": 249, "title": "Recommended principles and guidelines on human rights and human trafficking"},
        {"line": 300, "title": "Recommended principles and guidelines on human rights and human trafficking, United Nations"},
    ],
    "C08": [{"footnote": 57, "page": 43, "quote": "while mandatory testing of persons for COVID-19", "cited": None}],
    "C15": said(*(place for place in GUIDELINE_6_ITEMS if place[0] in (270, 271, 273, 279, 285, 287))),
    "C16": said(*(place for place in GUIDELINE_6_ITEMS if place[0] >= 290)),
    "C17": [{"line": 270, "quote": "Ensuring that trafficked persons are informed", "exceptionLine": 273, "for": "asylum-seekers"}],
    "C18": [{"line": line, "partner": "non-governmental organizations"} for line in (258, 265, 294)],
    "C27": [
        {"line": 99, "limitLine": 105, "ground": "legal capacity", "tests": None},
        {"line": 103, "limitLine": 105, "ground": "legal capacity", "tests": None},
        {"line": 107, "limitLine": 105, "ground": "legal capacity", "tests": None},
        {"line": 107, "limitLine": 144, "ground": "public health emergency", "tests": "in accordance with law; necessary; not arbitrary"},
        {"line": 144, "limitLine": 144, "ground": "public health emergency", "tests": "in accordance with law; necessary; not arbitrary"},
        {"line": 267, "limitLine": 144, "ground": "public health emergency", "tests": "in accordance with law; necessary; not arbitrary"},
        {"line": 283, "limitLine": 285, "ground": "fair trial", "tests": None},
        {"line": 284, "limitLine": 285, "ground": "fair trial", "tests": None},
        {"line": 290, "limitLine": 290, "ground": "not possible", "tests": None},
    ],
    "C34": [{"line": line, "quote": words, "addressed": "where applicable"} for line, words in GUIDELINE_6_ITEMS],
    "C35": [
        {"line": line, "quote": words, "relation": "placed under" if line in FULL_SENTENCES else "governed by"}
        for line, words in GUIDELINE_6_ITEMS
    ],
    "C36": [{"line": 110, "speaksOf": "article 6", "restsOn": "Fact Sheet No. 36", "footnote": 58}],
    "C37": [{"id": "D15", "line": 278, "kind": "slip of the pen", "status": "open"}],
    "C41": [{"number": "6.6", "printedLabel": "6. 5."}],
    "C43": said((273, "These provisions would not apply to trafficked asylum-seekers.")),
}


@cache
def graph() -> ox.Store:
    return build()


def ask(command: str) -> Table:
    """The answer to a documented `query …` command."""
    _, name, *rest = shlex.split(command)
    params = dict(value.split("=", 1) for flag, value in zip(rest[::2], rest[1::2], strict=True) if flag == "--param")
    answer = run(graph(), name, params)
    assert isinstance(answer, Table)
    return answer


def cells(table: Table) -> list[dict[str, str | None]]:
    texts = [[None if cell is None else getattr(cell, "value", str(cell)) for cell in row] for row in table.rows]
    return [dict(zip(table.columns, row, strict=True)) for row in texts]


def was_read(row: dict[str, str | None]) -> bool:
    line = row.get("line")
    return line is None or "title" in row or any(int(line) in lines for lines in READ)


def agrees(row: dict[str, str | None], expected: Row) -> bool:
    """Whether a row holds what was read."""
    return all(same(column, row[column], wanted) for column, wanted in expected.items())


def same(column: str, cell: str | None, wanted: int | str | None) -> bool:
    if wanted is None or cell is None:
        return wanted is None and not cell
    if isinstance(wanted, int) or re.fullmatch(r"[\d; ]+", wanted):
        return sorted(re.findall(r"\d+", str(wanted))) == sorted(re.findall(r"\d+", cell))
    return (cell + ",").startswith(wanted + ",") if column == "title" else wanted in cell


def test_there_are_enough_questions() -> None:
    assert len(QUESTIONS) >= 40
    assert all(re.search(r"`(now|later)`", text) for text in QUESTIONS.values())
    assert set(EXPECTED) == {key for key, text in QUESTIONS.items() if text.startswith(" †")}


@pytest.mark.parametrize(("key", "command"), COMMANDS, ids=[f"{key}-{command.split()[0]}" for key, command in COMMANDS])
def test_documented_command_runs(key: str, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    if command == "query":
        return
    if command.startswith("query "):
        assert shlex.split(command)[1] in {query.name for query in catalogue()}
        rows = ask(command).rows
        assert rows or "`later`" in QUESTIONS[key]
    elif "`later`" not in QUESTIONS[key]:
        assert main(shlex.split(command)) in (0, 1)
        assert capsys.readouterr().out or command == "build"


@pytest.mark.parametrize("key", sorted(EXPECTED))
def test_answer_is_what_was_read_in_the_text(key: str) -> None:
    found = [row for row in cells(ask(COMMAND.findall(QUESTIONS[key])[0])) if was_read(row)]
    left = list(EXPECTED[key])
    for row in found:
        match = next((expected for expected in left if agrees(row, expected)), None)
        assert match is not None, f"not read in the text, or read otherwise: {row}"
        left.remove(match)
    assert left == [], "read in the text and not in the answer"
