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


def date_literal(text: str) -> ox.Literal | None:
    """A day as xsd:date; None where the text is no day.

    >>> date_literal("2025-03-01").value
    '2025-03-01'
    >>> date_literal("2025-02-30") is None
    True
    """
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return ox.Literal(text, datatype=XSD("date"))


def number_literal(text: str) -> ox.Literal | None:
    """A number as xsd:decimal, in one spelling.

    None where the text is no number, or a number that is negative or larger than programmes count.

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
