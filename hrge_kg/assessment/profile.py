"""What is known of a description as a whole, before any norm.

Who runs the programme and as which party, who answered and when, who the groups are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from ..sparql import query_text, select


@dataclass(frozen=True)
class ProgrammeProfile:
    """Labels of who runs a programme and of who answered; first and last day of an answer.

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


def load_profile(programme: str, store: ox.Store) -> ProgrammeProfile:
    """The profile of an entailed description, which has the vocabularies beside it."""

    def rows(name: str, thing: str | None = None) -> list[dict[str, str]]:
        return select(store, query_text(f"assessment/{name}.rq"), thing)

    days = [row["day"] for row in rows("dates-of-answers")]
    return ProgrammeProfile(
        runners=tuple(row["label"] for row in rows("runners", programme)),
        acts_as=frozenset(row["party"] for row in rows("parties", programme)),
        answered_by=tuple(row["label"] for row in rows("sources-of-answers")),
        first=min(days, default=""),
        last=max(days, default=""),
        kinds=_kinds_by_group(rows("kinds-of-groups", programme)),
        none=_kinds_by_group(rows("kinds-absent-from-groups", programme)),
    )


def _kinds_by_group(rows: list[dict[str, str]]) -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for row in rows:
        kinds.setdefault(row["group"], set()).add(row["kind"])
    return {group: frozenset(of_group) for group, of_group in kinds.items()}
