"""Tests the shapes and the engine: can they report every outcome that a norm needs?

hrge assesses nothing before they pass. What must fire is computed from the norms and their declared
checks, not from the shapes that happen to be loaded. So the test finds a lost shape, and an engine
that misreads one.

A shape looks at all statements of its aspect. With the fixtures of all checks in one graph, most of
that work would be for nothing. So the test has rounds, and in most rounds no two checks are of one
aspect. What has to be seen across checks has rounds of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from functools import cached_property

import pyoxigraph as ox

from ..errors import InputError
from ..graph.entailment import entail
from ..namespaces import HRGE, PROGRAMME, RDF_TYPE, XSD, local_name, shrink
from .enums import Outcome, Reason
from .norms import Check, Criterion, Limit, Norm
from .self_test_fixtures import (
    Fixture,
    concept,
    fixtures,
    narrowing_fixtures,
    shown_signs,
    sign_fixtures,
)
from .shacl import OutcomeShape, Result

_PROGRAMME = PROGRAMME + "self-test"


Expected = dict[tuple[str, str], tuple[Outcome, str | None]]
"""The outcome that must be reported and the statement that it is about, by (focus, check)."""


@dataclass(frozen=True)
class Round:
    """A description, the outcome shapes (IRIs) that look at it, and what must fire."""

    described: tuple[ox.Triple, ...]
    background: list[ox.Quad]
    shapes: frozenset[str]
    expected: Expected

    @cached_property
    def store(self) -> ox.Store:
        """The description with what the rules derive from it, and the background."""
        return _entailed(self.described, self.background)


def rounds(
    norms: list[Norm],
    limits: dict[str, Limit],
    background: list[ox.Quad],
    shapes: dict[str, OutcomeShape],
) -> Iterator[Round]:
    """All rounds. Every shape is in the first round, and in the round of its check or sign.

    1. Nothing is stated: all shapes.
    2. Statements that are adverse to a check: all witnesses, none of which may fire.
    3. The answer *don't know*: all shapes for silence.
    4. Statements that are adverse to a sign: the shapes of all signs.
    5. Statements that a slot narrows: the shapes of a check of each kind.
    6. The statements of each check, beside checks of other aspects, which must ignore them.
    """
    described, expected = _described(norms, limits, lambda fixture: fixture.name == "silent")
    yield Round(described, background, frozenset(shapes), expected)
    described, _ = _described(norms, limits, lambda fixture: fixture.name == "adverse")
    witnesses = frozenset(iri for iri, shape in shapes.items() if shape.outcome.is_witnessed)
    yield Round(described, background, witnesses, {})
    described, expected = _described(norms, limits, lambda fixture: fixture.name == "unknown")
    silent = frozenset(iri for iri, shape in shapes.items() if shape.reason == Reason.SILENCE)
    yield Round(described, background, silent, expected)
    described, expected = _signs_described(norms)
    reasons = (Reason.ADVERSE_FACT, Reason.NUMBER_BEYOND_BOUND)
    of_signs = frozenset(iri for iri, shape in shapes.items() if shape.reason in reasons)
    yield Round(described, background, of_signs, expected)
    described, expected = _narrowing_described(norms)
    narrowed = {check for _, check in expected}
    of_narrowed = frozenset(iri for iri, shape in shapes.items() if shape.check in narrowed)
    yield Round(described, background, of_narrowed, expected)
    for part in _parts(norms):
        checks = {check.iri for norm in part for check in norm.checks}
        described, expected = _described(
            part, limits, lambda fixture: fixture.name not in ("silent", "unknown")
        )
        of_part = frozenset(iri for iri, shape in shapes.items() if shape.check in checks)
        yield Round(described, background, of_part, expected)


def _parts(norms: list[Norm]) -> Iterator[list[Norm]]:
    """The norms in parts that share out their checks: no part has two checks of one aspect.

    Checks with limits come first.
    """
    left = sorted(
        (check for norm in norms for check in norm.checks),
        key=lambda check: (-len(check.limits), check.iri),
    )
    while left:
        dealt: dict[str, Check] = {}
        for check in left:
            dealt.setdefault(check.aspect, check)
        part = set(dealt.values())
        yield [
            replace(norm, checks=tuple(check for check in norm.checks if check in part))
            for norm in norms
        ]
        left = [check for check in left if check not in part]


def data(
    norms: list[Norm], limits: dict[str, Limit], background: list[ox.Quad]
) -> tuple[ox.Store, Expected]:
    """All fixtures as one entailed description, and what must fire."""
    described, expected = _described(norms, limits, lambda fixture: True)
    narrowed, narrowed_expected = _narrowing_described(norms)
    return _entailed([*described, *narrowed], background), expected | narrowed_expected


def _entailed(described: Iterable[ox.Triple], background: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend([*background, *(ox.Quad(*triple) for triple in described)])
    entail(store)
    return store


def _described(
    norms: list[Norm], limits: dict[str, Limit], wanted: Callable[[Fixture], bool]
) -> tuple[tuple[ox.Triple, ...], Expected]:
    """The fixtures that are `wanted` as one description, and what must fire.

    All fixtures of one name are about one group: a shape fires on its own statement, whatever else
    is stated.
    """
    store = ox.Store()
    expected: Expected = {}
    for norm in norms:
        for check in norm.checks:
            for fixture in fixtures(norm, check, limits):
                if not wanted(fixture):
                    continue
                focus = f"{_PROGRAMME}/{fixture.name}"
                view = _write(store, norm, check, fixture, focus)
                if fixture.name.startswith("in-reach/"):
                    _write_reach(store, norm, check, focus)
                if fixture.name == "shown":
                    for sign, fact in shown_signs(norm):
                        _write(store, norm, sign, fact, focus)
                expected[focus, check.iri] = (
                    fixture.outcome,
                    None if fixture.fires_on_silence else view,
                )
    return tuple(quad.triple for quad in store), expected


def _narrowing_described(norms: list[Norm]) -> tuple[tuple[ox.Triple, ...], Expected]:
    """The fixtures of slots that narrow: a group for each slot."""
    store = ox.Store()
    expected: Expected = {}
    for norm, check, fixture in narrowing_fixtures(norms):
        focus = f"{_PROGRAMME}/{fixture.name}"
        view = _write(store, norm, check, fixture, focus)
        expected[focus, check.iri] = (fixture.outcome, view)
    return tuple(quad.triple for quad in store), expected


def _write_reach(store: ox.Store, norm: Norm, check: Check, focus: str) -> None:
    """Write what shows that the sentence behind a check reaches a group (IRI)."""
    for reach in check.reaches:
        if reach.kind:
            kind = ox.NamedNode(reach.kind)
            store.add(ox.Quad(ox.NamedNode(focus), HRGE("hasKind"), kind))
        if reach.aspect:
            beside = replace(check, aspect=reach.aspect, top=None)
            slots = (*reach.about, ("level", concept("practice")))
            _write(store, norm, beside, Fixture("beside", Outcome.NOT_STATED, slots), focus)


def _signs_described(norms: list[Norm]) -> tuple[tuple[ox.Triple, ...], Expected]:
    """The fixtures of all signs: a group for each class of people that a sign has to look at."""
    store = ox.Store()
    expected: Expected = {}
    for norm in norms:
        for sign in norm.signs:
            for fixture in sign_fixtures(sign):
                focus = f"{_PROGRAMME}/{fixture.name}/{local_name(norm.applies_to)}"
                view = _write(store, norm, sign, fixture, focus)
                expected[focus, sign.iri] = (fixture.outcome, view)
    return tuple(quad.triple for quad in store), expected


def _write(
    store: ox.Store, norm: Norm, check: Criterion, fixture: Fixture, focus: str
) -> str | None:
    """Write a fixture, and return the view on which its shape has to fire; None for silence."""
    node = ox.NamedNode(focus)
    store.add(ox.Quad(node, RDF_TYPE, ox.NamedNode(norm.applies_to)))
    if not fixture.slots:
        return None
    slots = dict.fromkeys(fixture.slots)
    if check.top and not any(slot == "of" for slot, _ in slots):
        slots["of", check.top] = None
    words = hashlib.sha256(repr((check.aspect, sorted(slots))).encode()).hexdigest()[:16]
    statement = ox.NamedNode(f"{focus}/view/{words}")
    store.add(ox.Quad(node, ox.NamedNode(check.aspect), statement))
    store.add(ox.Quad(statement, RDF_TYPE, HRGE("StatementView")))
    store.add(ox.Quad(statement, HRGE("about"), node))
    if not any(slot == "extent" for slot, _ in slots):
        slots["extent", concept("whole")] = None
    for slot, value in slots:
        kind = _LITERALS.get(slot)
        term = ox.Literal(value, datatype=XSD(kind)) if kind else ox.NamedNode(value)
        store.add(ox.Quad(statement, HRGE(slot), term))
    return statement.value


_LITERALS = {"quantity": "decimal", "since": "date", "until": "date"}
"""Slots whose values are no concepts, with the type of XML Schema that they have."""


def verify(norms: list[Norm], expected: Expected, results: list[Result], engine: str) -> None:
    """Compare what must fire with what fired.

    Raises InputError, naming what did not fire or fired on nothing.
    """
    fired: dict[tuple[str, str, str | None], set[str]] = {}
    for result in results:
        fired.setdefault((result.focus, result.shape.check, result.value), set()).add(
            result.shape.outcome
        )
    dead = []
    for (focus, check), (outcome, value) in expected.items():
        reported = fired.get((focus, check, value), set())
        if reported != {outcome}:
            instead = " and ".join(sorted(reported)) or "nothing"
            dead.append(f"{outcome} expected of {shrink(check)}, {instead} reported")
    dead.sort()
    two_sided = _two_sided(norms)
    false = sorted(
        {
            f"{r.shape.outcome} by {shrink(r.shape.iri)}, for which nothing speaks"
            for r in results
            if _false(r, two_sided)
        }
        | {
            f"silence by {shrink(r.shape.iri)}, where something is stated"
            for r in results
            if r.value is None and _stated(r, expected)
        }
    )
    if dead or false:
        more = len(dead) + len(false) - len(dead[:5]) - len(false[:5])
        problem = "; ".join([*dead[:5], *false[:5]]) + (f"; and {more} more" if more else "")
        raise InputError(
            "shapes",
            f"the self-test of {engine} failed: {problem}",
            "Nothing is assessed. If you changed a check, run `hrge shapes`; "
            "else restore the shapes, or use another engine.",
        )


def verify_selection(
    results: list[Result], run: Set[str], selected: Set[str], silences: list[Result]
) -> None:
    """Compare what shapes that were run reported with what is concluded where they are not run.

    Raises InputError where a shape (IRI) is not selected and reports something else than silence.
    """
    concluded = {result for result in silences if result.shape.iri in run}
    reported = {result for result in results if result.shape.iri not in selected}
    if concluded != reported:
        wrong = sorted({shrink(result.shape.iri) for result in concluded ^ reported})
        raise InputError(
            "shapes",
            f"{wrong[0]} would be left out, and what it reports would be missed"
            + (f"; so with {len(wrong) - 1} more" if len(wrong) > 1 else ""),
            "Nothing is assessed. Correct queries/prepared/shape-forms.rq, or the shape.",
        )


def _two_sided(norms: list[Norm]) -> set[str]:
    """The checks of aspects of which one check wants yes and another no.

    What is adverse to one may be favourable to the other.
    """
    wants: dict[str, set[str]] = {}
    for norm in norms:
        for check in norm.checks:
            wants.setdefault(check.aspect, set()).add(check.wants)
    return {check.iri for norm in norms for check in norm.checks if len(wants[check.aspect]) > 1}


def _false(result: Result, two_sided: set[str]) -> bool:
    """Whether a result must not be there."""
    return _never(result.focus, result.shape, two_sided)


def _never(focus: str, shape: OutcomeShape, two_sided: set[str]) -> bool:
    """Whether a shape must not fire on a group.

    If nothing is stated, that is any shape but those for silence; if all that is stated is adverse,
    a witness.
    """
    if focus == f"{_PROGRAMME}/silent":
        return shape.outcome != Outcome.NOT_STATED
    return (
        focus == f"{_PROGRAMME}/adverse"
        and shape.outcome.is_witnessed
        and shape.check not in two_sided
    )


def never(
    norms: list[Norm], one: Round, shapes: dict[str, OutcomeShape]
) -> Iterator[tuple[str, str]]:
    """The groups of a round, each with a shape that must not fire on it."""
    two_sided = _two_sided(norms)
    for focus in (f"{_PROGRAMME}/silent", f"{_PROGRAMME}/adverse"):
        if any(triple.subject == ox.NamedNode(focus) for triple in one.described):
            for iri in sorted(one.shapes):
                if _never(focus, shapes[iri], two_sided):
                    yield focus, iri


def _stated(result: Result, expected: Expected) -> bool:
    """Whether the group of a result has a statement on which the check must report something."""
    return expected.get((result.focus, result.shape.check), ("", None))[1] is not None
