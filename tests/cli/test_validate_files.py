"""`hrge validate -o`: the ending says the format; what is no text needs a file; --open opens it."""

from __future__ import annotations

import webbrowser
import zipfile
from pathlib import Path

import pytest

from hrge_kg.cli.main import main
from hrge_kg.resources import root

CLOSED = str(root() / "data" / "programmes" / "closed-shelter.yaml")


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("report.html", b"<!DOCTYPE html>"),
        ("report.HTML", b"<!DOCTYPE html>"),
        ("report.md", b"# Closed shelter"),
        ("report.docx", b"PK"),
        ("plan.xlsx", b"PK"),
        ("report.txt", b"Closed shelter"),
        ("report", b"Closed shelter"),
    ],
)
def test_the_ending_says_the_format(name: str, begins: bytes, tmp_path: Path) -> None:
    assert main(["validate", CLOSED, "-o", str(tmp_path / name)]) == 1
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_format_that_is_named_counts(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert main(["validate", CLOSED, "--format", "json", "-o", str(out)]) == 1
    assert out.read_text(encoding="utf-8").startswith("[")


@pytest.mark.parametrize(("form", "ending"), [("docx", ".docx"), ("actions-xlsx", ".xlsx")])
def test_what_is_no_text_is_not_printed(
    form: str, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", CLOSED, "--format", form]) == 2
    out, err = capsys.readouterr()
    assert out == "" and f"Name the file to write: -o report{ending}" in err


def test_the_document_for_word_has_every_finding(tmp_path: Path) -> None:
    out = tmp_path / "report.docx"
    assert main(["validate", CLOSED, "-o", str(out)]) == 1
    with zipfile.ZipFile(out) as parts:
        assert "On whose authority" in parts.read("word/document.xml").decode()


def test_a_plan_that_somebody_may_have_filled_in_is_not_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan.xlsx"
    assert main(["validate", CLOSED, "-o", str(out)]) == 1
    before = out.read_bytes()
    assert main(["validate", CLOSED, "-o", str(out)]) == 2
    assert "somebody may have filled in" in capsys.readouterr().err
    assert out.read_bytes() == before


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was asked to open."""
    found: list[str] = []

    def keep(address: str) -> bool:
        found.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open_new_tab", keep)
    return found


def test_open_opens_the_report(opened: list[str], tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert main(["validate", CLOSED, "--open", "-o", str(out)]) == 1
    assert opened == [out.as_uri()]


def test_open_without_a_file_replaces_none(
    opened: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert main(["validate", CLOSED, "--open"]) == 1
    names = ["closed-shelter-report-2.html", "closed-shelter-report.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert opened == [(tmp_path / name).as_uri() for name in reversed(names)]
    assert "the report is in closed-shelter-report.html" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["text", "json", "docx"])
def test_only_a_page_is_opened(
    form: str, opened: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "report")
    assert main(["validate", CLOSED, "--open", "--format", form, "-o", out]) == 2
    assert "--open" in capsys.readouterr().err
    assert opened == [] and not list(tmp_path.iterdir())
