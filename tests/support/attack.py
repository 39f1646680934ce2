"""An attacker of the favourable outcome: which adverse answers leave a norm met? (make attack)

For each norm that can be met, its met fixtures, and beside them each adverse answer that the form
can say of the same people: the answer that is not wanted, and both answers where none is wanted;
of everything, and of each thing by itself. An answer that leaves the norm met is listed, unless
docs/records/attack-signed.csv says why it does not bear on the norm.

A shape looks at each answer by itself. So all adverse answers stand in one description about people
of the same kind, and what is reported of each is set beside what is reported of a fixture. What two
of them show together is left out, for it is reported of neither alone.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml
from fixture_outcomes import expectations
from paths import FIXTURES, ROOT

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.engines import Pyshifty
from hrge_kg.assessment.enums import Checkability, Outcome
from hrge_kg.assessment.outcomes import _Derivation, derive
from hrge_kg.assessment.preparation import Workbench, check_description, entailed
from hrge_kg.assessment.shacl import Result, Shapes, data_triples, outcome_shapes
from hrge_kg.errors import InputError
from hrge_kg.form.description import Description
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.form.vocabulary import Aspect, Vocabulary
from hrge_kg.graph.store import open_graph
from hrge_kg.namespaces import HRGE, local_name, term_text

SIGNED = ROOT / "docs" / "records" / "attack-signed.csv"
COLUMNS = ("norms", "aspect", "answers", "of", "reason")
_TELLING = {HRGE + "yesShows": "yes", HRGE + "noDenies": "no"}

Form = dict[str, Any]


@dataclass(frozen=True, order=True)
class Answer:
    """An adverse answer, by the keys of the form; `of` is empty where it is of everything."""

    aspect: str
    holds: str
    of: str = ""

    def written(self) -> dict[str, object]:
        """The answer as the form has it."""
        return {"holds": self.holds == "yes"} | ({"of": self.of} if self.of else {})

    def __str__(self) -> str:
        return f"{self.aspect}: {self.holds}" + (f" of {self.of}" if self.of else "")


@dataclass(frozen=True, eq=False)
class Case:
    """A met fixture: the norm that is met, what the programme and the people are, the answers."""

    norm: str
    path: Path
    programme: Mapping[str, object]
    people: Mapping[str, object]
    answers: Mapping[str, object]

    @property
    def kind(self) -> str:
        """What cases need to have in common to stand in one description."""
        return json.dumps([self.programme, self.people], sort_keys=True, default=str)


@dataclass(frozen=True, order=True)
class Survivor:
    """An adverse answer beside which a norm (its short name) stays met."""

    norm: str
    answer: Answer

    def __str__(self) -> str:
        return f"{self.norm}: met beside {self.answer}"


@dataclass
class Found:
    """What an attack came to: how many answers it tried, and what stayed met."""

    tried: int = 0
    stayed: list[Survivor] = field(default_factory=list)
    met: set[Case] = field(default_factory=set)
    not_met: set[Case] = field(default_factory=set)
    """Cases that are not met by themselves, so that nothing was tried."""


@dataclass(frozen=True)
class Row:
    """Norms that stay met beside an answer to a question, each of some things, and why not."""

    norms: frozenset[str]
    aspect: str
    answers: frozenset[str]
    of: frozenset[str]
    reason: str

    def covers(self, norm: str, answer: Answer) -> bool:
        """Whether it says why a norm (its short name) stays met beside an answer."""
        return (
            answer.aspect == self.aspect
            and norm in self.norms
            and answer.holds in self.answers
            and ("*" in self.of or answer.of in self.of)
        )


def signed(path: Path = SIGNED) -> list[Row]:
    """What was signed off. The first row names the norms that were read; * stands for these.

    Under `of`, - stands for an answer that names no thing.
    """
    with path.open(encoding="utf-8", newline="") as file:
        header, (read, *_), *lines = csv.reader(file)
    assert tuple(header) == COLUMNS
    everyone = frozenset(read.split())
    rows = []
    for norms, aspect, answers, of, reason in lines:
        named, _, but = norms.partition(" but ")
        names = everyone - set(but.split()) if named == "*" else frozenset(named.split())
        assert names <= everyone and reason, norms
        things = frozenset("" if thing == "-" else thing for thing in of.split())
        rows.append(Row(names, aspect, frozenset(answers.split()), things, reason))
    return rows


def cases() -> list[Case]:
    """The met fixtures of all norms."""
    return [_case(path) for path in sorted((FIXTURES / "norms").glob("*/met*.yaml"))]


def _case(path: Path) -> Case:
    form: Form = _plain(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))
    (people,) = form["groups"].values()  # an attack needs one group
    assert set(expectations(path).values()) == {"met"}, path
    kept = {"programme", "groups", "answers"}
    programme = {key: value for key, value in form.items() if key not in kept}
    return Case(path.parent.name, path, programme, people, form["answers"])


def _plain(value: Any) -> Any:
    """A form as it was written, with yes and no as JSON has them."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return {"yes": True, "no": False}.get(value, value)


def _several(value: Any) -> Iterator[dict[str, Any]]:
    """The answers to one question, each with its slots."""
    for one in value if isinstance(value, list) else [value]:
        yield one if isinstance(one, dict) else {"holds": one}


def adverse_answers(vocabulary: Vocabulary) -> list[Answer]:
    """Whatever the form can say that somebody may not want."""
    return [
        Answer(aspect.key, holds, of)
        for aspect in vocabulary.aspects.values()
        for holds in _unwanted(aspect)
        for of in ("", *_things(aspect, vocabulary))
    ]


def _unwanted(aspect: Aspect) -> tuple[str, ...]:
    return ("yes", "no") if aspect.wanted is None else ("no" if aspect.wanted == "yes" else "yes",)


def _things(aspect: Aspect, vocabulary: Vocabulary) -> Iterator[str]:
    """What an answer can be of by itself; the top of the scheme is what is meant without."""
    if aspect.of_scheme:
        for concept in vocabulary.concepts_in(aspect.of_scheme):
            if concept.broader:
                yield concept.key


class Attacker:
    """Runs adverse answers beside met fixtures, on the quick engine."""

    def __init__(self, assessor: Assessor, graph: Any) -> None:
        self.assessor = assessor
        self.vocabulary = assessor.vocabulary
        self.norms = {
            local_name(norm.iri): norm
            for norm in assessor.norms
            if norm.checkability == Checkability.MEET_OR_FLAG
        }
        self.answers = adverse_answers(self.vocabulary)
        self._engine = Pyshifty(Shapes(graph), outcome_shapes(graph))
        self._workbench = Workbench(assessor.background)

    @cached_property
    def _told(self) -> dict[tuple[str, str], set[str]]:
        """The kinds of people (IRIs) that an answer shows or denies, by aspect (IRI) and answer."""
        told: dict[tuple[str, str], set[str]] = {}
        for triple in self.assessor.background:
            holds = _TELLING.get(triple.predicate.value)
            if holds:
                told.setdefault((term_text(triple.subject), holds), set()).add(
                    term_text(triple.object)
                )
        return told

    @cached_property
    def _refusals(self) -> dict[str, set[str]]:
        """What is a refusal of a demand (IRIs), by the key of its scheme."""
        refusals = {
            term_text(one.subject)
            for one in self.assessor.background
            if one.predicate.value == HRGE + "refuses"
        }
        found: dict[str, set[str]] = {}
        for concept in self.vocabulary.concepts.values():
            if concept.iri in refusals:
                for scheme in concept.schemes:
                    found.setdefault(scheme, set()).add(concept.iri)
        return found

    def tells(self, answer: Answer) -> frozenset[str]:
        """The kinds of people (IRIs) that an answer shows or denies.

        The refusal of a demand is told apart as well: it must not answer a demand that is tried.
        """
        aspect = self.vocabulary.aspects[answer.aspect]
        told = self._told.get((aspect.iri, answer.holds), set())
        return frozenset(told | self._refusals.get(aspect.of_scheme or "", set()))

    def attack(self, some: Iterable[Case], answers: Sequence[Answer] = ()) -> Found:
        """What stays met: each case beside each answer (none are named: each that there is).

        Answers that tell who the people are stand in descriptions of their own: whom a norm is
        about must not depend on an answer that is not being tried.
        """
        found = Found()
        by_kind: dict[str, list[Case]] = {}
        for case in some:
            by_kind.setdefault(case.kind, []).append(case)
        by_people: dict[frozenset[str], list[Answer]] = {}
        for answer in answers or self.answers:
            by_people.setdefault(self.tells(answer), []).append(answer)
        for alike in by_kind.values():
            run = _Run(self, alike)
            met = [one for one in alike if run.is_met(one)]
            found.met |= set(met)
            found.not_met |= set(alike) - set(met)
            for told in by_people.values():
                run.give(told)
                found.tried += len(met) * len(told)
                found.stayed += [
                    Survivor(case.norm, one)
                    for case in met
                    for one in told
                    if run.is_met(case, one)
                ]
        return found

    def outcomes(self, description: Description) -> dict[str, set[Outcome]]:
        """The outcomes of each norm (its short name) over the groups of a description."""
        with self._workbench.entailed(description) as store:
            check_description(description, store)
            results = self._engine.validate(data_triples(store)).results
            found: dict[str, set[Outcome]] = {}
            for one in derive(description, store, self.assessor.norms, results).findings:
                found.setdefault(local_name(one.norm.iri), set()).add(one.outcome)
            return found

    def is_met_in_a_file(self, case: Case, answers: Sequence[Answer]) -> bool | None:
        """Whether the norm of a case is met in a file that gives the answers as well.

        None where the file contradicts itself.
        """
        said = {key: list(_several(value)) for key, value in case.answers.items()}
        for answer in answers:
            said.setdefault(answer.aspect, []).append(answer.written())
        people = {"people": case.people}
        form = {**case.programme, "programme": "one-file", "groups": people, "answers": said}
        try:
            description = parse_form(json.dumps(form, indent=1), "one-file", self.vocabulary)
            return self.outcomes(description)[case.norm] == {Outcome.MET}
        except InputError:
            return None

    def reported(self, form: Form) -> tuple[Description, ox.Store, list[Result]]:
        """A form as it is read and entailed, and what the shapes report of it."""
        text = json.dumps(form, indent=1, default=str)
        description = parse_form(text, str(form["programme"]), self.vocabulary)
        store = entailed(description, self.assessor.background)
        return description, store, self._engine.validate(data_triples(store)).results


class _Run:
    """Met cases about people of one kind, and what is reported of adverse answers about such
    people.
    """

    def __init__(self, attacker: Attacker, alike: list[Case]) -> None:
        self._attacker = attacker
        self._first = alike[0]
        said: dict[str, list[Any]] = {}
        for number, case in enumerate(alike):
            for key, value in case.answers.items():
                for slots in _several(value):
                    said.setdefault(key, []).append(slots | {"for": f"met-{number}"})
        form = self._form("cases", [f"met-{n}" for n in range(len(alike))], said)
        self._description, self._store, results = attacker.reported(form)
        self._groups = {
            case: f"{self._description.programme}/group/met-{number}"
            for number, case in enumerate(alike)
        }
        self._results: dict[str, list[Result]] = {}
        for result in results:
            self._results.setdefault(result.focus, []).append(result)
        self._derivation = _Derivation(self._description, self._store, ())
        self._raised: dict[Answer, list[Result]] = {}

    def _form(self, programme: str, groups: list[str], said: dict[str, list[Any]]) -> Form:
        people = dict.fromkeys(groups, self._first.people)
        return {**self._first.programme, "programme": programme, "groups": people, "answers": said}

    def give(self, answers: list[Answer]) -> None:
        """Give adverse answers of people of the same kind, and keep what is reported of each."""
        said: dict[str, list[Any]] = {}
        by_name: dict[str, Answer] = {}
        for answer in answers:
            told = said.setdefault(answer.aspect, [])
            told.append(answer.written())
            by_name[f"{answer.aspect}-{len(told)}"] = answer
        _, store, results = self._attacker.reported(self._form("attack", ["attacked"], said))
        self._store.bulk_extend(store)  # what is reported is told in its words
        compared = {
            term_text(quad.subject)
            for quad in store.quads_for_pattern(None, HRGE("comparedWith"), None, None)
        }
        for result in results:
            if result.value and result.value not in compared:
                name = local_name(result.value.split("/view/")[0])
                if name in by_name:  # not what the people are said to be
                    self._raised.setdefault(by_name[name], []).append(result)
        self._derivation = _Derivation(self._description, self._store, ())

    def is_met(self, case: Case, answer: Answer | None = None) -> bool:
        """Whether the norm of a case is met, were an answer given of its people too."""
        group, norm = self._groups[case], self._attacker.norms[case.norm]
        more = self._raised.get(answer, ()) if answer else ()
        results = [
            replace(one, focus=group)
            for one in (*self._results[group], *more)
            if norm.iri in one.shape.norms
        ]
        if answer and not any(one.value and "/attack/" in one.value for one in results):
            return True
        self._derivation.results = {(group, norm.iri): results}
        (applicability,) = (
            one for one in self._derivation.classified.applicability(norm) if one.group == group
        )
        return self._derivation.finding(applicability).outcome == Outcome.MET


def attacker() -> Attacker:
    """An attacker of the built graph."""
    graph = open_graph()
    return Attacker(Assessor(graph, Pyshifty), graph)


def unsigned(found: Found, rows: Iterable[Row]) -> list[Survivor]:
    """What stayed met and nobody signed off."""
    by_aspect: dict[str, list[Row]] = {}
    for row in rows:
        by_aspect.setdefault(row.aspect, []).append(row)
    return [
        one
        for one in sorted(set(found.stayed))
        if not any(row.covers(one.norm, one.answer) for row in by_aspect.get(one.answer.aspect, ()))
    ]


def needless(found: Found, rows: Iterable[Row], answers: Iterable[Answer]) -> list[str]:
    """What was signed off of these answers, but is heard."""
    stayed = set(found.stayed)
    tried = {case.norm for case in found.met}
    return [
        f"{norm}: heard beside {answer}, and signed off"
        for row in rows
        for answer in answers
        if answer.aspect == row.aspect
        for norm in sorted(row.norms & tried)
        if row.covers(norm, answer) and Survivor(norm, answer) not in stayed
    ]


def main() -> int:
    """List what stays met and nobody signed off, and what is signed off for nothing."""
    one, rows = attacker(), signed()
    found = one.attack(cases())
    left = [*map(str, unsigned(found, rows)), *needless(found, rows, one.answers)]
    left += [f"{case.norm}: {case.path.name} is not met" for case in found.not_met]
    print(*left, sep="\n")
    print(
        f"{found.tried} tried, {len(found.stayed)} stayed met, {len(left)} to be read",
        file=sys.stderr,
    )
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
