"""The table of answers, for spreadsheets: each answer of a description with what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ..assessment.answer_fates import AnswerFate, answer_fates
from ..assessment.model import Assessment
from ..tables.model import Table, Term

COLUMNS = (
    "programme",
    "file",
    "line",
    "key",
    "question",
    "answer",
    "slots",
    "groups",
    "fate",
    "why",
    "norm",
    "label",
    "effectGroups",
)


def answers_table(assessments: Iterable[Assessment]) -> Table:
    """A row for each answer and each norm that it did something to, in the order of the file.

    An answer that did nothing has one row. (docs/reference/validate-csv.md)
    """
    rows = [
        row
        for assessment in assessments
        for fate in answer_fates(assessment)
        for row in _rows(assessment, fate)
    ]
    return Table(COLUMNS, tuple(rows), "Answers")


def _rows(assessment: Assessment, fate: AnswerFate) -> Iterator[tuple[Term | None, ...]]:
    answer, place = fate.answer, fate.answer.place
    slots = "; ".join(f"{one.label}: {', '.join(one.values)}" for one in answer.slots)
    for effect in fate.effects:
        for norm in effect.norms or (None,):
            yield (
                ox.NamedNode(assessment.description.programme),
                ox.Literal(place.file if place else assessment.description.file),
                ox.Literal(place.line) if place and place.line else None,
                ox.Literal(place.key) if place else None,
                ox.Literal(answer.question),
                ox.Literal(answer.answer),
                ox.Literal(slots) if slots else None,
                _labels(assessment, answer.groups),
                ox.Literal(effect.fate),
                ox.Literal(effect.why) if effect.why else None,
                ox.NamedNode(norm.iri) if norm else None,
                ox.Literal(norm.label) if norm else None,
                _labels(assessment, effect.groups),
            )


def _labels(assessment: Assessment, groups: Iterable[str]) -> ox.Literal | None:
    labels = ", ".join(assessment.groups[group] for group in groups)
    return ox.Literal(labels) if labels else None
