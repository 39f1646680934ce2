"""Every norm that a description can meet or flag has descriptions that show it, written from the source's sentence.

fixtures/norms/NORM/*.yaml; `# expect:` lines as in fixtures/outcomes.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture_outcomes import FIXTURES, agrees, expectations

from hrge_kg.pipeline import Assessor

FOLDER = FIXTURES / "norms"
FILES = sorted(FOLDER.glob("*/*.yaml"))
WANTED = {"meet-or-flag": {"concern", "met", "not-stated"}, "flag-only": {"not-stated"}}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_outcome(path: Path, assessor: Assessor) -> None:
    assert path.parent.name in {norm for norm, _ in expectations(path)}, "nothing is expected of the norm of its folder"
    agrees(path, assessor)


def test_every_norm_that_can_be_met_or_flagged_has_its_fixtures_and_every_folder_its_norm(assessor: Assessor) -> None:
    norms = {norm.iri.rsplit("/", 1)[1]: norm for norm in assessor.norms}
    assert {path.parent.name for path in FILES} <= set(norms)
    shown: dict[str, set[str]] = {}
    for path in FILES:
        for (norm, _), outcome in expectations(path).items():
            if norm == path.parent.name:
                shown.setdefault(norm, set()).add(outcome)
    missing = {
        key: WANTED[norm.checkability] - shown.get(key, set())
        for key, norm in norms.items()
        if norm.checkability in WANTED and not WANTED[norm.checkability] <= shown.get(key, set())
    }
    assert missing == {}
