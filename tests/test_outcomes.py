"""Descriptions with the outcome that a reader of the source expects, written before the checks were looked at.

Each file in fixtures/outcomes names on `# expect:` lines a norm, a group (- for none) and an outcome.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from hrge_kg.errors import InputError
from hrge_kg.form import read_form
from hrge_kg.pipeline import Assessor

FOLDER = Path(__file__).parent / "fixtures" / "outcomes"
FILES = sorted(FOLDER.glob("*.yaml"))


def expectations(path: Path) -> list[tuple[str, str, str]]:
    lines = [
        line.removeprefix("# expect: ").split() for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# expect: ")
    ]
    return [(norm, group, outcome) for norm, group, outcome in lines]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_outcome(path: Path, assessor: Assessor) -> None:
    assessment = assessor.assess(read_form(path, assessor.vocabulary))
    found = {(f.norm.iri.rsplit("/", 1)[1], assessment.groups[f.group] if f.group else "-"): f.outcome for f in assessment.findings}
    expected = expectations(path)
    assert expected, "the fixture says nothing"
    assert {(norm, group): found[norm, group] for norm, group, _ in expected} == {
        (norm, group): outcome for norm, group, outcome in expected
    }


def test_an_answer_that_reaches_no_group_is_refused(tmp_path: Path, assessor: Assessor) -> None:
    form = tmp_path / "form.yaml"
    form.write_text(
        "programme: p\ngroups:\n  women: {status: trafficked-person, sex: female}\n"
        "answers:\n  shelter-conditional-on: {holds: yes, of: testimony, for: male}\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError, match="reaches no group") as error:
        assessor.assess(read_form(form, assessor.vocabulary))
    assert error.value.line == 5
