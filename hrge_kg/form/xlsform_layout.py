"""The form as an XLSForm, for phones: its fields, and what each of them means in a description.

KoboToolbox and ODK read XLSForms. The writer and the reader of exports both go by this layout.
(docs/reference/xlsform.md)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from .content import DEFAULTS, EMPTY, HEAD, FormContent, Words
from .relevance import COMPLETE, UNKNOWN, Exclusion, Relevance
from .slots import SLOTS
from .vocabulary import Aspect, Dimension, Vocabulary
from .wording import HEAD_QUESTIONS, choices, concept_choices, with_capital
from .xlsform_fields import (
    ALL_TOPICS,
    ALL_TOPICS_ASKED,
    EXISTS,
    MARK,
    MOST_GROUPS,
    NAME,
    OTHERS,
    REACH,
    Choice,
    Field,
    Meaning,
    XlsForm,
    xml_name,
)

_NEW_GROUP, _GROUP_COUNT = "more_groups", "groups"
_ANSWERS = ("yes", "in-part", "no", "dont-know", "does-not-apply")
_SAID = ("yes", "in-part", "no")
"""Answers that say something, so that more can be asked about them."""
_DAY = "regex(., '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$')"
_SHORT = "regex(., '^[a-z0-9]+(-[a-z0-9]+)*$')"
_NAME = "regex(., '^[A-Za-z0-9]+([ -][A-Za-z0-9]+)*$')"


def lay_out(
    vocabulary: Vocabulary,
    relevance: Relevance = UNKNOWN,
    questions: Collection[str] | None = None,
    form: FormContent = EMPTY,
    version: str = "",
) -> XlsForm:
    """The XLSForm that asks `questions` (keys; None: all), filled in as far as the head and the
    groups of `form` are.
    """
    return _Layout(vocabulary, relevance, questions, form, version).all()


class _Layout:
    def __init__(
        self,
        vocabulary: Vocabulary,
        relevance: Relevance,
        questions: Collection[str] | None,
        form: FormContent,
        version: str,
    ) -> None:
        self.vocabulary, self.relevance, self.form = vocabulary, relevance, form
        self.questions = [
            aspect
            for key, aspect in vocabulary.aspects.items()
            if questions is None or key in questions
        ]
        self.version = version
        self.lists: dict[str, tuple[Choice, ...]] = {}
        self.reach: dict[object, str] = {}
        self.calculated: list[Field] = []
        self.of_groups = self._asked(programme=False)

    def all(self) -> XlsForm:
        topics = list(self._topics())
        fields = [
            Field("calculate", MARK, more={"calculation": f"'{self.version}'"}),
            *self._programme(),
            *self._groups(),
            *self.calculated,
            *topics,
        ]
        return XlsForm(tuple(fields), self.lists)

    # the programme

    def _programme(self) -> Iterator[Field]:
        yield Field("begin group", "programme", "The programme")
        yield Field(
            "text",
            "title",
            "What is the programme called?",
            HEAD["title"],
            means=Meaning("head", "title"),
            more={"required": "yes"} | self._default("title", self.form.head, EMPTY.head),
        )
        yield Field(
            "text",
            "short_name",
            HEAD_QUESTIONS["programme"],
            f"{HEAD['programme']} Blank: made of the title.",
            means=Meaning("head", "programme"),
            more=_constraint(_SHORT, "Small letters, digits and hyphens.")
            | self._default("programme", self.form.head, EMPTY.head),
        )
        for dimension in self._asked(programme=True).values():
            yield self._dimension(dimension, "p", Meaning("head", dimension.key), self.form.head)
        for name, scheme in DEFAULTS.items():
            key = f"answered-{name}"
            kind = SLOTS[name].kind
            words = {key: self.form.defaults.get(name, ())}
            yield Field(
                "text" if kind == "date" else "select_multiple",
                xml_name(key),
                HEAD_QUESTIONS[key],
                HEAD[key],
                self._scheme(scheme) if scheme else "",
                means=Meaning("head", key),
                more=(_constraint(_DAY, "As in 2025-03-01, 2025-03 or 2025.") if not scheme else {})
                | self._default(key, words, {}),
            )
        yield Field("end group", "programme")

    # groups

    def _groups(self) -> Iterator[Field]:
        given = list(self.form.groups.items()) if self.form.groups != EMPTY.groups else []
        for number in range(1, MOST_GROUPS + 1):
            name, facts = given[number - 1] if number <= len(given) else ("", {})
            yield Field(
                "begin group",
                f"group_{number}",
                f"Group {number} of the people who are served, held or turned away",
                relevant=self._exists(number) if number > 1 else "",
            )
            yield Field(
                "text",
                f"g{number}_name",
                f"What do you call group {number}?",
                "A few words, such as: women. Write nothing about an identifiable person.",
                means=Meaning("group", NAME, number),
                more=_constraint(_NAME, "Letters, digits, spaces and hyphens.")
                | ({"default": name} if name else {}),
            )
            for dimension in self.of_groups.values():
                meaning = Meaning("group", dimension.key, number)
                yield self._dimension(dimension, f"g{number}", meaning, facts)
            yield Field(
                "select_one",
                f"g{number}_{COMPLETE}",
                f"Group {number}: is that all, with nobody else in it?",
                HEAD[COMPLETE],
                self._list("yes", [("yes", "yes")]),
                means=Meaning("group", COMPLETE, number),
                more=self._default(COMPLETE, facts, {}),
            )
            if number < MOST_GROUPS:
                yield Field(
                    "select_one",
                    f"{_NEW_GROUP}_{number}",
                    f"Are there people who are treated otherwise than group {number}, or turned "
                    "away?",
                    "Then describe them as a group of their own.",
                    self._list("yes_no", [("yes", "yes"), ("no", "no")]),
                    means=Meaning("group", EXISTS, number + 1),
                    more={"default": "yes"} if number < len(given) else {},
                )
            yield Field("end group", f"group_{number}")
        count = " + ".join(
            ["1", *(f"if({self._exists(number)}, 1, 0)" for number in range(2, MOST_GROUPS + 1))]
        )
        yield Field("calculate", _GROUP_COUNT, more={"calculation": count})
        yield from self._topic_choice()

    def _exists(self, number: int) -> str:
        """Whether there is a group of this number: all before it said that there is another."""
        return " and ".join(f"${{{_NEW_GROUP}_{one}}} = 'yes'" for one in range(1, number))

    def _topic_choice(self) -> Iterator[Field]:
        answered = " or ".join(f"${{p_{xml_name(key)}}} != ''" for key in self._sorting())
        if answered:
            yield Field(
                "select_one",
                ALL_TOPICS,
                ALL_TOPICS_ASKED,
                "No: only those on which bears what the programme does. What you do not answer "
                "counts as not stated.",
                self._list("yes_no", [("yes", "yes"), ("no", "no")]),
                relevant=answered,
                more={"default": "no"},
            )

    def _sorting(self) -> list[str]:
        """The questions about the programme that bear on topics."""
        return sorted({dimension for dimension, _ in self.relevance.topics})

    # answers

    def _topics(self) -> Iterator[Field]:
        topic = ""
        for aspect in self.questions:
            if aspect.topic != topic:
                if topic:
                    yield Field("end group", f"t_{xml_name(topic)}")
                topic = aspect.topic
                yield Field(
                    "begin group",
                    f"t_{xml_name(topic)}",
                    with_capital(self.vocabulary.concepts[topic].label),
                    relevant=self._bears_on(topic),
                )
            yield from self._question(aspect)
        if topic:
            yield Field("end group", f"t_{xml_name(topic)}")

    def _bears_on(self, topic: str) -> str:
        """Whether what the programme does bears on a topic; blank if it always does."""
        bearing = [
            f"selected(${{p_{xml_name(dimension)}}}, '{xml_name(word)}')"
            for (dimension, word), topics in sorted(self.relevance.topics.items())
            if topic in topics
        ]
        if not bearing:
            return ""
        blank = " and ".join(f"${{p_{xml_name(key)}}} = ''" for key in self._sorting())
        return f"({blank}) or ${{{ALL_TOPICS}}} = 'yes' or {' or '.join(bearing)}"

    def _question(self, aspect: Aspect) -> Iterator[Field]:
        name = xml_name(aspect.key)
        answers = self._list("answer", self._in_order())
        yield Field(
            "select_one",
            name,
            aspect.question,
            f"Why: {aspect.why}",
            answers,
            relevant=self._concerns(aspect.key),
            means=Meaning("answer", aspect.key, slot="holds"),
        )
        said = " or ".join(f"${{{name}}} = '{xml_name(one)}'" for one in _SAID)
        if aspect.of_scheme:
            yield Field(
                "select_multiple",
                f"{name}__of",
                f"Which of these? {aspect.question}",
                "Tick none if it is so of all, or if you do not know.",
                self._scheme(aspect.of_scheme),
                relevant=said,
                means=Meaning("answer", aspect.key, slot="of"),
            )
        if not aspect.of_programme:
            yield from self._of_whom(aspect, name, said, answers)

    def _of_whom(self, aspect: Aspect, name: str, said: str, answers: str) -> Iterator[Field]:
        """For which groups an answer is, and the answer for the others."""
        yield Field(
            "select_multiple",
            f"{name}__for",
            f"For whom? {aspect.question}",
            self._who(),
            self._list(
                "groups", [(f"g{one}", f"Group {one}") for one in range(1, MOST_GROUPS + 1)]
            ),
            relevant=f"({said}) and ${{{_GROUP_COUNT}}} > 1",
            means=Meaning("answer", aspect.key, slot="for"),
            more={"choice_filter": f"number <= ${{{_GROUP_COUNT}}}"},
        )
        yield Field(
            "select_one",
            f"{name}__{OTHERS}",
            f"And for the other groups? {aspect.question}",
            "Leave it out if you do not know.",
            answers,
            relevant=f"count-selected(${{{name}__for}}) > 0 and "
            f"count-selected(${{{name}__for}}) < ${{{_GROUP_COUNT}}}",
            means=Meaning("answer", aspect.key, slot=OTHERS),
        )

    def _who(self) -> str:
        names = "; ".join(f"{one}: ${{g{one}_name}}" for one in range(1, MOST_GROUPS + 1))
        return f"Tick none if it is so for all. {names}"

    def _concerns(self, question: str) -> str:
        """When a question may be about somebody; blank if it always may."""
        of_group = self.relevance.of_group.get(question, frozenset())
        of_programme = self.relevance.of_programme.get(question, frozenset())
        reached = [f"${{{self._reach(of_group)}}} = 1"] if of_group else []
        out = [test for one in _ordered(of_programme) if (test := self._programme_out(one))]
        return " and ".join([*reached, *(f"not({test})" for test in out)])

    def _reach(self, exclusions: frozenset[Exclusion]) -> str:
        """The field that says whether some group is not taken out: 1 or 0."""
        if exclusions not in self.reach:
            name = f"{REACH}_{len(self.reach) + 1}"
            self.reach[exclusions] = name
            groups = []
            for number in range(1, MOST_GROUPS + 1):
                out = " or ".join(
                    f"({test})"
                    for one in _ordered(exclusions)
                    if (test := self._group_out(one, number))
                )
                there = f"{self._exists(number)} and " if number > 1 else ""
                groups.append(f"({there}not({out or 'false()'}))")
            calculation = f"if({' or '.join(groups)}, 1, 0)"
            self.calculated.append(Field("calculate", name, more={"calculation": calculation}))
        return self.reach[exclusions]

    def _group_out(self, one: Exclusion, number: int) -> str:
        dimension = self.of_groups.get(one.dimension)
        if dimension is None:
            return ""
        test = self._among(f"g{number}_{xml_name(one.dimension)}", dimension, one.words)
        return f"${{g{number}_{COMPLETE}}} = 'yes' and ({test})" if one.complete else test

    def _programme_out(self, one: Exclusion) -> str:
        dimension = self._asked(programme=True).get(one.dimension)
        if dimension is None:
            return ""
        return self._among(f"p_{xml_name(one.dimension)}", dimension, one.words)

    def _among(self, name: str, dimension: Dimension, words: frozenset[str]) -> str:
        """Whether no word is chosen but these; the empty word stands for no choice at all."""
        keys = [key for key, _ in self.lists[self._dimension_list(dimension)]]
        others = [
            f"not(selected(${{{name}}}, '{xml_name(key)}'))" for key in keys if key not in words
        ]
        filled = [] if "" in words else [f"${{{name}}} != ''"]
        return " and ".join([*filled, *others]) or "true()"

    # choices

    def _asked(self, *, programme: bool) -> dict[str, Dimension]:
        """The dimensions that a form asks, and does not ask in other words among the answers."""
        return {
            key: dimension
            for key, dimension in self.vocabulary.dimensions_of(programme=programme).items()
            if dimension.asked_as is None
        }

    def _dimension(
        self, dimension: Dimension, prefix: str, means: Meaning, facts: Mapping[str, Words]
    ) -> Field:
        number = f"Group {means.group}: " if means.group else ""
        words = [key for key, _ in self.lists[self._dimension_list(dimension)]]
        return Field(
            "select_one" if "yes" in words else "select_multiple",
            f"{prefix}_{xml_name(dimension.key)}",
            f"{number}{dimension.question}",
            f"Why: {dimension.why}",
            self._dimension_list(dimension),
            means=means,
            more=self._default(dimension.key, facts, {}),
        )

    def _dimension_list(self, dimension: Dimension) -> str:
        offered = [(key, label) for key, label, _ in choices(self.vocabulary, dimension.key)]
        if offered and offered[0][0] in ("yes", "no"):
            words = [
                *sorted(offered, key=lambda one: one[0] == "some"),
                ("dont-know", "don't know"),
            ]
            kept = [one for one in words if one[0] != "some" or not dimension.of_programme]
            return self._list("yes_no_some" if not dimension.of_programme else "yes_no_dk", kept)
        return self._list(xml_name(dimension.scheme), offered)

    def _in_order(self) -> list[Choice]:
        labels = {one.key: one.label for one in self.vocabulary.concepts_in("answer")}
        return [(key, labels[key]) for key in _ANSWERS if key in labels]

    def _scheme(self, scheme: str) -> str:
        found = concept_choices(self.vocabulary.concepts_in(scheme))
        return self._list(xml_name(scheme), [(key, label) for key, label, _ in found])

    def _list(self, name: str, offered: Iterable[Choice]) -> str:
        self.lists.setdefault(name, tuple(offered))
        return name

    def _default(
        self, key: str, facts: Mapping[str, Words], empty: Mapping[str, Words]
    ) -> dict[str, str]:
        words = facts.get(key, ())
        if not words or words == empty.get(key):
            return {}
        free = key in ("title", "programme", "answered-on")
        return {"default": words[0] if free else " ".join(map(xml_name, words))}


def _constraint(constraint: str, message: str) -> dict[str, str]:
    return {"constraint": constraint, "constraint_message": message}


def _ordered(exclusions: frozenset[Exclusion]) -> list[Exclusion]:
    return sorted(exclusions, key=lambda one: (one.dimension, one.complete, sorted(one.words)))
