"""Check your answers: all that a form says, in words, before the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..assessment.wording import capital
from ..form.content import HEAD, FormContent, Slots, Words
from ..form.slots import SLOTS
from ..form.vocabulary import Vocabulary
from .questions import COMPLETE, apart, kinds


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
        Part("The programme", tuple(_facts(content.head, "", vocabulary))),
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
    """How many questions are answered: facts and answers."""
    facts = sum(key in vocabulary.dimensions for key in content.head)
    facts += sum(len(of_group) for of_group in content.groups.values())
    return facts + len(content.answers)


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
