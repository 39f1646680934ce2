"""On a terminal tables fit, with colour and pages; elsewhere nothing of that."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.cli.main import main

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

from pseudo_terminal import shown_on_terminal

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
PAGER = """#!/bin/sh
echo pages begin
cat
echo pages end
"""


@pytest.fixture
def pager(tmp_path: Path) -> str:
    script = tmp_path / "pager"
    script.write_text(PAGER, encoding="utf-8")
    script.chmod(0o755)
    return str(script)


@pytest.fixture(autouse=True)
def built(graph: ox.Store) -> None:
    """The graph is built before a command is timed or read."""


@pytest.mark.parametrize("width", [50, 80, 200])
@pytest.mark.parametrize("name", ["footnotes", "norms"])
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    shown = ESCAPE.sub("", shown_on_terminal("query", name, width=width, NO_COLOR="1"))
    assert max(map(len, shown.splitlines())) <= width


def test_a_row_is_a_card_where_its_columns_do_not_fit() -> None:
    shown = shown_on_terminal("query", "norms", "--param", "norm=norm:safe-return", NO_COLOR="1")
    lines = shown.splitlines()
    assert lines[0] == "norm:safe-return"
    assert "  force        soft-law" in lines
    assert lines[-1] == "Norms: 1 row"


def test_names_and_headings_have_a_colour() -> None:
    shown = shown_on_terminal("query", "threads", "--param", "norm=norm:safe-return", width=200)
    assert "\x1b[34mnorm:safe-return\x1b[0m" in shown
    assert "\x1b[1m" in shown
    without = shown_on_terminal(
        "query", "threads", "--param", "norm=norm:safe-return", width=200, NO_COLOR="1"
    )
    assert without == ESCAPE.sub("", shown)
    assert "\x1b" not in without


def test_a_query_of_ones_own_fits_too() -> None:
    query = "SELECT ?quote ?n { ?n a hrge:Norm ; hrge:quote ?quote } ORDER BY ?n LIMIT 3"
    shown = ESCAPE.sub("", shown_on_terminal("query", query, width=60))
    assert max(map(len, shown.splitlines())) <= 60


def test_what_is_longer_than_the_terminal_comes_in_pages(pager: str) -> None:
    shown = shown_on_terminal("query", "norms", height=20, PAGER=pager)
    assert shown.startswith("pages begin\n")
    assert shown.endswith("pages end\n")
    short = shown_on_terminal("explain", "norm:safe-return", height=60, PAGER=pager)
    assert "pages begin" not in short


@pytest.mark.parametrize("no_pager", ["", "cat"])
def test_pages_can_be_turned_off(no_pager: str, pager: str) -> None:
    shown = shown_on_terminal("query", "norms", height=20, PAGER=no_pager, MANPAGER=pager)
    assert "pages begin" not in shown
    assert "Norms: 126 rows" in shown


def test_a_dumb_terminal_gets_plain_text(pager: str) -> None:
    shown = shown_on_terminal("query", "threads", height=5, PAGER=pager, TERM="dumb")
    assert "pages begin" not in shown and "\x1b" not in shown


def test_elsewhere_tables_are_as_wide_as_they_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert main(["query", "norms"]) == 0
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert printed.splitlines()[0].startswith("norm  ")


def test_csv_is_the_same_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["query", "threads", "--format", "csv"]
    assert main(command) == 0
    shown = shown_on_terminal(*command, width=40, height=5)
    assert shown.replace("\r", "") == capsys.readouterr().out.replace("\r", "")
