"""`hrge compare`: which outcomes changed between two descriptions, and by which statements."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from hrge_kg.assessment.compare import COLUMNS
from hrge_kg.cli.main import main
from hrge_kg.namespaces import HRGE, NORM

BEFORE = """programme: p
answered: {level: practice, on: 2025-03-01, by: staff}
groups:
  people: {status: trafficked-person}
  gone: {status: trafficked-person}
answers:
  compulsory-test: {holds: yes, of: hiv-test, for: people}
  shelter-conditional-on: no
"""
AFTER = (
    BEFORE.replace("  gone:", "  new:")
    .replace("{holds: yes, of: hiv-test, for: people}", "no")
    .replace("conditional-on: no", "conditional-on: {holds: yes, of: testimony}")
)
TESTING, EVIDENCE = "no-mandatory-testing", "shelter-not-contingent-on-evidence"


@pytest.fixture
def changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[int, dict[tuple[str, str], dict[str, str]]]:
    (tmp_path / "before.yaml").write_text(BEFORE, encoding="utf-8")
    (tmp_path / "after.yaml").write_text(AFTER, encoding="utf-8")
    code = main(
        ["compare", str(tmp_path / "before.yaml"), str(tmp_path / "after.yaml"), "--format", "csv"]
    )
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == COLUMNS
    return code, {(row["norm"].removeprefix(NORM), row["group"]): row for row in rows}


def test_what_changed_and_by_which_statement(
    changes: tuple[int, dict[tuple[str, str], dict[str, str]]],
) -> None:
    code, found = changes
    assert code == 1  # something is worse
    tests = found[TESTING, "people"]
    assert (tests["before"], tests["after"], tests["direction"]) == ("concern", "met", "better")
    assert tests["statedBefore"] == tests["statedAfter"] == "line 7, answers.compulsory-test"
    evidence = found[EVIDENCE, "people"]
    assert (evidence["before"], evidence["after"], evidence["direction"]) == (
        "met",
        "concern",
        "worse",
    )
    assert evidence["statedAfter"] == "line 8, answers.shelter-conditional-on"
    assert all(row["before"] != row["after"] for row in found.values())


def test_a_group_that_only_one_has_is_said(
    changes: tuple[int, dict[tuple[str, str], dict[str, str]]],
) -> None:
    _, found = changes
    assert (
        found[EVIDENCE, "gone"]["after"] == "" and found[EVIDENCE, "gone"]["direction"] == "other"
    )
    assert (
        found[EVIDENCE, "new"]["before"],
        found[EVIDENCE, "new"]["after"],
        found[EVIDENCE, "new"]["direction"],
    ) == (
        "",
        "concern",
        "worse",
    )


def test_nothing_changed_where_only_names_and_order_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = BEFORE.splitlines()
    moved = "\n".join(["programme: q", *lines[1:6], lines[7], lines[6]]) + "\n"
    (tmp_path / "before.yaml").write_text(BEFORE, encoding="utf-8")
    (tmp_path / "after.yaml").write_text(moved, encoding="utf-8")
    assert main(["compare", str(tmp_path / "before.yaml"), str(tmp_path / "after.yaml")]) == 0
    assert capsys.readouterr().out.rstrip().endswith("0 rows")


def test_silence_in_place_of_a_good_answer_is_no_better_and_no_worse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = (
        "programme: p\nanswered: {level: practice}\n"
        "groups:\n  people: {status: trafficked-person}\n"
        "answers:\n  compulsory-test: no\n"
    )
    (tmp_path / "a.yaml").write_text(good, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(good.replace("test: no", "test: don't know"), encoding="utf-8")
    assert (
        main(["compare", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml"), "--format", "csv"])
        == 0
    )
    rows = {
        row["norm"].removeprefix(NORM): row
        for row in csv.DictReader(io.StringIO(capsys.readouterr().out))
    }
    assert (rows[TESTING]["before"], rows[TESTING]["after"], rows[TESTING]["direction"]) == (
        "met",
        "not-stated",
        "other",
    )


def test_a_file_of_several_programmes_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two = "".join(f"<https://example.org/{name}> a <{HRGE}Programme> .\n" for name in "ab")
    (tmp_path / "two.ttl").write_text(two, encoding="utf-8")
    assert main(["compare", str(tmp_path / "two.ttl"), str(tmp_path / "two.ttl")]) == 2
    assert "describes 2 programmes" in capsys.readouterr().err
