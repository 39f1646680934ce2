"""How an interview in a terminal begins: the title, and one screen of ticks, as in the browser.

What the programme does, who runs it and who is served stand on one screen, each with a number. A
person types the numbers of what is so. Whoever stops here finds the screen again.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..assessment.wording import capital
from ..errors import InputError
from ..form.content import EMPTY, FormContent, Words
from ..form.vocabulary import Vocabulary
from ..languages.language import ENGLISH, Language
from ..parsing.characters import fold_title
from ..parsing.files import title_problem
from .answers import with_fact
from .first_screen import activities
from .model import Ask, Choice
from .people import EVERYBODY, can_be_closed, people_asks, split, with_people
from .start import short_name
from .terminal import chosen

_WIDTH = 80
_STOP = "q"
_NOBODY_ELSE = "nobody else"
_TITLE = "What is the programme called? One line, without names of persons."
_NUMBERS = "Type the numbers of all that is so, as in: 1, 17, 20. Press Enter to go on, q to stop."


@dataclass(frozen=True)
class _Tick:
    """One line that can be ticked; without a `word` it closes the list of its question."""

    asked: Ask
    group: str
    word: str
    label: str


def titled(
    out: Path,
    say: Callable[[str], None],
    hear: Callable[[], str | None],
    language: Language = ENGLISH,
) -> FormContent:
    """A form with what only the person can name: the title. It has one group, for everybody.

    A title that no form can hold is asked for again.
    """
    title = ""
    say(f"{language.say_plain(_TITLE)}\n> ")
    while heard := " ".join((hear() or "").split()):
        problem = title_problem(heard)
        if not problem:
            title = fold_title(heard).text
            break
        say(f"{language.say_plain(f'{capital(problem[0])}. {problem[1]}')}\n> ")
    title = title or EMPTY.head["title"][0]
    programme = short_name(out.stem) or EMPTY.head["programme"][0]
    head = {"programme": (programme,), "title": (title,)}
    return FormContent(head, EMPTY.defaults, {EVERYBODY: {}}, ())


def is_untold(content: FormContent, vocabulary: Vocabulary) -> bool:
    """Whether nothing is said yet of the programme and of its people."""
    said = any(one.key in content.head for one in activities(vocabulary))
    return not said and not content.answers and content.groups == {EVERYBODY: {}}


def ticked(
    content: FormContent,
    vocabulary: Vocabulary,
    say: Callable[[str], None],
    hear: Callable[[], str | None],
    language: Language = ENGLISH,
) -> FormContent | None:
    """The form with what is ticked on one screen; None where the person stops."""
    ticks = list(_ticks(vocabulary))
    say(_screen(ticks, language))
    choices = [Choice(str(number), f"{one.asked.key} {one.label}") for number, one in _each(ticks)]
    while (heard := _heard(say, hear)) is not None:
        if not heard:
            return content
        numbers = chosen(heard, choices)
        if not numbers:
            again = f"Please type numbers from 1 to {len(ticks)}, or press Enter."
            say(f"{language.say_plain(again)}\n")
            continue
        marked = [ticks[int(number) - 1] for number in numbers]
        try:
            told = _told(content, vocabulary, marked)
        except InputError as error:
            say(f"{language.say_plain(f'{capital(error.problem)}. {error.remedy}')}\n")
            continue
        return _apart(told, vocabulary, say, hear, language)
    return None


def _heard(say: Callable[[str], None], hear: Callable[[], str | None]) -> str | None:
    say("> ")
    heard = hear()
    return None if heard is None or heard.strip().lower() == _STOP else heard.strip()


def _each(ticks: list[_Tick]) -> Iterator[tuple[int, _Tick]]:
    yield from enumerate(ticks, 1)


def _ticks(vocabulary: Vocabulary) -> Iterator[_Tick]:
    for group, every in (
        ("", activities(vocabulary)),
        (EVERYBODY, people_asks(vocabulary, EVERYBODY)),
    ):
        for asked in every:
            for choice in asked.choices:
                yield _Tick(asked, group, choice.word, choice.label)
            if group and can_be_closed(vocabulary, asked.key):
                yield _Tick(asked, group, "", _NOBODY_ELSE)


def _screen(ticks: list[_Tick], language: Language) -> str:
    """The questions, each with its numbered lines in two columns."""
    told: dict[str, list[str]] = {}
    for number, one in _each(ticks):
        question, label = map(language.say_plain, (one.asked.text, one.label))
        told.setdefault(question, []).append(f"{number:>3}  {label}")
    lines = []
    for question, labels in told.items():
        lines += ["", question, *_columns(labels)]
    return "\n".join([*lines, "", language.say_plain(_NUMBERS), ""])


def _columns(labels: list[str]) -> Iterator[str]:
    """Labels in two columns, down and then across; one that is too long has a line of its own."""
    half = _WIDTH // 2
    if any(len(label) >= half for label in labels):
        for label in labels:
            yield from textwrap.wrap(label, _WIDTH, subsequent_indent="     ")
        return
    rows = -(-len(labels) // 2)
    for left, right in zip(labels[:rows], [*labels[rows:], ""], strict=False):
        yield f"{left:<{half}}{right}".rstrip()


def _told(content: FormContent, vocabulary: Vocabulary, marked: list[_Tick]) -> FormContent:
    words: dict[tuple[str, str], Words] = {}
    for one in marked:
        if one.word:
            before = words.get((one.group, one.asked.key), ())
            words[one.group, one.asked.key] = (*before, one.word)
            if before and not one.asked.several:
                raise InputError("", f"“{one.asked.text}” has two answers", "Choose one of them.")
    closed = tuple(one.asked.key for one in marked if not one.word)
    if any((EVERYBODY, key) not in words for key in closed):
        problem = "nobody else is ticked, and nobody is named"
        raise InputError("", problem, "Tick who is there as well.")
    for (group, key), said in words.items():
        if not group:
            content = with_fact(content, key, "", said)
    people = {key: said for (group, key), said in words.items() if group}
    return with_people(content, vocabulary, EVERYBODY, people, closed)


def _apart(
    content: FormContent,
    vocabulary: Vocabulary,
    say: Callable[[str], None],
    hear: Callable[[], str | None],
    language: Language,
) -> FormContent | None:
    """The form with a group for each kind of people, if they are not treated alike.

    None where the person stops.
    """
    facts = content.groups[EVERYBODY]
    keys = [
        one.key for one in people_asks(vocabulary, EVERYBODY) if len(facts.get(one.key, ())) > 1
    ]
    if not keys:
        return content
    choices = [Choice(key, f"by {vocabulary.dimensions[key].label}") for key in keys]
    alike = "Are all of them treated alike? Press Enter for yes, or if you do not know."
    say(f"\n{language.say_plain(alike)}\n")
    for number, choice in enumerate(choices, 1):
        say(f"{number:>3}  {language.say_plain(f'No, {choice.label}')}\n")
    while (heard := _heard(say, hear)) is not None:
        if not heard:
            return content
        word = chosen(heard, choices)
        if len(word) == 1:
            return split(content, vocabulary, EVERYBODY, word[0])
        again = f"Please type a number from 1 to {len(choices)}, or press Enter."
        say(f"{language.say_plain(again)}\n")
    return None
