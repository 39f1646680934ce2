"""An interview in a terminal: lines are said and heard, and every answer is kept at once."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..errors import InputError
from ..escaping import escaped
from ..form.content import FormContent
from ..languages.language import ENGLISH, Language
from ..suggest import plain_key
from .engine import Interview
from .model import Ask, Choice

_WIDTH = 80
_HELP = "[number: choose · s: skip, I do not know · w: why · b: back · c: check · q: stop]"
_HELP_WITHIN = "[number: choose · Enter: go on · b: answer anew · q: stop]"
_OF_WHAT = (
    "Which of these? If you press Enter, a yes says that it is so of something, "
    "and a no that it is so of nothing."
)


class _BrokenOff(Exception):
    """A person leaves an answer before it is whole; `stops` says that the interview ends."""

    def __init__(self, *, stops: bool) -> None:
        super().__init__()
        self.stops = stops


@dataclass
class Terminal:
    """The two sides of a conversation, and where answers are kept.

    `hear` gives a line, or None where nobody answers any more. What is said is in `language`.
    """

    say: Callable[[str], None]
    hear: Callable[[], str | None]
    keep: Callable[[FormContent], None]
    language: Language = ENGLISH
    _names: tuple[str, ...] = ()

    def begin(self) -> None:
        """Say what is to be said of the translation."""
        for note in self.language.note:
            self.say(f"{_wrapped(note)}\n")

    def interview(self, interview: Interview) -> None:
        """Ask until nothing is left to ask, or the person stops."""
        self._names = (*interview.content.groups, *interview.content.head.get("title", ()))
        number = 0
        while (asked := interview.ask()) is not None:
            number += 1
            self._show(number, asked)
            if not self._hear_answer(interview, asked):
                return
        self.say(f"\n{self._words('There is no other question now.')}\n")

    def _words(self, text: str) -> str:
        return self.language.say_plain(text, self._names)

    def _tell(self, text: str, indent: int = 0) -> None:
        """Say a text of ours, in lines."""
        self.say(f"{_wrapped(self._words(text), indent)}\n")

    def _told(self, choices: Sequence[Choice]) -> tuple[Choice, ...]:
        """Choices with what they are called in the language."""
        return tuple(
            replace(one, label=self._words(one.label), meaning=self._words(one.meaning))
            for one in choices
        )

    def _show(self, number: int, asked: Ask) -> None:
        settles = "norm" if asked.norms == 1 else "norms"
        note = f"(its answer bears on {asked.norms} {settles})" if asked.norms else ""
        whom = asked.group or ", ".join(asked.groups)
        note = f" {self._words(note)}" if note else ""
        self.say(f"\n{number}.{f' {whom}:' if whom else ''}{note}\n")
        self._ask(asked)

    def _ask(self, asked: Ask) -> None:
        self._tell(asked.text)
        if asked.hint:
            self._tell(asked.hint)
        self._list(asked.choices)
        several = f" {self._words('You can choose several: 1, 3.')}" if asked.several else ""
        self.say(f"{self._words(_HELP)}{several}\n")

    def _list(self, choices: Sequence[Choice]) -> None:
        for number, choice in enumerate(self._told(choices), 1):
            self.say(f"{_wrapped(f'{number:>3}  {choice.label}', indent=5)}\n")

    def _hear_answer(self, interview: Interview, asked: Ask) -> bool:
        """Take one answer, or do what is asked for instead; False if the person stops."""
        while (heard := self._heard()) is not None:
            word = heard.strip().lower()
            if word == "q":
                return False
            if word == "w":
                self._explain(asked)
            elif word == "c":
                self._list_answers(interview)
            elif word == "b":
                if not interview.go_back():
                    self._tell("This is the first question.")
                    continue
                self.keep(interview.content)
                return True
            elif word in ("s", ""):
                interview.put_off(asked)
                return True
            else:
                try:
                    if self._take(interview, asked, heard):
                        return True
                except _BrokenOff as broken:
                    if broken.stops:
                        return False
                    self._tell("This answer is not kept.")
                    self._ask(asked)
        return False

    def _take(self, interview: Interview, asked: Ask, heard: str) -> bool:
        """Take the answer; False where it cannot be taken.

        Raises _BrokenOff where the person leaves it before it is whole.
        """
        words = self._chosen(heard, asked.choices)
        if not words or (len(words) > 1 and not asked.several):
            one = "numbers" if asked.several else "one number"
            self._tell(f"Please give {one} from 1 to {len(asked.choices)}.")
            return False
        groups = tuple(Choice(group, group) for group in asked.groups if len(asked.groups) > 1)
        things = self._which(_OF_WHAT, asked.things)
        whom = self._which("Of whom is this true? Press Enter for all.", groups)
        if things is None or whom is None:
            return False
        try:
            interview.answer(asked, words, things, whom)
        except InputError as error:
            problem = escaped(error.problem)
            self._tell(f"This cannot be, beside what was said before: {problem}. {_RETRY}")
            return False
        self.keep(interview.content)
        return True

    def _which(self, question: str, choices: Sequence[Choice]) -> tuple[str, ...] | None:
        """Some of the choices, none for all of it; None where nobody answers any more."""
        if not choices:
            return ()
        self._tell(question)
        self._list(choices)
        self.say(f"{self._words(_HELP_WITHIN)}\n")
        while (heard := self._heard()) is not None:
            word = heard.strip().lower()
            if not word:
                return ()
            if words := self._chosen(heard, choices):
                return words
            if word in ("b", "q"):
                raise _BrokenOff(stops=word == "q")
            self._tell(f"Please give numbers from 1 to {len(choices)}, or press Enter.")
        return None

    def _chosen(self, heard: str, choices: Sequence[Choice]) -> tuple[str, ...]:
        """What a line names, in English or in the language."""
        return chosen(heard, self._told(choices)) or chosen(heard, choices)

    def _explain(self, asked: Ask) -> None:
        self._tell(asked.why)
        for quote in asked.quotes:
            self._tell(f"The source: “{quote}”")
        for choice in self._told(asked.choices):
            if choice.meaning:
                self.say(f"{_wrapped(f'  {choice.label}: {choice.meaning}', indent=4)}\n")

    def _list_answers(self, interview: Interview) -> None:
        for part in interview.review():
            self.say(f"\n{self._words(part.title)}\n")
            for told in part.told:
                stop = "" if told.question.endswith("?") else ":"
                question, answer = map(self._words, (told.question, told.answer))
                self.say(f"{_wrapped(f'  {question}{stop} {answer}.', indent=4)}\n")
        skipped = interview.left_open()
        if skipped:
            self.say(f"\n{self._words('Left open: it counts as not stated')}\n")
        for one in skipped:
            question, why = map(self._words, (one.question, one.why))
            self.say(f"{_wrapped(f'  {question} {why}.', indent=4)}\n")

    def _heard(self) -> str | None:
        self.say("> ")
        return self.hear()


_RETRY = "Answer otherwise, or go back with b."


def chosen(heard: str, choices: Sequence[Choice]) -> tuple[str, ...]:
    """The words of the choices that a line names by number or label; none if it names another.

    >>> chosen("2, 1", [Choice("yes", "Yes"), Choice("no", "No")]), chosen("maybe", [])
    (('no', 'yes'), ())
    """
    by_name = {plain_key(choice.label): choice.word for choice in choices}
    by_name |= {plain_key(choice.word): choice.word for choice in choices}
    by_name |= {str(number): choice.word for number, choice in enumerate(choices, 1)}
    whole = by_name.get(plain_key(heard))
    parts = [heard] if whole else [part for part in re.split(r"[,;\s]+", heard) if part]
    words = [by_name.get(plain_key(part)) for part in parts]
    return tuple(dict.fromkeys(word for word in words if word)) if all(words) else ()


def _wrapped(text: str, indent: int = 0) -> str:
    return textwrap.fill(text, _WIDTH, subsequent_indent=" " * indent)
