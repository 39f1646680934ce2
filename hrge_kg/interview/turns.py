"""An interview without a memory: each turn brings the form so far, and takes it along again.

So who conducts it keeps nothing between two turns. A turn is what somebody did on a screen; what
comes of it is the next screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from ..assessment.assessor import Assessor
from ..errors import InputError
from ..form.content import DEFAULTS, EMPTY, FormContent
from ..form.readers import read_file
from ..form.vocabulary import Vocabulary
from ..form.writers.yaml_writer import to_yaml
from ..parsing.files import HeldFile
from .answers import answers_to, with_answer, with_fact, without_answer
from .engine import Interview
from .filled import (
    WORD,
    Said,
    defaults_of,
    defaults_said,
    groups_said,
    more_of,
    notes_on,
    slots_said,
    title_said,
    words_said,
)
from .first_screen import activities
from .live import live
from .model import Ask
from .people import (
    EVERYBODY,
    can_be_closed,
    is_closed,
    of_those_there,
    people_asks,
    split,
    ticked_places,
    with_closed,
    with_people,
    without_group,
)
from .questions import question_at
from .review import Told, count, left_open, told_answers
from .screens import Check, People, Place, Question, Screen, Start, Turn
from .start import opened, short_name

MOST_PLACES = 2_000
_FILE = "the description"


def take_turn(assessor: Assessor, turn: Turn) -> Screen:
    """The next screen. Raises InputError where the form that the turn brings cannot be used."""
    return _Turn(assessor, turn).screen()


class _Turn:
    """One turn, on the way to its screen."""

    def __init__(self, assessor: Assessor, turn: Turn) -> None:
        self.assessor = assessor
        self.vocabulary: Vocabulary = assessor.vocabulary
        self.turn = turn
        self.content = _content(turn.form, self.vocabulary)
        self.trail = _known(turn.trail, self.vocabulary)
        self.reviewing = turn.reviewing
        self.notes: tuple[str, ...] = ()
        self.step = len(self.trail) if turn.step is None else turn.step
        self.step = max(0, min(self.step, len(self.trail)))

    def screen(self) -> Screen:
        """What comes of the turn."""
        verb, *of = self.turn.act or ("start",)
        acts: Mapping[str, tuple[Callable[..., Screen], int]] = {
            "start": (self.start, 0),
            "begin": (self.begin, 0),
            "people": (self.people, 1),
            "tell-people": (self.tell_people, 1),
            "next": (self.next, 0),
            "answer": (self.answer, 0),
            "another": (self.another, 0),
            "skip": (self.skip, 0),
            "back": (self.back, 0),
            "check": (self.check, 0),
            "change": (self.change, 2),
            "remove": (self.remove, 2),
            "remove-group": (self.remove_group, 1),
        }
        act, most = acts.get(verb, (self.start, 0))
        return act(*of[:most])

    # before the questions

    def start(self, problem: str = "") -> Screen:
        asked, head = activities(self.vocabulary), self.content.head
        filled = {key: head.get(key, ()) for key in ("title", *(one.key for one in asked))}
        filled |= self.content.defaults
        if problem:
            filled = {**self.turn.said}
        # Later it changes what answers say, so it is opened on purpose, from the check page.
        is_shown = self.reviewing or not self.content.answers
        more = defaults_of(self.vocabulary) if is_shown else ()
        return self._shown(Start(asked, filled, more), problem=problem)

    def begin(self) -> Screen:
        """Take the title and what the programme does."""
        content, said = self.content, self.turn.said
        try:
            title = title_said(said)
            content = replace(content, head={**content.head, "title": (title,)})
            if self.turn.form is None:
                name = short_name(title) or EMPTY.head["programme"][0]
                content = replace(content, head={**content.head, "programme": (name,)})
            for asked in activities(self.vocabulary):
                words = words_said(asked, {WORD: said.get(asked.key) or ("open",)})
                content = with_fact(content, asked.key, "", words)
            changes = self.reviewing or not content.answers
            if changes and any(name in said for name in DEFAULTS):
                content = replace(content, defaults=defaults_said(said, self.vocabulary))
                self.notes = notes_on(said, content.defaults)
        except InputError as error:
            return self.start(_told(error))
        self.content = content
        if self.reviewing:
            return self.check()
        return self.people(next(iter(content.groups)))

    def people(self, group: str = "", problem: str = "") -> Screen:
        """Show who the people of a group are; a group without a name is a new one."""
        if group and group not in self.content.groups:
            return self.check()
        asked = people_asks(self.vocabulary, group)
        facts = self.content.groups.get(group, {})
        filled = {one.key: facts.get(one.key, ()) for one in asked}
        closable = frozenset(one.key for one in asked if can_be_closed(self.vocabulary, one.key))
        if problem:
            filled = {**self.turn.said}
        elif group:
            closed = (one for one in closable if self._is_closed(group, one))
            filled["closed"] = tuple(closed)
        is_named = any(group in slots.get("for", ()) for _, slots in self.content.answers)
        labels = ((one.key, self.vocabulary.dimensions[one.key].label) for one in asked)
        apart = tuple(labels) if group and not is_named else ()
        shown = People(group, asked, filled, closable, not group, apart)
        return self._shown(shown, problem=problem)

    def tell_people(self, group: str = "") -> Screen:
        """Take who the people of a group are."""
        said, content = self.turn.said, self.content
        try:
            if group not in content.groups:
                group = short_name(" ".join(said.get("name", ())))
                if not group or group in content.groups:
                    problem = "the group has no name of its own"
                    raise InputError(_FILE, problem, "Give it a short name, as in: women.")
                content = of_those_there(content, self.vocabulary)
            asked = people_asks(self.vocabulary, group)
            ticked = {
                one.key: words_said(one, {WORD: said[one.key]})
                for one in asked
                if said.get(one.key)
            }
            closed = said.get("closed", ())
            if any(not ticked.get(key) for key in closed):
                problem = "nobody else is ticked, and nobody is named"
                raise InputError(_FILE, problem, "Tick who is there as well.")
            content = with_people(content, self.vocabulary, group, ticked, closed)
            for key in filter(None, said.get("split", ())):
                if len(ticked.get(key, ())) < 2:
                    problem = "each kind that is ticked becomes a group, and fewer than two are"
                    raise InputError(_FILE, problem, "Tick them, or say that all are alike.")
                content = split(content, self.vocabulary, group, key)
            self._assessed(content)
        except InputError as error:
            return self.people(group if group in self.content.groups else "", _told(error))
        return self.check() if self.reviewing else self.next()

    # questions

    def next(self) -> Screen:
        """Show the question that settles most; where none is left, all answers."""
        asked = self.interview.ask()
        if asked is None:
            return self.check()
        self.reviewing = False
        self.step = len(self.trail)
        return self._question(asked)

    def answer(self) -> Screen:
        """Take an answer, and go on."""
        return self._take() or (self.check() if self.reviewing else self.next())

    def another(self) -> Screen:
        """Take an answer, and ask the same once more."""
        asked = self._asked()
        return self._take() or self._question(asked, step=self.step)

    def skip(self) -> Screen:
        """Leave a question as it is."""
        if self.reviewing:
            return self.check()
        if self.step == len(self.trail):
            self._pass(self._asked().place)
        return self.next()

    def back(self) -> Screen:
        """Show the question before, with its answer; before the first, who the people are."""
        if self.reviewing:
            return self.check()
        while self.step > 0:
            self.step -= 1
            asked = question_at(self.vocabulary, self.content, *self.trail[self.step])
            if asked is not None:  # the others are about groups that are no longer there
                # The last answer is shown as chosen, so that another takes its place.
                given = answers_to(self.content, asked.key)
                number = len(given) - 1 if given else None
                return self._question(asked, number=number, step=self.step)
        return self.people(next(iter(self.content.groups)))

    def change(self, key: str = "", which: str = "") -> Screen:
        """Show a question again: `which` answer to it, or of which group."""
        aspect = key in self.vocabulary.aspects
        asked = question_at(self.vocabulary, self.content, key, "" if aspect else which)
        if asked is None:
            return self.check()
        number = _number(which) if aspect else None
        return self._question(asked, number=number, step=self.step)

    def remove(self, key: str = "", which: str = "") -> Screen:
        """Take an answer back: `which` to the question, or of which group."""
        if key in self.vocabulary.aspects:
            content = without_answer(self.content, key, _number(which))
        elif which and which not in self.content.groups:
            content = self.content
        else:
            content = with_fact(self.content, key, which, ())
        self._assessed(content)
        if self.reviewing:
            return self.check()
        asked = question_at(self.vocabulary, content, key, self.turn.place[1])
        return self._question(asked, step=self.step) if asked else self.next()

    def remove_group(self, group: str = "") -> Screen:
        """Take a group away, and what is answered of it alone; the last one stays."""
        if len(self.content.groups) > 1:
            self._assessed(without_group(self.content, group))
        return self.check()

    def check(self) -> Screen:
        """Show all answers."""
        parts = self.interview.review()
        self.reviewing = True
        left = left_open(self.content, self.trail, self.vocabulary)
        shown = Check(parts, self.interview.ask() is not None, left)
        return self._shown(shown, with_live=True)

    # what they share

    @property
    def interview(self) -> Interview:
        """The interview as it stands; the form is assessed when it is first asked for."""
        if self._interview is None:
            self._assessed(self.content)
        assert self._interview
        return self._interview

    _interview: Interview | None = None

    def _assessed(self, content: FormContent) -> _Turn:
        """Go on with a form. Raises InputError where it contradicts itself."""
        self._interview = Interview(self.assessor, content, _FILE, self._passed(content))
        self.content = content
        return self

    def _passed(self, content: FormContent) -> list[Place]:
        """What is not asked: what was answered or put off, and what the ticks said of people."""
        return [*self.trail, *ticked_places(content, self.vocabulary)]

    def _take(self) -> Screen | None:
        """Take the answer to the question that was shown; the question again where it cannot be."""
        asked, said = self._asked(), self.turn.said
        number = self.turn.number
        try:
            if asked.key in self.vocabulary.aspects:
                slots = slots_said(asked, said, self.content, self.vocabulary)
                if not slots.get("for") and number is None:
                    slots["for"] = asked.groups
                content = with_answer(self.content, asked.key, slots, number)
                self.notes = notes_on(said, slots)
            else:
                content = self._with_fact(asked, said)
            self._assessed(content)
        except InputError as error:
            return replace(
                self._question(asked, number=number, filled=said, step=self.step),
                problem=_told(error),
            )
        self._pass(asked.whom)
        return None

    def _with_fact(self, asked: Ask, said: Said) -> FormContent:
        """The form with what somebody says of a group, or of the programme."""
        key = asked.key
        closed = key in said.get("closed", ())
        words = () if closed and not said.get(WORD) else words_said(asked, said)
        if closed and said.get(WORD) and not words:
            raise InputError(_FILE, "“I do not know” stands beside an answer", "Keep one of them.")
        content = self.content
        for group in groups_said(asked, said) or (asked.group,):
            content = with_fact(content, key, group, words)
            if self._closable(key):
                content = with_closed(content, self.vocabulary, group, key, closed=closed)
        return content

    def _closable(self, key: str) -> bool:
        return key in self.vocabulary.dimensions and can_be_closed(self.vocabulary, key)

    def _pass(self, place: Place) -> None:
        """Note that the question that was shown is answered or put off."""
        if not self.reviewing or place not in self.trail:
            self.trail = (*self.trail[: self.step], place, *self.trail[self.step + 1 :])
        if self._interview is not None:
            self._interview.leave_out(self._passed(self.content))

    def _asked(self) -> Ask:
        """The question that was shown. Raises InputError where there is no such question."""
        asked = question_at(self.vocabulary, self.content, *self.turn.place)
        if asked is None:
            raise InputError(_FILE, "there is no such question", "Begin anew.")
        return asked

    def _question(
        self,
        asked: Ask,
        *,
        number: int | None = None,
        filled: Said | None = None,
        step: int | None = None,
    ) -> Screen:
        told: tuple[Told, ...] = ()
        if asked.key in self.vocabulary.aspects:
            given = answers_to(self.content, asked.key)
            told = tuple(told_answers(asked.key, given, self.vocabulary))
            if number is not None and number < len(given) and filled is None:
                filled = given[number]
        elif filled is None:
            filled = self._fact_said(asked)
        more = more_of(asked, self.vocabulary) if asked.key in self.vocabulary.aspects else ()
        closable = self._closable(asked.key)
        shown = Question(asked, told, more, filled or {}, number, closable)
        screen = self._shown(shown, with_live=True)
        return screen if step is None else replace(screen, step=step)

    def _fact_said(self, asked: Ask) -> Said:
        """What is said already; of several groups, where it is the same of all."""
        groups = asked.groups or (asked.group,)
        every = [self.content.groups[group] if group else self.content.head for group in groups]
        said = {facts.get(asked.key, ()) for facts in every}
        filled = {WORD: said.pop() if len(said) == 1 else ()}
        if self._closable(asked.key) and all(self._is_closed(one, asked.key) for one in groups):
            filled["closed"] = (asked.key,)
        return filled

    def _shown(
        self,
        shown: Question | People | Start | Check,
        *,
        problem: str = "",
        with_live: bool = False,
    ) -> Screen:
        return Screen(
            shown,
            to_yaml(self.content) if self.content.head["title"] else "",
            self.trail,
            self.step,
            self.reviewing,
            "".join(self.content.head.get("title", ())),
            problem,
            live=live(self.interview.assessment) if with_live else None,
            answered=count(self.content, self.vocabulary),
            open=self.interview.open_questions() if with_live else 0,
            groups=len(self.content.groups),
            notes=() if problem else self.notes,
            names=(
                *self.content.head.get("title", ()),
                *(name.replace("-", " ") for name in self.content.groups),
            ),
        )

    def _is_closed(self, group: str, key: str) -> bool:
        return is_closed(self.content, self.vocabulary, group, key)


def _content(form: HeldFile | None, vocabulary: Vocabulary) -> FormContent:
    """The form so far. Raises InputError where the file cannot be read, or is not of one programme.

    A form without groups has one for everybody.
    """
    if form is None:
        head = {**EMPTY.head, "title": ()}
        return FormContent(head, EMPTY.defaults, {EVERYBODY: {}}, ())
    descriptions = read_file(form, vocabulary, log=False)
    if len(descriptions) != 1:
        problem = f"the file describes {len(descriptions)} programmes"
        raise InputError(form.name, problem, "Choose a file that describes one.")
    content = opened(descriptions[0], vocabulary)
    return content if content.groups else replace(content, groups={EVERYBODY: {}})


def _known(trail: tuple[Place, ...], vocabulary: Vocabulary) -> tuple[Place, ...]:
    keys = {*vocabulary.aspects, *vocabulary.dimensions, "only"}
    return tuple(place for place in trail[:MOST_PLACES] if place[0] in keys)


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,4}", text) else None


def _told(error: InputError) -> str:
    problem = error.problem.rstrip(".")
    return f"{problem[:1].upper()}{problem[1:]}. {error.remedy}".rstrip()
