"""What a description answers, statement by statement, in the order of the author's file.

What groups say in themselves comes first.

It knows no norm: an answer stands here whether or not any norm is about these people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from ..form.description import Description, Place
from ..form.slots import SLOTS
from ..namespaces import HRGE, kebab, local_name, term_text
from ..sparql import query_text, select
from . import wording

Row = dict[str, str]
_PRACTICE = "practice"


@dataclass(frozen=True)
class SlotValues:
    """A filled slot: its name in the form, its label, and the labels of its values or numbers."""

    slot: str
    label: str
    values: tuple[str, ...]
    keys: tuple[str, ...] = ()
    """The keys of its values; dates and numbers are their own."""


@dataclass(frozen=True)
class Answer:
    """An answer of a description: its statement and aspect (IRIs), and all that it says.

    `key` is the question's key in the form, `holds` that of the answer. `groups` are those (IRIs)
    that it may be about, `parts` those of them (None: the programme) of which it is not known to be
    about everyone.
    `adverse` and `favourable` say whether it is the answer wanted; some questions want neither.
    `own`: the form says it of a group directly, by the kind of people; `statement` is the group.
    """

    statement: str
    aspect: str
    key: str
    question: str
    holds: str
    says: str
    """What the answer comes to: a yes by nobody is a no. (ontology/rules/11-answers-read.ru)"""
    answer: str
    slots: tuple[SlotValues, ...] = ()
    groups: tuple[str, ...] = ()
    parts: frozenset[str | None] = frozenset()
    place: Place | None = None
    kind: str | None = None
    """The kind of its aspect (fact, quality or conclusion), where one is declared."""
    wanted: str | None = None
    own: bool = False
    counted: bool = False
    """Whether its question asks for a number."""
    tells_who: bool = False
    """Whether it says who these people are, so that norms are about them or are not."""
    told: str = ""
    """What it says as a sentence without its full stop: for people. Empty where it has none."""
    unchecked_reason: str = ""
    """Why no norm looks at its question, where none does."""
    levels: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    """What it is of (IRIs of concepts); empty where it names nothing and is about all of it."""
    left_out: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    """Groups, each with a class in which nobody is whom it names there (IRIs)."""
    wider: frozenset[str] = field(default=frozenset(), repr=False)
    """The concepts (IRIs) that include what it is of."""

    @property
    def adverse(self) -> bool:
        """Whether it is the opposite of the answer wanted; in part is, if no is wanted."""
        return (self.wanted, self.says) in _ADVERSE

    @property
    def favourable(self) -> bool:
        """Whether it is the answer wanted, in full."""
        return (self.wanted, self.says) in _FAVOURABLE

    @property
    def is_stated(self) -> bool:
        """Whether it says yes, no or in part."""
        return self.holds in ("yes", "no", "in-part")

    @property
    def only_a_rule(self) -> bool:
        """Whether it states what a law or a rule says, and not what happens."""
        return bool(self.levels) and _PRACTICE not in self.levels

    @property
    def in_practice(self) -> bool:
        """Whether it states what happens."""
        return _PRACTICE in self.levels

    @cached_property
    def words(self) -> str:
        """What it says in plain words, made of its own labels and nothing else."""
        return wording.answer_words(self)

    def values(self, slot: str) -> tuple[str, ...]:
        """The labels in a slot (its name in the form); none where it is not filled."""
        return next((one.values for one in self.slots if one.slot == slot), ())

    def keys(self, slot: str) -> tuple[str, ...]:
        """The keys in a slot; none where it is not filled."""
        return next((one.keys for one in self.slots if one.slot == slot), ())


_ADVERSE = {("no", "yes"), ("no", "in-part"), ("yes", "no")}
_FAVOURABLE = {("no", "no"), ("yes", "yes")}


class Answers:
    """All answers of a description, in the order of its file.

    They are found by the statement or view that a result of SHACL names.
    """

    def __init__(self, description: Description, store: ox.Store) -> None:
        self._by_node: dict[str, dict[str, Answer]] = {}
        self._all = tuple(self._load(description, store))

    def __iter__(self) -> Iterator[Answer]:
        return iter(self._all)

    def at(self, node: str | None, aspect: str) -> Answer | None:
        """The answer behind a view or statement (IRI), preferably to this aspect (IRI)."""
        found = self._by_node.get(node or "", {})
        return found.get(aspect) or next(iter(found.values()), None)

    def practice_is_stated(self, answer: Answer, group: str | None) -> bool:
        """Whether some answer states what happens with the same thing, for the same people."""
        return any(
            other.aspect == answer.aspect
            and other.in_practice
            and other.is_stated
            and (not other.groups or group is None or group in other.groups)
            and _same_thing(answer, other)
            for other in self
        )

    def _load(self, description: Description, store: ox.Store) -> list[Answer]:
        slots: dict[str, list[Row]] = {}
        # A rule adds what an answer without a thing is about; that was not stated.
        written = {(term_text(s), p.value, term_text(o)) for s, p, o in description.triples}
        for row in select(store, query_text("assessment/answer-slots.rq")):
            if (row["statement"], row["slot"], row["value"]) in written:
                slots.setdefault(row["statement"], []).append(row)
        by_answer: dict[tuple[str, str], list[Row]] = {}
        for row in select(store, query_text("assessment/answers.rq")):
            by_answer.setdefault((row["statement"], row["aspect"]), []).append(row)
        found: list[Answer] = []
        for (statement, aspect), rows in by_answer.items():
            answer = _answer(rows, slots.get(statement, []), description)
            found.append(answer)
            for node in (statement, *(row["view"] for row in rows if "view" in row)):
                self._by_node.setdefault(node, {})[aspect] = answer
        order = {iri: rank for rank, iri in enumerate(description.places)}

        def place(answer: Answer) -> tuple[bool, int, int]:
            # In a workbook groups have a sheet of their own, whose rows count anew.
            line = answer.place.line if answer.place else None
            return not answer.own, line or 0, order.get(answer.statement, len(order))

        return sorted(found, key=place)


def _same_thing(one: Answer, other: Answer) -> bool:
    if not one.things or not other.things:
        return True
    return bool(one.things & (other.things | other.wider) or other.things & one.wider)


def _answer(rows: list[Row], slots: list[Row], description: Description) -> Answer:
    """An answer, from its rows: one for each group."""
    first = rows[0]
    of = [row for row in slots if local_name(row["slot"]) == "of"]
    own = "own" in first
    # An answer that the form gives of a group directly has no slots. (40-statements.ru)
    levels = {local_name(row["value"]) for row in slots if local_name(row["slot"]) == "level"}
    return Answer(
        statement=first["statement"],
        says=local_name(first["says"]),
        aspect=first["aspect"],
        key=kebab(local_name(first["aspect"])),
        question=first["question"],
        holds=local_name(first["holds"]),
        answer=first["answer"],
        slots=tuple(_slots(slots)),
        groups=tuple(dict.fromkeys(row["group"] for row in rows if "group" in row)),
        parts=frozenset(
            row.get("group") for row in rows if local_name(row.get("extent", "")) == "part"
        ),
        place=description.place(first["statement"]),
        kind=local_name(first["kind"]) if "kind" in first else None,
        wanted=local_name(first["wanted"]) if "wanted" in first else None,
        own=own,
        counted="counted" in first,
        tells_who=own or "shows" in first,
        told=first.get("told", ""),
        unchecked_reason=first.get("unchecked", ""),
        levels=frozenset({_PRACTICE} if own else levels),
        things=frozenset(row["value"] for row in of),
        left_out=frozenset((row["group"], row["others"]) for row in rows if "others" in row),
        wider=frozenset(row["wider"] for row in of if "wider" in row),
    )


def _slots(rows: list[Row]) -> Iterator[SlotValues]:
    """The filled slots, in the order of the form."""
    by_slot: dict[str, list[Row]] = {}
    for row in rows:
        by_slot.setdefault(row["slot"], []).append(row)
    for name, slot in SLOTS.items():
        of_slot = by_slot.get(HRGE + slot.property)
        if of_slot and name != "holds":
            values = dict.fromkeys(row.get("label", row["value"]) for row in of_slot)
            keys = dict.fromkeys(local_name(row["value"]) for row in of_slot)
            yield SlotValues(name, of_slot[0]["slotLabel"], tuple(values), tuple(keys))
