"""What is known of a description as a whole, before any norm.

Who runs the programme and as which party, who answered and when, who the groups are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from ..namespaces import kebab, local_name
from ..sparql import Row, query_text, select


@dataclass(frozen=True)
class ProgrammeProfile:
    """Labels of who runs a programme and of who answered; first and last date of an answer.

    `acts_as` has the parties (IRIs) whose duties whoever runs it takes to be its own.
    `kinds` has the concepts (IRIs) that each group (IRI) is stated to be, wider ones as well;
    `none` those of which the group has nobody.
    """

    runners: tuple[str, ...] = ()
    acts_as: frozenset[str] = frozenset()
    answered_by: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    none: Mapping[str, frozenset[str]] = field(default_factory=dict)
    form_keys: Mapping[str, str] = field(default_factory=dict)
    """Where the form asks what groups and the programme are: the key of each dimension (IRI)."""
    asked_as: Mapping[str, str] = field(default_factory=dict)
    """The aspect (IRI) that asks the same as a dimension (IRI), where one does."""
    setting: tuple[tuple[str, str], ...] = ()
    """What the programme is stated to be: pairs of a dimension and a concept (labels)."""
    people: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """The same of each group (IRI)."""
    topics: frozenset[str] = frozenset()
    """The labels of the topics that what the programme does bears on."""
    facts: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    """For a question about what people are (the IRI of its dimension or aspect), the aspects (IRIs)
    of the facts that can answer it, and whether each is a key fact."""

    def form_key(self, about: str) -> str:
        """The key in the form of the question about an aspect or a dimension (IRI)."""
        about = self.asked_as.get(about, about)
        place = self.form_keys.get(about)
        return place.rpartition(".")[2] if place else kebab(local_name(about))


def load_profile(programme: str, store: ox.Store) -> ProgrammeProfile:
    """The profile of an entailed description, which has the vocabularies beside it."""

    def rows(name: str, thing: str | None = None) -> list[Row]:
        return select(store, query_text(f"assessment/{name}.rq"), thing)

    dimensions = rows("form-keys")
    days = [row["day"] for row in rows("dates-of-answers")]
    stated = _dimensions_stated(rows("dimensions-stated", programme))
    return ProgrammeProfile(
        runners=tuple(row["label"] for row in rows("runners", programme)),
        acts_as=frozenset(row["party"] for row in rows("parties", programme)),
        answered_by=tuple(row["label"] for row in rows("sources-of-answers")),
        first=min(days, default=""),
        last=max(days, default="", key=_until),
        kinds=_kinds_by_group(rows("kinds-of-groups", programme)),
        none=_kinds_by_group(rows("kinds-absent-from-groups", programme)),
        form_keys={
            row["scheme"]: row["key"] if "programme" in row else f"groups.NAME.{row['key']}"
            for row in dimensions
        },
        asked_as={row["scheme"]: row["askedAs"] for row in dimensions if "askedAs" in row},
        setting=stated.pop("", ()),
        people=stated,
        topics=frozenset(row["label"] for row in rows("activity-topics", programme)),
        facts=_facts_by_question(rows("facts-of-conclusions")),
    )


def _until(date: str) -> str:
    """The last day that a day, a month or a year can mean, to compare it with others."""
    return date + "-12-31"[len(date) - 4 :]


def _kinds_by_group(rows: list[Row]) -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for row in rows:
        kinds.setdefault(row["group"], set()).add(row["kind"])
    return {group: frozenset(of_group) for group, of_group in kinds.items()}


def _dimensions_stated(rows: list[Row]) -> dict[str, tuple[tuple[str, str], ...]]:
    """By group; those of the programme itself under an empty name."""
    stated: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in rows:
        of = row.get("group", "")
        stated[of] = (*stated.get(of, ()), (row["dimension"], row["label"]))
    return stated


def _facts_by_question(rows: list[Row]) -> dict[str, dict[str, bool]]:
    facts: dict[str, dict[str, bool]] = {}
    for row in rows:
        of_question = facts.setdefault(row["about"], {})
        of_question[row["aspect"]] = of_question.get(row["aspect"], False) or "key" in row
    return facts
