"""What goes between a person and an interview without a memory: turns, and screens."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..parsing.files import HeldFile
from .filled import More, Said
from .live import Live
from .model import Ask
from .review import LeftOpen, Part, Told

Place = tuple[str, str]
"""A question that was answered or put off: its key, and of whom (`Ask.whom` or `Ask.place`)."""


@dataclass(frozen=True)
class Turn:
    """What somebody did on a screen.

    `form` is the form so far, or a file to go on with. `act` is what was asked for: a verb and what
    it is done to. `trail` are the questions so far, and `step` the place in it of the question that
    was shown; it is the length of the trail for a question that was not shown before. `whom` is of
    whom it was asked, `number` which answer to it is changed. `reviewing`: it was opened to check
    the answers.
    """

    act: tuple[str, ...]
    form: HeldFile | None = None
    trail: tuple[Place, ...] = ()
    step: int | None = None
    place: Place = ("", "")
    number: int | None = None
    reviewing: bool = False
    said: Said = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """A question as it is shown, with the answers to it so far, and what is filled in already.

    `closable`: it can be said that nothing is so but what is ticked.
    """

    asked: Ask
    told: tuple[Told, ...]
    more: tuple[More, ...]
    filled: Said
    number: int | None = None
    closable: bool = False


@dataclass(frozen=True)
class People:
    """Who the people of a group are: ticks.

    `closable` are the keys whose lists can be said to be complete; `apart` those by which the group
    can be split, with their labels.
    """

    group: str
    asked: tuple[Ask, ...]
    filled: Said
    closable: frozenset[str]
    is_new: bool
    apart: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Start:
    """What is asked first: the title, and what the programme does."""

    asked: tuple[Ask, ...]
    filled: Said
    more: tuple[More, ...] = ()
    """What can be said once for all answers, as long as there is none."""


@dataclass(frozen=True)
class Check:
    """All answers, to be checked."""

    parts: tuple[Part, ...]
    left: bool
    """Whether questions are left to ask."""
    open: tuple[LeftOpen, ...] = ()
    """What was put off, and what nobody knows."""


@dataclass(frozen=True)
class Screen:
    """The next screen, with the form so far (YAML) and all that the next turn brings back."""

    shown: Question | People | Start | Check
    form: str = ""
    trail: tuple[Place, ...] = ()
    step: int = 0
    reviewing: bool = False
    title: str = ""
    problem: str = ""
    live: Live | None = None
    answered: int = 0
    open: int = 0
    groups: int = 0
    """How many groups of people there are."""
    notes: tuple[str, ...] = ()
    """How something was read that is not written as the form has it."""
    names: tuple[str, ...] = ()
    """What the person has named: the programme, and the groups."""
