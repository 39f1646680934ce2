"""Cuts a source text into passages: pages, blocks, sentences, labels and footnote marks.

The outline says what each line is; this module finds the sentences in the lines. Passages are in
reading order.

>>> from pathlib import Path
>>> from hrge_kg.text.outline import read_outline
>>> folder = Path("data/sources/some-document")
>>> text = (folder / "text.txt").read_text(encoding="utf-8")  # doctest: +SKIP
>>> segment(text, read_outline(folder / "outline.yaml", text))[0].key  # doctest: +SKIP
'page-42'
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from .folding import FoldedText, Span, fold_spans
from .outline import SENTENCE_KINDS, Block, Mark, Outline, label_starts

# A full stop after these never ends a sentence.
_ABBREVIATIONS = frozenset(
    ["e.g.", "i.e.", "cf.", "v.", "vs.", "Dr.", "Mr.", "Mrs.", "Ms.", "Prof.", "St."]
)
# A full stop after these ends no sentence if a number follows.
_BEFORE_NUMERALS = frozenset(
    [
        "no.",
        "nos.",
        "art.",
        "arts.",
        "para.",
        "paras.",
        "p.",
        "pp.",
        "ch.",
        "sec.",
        "vol.",
        "fn.",
        "ed.",
    ]
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
_STOP = re.compile(r"""[.!?](?P<closers>["')\]]*) """)
_OPENERS = "\"'(["


@dataclass(frozen=True)
class Passage:
    """A piece of the source, with its place in the raw text and in the reading order.

    Passages form a tree, such as page, paragraph, sentence. A `leaf` holds no other passage, and
    every character but white space lies in exactly one leaf. `number` counts items, rows and
    columns, and is the number of a page or footnote.

    >>> Passage("page-1", "page", ((0, 9),), 1, 1, 1, None, None, 1, "a title", False).leaf
    False
    """

    key: str
    kind: str
    spans: tuple[Span, ...]
    order: int
    line: int
    page: int
    parent: str | None
    label: str | None
    number: int | None
    text: str
    leaf: bool


def segment(text: str, outline: Outline) -> tuple[Passage, ...]:
    """The passages of the raw text in reading order.

    A footnote follows the block that has its mark. A page comes before the first passage on it.

    >>> segment("", Outline("outline.yaml", (), (), ()))
    ()
    """
    return _Segmenter(text, outline).passages_in_order()


def split_sentences(text: str, abbreviations: Collection[str] = ()) -> tuple[Span, ...]:
    """The sentences of a folded text.

    A stop (. ! ?) ends a sentence if a space and then a capital letter or a digit follow, and if
    the word before is no abbreviation.

    >>> text = "See Ann T. Lee, Doc. No. 5. Then act (e.g. Soon)."
    >>> [text[start:end] for start, end in split_sentences(text, {"Doc."})]
    ['See Ann T. Lee, Doc. No. 5.', 'Then act (e.g. Soon).']
    """
    sentences: list[Span] = []
    start = 0
    for stop in _STOP.finditer(text):
        following = text[stop.end() :].lstrip(_OPENERS)[:1]
        if not (following.isupper() or following.isdigit()):
            continue
        if not stop["closers"] and _is_abbreviated(
            text[start : stop.start() + 1], following, abbreviations
        ):
            continue
        sentences.append((start, stop.end() - 1))
        start = stop.end()
    if start < len(text):
        sentences.append((start, len(text)))
    return tuple(sentences)


def _is_abbreviated(before: str, following: str, abbreviations: Collection[str]) -> bool:
    """Whether the stop at the end of `before` belongs to its last word, and ends no sentence.

    The word is an abbreviation, an initial, or a number that begins the sentence. `following` is
    the next letter or digit.

    >>> _is_abbreviated("Joint comment No. 3/No.", "4", ())
    True
    """
    word = re.split(r"""[\s(\["'/]""", before)[-1]
    return (
        word in abbreviations
        or word in _ABBREVIATIONS
        or (word.lower() in _BEFORE_NUMERALS and following.isdigit())
        or (_INITIALS.fullmatch(word) is not None and word.isupper())
        or not any(char.isalpha() for char in before)  # as in "6. 5. Providing"
    )


class _Segmenter:
    def __init__(self, text: str, outline: Outline) -> None:
        self.text = text
        self.outline = outline
        self.marks = [(mark.start, mark.end) for mark in outline.marks]
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.pages = [page.start for page in outline.pages]
        self.passages: list[Passage] = []
        self.keys: Counter[str] = Counter()
        self.marks_done: set[Mark] = set()
        self.pages_done = 0

    def passages_in_order(self) -> tuple[Passage, ...]:
        for block in self.outline.blocks:
            self.block(block, None)
        self.pages_up_to(len(self.pages))
        return tuple(self.passages)

    def block(self, block: Block, parent: str | None) -> None:
        folded = self.fold(block.spans)
        marks = [
            mark
            for mark in self.outline.marks
            if any(start <= mark.start < end for start, end in block.spans)
        ]
        if block.kind == "table-row":
            key = self.add(block.kind, folded, _all(folded), parent, None, block.number)
        elif block.kind in SENTENCE_KINDS:
            key = self.block_of_sentences(block, folded, marks, parent)
        else:
            span = _all(folded)
            key = self.add(block.kind, folded, span, parent, block.label, block.number, leaf=True)
            self.marks_in(folded, span, marks, key)
        if block.kind != "table-row":
            for note in self.outline.footnotes:
                if note.mark in marks:
                    self.block(note, None)
        for part in block.parts:
            self.block(part, key)

    def block_of_sentences(
        self, block: Block, folded: FoldedText, marks: list[Mark], parent: str | None
    ) -> str:
        key = self.add(block.kind, folded, _all(folded), parent, block.label, block.number)
        start = self.label(folded, 0, block.label, block.number, key) if block.label else 0
        items = label_starts(folded.text, block.inline_labels)
        self.sentences(folded, (start, items[0] if items else len(folded.text)), marks, key)
        for number, (label, first) in enumerate(zip(block.inline_labels, items, strict=True), 1):
            # An inline item runs on to the next label, the last one to the end of its sentence.
            last = len(folded.text) if number == len(items) else items[number]
            end = last
            if number == len(items):
                body = first + len(label) + 1
                end = min(last, body + next(iter(self.split(folded.text[body:])), (0, 0))[1])
            item = self.add("list-item", folded, (first, end), key, label, number)
            self.sentences(
                folded, (self.label(folded, first, label, number, item), end), marks, item
            )
            self.sentences(folded, (end, last), marks, key)
        # Marks that are in no sentence, because they stand on a label.
        self.marks_in(folded, _all(folded), marks, key)
        return key

    def label(
        self, folded: FoldedText, start: int, label: str, number: int | None, parent: str
    ) -> int:
        end = start + len(label)
        self.add("label", folded, (start, end), parent, label, number, leaf=True)
        return end

    def sentences(self, folded: FoldedText, span: Span, marks: list[Mark], parent: str) -> None:
        start, end = span
        while start < end and folded.text[start] == " ":
            start += 1
        for first, last in self.split(folded.text[start:end].rstrip(" ")):
            sentence = start + first, start + last
            key = self.add("sentence", folded, sentence, parent, None, None, leaf=True)
            self.marks_in(folded, sentence, marks, key)

    def split(self, text: str) -> tuple[Span, ...]:
        return split_sentences(text, self.outline.abbreviations)

    def marks_in(self, folded: FoldedText, span: Span, marks: list[Mark], parent: str) -> None:
        """Add the footnote marks that stand on a character of the span, as parts of its passage."""
        for mark in marks:
            before = (
                (offset, place)
                for place, offset in enumerate(folded.offsets)
                if offset < mark.start
            )
            if mark not in self.marks_done and span[0] <= max(before, default=(0, 0))[1] < span[1]:
                self.marks_done.add(mark)
                own = fold_spans(self.text, [(mark.start, mark.end)])
                number = int(mark.label) if mark.label.isascii() and mark.label.isdigit() else None
                self.add("footnote-mark", own, _all(own), parent, mark.label, number, leaf=True)

    def fold(self, spans: tuple[Span, ...]) -> FoldedText:
        return fold_spans(self.text, spans, self.marks)

    def add(
        self,
        kind: str,
        folded: FoldedText,
        span: Span,
        parent: str | None,
        label: str | None,
        number: int | None,
        *,
        leaf: bool = False,
    ) -> str:
        """Add a slice of a folded text as a passage, and return its key."""
        spans = folded.spans(*span, at_holes=leaf)  # a mark within a leaf is a leaf of its own
        after = dict(self.marks).get(spans[-1][1])
        if after and not leaf:  # a mark after the last stop belongs to the block, too
            spans = (*spans[:-1], (spans[-1][0], after))
        line = bisect_right(self.lines, spans[0][0])
        page = bisect_right(self.pages, spans[0][0])
        self.pages_up_to(page)
        self.keys[f"{kind}-{line}"] += 1
        nth = self.keys[f"{kind}-{line}"]
        key = f"{kind}-{line}" if nth == 1 else f"{kind}-{line}-{nth}"
        text = folded.text[slice(*span)].strip(" ")
        where = line, self.outline.pages[page - 1].number
        order = len(self.passages) + 1
        self.passages.append(
            Passage(key, kind, spans, order, *where, parent, label, number, text, leaf)
        )
        return key

    def pages_up_to(self, count: int) -> None:
        while self.pages_done < count:
            page = self.outline.pages[self.pages_done]
            self.pages_done += 1
            end = (
                self.pages[self.pages_done] if self.pages_done < len(self.pages) else len(self.text)
            )
            span = (page.start, end)
            where = len(self.passages) + 1, page.line, page.number
            key, content = f"page-{page.number}", self.fold((span,)).text
            self.passages.append(
                Passage(key, "page", (span,), *where, None, None, page.number, content, False)
            )


def _all(folded: FoldedText) -> Span:
    return 0, len(folded.text)
