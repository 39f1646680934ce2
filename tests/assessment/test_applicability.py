"""`hrge applicable`: whom each norm is about.

It tells this from the same facts as the assessment, and runs no shape.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from hrge_kg.assessment.applicability import APPLIES, COLUMNS
from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Finding
from hrge_kg.cli.main import main
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.namespaces import NORM
from hrge_kg.resources import root

FORM = """programme: p
run-by: NGO
groups:
  women: {status: trafficked-person, sex: female, asylum-seekers: no, nationality: non-nationals}
  seekers: {status: trafficked-person, asylum-seekers: yes, nationality: non-nationals}
  others: {status: smuggled-migrant, without: [trafficked-person]}
  unknown: {status: trafficked-person}
"""
CONSULAR, SHELTER, EXEMPTION = (
    "informed-of-consular-access",
    "shelter-not-contingent-on-evidence",
    "consular-provisions-not-for-asylum-seekers",
)


def rows(printed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed)))


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.yaml"
    path.write_text(FORM, encoding="utf-8")
    return path


def test_each_state_is_told_with_why_and_what_would_settle_it(
    form: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["applicable", str(form), "--format", "csv"]) == 0
    printed = rows(capsys.readouterr().out)
    assert tuple(printed[0]) == COLUMNS
    found = {(row["norm"].removeprefix(NORM), row["group"]): row for row in printed}
    assert {
        group: found[CONSULAR, group]["applies"]
        for group in ("women", "seekers", "others", "unknown")
    } == {
        "women": "yes",
        "seekers": "exception",
        "others": "no",
        "unknown": "not-known",
    }
    assert found[SHELTER, "unknown"]["applies"] == "yes"
    assert found[CONSULAR, "unknown"]["settledBy"]
    assert (
        found[EXEMPTION, ""]["applies"] == "no"
        and "not a programme matter" in found[EXEMPTION, ""]["because"]
    )
    for row in printed:
        assert row["applies"] in APPLIES and row["because"] and row["label"]
        assert bool(row["settledBy"]) is (row["applies"] in ("not-known", "exception-not-known"))


def test_an_exception_that_is_not_known_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(
        "programme: p\ngroups:\n"
        "  people: {status: trafficked-person, nationality: non-nationals}\n",
        encoding="utf-8",
    )
    assert (
        main(["applicable", str(path), "--applies", "exception-not-known", "--format", "csv"]) == 0
    )
    found = rows(capsys.readouterr().out)
    assert CONSULAR in {row["norm"].removeprefix(NORM) for row in found}
    assert {row["applies"] for row in found} == {"exception-not-known"}


@pytest.mark.parametrize("name", ["closed-shelter", "community-shelter", "new-project"])
def test_it_says_what_the_assessment_says(name: str, assessor: Assessor) -> None:
    description = read_form(root() / "data" / "programmes" / f"{name}.yaml", assessor.vocabulary)
    assessment = assessor.assess(description)
    table = assessor.applicability([description])
    found = [
        (
            str(getattr(row[1], "value", "")),
            getattr(row[3], "value", None),
            str(getattr(row[4], "value", "")),
            str(getattr(row[5], "value", "")),
        )
        for row in table.terms
    ]
    assert [(norm, group, because) for norm, group, _, because in found] == [
        (f.norm.iri, assessment.groups[f.group] if f.group else None, f.because)
        for f in assessment.findings
    ]

    def state(finding: Finding) -> str:
        if finding.reason in (
            "does not apply",
            "not a programme matter",
        ) and finding.because.startswith(("does not apply", "not a programme")):
            return "no"
        return (
            "not-known"
            if finding.reason in ("applicability not known", "no group described")
            else "yes"
        )

    for (_, _, applies, _), finding in zip(found, assessment.findings, strict=True):
        assert (applies if applies in ("no", "not-known") else "yes") == state(finding)


def test_a_form_that_cannot_be_used_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "form.yaml"
    path.write_text("programme: p\ngroups:\n  people: {status: nobody-knows}\n", encoding="utf-8")
    assert main(["applicable", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and f"{path}:3: " in captured.err
