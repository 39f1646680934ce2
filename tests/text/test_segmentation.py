"""Passages: sentences are whole, leaves tile the text, keys are stable."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from paths import FIXTURES, ROOT

from hrge_kg.text.outline import Outline, read_outline
from hrge_kg.text.segmentation import Passage, segment, split_sentences

HERE = FIXTURES / "outline"
TEXTS = [
    (HERE / "text.txt", HERE / "good.yaml"),
    *(
        (path.parent / "text.txt", path)
        for path in sorted((ROOT / "data" / "sources").glob("*/outline.yaml"))
    ),
]

# The sentences that the layout cuts, whole.
CUT = {
    key: " ".join(text.split())
    for key, text in re.findall(
        r"^(sentence-\d+): (.*\n(?:    .*\n)*)",
        """\
sentence-47: In the case of trafficking, the principle of protecting lives and safety was upheld
    by the European Court of Human Rights in the case of Rantsev v Cyprus and Russia, which
    confirmed that if State authorities were aware or ought to have been aware of a risk of
    trafficking then failure to take appropriate measures, within the scope of their power to
    remove an individual from that situation or risk, amounts to a violation of that person's
    rights.
sentence-138: UNODC should therefore ensure that any protection and assistance interventions it
    supports are informed by beneficiaries' views, and not dictated by donors or other
    stakeholders whose agendas may not be based on human rights or gender equality.
sentence-195: Further, Guideline 7.1 of the UNICEF Guidelines on the Protection of Child Victims
    of Trafficking (2006) emphasize the right that child victims have to immediate care and
    protection including security, safe accommodation, food, access to social and health
    services, psychological support, legal assistance and education.
sentence-344: It emphasized that detaining children on the basis of their parents' migration
    status will always violate the principle of the best interests of the child and constitutes
    a violation of the rights of the child.
sentence-369: Any deprivation of liberty of migrants on the basis of their migration status
    should be a measure of last resort
sentence-391: This can happen as a result of their misidentification; their non-willingness to
    cooperate in criminal proceedings pending return to their countries of origin; because they
    have participated in certain activities (for instance work that may be illegal or
    irregular); or because they are placed in shelters from which they are unable to leave as a
    matter of policy.
""",
        re.MULTILINE,
    )
}


def read(text_path: Path, outline_path: Path) -> tuple[str, Outline, tuple[Passage, ...]]:
    text = text_path.read_bytes().decode()
    outline = read_outline(outline_path, text)
    return text, outline, segment(text, outline)


@pytest.fixture(scope="module")
def toolkit() -> dict[str, Passage]:
    folder = ROOT / "data" / "sources" / "toolkit-1.4"
    return {one.key: one for one in read(folder / "text.txt", folder / "outline.yaml")[2]}


@pytest.fixture(scope="module")
def invented() -> dict[str, Passage]:
    return {one.key: one for one in read(*TEXTS[0])[2]}


both = pytest.mark.parametrize("paths", TEXTS, ids=lambda paths: paths[1].parent.name)


@both
def test_leaves_tile_every_character(paths: tuple[Path, Path]) -> None:
    text, _, passages = read(*paths)
    count = Counter(n for one in passages if one.leaf for a, b in one.spans for n in range(a, b))
    assert [n for n, char in enumerate(text) if not char.isspace() and count[n] != 1] == []
    assert max(count.values()) == 1


@both
def test_pages_tile_the_text(paths: tuple[Path, Path]) -> None:
    text, outline, passages = read(*paths)
    pages = [one for one in passages if one.kind == "page"]
    assert [one.number for one in pages] == [page.number for page in outline.pages]
    edges = [0, *(one.spans[0][1] for one in pages)]
    assert [one.spans for one in pages] == [((a, b),) for a, b in pairwise(edges)]
    assert edges[-1] == len(text)


@both
def test_passages_are_well_made(paths: tuple[Path, Path]) -> None:
    text, outline, passages = read(*paths)
    by_key = {one.key: one for one in passages}
    assert len(by_key) == len(passages)
    assert [one.order for one in passages] == list(range(1, len(passages) + 1))
    for one in passages:
        first = one.spans[0][0]
        assert one.line == text.count("\n", 0, first) + 1
        assert one.page == max(page.number for page in outline.pages if page.start <= first)
        assert one.key.startswith(f"{one.kind}-{one.number if one.kind == 'page' else one.line}")
        assert one.text == one.text.strip() and "\n" not in one.text and "  " not in one.text
        if one.kind != "page":
            assert all(not text[a].isspace() and not text[b - 1].isspace() for a, b in one.spans)
        parent = by_key.get(one.parent or "")
        assert (parent is None) == (one.parent is None)
        if parent:
            assert parent.order < one.order
        if parent and not parent.leaf and one.kind in ("sentence", "label"):
            assert all(any(c <= a and b <= d for c, d in parent.spans) for a, b in one.spans)


@both
def test_marks_have_their_footnotes_after_them(paths: tuple[Path, Path]) -> None:
    text, outline, passages = read(*paths)
    marks = {one.number: one for one in passages if one.kind == "footnote-mark"}
    notes = {one.number: one for one in passages if one.kind == "footnote"}
    assert list(marks) == list(notes) == [note.number for note in outline.footnotes]
    for number, mark in marks.items():
        assert mark.text == str(number) == text[mark.spans[0][0] : mark.spans[0][1]]
        assert mark.parent and mark.parent.startswith("sentence-")
        assert notes[number].order > mark.order


def test_the_six_cut_sentences_are_whole(toolkit: dict[str, Passage]) -> None:
    cut = {
        key: one.text for key, one in toolkit.items() if one.kind == "sentence" and spread(one) > 1
    }
    assert cut == CUT


def spread(one: Passage) -> int:
    """The stretches of a sentence, where holes of two characters (a footnote mark) do not count."""
    return 1 + sum(b[0] - a[1] > 2 for a, b in pairwise(one.spans))


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        ("sentence-96", "The European Court",
        "no. 25965/04, Judgment of 7 January 2010, para 286."),
        ("sentence-99", "A key human rights", "any services."),
        ("sentence-105", "While there may", "or other diseases."),
        ("sentence-110", "It is also important", "being charged with a trafficking offence."),
        ("sentence-148", "Human Rights and", "Fact Sheet No. 36 (OHCHR, 2014) 14"),
        ("sentence-151", "A Toolkit for", "respond to trafficking in persons (ICAT, 2016)"),
        ("sentence-173", "In respect of children, what", "with his or her age and maturity level."),
        ("sentence-179", "As with adults:", "As with adults:"),
        ("sentence-179-2", "care and support", "cooperation with authorities;"),
        ("sentence-188", "their privacy", "arbitrary interference."),
        ("sentence-189", "In accordance with special needs", "appointed to represent them."),
        ("sentence-255", "States and, where applicable", "should consider:"),
        ("sentence-266", "Trafficked persons should not be required", "including HIV/AIDS."),
        ("sentence-278", "Providing trafficked", "traffickers/exploiters."),
        ("sentence-290", "Ensuring the safe", "where re-trafficking is considered likely)."),
        ("source-line-300", "Source:", "(UN doc. E/2002/68/Add.1)"),
        ("sentence-322", "The Human Rights Committee's General Comment No. 35",
        'as it extends in time."'),
        ("sentence-329", "Where detention is", "removal of a person."),
        ("sentence-347", "General Comment 35", "UN Doc. CCPR/C/GC/35 (16 December 2014) 18"),
        ("sentence-396", "Also see the CMW's", "detention of children (2014)."),
        ("sentence-406", "Revised Deliberation No. 5", "CCPR/C/GC/35 (16 December 2014) [18]."),
        ("sentence-456", "See Anne T. Gallagher", "(ASEAN-ACT, 2020) 8"),
        ("sentence-469", "In exceptional cases", "for a limited time."),
        ("sentence-517", "Women and girls are not", "on the basis of their gender"),
    ],
)  # fmt: skip
def test_sentence_bounds(toolkit: dict[str, Passage], key: str, start: str, end: str) -> None:
    assert toolkit[key].text.startswith(start)
    assert toolkit[key].text.endswith(end)


def test_kinds_are_counted(toolkit: dict[str, Passage]) -> None:
    # Read through by eye once, sentence by sentence; a change of the splitter must be read again.
    assert Counter(one.kind for one in toolkit.values()) == {
        "page": 7, "title": 1, "running-head": 1, "heading": 8, "paragraph": 19, "sentence": 119,
        "list-item": 18, "label": 31, "footnote": 13, "footnote-mark": 13, "source-line": 1,
        "table-title": 1, "table-header": 2, "table-row": 6, "table-cell": 12,
    }  # fmt: skip


def test_numbers_labels_and_parents(toolkit: dict[str, Passage]) -> None:
    item = toolkit["list-item-278"]
    assert (item.number, item.label, item.parent) == (6, "6. 5.", "paragraph-255")
    assert toolkit["label-278"].text == "6. 5."
    assert toolkit["paragraph-255"].parent == "heading-250"
    assert toolkit["heading-250"].parent == "heading-249"
    assert toolkit["footnote-mark-110"].parent == "sentence-105"
    assert toolkit["footnote-mark-114"].parent == "sentence-110"
    inline = [
        one for one in toolkit.values() if one.kind == "list-item" and one.parent == "paragraph-173"
    ]
    assert [(one.label, one.number) for one in inline] == [(f"({n})", n) for n in range(1, 6)]
    assert toolkit["table-cell-512"].parent == toolkit["table-cell-508"].parent == "table-row-508"
    assert toolkit["table-row-508"].parent == "table-title-473"
    assert (toolkit["table-cell-512"].number, toolkit["table-row-508"].number) == (2, 4)


def test_line_end_hyphens_are_kept(toolkit: dict[str, Passage]) -> None:
    for key, word in {
        "sentence-151": "counter-trafficking",
        "sentence-435": "non-State",
        "sentence-483": "rights-based",
        "sentence-532": "child-friendly",
        "sentence-537": "child-friendly",
    }.items():
        assert word in toolkit[key].text
    assert "measures - including legislation" in toolkit["sentence-61"].text


def test_invented_document(invented: dict[str, Passage]) -> None:
    assert [(one.key, one.page, one.text) for one in invented.values() if one.leaf] == [
        ("title-1", 3, "THE MANUAL"),
        ("running-head-8", 4, "OFFICE COPY"),
        ("heading-3", 3, "1 Shelter"),
        ("sentence-4", 3, "A shelter serves all."),
        ("footnote-mark-4", 3, "1"),
        ("sentence-4-2", 3, "It is open, e.g. at night."),
        ("sentence-5", 3, "See Doc. No. 4 for more, and ask Ms. J. Doe."),
        ("sentence-6", 3, "Staff must:"),
        ("label-14", 4, "1"),
        ("sentence-14", 4, "On law 5(1), see the Act."),
        ("label-10", 4, "(a) (i)"),
        ("sentence-10", 4, "Keep the door un-locked."),
        ("footnote-mark-11", 4, "2"),
        ("sentence-11", 4, "They hold no keys."),
        ("label-15", 4, "2"),
        ("sentence-15", 4, "Ibid."),
        ("label-12", 4, "(b)"),
        ("sentence-12", 4, "Listen"),
        ("sentence-19", 9, '"Yes."'),
        ("sentence-19-2", 9, "We have"),
        ("label-19", 9, "(1)"),
        ("sentence-19-3", 9, "beds; and"),
        ("label-19-2", 9, "(2)"),
        ("sentence-19-4", 9, "tables."),
        ("sentence-20", 9, "No more."),
        ("caption-16", 9, "Need"),
        ("table-header-17", 9, "Answer"),
        ("sentence-18", 9, "Beds"),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two.", 2),
        ("One! Two? Three", 3),
        ('He said "Go." Then he went.', 2),
        ("It is open (see below.) Then it closes.", 2),
        ("It ends with no. Then it goes on.", 2),
        ("See no. 5 and p. 7.", 1),
        ("It grew. 5 States joined.", 2),
        ("See the U.N. Charter.", 1),
        ("A stop. and a small letter.", 1),
        ("1. First words. Second.", 2),
        ("", 0),
    ],
)
def test_split_sentences(text: str, count: int) -> None:
    pieces = [text[start:end] for start, end in split_sentences(text)]
    assert len(pieces) == count
    assert " ".join(pieces) == text


def test_abbreviations_of_the_document_end_no_sentence() -> None:
    assert len(split_sentences("See Doc. Alpha.")) == 2
    assert len(split_sentences("See Doc. Alpha.", {"Doc."})) == 1


def test_mark_after_the_last_stop_is_inside_its_paragraph(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("A rule.1\n1 A note.", encoding="utf-8")
    (tmp_path / "outline.yaml").write_text(
        "pages: {1: 1}\nblocks: [paragraph: 1]\nfootnotes:\n  1: {lines: 2, mark: {1: rule.1}}\n",
        encoding="utf-8",
    )
    spans = {
        one.key: one.spans for one in read(tmp_path / "text.txt", tmp_path / "outline.yaml")[2]
    }
    assert spans["paragraph-1"] == ((0, 8),)
    assert (spans["sentence-1"], spans["footnote-mark-1"]) == (((0, 7),), ((7, 8),))
