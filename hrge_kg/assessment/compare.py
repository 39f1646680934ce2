"""What changed between two assessments of a programme, norm by norm and group by group.

Each change has the statements behind it.
"""

from __future__ import annotations

import pyoxigraph as ox

from ..form.description import Place
from ..tables.model import SEPARATOR, Table
from .enums import Outcome
from .model import Assessment, Finding

COLUMNS = ("norm", "label", "group", "before", "after", "direction", "statedBefore", "statedAfter")
WORSE, BETTER, OTHER = "worse", "better", "other"

# Silence and what does not apply are neither better nor worse than an outcome of what is stated.
_NOT_RANKED = (Outcome.NOT_STATED, Outcome.NOT_APPLICABLE)


def compare(before: Assessment, after: Assessment) -> Table:
    """The norms and groups whose outcome differs, or which only one of the two has.

    Groups are the same where their names are. A blank outcome: that description has no such group.
    (docs/reference/compare.md)
    """
    first, second = _by_name(before), _by_name(after)
    rows = []
    for key in [*first, *(key for key in second if key not in first)]:
        old, new = first.get(key), second.get(key)
        if old and new and old.outcome == new.outcome:
            continue
        known = old or new
        assert known is not None
        rows.append(
            (
                ox.NamedNode(known.norm.iri),
                ox.Literal(known.norm.label),
                ox.Literal(key[1]) if key[1] else None,
                ox.Literal(old.outcome) if old else None,
                ox.Literal(new.outcome) if new else None,
                ox.Literal(direction(old, new)),
                _stated(old),
                _stated(new),
            )
        )
    return Table(
        COLUMNS,
        tuple(rows),
        f"Changes from {before.description.file} to {after.description.file}",
        frozenset(COLUMNS[-2:]),
    )


def direction(old: Finding | None, new: Finding | None) -> str:
    """`worse` or `better` between two outcomes that rest on what is stated.

    `other` where one of them is silence, does not apply, or is missing. But a concern is always
    worse: whoever reads only the second description must not miss it.
    """
    if new and new.outcome == Outcome.CONCERN:
        return WORSE
    if not old or not new or old.outcome in _NOT_RANKED or new.outcome in _NOT_RANKED:
        return OTHER
    return WORSE if new.outcome.rank < old.outcome.rank else BETTER


def _by_name(assessment: Assessment) -> dict[tuple[str, str], Finding]:
    return {
        (f.norm.iri, assessment.groups[f.group] if f.group else ""): f for f in assessment.findings
    }


def _stated(finding: Finding | None) -> ox.Literal | None:
    """Where the statements stand on which an outcome rests."""
    if finding is None:
        return None
    places = [e.place for e in finding.evidence if e.place and e.outcome == finding.outcome]
    if not places and finding.leading and finding.leading.place:
        places = [finding.leading.place]
    if not places:
        return None
    return ox.Literal(SEPARATOR.join(sorted({_at(place) for place in places})))


def _at(place: Place) -> str:
    return f"line {place.line}, {place.key}" if place.line else place.key
