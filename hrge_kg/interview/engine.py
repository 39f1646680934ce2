"""An interview: it asks next what settles the most norms for these people and this activity.

The order is that of the report: after each answer the description is assessed as far as it goes,
and the question on which most norms depend comes next. What the programme does, on which the order
itself depends, is asked first. Nobody has to answer: a question can be put off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..assessment.assessor import Assessor
from ..assessment.model import Assessment
from ..form.content import FormContent, Words
from ..form.convert import described
from ..report.digest import Unasked, find_unasked, summarise_questions
from .answers import answers_to, with_answer, with_fact
from .model import Ask
from .order import settled
from .questions import COMPLETE, of_aspect, of_completeness, of_dimension, of_people
from .review import LeftOpen, Part, left_open, review


class Interview:
    """A description that grows, answer by answer."""

    def __init__(
        self,
        assessor: Assessor,
        content: FormContent,
        file: str,
        passed: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Raises InputError where `content` cannot be read again; messages call it `file`.

        `passed` are questions that were answered or put off before: `whom` or `place` of each.
        """
        self.content = content
        self._assessor = assessor
        self._vocabulary = assessor.vocabulary
        self._file = file
        self._before: list[tuple[FormContent, frozenset[tuple[str, str]]]] = []
        self._put_off = frozenset(passed)
        self.assessment = self._assess(content)

    def ask(self) -> Ask | None:
        """The question that comes next; None where nothing is left that would settle a norm."""
        return next(self._candidates(), None)

    def leave_out(self, passed: Iterable[tuple[str, str]]) -> None:
        """Ask none of these: in place of what was answered or put off so far."""
        self._put_off = frozenset(passed)

    def open_questions(self) -> int:
        """How many questions are open, and were not put off."""
        return sum(1 for _ in self._candidates())

    def review(self) -> tuple[Part, ...]:
        """All answers in words, to be checked."""
        return review(self.content, self._vocabulary)

    def left_open(self) -> tuple[LeftOpen, ...]:
        """What was put off, and what nobody knows."""
        return left_open(self.content, sorted(self._put_off), self._vocabulary)

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
        shares = settled(self.assessment)
        of_groups = ("", *self.content.groups)

        def place(asked: Ask) -> tuple[float, int]:
            groups = (asked.group,) if asked.group else ("", *asked.groups)
            share = sum(shares[asked.key, group] for group in groups)
            # Rounded: as much is as much, in whatever order it was added up.
            return -round(share, 6), of_groups.index(asked.group)

        yield from sorted(weighed, key=place)

    def _of_activity(self) -> Iterator[Ask]:
        """The questions about the programme that come before all others."""
        for key, dimension in self._vocabulary.dimensions_of(programme=True).items():
            if dimension.asked_first and key not in self.content.head:
                yield from self._kept(of_dimension(self._vocabulary, dimension, ""))

    def _of_people(self, unasked: Sequence[Unasked]) -> Iterator[Ask]:
        """Who the people of each group are; and, once that is said, whether that is all."""
        by_place: dict[tuple[str, str], set[str]] = {}
        left: dict[str, set[str]] = {}
        for one in unasked:
            for group in one.groups or ("",):
                norms = {norm.iri for norm in one.norms}
                by_place.setdefault((one.key, group), set()).update(norms)
                left.setdefault(group, set()).update(norms)
        by_key: dict[str, dict[str, set[str]]] = {}
        for (key, group), norms in by_place.items():
            by_key.setdefault(key, {})[group] = norms
        for key, by_group in by_key.items():
            yield from self._of_dimension(key, by_group)
        for group, norms in left.items():
            facts = self.content.groups.get(group)
            if facts and COMPLETE not in facts:
                asked = of_completeness(self._vocabulary, facts, group, len(norms))
                yield from self._kept(asked)

    def _of_report(self) -> Iterator[Ask]:
        """The questions of the report, each once."""
        open_for: dict[str, dict[str, set[str]]] = {}
        for one in summarise_questions(self.assessment):
            by_group = open_for.setdefault(one.key, {})
            for group in one.groups or ("",):
                by_group.setdefault(group, set()).update(norm.iri for norm in one.norms)
        for key, by_group in open_for.items():
            if aspect := self._vocabulary.aspects.get(key):
                left = self._unanswered(key, by_group)
                norms = set().union(*(by_group[group] for group in left or by_group))
                groups = [group for group in left or by_group if group]
                asked = of_aspect(self._vocabulary, aspect, groups, len(norms))
                if left or not self._passed_for(key, groups):
                    yield from self._kept(asked)
            else:
                yield from self._of_dimension(key, by_group)

    def _of_dimension(self, key: str, norms: Mapping[str, set[str]]) -> Iterator[Ask]:
        """The question what people are: once for all groups of whom nothing of it is said yet."""
        dimension = self._vocabulary.dimensions.get(key)
        if dimension is None:
            return
        if dimension.of_programme:
            every = set().union(*norms.values())
            yield from self._kept(of_dimension(self._vocabulary, dimension, "", len(every)))
            return
        groups = [group for group in self.content.groups if group in norms]
        unsaid = [group for group in groups if not self.content.groups[group].get(key)]
        for some in (unsaid, *([group] for group in groups if group not in unsaid)):
            if some:
                every = set().union(*(norms[group] for group in some))
                yield from self._kept(of_people(self._vocabulary, dimension, some, len(every)))

    def _unanswered(self, key: str, groups: Iterable[str]) -> list[str]:
        """The groups of whom no answer says anything yet: empty where each has one."""
        named: set[str] = set()
        for slots in answers_to(self.content, key):
            named.update(slots.get("for", self.content.groups))
        return [group for group in groups if group not in named]

    def _passed_for(self, key: str, groups: Sequence[str]) -> bool:
        """Whether a question was answered or put off for all these groups, and perhaps more."""
        return any(
            passed == key and set(groups) <= set(whom.split(", "))
            for passed, whom in self._put_off
            if whom
        )

    def _kept(self, asked: Ask) -> Iterator[Ask]:
        if asked.choices and self._put_off.isdisjoint((asked.place, asked.whom)):
            yield asked

    def _with(self, asked: Ask, words: Words, things: Words, groups: Words) -> FormContent:
        if asked.key in self._vocabulary.aspects:
            slots = {"holds": words, "of": things, "for": groups}
            return with_answer(self.content, asked.key, slots)
        content = self.content
        for group in groups or (asked.group,):
            content = with_fact(content, asked.key, group, words)
        return content
