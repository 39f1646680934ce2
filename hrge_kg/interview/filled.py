"""Takes what was filled in on a screen: only words that the question offers become an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import InputError
from ..form.content import DEFAULTS, FormContent, Words
from ..form.slots import DATE_ADVICE, SLOTS, number_literal, number_problem, read_as
from ..form.vocabulary import Vocabulary
from ..parsing.characters import fold_title
from ..parsing.dates import date_problem, read_date
from ..parsing.files import title_problem
from .model import Ask, Choice
from .questions import choice

Said = Mapping[str, Words]
"""What was filled in, by the names of the fields."""

WORD = "word"
"""The field of what a group, or the programme, is."""
OPEN = "open"
"""The word by which somebody says that she or he does not know; nothing is then written."""
_WHERE = "your answer"
_CHOSEN = ("holds", "of", "for")
_NO_QUESTION = Ask("", "", "", ())


@dataclass(frozen=True)
class More:
    """A further part of an answer: its slot, what is asked, and the choices; none for a text.

    `wanted`: the question asks for it.
    """

    slot: str
    label: str
    choices: tuple[Choice, ...]
    wanted: bool


def more_of(asked: Ask, vocabulary: Vocabulary) -> tuple[More, ...]:
    """What an answer can tell besides: how often, why, since when, who says so."""
    found = []
    for name, slot in SLOTS.items():
        if name not in _CHOSEN:
            label = vocabulary.slots[slot.property].partition(":")[0].rstrip(".")
            choices = vocabulary.concepts_in(slot.scheme) if slot.scheme else ()
            wanted = _is_wanted(name, asked.hint.lower())
            found.append(More(name, label, tuple(map(choice, choices)), wanted))
    return tuple(sorted(found, key=lambda one: not one.wanted))


def _is_wanted(slot: str, hint: str) -> bool:
    return f"as {slot}" in hint or (slot in ("quantity", "unit") and "give " in hint)


def defaults_of(vocabulary: Vocabulary) -> tuple[More, ...]:
    """What can be said once for all answers: when, who says so, and by what right."""
    every = {one.slot: one for one in more_of(_NO_QUESTION, vocabulary)}
    return tuple(every[name] for name in DEFAULTS)


def defaults_said(said: Said, vocabulary: Vocabulary) -> dict[str, Words]:
    """What is said once for all answers. Raises InputError where it cannot be."""
    slots = {name: said.get(name, ()) for name in DEFAULTS}
    return _slots(slots, _NO_QUESTION, FormContent({}, {}, {}, ()), vocabulary)


def words_said(asked: Ask, said: Said) -> Words:
    """What is said of a group, or of the programme; none where nobody knows.

    Raises InputError where the question does not offer it, or more than one is chosen.
    """
    words = said.get(WORD, ())
    if OPEN in words:
        if len(words) > 1:
            raise _refused("“I do not know” stands beside another answer", "Keep one of them.")
        return ()
    if not words:
        raise _refused("nothing is chosen", "Choose an answer, or skip the question.")
    _require(words, asked.choices)
    if len(words) > 1 and not asked.several:
        raise _refused("more than one answer is chosen", "Choose one.")
    return words


def groups_said(asked: Ask, said: Said) -> Words:
    """The groups of whom somebody says what they are: those ticked, or all that are asked about."""
    words = tuple(dict.fromkeys(said.get("for", ()))) if asked.groups else ()
    _require(words, [Choice(group, group) for group in asked.groups])
    return words or asked.groups


def slots_said(
    asked: Ask, said: Said, content: FormContent, vocabulary: Vocabulary
) -> dict[str, Words]:
    """The slots of an answer. Raises InputError where something cannot stand in its slot."""
    if len(said.get("holds", ())) != 1:
        raise _refused("no answer is chosen", "Choose an answer, or skip the question.")
    slots = _slots(said, asked, content, vocabulary)
    if ("quantity" in slots) != ("unit" in slots):
        raise _refused("a number and what it counts go together", "Give both, or neither.")
    return slots


def _slots(
    said: Said, asked: Ask, content: FormContent, vocabulary: Vocabulary
) -> dict[str, Words]:
    slots = {}
    for name, slot in SLOTS.items():
        words = tuple(word.strip() for word in said.get(name, ()) if word.strip())
        if not words:
            continue
        if len(words) > 1 and not slot.several:
            raise _refused("one answer has two values", "Keep one, or add another answer.")
        if slot.kind == "date":
            words = tuple(map(_date, words))
        elif slot.kind == "number":
            words = tuple(map(_number, words))
        else:
            _require(words, _offered(name, asked, content, vocabulary))
        slots[name] = tuple(dict.fromkeys(words))
    return slots


def title_said(said: Said) -> str:
    """The title. Raises InputError where it is missing, or no line."""
    title = " ".join(said.get("title", ()))
    if problem := title_problem(title):
        raise _refused(*problem)
    return fold_title(title).text


def _offered(
    name: str, asked: Ask, content: FormContent, vocabulary: Vocabulary
) -> Iterator[Choice]:
    if name == "holds":
        yield from asked.choices
    elif name == "of":
        yield from asked.things
    elif name == "for":
        yield from (Choice(group, group) for group in content.groups)
        people = vocabulary.schemes_of(programme=False)
        yield from (Choice(one.key, one.label) for one in vocabulary.concepts_in(*people))
    elif scheme := SLOTS[name].scheme:
        yield from map(choice, vocabulary.concepts_in(scheme))


def _require(words: Sequence[str], choices: Iterator[Choice] | Sequence[Choice]) -> None:
    known = {one.word for one in choices}
    for word in words:
        if word not in known:
            raise _refused(f"“{word[:50]}” is no answer to this question", "Choose one of those.")


def _date(text: str) -> str:
    """The date as the form has it."""
    if date := read_date(text[:50]):
        return date
    raise _refused(*(date_problem(text[:50]) or (f"“{text[:50]}” is no date", DATE_ADVICE)))


def notes_on(said: Said, slots: Mapping[str, Words]) -> tuple[str, ...]:
    """How dates were read that are not written as the form has them."""
    return tuple(
        f"{read_as(text.strip(), date)}."
        for name, slot in SLOTS.items()
        if slot.kind == "date"
        for text, date in zip(filter(None, said.get(name, ())), slots.get(name, ()), strict=False)
        if text.strip() != date
    )


def _number(text: str) -> str:
    if problem := number_problem(text[:50]):
        raise _refused(*problem)
    if number_literal(text) is None:
        raise _refused(f"“{text[:50]}” is no number", "Write digits, as in 30 or 1.5.")
    return text


def _refused(problem: str, remedy: str) -> InputError:
    return InputError(_WHERE, problem, remedy)
