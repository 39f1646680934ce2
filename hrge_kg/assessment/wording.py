"""The words of every message that rests on a statement, made of that statement's own labels.

Nothing else stands beside them but the phrases in `PHRASES`, and the label of a thing that is asked
about or of a limit that is relied on. A test holds all messages to that.
(tests/assessment/test_wording.py)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..markup.document import plain
from ..namespaces import HRGE, SKOS, term_text
from .enums import Outcome, Reason

if TYPE_CHECKING:
    from .answers import Answer, Answers, SlotValues
    from .norms import Criterion
from .shacl import Result

PHRASES: Mapping[str, str] = {
    # by what right something is so
    "law": "By law",
    "policy": "By its own rules",
    "law and policy": "By law and by its own rules",
    "also in practice": "and in practice",
    "practice not stated": "The practice is not stated.",
    "level not stated": "It is not stated whether that is the rule or what happens.",
    "in practice": "In practice:",
    "own": "This is said of the group itself.",
    "own in part": "This is said of some people of the group itself.",
    # what is open
    "too general": "This is stated too generally: say whether it is so of:",
    "the rest": "This is stated for a part only: say how it is for the rest.",
    "of the rest": "For the rest:",
    "likely": "Its source thinks this likely and has not seen it: ask somebody who has.",
    "by rule": "Its only source is a written rule, which has seen nothing: ask somebody who has.",
    "in part": "This is stated in part.",
    "narrowed": "This is stated in part. It is narrowed by",
    # why a person has to judge
    "judge": "A person has to judge.",
    "open words": "The norm's words are open: a person has to judge whether this is enough.",
    "two readings": "It can be read in two ways: a person has to judge.",
    "one reading": "In one reading alone the norm is about these people: a person has to judge.",
    "some people": "Whether it is about people whom the norm protects, a person has to judge.",
    "wider": "It is about something wider than what the norm names: a person has to judge.",
    "one reviewer": "It denies one reviewer and says nothing of others: a person has to judge.",
    "reach": "Whether the words of the norm reach so far is not stated: a person has to judge.",
    "no ground": "No ground is stated: a person has to judge.",
    "adverse fact": "It is a fact that bears on this norm: a person has to judge.",
    "number": "The number is beyond what anyone would expect: a person has to judge.",
    "compared": "The answers differ for people who differ: a person has to judge.",
    "together": "Together they bear on this norm: a person has to judge.",
    "beyond": "One is longer than the other allows: a person has to judge.",
    # what shows it
    "no facts": "It is a conclusion, and no fact is stated that shows it.",
    # what it does to a norm
    "does not arise": "So what the norm sets terms for does not happen.",
    "by the author": "That is the author's word.",
}
"""All that we add to the labels of a statement."""

NARROWED: Mapping[str, str] = {
    "people": "the people",
    "nobody named": "the people, none of whom it names",
    "of": "the thing",
    "frequency": "how often",
    "time": "the time",
    "condition": "a condition",
    "quantity": "a number",
    "ground": "a ground",
    "likely": "its source, which thinks it likely and has not seen it",
    "by rule": "its only source, a written rule",
}
"""What narrows a statement, by the slot; also that the slot for people is empty."""

PRINTED_ELSEWHERE = ("of", "level", "unit", "by", "on")
"""Slots that stand beside the answer, before the question, or once at the head of a report."""


def answer_words(answer: Answer) -> str:
    """An answer in plain words: its rule, question, answer and slots.

    Who says so and when is left out, for a report prints it once; save that its source thinks it
    likely alone.
    """
    things = ", ".join(answer.values("of"))
    said = f"{capital(answer.answer)}: {things}." if things else f"{capital(answer.answer)}."
    parts = [f"{_rule(answer.levels)}{answer.question}", said, *_slots(answer)]
    if answer.own:
        parts.append(PHRASES["own in part" if answer.statement in answer.parts else "own"])
    return plain(" ".join(parts))


def _rule(levels: frozenset[str]) -> str:
    rules = " and ".join(level for level in ("law", "policy") if level in levels)
    if not rules:
        return ""
    also = f" {PHRASES['also in practice']}" if "practice" in levels else ""
    return f"{PHRASES[rules]}{also}: "


def _slots(answer: Answer) -> Iterator[str]:
    unit = " ".join(answer.values("unit"))
    for slot in answer.slots:
        if is_told(slot):
            values = ", ".join(slot.values)
            more = f" {unit}" if slot.slot == "quantity" and unit else ""
            yield f"{capital(slot.label)}: {values}{more}."


def is_told(slot: SlotValues) -> bool:
    """Whether a slot stands with the answer: what is only thought likely is not told as seen."""
    return slot.slot not in PRINTED_ELSEWHERE or "presumption" in slot.keys


def capital(text: str) -> str:
    """A text with a capital first letter; the others stay as they are."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Message:
    """The message on a result: the words of the answer behind it, and the phrases after them.

    `telling` has these phrases alone. `question` is the open question, if there is one; `thing` the
    label of the thing for which it is open, if the answer is too general.
    """

    text: str
    question: str = ""
    answer: Answer | None = None
    telling: str = ""
    thing: str = ""
    compared: Answer | None = None
    """The other answer, if the message compares two."""


class Messages:
    """Makes the messages of all results over one description."""

    def __init__(self, store: ox.Store, answers: Answers) -> None:
        self._store = store
        self._answers = answers

    def of(self, result: Result, check: Criterion) -> Message:
        """The message of a result, which a shape of this check reported.

        For silence it is the shape's own message. `Message.question` is empty if nothing is open.
        """
        shape = result.shape
        if result.value is None or shape.reason == Reason.SILENCE:
            return Message(shape.message, check.asked if shape.reason == Reason.SILENCE else "")
        # What follows from several answers is told by the one of which it is a view.
        answer = self._answers.at(result.value, check.aspect) or self._answer_of(
            result.value, "viewOf"
        )
        other = self._answer_of(result.value, "comparedWith")
        if other is not None:
            answer = self._answer_of(result.value, "viewOf")
        if answer is None:
            return Message(shape.message)
        if other is not None:
            after = PHRASES[self._why_compared(result.value)]
            text = f"{answer.words} {other.words} {after}"
            return Message(text, "", answer, after, compared=other)
        group = result.focus if result.focus in answer.groups else None
        telling, question = self._telling(result, check, answer, group)
        level = self._level(answer, group) if shape.reason in _ADDS_THE_LEVEL else ""
        after = " ".join(part for part in (*telling, level) if part)
        too_general = shape.reason == Reason.STATED_TOO_GENERALLY and check.of
        thing = self._label(check.of) if too_general and check.of else ""
        return Message(f"{answer.words} {after}".strip(), question, answer, after, thing)

    def _why_compared(self, view: str) -> str:
        """The key of the phrase on two answers that a view sets beside one another."""
        if self._node(view, "together") is not None:
            return "together"
        return "beyond" if self._node(view, "days") is not None else "compared"

    def _answer_of(self, view: str, name: str) -> Answer | None:
        """The answer to which a property of a view leads; None where it has no such property."""
        statement = self._node(view, name)
        return self._answers.at(statement, "") if statement else None

    def _node(self, view: str, name: str) -> str | None:
        found = self._store.quads_for_pattern(ox.NamedNode(view), HRGE(name), None, None)
        return next((term_text(quad.object) for quad in found), None)

    def _telling(
        self, result: Result, check: Criterion, answer: Answer, group: str | None
    ) -> tuple[list[str], str]:
        """The phrases after the words of the answer, and the open question."""
        shape = result.shape
        if shape.reason in _SAYS_IT_ITSELF:
            # The limit and its tests are named by their labels, in the shape's own message.
            asks = shape.outcome == Outcome.NOT_STATED
            return [shape.message], shape.message if asks else ""
        if shape.outcome == Outcome.NOT_STATED:
            return self._open(shape.reason, check, answer, group)
        if shape.outcome == Outcome.NEEDS_REVIEW:
            why = PHRASES[_WHY.get(shape.reason, "judge")]
            narrowed = shape.reason == Reason.OPEN_WORDS and self._narrowed(check, answer, group)
            return [*([narrowed] if narrowed else []), why], ""
        if shape.outcome == Outcome.IN_PART:
            return [self._narrowed(check, answer, group) or PHRASES["in part"]], ""
        if shape.outcome == Outcome.NOT_APPLICABLE:
            arises = shape.reason != Reason.DOES_NOT_ARISE
            return [PHRASES["by the author" if arises else "does not arise"]], ""
        return [], ""

    def _open(
        self, reason: Reason, check: Criterion, answer: Answer, group: str | None
    ) -> tuple[list[str], str]:
        if reason == Reason.STATED_TOO_GENERALLY:
            thing = self._label(check.of) if check.of else ""
            return [f"{PHRASES['too general']} {thing}."], check.asked
        if reason == Reason.CONCLUSION_WITHOUT_FACTS:
            return [PHRASES["no facts"]], check.asked
        if reason == Reason.RULE_WITHOUT_PRACTICE:
            open_level = "practice not stated" if answer.only_a_rule else "level not stated"
            return [PHRASES[open_level]], f"{PHRASES['in practice']} {check.asked}"
        narrowing = list(_narrowing(check, answer, group))
        if narrowing in (["likely"], ["by rule"]):
            return [PHRASES[narrowing[0]]], check.asked
        return [PHRASES["the rest"]], f"{PHRASES['of the rest']} {check.asked}"

    def _level(self, answer: Answer, group: str | None) -> str:
        """The phrase for an answer whose practice nobody states; otherwise empty."""
        if answer.in_practice or self._answers.practice_is_stated(answer, group):
            return ""
        return PHRASES["practice not stated" if answer.only_a_rule else "level not stated"]

    def _narrowed(self, check: Criterion, answer: Answer, group: str | None) -> str:
        """A phrase that lists what narrows the answer; empty if nothing does."""
        narrowing = [NARROWED[name] for name in _narrowing(check, answer, group)]
        return f"{PHRASES['narrowed']} {', '.join(narrowing)}." if narrowing else ""

    def _label(self, concept: str) -> str:
        labels = self._store.quads_for_pattern(ox.NamedNode(concept), SKOS("prefLabel"), None, None)
        return next((term_text(quad.object) for quad in labels), "")


# The phrase on why a person has to judge, by reason; other reasons have the phrase "judge".
_WHY = {
    Reason.OPEN_WORDS: "open words",
    Reason.TWO_READINGS: "two readings",
    Reason.STATED_MORE_WIDELY: "wider",
    Reason.ONE_REVIEWER_DENIED: "one reviewer",
    Reason.GROUND_NOT_STATED: "no ground",
    Reason.REACH_NOT_STATED: "reach",
    Reason.ADVERSE_FACT: "adverse fact",
    Reason.NUMBER_BEYOND_BOUND: "number",
}
_SAYS_IT_ITSELF = frozenset(
    {Reason.LIMIT_CLAIMED, Reason.LIMIT_TEST_DENIED, Reason.LIMIT_TEST_UNANSWERED}
)
_ADDS_THE_LEVEL = frozenset(Reason) - {Reason.RULE_WITHOUT_PRACTICE, Reason.STATED_BY_AUTHOR}


def _narrowing(check: Criterion, answer: Answer, group: str | None) -> Iterator[str]:
    if group in answer.parts:
        # Nobody is named where it is open who is admitted, and so whom it is about.
        yield "people" if answer.values("for") else "nobody named"
    whole = check.of or check.top
    if whole and whole not in answer.things and whole in answer.wider:
        yield "of"
    if answer.keys("frequency") not in ((), ("always",)):
        yield "frequency"
    since, on = answer.values("since"), answer.values("on")
    if answer.values("until") or (since and (not on or since > on)):
        yield "time"
    if answer.values("condition"):
        yield "condition"
    if answer.values("quantity") and not answer.counted:
        yield "quantity"
    if answer.values("ground"):
        yield "ground"
    if "presumption" in answer.keys("by"):
        yield "likely"
    elif answer.keys("by") == ("written-rule",):
        yield "by rule"
