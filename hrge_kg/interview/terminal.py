"""An interview in a terminal: lines are said and heard, and every answer is kept at once."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..errors import InputError
from ..escaping import escaped
from ..form.content import FormContent
from ..suggest import plain_key
from .engine import Interview
from .model import Ask, Choice

_WIDTH = 80
_HELP = "[number: choose · s: skip, I do not know · w: why · b: back · c: check · q: stop]"


@dataclass
class Terminal:
    """The two sides of a conversation, and where answers are kept.

    `hear` gives a line, or None where nobody answers any more.
    """

    say: Callable[[str], None]
    hear: Callable[[], str | None]
    keep: Callable[[FormContent], None]

    def interview(self, interview: Interview) -> None:
        """Ask until nothing is left to ask, or the person stops."""
        number = 0
        while (asked := interview.ask()) is not None:
            number += 1
            self._show(number, asked)
            if not self._hear_answer(interview, asked):
                return
        self.say("\nThere is no other question now.\n")

    def _show(self, number: int, asked: Ask) -> None:
        settles = "norm" if asked.norms == 1 else "norms"
        note = f" (its answer bears on {asked.norms} {settles})" if asked.norms else ""
        whom = asked.group or ", ".join(asked.groups)
        self.say(f"\n{number}.{f' {whom}:' if whom else ''}{note}\n{_wrapped(asked.text)}\n")
        if asked.hint:
            self.say(f"{_wrapped(asked.hint)}\n")
        self._list(asked.choices)
        several = " You can choose several: 1, 3." if asked.several else ""
        self.say(f"{_HELP}{several}\n")

    def _list(self, choices: Sequence[Choice]) -> None:
        for number, choice in enumerate(choices, 1):
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
                    self.say("This is the first question.\n")
                    continue
                self.keep(interview.content)
                return True
            elif word in ("s", ""):
                interview.put_off(asked)
                return True
            elif self._take(interview, asked, heard):
                return True
        return False

    def _take(self, interview: Interview, asked: Ask, heard: str) -> bool:
        """Take the answer; False where it cannot be taken."""
        words = chosen(heard, asked.choices)
        if not words or (len(words) > 1 and not asked.several):
            one = "numbers" if asked.several else "one number"
            self.say(f"Please give {one} from 1 to {len(asked.choices)}.\n")
            return False
        groups = tuple(Choice(group, group) for group in asked.groups if len(asked.groups) > 1)
        things = self._which("Which of these? Press Enter for all of it.", asked.things)
        whom = self._which("Of whom is this true? Press Enter for all.", groups)
        if things is None or whom is None:
            return False
        try:
            interview.answer(asked, words, things, whom)
        except InputError as error:
            problem = escaped(error.problem)
            self.say(f"This cannot be, beside what was said before: {problem}. {_RETRY}\n")
            return False
        self.keep(interview.content)
        return True

    def _which(self, question: str, choices: Sequence[Choice]) -> tuple[str, ...] | None:
        """Some of the choices, none for all of it; None where nobody answers any more."""
        if not choices:
            return ()
        self.say(f"{question}\n")
        self._list(choices)
        while (heard := self._heard()) is not None:
            if not heard.strip():
                return ()
            if words := chosen(heard, choices):
                return words
            self.say(f"Please give numbers from 1 to {len(choices)}, or press Enter.\n")
        return None

    def _explain(self, asked: Ask) -> None:
        self.say(f"{_wrapped(asked.why)}\n")
        for quote in asked.quotes:
            self.say(f"{_wrapped(f'The source: “{quote}”')}\n")
        for choice in asked.choices:
            if choice.meaning:
                self.say(f"{_wrapped(f'  {choice.label}: {choice.meaning}', indent=4)}\n")

    def _list_answers(self, interview: Interview) -> None:
        for part in interview.review():
            self.say(f"\n{part.title}\n")
            for told in part.told:
                stop = "" if told.question.endswith("?") else ":"
                line = f"  {told.question}{stop} {told.answer}."
                self.say(f"{_wrapped(line, indent=4)}\n")
        skipped = interview.left_open()
        if skipped:
            self.say("\nLeft open: it counts as not stated\n")
        for one in skipped:
            self.say(f"{_wrapped(f'  {one.question} {one.why}.', indent=4)}\n")

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
