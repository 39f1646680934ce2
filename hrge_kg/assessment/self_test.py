"""Tests the shapes and the engine at hand: can they report every outcome that a norm needs?

No outcome is believed before. What must fire is computed from the norms and their declared checks,
not from the shapes that happen to be loaded: so a lost shape, or an engine that misreads one, is
refused.

The test has rounds, so that its cost grows with the number of checks. A shape looks at all
statements of its aspect: with the fixtures of all checks at once, most of that would be for
nothing. What has to be seen across checks has rounds of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from ..errors import InputError
from ..graph.entailment import entail
from ..namespaces import CONCEPT, HRGE, PROGRAMME, RDF_TYPE, local_name, shrink
from .enums import Checkability, Outcome, Reason
from .norms import Check, Limit, Norm
from .shacl import OutcomeShape, Result

_PROGRAMME = PROGRAMME + "self-test"


@dataclass(frozen=True)
class Fixture:
    """A statement that must make a check report one outcome."""

    name: str
    outcome: Outcome
    slots: tuple[tuple[str, str], ...]
    """Slots of the statement: term of hrge:, IRI of a concept. Empty: silence."""
    fires_on_silence: bool = False
    """Whether the statement says nothing, so that the shape fires as if there were none."""


Expected = dict[tuple[str, str], tuple[Outcome, str | None]]
"""The outcome that must be reported and the statement that it is about, by (focus, check)."""


def _c(name: str) -> str:
    return CONCEPT + name


def fixtures(norm: Norm, check: Check, limits: dict[str, Limit]) -> Iterator[Fixture]:
    """What must fire for one check: each outcome that it can have, and each test of each limit."""
    wanted = check.wants
    other = _c("no") if wanted == _c("yes") else _c("yes")
    practice = (("level", _c("practice")),)
    of = (("of", check.of),) if check.of else ()
    plain = (("holds", wanted), *of)
    ground = (("ground", check.ground),) if check.ground else ()
    yield Fixture("adverse", check.raises, (("holds", other), *of, *ground, *practice))
    if not check.only_adverse:
        yield Fixture("silent", Outcome.NOT_STATED, ())
        yield Fixture(
            "unknown",
            Outcome.NOT_STATED,
            (("holds", _c("dont-know")), *of, *practice),
            fires_on_silence=True,
        )
        yield Fixture("rule", Outcome.NOT_STATED, (*plain, ("level", _c("policy"))))
        yield Fixture(
            "outside", Outcome.NOT_APPLICABLE, (("holds", _c("does-not-apply")), *of, *practice)
        )
        full, part = _favourable(norm)
        yield Fixture("favourable", full, (*plain, *practice))
        yield Fixture("part", part, (*plain, *practice, ("frequency", _c("sometimes"))))
        if wanted == _c("yes"):
            yield Fixture("in-part", part, (("holds", _c("in-part")), *of, *practice))
        if check.of and check.wider and check.top:
            yield Fixture(
                "unclear", Outcome.NOT_STATED, (("holds", _c("yes")), ("of", check.top), *practice)
            )
    elif wanted == _c("yes") and _favourable(norm) == (
        Outcome.MET,
        Outcome.IN_PART,
    ):  # it shows nothing met; what is so in part only is heard
        yield Fixture("in-part", Outcome.IN_PART, (("holds", _c("in-part")), *of, *practice))
    for key in check.limits:
        limit = limits[key]
        relied = (
            ("holds", other),
            *(((("of", limit.only_of),)) if limit.only_of else of),
            ("ground", limit.ground),
            *practice,
        )
        claims = [("claims", test) for test in limit.tests]
        name = local_name(key)
        yield Fixture(f"claimed/{name}", Outcome.NEEDS_REVIEW, (*relied, *claims))
        for index, test in enumerate(limit.tests):
            rest = claims[:index] + claims[index + 1 :]
            yield Fixture(f"open/{name}/{local_name(test)}", Outcome.NOT_STATED, (*relied, *rest))
            yield Fixture(
                f"denied/{name}/{local_name(test)}",
                Outcome.CONCERN,
                (*relied, *rest, ("denies", test)),
            )


def _favourable(norm: Norm) -> tuple[Outcome, Outcome]:
    """The outcomes of a favourable statement: in full, and for part of the time."""
    if norm.sets_condition:
        return Outcome.NOT_APPLICABLE, Outcome.NOT_STATED
    return (
        (Outcome.MET, Outcome.IN_PART)
        if norm.checkability == Checkability.MEET_OR_FLAG
        else (Outcome.NEEDS_REVIEW, Outcome.NEEDS_REVIEW)
    )


@dataclass(frozen=True)
class Round:
    """An entailed description, the outcome shapes (IRIs) that look at it, and what must fire."""

    store: ox.Store
    shapes: frozenset[str]
    expected: Expected


def rounds(
    norms: list[Norm],
    limits: dict[str, Limit],
    background: list[ox.Triple],
    shapes: dict[str, OutcomeShape],
) -> Iterator[Round]:
    """All that is tested. Every shape is in the first round and in that of its check.

    First silence, under all shapes at once; then what is adverse to any check, under the witnesses
    of all; then what nobody knows, under the silences of all. Then each check with its own
    statements, beside checks of other aspects, which must ignore them.
    """
    store, expected = data(norms, limits, background, lambda fixture: fixture.name == "silent")
    yield Round(store, frozenset(shapes), expected)
    store, _ = data(norms, limits, background, lambda fixture: fixture.name == "adverse")
    yield Round(
        store, frozenset(iri for iri, shape in shapes.items() if shape.outcome.is_witnessed), {}
    )
    store, expected = data(norms, limits, background, lambda fixture: fixture.name == "unknown")
    yield Round(
        store,
        frozenset(iri for iri, shape in shapes.items() if shape.reason == Reason.SILENCE),
        expected,
    )
    for part in _parts(norms):
        checks = {check.iri for norm in part for check in norm.checks}
        store, expected = data(
            part, limits, background, lambda fixture: fixture.name not in ("silent", "unknown")
        )
        yield Round(
            store,
            frozenset(iri for iri, shape in shapes.items() if shape.check in checks),
            expected,
        )


def _parts(norms: list[Norm]) -> Iterator[list[Norm]]:
    """The norms with their checks dealt out, so that no part has two checks of one aspect.

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
    norms: list[Norm],
    limits: dict[str, Limit],
    background: list[ox.Triple],
    wanted: Callable[[Fixture], bool] = lambda fixture: True,
) -> tuple[ox.Store, Expected]:
    """The fixtures (those wanted) as one entailed description, and what must fire.

    One group holds all fixtures of a name: a shape fires on its own statement, whatever stands
    beside it.
    """
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in background)
    expected: Expected = {}
    for norm in norms:
        for check in norm.checks:
            for fixture in fixtures(norm, check, limits):
                if not wanted(fixture):
                    continue
                focus = f"{_PROGRAMME}/{fixture.name}"
                view = _write(store, norm, check, fixture, focus)
                expected[focus, check.iri] = (
                    fixture.outcome,
                    None if fixture.fires_on_silence else view,
                )
    entail(store)
    return store, expected


def _write(store: ox.Store, norm: Norm, check: Check, fixture: Fixture, focus: str) -> str | None:
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
    for slot, value in [*slots, ("extent", _c("whole"))]:
        store.add(ox.Quad(statement, HRGE(slot), ox.NamedNode(value)))
    return statement.value


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
    """Anything but silence where nothing is stated; a witness where all stated is adverse."""
    if result.focus == f"{_PROGRAMME}/silent":
        return result.shape.outcome != Outcome.NOT_STATED
    return (
        result.focus == f"{_PROGRAMME}/adverse"
        and result.shape.outcome.is_witnessed
        and result.shape.check not in two_sided
    )


def _stated(result: Result, expected: Expected) -> bool:
    """Whether the group of a result has a statement on which the check must report something."""
    return expected.get((result.focus, result.shape.check), ("", None))[1] is not None
