"""What a description states, as sentences for people: what, by what right, and where it stands.

A sentence is made of the words that the ontology has for a yes and a no (`hrge:yesSays`,
`hrge:noSays`) and of the labels of the answer. Reports for machines have the question, the answer
and the key of the form instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..assessment.answers import Answer
from ..assessment.model import Evidence
from ..assessment.wording import PHRASES, capital, is_told
from ..form.description import Place
from ..markup.document import plain

OPEN_WORDS = PHRASES["open words"]
_LEVELS = {"law": "law", "policy": "own rules", "practice": "practice"}
_NARROWS_A_NO = ("reviewer", "ground", "condition", "quantity", "since", "until")
_HINT = re.compile(r"\(say [^();]*; |\s*\(say [^();]*\)")


def without_hints(text: str) -> str:
    """A question of the form without its hints for those who fill it in.

    >>> without_hints("Is a test compulsory (say which)? Is it (say by what; a curfew aside)?")
    'Is a test compulsory? Is it (a curfew aside)?'
    """
    return _HINT.sub(lambda found: "(" if found[0].endswith("; ") else "", text)


def sentence(answer: Answer, groups: Sequence[str] = ()) -> str:
    """What an answer says, without its full stop, and without its list of people if it is `groups`.

    Where it makes no sentence, or one that says more than the answer, it is the question with the
    answer.
    """
    return plain("; ".join([_said(answer), *_slots(answer, groups)]))


def _said(answer: Answer) -> str:
    things = ", ".join(answer.values("of"))
    if not answer.told or _is_narrowed(answer):
        said = f"{without_hints(answer.question)} {capital(answer.answer)}"
        return f"{said}: {things}" if things else said
    if answer.holds == "no":
        return f"{answer.told}; said of: {things}" if things else answer.told
    said = f"In part: {answer.told}" if answer.holds == "in-part" else answer.told
    return f"{said}: {things}" if things else said


def _is_narrowed(answer: Answer) -> bool:
    """Whether the sentence would say more than the answer.

    A *no* with a slot denies that much alone: "nobody is kept from leaving" is not what "no, for
    three hours" says. A *yes* with a reviewer may name one whom the sentence does not.
    """
    narrowing = _NARROWS_A_NO if answer.holds == "no" else ("reviewer",)
    return any(answer.values(slot) for slot in narrowing) or (
        answer.holds == "no" and answer.keys("frequency") not in ((), ("always",))
    )


def _slots(answer: Answer, groups: Sequence[str]) -> Iterator[str]:
    unit = " ".join(answer.values("unit"))
    for slot in answer.slots:
        named = slot.slot == "for" and set(slot.values) == set(groups)
        if is_told(slot) and not named:
            more = f" {unit}" if slot.slot == "quantity" and unit else ""
            yield f"{slot.label}: {', '.join(slot.values)}{more}"
    if answer.own:
        part = answer.statement in answer.parts
        yield "said of some people of the group itself" if part else "said of the group itself"


def message(evidence: Evidence, groups: Sequence[str] = ()) -> str:
    """The message of some evidence, in which its answers are told as sentences."""
    text = evidence.message
    for answer in (evidence.answer, evidence.compared):
        if answer:
            text = text.replace(answer.words, f"{sentence(answer, groups)}.", 1)
    return without_hints(text)


def reason(why: str, answers: Iterable[Answer]) -> str:
    """Why an answer settles nothing; a question is what to say first.

    >>> reason("Who are they?", ())
    'Say first: Who are they?'
    """
    for answer in answers:
        why = why.replace(answer.words, f"{sentence(answer)}.", 1)
    return f"Say first: {why}" if why.endswith("?") and "Say first: " not in why else why


def where(place: Place | None, answer: Answer | None = None) -> str:
    """By what right something is so, if an answer says it, and where the description says it."""
    levels = [] if answer is None or answer.own else _levels(answer)
    return ", ".join(part for part in (" and ".join(levels), _spot(place)) if part)


def _levels(answer: Answer) -> list[str]:
    return [words for level, words in _LEVELS.items() if level in answer.levels]


def _spot(place: Place | None) -> str:
    """Where a thing stands: the cell of a table, the line of a text, or else the file.

    >>> _spot(Place("a.yaml", 12, "x")), _spot(Place("a.xlsx", 7, "x", None, "Answers!A7"))
    ('line 12', 'cell Answers!A7')
    """
    if place is None:
        return ""
    if place.cell and "!" in place.cell:
        return f"cell {plain(place.cell)}"
    return f"line {place.line}" if place.line else plain(place.file)


def where_each(evidence: Iterable[Evidence]) -> list[str]:
    """The places of some evidence, each once."""
    return list(dict.fromkeys(where(one.place, one.answer) for one in evidence if one.place))
