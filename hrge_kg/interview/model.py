"""A question of an interview, with its choices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """An answer that can be chosen: its word in the form, its label, and what it means."""

    word: str
    label: str
    meaning: str = ""


@dataclass(frozen=True)
class Ask:
    """A question that is asked: its key in the form, its words, and the choices.

    `hint` says what to add to an answer. `group` is the group that it is about; empty where it is
    about the programme, or asked for several `groups` at once. `things` are the choices for what an
    answer to an aspect can be about. `norms` counts the norms that an answer helps to settle.
    """

    key: str
    text: str
    why: str
    choices: tuple[Choice, ...]
    group: str = ""
    groups: tuple[str, ...] = ()
    things: tuple[Choice, ...] = ()
    quotes: tuple[str, ...] = ()
    several: bool = False
    norms: int = 0
    hint: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """What tells this question from all others: its key, and the group."""
        return self.key, self.group

    @property
    def whom(self) -> tuple[str, str]:
        """The same with all groups for which it is open: fewer, once it is answered for some."""
        return self.key, self.group or ", ".join(self.groups)
