"""The slots of a Statement: their names in the form, their properties, the kinds of their values.

The readers of all formats read values here.

>>> SLOTS["by"].property, SLOTS["by"].scheme
('statedBy', 'information-source')
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from ..namespaces import HRGE, XSD

CONCEPT_SLOTS: Mapping[str, str] = {
    "level": "level",
    "frequency": "frequency",
    "ground": "ground",
    "condition": "circumstance",
    "reviewer": "reviewer",
    "claims": "limit-test",
    "denies": "limit-test",
}
"""The slots whose value is a concept of one scheme, and that scheme. (docs/reference/form.md)"""


@dataclass(frozen=True)
class Slot:
    """A slot: the local name of its property, the kind and scheme of its values, and how many.

    The scheme of `of` is the aspect's.
    """

    property: str
    kind: str  # concept, people, date or number
    scheme: str | None = None
    several: bool = True


SLOTS: Mapping[str, Slot] = {
    "holds": Slot("holds", "concept", "answer", several=False),
    "of": Slot("of", "concept"),
    "for": Slot("for", "people"),
    **{name: Slot(name, "concept", scheme) for name, scheme in CONCEPT_SLOTS.items()},
    "since": Slot("since", "date", several=False),
    "until": Slot("until", "date", several=False),
    "quantity": Slot("quantity", "number", several=False),
    "unit": Slot("quantityUnit", "concept", "unit", several=False),
    "by": Slot("statedBy", "concept", "information-source"),
    "on": Slot("statedOn", "date", several=False),
}
"""By their names in the form."""

BY_PROPERTY: Mapping[str, Slot] = {HRGE + slot.property: slot for slot in SLOTS.values()}
"""By the IRIs of their properties."""


DATE_TYPES: tuple[ox.NamedNode, ...] = (XSD("gYear"), XSD("gYearMonth"), XSD("date"))
"""The datatypes of a year, a month of a year, and a day."""

DATE_ADVICE = "Write a year, year-month or year-month-day, as in 2025, 2025-03 or 2025-03-01."


def date_literal(text: str) -> ox.Literal | None:
    """A day, a month or a year, as exact as it is written; None where the text is none of them.

    >>> date_literal("2025-03").datatype.value
    'http://www.w3.org/2001/XMLSchema#gYearMonth'
    >>> date_literal("2025-02-30") is None
    True
    """
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return None
    try:
        datetime.date.fromisoformat(text + "-01" * ((10 - len(text)) // 3))
    except ValueError:
        return None
    return ox.Literal(text, datatype=DATE_TYPES[(len(text) - 4) // 3])


def read_as(text: str, date: str) -> str:
    """How a date was read, if it is told.

    >>> read_as("June 2019", "2019-06")
    '“June 2019” is read as the month 2019-06'
    """
    kind = ("year", "month", "day")[date.count("-")]
    return f"“{text}” is read as the {kind} {date}"


def calendar_note(date: str) -> str | None:
    """What is told of a year that may be of another calendar; None for the others.

    >>> calendar_note("2568-03-01")[:34], calendar_note("2025")
    ('the year 2568 is read as it stands', None)
    """
    year = date[:4]
    if _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    return (
        f"the year {year} is read as it stands; if it is of another calendar, write the year that "
        "the Gregorian calendar has for it"
    )


_FIRST_YEAR, _LAST_YEAR = "1900", "2100"
"""No other year is likely to be meant in an answer."""
MIDNIGHT = re.compile(
    r"(?<=[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]00:00(:00([.]0+)?)?( ?([Zz]|[+-][0-9]{2}:?[0-9]{2}))?$"
)
"""The time that programs add to a day."""

YEAR_AS_NUMBER = re.compile(r"(?<=^[0-9]{4})[.]0+$")
"""What programs add to a year in a table, where a column has years and blank cells."""


def number_problem(text: str) -> tuple[str, str] | None:
    """Why a number can be misread, and how to write it; None where it cannot.

    In many countries a full stop stands between thousands, in others a comma.

    >>> number_problem("1.000")[1]
    'Write 1000 for the larger, 1.0000 for the smaller number.'
    >>> number_problem("0.125") or number_problem("1.25")
    """
    plain = text.replace(",", ".")
    if re.fullmatch("[1-9][0-9]{0,2}[.,][0-9]{3}", text):
        larger, smaller = plain.replace(".", ""), plain.rstrip("0").rstrip(".")
        return (
            f"“{text}” can be read as {larger} and as {smaller}",
            f"Write {larger} for the larger, {plain}0 for the smaller number.",
        )
    if re.fullmatch("[1-9][0-9]{0,2}([.,' ’][0-9]{3})+", text):
        return f"“{text}” has signs between thousands", f"Write {re.sub('[^0-9]', '', text)}."
    if re.fullmatch("[0-9]+,[0-9]+", text):
        return f"“{text}” has a comma", f"Write {plain}, with a full stop."
    return None


def number_literal(text: str) -> ox.Literal | None:
    """A number as xsd:decimal, in one spelling.

    None if the text is no number, or if the number is negative, has more than nine digits before
    the point, or more than three after it.

    >>> number_literal("9.0E1").value
    '90'
    >>> number_literal("-1") is None
    True
    """
    if not re.fullmatch(r"[0-9]{1,20}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?", text):
        return None
    plain = format(Decimal(text), "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,3})?", plain):
        return None
    return ox.Literal(plain, datatype=XSD("decimal"))
