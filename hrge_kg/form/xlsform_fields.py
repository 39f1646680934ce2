"""What an XLSForm is made of: its fields, the choices of each, and what a field means.

(docs/reference/xlsform.md)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_GROUPS = 6
"""Groups of people for which an XLSForm has room."""
MARK = "hrge_form"
"""The field by which an export is known. It holds the version of hrge that wrote the form."""
EXISTS, NAME = "exists", "name"
"""What is asked of a group besides facts: whether there is such a group, and its name."""
OTHERS = "others"
"""The answer for the groups that are not named under `for`."""
ALL_TOPICS = "all_topics"
ALL_TOPICS_ASKED = "Do you want to see the questions on all topics?"
REACH = "reach"
"""How the fields begin that say of questions whether they concern a group. Their number differs."""

Choice = tuple[str, str]
"""A choice: its key in the form, and its label."""


@dataclass(frozen=True)
class Meaning:
    """What a field means: of the `head`, of a `group` (by number) or an `answer` its key; of an
    answer also the slot.
    """

    part: str
    key: str
    group: int = 0
    slot: str = ""


@dataclass(frozen=True)
class Field:
    """A row of the sheet `survey`. `choices` is the list of a select; `more` has other columns."""

    type: str
    name: str
    label: str = ""
    hint: str = ""
    choices: str = ""
    relevant: str = ""
    means: Meaning | None = None
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def several(self) -> bool:
        """Whether several choices can be ticked."""
        return self.type == "select_multiple"


@dataclass(frozen=True)
class XlsForm:
    """The fields in their order, and the lists of choices by name."""

    fields: tuple[Field, ...]
    lists: Mapping[str, tuple[Choice, ...]]


def xml_name(key: str) -> str:
    """A key as the name of a field or choice. Keys have no underscores.

    >>> xml_name("turned-away")
    'turned_away'
    """
    return key.replace("-", "_")
