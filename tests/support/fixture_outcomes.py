"""What fixtures of descriptions say of themselves, and what the shapes report of them.

Above a form stand lines `# expect: norm group outcome` (group - for the programme). The exact
report stands in fixtures/reports/, one file for each folder of fixtures (a norm, a limit, or
outcomes): a row for each validation result on something stated, of whichever norm. A case of which
nothing is reported has one row without values. Silence is the rest: a check that asks reports it
just where it reports nothing else.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from licensed import unlicensed
from paths import FIXTURES

from hrge_kg.namespaces import HSH, SH, local_name

if TYPE_CHECKING:
    from hrge_kg.assessment.assessor import Assessor
    from hrge_kg.assessment.model import Assessment, Finding
    from hrge_kg.form.description import Description

FOLDERS = ("limits/*", "norms/*", "outcomes")
REPORTS = FIXTURES / "reports"

Outcomes = dict[tuple[str, str], str]
Row = tuple[str, str, str, str]
COLUMNS = ("case", "group", "shape", "stated", "severity")
NOTHING: Row = ("", "", "", "")
"""The row of a case of which nothing is reported."""


def expectations(path: Path) -> Outcomes:
    """What is expected of norm and group."""
    lines = path.read_text(encoding="utf-8").splitlines()
    words = [
        line.removeprefix("# expect: ").split() for line in lines if line.startswith("# expect: ")
    ]
    return {(norm, group): outcome for norm, group, outcome in words}


_coming: dict[Path, Description] = {}
"""Fixtures that were read, because tests ask for one after another."""


def assessed(path: Path, assessor: Assessor) -> Assessment:
    """The assessment of a fixture."""
    from hrge_kg.form.readers.yaml_reader import read_form

    if path not in _coming:
        paths = fixture_paths()
        start = paths.index(path)
        _coming.clear()
        for one in paths[start : start + 16]:
            _coming[one] = read_form(one, assessor.vocabulary)
        assessor.prepare(_coming.values())
    return assessor.assess(_coming.pop(path))


def findings(assessment: Assessment) -> dict[tuple[str, str], Finding]:
    """What is found of norm and group."""
    return {
        (local_name(f.norm.iri), assessment.groups[f.group] if f.group else "-"): f
        for f in assessment.findings
    }


def agrees(path: Path, assessor: Assessor) -> None:
    """Fails where something else is found or reported than is expected, or nothing is expected."""
    expected = expectations(path)
    assert expected, "the fixture says nothing"
    assessment = assessed(path, assessor)
    found = findings(assessment)
    assert {key: found[key].outcome for key in expected} == expected
    assert reported(assessment) == expected_report(path), (
        "if it is right: make fixture-reports, and read the difference"
    )
    verify_silences(assessment)
    assert unlicensed(assessment, assessor.vocabulary) == []


def reported(assessment: Assessment) -> list[Row]:
    """The validation results on something stated: group, shape, statement, severity.

    (W3C SHACL, 3.6.2)
    """
    assert assessment.validation is not None
    programme = assessment.description.programme
    names = {**assessment.groups, programme: "-"}
    rows = []
    for result in assessment.validation.results:
        if result.value:
            shape, severity = (
                result.shape.iri.removeprefix(HSH),
                result.shape.severity.removeprefix(SH),
            )
            rows.append(
                (
                    names[result.focus],
                    shape,
                    result.value.split("/view/")[0].removeprefix(f"{programme}/"),
                    severity,
                )
            )
    return sorted(rows)


def report_of(path: Path) -> Path:
    """The file that holds the report of a fixture, and those of the other cases in its folder."""
    return REPORTS / path.parent.relative_to(FIXTURES).with_suffix(".csv")


def expected_report(path: Path) -> list[Row]:
    """The report that is expected of a fixture; KeyError where none is written."""
    return read_reports(report_of(path))[path.stem]


@cache
def read_reports(path: Path) -> dict[str, list[Row]]:
    """The reports in a file by case, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    assert tuple(header) == COLUMNS
    reports: dict[str, list[Row]] = {}
    for case, *values in lines:
        group, shape, stated, severity = values
        row = (group, shape, stated, severity)
        reports.setdefault(case, []).extend([] if row == NOTHING else [row])
    return reports


@cache
def fixture_paths() -> list[Path]:
    """The forms of all fixtures that have a report."""
    return [path for folder in FOLDERS for path in sorted(FIXTURES.glob(f"{folder}/*.yaml"))]


def verify_silences(assessment: Assessment) -> None:
    """Fails where a check reports silence beside something stated."""
    for finding in assessment.findings:
        for check in finding.norm.checks:
            reasons = {e.reason for e in finding.evidence if e.check == check.iri}
            assert "silence" not in reasons or reasons == {"silence"}, check.iri


def write_reports() -> None:
    """Write the reports of all fixtures anew, and nothing else. (make fixture-reports)"""
    from hrge_kg.assessment.assessor import Assessor
    from hrge_kg.graph.store import open_graph

    assessor = Assessor(open_graph())
    files: dict[Path, list[tuple[str, ...]]] = defaultdict(list)
    forms = fixture_paths()
    for path in forms:
        rows = reported(assessed(path, assessor)) or [NOTHING]
        files[report_of(path)].extend((path.stem, *row) for row in rows)
    for report, lines in files.items():
        report.parent.mkdir(parents=True, exist_ok=True)
        with report.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *sorted(lines)])
    for old in set(REPORTS.rglob("*.csv")) - files.keys():
        old.unlink()
    print(f"{len(forms)} reports; read the difference before you commit it", file=sys.stderr)


if __name__ == "__main__":
    write_reports()
