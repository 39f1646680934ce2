"""Changes the answers of a form: adds one, replaces one, takes one back.

>>> none = FormContent({}, EMPTY.defaults, {"women": {}, "men": {}}, ())
>>> some = with_answer(none, "turned-away", {"holds": ("no",), "for": ("men",)})
>>> with_answer(some, "turned-away", {"holds": ("yes",)}, 0).answers
(('turned-away', {'holds': ('yes',)}),)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..form.content import DEFAULTS, EMPTY, FormContent, Slots, Words
from ..form.slots import SLOTS


def with_fact(content: FormContent, key: str, group: str, words: Words) -> FormContent:
    """The form with what a group, or the programme (an empty `group`), is. No words: blank."""
    facts = content.groups[group] if group else content.head
    told = {name: said for name, said in facts.items() if name != key}
    told |= {key: words} if words else {}
    if not group:
        return replace(content, head=told)
    return replace(content, groups={**content.groups, group: told})


def with_answer(
    content: FormContent, key: str, slots: Slots, number: int | None = None
) -> FormContent:
    """The form with an answer to a question: one more, or in place of that with a number."""
    filled = {name: words for name, words in slots.items() if words}
    if set(filled.get("for", ())) == content.groups.keys():
        del filled["for"]
    for name, usual in EMPTY.defaults.items():
        if name not in content.defaults:
            filled.setdefault(name, usual)
    return _changed(content, key, number, _in_order(filled))


def without_answer(content: FormContent, key: str, number: int | None) -> FormContent:
    """The form without one of the answers to a question."""
    return content if number is None else _changed(content, key, number, None)


def answers_to(content: FormContent, key: str) -> tuple[Slots, ...]:
    """The answers to a question, in order."""
    return tuple(slots for question, slots in content.answers if question == key)


def with_defaults(content: FormContent, declared: Slots | None) -> FormContent:
    """The form with what its author says once for all answers, or with what is usual.

    What all answers happen to have in common is said by each: an answer that is added says nothing
    of it. A slot that only some answers fill has no default.
    """
    every = [{**content.defaults, **slots} for _, slots in content.answers]
    usual = EMPTY.defaults if declared is None else declared
    defaults = {
        name: usual[name]
        for name in DEFAULTS
        if usual.get(name) and all(name in slots for slots in every)
    }
    answers = tuple(
        (key, _in_order({name: said for name, said in slots.items() if defaults.get(name) != said}))
        for (key, _), slots in zip(content.answers, every, strict=True)
    )
    return replace(content, defaults=defaults, answers=answers)


def _in_order(slots: Slots) -> Slots:
    """The slots in the order of the form."""
    return {name: slots[name] for name in SLOTS if name in slots}


def _changed(
    content: FormContent, key: str, number: int | None, slots: Mapping[str, Words] | None
) -> FormContent:
    def answers() -> Iterator[tuple[str, Slots]]:
        place = 0
        for question, given in content.answers:
            if question != key or place != number:
                yield question, given
            elif slots is not None:
                yield key, slots
            place += question == key
        if slots is not None and (number is None or number >= place):
            yield key, slots

    return replace(content, answers=tuple(answers()))
