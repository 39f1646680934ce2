"""Reads what an assessment needs to know of each norm from the graph.

No norm is named here; whatever the graph holds is assessed.
"""

from __future__ import annotations

import pyoxigraph as ox

from ..sparql import select
from .enums import Checkability, Outcome
from .norms import (
    Advocacy,
    Check,
    Illustration,
    Limit,
    LimitTerms,
    Norm,
    OpenDiscrepancy,
    Party,
    Question,
    Urgency,
)


def load_norms(graph: ox.Store) -> list[Norm]:
    """All norms of a built graph, by harm and then by their place in the texts."""
    found = select(graph, _NORM)
    lists = {name: _lists(graph, query) for name, query in _LISTS.items()}
    checks: dict[str, list[Check]] = {}
    for check in load_checks(graph):
        checks.setdefault(check.norm, []).append(check)
    norms = [
        Norm(
            iri=row["norm"],
            label=row["label"],
            quote=row["quote"],
            page=int(row["page"]),
            line=int(row["line"]),
            source=row["source"],
            source_label=row["sourceLabel"],
            force=tuple(r["force"] for r in lists["force"].get(row["norm"], ())),
            wording=row["wording"],
            authority=tuple(
                (r["authority"], r["label"], r["force"])
                for r in lists["authority"].get(row["norm"], ())
            ),
            addressees=_labels(lists["addressee"], row["norm"]),
            where_applicable=_labels(lists["conditional"], row["norm"]),
            checkability=Checkability(row["checkability"]),
            reason=row["reason"],
            sets_condition="condition" in row,
            harm=int(row["harm"]),
            topics=_labels(lists["topic"], row["norm"]),
            applies_to=row["class"],
            applies_label=row["classLabel"],
            negation=row.get("negation", ""),
            of_programme="programme" in row,
            dimensions=_questions(lists["dimension"], row["class"]),
            exception=row.get("exception"),
            exception_label=row.get("exceptionLabel", ""),
            exception_negation=row.get("exceptionNegation"),
            exception_wholly=row.get("wholly"),
            exception_questions=_questions(lists["dimension"], row.get("exception", "")),
            checks=tuple(checks.get(row["norm"], ())),
            illustrations=tuple(
                Illustration(r["practice"], r["label"], r["kind"], r["quote"], int(r["page"]))
                for r in lists["illustration"].get(row["norm"], ())
            ),
            advocacy=tuple(
                Advocacy(r["pair"], r["label"], r["concern"], r["response"], int(r["page"]))
                for r in lists["advocacy"].get(row["norm"], ())
            ),
            topic_rank=int(next((r["rank"] for r in lists["topic"].get(row["norm"], ())), 0)),
            bearers=tuple(
                Party(r["party"], r["label"], r["raiseWith"])
                for r in lists["bearer"].get(row["norm"], ())
            ),
            terms=_terms(lists["terms"].get(row["norm"], [])),
            open_questions=tuple(
                OpenDiscrepancy(r["id"], r["label"], r["difference"], r["kind"])
                for r in lists["discrepancy"].get(row["norm"], ())
            ),
        )
        for row in found
    ]
    return sorted(norms, key=lambda n: (n.harm, n.source, n.line, n.iri))


def load_checks(graph: ox.Store) -> list[Check]:
    """All declared checks of a built graph, by IRI."""
    limits = _lists(
        graph,
        "SELECT ?key ?limit WHERE { ?key a hrge:Check ; hrge:limit ?limit } ORDER BY ?key ?limit",
    )
    urgency = _lists(graph, _URGENCY)
    return [
        Check(
            row["check"],
            row["norm"],
            row["aspect"],
            row["question"],
            row["asked"],
            row["remedy"],
            row["wants"],
            row.get("of"),
            row.get("top"),
            "wider" in row,
            tuple(r["limit"] for r in limits.get(row["check"], ())),
            Outcome(row.get("raises", Outcome.CONCERN)),
            "adverse" in row,
            row.get("ground"),
            tuple(
                Urgency(r["label"], int(r["rank"]), r.get("among"), "whoever" in r, r.get("unless"))
                for r in urgency.get(row["check"], ())
            ),
        )
        for row in select(graph, _CHECK)
    ]


def load_limits(graph: ox.Store) -> dict[str, Limit]:
    """All limits of a built graph, by IRI."""
    tests = _lists(
        graph, "SELECT ?key ?test WHERE { ?key a hrge:Limit ; hrge:test ?test } ORDER BY ?key ?test"
    )
    query = """SELECT ?limit ?label ?ground ?only WHERE { ?limit a hrge:Limit ; rdfs:label ?label ; hrge:onGround ?ground
               OPTIONAL { ?limit hrge:onlyOf ?only } } ORDER BY ?limit"""
    return {
        r["limit"]: Limit(
            r["limit"],
            r["label"],
            r["ground"],
            r.get("only"),
            tuple(t["test"] for t in tests.get(r["limit"], ())),
        )
        for r in select(graph, query)
    }


_NORM = """
SELECT ?norm ?label ?quote ?page ?line ?source ?sourceLabel ?wording ?checkability ?reason ?condition ?harm ?class ?classLabel ?negation
       ?programme ?exception ?exceptionLabel ?exceptionNegation ?wholly
WHERE {
  ?norm a hrge:Norm ; rdfs:label ?label ; hrge:quote ?quote ; hrge:anchor [ hrge:page ?page ; hrge:line ?line ; hrge:inSource ?source ] ;
    hrge:wording/skos:prefLabel ?wording ; hrge:checkability/skos:notation ?checkability ;
    hrge:checkabilityReason ?reason ; hrge:harm/hrge:rank ?harm ; hrge:appliesTo ?class .
  ?source rdfs:label ?sourceLabel . ?class rdfs:label ?classLabel OPTIONAL { ?class hrge:negation ?negation }
  OPTIONAL { ?norm hrge:favourableMeansAbsent true BIND(true AS ?condition) }
  OPTIONAL { ?class rdfs:subClassOf* ?base . FILTER(?base = hrge:Programme) BIND(true AS ?programme) }
  OPTIONAL { ?norm hrge:exception ?exception . ?exception rdfs:label ?exceptionLabel ; hrge:negation ?exceptionNegation
             OPTIONAL { ?norm hrge:exceptionWholly ?wholly } }
}"""


_CHECK = """
SELECT ?check ?norm ?aspect ?question ?asked ?remedy ?wants ?of ?top ?wider ?raises ?adverse ?ground WHERE {
  ?check a hrge:Check ; hrge:enforces ?norm ; hrge:checksAspect ?aspect ; hrge:remedy ?remedy ; hrge:wants ?wants .
  ?aspect hrge:question ?question
  OPTIONAL { ?check hrge:checksOf ?of BIND(IF(EXISTS { ?of skos:broader ?any }, true, ?unbound) AS ?wider) }
  OPTIONAL { ?check hrge:checksOf/skos:prefLabel ?ofLabel }
  BIND(CONCAT(IF(BOUND(?ofLabel), CONCAT("As to ", STR(?ofLabel), ": "), ""), STR(?question)) AS ?asked)
  OPTIONAL { ?check hrge:raises/skos:notation ?raises }
  OPTIONAL { ?check hrge:onlyAdverse ?adverse FILTER(?adverse) }
  OPTIONAL { ?check hrge:checksGround ?ground }
  OPTIONAL { ?aspect hrge:ofScheme ?scheme . ?top skos:topConceptOf ?scheme }
} ORDER BY ?check"""


_URGENCY = """
SELECT DISTINCT ?key ?label ?rank ?among ?whoever ?unless WHERE {
  ?key a hrge:Check ; (hrge:enforces|hrge:checksAspect)?/hrge:actNow ?why . ?why skos:prefLabel ?label ; hrge:rank ?rank
  OPTIONAL { ?why hrge:onlyAmong ?among }
  OPTIONAL { ?why hrge:whoeverTheyAre ?whoever FILTER(?whoever) FILTER EXISTS { ?key hrge:checksAspect/hrge:actNow ?why } }
  OPTIONAL { ?why hrge:unlessNoneAre ?unless }
} ORDER BY ?key ?rank"""


_LISTS = {
    "force": "SELECT ?key ?force WHERE { ?key a hrge:Norm ; hrge:force ?kind . ?kind skos:notation ?force ; hrge:rank ?rank }"
    " ORDER BY ?key ?rank",
    "authority": "SELECT DISTINCT ?key ?authority ?label ?force WHERE { ?key a hrge:Norm ; hrge:restsOn ?authority . "
    "?authority rdfs:label ?label ; hrge:partOf*/hrge:force/skos:notation ?force } ORDER BY ?key ?authority",
    "addressee": "SELECT DISTINCT ?key ?label WHERE { ?key a hrge:Norm ; hrge:addressee/skos:prefLabel ?label } ORDER BY ?key ?label",
    "conditional": "SELECT DISTINCT ?key ?label WHERE { ?key a hrge:Norm ; hrge:conditionalAddressee/skos:prefLabel ?label }"
    " ORDER BY ?key ?label",
    "topic": """
SELECT DISTINCT ?key ?label ?rank WHERE {
  ?key a hrge:Norm ; hrge:topic ?topic . ?topic skos:prefLabel ?label OPTIONAL { ?topic hrge:rank ?given }
  BIND(COALESCE(?given, 1000) AS ?rank)
} ORDER BY ?key ?rank ?label""",
    "bearer": """
SELECT ?key ?party ?label (COALESCE(MIN(?own), MIN(?wider), ?label) AS ?raiseWith) WHERE {
  ?key a hrge:Norm ; hrge:bearer ?party . ?party skos:prefLabel ?label
  OPTIONAL { ?party hrge:raiseWith ?own } OPTIONAL { ?party skos:broader+/hrge:raiseWith ?wider }
} GROUP BY ?key ?party ?label ORDER BY ?key ?label""",
    "terms": """
SELECT DISTINCT ?key ?limit ?label ?quote ?page ?test WHERE {
  ?key a hrge:Norm ; hrge:limit ?limit . ?limit rdfs:label ?label ; hrge:quote ?quote ; hrge:anchor/hrge:page ?page
  OPTIONAL { ?limit hrge:test/skos:prefLabel ?test }
} ORDER BY ?key ?limit ?page ?test""",
    "discrepancy": """
SELECT DISTINCT ?key ?id ?label ?difference ?kind WHERE {
  ?key a hrge:Norm . ?entry hrge:concerns ?key ; dcterms:identifier ?id ; rdfs:label ?label ; hrge:difference ?difference ;
    hrge:discrepancyKind/skos:prefLabel ?kind
} ORDER BY ?key ?id""",
    "dimension": "SELECT DISTINCT ?key ?about ?question WHERE { ?key hrge:dimension ?about . ?about hrge:question ?question }"
    " ORDER BY ?key ?about",
    "illustration": """
SELECT ?key ?practice ?label ?kind ?quote ?page WHERE {
  { SELECT ?practice (COUNT(DISTINCT ?norm) AS ?reach) WHERE { ?practice hrge:bearsOn ?norm } GROUP BY ?practice }
  VALUES (?class ?rank) { (hrge:Practice 1) (hrge:Risk 2) (hrge:Finding 3) }
  ?practice a ?class ; hrge:bearsOn ?key ; rdfs:label ?label ; hrge:quote ?quote ; hrge:anchor [ hrge:page ?page ; hrge:line ?line ] .
  ?class rdfs:label ?kind . ?key hrge:anchor/hrge:line ?place
  FILTER(?rank > 1 || NOT EXISTS { ?practice a ?narrower . ?narrower rdfs:subClassOf hrge:Practice })
} ORDER BY ?key ?rank ?reach ABS(?line - ?place) ?practice""",
    "advocacy": """
SELECT ?key ?pair ?label ?concern ?response (MIN(?printed) AS ?page) WHERE {
  ?pair a hrge:AdvocacyPair ; hrge:bearsOn ?key ; rdfs:label ?label ; hrge:concernQuote ?concern ; hrge:responseQuote ?response ;
    hrge:anchor/hrge:page ?printed
} GROUP BY ?key ?pair ?label ?concern ?response ORDER BY ?key ?pair""",
}


def _terms(found: list[dict[str, str]]) -> tuple[LimitTerms, ...]:
    limits: dict[str, list[dict[str, str]]] = {}
    for row in found:
        limits.setdefault(row["limit"], []).append(row)
    return tuple(
        LimitTerms(
            same[0]["label"],
            same[0]["quote"],
            int(same[0]["page"]),
            tuple(r["test"] for r in same if r["page"] == same[0]["page"] and "test" in r),
        )
        for same in limits.values()
    )


def _labels(found: dict[str, list[dict[str, str]]], key: str) -> tuple[str, ...]:
    return tuple(row["label"] for row in found.get(key, ()))


def _questions(found: dict[str, list[dict[str, str]]], key: str) -> tuple[Question, ...]:
    return tuple(Question(row["about"], row["question"]) for row in found.get(key, ()))


def _lists(graph: ox.Store, query: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in select(graph, query):
        found.setdefault(row["key"], []).append(row)
    return found
