"""The first screen of an interview, which needs no assessment: what the programme is, and does."""

from __future__ import annotations

from ..form.content import EMPTY
from ..form.vocabulary import Vocabulary
from .filled import defaults_of
from .model import Ask
from .questions import of_dimension
from .screens import Screen, Start


def first_screen(vocabulary: Vocabulary) -> Screen:
    """The screen with which a new description begins."""
    return Screen(Start(activities(vocabulary), EMPTY.defaults, defaults_of(vocabulary)))


def activities(vocabulary: Vocabulary) -> tuple[Ask, ...]:
    """The questions with which an interview begins."""
    return tuple(
        of_dimension(vocabulary, one, "")
        for one in vocabulary.dimensions_of(programme=True).values()
        if one.asked_first
    )
