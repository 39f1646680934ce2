"""Folds raw text: makes it plain enough that quotations can be compared with it.

White space becomes one space, curly quotation marks become straight, and a hyphen at the end of a
line is joined to the next line. For each folded character we keep where it stood in the raw text.

>>> fold("the  victim’s non-\\nState home")
"the victim's non-State home"
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..parsing.characters import fold_title

Span = tuple[int, int]

_STRAIGHT = {"‘": "'", "’": "'", "“": '"', "”": '"'}
_LIGATURES = re.compile("[\ufb00-\ufb06]")  # one character for fi, fl and their like
_SOFT_BREAK = re.compile(r"\xad\s+")  # a soft hyphen shows, and the word goes on in the next line


@dataclass(frozen=True)
class FoldedText:
    """Folded text with the place (offset) in the raw text of each of its characters.

    `cuts` are the places in the folded text where another range of lines begins; the raw text has
    other words in between. `holes` are the places where a footnote mark was left out.

    >>> fold_spans("so1 be it", [(0, 9)], [(2, 3)]).spans(0, 5, at_holes=True)
    ((0, 2), (4, 6))
    """

    text: str
    offsets: tuple[int, ...]
    cuts: tuple[int, ...] = ()
    holes: tuple[int, ...] = ()

    def spans(self, start: int, end: int, *, at_holes: bool = False) -> tuple[Span, ...]:
        """The spans of the raw text that a slice of the folded text comes from, in reading order.

        A new span begins at each cut, and with `at_holes` at each hole.

        >>> fold_spans("one\\n-- 7 --\\ntwo", [(0, 4), (12, 15)]).spans(0, 7)
        ((0, 3), (12, 15))
        """
        breaks = sorted({*self.cuts, *self.holes} if at_holes else self.cuts)
        edges = [start, *(place for place in breaks if start < place < end), end]
        spans: list[Span] = []
        for first, last in pairwise(edges):
            while first < last and self.text[first] == " ":
                first += 1
            while first < last and self.text[last - 1] == " ":
                last -= 1
            if first < last:
                spans.append((self.offsets[first], self.offsets[last - 1] + 1))
        return tuple(spans)


def fold(text: str) -> str:
    """Fold a text that has no footnote marks, such as the quotation that an author wrote.

    >>> fold(" “counter-\\n  trafficking ”")
    '"counter-trafficking "'
    """
    return fold_spans(text, [(0, len(text))]).text


def fold_pasted(text: str) -> str:
    """Fold words that somebody pastes, so that they can be looked up among folded quotations.

    PDF files and web pages add what the source does not have: ligatures, characters that do not
    show, soft hyphens, and quotation marks at the ends.

    >>> fold_pasted("“\\ufb01ndings of  traf\\xad\\nficking ”")
    'findings of trafficking'
    >>> fold_pasted("“a “b” c”"), fold_pasted("“a b"), fold_pasted("‘the victims’")
    ('a "b" c', 'a b', 'the victims')
    """
    whole = _LIGATURES.sub(lambda one: unicodedata.normalize("NFKC", one[0]), text)
    folded = fold_title(fold(_SOFT_BREAK.sub("", whole))).text
    folded = folded.strip('" ') or folded
    quoted = len(folded) > 2 and folded[0] == folded[-1] == "'"
    return folded[1:-1].strip() if quoted else folded


def fold_spans(text: str, spans: Sequence[Span], dropped: Iterable[Span] = ()) -> FoldedText:
    """Fold these spans of a raw text, in their order, as one text.

    What is in the spans of `dropped` (footnote marks) is left out, and a hole kept in its place.

    >>> fold_spans("his rights55.  It", [(0, 17)], [(10, 12)]).text
    'his rights. It'
    """
    skip = {offset for start, end in dropped for offset in range(start, end)}
    letters: list[str] = []
    offsets: list[int] = []
    cuts: list[int] = []
    holes: list[int] = []
    gap: int | None = None  # where the white space since the last character began
    cut = hole = False
    for start, end in spans:
        if letters:
            cut = True
            gap = offsets[-1] + 1 if gap is None else gap
        for offset in range(start, end):
            letter = text[offset]
            if offset in skip:
                hole = True
            elif letter.isspace():
                gap = offset if gap is None else gap
            else:
                if letters and gap is not None and not _is_line_end_hyphen(text, gap, letters):
                    letters.append(" ")
                    offsets.append(gap)
                if cut:
                    cuts.append(len(letters))
                if hole:
                    holes.append(len(letters))
                gap, cut, hole = None, False, False
                letters.append(_STRAIGHT.get(letter, letter))
                offsets.append(offset)
    return FoldedText("".join(letters), tuple(offsets), tuple(cuts), tuple(holes))


def join(text: str, parts: Iterable[FoldedText]) -> FoldedText:
    """Join folded texts with a space between them; `text` is the raw text of all.

    There is a cut between two of them if other words stand between them in the raw text, or if the
    second stands before the first.

    >>> join("a\\n\\nb", [fold_spans("a\\n\\nb", [(0, 1)]), fold_spans("a\\n\\nb", [(3, 4)])]).text
    'a b'
    """
    letters: list[str] = []
    offsets: list[int] = []
    cuts: list[int] = []
    holes: list[int] = []
    for part in parts:
        if not part.text:
            continue
        if offsets:
            last, first = offsets[-1], part.offsets[0]
            letters.append(" ")
            offsets.append(last + 1)
            if first < last or text[last + 1 : first].strip():
                cuts.append(len(offsets))
        shift = len(offsets)
        letters.append(part.text)
        offsets.extend(part.offsets)
        cuts.extend(place + shift for place in part.cuts)
        holes.extend(place + shift for place in part.holes)
    return FoldedText("".join(letters), tuple(offsets), tuple(cuts), tuple(holes))


def _is_line_end_hyphen(text: str, gap: int, letters: list[str]) -> bool:
    """Whether the white space at `gap` is the newline right after a word's hyphen.

    It is not, if the hyphen stands alone: that is a dash, and keeps its space.

    >>> _is_line_end_hyphen("non-\\nState", 4, list("non-"))
    True
    """
    hyphen = letters[-1] == "-" and len(letters) > 1 and letters[-2].isalnum()
    return hyphen and text.startswith(("\n", "\r\n"), gap)
