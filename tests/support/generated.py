"""Descriptions drawn at random from a seed, as forms.

What the vocabulary can say, aimed at what the checks look for.

Each is drawn for some norms, and has a temper that says which outcomes its answers mostly aim at; a
few answers stand there at random.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from hrge_kg.assessment.applicability import ClassifiedDescription
from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.norms import Check, Limit, Norm
from hrge_kg.assessment.preparation import check_description, entailed, entailed_together
from hrge_kg.errors import InputError
from hrge_kg.form.description import Description
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.form.slots import SLOTS
from hrge_kg.form.vocabulary import Aspect
from hrge_kg.namespaces import HRGE, local_name, term_text

AIMS = ("full", "part", "adverse", "limit", "silence", "outside")
TEMPERS = {
    "good": (92, 3, 1, 1, 2, 1),
    "half": (8, 86, 1, 1, 2, 2),
    "bad": (15, 5, 60, 12, 4, 4),
    "elsewhere": (10, 3, 1, 2, 9, 75),
    "any": (1, 1, 1, 1, 1, 1),
}
"""How often an answer aims at each of AIMS, by the temper of its description."""
OFTEN = {"good": 28, "half": 47, "bad": 13, "elsewhere": 21, "any": 1}
NORMS = 6
"""For how many norms that are about its people a description is drawn.

It is drawn for another as well.
"""
ANSWERS: dict[str, object] = {
    "yes": True,
    "no": False,
    "in-part": "in part",
    "dont-know": "don't know",
    "does-not-apply": "does not apply",
}
_IF_NAMED = HRGE + "onlyIfNamed"
_TELLING = (HRGE + "yesShows", HRGE + "noDenies")
_ABOUT_PEOPLE = HRGE + "aboutPeople"
DAYS = ("2019-05-01", "2024-11-30", "2025-03-01", "2031-01-01")

Form = dict[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True)
class Drawn:
    """A description as it was drawn and entailed, and the norms that it was drawn for."""

    description: Description
    store: ox.Store
    norms: list[Norm]


def drawn(seed: int, count: int, assessor: Assessor, limits: dict[str, Limit]) -> Iterator[Drawn]:
    """So many descriptions, each norm that has checks being drawn for in turn.

    One that contradicts itself is drawn anew.
    """
    drawer = _Drawer(assessor, limits, random.Random(seed))
    for number in range(count):
        yield _first_that_is_read(drawer, assessor, f"drawn-{seed}-{number}", number)


def _first_that_is_read(drawer: _Drawer, assessor: Assessor, name: str, number: int) -> Drawn:
    for attempt in range(30):
        norms, form = drawer.form(random.Random(f"{name}-{attempt}"), name, number)
        try:
            description = parse_form(form, name, assessor.vocabulary)
            store = entailed(description, assessor.background)
            check_description(description, store)
        except InputError:
            continue
        return Drawn(description, store, norms)
    raise AssertionError(f"thirty drafts of {name} contradict themselves")


class _Drawer:
    def __init__(self, assessor: Assessor, limits: dict[str, Limit], draw: random.Random) -> None:
        self.vocabulary = assessor.vocabulary
        self.limits = limits
        self.norms = {norm.iri: norm for norm in assessor.norms if norm.checks}
        can_be_met = [
            iri for iri, norm in self.norms.items() if norm.checkability == "meet-or-flag"
        ]
        self.turns = [*self.norms, *can_be_met, *can_be_met]
        self.aspects = {aspect.iri: aspect for aspect in self.vocabulary.aspects.values()}
        triples = {(t.subject, t.predicate.value, t.object) for t in assessor.background}
        shown = {
            term_text(kind)
            for aspect, name, kind in triples
            # An answer about such people says nothing of a group that has none.
            if name in _TELLING and (aspect, _ABOUT_PEOPLE, kind) not in triples
        }
        self.told = {
            key
            for concept in self.vocabulary.concepts.values()
            if concept.iri in shown
            for key in concept.schemes
        }
        """Dimensions (keys of schemes) on which answers tell, too.

        What a group says beside them may contradict it.
        """
        apart = {
            term_text(t.subject) for t in assessor.background if t.predicate.value == _IF_NAMED
        }
        self.only_if_named = {
            (dimension.key, said)
            for dimension in self.vocabulary.dimensions.values()
            for concept in self.vocabulary.by_scheme[local_name(dimension.iri)]
            for said in (concept.key, ANSWERS.get(concept.answer or ""))
            if concept.iri in apart
        }
        """What a group says of itself (key of a dimension, value) that an answer must name it."""
        self.pool = self.people(assessor, draw)
        self.programmes = self.kinds_of_programme(assessor, draw)

    def people(self, assessor: Assessor, draw: random.Random) -> list[tuple[Form, set[str]]]:
        """Groups, and the norms (IRIs) that are about each."""
        groups = [
            self.kinds(draw, of_programme=False, chance=0.5 if n % 6 == 0 else 0.97)
            for n in range(140)
        ]
        # A few at a time: rules that compare groups look at each pair of a programme.
        some = [
            {f"group-{n}": group for n, group in enumerate(groups[start : start + 5])}
            for start in range(0, len(groups), 5)
        ]
        each = self.classified(assessor, [{"groups": named} for named in some])
        found = []
        for named, one in zip(some, each, strict=True):
            about = self.norms_about(one)
            iris = {name: iri for iri, name in one.groups.items()}
            found += [(group, about[iris[name]]) for name, group in named.items()]
        return found

    def classified(self, assessor: Assessor, forms: list[Form]) -> list[ClassifiedDescription]:
        """Programmes entailed together."""
        read = [
            parse_form(json.dumps({"programme": f"pool-{n}"} | form, indent=1), "", self.vocabulary)
            for n, form in enumerate(forms)
        ]
        store = entailed_together(read, assessor.background)
        return [ClassifiedDescription(one, store) for one in read]

    def norms_about(self, classified: ClassifiedDescription) -> dict[str | None, set[str]]:
        """The norms (IRIs) that apply to each group (IRI), and to the programme (None)."""
        about: dict[str | None, set[str]] = {
            None: set(),
            **{group: set() for group in classified.groups},
        }
        for norm in self.norms.values():
            for one in classified.applicability(norm):
                if one.applies == "yes":
                    about[one.group].add(norm.iri)
        return about

    def kinds_of_programme(
        self, assessor: Assessor, draw: random.Random
    ) -> list[tuple[Form, set[str]]]:
        """Programmes, and the norms (IRIs) that are about each."""
        kinds = [self.kinds(draw, of_programme=True, chance=0.8) for _ in range(60)]
        each = self.classified(assessor, kinds)
        return [(said, self.norms_about(one)[None]) for said, one in zip(kinds, each, strict=True)]

    def form(self, draw: random.Random, name: str, number: int) -> tuple[list[Norm], str]:
        """The norms drawn for, with the one whose turn it is, and a form as JSON, which is YAML."""
        turn = self.turns[number % len(self.turns)]
        group, about = draw.choice([one for one in self.pool if turn in one[1]] or self.pool)
        others = sorted(self.norms.keys() - about)
        weights = [
            20 if self.norms[iri].checkability == "meet-or-flag" else 1 for iri in sorted(about)
        ]  # the others are never met
        chosen = (
            {turn, *draw.choices(sorted(about), weights, k=NORMS), draw.choice(others)}
            if about
            else {turn, *others[:2]}
        )
        norms = [norm for iri, norm in self.norms.items() if iri in chosen]
        checks = [check for norm in norms for check in norm.checks]
        groups = {"group-0": group} | (
            {"group-1": draw.choice(self.pool)[0]} if draw.random() < 0.15 else {}
        )
        apart = any(self.only_if_named & said.items() for said in groups.values())
        must = list(groups) if apart else []  # an answer that names nobody would not reach them
        named = must or draw.choice(([], list(groups)))
        form: Form = {
            "programme": name,
            "answered": {"on": "2025-03-01", "level": "practice"},
            "groups": groups,
        }
        fit = [kinds for kinds, norms in self.programmes if turn in norms]
        form |= draw.choice(fit or [kinds for kinds, _ in self.programmes])
        temper = draw.choices(list(OFTEN), list(OFTEN.values()))[0]
        answers: dict[str, list[Answer]] = {}
        settling = {
            question.about for norm in norms for question in norm.dimensions
        } & self.aspects.keys()
        for iri in sorted(settling):
            if draw.random() < 0.7:  # else it stays open whether the norm is about these people
                self.say(answers, self.aspects[iri], {"holds": True}, named)
        for check in draw.sample(checks, len(checks)):
            aspect = self.aspects[check.aspect]
            aim = draw.choices(AIMS, TEMPERS[temper])[0]
            self.say(
                answers,
                aspect,
                self.aimed(draw, check, aspect, aim),
                [] if aspect.of_programme else named,
            )
        strange = 0 if temper in ("good", "half") else 3
        for aspect in draw.sample(sorted(self.aspects.values(), key=lambda one: one.key), strange):
            self.say(
                answers,
                aspect,
                self.noise(draw, {"holds": draw.choice(list(ANSWERS.values()))}, aspect),
                [] if aspect.of_programme else must,
            )
        return norms, json.dumps(form | {"answers": answers}, indent=1)

    def say(
        self,
        answers: dict[str, list[Answer]],
        aspect: Aspect,
        answer: Answer | None,
        people: list[str],
    ) -> None:
        """Add an answer, but where one says the same or the opposite."""
        if answer is not None:
            answer = answer | ({"for": people} if people else {})
            said = answers.setdefault(aspect.key, [])
            if all(one | {"holds": ""} != answer | {"holds": ""} for one in said):
                said.append(answer)

    def kinds(self, draw: random.Random, *, of_programme: bool, chance: float) -> Form:
        """What a programme or group is, by dimension."""
        found: Form = {}
        for dimension in self.vocabulary.dimensions.values():
            scheme = local_name(dimension.iri)
            if dimension.of_programme is of_programme and draw.random() < (
                chance if scheme not in self.told else 0.1
            ):
                concepts = self.vocabulary.by_scheme[scheme]
                by_answer = [ANSWERS[concept.answer] for concept in concepts if concept.answer]
                found[dimension.key] = draw.choice(
                    by_answer or [concept.key for concept in concepts]
                )
        return found

    def aimed(self, draw: random.Random, check: Check, aspect: Aspect, aim: str) -> Answer | None:
        """An answer to the question of a check, of the kind that is aimed at; None for silence."""
        wanted, other = ("yes", "no") if check.wants.endswith("/yes") else ("no", "yes")
        answer: Answer = {"of": local_name(check.of)} if check.of else {}
        if aim == "silence":
            return draw.choice(
                (
                    None,
                    {"holds": "don't know", **answer},
                    {"holds": ANSWERS[wanted], **answer, "level": "policy"},
                )
            )
        if aim == "outside":
            return {"holds": "does not apply", **answer}
        if aim in ("full", "part"):
            answer = {"holds": ANSWERS[wanted], **answer}
            return answer if aim == "full" else self.less(draw, answer, wanted)
        answer = {"holds": ANSWERS[other], **answer}
        if check.ground:
            answer["ground"] = local_name(check.ground)
        if aim == "limit" and check.limits:
            return self.limited(draw, answer, self.limits[draw.choice(check.limits)])
        return self.noise(draw, answer, aspect) if draw.random() < 0.3 else answer

    def less(self, draw: random.Random, answer: Answer, wanted: str) -> Answer:
        """Of a favourable answer only a part."""
        slots: list[Answer] = [
            {"frequency": draw.choice(("mostly", "sometimes", "exceptionally"))},
            {"condition": self.any_of(draw, "condition")},
            {"until": draw.choice(DAYS)},
            # this is no sign under other norms, so that it stays in part there
            *[{"frequency": "mostly"}] * 8,
        ]
        return answer | draw.choice(slots + [{"holds": "in part"}] * (wanted == "yes"))

    def limited(self, draw: random.Random, answer: Answer, limit: Limit) -> Answer:
        """An adverse answer on the ground of a limit, its tests claimed, denied or left open."""
        answer = answer | {"ground": local_name(limit.ground)}
        if limit.only_of:
            answer["of"] = local_name(limit.only_of)
        said = {
            test: draw.choices(("claims", "denies", ""), (6, 1, 1))[0]
            for test in map(local_name, limit.tests)
        }
        for slot in ("claims", "denies"):
            tests = [test for test, how in said.items() if how == slot]
            answer |= {slot: tests} if tests else {}
        return answer

    def noise(self, draw: random.Random, answer: Answer, aspect: Aspect) -> Answer:
        """One or two more slots, whatever they say."""
        answer = dict(answer)
        for slot in draw.sample(
            (
                "of",
                "level",
                "frequency",
                "ground",
                "condition",
                "reviewer",
                "by",
                "since",
                "until",
                "quantity",
            ),
            2,
        ):
            if slot in ("since", "until"):
                answer[slot] = draw.choice(DAYS)
            elif slot == "quantity":
                answer |= {"quantity": draw.randint(0, 90), "unit": self.any_of(draw, "unit")}
            elif slot != "of":
                answer[slot] = self.any_of(draw, slot)
            elif aspect.of_scheme:
                answer[slot] = draw.choice(self.vocabulary.by_scheme[aspect.of_scheme]).key
        return answer

    def any_of(self, draw: random.Random, slot: str) -> str:
        scheme = SLOTS[slot].scheme
        assert scheme
        return draw.choice(self.vocabulary.by_scheme[scheme]).key
