"""Which words of a message its statement licenses: those of its own labels, and our fixed phrases.

Read off the description and the vocabulary, not off what makes the messages.
"""

from __future__ import annotations

import re

from hrge_kg.assessment.enums import Reason
from hrge_kg.assessment.model import Assessment, Evidence, Finding
from hrge_kg.assessment.norms import Criterion, Norm
from hrge_kg.assessment.wording import NARROWED, PHRASES
from hrge_kg.form.description import Description
from hrge_kg.form.slots import BY_PROPERTY
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.namespaces import RDFS, kebab, term_text

LIMIT = (
    "A limit of the source is relied on, but one of its tests is said not to be met; is not "
    "answered. Is it so? a person has to judge whether its terms are met."
)
"""What the shapes of a limit say beside the labels of the limit and its tests."""
_ABOUT_A_LIMIT = (Reason.LIMIT_CLAIMED, Reason.LIMIT_TEST_DENIED, Reason.LIMIT_TEST_UNANSWERED)


def words(*texts: str) -> set[str]:
    """The words of some texts, in small letters."""
    return {word for text in texts for word in re.findall(r"[^\W_]+", text.lower())}


OURS = words(*PHRASES.values(), *NARROWED.values())


class Licence:
    """What the statements of a description license."""

    def __init__(self, description: Description, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.concepts = {concept.iri: concept for concept in vocabulary.concepts.values()}
        self.aspects = {aspect.iri: aspect for aspect in vocabulary.aspects.values()}
        self.labels: dict[str, str] = {}
        self.said: dict[str, list[str]] = {}
        for subject, predicate, value in description.triples:
            if predicate.value == RDFS + "label":
                self.labels[term_text(subject)] = term_text(value)
        for subject, predicate, value in description.triples:
            slot = BY_PROPERTY.get(predicate.value)
            if slot:
                told = [kebab(slot.property), *self._labels(term_text(value))]
                self.said.setdefault(term_text(subject), []).extend(told)
            elif term_text(value).startswith(description.programme + "/statement/"):
                question = self.aspects[predicate.value].question
                self.said.setdefault(term_text(value), []).append(question)

    def _labels(self, value: str) -> list[str]:
        """The labels of a concept, and of its scheme if it is the top; of a group; or a value."""
        concept = self.concepts.get(value)
        if concept is None:
            return [self.labels.get(value, value)]
        schemes = [self.vocabulary.scheme_labels.get(key, "") for key in concept.schemes]
        return [concept.label, *(schemes if not concept.broader else [])]

    def foreign(
        self, text: str, statement: str, norm: Norm, check: Criterion, reason: Reason
    ) -> set[str]:
        """The words of a message about a statement that nothing licenses."""
        own = self.said.get(statement)
        # What a group says in itself: the question of the check that found it, and a yes.
        licensed = words(*(own or [check.question, "yes"])) | OURS
        if reason == Reason.STATED_TOO_GENERALLY and check.of:
            licensed |= words(*self._labels(check.of))
        if reason in _ABOUT_A_LIMIT:
            terms = [text for limit in norm.terms for text in (limit.label, *limit.tests)]
            licensed |= words(LIMIT, *terms)
        return words(text) - licensed


def unlicensed(assessment: Assessment, vocabulary: Vocabulary) -> list[tuple[str, set[str]]]:
    """The messages of an assessment that rest on a statement and have words of another origin."""
    licence = Licence(assessment.description, vocabulary)
    found = []
    for finding in assessment.findings:
        checks = {one.iri: one for one in finding.norm.criteria}
        for one in finding.evidence:
            if one.statement:
                check = checks[one.check]
                foreign = licence.foreign(
                    one.message, one.statement, finding.norm, check, one.reason
                )
                if one.compared:
                    other = one.compared.statement
                    foreign &= licence.foreign(one.message, other, finding.norm, check, one.reason)
                if foreign:
                    found.append((one.message, foreign))
        if not _rests_on(finding):
            found.append((finding.message, {"not the message of its evidence"}))
    return found


def _rests_on(finding: Finding) -> bool:
    """Whether the finding has the message of the evidence that decides it, if any does."""
    leading: Evidence | None = finding.leading
    decides = leading is not None and not finding.reason.excepted and leading.statement
    return not decides or (leading is not None and finding.message == leading.message)
