"""What the tests of reports look at: three assessments, each made once. (A plugin of pytest.)"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from descriptions import GIRLS, written
from ten_answers import TEN

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.form.readers.yaml_reader import read_form


@pytest.fixture(scope="session")
def closed(example: Callable[[str], Assessment]) -> Assessment:
    return example("closed-shelter")


@pytest.fixture(scope="session")
def girls(assessor: Assessor, tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return assessor.assess(
        read_form(written(tmp_path_factory.mktemp("girls"), GIRLS), assessor.vocabulary)
    )


@pytest.fixture(scope="session")
def ten(assessor: Assessor, tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    path = written(tmp_path_factory.mktemp("ten"), TEN)
    return assessor.assess(read_form(path, assessor.vocabulary))
