"""The command that writes a source text as Akoma Ntoso."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.cli import build
from hrge_kg.cli.main import main
from hrge_kg.namespaces import HRGE


def test_it_writes_the_main_text(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["text"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso ')
    assert main(["text", "toolkit-1.4", "--format", "akn", "-o", str(tmp_path / "text.xml")]) == 0
    assert (tmp_path / "text.xml").read_text(encoding="utf-8") == printed
    assert capsys.readouterr().out == ""


def test_a_build_leaves_out_a_text_that_lacks_a_fact_and_says_so(
    graph: ox.Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [key for key, _ in build.texts(graph)] == ["toolkit-1.4"]
    store = ox.Store()
    store.bulk_extend(quad for quad in graph if quad.predicate != HRGE("jurisdiction"))
    assert list(build.texts(store)) == []
    told = capsys.readouterr().err
    assert told.startswith("hrge: text/toolkit-1.4.xml is not written: data/sources/toolkit-1.4/")
    assert "needs hrge:jurisdiction" in told


def test_an_unknown_text_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", "no-such-text"]) == 2
    assert "there is no such source text" in capsys.readouterr().err
