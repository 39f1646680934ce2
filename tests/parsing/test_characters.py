"""Characters of what people hand in: folded where harmless, kept where a script needs them, else
named.
"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrge_kg.parsing.characters import Folded, fold_spaces, fold_title, fold_word, named
from hrge_kg.parsing.files import clean_title, title_problem

ODD = "".join(
    map(chr, [*range(0x2000, 0x2070), 0xA0, 0xAD, 0x301, 0x61C, 0x180E, 0xFE0F, 0xFEFF, 0x3000, 10])
)
TEXT = st.text(st.one_of(st.sampled_from(ODD + "e aאبកက字–"), st.characters()), max_size=8)


@pytest.mark.parametrize(
    "title",
    [
        "ជន\u200bរងគ្រោះ",  # Khmer: a line may break here
        "ผู้\u200bหญิง",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian
        "क\u094d\u200dष",
        "مأوى\u200f (NGO)\u200e",
        "Family \U0001f469\u200d\U0001f467",
        "“Safe – house”, the women’s",
        "✈\ufe0f",
    ],
)
def test_a_title_keeps_what_its_script_needs(title: str) -> None:
    assert fold_title(title) == Folded(title)
    assert clean_title(title) == title


@pytest.mark.parametrize(
    ("written", "title", "code"),
    [
        ("Frauen\u00adhaus", "Frauenhaus", "U+00AD (soft hyphen) is left out"),
        ("Safe\u200b house", "Safe house", "U+200B"),
        ("Safe\u200d house", "Safe house", "U+200D"),
        ("Safe\u200e house", "Safe house", "U+200E"),
        ("\u202aSafe house\u202c", "Safe house", "U+202A (left-to-right embedding) is left out"),
        ("Foyer\u202f: accueil", "Foyer : accueil", "U+202F"),
        ("Safe\r\nhouse", "Safe house", "U+000A (line break) is read as a space"),
        ("Se\u0301jour", "Séjour", "NFC"),
        ("\ufeffSafe", "Safe", "U+FEFF"),
    ],
)
def test_what_a_title_does_not_need_is_folded_and_told(written: str, title: str, code: str) -> None:
    folded = fold_title(written)
    assert folded.text == title
    assert any(code in told for told in folded.changes)


@pytest.mark.parametrize(
    ("letter", "name"),
    [
        ("\u202e", "U+202E (right-to-left override)"),
        ("\x07", "U+0007 (a control character)"),
        ("\ud800", "U+D800 (half a character)"),
        ("\ue000", "U+E000 (of private use)"),
        ("\ufff9", "U+FFF9 (interlinear annotation anchor)"),
    ],
)
def test_what_does_not_print_is_named(letter: str, name: str) -> None:
    assert named(letter) == name
    for fold in (fold_word, fold_title):
        assert fold(f"a{letter}").odd == letter
    problem = title_problem(f"a{letter}")
    assert problem is not None
    assert name in problem[0]


def test_quotation_marks_and_dashes_are_folded_only_in_words() -> None:
    assert fold_word("“child’s–play”").text == "child's-play"
    assert fold_title("“child’s–play”").changes == ()


@given(TEXT)
def test_what_was_folded_is_folded(text: str) -> None:
    for fold in (fold_word, fold_title):
        folded = fold(text)
        if folded.odd is None:
            again = fold(folded.text)
            assert (again.text.strip(), again.odd) == (folded.text.strip(), None)
            assert unicodedata.is_normalized("NFC", folded.text)


@given(TEXT)
def test_no_change_is_silent(text: str) -> None:
    """But white space at the ends of a title, several spaces, and apostrophes of words."""
    title = fold_title(text)
    if title.odd is None and not title.changes:
        assert title.text == " ".join(text.split())
    word = fold_word(text)
    if word.odd is None and not word.changes:
        assert len(word.text) == len(text)
        assert all(a == b or b == "'" for a, b in zip(text, word.text, strict=True))


@given(TEXT)
def test_spaces_are_folded_letter_for_letter(text: str) -> None:
    folded, changes = fold_spaces(text)
    assert len(folded) == len(text)
    assert len(changes) == sum(a != b for a, b in zip(text, folded, strict=True))
    assert folded.count("\n") == text.count("\n")
