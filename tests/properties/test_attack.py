"""No harmful answer beside which a norm stays met, unless somebody has read it and said why.

Here a few of the answers are tried, drawn with a fixed seed; `make attack` tries all, and so does
this test with HRGE_ATTACK=all.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import attack
import pyoxigraph as ox
import pytest
from attack import Answer, Attacker, cases
from paths import FIXTURES

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.enums import Checkability, Outcome
from hrge_kg.form.readers.yaml_reader import read_form

SEED, DRAWN = 16, 120
ATTACKS = sorted((FIXTURES / "attacks").glob("*.yaml"))


@pytest.fixture(scope="module")
def attacker(assessor: Assessor, graph: ox.Store) -> Attacker:
    """One for all tests of this module."""
    return Attacker(assessor, graph)


@pytest.fixture(scope="module")
def answers(attacker: Attacker) -> list[Answer]:
    """The adverse answers that are tried."""
    if os.environ.get("HRGE_ATTACK") == "all":
        return attacker.answers
    return random.Random(SEED).sample(attacker.answers, DRAWN)


def test_what_stays_met_is_signed_off(attacker: Attacker, answers: list[Answer]) -> None:
    rows = attack.signed()
    found = attacker.attack(cases(), answers)
    assert not found.not_met
    assert found.tried >= len(answers) * len(attacker.norms)
    assert attack.unsigned(found, rows) == []
    assert attack.needless(found, rows, answers) == []


def test_an_unsigned_answer_is_found(attacker: Attacker) -> None:
    answer = Answer("work-paid", "no")
    found = attacker.attack(cases()[:1], [answer])
    assert attack.unsigned(found, attack.signed()) == []
    assert [one.answer for one in attack.unsigned(found, [])] == [answer]


def test_every_row_is_about_something_that_the_form_can_say(attacker: Attacker) -> None:
    """A row with another norm, question or thing is left over from what was mended or renamed."""
    for row in attack.signed():
        assert row.norms <= attacker.norms.keys(), row
        known = [one for one in attacker.answers if one.aspect == row.aspect]
        assert row.answers <= {one.holds for one in known}, row
        assert row.of - {"*"} <= {one.of for one in known}, row


def test_alone_and_in_pairs_as_in_a_file(attacker: Attacker) -> None:
    """What is set together here comes out as it does of one file with everything in it.

    Of two answers the graver leads: only where each leaves a norm met, both do.
    """
    draw = random.Random(SEED)
    silent = [one for one in attacker.answers if not attacker.tells(one)]
    for case in draw.sample(cases(), 10):
        norm = attacker.norms[case.norm]
        own = {one.aspect for one in norm.criteria}
        aspects = attacker.vocabulary.aspects
        near = [one for one in silent if aspects[one.aspect].iri in own] or silent
        for given in ([draw.choice(silent)], [draw.choice(near)], draw.choices(near, k=2)):
            stayed = {one.answer for one in attacker.attack([case], given).stayed}
            expected = stayed == set(given)
            assert attacker.is_met_in_a_file(case, given) in (expected, None), (case.norm, given)


def attacked(path: Path) -> str:
    """The norm (its short name) that a fixture attacks; "--" and more tells several apart."""
    return path.stem.partition("--")[0]


def test_every_norm_that_can_be_met_has_an_attack(attacker: Attacker) -> None:
    assert {path.stem for path in ATTACKS if "--" not in path.stem} == attacker.norms.keys()


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.stem)
def test_the_most_harmful_practice_is_not_met(path: Path, attacker: Attacker) -> None:
    """Beside the favourable answer stands the worst that the form can say of the same people."""
    norm = attacked(path)
    assert attacker.norms[norm].checkability == Checkability.MEET_OR_FLAG
    found = attacker.outcomes(read_form(path, attacker.vocabulary))[norm]
    assert found <= {Outcome.CONCERN, Outcome.NEEDS_REVIEW}, found
