"""Folds raw text into the form in which quotations are compared; each character knows where it came
from. White space becomes one space, typographic quotes become straight, line-end hyphens lose their
newline.

>>> fold("the  victim’s non-\\nState home")
"the victim's non-State home"
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]

_STRAIGHT = {"‘": "'", "’": "'", "“": '"', "”": '"'}


@dataclass(frozen=True)
class FoldedText:
    """Folded text with the raw offset of each of its characters.

    `cuts` are the places where another range of lines begins, `holes` those where a mark was
    dropped.

    >>> fold_spans("so1 be it", [(0, 9)], [(2, 3)]).spans(0, 5, at_holes=True)
    ((0, 2), (4, 6))
    """

    text: str
    offsets: tuple[int, ...]
    cuts: tuple[int, ...] = ()
    holes: tuple[int, ...] = ()

    def spans(self, start: int, end: int, *, at_holes: bool = False) -> tuple[Span, ...]:
        """The raw spans of a slice of the folded text, in reading order.
        They break where the layout cuts, and at dropped marks if asked.

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
    """Folds a text on its own, such as the quotation that an author wrote.
    Nothing is dropped but white space.

    >>> fold(" “counter-\\n  trafficking ”")
    '"counter-trafficking "'
    """
    return fold_spans(text, [(0, len(text))]).text


def fold_spans(text: str, spans: Sequence[Span], dropped: Iterable[Span] = ()) -> FoldedText:
    """Folds the given spans of a raw text, in their order, as one running text.
    The spans in `dropped` (footnote marks) leave no trace but a hole.

    >>> fold_spans("his rights55.  It", [(0, 17)], [(10, 12)]).text
    'his rights. It'
    """
    skip = {offset for start, end in dropped for offset in range(start, end)}
    chars: list[str] = []
    offsets: list[int] = []
    cuts: list[int] = []
    holes: list[int] = []
    gap: int | None = None  # where the white space since the last character began
    cut = hole = False
    for start, end in spans:
        if chars:
            cut = True
            gap = offsets[-1] + 1 if gap is None else gap
        for offset in range(start, end):
            char = text[offset]
            if offset in skip:
                hole = True
            elif char.isspace():
                gap = offset if gap is None else gap
            else:
                if chars and gap is not None and not _is_line_end_hyphen(text, gap, chars):
                    chars.append(" ")
                    offsets.append(gap)
                if cut:
                    cuts.append(len(chars))
                if hole:
                    holes.append(len(chars))
                gap, cut, hole = None, False, False
                chars.append(_STRAIGHT.get(char, char))
                offsets.append(offset)
    return FoldedText("".join(chars), tuple(offsets), tuple(cuts), tuple(holes))


def join(text: str, parts: Iterable[FoldedText]) -> FoldedText:
    """Joins folded texts with a space between them; `text` is the raw text of all.
    Other text between two neighbours, or a step backwards, is a cut.

    >>> join("a\\n\\nb", [fold_spans("a\\n\\nb", [(0, 1)]), fold_spans("a\\n\\nb", [(3, 4)])]).text
    'a b'
    """
    chars: list[str] = []
    offsets: list[int] = []
    cuts: list[int] = []
    holes: list[int] = []
    for part in parts:
        if not part.text:
            continue
        if offsets:
            last, first = offsets[-1], part.offsets[0]
            chars.append(" ")
            offsets.append(last + 1)
            if first < last or text[last + 1 : first].strip():
                cuts.append(len(offsets))
        shift = len(offsets)
        chars.append(part.text)
        offsets.extend(part.offsets)
        cuts.extend(place + shift for place in part.cuts)
        holes.extend(place + shift for place in part.holes)
    return FoldedText("".join(chars), tuple(offsets), tuple(cuts), tuple(holes))


def _is_line_end_hyphen(text: str, gap: int, chars: list[str]) -> bool:
    """Whether the white space at `gap` is the newline right after a word's hyphen.
    A dash that stands alone before the newline keeps its space.

    >>> _is_line_end_hyphen("non-\\nState", 4, list("non-"))
    True
    """
    hyphen = chars[-1] == "-" and len(chars) > 1 and chars[-2].isalnum()
    return hyphen and text.startswith(("\n", "\r\n"), gap)
