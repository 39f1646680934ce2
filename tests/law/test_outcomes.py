"""Descriptions with the outcome that a reader of the source expects.

They were written before the checks were looked at.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture_outcomes import agrees
from paths import FIXTURES

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.errors import InputError
from hrge_kg.form.readers.yaml_reader import read_form

FILES = sorted((FIXTURES / "outcomes").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_outcome(path: Path, assessor: Assessor) -> None:
    agrees(path, assessor)


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
