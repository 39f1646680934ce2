"""Finds a quotation in a source text, and says where it stands so that a program can check it.

Text and quotation are folded first (see `folding`). So an author need not copy line ends, curly
quotation marks or footnote marks.

>>> from hrge_kg.text.outline import Block, Outline, Page
>>> block = Block("paragraph", ((1, 2),), ((0, 27),), outline_line=1)
>>> outline = Outline("outline.yaml", (Page(7, 1, 0),), (block,), ())
>>> finder = QuoteFinder("a-source", "Victims shall be\\nprotected.", outline)
>>> anchor = finder.find("be protected")
>>> anchor.page, anchor.line, anchor.segments[0].start, anchor.exact
(7, 1, 14, 'be\\nprotected')
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256

from .folding import fold, fold_spans, join
from .outline import Outline
from .segmentation import Passage, segment

CONTEXT = 32  # raw characters of prefix and suffix, as annotation tools commonly keep


class AnchorError(ValueError):
    """A quotation that is not in the text, or stands there more than once.

    `reason` is "absent" or "ambiguous". `lines` are the lines of all its places. If it is absent,
    they are the line of the passage that is most like it, and `hint` has the words of this passage.

    >>> str(AnchorError("ambiguous", "the victim", (3, 9)))
    "the quotation 'the victim' stands on lines 3, 9"
    """

    def __init__(
        self, reason: str, quote: str, lines: tuple[int, ...], hint: str | None = None
    ) -> None:
        super().__init__(reason, quote, lines, hint)
        self.reason = reason
        self.quote = quote
        self.lines = lines
        self.hint = hint

    def __str__(self) -> str:
        if self.reason == "ambiguous":
            return f"the quotation {self.quote!r} stands on lines {', '.join(map(str, self.lines))}"
        nearest = f"; the nearest is line {self.lines[0]}: {self.hint!r}" if self.hint else ""
        return f"the quotation {self.quote!r} is not in the text{nearest}"


@dataclass(frozen=True)
class Segment:
    """One unbroken piece of the raw text.

    `start` and `end` are offsets: how many characters come before it, and before what follows it.
    `prefix` and `suffix` are the raw text around it.

    >>> Segment(0, 2, 1, 42, "At", "", " the outset").exact
    'At'
    """

    start: int
    end: int
    line: int
    page: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True)
class Anchor:
    """Where a quotation stands.

    `quote` has its folded words, `exact` its words as they are in the raw text. `passages` are the
    keys of the leaves that it lies in. It has several segments if the layout interrupts it, as at
    the end of a page; `exact` has a newline between them. `sha256` is the checksum of `exact`.

    >>> segment = Segment(0, 2, 1, 42, "At", "", "")
    >>> Anchor("s", "At", "At", (segment,), 1, 42, "0f", ("sentence-1",)).line
    1
    """

    source: str
    quote: str
    exact: str
    segments: tuple[Segment, ...]
    line: int
    page: int
    sha256: str
    passages: tuple[str, ...]


class QuoteFinder:
    """Finds quotations in one source text.

    `passages` are those that `segment` makes of the text.

    >>> QuoteFinder("a-source", "", Outline("outline.yaml", (), (), ())).passages
    ()
    """

    def __init__(
        self, source: str, text: str, outline: Outline, passages: tuple[Passage, ...] | None = None
    ) -> None:
        self.source = source
        self.text = text
        self.passages = segment(text, outline) if passages is None else passages
        marks = [(mark.start, mark.end) for mark in outline.marks]
        # Block by block, the footnotes last. So a quotation can go on over the end of a page: the
        # footnotes and running heads that are printed there belong to other blocks.
        self.folded = join(text, (fold_spans(text, block.spans, marks) for block in outline.walk()))
        self._lines = [0, *(newline.end() for newline in re.finditer("\n", text))]
        self._pages = outline.pages
        self._page_starts = [page.start for page in outline.pages]
        quotable = [
            passage
            for passage in self.passages
            if passage.leaf and passage.kind not in ("label", "footnote-mark")
        ]
        self._quotable = {passage.key: passage for passage in quotable}
        leaves = sorted((*span, passage.key) for passage in quotable for span in passage.spans)
        self._leaf_starts = [start for start, _, _ in leaves]
        self._leaves = leaves

    def find(self, quote: str, prefix: str | None = None) -> Anchor:
        """The one place of the quotation; with `prefix`, the one that has these words before it.

        Raises AnchorError if there is no such place, or more than one.

        >>> try:
        ...     QuoteFinder("s", "", Outline("outline.yaml", (), (), ())).find("who")
        ... except AnchorError as error:
        ...     print(error)
        the quotation 'who' is not in the text
        """
        needle = fold(quote)
        before = fold(prefix) if prefix else ""
        places = self._places(needle, before)
        if not places:
            raise self._absent(f"{before} {needle}".strip())
        if len(places) > 1:
            lines = tuple(self._line(self.folded.offsets[place]) for place in places)
            raise AnchorError("ambiguous", needle, lines)
        return self._anchor(needle, places[0])

    def _places(self, needle: str, prefix: str) -> list[int]:
        """Where the folded quotation begins in the folded text, as whole words."""
        text = self.folded.text
        places: list[int] = []
        place = text.find(needle) if needle else -1
        while place >= 0:
            end = place + len(needle)
            if not (
                _inside_a_word(text, place)
                or _inside_a_word(text, end)
                or (prefix and not text[:place].rstrip(" ").endswith(prefix))
            ):
                places.append(place)
            place = text.find(needle, place + 1)
        return places

    def _anchor(self, needle: str, place: int) -> Anchor:
        segments = tuple(
            self._segment(start, end)
            for start, end in self.folded.spans(place, place + len(needle))
        )
        exact = "\n".join(one.exact for one in segments)
        return Anchor(
            self.source,
            needle,
            exact,
            segments,
            segments[0].line,
            segments[0].page,
            sha256(exact.encode("utf-8")).hexdigest(),
            self._touched(segments),
        )

    def _segment(self, start: int, end: int) -> Segment:
        return Segment(
            start,
            end,
            self._line(start),
            self._pages[bisect_right(self._page_starts, start) - 1].number,
            self.text[start:end],
            self.text[max(0, start - CONTEXT) : start],
            self.text[end : end + CONTEXT],
        )

    def _touched(self, segments: tuple[Segment, ...]) -> tuple[str, ...]:
        """The keys of the leaves that the segments lie in, in reading order."""
        keys: dict[str, None] = {}  # a set that keeps the order
        for one in segments:
            first = max(0, bisect_right(self._leaf_starts, one.start) - 1)
            for start, end, key in self._leaves[first : bisect_left(self._leaf_starts, one.end)]:
                if start < one.end and one.start < end:
                    keys[key] = None
        return tuple(sorted(keys, key=lambda key: self._quotable[key].order))

    def _line(self, offset: int) -> int:
        return bisect_right(self._lines, offset)

    def _absent(self, needle: str) -> AnchorError:
        """The error for a quotation that is absent, with the passage that is most like it."""
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(needle)

        def likeness(passage: Passage) -> float:
            matcher.set_seq1(passage.text)
            # Not the ratio of equal letters, which favours short passages. Squares make long equal
            # pieces count most, and letters that are equal by chance count little.
            return sum(block.size**2 for block in matcher.get_matching_blocks())

        nearest = max(self._quotable.values(), key=likeness, default=None) if needle else None
        if nearest is None:
            return AnchorError("absent", needle, ())
        return AnchorError("absent", needle, (nearest.line,), nearest.text)


def _inside_a_word(text: str, place: int) -> bool:
    """Whether a place between two characters is inside a word.

    >>> _inside_a_word("the victim", 3), _inside_a_word("the victim", 5)
    (False, True)
    """
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
