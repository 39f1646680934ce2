"""What a description answers, question by question: for which groups, and whether the answer is the one that is wanted.

It knows no norm: what is stated here is stated whether or not any norm is about these people.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from ..sparql import select


@dataclass(frozen=True)
class Answer:
    """An answer (IRI) to a question; the groups (IRIs) that it may be about; adverse where it is not the one that is wanted."""

    statement: str
    aspect: str
    question: str
    answer: str
    groups: tuple[str, ...]
    adverse: bool


def load_answers(store: ox.Store) -> tuple[Answer, ...]:
    """Read from an entailed description, which has the questions beside it; what nobody knows is no answer."""
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in select(store, _ANSWERS):
        found.setdefault((row["statement"], row["aspect"]), []).append(row)
    return tuple(
        Answer(
            statement,
            aspect,
            same[0]["question"],
            same[0]["answer"],
            tuple(r["group"] for r in same if "group" in r),
            "adverse" in same[0],
        )
        for (statement, aspect), same in found.items()
    )


_ANSWERS = """
SELECT DISTINCT ?statement ?aspect ?question ?answer ?group ?adverse WHERE {
  ?programme a hrge:Programme ; ?aspect ?statement . ?statement a hrge:Statement ; hrge:holds ?holds .
  ?aspect hrge:question ?question . ?holds skos:prefLabel ?answer
  FILTER(?holds != c:dont-know)
  OPTIONAL { ?group ?aspect ?view . ?view hrge:viewOf ?statement }
  OPTIONAL { ?aspect hrge:wanted ?wanted . VALUES (?wanted ?holds) { (c:no c:yes) (c:no c:in-part) (c:yes c:no) } BIND(true AS ?adverse) }
} ORDER BY ?statement ?aspect ?group"""
