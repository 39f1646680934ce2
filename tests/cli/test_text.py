"""The command that writes a source text as Akoma Ntoso."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrge_kg.cli.main import main


def test_it_writes_the_main_text(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["text"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso ')
    assert main(["text", "toolkit-1.4", "--format", "akn", "-o", str(tmp_path / "text.xml")]) == 0
    assert (tmp_path / "text.xml").read_text(encoding="utf-8") == printed
    assert capsys.readouterr().out == ""


def test_an_unknown_text_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", "no-such-text"]) == 2
    assert "there is no such source text" in capsys.readouterr().err
