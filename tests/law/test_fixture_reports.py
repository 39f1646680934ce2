"""The reports of the fixtures: a file for each folder of fixtures, with every case and no other."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from fixture_outcomes import REPORTS, fixture_paths, read_reports, report_of

CASES: dict[Path, set[str]] = defaultdict(set)
for _path in fixture_paths():
    CASES[report_of(_path)].add(_path.stem)


def test_every_folder_of_fixtures_has_a_report_and_every_report_a_folder() -> None:
    assert {path for path in REPORTS.rglob("*") if path.is_file()} == CASES.keys()


@pytest.mark.parametrize("path", sorted(CASES), ids=lambda path: path.stem)
def test_a_report_has_every_case_once_in_order(path: Path) -> None:
    reports = read_reports(path)
    assert list(reports) == sorted(CASES[path])
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    assert header.startswith("case,")
    assert len(lines) == sum(len(rows) or 1 for rows in reports.values())
    assert all(rows == sorted(rows) for rows in reports.values())
