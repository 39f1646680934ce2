"""A quotation is found where it stands, once, and its positions give back the raw words."""

from hashlib import sha256
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import ROOT

from hrge_kg.text.anchoring import CONTEXT, Anchor, AnchorError, QuoteFinder
from hrge_kg.text.folding import fold, fold_spans, join
from hrge_kg.text.outline import read_outline
from hrge_kg.text.segmentation import Passage

FOLDER = ROOT / "data" / "sources" / "toolkit-1.4"
TEXT = (FOLDER / "text.txt").read_bytes().decode()
QUOTES = QuoteFinder("toolkit-1.4", TEXT, read_outline(FOLDER / "outline.yaml", TEXT))
QUOTABLE = [
    one for one in QUOTES.passages if one.leaf and one.kind not in ("label", "footnote-mark")
]
# These two stand word for word in another place as well, and need what comes before them.
PREFIXES = {"heading-249": "in filling gaps.", "sentence-350": "63"}
# The position of each line, once more and by other means than the code under test.
ROWS = TEXT.split("\n")
STARTS = [sum(len(row) + 1 for row in ROWS[:n]) for n in range(len(ROWS))]


def find(passage: Passage) -> Anchor:
    return QUOTES.find(passage.text, PREFIXES.get(passage.key))


@pytest.mark.parametrize("passage", QUOTABLE, ids=lambda one: one.key)
def test_every_sentence_anchors_to_itself(passage: Passage) -> None:
    anchor = find(passage)
    assert anchor.quote == passage.text
    assert (anchor.line, anchor.page, anchor.passages) == (
        passage.line,
        passage.page,
        (passage.key,),
    )
    assert anchor.segments[0].start == passage.spans[0][0]
    assert anchor.segments[-1].end == passage.spans[-1][1]


@pytest.mark.parametrize("passage", QUOTABLE, ids=lambda one: one.key)
def test_selectors_give_back_the_raw_words(passage: Passage) -> None:
    anchor = find(passage)
    for one in anchor.segments:
        assert TEXT[one.start : one.end] == one.exact
        assert one.exact == one.exact.strip()
        assert TEXT[: one.start].endswith(one.prefix) and len(one.prefix) == min(CONTEXT, one.start)
        assert TEXT[one.end :].startswith(one.suffix) and len(one.suffix) == min(
            CONTEXT, len(TEXT) - one.end
        )
        assert STARTS[one.line - 1] <= one.start < STARTS[one.line - 1] + len(ROWS[one.line - 1])
    assert anchor.exact == "\n".join(one.exact for one in anchor.segments)
    assert anchor.sha256 == sha256(anchor.exact.encode("utf-8")).hexdigest()


def test_cut_sentence_has_two_segments() -> None:
    quote = (
        "safe accommodation, food, access to social and health services, psychological support, "
        "legal assistance and education."
    )
    anchor = QUOTES.find(quote)
    assert anchor.quote == quote
    assert [(one.line, one.page, one.exact) for one in anchor.segments] == [
        (199, 43, "safe \naccommodation, food, access to social and"),
        (204, 44, "health services, psychological support, legal \nassistance and education."),
    ]
    assert anchor.exact.endswith(
        "social and\nhealth services, psychological support, legal \nassistance and education."
    )
    assert anchor.passages == ("sentence-195",)


def test_segments_only_where_the_layout_cuts() -> None:
    cut = {one.key: len(find(one).segments) for one in QUOTABLE}
    assert {key for key, count in cut.items() if count != 1} == {
        "sentence-47", "sentence-138", "sentence-195", "sentence-344", "sentence-369",
        "sentence-391",
    }  # fmt: skip
    assert max(cut.values()) == 2


@pytest.mark.parametrize(
    ("quote", "exact"),
    [
        ("that person's rights.", "that person’s rights55."),
        ("criminal justice authorities, nor on", "criminal justice authorities58,  \nnor on"),
        ("any services. While there", "any services.56  \nWhile there"),
        ("any services.", "any services."),
        ('as it extends in time."', "as it extends in time62.”"),
        ('explains that "Detention in', "explains \nthat “Detention in"),
        ("counter-trafficking programmes", "counter-\ntrafficking programmes"),
        ("State or non-State shelters", "State or non-\nState shelters"),
        ("the value of human rights-based / gender", "the value of human rights-\nbased / gender"),
        (
            "gender-sensitive and child-friendly approaches",
            "gender-sensitive and child-\nfriendly approaches",
        ),
        ("gender-sensitive and child-friendly are", "gender-sensitive and child-\nfriendly are"),
        ("should consider: 1. Ensuring", "should \nconsider:\n\n1. Ensuring"),
    ],
)
def test_folded_words_and_raw_words(quote: str, exact: str) -> None:
    anchor = QUOTES.find(quote)
    assert (anchor.quote, anchor.exact) == (quote, exact)
    assert len(anchor.segments) == 1


def test_every_mark_is_dropped_from_quotes_and_kept_in_the_raw_words() -> None:
    marks = [one for one in QUOTES.passages if one.kind == "footnote-mark"]
    carriers = {one.key: one for one in QUOTABLE}
    assert len(marks) == 13
    for mark in marks:
        carrier = carriers[mark.parent or ""]
        assert mark.text not in carrier.text
        [(start, end)] = mark.spans
        inside = carrier.spans[0][0] <= start and end <= carrier.spans[-1][1]
        assert inside == (mark.text in QUOTES.find(carrier.text).exact)


def test_quote_is_folded_too() -> None:
    anchor = QUOTES.find("  violation of that\n person’s\t rights. ")
    assert (anchor.quote, anchor.line) == ("violation of that person's rights.", 59)
    assert QUOTES.find("placed in State or non-\n  State shelters").line == 435


def test_quote_across_a_page_turn_inside_a_paragraph() -> None:
    anchor = QUOTES.find("criminal proceedings pending return to their countries")
    assert [(one.line, one.page) for one in anchor.segments] == [(393, 46), (414, 47)]


def test_quote_over_two_sentences() -> None:
    anchor = QUOTES.find("by being smuggled (article 16(3)) on the basis of non-discrimination")
    assert anchor.passages == ("sentence-70",)
    anchor = QUOTES.find("detained or separated from their families")
    assert anchor.passages == ("sentence-383",)
    anchor = QUOTES.find("contrary to international law. Protection and assistance services should")
    assert anchor.passages == ("sentence-464", "sentence-465")


def test_interruptions_are_not_in_between() -> None:
    with pytest.raises(AnchorError):
        QUOTES.find("European Court of Human Rights 1.4 Protection and assistance")
    assert QUOTES.find("1.4 Protection and assistance").passages == ("running-head-51",)


def test_ambiguous_quote_names_its_lines_and_a_prefix_settles_it() -> None:
    with pytest.raises(AnchorError, match="stands on lines 350, 406") as caught:
        QUOTES.find("Revised Deliberation No. 5 on deprivation of liberty of migrants")
    assert (caught.value.reason, caught.value.lines) == ("ambiguous", (350, 406))
    assert QUOTES.find("should be avoided", prefix="who have\n special needs").line == 381
    anchor = QUOTES.find("human rights", prefix="contrary to")
    assert (anchor.line, anchor.quote) == (165, "human rights")


def test_absent_quote_hints_at_the_nearest_passage() -> None:
    with pytest.raises(AnchorError, match="is not in the text; the nearest is line 467") as caught:
        QUOTES.find("Victims must not be kept or detained in shelters")
    assert caught.value.reason == "absent"
    assert caught.value.lines == (467,)
    assert caught.value.hint == (
        "Victims should not be kept or detained in shelters or other facilities against their will."
    )


@pytest.mark.parametrize(
    "quote",
    ["", "  \n", "rantsev v Cyprus", "person's rights55", "antsev v Cyprus", "Rantsev v Cypru"],
)
def test_no_such_words(quote: str) -> None:
    with pytest.raises(AnchorError) as caught:
        QUOTES.find(quote)
    assert caught.value.reason == "absent"
    assert isinstance(caught.value, ValueError)


def test_prefix_that_is_not_there() -> None:
    assert QUOTES.find("Rantsev v Cyprus and Russia", prefix="in the case of").line == 53
    with pytest.raises(AnchorError) as caught:
        QUOTES.find("Rantsev v Cyprus and Russia", prefix="in the matter of")
    assert caught.value.reason == "absent"


def test_positions_are_characters_not_bytes() -> None:
    anchor = QUOTES.find("represent good value for donor investment")
    assert anchor.segments[0].start == TEXT.index("represent good value")
    assert len(TEXT[: anchor.segments[0].start].encode("utf-8")) > anchor.segments[0].start


def test_two_thousand_quotes_are_found_in_half_a_second() -> None:
    quoted = (QUOTABLE * 16)[:2000]
    assert len(quoted) == 2000
    began = process_time()
    for one in quoted:
        find(one)
    assert process_time() - began < 0.5


@given(st.data())
def test_any_stretch_of_words_anchors_where_it_was_taken(data: st.DataObject) -> None:
    # Taken from the text by words, and written with white space of any kind in between.
    words = QUOTES.folded.text.split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, min(len(words), first + 40)))
    spaces = data.draw(
        st.lists(st.sampled_from([" ", "\n ", "\t", "  "]), min_size=41, max_size=41)
    )
    quote = "".join(word + space for word, space in zip(words[first:last], spaces, strict=False))
    if fold(quote).strip() != " ".join(words[first:last]):
        return  # a lone hyphenated word before a newline
    start = len(" ".join(words[:first])) + (first > 0)
    before = " ".join(words[max(0, first - 60) : first])
    anchor = QUOTES.find(quote, prefix=before or None)
    assert anchor.segments[0].start == QUOTES.folded.offsets[start]
    end = start + len(" ".join(words[first:last]))
    assert anchor.segments[-1].end == QUOTES.folded.offsets[end - 1] + 1


@given(st.text(alphabet=" \n\r\tab-’“\"'.5", max_size=40))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    folded = fold_spans(text, [(0, len(text))])
    assert len(folded.text) == len(folded.offsets)
    assert list(folded.offsets) == sorted(set(folded.offsets))
    kept = [offset for char, offset in zip(folded.text, folded.offsets, strict=True) if char != " "]
    assert kept == [offset for offset, char in enumerate(text) if not char.isspace()]
    assert fold(folded.text) == folded.text


def test_join_cuts_at_other_text_and_at_steps_backwards() -> None:
    text = "a x\n\nb c"
    a, b, c = (fold_spans(text, [span]) for span in [(0, 1), (5, 6), (7, 8)])
    assert join(text, [a, b]).cuts == (2,)
    assert join(text, [b, c]).cuts == ()
    assert join(text, [c, b]).cuts == (2,)


def test_prefix_and_suffix_have_32_characters() -> None:
    [one] = QUOTES.find("Rantsev v Cyprus and Russia", prefix="in the case of").segments
    assert (one.prefix, one.suffix) == (
        " and assistance\n\nin the case of ",
        ", \nwhich confirmed that if State",
    )
