"""The self-test refuses shapes and engines that cannot be believed.

Every outcome shape is dropped once, and must be missed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl_turbo
import pytest
from part import only
from paths import ROOT
from rdflib import Graph
from self_test_rounds import Reported
from triple_mutants import Given

from hrge_kg.assessment import self_test
from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.engines import Pyshifty
from hrge_kg.assessment.norm_loader import load_limits, load_norms
from hrge_kg.assessment.norms import Norm
from hrge_kg.assessment.preparation import background
from hrge_kg.assessment.shacl import (
    OutcomeShape,
    Result,
    Shapes,
    data_graph,
    data_triples,
    outcome_shapes,
    read_report,
    shapes_graph,
)
from hrge_kg.errors import InputError
from hrge_kg.namespaces import HSH, SH
from hrge_kg.resources import module_hash

Done = list[tuple[self_test.Round, list[Result]]]


@pytest.fixture(scope="module")
def norms(graph: ox.Store) -> list[Norm]:
    return load_norms(graph)


@pytest.fixture(scope="module")
def rounds(graph: ox.Store, norms: list[Norm]) -> list[self_test.Round]:
    return list(
        self_test.rounds(norms, load_limits(graph), background(graph), outcome_shapes(graph))
    )


@pytest.fixture(scope="module")
def done(rounds: list[self_test.Round], reference_rounds: Reported) -> Done:
    assert [shapes for shapes, _ in reference_rounds] == [one.shapes for one in rounds]
    return [(one, results) for one, (_, results) in zip(rounds, reference_rounds, strict=True)]


def verify(norms: list[Norm], done: Iterable[tuple[self_test.Round, list[Result]]]) -> None:
    for one, results in done:
        self_test.verify(norms, one.expected, results, "pyshacl")


def quickly(store: ox.Store, shapes: Graph, outcomes: dict[str, OutcomeShape]) -> list[Result]:
    """The results of an engine that is quicker than the reference, and reports the same.

    tests/properties/test_engines.py proves them equal.
    """
    return read_report(pyshacl_turbo.validate(data_graph(store), shacl_graph=shapes)[1], outcomes)


def reported(
    rounds: list[self_test.Round], shapes: list[ox.Triple], outcomes: dict[str, OutcomeShape]
) -> Iterator[tuple[self_test.Round, list[Result]]]:
    """What the quick engine reports of each round, when it is asked for."""
    engine = Pyshifty(Given(shapes), outcomes)
    for one in rounds:
        yield one, engine.validate(data_triples(one.store), one.shapes).results


def test_all_shapes_pass(norms: list[Norm], done: Done) -> None:
    verify(norms, done)


def test_dropping_any_outcome_shape_is_noticed(
    graph: ox.Store, norms: list[Norm], done: Done
) -> None:
    shapes = outcome_shapes(graph)
    assert len(shapes) > 400
    unnoticed = []
    for shape in shapes:
        without = [
            (one, [result for result in results if result.shape.iri != shape])
            for one, results in done
            if shape in one.shapes
        ]
        try:
            verify(norms, without)
            unnoticed.append(shape)
        except InputError:
            continue
    assert not unnoticed


def test_what_must_fire_comes_from_the_norms(
    norms: list[Norm], rounds: list[self_test.Round]
) -> None:
    """A check that disappears with all its shapes leaves a norm without a check.

    Assessing refuses that.
    """
    checkable = [norm for norm in norms if norm.checkability in ("meet-or-flag", "flag-only")]
    fired: dict[str, set[str]] = {}
    for one in rounds:
        for (_, check), (outcome, _) in one.expected.items():
            fired.setdefault(check, set()).add(outcome)
    for norm in checkable:
        outcomes = {outcome for check in norm.checks for outcome in fired[check.iri]}
        wanted = {"concern", "not-stated"} | (
            {"met", "in-part"} if norm.checkability == "meet-or-flag" else set()
        )
        assert wanted <= outcomes, norm.iri


def test_a_check_stands_beside_checks_of_other_aspects(
    norms: list[Norm], rounds: list[self_test.Round]
) -> None:
    """Each check has its round, and sees no statements there that are meant for another."""
    aspects = {check.iri: check.aspect for norm in norms for check in norm.checks}
    parts = [
        {check for _, check in one.expected}
        for one in rounds
        if any(focus.endswith("/adverse") for focus, _ in one.expected)
    ]
    assert sorted(check for part in parts for check in part) == sorted(aspects)
    for part in parts:
        assert len({aspects[check] for check in part}) == len(part)


def test_rounds_report_what_all_shapes_report_of_all_fixtures(
    graph: ox.Store, norms: list[Norm], rounds: list[self_test.Round]
) -> None:
    """Shapes do not depend on what other shapes are there."""
    shapes, outcomes = shapes_graph(graph), outcome_shapes(graph)

    store, expected = self_test.data(norms, load_limits(graph), background(graph))
    signs = {sign.iri for norm in norms for sign in norm.signs}
    assert expected == {
        place: outcome
        for one in rounds
        for place, outcome in one.expected.items()
        if place[1] not in signs
    }
    whole = set(quickly(store, shapes, outcomes))
    for one in rounds:
        places = {
            (focus, check, value)
            for (focus, check), (_, value) in one.expected.items()
            if check not in signs
        }
        here = {
            r
            for r in quickly(one.store, only(shapes, outcomes.keys() - one.shapes), outcomes)
            if (r.focus, r.shape.check, r.value) in places
        }
        assert here == {
            r
            for r in whole
            if (r.focus, r.shape.check, r.value) in places and r.shape.iri in one.shapes
        }


def test_a_witness_on_an_adverse_statement_is_noticed(norms: list[Norm], done: Done) -> None:
    two_sided = self_test._two_sided(norms)
    met = next(
        r
        for _, results in done
        for r in results
        if r.shape.outcome == "met" and r.shape.check not in two_sided
    )
    wrong = Result(self_test._PROGRAMME + "/adverse", met.value, met.shape)
    for one, results in done:
        with pytest.raises(InputError, match="for which nothing speaks"):
            self_test.verify(norms, one.expected, [*results, wrong], "pyshacl")


def test_an_outcome_on_silence_is_noticed(norms: list[Norm], done: Done) -> None:
    concern = next(r for _, results in done for r in results if r.shape.outcome == "concern")
    wrong = Result(self_test._PROGRAMME + "/silent", None, concern.shape)
    with pytest.raises(InputError, match="for which nothing speaks"):
        self_test.verify(norms, done[0][0].expected, [*done[0][1], wrong], "pyshacl")


def test_silence_where_something_is_stated_is_noticed(norms: list[Norm], done: Done) -> None:
    focus = self_test._PROGRAMME + "/adverse"
    adverse = {check for one, _ in done for place, check in one.expected if place == focus}
    silent = next(r for r in done[0][1] if r.value is None and r.shape.check in adverse)
    wrong = Result(focus, None, silent.shape)
    with pytest.raises(InputError, match="where something is stated"):
        verify(norms, [(one, [*results, wrong]) for one, results in done])


@pytest.mark.parametrize(
    "matcher",
    ["SaysYes", "SaysNo", "SaysYesOrInPart", "SaysDoesNotApply", "Practice", "Full-frequency"],
)
def test_a_matcher_that_accepts_anything_is_noticed(
    matcher: str, graph: ox.Store, norms: list[Norm], rounds: list[self_test.Round]
) -> None:
    """Shapes broken inside, their outcome shapes all there."""
    asks = {SH("hasValue"), SH("in"), SH("minCount")}
    verify_loss(graph, norms, rounds, lambda t: t.subject == HSH(matcher) and t.predicate in asks)


@pytest.mark.parametrize(
    ("shape", "lost"),
    [
        ("Full", "Full-quantity"),
        ("FullCounted", "Full-extent"),
        ("FullCounted", "Full-frequency"),
        ("FullCounted", "Full-condition"),
        ("FullCounted", "Full-until"),
        ("FullCounted", "Full-source"),
        ("FullCounted", "not"),
        ("FullCounted", "or"),
    ],
)
def test_a_slot_that_no_longer_narrows_is_noticed(
    shape: str, lost: str, graph: ox.Store, norms: list[Norm], rounds: list[self_test.Round]
) -> None:
    """The link from a matcher to one of its parts is gone; every shape is still there."""
    verify_loss(
        graph,
        norms,
        rounds,
        lambda t: (
            t.subject == HSH(shape)
            and (t.predicate == SH(lost) if lost in ("not", "or") else t.object == HSH(lost))
        ),
    )


def verify_loss(
    graph: ox.Store,
    norms: list[Norm],
    rounds: list[self_test.Round],
    is_lost: Callable[[ox.Triple], bool],
) -> None:
    """Fails unless the self-test notices that the shapes have lost these triples."""
    every = Shapes(graph).every
    kept = [triple for triple in every if not is_lost(triple)]
    assert len(kept) < len(every)
    with pytest.raises(InputError, match="self-test"):
        verify(norms, reported(rounds, kept, outcome_shapes(graph)))


def test_a_room_with_another_module_has_another_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = module_hash("hrge_kg.assessment")
    assert ours != module_hash("hrge_kg.form")
    package = tmp_path / "hrge_kg"
    shutil.copytree(ROOT / "hrge_kg" / "assessment", package / "assessment")
    monkeypatch.setattr("hrge_kg.resources.__file__", str(package / "resources.py"))
    assert module_hash("hrge_kg.assessment") == ours
    with (package / "assessment" / "self_test.py").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert module_hash("hrge_kg.assessment") != ours


def test_what_has_passed_with_a_build_is_not_tested_again(
    graph: ox.Store, assessor: Assessor, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Tested(Exception):
        pass

    def tested(*_: object) -> None:
        raise Tested

    monkeypatch.setattr(Assessor, "_pass_self_test", tested)
    Assessor(graph, Pyshifty).run_self_test()
    in_memory = ox.Store()
    in_memory.bulk_extend(graph)
    with pytest.raises(Tested):
        Assessor(in_memory, Pyshifty).run_self_test()
    with pytest.raises(Tested):
        Assessor(graph, type("Other", (Pyshifty,), {"packages": ("pyshifty",)})).run_self_test()
    monkeypatch.setattr("hrge_kg.assessment.assessor.module_hash", lambda _: "other code")
    with pytest.raises(Tested):
        Assessor(graph, Pyshifty).run_self_test()
