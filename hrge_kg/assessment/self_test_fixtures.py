"""The fixtures of the self-test: statements on which a shape has to fire, and what it reports.

They are computed from the norms and their declared checks, not from the shapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..namespaces import CONCEPT, local_name
from .enums import AspectKind, Checkability, Outcome
from .norms import Check, Limit, Norm, Sign


@dataclass(frozen=True)
class Fixture:
    """A statement that must make a check report one outcome."""

    name: str
    outcome: Outcome
    slots: tuple[tuple[str, str], ...]
    """Slots of the statement: term of hrge:, IRI of a concept. Empty: nothing is stated."""
    fires_on_silence: bool = False
    """Whether the statement says nothing, so that the shape fires as if there were none."""


def concept(name: str) -> str:
    """The IRI of a concept."""
    return CONCEPT + name


_NARROWING = (
    ("condition", concept("condition")),
    ("extent", concept("part")),
    ("quantity", "1"),
    ("since", "2021-02-28"),  # without a day of the answer, so that nothing had begun
    ("statedBy", concept("presumption")),
    ("statedBy", concept("written-rule")),
    ("until", "2021-02-28"),
)
"""Slots, beside the frequency, by which an answer says less than all; a value for each."""


def fixtures(norm: Norm, check: Check, limits: dict[str, Limit]) -> Iterator[Fixture]:
    """What must fire for one check: each outcome that it can have, and each test of each limit."""
    wanted = check.wants
    other = concept("no") if wanted == concept("yes") else concept("yes")
    practice = (("level", concept("practice")),)
    of = (("of", check.of),) if check.of else ()
    plain = (("holds", wanted), *of)
    ground = (("ground", check.ground),) if check.ground else ()
    adverse = (("holds", other), *of, *ground, *practice)
    if check.reaches:
        # Each in a group of its own: what shows one reach must not stand beside another.
        key = local_name(check.iri)
        beyond = Outcome.NEEDS_REVIEW if check.raises == Outcome.CONCERN else check.raises
        denied = dict(adverse)
        for reach in check.reaches:
            denied |= dict(reach.denied_by)
        yield Fixture(f"out-of-reach/{key}", beyond, tuple(denied.items()))
        slots = dict(adverse) | {name: value for one in check.reaches for name, value in one.slots}
        yield Fixture(f"in-reach/{key}", Outcome.CONCERN, tuple(slots.items()))
    else:
        yield Fixture("adverse", check.raises, adverse)
    if not check.only_adverse:
        yield Fixture("silent", Outcome.NOT_STATED, ())
        yield Fixture(
            "unknown",
            Outcome.NOT_STATED,
            (("holds", concept("dont-know")), *of, *practice),
            fires_on_silence=True,
        )
        yield Fixture("rule", Outcome.NOT_STATED, (*plain, ("level", concept("policy"))))
        yield Fixture(
            "outside",
            Outcome.NOT_APPLICABLE,
            (("holds", concept("does-not-apply")), *of, *practice),
        )
        full, part = _favourable(norm)
        if needs_facts(norm, check):
            yield Fixture("bare", Outcome.NOT_STATED, (*plain, *practice))
            yield Fixture("shown", full, (*plain, *practice))
        else:
            yield Fixture("favourable", full, (*plain, *practice))
        yield Fixture("part", part, (*plain, *practice, ("frequency", concept("sometimes"))))
        yield Fixture("narrow", part, (*plain, *practice, ("frequency", concept("mostly"))))
        if wanted == concept("yes"):
            yield Fixture("in-part", part, (("holds", concept("in-part")), *of, *practice))
        if check.of and check.wider and check.top and wanted == concept("yes"):
            yield Fixture(
                "unclear",
                Outcome.NOT_STATED,
                (("holds", concept("yes")), ("of", check.top), *practice),
            )
    elif (
        wanted == concept("yes")
        and _favourable(norm) == (Outcome.MET, Outcome.IN_PART)
        and not check.heard_by_twin
    ):  # it shows nothing met; what is so in part only is heard
        yield Fixture("in-part", Outcome.IN_PART, (("holds", concept("in-part")), *of, *practice))
    if check.of and check.wider and check.top:
        wide = (("of", check.top), *ground, *practice)
        if wanted == concept("no") and not check.yes_is_asked:
            yield Fixture("wider", Outcome.NEEDS_REVIEW, (("holds", concept("yes")), *wide))
        elif wanted == concept("yes") and check.kind == AspectKind.QUALITY:
            yield Fixture("wider", Outcome.NEEDS_REVIEW, (("holds", concept("no")), *wide))
    if wanted == concept("yes") and not check.heard_by_twin:
        slight = (("holds", concept("no")), *of, *ground, *practice, ("reviewer", concept("court")))
        yield Fixture("one-reviewer", Outcome.NEEDS_REVIEW, slight)
    if check.ground:
        groundless = (("holds", other), *of, *practice)
        yield Fixture("no-ground", Outcome.NEEDS_REVIEW, groundless)
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


def narrowing_fixtures(norms: Iterable[Norm]) -> Iterator[tuple[Norm, Check, Fixture]]:
    """What must be in part because a slot narrows it.

    All checks share the matchers that say so: one for questions that ask for a number, one for the
    others. So one check of each kind is enough.
    """
    done: set[bool] = set()
    for norm in norms:
        for check in norm.checks:
            in_full = _favourable(norm)[0] == Outcome.MET
            if (
                check.counted in done
                or check.only_adverse
                or not in_full
                or needs_facts(norm, check)
            ):
                continue
            done.add(check.counted)
            of = (("of", check.of),) if check.of else ()
            plain = (("holds", check.wants), *of, ("level", concept("practice")))
            for slot, value in _NARROWING:
                if slot != "quantity" or not check.counted:
                    name = f"narrow/{slot}/{local_name(value)}"
                    yield norm, check, Fixture(name, Outcome.IN_PART, (*plain, (slot, value)))


def needs_facts(norm: Norm, check: Check) -> bool:
    """Whether a favourable answer is only a conclusion, for which the norm wants facts as well."""
    return check.kind == AspectKind.CONCLUSION and any(sign.key for sign in norm.signs)


def sign_fixtures(sign: Sign) -> Iterator[Fixture]:
    """What must fire for a fact of a matter, or for a bound: always a review."""
    practice = ("level", concept("practice"))
    of: tuple[tuple[str, str], ...] = (("of", sign.of),) if sign.of else ()
    if sign.ground:
        of += (("ground", sign.ground),)
    if sign.is_bound:
        number = Decimal(sign.most_days or 0) + 1 if sign.most_days else Decimal(0)
        unit = ("quantityUnit", concept("days"))
        slots = (("holds", concept("yes")), *of, practice, ("quantity", str(number)), unit)
        yield Fixture("beyond", Outcome.NEEDS_REVIEW, slots)
        return
    other = concept("no") if sign.wants == concept("yes") else concept("yes")
    yield Fixture("adverse", Outcome.NEEDS_REVIEW, (("holds", other), *of, practice))
    seldom = (("holds", sign.wants), *of, practice, ("frequency", concept("sometimes")))
    yield Fixture("seldom", Outcome.NEEDS_REVIEW, seldom)
    if sign.wants == concept("no") and not sign.ground:
        time = (("quantity", "3"), ("quantityUnit", concept("hours")))
        limited = (("holds", sign.wants), *of, practice, *time)
        yield Fixture("limited", Outcome.NEEDS_REVIEW, limited)
    if sign.adverse_reviewer:
        by = (("holds", concept("yes")), *of, practice, ("reviewer", sign.adverse_reviewer))
        yield Fixture("by", Outcome.NEEDS_REVIEW, by)


def shown_signs(norm: Norm) -> Iterator[tuple[Sign, Fixture]]:
    """The key facts of a norm's matters, stated as they are wanted."""
    for sign in norm.signs:
        if sign.key:
            of = (("of", sign.of),) if sign.of else ()
            reviewer = (("reviewer", concept("court")),) if sign.needs_reviewer else ()
            slots = (("holds", sign.wants), *of, ("level", concept("practice")), *reviewer)
            yield sign, Fixture("shown", Outcome.MET, slots)


def _favourable(norm: Norm) -> tuple[Outcome, Outcome]:
    """The outcomes of a favourable statement: in full, and for part of the time."""
    if norm.sets_condition:
        return Outcome.NOT_APPLICABLE, Outcome.NOT_STATED
    return (
        (Outcome.MET, Outcome.IN_PART)
        if norm.checkability == Checkability.MEET_OR_FLAG
        else (Outcome.NEEDS_REVIEW, Outcome.NEEDS_REVIEW)
    )
