"""Hears all that pages, reports and the terminal ask a language for.

`python heard.py` prints what no entry of data/languages/en.ttl covers yet, most frequent first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.form.content import content_of
from hrge_kg.form.form_names import with_form_names
from hrge_kg.form.readers import read_file, read_one
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.form.writers.yaml_writer import to_yaml
from hrge_kg.interview.engine import Interview
from hrge_kg.interview.first_screen import first_screen
from hrge_kg.interview.offline_page import offline_page
from hrge_kg.interview.questions import of_aspect, of_dimension
from hrge_kg.interview.screens import Screen, Turn
from hrge_kg.interview.terminal import Terminal
from hrge_kg.interview.ticks import ticked, titled
from hrge_kg.interview.turns import take_turn
from hrge_kg.languages.documents import translated
from hrge_kg.languages.language import Language, _pattern, holes
from hrge_kg.parsing.files import HeldFile
from hrge_kg.report.compose import compose
from hrge_kg.report.formats import names_of
from hrge_kg.resources import root
from hrge_kg.server.describe_page import DescribePage
from hrge_kg.server.refusals import Refusal
from hrge_kg.server.settings import Settings
from hrge_kg.site import Pages

EXAMPLES = sorted((root() / "data" / "programmes").glob("*.yaml"))
SCRIPT = root() / "hrge_kg" / "interview" / "offline" / "page.js"
FEW = (
    b"programme: a\ntitle: A\n",
    b"programme: a\ntitle: A\nactivity: shelter-activity\n"
    b"groups: {women: {status: smuggled-migrant}}\n"
    b"answers: {turned-away: {holds: yes}, protected-from-harm: no}\n",
)
ASKED = 45
"""How many questions of one interview are looked at."""


@dataclass(frozen=True)
class Listener(Language):
    """A language that notes what it is asked for; its own texts are those of `texts`."""

    heard: Counter[str] = field(default_factory=Counter)

    def _found(self, text: str, names: Collection[str]) -> str | None:
        if text not in names:
            self.heard[text] += 1
        return super()._found(text, names)

    def has_heard(self, text: str) -> bool:
        """Whether a text was asked for, as it is, with a capital, or with its holes filled."""
        if text in self.heard or text[:1].upper() + text[1:] in self.heard:
            return True
        if not holes(text):
            return False
        expression = _pattern(text, text).expression
        return any(map(expression.fullmatch, self.heard))


def listen(assessor: Assessor, graph: ox.Store, listener: Listener) -> None:
    """Have everything said to a listener."""
    few = [read_file(HeldFile("few.yaml", text), assessor.vocabulary, log=False)[0] for text in FEW]
    every = [read_one(path, assessor.vocabulary) for path in EXAMPLES]
    for description in (*every, *few):
        assessment = assessor.assess(description)
        for annex in (False, True):
            translated(compose(assessment, annex=annex), listener, names_of(assessment))
    for page in pages(assessor, graph, listener):
        assert page
    talk(assessor, listener)
    fill_in(assessor.vocabulary, listener)


def pages(assessor: Assessor, graph: ox.Store, language: Language) -> Iterator[str]:
    """The screens of the interview: at the start, as it goes on, and where something is wrong."""
    nobody = cast("Any", None)
    shown = DescribePage(nobody, graph, frame(graph), Settings())
    for screen in screens(assessor):
        yield bytes(shown._page(screen, language).body).decode()
    first = first_screen(assessor.vocabulary)
    refused = shown._page(first, language, Refusal(400, "No file was sent."))
    yield bytes(refused.body).decode()


@lru_cache(maxsize=1)
def frame(graph: ox.Store) -> Pages:
    """The pages in whose frame the screens are, as a server has them."""
    more = {"Describe a programme": "describe", "Assess": "assess", "Ask in SPARQL": "sparql"}
    return Pages(graph, more=more)


@lru_cache(maxsize=1)
def screens(assessor: Assessor) -> tuple[Screen, ...]:
    """The same, before they are written in a language."""
    vocabulary = assessor.vocabulary
    path = root() / "data" / "programmes" / "closed-shelter.yaml"
    content = content_of(with_form_names(read_one(path, vocabulary))[0], vocabulary)
    whole = HeldFile("form.yaml", to_yaml(content).encode())
    answered = content.answers[0][0]
    turns = [
        Turn(("start",)),
        Turn(("begin",)),
        Turn(("begin",), said={"title": ("A house",)}),
        Turn(("next",), HeldFile("form.yaml", b"programme: a\ntitle: A\n")),
        Turn(("check",), HeldFile("form.yaml", b"programme: a\ntitle: A\n")),
        Turn(("start",), whole, reviewing=True),
        Turn(("people",), whole, reviewing=True),
        Turn(("next",), whole),
        Turn(("people", "women"), whole),
        Turn(("people",), whole),
        Turn(("tell-people", "women"), whole, said={"split": ("sex",)}),
        Turn(("change", answered, "0"), whole),
        Turn(("change", answered, "0"), whole, reviewing=True),
        Turn(("answer",), whole, place=(answered, "")),
        Turn(("check",), whole),
        Turn(("check",), whole, trail=(("medical-needs-attended-to", "women, men"),)),
        Turn(("remove-group", "men"), whole),
    ]
    interview = Interview(assessor, content, "form")
    for _ in range(ASKED):
        asked = interview.ask()
        if asked is None:
            break
        which = asked.group or ("none" if asked.key in vocabulary.aspects else "")
        turns.append(Turn(("change", asked.key, which), whole))
        interview.put_off(asked)
    return tuple(take_turn(assessor, turn) for turn in turns)


def talk(assessor: Assessor, language: Language) -> list[str]:
    """What a terminal says, in which somebody asks for everything once."""
    first = ["Mine", "zzz", "19, 20", "9", "1", "w", "zzz", "c", "b", *["s"] * 9, "c", "1, 2", "w"]
    lines = iter([*first, *["1", "zzz", "b"] * 2, *["1", "zzz", ""] * 9])
    said: list[str] = []

    def hear() -> str | None:
        return next(lines, None)

    terminal = Terminal(said.append, hear, lambda _: None, language)
    terminal.begin()
    content = titled(Path("mine.yaml"), said.append, hear, language)
    told = ticked(content, assessor.vocabulary, said.append, hear, language)
    assert told
    interview = Interview(assessor, told, "mine.yaml")
    terminal.interview(interview)
    return said


def fill_in(vocabulary: Vocabulary, language: Language) -> None:
    """The page without a network: what its script says, and all questions and choices."""
    assert offline_page(vocabulary, language=language)
    for text in re.findall(
        r'(?:worded\(|told = .*\? |: |, |fieldset\()"([^"]+)"', SCRIPT.read_text()
    ):
        language.say(text)
    asked = [of_dimension(vocabulary, one, "") for one in vocabulary.dimensions.values()]
    asked += [of_aspect(vocabulary, one, ()) for one in vocabulary.aspects.values()]
    for one in asked:
        for text in (one.text, one.hint, one.why):
            language.say(text)
        for choice in (*one.choices, *one.things):
            language.say(choice.label)
            language.say(choice.meaning)


def _print() -> None:
    from hrge_kg.graph.store import open_graph
    from hrge_kg.languages.catalogue import english_texts

    graph = open_graph()
    assessor = Assessor(graph)
    known = english_texts()
    listener = Listener("xx", {text: text for text in known})
    listen(assessor, graph, listener)
    for text, count in sorted(listener.heard.items(), key=lambda pair: -pair[1]):
        if "\u2066" in listener.say(text):
            print(f"{count:>5}  {text}")


if __name__ == "__main__":
    _print()
