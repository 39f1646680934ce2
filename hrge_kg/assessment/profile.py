"""What is known of a description as a whole, before any norm: who runs it, as which party, who answered and when, who the groups are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from ..sparql import select


@dataclass(frozen=True)
class ProgrammeProfile:
    """Labels of who runs a programme and of who answered; first and last date of an answer.

    `acts_as` has the parties (IRIs) whose duties whoever runs it takes to be its own,
    `kinds` the concepts (IRIs) that each group is said to be, wider ones as well; `none` those of whom nobody of it is said to be one.
    """

    runners: tuple[str, ...] = ()
    acts_as: frozenset[str] = frozenset()
    answered_by: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    none: Mapping[str, frozenset[str]] = field(default_factory=dict)


def load_profile(programme: str, store: ox.Store) -> ProgrammeProfile:
    """Read it from an entailed description, which has the vocabularies beside it."""
    runner = f"<{programme}> hrge:has ?runner . ?runner hrge:actsAs ?party"
    dates = [
        row["on"]
        for row in select(
            store, "SELECT DISTINCT ?on WHERE { ?one a hrge:Statement ; hrge:statedOn ?on }"
        )
    ]
    return ProgrammeProfile(
        _column(
            store,
            f"SELECT DISTINCT ?it WHERE {{ {runner} . ?runner skos:prefLabel ?it }} ORDER BY ?it",
        ),
        frozenset(
            _column(store, f"SELECT DISTINCT ?it WHERE {{ {runner} . ?party skos:broader* ?it }}")
        ),
        _column(
            store,
            "SELECT DISTINCT ?it WHERE { ?one a hrge:Statement ; hrge:statedBy/skos:prefLabel ?it } ORDER BY ?it",
        ),
        min(dates, default=""),
        max(dates, default=""),
        _kinds(store, programme, "hrge:has/skos:broader*"),
        _kinds(store, programme, "hrge:hasNot"),
    )


def _kinds(store: ox.Store, programme: str, path: str) -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for row in select(
        store,
        f"SELECT DISTINCT ?group ?kind WHERE {{ <{programme}> hrge:serves ?group . ?group {path} ?kind }}",
    ):
        kinds.setdefault(row["group"], set()).add(row["kind"])
    return {group: frozenset(found) for group, found in kinds.items()}


def _column(store: ox.Store, query: str) -> tuple[str, ...]:
    return tuple(row["it"] for row in select(store, query))
