"""Reads what an assessment needs to know of each norm from the graph.

No norm is named here; whatever the graph holds is assessed. The queries are in queries/prepared/;
where there are several rows about one thing, their column ?key names it.
"""

from __future__ import annotations

import pyoxigraph as ox

from ..prepared import prepared
from ..sparql import Row
from .enums import AspectKind, Checkability, Outcome
from .norms import (
    Advocacy,
    Authority,
    Check,
    Criterion,
    Illustration,
    Limit,
    LimitTerms,
    Norm,
    OpenDiscrepancy,
    Party,
    Question,
    Reach,
    Reading,
    Sign,
    StatusPage,
    Urgency,
)


def load_norms(graph: ox.Store) -> list[Norm]:
    """All norms of a built graph, by harm and then by their place in the texts."""
    loader = _NormLoader(graph)
    norms = [loader.norm(row) for row in prepared(graph, "norms")]
    return sorted(norms, key=lambda n: (n.harm, n.source, n.line, n.iri))


def load_checks(graph: ox.Store) -> list[Check]:
    """All declared checks of a built graph, by IRI."""
    limits = _Lists(graph, "check-limits")
    urgency = _Lists(graph, "urgency")
    reaches = _Lists(graph, "check-reaches")
    return [
        Check(
            **vars(_criterion(row, "check")),
            norm=row["norm"],
            wider="wider" in row,
            limits=tuple(r["limit"] for r in limits.of(row["check"])),
            raises=Outcome(row.get("raises", Outcome.CONCERN)),
            only_adverse="adverse" in row,
            ground=row.get("ground"),
            heard_by_twin="twin" in row,
            yes_is_asked="yesAsked" in row,
            counted="counted" in row,
            kind=AspectKind(row.get("kind", AspectKind.FACT)),
            reaches=_reaches(reaches.of(row["check"])),
            urgency=tuple(_urgency(r) for r in urgency.of(row["check"])),
            harm=int(row["harm"]) if "harm" in row else None,
        )
        for row in prepared(graph, "checks")
    ]


def _authority(row: Row) -> Authority:
    status = StatusPage(row["treaty"], row["address"], row["seen"]) if row.get("address") else None
    return Authority(row["authority"], row["label"], row["force"], status)


def _criterion(row: Row, kind: str) -> Criterion:
    """What checks and signs have in common."""
    return Criterion(
        iri=row[kind],
        aspect=row["aspect"],
        question=row["question"],
        asked=row["asked"],
        remedy=row["remedy"],
        wants=row["wants"],
        of=row.get("of"),
        top=row.get("top"),
    )


def load_signs(graph: ox.Store) -> dict[str, list[Sign]]:
    """The signs of a built graph that bear on each norm (IRI), by IRI."""
    signs: dict[str, list[Sign]] = {}
    for row in prepared(graph, "signs"):
        sign = Sign(
            **vars(_criterion(row, "sign")),
            key="key" in row,
            needs_reviewer="needsReviewer" in row,
            adverse_reviewer=row.get("adverseReviewer"),
            most_days=row.get("most"),
            least_days=row.get("least"),
            ground=row.get("ground"),
        )
        signs.setdefault(row["norm"], []).append(sign)
    return signs


def load_limits(graph: ox.Store) -> dict[str, Limit]:
    """All limits of a built graph, by IRI."""
    tests = _Lists(graph, "limit-tests")
    return {
        row["limit"]: Limit(
            row["limit"],
            row["label"],
            row["ground"],
            row.get("only"),
            tuple(r["test"] for r in tests.of(row["limit"])),
        )
        for row in prepared(graph, "limits")
    }


class _Lists:
    """The rows of a query by their ?key, in the query's order."""

    def __init__(self, graph: ox.Store, name: str) -> None:
        self._rows: dict[str, list[Row]] = {}
        for row in prepared(graph, name):
            self._rows.setdefault(row["key"], []).append(row)

    def of(self, key: str | None) -> list[Row]:
        """The rows about one thing (IRI); none where there are none, or no thing."""
        return self._rows.get(key, []) if key else []

    def labels(self, key: str) -> tuple[str, ...]:
        """The labels in these rows."""
        return tuple(row["label"] for row in self.of(key))


class _NormLoader:
    """Reads the lists of all norms once, and makes a norm of each row."""

    def __init__(self, graph: ox.Store) -> None:
        self._forces = _Lists(graph, "norm-forces")
        self._authorities = _Lists(graph, "norm-authorities")
        self._addressees = _Lists(graph, "norm-addressees")
        self._conditional_addressees = _Lists(graph, "norm-conditional-addressees")
        self._topics = _Lists(graph, "norm-topics")
        self._bearers = _Lists(graph, "norm-bearers")
        self._limits = _Lists(graph, "norm-limits")
        self._discrepancies = _Lists(graph, "norm-discrepancies")
        self._readings = _Lists(graph, "norm-readings")
        self._dimensions = _Lists(graph, "class-dimensions")
        self._illustrations = _Lists(graph, "norm-illustrations")
        self._advocacy = _Lists(graph, "norm-advocacy")
        self._checks: dict[str, list[Check]] = {}
        for check in load_checks(graph):
            self._checks.setdefault(check.norm, []).append(check)
        self._signs = load_signs(graph)

    def norm(self, row: Row) -> Norm:
        """The norm of a row of queries/prepared/norms.rq."""
        iri = row["norm"]
        topics = self._topics.of(iri)
        return Norm(
            iri=iri,
            label=row["label"],
            quote=row["quote"],
            page=int(row["page"]),
            line=int(row["line"]),
            source=row["source"],
            source_label=row["sourceLabel"],
            force=tuple(r["force"] for r in self._forces.of(iri)),
            wording=row["wording"],
            authority=tuple(_authority(r) for r in self._authorities.of(iri)),
            addressees=self._addressees.labels(iri),
            where_applicable=self._conditional_addressees.labels(iri),
            checkability=Checkability(row["checkability"]),
            reason=row["reason"],
            sets_condition="condition" in row,
            harm=int(row["harm"]),
            topics=self._topics.labels(iri),
            applies_to=row["class"],
            applies_label=row["classLabel"],
            negation=row.get("negation", ""),
            wider_reading=row.get("wider"),
            of_programme="programme" in row,
            dimensions=self._questions(row["class"]),
            exception=row.get("exception"),
            exception_label=row.get("exceptionLabel", ""),
            exception_negation=row.get("exceptionNegation"),
            exception_wholly=row.get("wholly"),
            exception_questions=self._questions(row.get("exception")),
            checks=tuple(self._checks.get(iri, ())),
            signs=tuple(self._signs.get(iri, ())),
            illustrations=tuple(
                Illustration(r["practice"], r["label"], r["kind"], r["quote"], int(r["page"]))
                for r in self._illustrations.of(iri)
            ),
            advocacy=tuple(
                Advocacy(r["pair"], r["label"], r["concern"], r["response"], int(r["page"]))
                for r in self._advocacy.of(iri)
            ),
            topic_rank=int(topics[0]["rank"]) if topics else 0,
            bearers=tuple(
                Party(r["party"], r["label"], r["raiseWith"]) for r in self._bearers.of(iri)
            ),
            terms=_limit_terms(self._limits.of(iri)),
            open_questions=tuple(
                OpenDiscrepancy(r["id"], r["label"], r["difference"], r["kind"])
                for r in self._discrepancies.of(iri)
            ),
            readings=tuple(
                Reading(r["text"], "adopted" in r, r.get("of", "")) for r in self._readings.of(iri)
            ),
        )

    def _questions(self, class_: str | None) -> tuple[Question, ...]:
        """The questions that settle whether someone is of a class (IRI)."""
        return tuple(Question(r["about"], r["question"]) for r in self._dimensions.of(class_))


def _limit_terms(rows: list[Row]) -> tuple[LimitTerms, ...]:
    """Each limit once, with its first page and the labels of its tests."""
    limits: dict[str, list[Row]] = {}
    for row in rows:
        limits.setdefault(row["limit"], []).append(row)
    terms = []
    for limit_rows in limits.values():
        first = limit_rows[0]
        # A limit with several anchors has a row for each: the tests of the first are all.
        tests = (r["test"] for r in limit_rows if r["page"] == first["page"] and "test" in r)
        terms.append(LimitTerms(first["label"], first["quote"], int(first["page"]), tuple(tests)))
    return tuple(terms)


def _reaches(rows: list[Row]) -> tuple[Reach, ...]:
    """Each reach once, with all that shows it: a row for each slot."""
    shown: dict[str, list[Row]] = {}
    for row in rows:
        shown.setdefault(row["reach"], []).append(row)
    return tuple(_reach(iri, of_reach) for iri, of_reach in shown.items())


def _reach(iri: str, rows: list[Row]) -> Reach:
    aspect = rows[0].get("aspect")
    slots = tuple((row["slot"], row["value"]) for row in rows if "slot" in row)
    kind = rows[0].get("kind")
    remedy = rows[0]["remedy"]
    if "denied" in rows[0]:
        return Reach(iri, remedy=remedy, denied_by=slots)
    if aspect:
        return Reach(iri, (), aspect, slots, kind, remedy)
    return Reach(iri, slots, kind=kind, remedy=remedy)


def _urgency(row: Row) -> Urgency:
    return Urgency(
        row["label"], int(row["rank"]), row.get("among"), "whoever" in row, row.get("unless")
    )
