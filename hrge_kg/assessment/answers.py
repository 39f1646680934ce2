"""What a description answers, question by question: for which groups, and whether as is wanted.

It knows no norm: an answer stands here whether or not any norm is about these people.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from ..sparql import query_text, select


@dataclass(frozen=True)
class Answer:
    """An answer (its label) to a question, by its statement and aspect (IRIs).

    `groups` are those (IRIs) that it may be about; `adverse` where it is not the answer wanted.
    """

    statement: str
    aspect: str
    question: str
    answer: str
    groups: tuple[str, ...]
    adverse: bool


def load_answers(store: ox.Store) -> tuple[Answer, ...]:
    """The answers of an entailed description, which has the questions beside it.

    “Don't know” is no answer.
    """
    by_statement: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in select(store, query_text("assessment/answers.rq")):
        by_statement.setdefault((row["statement"], row["aspect"]), []).append(row)
    return tuple(_answer(rows) for rows in by_statement.values())


def _answer(rows: list[dict[str, str]]) -> Answer:
    """The answer of a statement, from its rows: one for each group."""
    first = rows[0]
    return Answer(
        first["statement"],
        first["aspect"],
        first["question"],
        first["answer"],
        tuple(row["group"] for row in rows if "group" in row),
        "adverse" in first,
    )
