"""A language: texts as a whole, with holes, in parts; what it lacks stays English and is marked."""

from __future__ import annotations

import pytest

from hrge_kg.languages.language import ENGLISH, Language, holes
from hrge_kg.markup.isolates import english, named, unmarked

FRENCH = Language(
    "fr",
    {
        "yes": "oui",
        "HIV test": "test du VIH",
        "three": "trois",
        ": ": " : ",
        "A test is compulsory": "Un test est obligatoire",
        "ground": "motif",
        "no space": "pas de place",
        "Have a person look at it.": "Faites-le examiner.",
        "{number} concerns": "{number} préoccupations",
        "one concern": "une préoccupation",
        "No, by {words}": "Non, selon : {words}",
        "{names}: {words}": "{names} : {words}",
        "answer {figure}": "réponse {figure}",
        "Kept in {name}.": "Gardé dans {name}.",
        "“{quote}” (page {figure})": "“{quote}” (page {figure})",
        "{number} of {number2}": "{number} sur {number2}",
    },
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("yes", "oui"),
        ("Yes", "Oui"),
        (" yes ", " oui "),
        ("Three concerns", "Trois préoccupations"),
        ("12 concerns", "12 préoccupations"),
        ("One concern", "Une préoccupation"),
        ("Three of 16", "Trois sur 16"),
        ("answer 1", "réponse 1"),
        ("A test is compulsory: HIV test", "Un test est obligatoire : test du VIH"),
        ("12", "12"),
        ("▲", "▲"),
    ],
)
def test_what_a_language_has_is_said_in_it(text: str, said: str) -> None:
    assert FRENCH.say(text) == said


@pytest.mark.parametrize("text", ["no", "1 concerns", "no concerns", "YES", "yes, and more"])
def test_what_a_language_lacks_stays_english_and_is_marked(text: str) -> None:
    assert FRENCH.say(text) == english(text)
    assert FRENCH.say_plain(text) == text


def test_what_stands_in_a_hole_is_translated_as_far_as_the_language_goes() -> None:
    assert FRENCH.say("No, by HIV test") == "Non, selon : test du VIH"
    assert FRENCH.say("No, by law") == f"Non, selon : {english('law')}"


def test_names_of_a_description_stay_also_where_the_language_has_the_word() -> None:
    names = {"yes", "girls"}
    assert FRENCH.say("yes", names) == named("yes")
    assert FRENCH.say("Yes", names) == named("Yes")
    assert (
        FRENCH.say("Girls, yes: yes", names) == f"{named('Girls')}, {named('yes')} : {named('yes')}"
    )
    assert FRENCH.say("Girls: HIV test", names) == f"{named('Girls')} : test du VIH"
    assert FRENCH.say("Women: HIV test", names) == english("Women: HIV test")
    assert FRENCH.say("Kept in yes.") == f"Gardé dans {named('yes')}."


def test_words_of_the_source_stay_also_where_the_language_has_them() -> None:
    assert FRENCH.say("“HIV test” (page 4)") == f"“{english('HIV test')}” (page 4)"
    assert FRENCH.say("“HIV test”") == english("“HIV test”")


def test_a_list_is_translated_only_as_a_whole_and_sentences_one_by_one() -> None:
    assert unmarked(FRENCH.say("ground: no space")) == "motif : pas de place"
    assert FRENCH.say("ground: no money") == english("ground: no money")
    said = FRENCH.say("Offer tests. Have a person look at it.")
    assert said == f"{english('Offer tests.')} Faites-le examiner."


def test_english_is_left_as_it_is() -> None:
    assert ENGLISH.say("whatever") == "whatever"
    assert ENGLISH.is_english and not FRENCH.is_english


def test_a_long_text_of_a_person_is_looked_up_in_no_time() -> None:
    text = "answer, ground: no " * 2_000
    assert unmarked(FRENCH.say(text)) == text


def test_holes_are_told_apart() -> None:
    assert holes("{words} Open for: {words2}. {other}") == ["words", "words2"]
