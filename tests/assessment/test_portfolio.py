"""Many files at once.

Folders, one bad file among good ones, several processes, a table of counts, the evidence table, the
exit code.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from worker_tasks import killed_by_one

from hrge_kg.assessment.portfolio import SUMMARY, assess_files, make_of_each
from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.namespaces import NORM, local_name
from hrge_kg.report import evidence_table
from hrge_kg.resources import root

EXAMPLES = root() / "data" / "programmes"
BAD = "programme: bad\nanswers:\n  no-such-question: yes\n"
HARMLESS = (
    "programme: p\nanswered: {level: practice}\n"
    "groups:\n  people: {status: trafficked-person}\n"
    "answers:\n  compulsory-test: no\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three good files, one bad, one that is no description, and a folder below."""
    made = tmp_path / "portfolio"
    made.mkdir()
    for name in ("closed-shelter", "new-project"):
        shutil.copy(EXAMPLES / f"{name}.yaml", made)
    (made / "harmless.yaml").write_text(HARMLESS, encoding="utf-8")
    (made / "bad.yaml").write_text(BAD, encoding="utf-8")
    (made / "notes.txt").write_text("nothing", encoding="utf-8")
    (made / "below").mkdir()
    (made / "below" / "other.yaml").write_text(HARMLESS, encoding="utf-8")
    return made


def test_one_bad_file_stops_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(folder), "--format", "jsonl"]) == 2
    out, err = capsys.readouterr()
    assert [local_name(json.loads(line)["programme"]) for line in out.splitlines()] == [
        "closed-shelter",
        "p",
        "new-project",
    ]
    assert f"hrge: {folder / 'bad.yaml'}:3: " in err and "1 of 4 files cannot be used" in err
    assert f"hrge: 2 of 4: {folder / 'closed-shelter.yaml'}" in err


def test_the_number_of_processes_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = []
    for jobs in ("1", "2"):
        for form in ("json", "ttl"):
            assert main(["validate", str(folder), "--format", form, "--jobs", jobs]) == 2
            printed.append(capsys.readouterr())
    assert printed[:2] == printed[2:]


def test_a_file_that_ends_its_process_takes_no_other_with_it(tmp_path: Path) -> None:
    """Processes get several files at once."""
    paths = []
    for number in range(16):
        title = "deadly" if number == 6 else f"number {number}"
        path = tmp_path / f"{number:02}.yaml"
        path.write_text(HARMLESS.replace("programme: p\n", f"programme: p\ntitle: {title}\n"))
        paths.append(path)
    made = dict(make_of_each(killed_by_one, paths, jobs=2))
    lost = made.pop(paths[6])
    assert isinstance(lost, InputError) and "06.yaml: not assessed" in str(lost)
    assert list(made.values()) == [[f"number {number}"] for number in range(16) if number != 6]


def test_the_summary_counts_and_ranks_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.yaml").unlink()
    assert main(["validate", str(folder), "--summary", "--format", "csv"]) == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == SUMMARY
    assert [Path(row["file"]).stem for row in rows] == ["closed-shelter", "harmless", "new-project"]
    counted = {
        Path(path).stem: one.counts
        for path, found in assess_files([folder / "closed-shelter.yaml", folder / "harmless.yaml"])
        if isinstance(found, list)
        for one in found
    }
    assert (
        {local_name(row["programme"]): int(row["concern"]) for row in rows}["closed-shelter"]
        == counted["closed-shelter"]["concern"]
        > 0
    )
    assert int(rows[1]["met"]) == counted["harmless"]["met"] > 0
    assert main(["validate", str(folder), "--summary", "--format", "json"]) == 2
    assert main(["validate", str(folder), "--summary", "--format", "html"]) == 1
    page = capsys.readouterr().out
    assert "not a ranking" in page
    for row in rows:
        assert f"<td>{row['title']}</td>" in page


def test_the_matrix_has_each_norm_and_group_with_what_is_stated(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["validate", str(EXAMPLES / "closed-shelter.yaml"), "--format", "json"]) == 1
    outcomes = json.loads(capsys.readouterr().out)[0]["outcomes"]
    assert main(["validate", str(EXAMPLES / "closed-shelter.yaml"), "--format", "csv"]) == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == evidence_table.COLUMNS
    told = {(one["norm"], local_name(one["group"] or ""), one["outcome"]) for one in outcomes}
    assert {(row["norm"], row["group"], row["outcome"]) for row in rows} == told
    (tested,) = [
        row
        for row in rows
        if row["norm"] == NORM + "no-mandatory-testing" and row["statedOutcome"] == "concern"
    ]
    assert (tested["group"], tested["line"], tested["key"], tested["page"]) == (
        "women",
        "12",
        "answers.compulsory-test",
        "45",
    )
    silent = [row for row in rows if row["outcome"] == "not-stated" and row["reason"] == "silence"]
    assert any(row["stated"] == row["line"] == "" for row in silent)


@pytest.mark.parametrize(
    ("answers", "fail_on", "code"),
    [
        ("compulsory-test: no", None, 0),
        ("compulsory-test: no", "not-stated", 1),
        ("compulsory-test: no", "concern", 0),
        ("compulsory-test: {holds: yes, of: hiv-test}", None, 1),
        ("compulsory-test: {holds: yes, of: hiv-test}", "concern", 1),
        ("compulsory-test: {holds: yes, of: hiv-test}", "never", 0),
        ("", None, 1),  # nothing is stated
        ("", "concern", 0),
    ],
)
def test_what_makes_the_exit_code_1_can_be_chosen(
    answers: str, fail_on: str | None, code: int, tmp_path: Path
) -> None:
    form = tmp_path / "form.yaml"
    form.write_text(HARMLESS.replace("compulsory-test: no", answers), encoding="utf-8")
    assert main(["validate", str(form), *(["--fail-on", fail_on] if fail_on else [])]) == code


def test_a_folder_without_descriptions_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(tmp_path)]) == 2
    assert "no file in this folder" in capsys.readouterr().err


@pytest.mark.parametrize("jobs", ["0", "-1", "many", "65"])
def test_a_number_of_processes_that_is_none_is_refused(jobs: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["validate", str(EXAMPLES), "--jobs", jobs])
    assert stopped.value.code == 2
