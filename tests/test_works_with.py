"""docs/reference/works-with.md is what the tests tried: the run that compares them sees it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT
from works_with import PAGE, TOOLS, Row, differences, page_of, rows_of

ONE = Row("Queries", "rdflib", "every named query", "the same rows")
OTHER = Row("Queries", "PyLD", "a trail", "one tree")


def test_the_committed_page_is_the_template_with_its_rows() -> None:
    """Its versions are not looked at: those of the run that wrote it stay."""
    text = PAGE.read_text(encoding="utf-8")
    rows = rows_of(text)
    assert len(rows) > 40 and {row.tool for row in rows} == set(TOOLS)
    versions = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \| [^|]+ \|$", text, re.MULTILINE))
    assert page_of(rows, versions.__getitem__) == text


def test_versions_are_not_compared() -> None:
    older = page_of([ONE, OTHER], lambda _: "1.0")
    newer = page_of([ONE, OTHER], lambda _: "2.0")
    assert older != newer
    assert rows_of(older) == rows_of(newer) == {ONE, OTHER}


def test_a_row_too_many_or_too_few_is_told() -> None:
    page = {ONE, OTHER}
    assert differences(page, page, untried=set()) == []
    changed = ONE._replace(result="other rows")
    told = differences(page, {changed, OTHER}, untried=set())
    assert [line.split(":")[0] for line in told] == ["not on the page", "no test recorded"]
    assert differences(page, {OTHER}, untried={ONE}) == []
    assert differences(page, {OTHER}, untried=None) == []


TEST = """
import pytest
@pytest.mark.works_with("rdflib", tried="every named query", result="the same rows")
@pytest.mark.parametrize("number", [1, 2])
def test_one(number):
    assert number {}
"""


@pytest.mark.parametrize(
    ("page", "end", "write", "workers", "code", "told"),
    [
        ([OTHER], "< 3", False, 1, 1, ["not on the page: rdflib", "no test recorded: PyLD"]),
        ([OTHER], "< 3", True, 0, 0, ["2 passed"]),
        ([], "< 2", True, 0, 1, ["not tried: rdflib"]),
    ],
    ids=["compared", "written", "test-failed"],
)
def test_a_run_compares_or_writes(
    page: list[Row], end: str, write: bool, workers: int, code: int, told: list[str], tmp_path: Path
) -> None:
    tests = tmp_path / "tests"
    for name in ("paths.py", "works_with.py", "works-with.md"):
        (tests / "support").mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "tests" / "support" / name, tests / "support")
    shutil.copy(ROOT / "tests" / "conftest.py", tests)
    (tests / "query").mkdir()
    (tests / "query" / "test_one.py").write_text(TEST.format(end), encoding="utf-8")
    options = "[pytest]\ntestpaths = tests\npythonpath = tests/support\n"
    (tmp_path / "pytest.ini").write_text(options, encoding="utf-8")
    committed = tmp_path / "docs" / "reference" / PAGE.name
    committed.parent.mkdir(parents=True)
    committed.write_text(page_of(page, lambda _: "1.0"), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "xdist", "-n", str(workers)]
    alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # no plugin is waited for that plays no part
    run = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, **alone, "HRGE_WORKS_WITH": "write" if write else ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == code, run.stdout + run.stderr
    assert [line for line in told if line not in run.stdout] == []
    written = write and code == 0
    assert rows_of(committed.read_text(encoding="utf-8")) == ({ONE} if written else set(page))
