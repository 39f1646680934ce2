"""The files of data/languages/: what each has to say, and that all of it is still said."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from heard import Listener, listen
from paths import FIXTURES

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.errors import InputError
from hrge_kg.graph.sources import graph_name, load_turtle
from hrge_kg.languages.catalogue import (
    english_texts,
    find_language,
    languages,
    pairs,
    read_language,
    tags,
)
from hrge_kg.languages.language import holes
from hrge_kg.resources import LANGUAGES, root

TRANSLATED = tags()[1:]
NUMBERS = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
BETWEEN = {": ", "; ", ", "}
SELDOM = {
    "(own rules and practice, line {figure}).",
    "Act now: {number} answers",
    "An answer to this one bears on one norm.",
    "An answer to this one bears on {number} norms.",
    "And one more.",
    "And {number} more: see the report.",
    "For a person to review, because of what is stated: one",
    "Go on:",
    "Immediate medical needs are not attended to on the spot",
    "It can be about nobody in the groups described.",
    "Kept in {name}: 1 answer.",
    "Kept in {name}: {figure} answers.",
    "No norm finds a concern in what is stated. That says nothing of what is not stated, and some "
    "answers are adverse: see below.",
    "No question is left that would settle a norm.",
    "No questions are open; those that settle most come first.",
    "No service has been cut or stopped because of a crisis",
    "Nobody is there of a kind that is not named.",
    "Nothing is stated of no norms. Silence is never a pass.",
    "Nothing is stated of one norm. Silence is never a pass.",
    "One answer for a person to review",
    "One concern",
    "One norm met as stated",
    "One norm that is not a matter of a programme.",
    "One norm turns on this: {words} It is not asked here: a stated fact speaks against it "
    "({words2}).",
    "One norm, for some group or for all; that is neither good nor bad",
    "One question answered.",
    "One question answered. Blank means not stated: neither good nor bad.",
    "One question is open; those that settle most come first.",
    "People are not taken out of danger",
    "People have to meet a condition to get or keep care",
    "Read the report:",
    "The programme itself:",
    "The rules on leaving, and their effects, do not differ by sex, age or nationality",
    "There is no other question now.",
    "What is found",
    "What is stated",
    "Who or what is not there?",
    "You can stop here: check your answers, and read the report.",
    "own rules and practice, line {figure}",
    "said of some people of the group itself",
    "the sentence names nobody.",
    "way in",
    "yes, that is all",
    "{number} answers for a person to review",
    "{number} norms met as stated",
    "{words}; on one topic nothing is stated",
}
"""Texts to which the examples do not come."""
JUDGES = {
    "fr": r"viol(?!ence)|illég|conformité|respect|enfrein\w* la norme|non conforme",
    "es": r"viola|ilegal|cumpl|respet|conformidad",
}
"""Words that say more than ours: concern, review, stated, met as stated. (CONTRIBUTING.md)"""


def texts_of(tag: str) -> dict[str, str | None]:
    path = root() / LANGUAGES / f"{tag}.ttl"
    store = ox.Store()
    load_turtle(store, path, graph_name(path, root()))
    found = pairs(store, tag)
    assert len(dict(found)) == len(found), "an English text stands twice"
    return dict(found)


def test_there_are_drafts_in_two_languages() -> None:
    assert [language.name for language in languages()] == ["English", "español", "français"]


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_language_lists_all_texts_and_no_other(tag: str) -> None:
    """One that is not translated yet stands there in English alone."""
    assert set(texts_of(tag)) == set(english_texts())


@pytest.mark.parametrize("tag", TRANSLATED)
def test_no_translation_loses_a_hole_or_is_empty(tag: str) -> None:
    for english, said in texts_of(tag).items():
        if said is not None:
            assert said.strip() or english in BETWEEN
            assert holes(said) == holes(english), english
            assert said.count("“") == said.count("”") == english.count("“"), english


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_question_stays_a_question_and_a_sentence_ends(tag: str) -> None:
    for english, said in texts_of(tag).items():
        if said is not None and english[-1] in "?.:":
            assert said[-1] == english[-1], english


@pytest.mark.parametrize("tag", TRANSLATED)
def test_no_translation_judges(tag: str) -> None:
    found = {said for said in texts_of(tag).values() if said and re.search(JUDGES[tag], said, re.I)}
    assert found == set()


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_draft_says_so_in_its_language_and_in_english(tag: str) -> None:
    own, english = find_language(tag).note
    assert "nobody has reviewed the translation" in english
    assert own != english


def test_every_text_is_still_said_somewhere(assessor: Assessor, graph: ox.Store) -> None:
    """A translation of words that have changed would never be shown again."""
    known = english_texts()
    listener = Listener("xx", {text: text for text in known})
    listen(assessor, graph, listener)
    unheard = {text for text in known if not listener.has_heard(text)}
    assert unheard - NUMBERS - BETWEEN <= SELDOM
    assert set(known) >= SELDOM


def test_an_unknown_language_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(InputError, match="Use one of en, es, fr"):
        find_language("tlh")
    assert find_language("en").say("whatever") == "whatever"


ABOUT = '<> rdfs:label "Sprache"@de ; <http://www.w3.org/ns/csvw#textDirection> "ltr" '
NOTE = '; skos:editorialNote "Entwurf"@de , "Draft"@en '
PREFIXES = (FIXTURES / "languages" / "ar.ttl").read_text(encoding="utf-8").partition("\n\n<>")[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{ABOUT} .", "nobody|neither that it is not reviewed"),
        (f'{ABOUT} ; skos:editorialNote "Entwurf"@de .', "neither that it is not reviewed"),
        (f'<> rdfs:label "Sprache"@fr {NOTE} .', "the language's own name"),
        (
            f'<> rdfs:label "Sprache"@de ; <http://www.w3.org/ns/csvw#textDirection> "up" {NOTE} .',
            "how it is written",
        ),
        ("<> rdfs:label .", "this is not Turtle"),
    ],
)
def test_a_file_that_does_not_say_what_it_has_to_is_refused(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "data" / "languages" / "de.ttl"
    path.parent.mkdir(parents=True)
    path.write_text(f"{PREFIXES}\n{text}\n", encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_language(path)


def test_a_language_that_somebody_has_reviewed_needs_no_note(tmp_path: Path) -> None:
    path = tmp_path / "data" / "languages" / "de.ttl"
    path.parent.mkdir(parents=True)
    dcterms = "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
    reviewed = f'{ABOUT} ; dcterms:contributor "A. Reviewer" .\n[] rdfs:label "yes"@en , "ja"@de .'
    path.write_text(f"{PREFIXES}\n{dcterms}{reviewed}\n", encoding="utf-8")
    language = read_language(path)
    assert (language.note, language.say("Yes")) == ((), "Ja")
