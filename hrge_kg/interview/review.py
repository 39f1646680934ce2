"""Check your answers: all that a form says, in words, before the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..assessment.wording import capital
from ..form.content import HEAD, FormContent, Slots, Words
from ..form.slots import SLOTS
from ..form.vocabulary import Vocabulary
from .model import Ask
from .questions import COMPLETE, apart, kinds, question_at

FOR_ALL = "answered"
"""The key under which the form has what is said once for all answers."""
DONT_KNOW = "dont-know"


@dataclass(frozen=True)
class Told:
    """A question with its answer in words.

    `number` is the place among the answers to the question; None for what a group or the programme
    is. `group` is empty where the answer is not about one group only.
    """

    key: str
    question: str
    answer: str
    group: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Part:
    """What is said of the programme, of a group, or under a topic; `group` is empty but for one."""

    title: str
    told: tuple[Told, ...]
    group: str = ""


def review(content: FormContent, vocabulary: Vocabulary) -> tuple[Part, ...]:
    """All answers: of the programme, of each group, and by topic in the order of the form."""
    by_topic: dict[str, list[Told]] = {}
    for key, answers in content.answers_by_question().items():
        topic = vocabulary.concepts[vocabulary.aspects[key].topic].label
        by_topic.setdefault(topic, []).extend(told_answers(key, tuple(answers), vocabulary))
    return (
        Part(
            "The programme",
            (*_facts(content.head, "", vocabulary), *_defaults(content, vocabulary)),
        ),
        *(
            Part(
                f"The group “{name.replace('-', ' ')}”",
                tuple(_facts(facts, name, vocabulary)),
                name,
            )
            for name, facts in content.groups.items()
        ),
        *(Part(capital(topic), tuple(told)) for topic, told in by_topic.items()),
    )


@dataclass(frozen=True)
class LeftOpen:
    """A question that nobody answered: it was put off, or nobody knows.

    `why` says which. `key`, `group` and `number` are those of `Told`.
    """

    question: str
    why: str
    key: str
    group: str = ""
    number: int | None = None


def left_open(
    content: FormContent, passed: Iterable[tuple[str, str]], vocabulary: Vocabulary
) -> tuple[LeftOpen, ...]:
    """What was put off (`passed`: what was shown, and of whom), and what nobody knows."""
    found: dict[LeftOpen, None] = {}
    for key, whom in passed:
        asked = question_at(vocabulary, content, key, whom)
        if asked is None or _is_answered(content, asked):
            continue
        about = f" ({asked.group.replace('-', ' ')})" if asked.group else ""
        found[LeftOpen(asked.text + about, "Skipped", key, asked.group)] = None
    for key, answers in content.answers_by_question().items():
        for number, slots in enumerate(answers):
            if slots.get("holds") == (DONT_KNOW,):
                question, _ = apart(vocabulary.aspects[key].question)
                words = answer_words(key, slots, vocabulary)
                found[LeftOpen(question, words, key, number=number)] = None
    return tuple(found)


def _is_answered(content: FormContent, asked: Ask) -> bool:
    if any(key == asked.key for key, _ in content.answers):
        return True
    if asked.groups:
        return all(asked.key in content.groups[group] for group in asked.groups)
    return asked.key in (content.groups[asked.group] if asked.group else content.head)


def _defaults(content: FormContent, vocabulary: Vocabulary) -> Iterator[Told]:
    """Who says so, and when: what is said once for all answers."""
    for name, words in content.defaults.items():
        if words:
            slot = SLOTS[name]
            asked = vocabulary.slots[slot.property].partition(":")[0].rstrip(".")
            labels = ", ".join(_label(word, slot.scheme, vocabulary) for word in words)
            yield Told(FOR_ALL, f"{asked}, for all answers", capital(labels))


def told_answers(key: str, answers: tuple[Slots, ...], vocabulary: Vocabulary) -> list[Told]:
    """The answers to one question in words."""
    question, _ = apart(vocabulary.aspects[key].question)
    return [
        Told(key, question, answer_words(key, slots, vocabulary), number=number)
        for number, slots in enumerate(answers)
    ]


def answer_words(key: str, slots: Slots, vocabulary: Vocabulary) -> str:
    """An answer in words: what it says, of what, of whom, and what else it tells."""
    parts = []
    for name, words in slots.items():
        slot = SLOTS[name]
        scheme = vocabulary.aspects[key].of_scheme if name == "of" else slot.scheme
        labels = ", ".join(_label(word, scheme, vocabulary) for word in words)
        if name == "holds":
            parts.append(capital(labels))
        elif name == "for":
            parts.append(f"for {labels}")
        elif name in ("of", "unit"):
            parts[-1] += f"{':' if name == 'of' else ''} {labels}"
        else:
            asked = vocabulary.slots[slot.property].partition(":")[0].rstrip(".")
            parts.append(f"{asked[:1].lower()}{asked[1:]}: {labels}")
    return "; ".join(parts)


def count(content: FormContent, vocabulary: Vocabulary) -> int:
    """How many questions are answered: each once, however many answers it has."""
    asked = {key for facts in content.groups.values() for key in facts} - {"without"}
    asked.update(key for key in content.head if key in vocabulary.dimensions)
    return len(asked) + len({key for key, _ in content.answers})


def _facts(facts: Mapping[str, Words], group: str, vocabulary: Vocabulary) -> Iterator[Told]:
    for key, words in facts.items():
        if not words:
            continue
        if dimension := vocabulary.dimensions.get(key):
            labels = ", ".join(kinds(vocabulary, {key: words}))
            yield Told(key, apart(dimension.question)[0], capital(labels), group)
        elif key == "title":
            yield Told(key, "What is the programme called?", words[0], group)
        elif key == COMPLETE:
            yield Told(key, HEAD[key], "Yes", group)
        elif key == "without":
            labels = ", ".join(_label(word, None, vocabulary) for word in words)
            yield Told(key, "Who or what is not there?", capital(labels), group)


def _label(word: str, scheme: str | None, vocabulary: Vocabulary) -> str:
    """The label of a concept; dates, numbers and names of groups are their own."""
    concept = vocabulary.in_scheme(scheme, word) if scheme else vocabulary.concepts.get(word)
    return concept.label if concept else word
