"""The competency questions: each documented command runs.

Those marked † answer what was read in the text by hand.
"""

from __future__ import annotations

import csv
import re
import shlex
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from paths import ROOT

from hrge_kg.cli.main import main
from hrge_kg.graph.build import build
from hrge_kg.query.catalogue import catalogue
from hrge_kg.query.run import answer_query, run_query
from hrge_kg.tables.model import Table

DOC = (ROOT / "docs" / "explanation" / "competency-questions.md").read_text(encoding="utf-8")
QUESTION = re.compile(r"^- \*\*(C\d\d)\*\*(.*?)(?=^- |^#|\Z)", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"`hrge (.+?)`")
QUESTIONS = {match[1]: match[2] for match in QUESTION.finditer(DOC)}
COMMANDS = [(key, command) for key, text in QUESTIONS.items() for command in COMMAND.findall(text)]

# What was read by hand in data/sources/toolkit-1.4/text.txt: a file a question, a row for each row
# of the answer. A number is equal, words are part of the cell, an empty cell is blank, * is not
# compared.
READ = {
    path.stem: path for path in sorted((ROOT / "tests" / "fixtures" / "competency").glob("C*.csv"))
}
Row = dict[str, str]


def hand_read(path: Path) -> list[Row]:
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    return list(csv.DictReader(lines, strict=True))


@cache
def graph() -> ox.Store:
    return build()


def ask(command: str) -> Table:
    """The answer to a documented `query …` command."""
    _, name, *rest = shlex.split(command)
    params = dict(
        value.split("=", 1)
        for flag, value in zip(rest[::2], rest[1::2], strict=True)
        if flag == "--param"
    )
    answer = answer_query(graph(), name, params)
    assert isinstance(answer, Table)
    return answer


def cells(table: Table) -> list[dict[str, str | None]]:
    texts = [
        [None if cell is None else getattr(cell, "value", str(cell)) for cell in row]
        for row in table.terms
    ]
    return [dict(zip(table.columns, row, strict=True)) for row in texts]


def agrees(row: dict[str, str | None], expected: Row) -> bool:
    """Whether a row holds what was read."""
    return all(same(column, row[column] or "", wanted) for column, wanted in expected.items())


def same(column: str, cell: str, wanted: str) -> bool:
    if not wanted or not cell:
        return wanted == cell
    if wanted == "*":
        return True
    if re.fullmatch(r"[\d; ]+", wanted):
        return sorted(re.findall(r"\d+", wanted)) == sorted(re.findall(r"\d+", cell))
    return (cell + ",").startswith(wanted + ",") if column == "title" else wanted in cell


def test_there_are_enough_questions() -> None:
    assert len(QUESTIONS) >= 40
    assert len(READ) >= 25
    assert all(re.search(r"`(now|later|none)`", text) for text in QUESTIONS.values())
    assert set(READ) == {key for key, text in QUESTIONS.items() if text.startswith(" †")}


@pytest.mark.parametrize(
    ("key", "command"), COMMANDS, ids=[f"{key}-{command.split()[0]}" for key, command in COMMANDS]
)
def test_documented_command_runs(
    key: str, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    if command == "query":
        return
    if command.startswith("query "):
        assert shlex.split(command)[1] in {query.name for query in catalogue()}
        assert ask(command).terms or "`later`" in QUESTIONS[key] or "`none`" in QUESTIONS[key]
    elif "`later`" not in QUESTIONS[key]:
        assert main(shlex.split(command)) in (0, 1)
        assert capsys.readouterr().out or command == "build"


@pytest.mark.parametrize("key", sorted(READ))
def test_answer_is_what_was_read_in_the_text(key: str) -> None:
    found = cells(ask(COMMAND.findall(QUESTIONS[key])[0]))
    left = hand_read(READ[key])
    extra: list[str | None] = []
    for row in found:
        match = next((expected for expected in left if agrees(row, expected)), None)
        if match is None:
            extra.append(row.get("line"))
        else:
            left.remove(match)
    assert extra == [], "not read in the text, or read otherwise"
    assert [row.get("line", str(row)) for row in left] == [], (
        "read in the text, and not in the answer"
    )


RIGHTS_HOLDERS = (
    "identified victims; presumed victims; adult women; girls; adult men; boys; people of all "
    "genders; children; non-citizen children; "
    "smuggled migrants; migrants in vulnerable situations; asylum-seekers; migrant workers; "
    "indigenous women; witnesses; accused persons"
)
DUTY_BEARERS = (
    "States; States Parties; States of destination; border officials; immigration officials; "
    "law-enforcement officials; "
    "embassies and consulates; UNODC; United Nations agencies; intergovernmental organizations; "
    "non-governmental organizations; donors"
)


@pytest.mark.parametrize(
    ("side", "names"), [("rights holder", RIGHTS_HOLDERS), ("duty bearer", DUTY_BEARERS)]
)
def test_parties_are_rights_holders_or_duty_bearers(side: str, names: str) -> None:
    found = {row["label"] for row in cells(ask(f"query parties --param 'side={side}'"))}
    assert set(names.split("; ")) <= found


def test_every_party_is_on_one_side() -> None:
    rows = cells(ask("query parties"))
    assert len({row["party"] for row in rows}) == len(rows)
    both = run_query(graph(), "SELECT DISTINCT ?party { ?party skos:inScheme scheme:party }")
    assert isinstance(both, Table) and len(both.terms) == len(rows)


def test_nobody_protected_bears_and_nobody_who_bears_is_protected() -> None:
    """By reading: no norm of the section protects a body.

    And none is borne by the people it protects.
    """
    for row in cells(ask("query parties")):
        assert row["bearing" if row["side"] == "rights holder" else "protecting"] == "0", row
