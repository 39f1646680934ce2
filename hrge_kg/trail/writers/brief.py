"""A trail on one sheet of paper: the answer, the way with its words, caveats, works, version.

A list that is too long for the sheet is cut, and says how much is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from ...labels import place_label
from ...markup.document import (
    Document,
    DocumentBlock,
    Facts,
    Grid,
    Heading,
    Items,
    Paragraph,
    words_of,
)
from ...namespaces import shrink
from ..model import Link, Node, Step, Trail, Work
from .labels import trail_title
from .text import kind_and_force, step_name

_MOST_STEPS, _MOST_WAYS, _MOST_CAVEATS, _MOST_WORKS = 6, 4, 8, 5
_FEWEST = 2  # steps in each direction, however long the words of all are
_SHEET, _LINE, _LETTER, _WIDTH = 690, 11.5, 4.9, 500  # points of paper: all of it, and of text
_LONGEST_WORDS = 120
_LONGEST_LINE = 260


def brief(trail: Trail) -> Document:
    """The document, which writers turn into HTML and a document for Word."""
    for steps in range(_MOST_STEPS, _FEWEST, -1):
        document = _with_so_many(trail, steps)
        if _height(document) <= _SHEET:
            return document
    return _with_so_many(trail, _FEWEST)


def _with_so_many(trail: Trail, steps: int) -> Document:
    """The brief with at most so many steps in each direction, and caveats to match."""
    start = trail.nodes[trail.start]
    blocks: list[DocumentBlock] = [Heading(1, trail_title(trail), mark=None)]
    if trail.answer:
        blocks.append(Paragraph(trail.answer))
    blocks.append(Facts(tuple(_start(start))))
    for title, some in _parts(trail):
        # A step is found again from each node that it leads to.
        rows = list(dict.fromkeys(_row(trail, step) for step in some))
        blocks += [Heading(2, title), *_table(rows, steps)]
    others = (_in_a_line(trail, path) for path in trail.paths[1:])
    blocks += listed("Other ways", others, _MOST_WAYS)
    caveats = [*trail.notes, *(f"{one.key}: {one.label}" for one in trail.discrepancies.values())]
    blocks += listed("Caveats", caveats, _MOST_CAVEATS + steps - _MOST_STEPS)
    blocks += listed("Works", map(work_in_words, trail.works), _MOST_WORKS)
    return Document(tuple(blocks), f"{shrink(trail.start)} · {edition(trail.date)}")


def _height(document: Document) -> float:
    """About how many points of paper a document takes, by the number of its letters."""
    height = 0.0
    for block in document.flat:
        if isinstance(block, Heading):
            size = 2 if block.level == 1 else 1
            height += 18 + _LINE * size * _lines(block.text, _WIDTH / size)
        elif isinstance(block, Paragraph):
            height += 3 + _LINE * _lines(words_of(block.text), _WIDTH)
        elif isinstance(block, Items):
            height += sum(3 + _LINE * _lines(words_of(one), _WIDTH - 20) for one in block.texts)
        elif isinstance(block, Facts):
            texts = (f"{name}: {words_of(text)}" for name, text in block.pairs)
            height += sum(3 + _LINE * _lines(text, _WIDTH - 10) for text in texts)
        elif isinstance(block, Grid):
            width = _WIDTH / len(block.columns) - 11
            rows = (max(_lines(words_of(cell), width) for cell in row) for row in block.rows)
            height += _LINE * (1 + sum(rows)) + 15
    return height


def _lines(text: str, width: float) -> int:
    return max(1, ceil(len(text) * _LETTER / width))


def to_html(trail: Trail) -> str:
    """The brief as one HTML file."""
    from ...markup import html_writer

    return html_writer.write([brief(trail)])


def to_docx(trail: Trail) -> bytes:
    """The brief as a document for Word. Raises MissingExtra without python-docx."""
    from ...markup import docx_writer

    return docx_writer.write([brief(trail)])


def edition(date: str) -> str:
    """Which graph this is: its version and its day.

    >>> edition("2026-11-30").endswith(", graph of 2026-11-30")
    True
    """
    from importlib.metadata import version

    return f"hrge {version('hrge-kg')}, graph of {date}"


def work_in_words(work: Work) -> str:
    """A work as a list of works has it: who, what, when, under which number.

    >>> work_in_words(Work("", "Rules", "", "", "", date="2014-10-31", number="A/1"))
    'Rules (2014-10-31), A/1'
    """
    who = ", ".join(work.creators) or work.publisher
    when = f" ({work.date})" if work.date else ""
    parts = [who, f"{work.title}{when}", work.number, work.series]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def listed(title: str, texts: Iterable[str], most: int) -> list[DocumentBlock]:
    """A heading with a list of at most so many items; nothing where there are none."""
    whole = list(texts)
    if not whole:
        return []
    shown = [*whole[:most], *([f"… and {len(whole) - most} more"] if len(whole) > most else [])]
    return [Heading(2, title), Items(tuple(shown))]


def cut(text: str, most: int) -> str:
    """A text of at most so many letters, cut between two words.

    >>> cut("one two three", 9)
    'one two …'
    """
    return text if len(text) <= most else text[: most - 1].rpartition(" ")[0] + " …"


def _start(node: Node) -> Iterator[tuple[str, str]]:
    yield "What it is", kind_and_force(node)
    if node.quote:
        place = f" ({place_label(node.page, node.line, node.source)})" if node.page else ""
        yield "Words", f"“{node.quote}”{place}"


def _parts(trail: Trail) -> Iterator[tuple[str, Sequence[Step]]]:
    if trail.paths:
        yield ("The shortest way" if len(trail.paths) > 1 else "The way"), trail.paths[0]
    if trail.up:
        yield "What it rests on or is tied to", trail.up
    if trail.down:
        yield "What rests on it or is tied to it", trail.down


def _table(rows: list[tuple[str, str, str]], most: int) -> list[DocumentBlock]:
    shown = rows[:most]
    table = Grid(("link", "to", "words that show it"), tuple(shown))
    left_out = len(rows) - len(shown)
    return [
        table,
        *(
            [Paragraph(f"… and {left_out} more step{'s' if left_out > 1 else ''}")]
            if left_out
            else []
        ),
    ]


def _row(trail: Trail, step: Step) -> tuple[str, str, str]:
    node = trail.nodes[step.target]
    arrow = "↑" if step.up else "↓"
    shown = dict.fromkeys(filter(None, map(_words, step.links)))
    return f"{arrow} {step_name(step)}", f"{node.label} · {kind_and_force(node)}", "; ".join(shown)


def _words(link: Link) -> str:
    quote = " ".join((link.evidence.quote or "").split())
    if not quote:
        return link.remark or ""
    words = f"“{cut(quote, _LONGEST_WORDS)}”"
    return f"{words} ({link.evidence.place})" if link.evidence.page else words


def _in_a_line(trail: Trail, path: Sequence[Step]) -> str:
    steps = (f"{step_name(step)} {trail.nodes[step.target].label}" for step in path)
    return cut(" → ".join(steps), _LONGEST_LINE)
