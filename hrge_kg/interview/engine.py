"""An interview: it asks next what settles the most norms for these people and this activity.

The order is that of the report: after each answer the description is assessed as far as it goes,
and the question on which most norms depend comes next. What the programme does, on which the order
itself depends, is asked first. Nobody has to answer: a question can be put off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..assessment.assessor import Assessor
from ..assessment.model import Assessment
from ..form.content import HEAD, FormContent, Words
from ..form.convert import described
from ..form.vocabulary import Aspect, Concept, Dimension
from ..report.digest import QuestionSummary, Unasked, find_unasked, summarise_questions
from .model import Ask, Choice

_COMPLETE = "only"
"""The key under which a group says that its list of kinds is complete."""
_ANSWERS = ("yes", "in-part", "no", "dont-know", "does-not-apply")
"""The order in which the answers of the form are offered."""
_SOME = Choice("some", "some of them", "Both kinds are there.")


class Interview:
    """A description that grows, answer by answer."""

    def __init__(self, assessor: Assessor, content: FormContent, file: str) -> None:
        """Raises InputError where `content` cannot be read again; messages call it `file`."""
        self.content = content
        self._assessor = assessor
        self._vocabulary = assessor.vocabulary
        self._file = file
        self._before: list[tuple[FormContent, frozenset[tuple[str, str]]]] = []
        self._put_off: frozenset[tuple[str, str]] = frozenset()
        self.assessment = self._assess(content)

    def ask(self) -> Ask | None:
        """The question that comes next; None where nothing is left that would settle a norm."""
        return next(self._candidates(), None)

    def answer(
        self,
        asked: Ask,
        words: Sequence[str],
        things: Sequence[str] = (),
        groups: Sequence[str] = (),
    ) -> None:
        """Take the answer to a question: words of its choices.

        For an aspect also what the answer is about (nothing: all of it), and of which groups it is
        said (none: of all for whom the question is open). Raises InputError where the description
        would contradict itself; it then stays as it was.
        """
        self.take(
            asked, self._with(asked, tuple(words), tuple(things), tuple(groups) or asked.groups)
        )

    def take(self, asked: Ask, content: FormContent) -> None:
        """Go on with a description in which a question is answered, in whatever way a form can.

        Raises InputError as `answer` does.
        """
        assessment = self._assess(content)
        self._remember()
        self.content, self.assessment = content, assessment
        self._put_off |= {asked.whom}

    def put_off(self, asked: Ask) -> None:
        """Leave a question open; it is not asked again."""
        self._remember()
        self._put_off |= {asked.place}

    def go_back(self) -> bool:
        """Take back the last answer; False where there is none."""
        if not self._before:
            return False
        self.content, self._put_off = self._before.pop()
        self.assessment = self._assess(self.content)
        return True

    def _remember(self) -> None:
        self._before.append((self.content, self._put_off))

    def _assess(self, content: FormContent) -> Assessment:
        return self._assessor.assess(described(content, self._file, self._vocabulary))

    def _candidates(self) -> Iterator[Ask]:
        """The questions that were not put off, those that settle most first."""
        yield from self._of_activity()
        unasked = [one for one in find_unasked(self.assessment) if not one.denied_by]
        weighed = [*self._of_people(unasked), *self._of_report()]
        order = {group: place for place, group in enumerate(self.content.groups)}
        yield from sorted(weighed, key=lambda one: (-one.norms, order.get(one.group, 0)))

    def _of_activity(self) -> Iterator[Ask]:
        """The questions about the programme whose answers sort the other questions by topic."""
        for key, dimension in self._vocabulary.dimensions_of(programme=True).items():
            if dimension.sorts_questions and key not in self.content.head:
                yield from self._kept(self._dimension(key, dimension, "", 0))

    def _of_people(self, unasked: Sequence[Unasked]) -> Iterator[Ask]:
        """Who the people of each group are; and, once that is said, whether that is all."""
        by_place: dict[tuple[str, str], set[str]] = {}
        left: dict[str, set[str]] = {}
        for one in unasked:
            for group in one.groups or ("",):
                norms = {norm.iri for norm in one.norms}
                by_place.setdefault((one.key, group), set()).update(norms)
                left.setdefault(group, set()).update(norms)
        for (key, group), norms in by_place.items():
            dimension = self._vocabulary.dimensions.get(key)
            if dimension is not None:
                yield from self._kept(self._dimension(key, dimension, group, len(norms)))
        for group, norms in left.items():
            facts = self.content.groups.get(group)
            if facts and _COMPLETE not in facts:
                yes = Choice("yes", "yes, that is all", HEAD[_COMPLETE])
                text = f"{', '.join(self._kinds(facts))}: is that all, with nobody else?"
                yield from self._kept(
                    Ask(_COMPLETE, text, HEAD[_COMPLETE], (yes,), group, norms=len(norms))
                )

    def _of_report(self) -> Iterator[Ask]:
        """The questions of the report, each once."""
        for one in summarise_questions(self.assessment):
            dimension = self._vocabulary.dimensions.get(one.key)
            if dimension is not None:
                for group in [""] if dimension.of_programme else one.groups:
                    yield from self._kept(
                        self._dimension(one.key, dimension, group, len(one.norms))
                    )
            elif aspect := self._vocabulary.aspects.get(one.key):
                yield from self._kept(self._aspect(aspect, one))

    def _kept(self, asked: Ask) -> Iterator[Ask]:
        if asked.choices and self._put_off.isdisjoint((asked.place, asked.whom)):
            yield asked

    def _dimension(self, key: str, dimension: Dimension, group: str, norms: int) -> Ask:
        concepts = self._vocabulary.concepts_in(dimension.scheme)
        answers = [one for one in concepts if one.answer]
        choices = tuple(map(_choice, answers or concepts))
        if answers and not dimension.of_programme:
            choices = (*choices, _SOME)
        return Ask(
            key,
            dimension.question,
            dimension.why,
            choices,
            group,
            several=not answers,
            norms=norms,
        )

    def _aspect(self, aspect: Aspect, one: QuestionSummary) -> Ask:
        vocabulary = self._vocabulary
        things = vocabulary.concepts_in(aspect.of_scheme) if aspect.of_scheme else ()
        return Ask(
            aspect.key,
            aspect.question,
            aspect.why,
            tuple(map(_choice, sorted(vocabulary.concepts_in("answer"), key=_place_of_answer))),
            groups=one.groups,
            things=tuple(map(_choice, things)),
            quotes=aspect.quotes,
            norms=len(one.norms),
        )

    def _kinds(self, facts: Mapping[str, Words]) -> Iterator[str]:
        """The labels of what a group is said to be."""
        for key, words in facts.items():
            if dimension := self._vocabulary.dimensions.get(key):
                for word in words:
                    concept = self._vocabulary.in_scheme(dimension.scheme, word)
                    yield concept.label if concept else f"{dimension.label}: {word}"

    def _with(self, asked: Ask, words: Words, things: Words, groups: Words) -> FormContent:
        content = self.content
        if asked.key in self._vocabulary.aspects:
            slots: dict[str, Words] = {"holds": words}
            if things:
                slots["of"] = things
            if set(groups) < content.groups.keys():
                slots["for"] = groups
            return replace(content, answers=(*content.answers, (asked.key, slots)))
        if asked.group:
            facts = dict(content.groups[asked.group]) | {asked.key: words}
            return replace(content, groups={**content.groups, asked.group: facts})
        return replace(content, head={**content.head, asked.key: words})


def _choice(concept: Concept) -> Choice:
    return Choice(concept.answer or concept.key, concept.label, concept.definition)


def _place_of_answer(concept: Concept) -> int:
    return _ANSWERS.index(concept.key) if concept.key in _ANSWERS else len(_ANSWERS)
