"""What fixtures of descriptions say of themselves.

Above the form stand lines `# expect: norm group outcome` (the group - is the programme). Beside each
fixture stands the exact report that the shapes must give of it, <case>.csv: a row for each
validation result on something stated, of whichever norm. Silence is the rest: a check that asks
reports it just where it reports nothing else.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from paths import FIXTURES

from hrge_kg.namespaces import HSH, SH, local_name

if TYPE_CHECKING:
    from hrge_kg.assessment.assessor import Assessor
    from hrge_kg.assessment.model import Assessment, Finding

FOLDERS = ("limits/*", "norms/*", "outcomes")

Outcomes = dict[tuple[str, str], str]
Row = tuple[str, str, str, str]
COLUMNS = ("group", "shape", "stated", "severity")


def expectations(path: Path) -> Outcomes:
    """What is expected of norm and group."""
    lines = path.read_text(encoding="utf-8").splitlines()
    words = [
        line.removeprefix("# expect: ").split() for line in lines if line.startswith("# expect: ")
    ]
    return {(norm, group): outcome for norm, group, outcome in words}


def assessed(path: Path, assessor: Assessor) -> Assessment:
    """The assessment of a fixture."""
    from hrge_kg.form.readers.yaml_reader import read_form

    return assessor.assess(read_form(path, assessor.vocabulary))


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


def expected_report(path: Path) -> list[Row]:
    """The report that stands beside a fixture."""
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == COLUMNS
    return [(group, shape, stated, severity) for group, shape, stated, severity in rows]


def verify_silences(assessment: Assessment) -> None:
    """Fails where a check reports silence beside something stated."""
    for finding in assessment.findings:
        for check in finding.norm.checks:
            reasons = {e.reason for e in finding.evidence if e.check == check.iri}
            assert "silence" not in reasons or reasons == {"silence"}, check.iri


def write_reports() -> None:
    """Write the report of every fixture anew, and remove those of fixtures that are gone.

    (make fixture-reports)
    """
    from hrge_kg.assessment.assessor import Assessor
    from hrge_kg.graph.store import open_graph

    assessor = Assessor(open_graph())
    forms = [path for folder in FOLDERS for path in sorted(FIXTURES.glob(f"{folder}/*.yaml"))]
    for path in forms:
        with path.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(
                [COLUMNS, *reported(assessed(path, assessor))]
            )
    for old in {path for folder in FOLDERS for path in FIXTURES.glob(f"{folder}/*.csv")} - {
        path.with_suffix(".csv") for path in forms
    }:
        if old.name != "not-tested.csv":
            old.unlink()
    print(f"{len(forms)} reports; read the difference before it is committed", file=sys.stderr)


if __name__ == "__main__":
    write_reports()
