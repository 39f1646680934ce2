"""Writes documents as one HTML file for the screen and for printing on A4.

The style is in the file; there is no script, and a browser fetches nothing. What is shown of folds
that have tags is chosen with radio buttons, which the style reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import product
from pathlib import Path

from .document import (
    Below,
    Choice,
    Choices,
    Contents,
    Document,
    DocumentBlock,
    Facts,
    Fold,
    Grid,
    Heading,
    Items,
    Link,
    Mark,
    Paragraph,
    Picture,
    Section,
    Text,
    spans,
    tag,
)
from .isolates import as_html, unmarked
from .tones import TONES

MOST_VALUES = 16
"""How many values of one choice the style knows; a choice with more is left out."""
MOST_OUTCOMES = 6
CHOICES = 3
_HEAD = """<!DOCTYPE html>
<html lang="{language}"{direction}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
"""
_ADDRESS = re.compile(r"(#|https?://|mailto:)")


def _rules() -> Iterator[str]:
    """What hides each fold and section without the tag that is chosen.

    A section hides as well if none of its folds has two tags that are chosen.
    """
    tags = [[tag(choice, value) for value in range(MOST_VALUES)] for choice in range(CHOICES)]
    for chosen in (one for of_choice in tags for one in of_choice):
        yield f"article:has(input.{chosen}:checked) .tagged:not(.{chosen}) {{ display: none; }}"
    for first, second in product(tags[0][:MOST_OUTCOMES], tags[2]):
        yield (
            f"article:has(input.{first}:checked):has(input.{second}:checked) "
            f"section.tagged:not(:has(.{first}.{second})) {{ display: none; }}"
        )


STYLE = "\n" + Path(__file__).with_name("document.css").read_text(encoding="utf-8")
STYLE += "".join(f"\n.{tone} {{ --tone: #{colour.lower()}; }}" for tone, colour in TONES.items())
STYLE += "\n" + "\n".join(_rules()) + "\n"


def write(documents: Sequence[Document]) -> str:
    """One file with every document as an article of its own."""
    title = "; ".join(unmarked(document.title) for document in documents)
    articles = [
        _Article(document, f"{number}-" if len(documents) > 1 else "").html
        for number, document in enumerate(documents, 1)
    ]
    body = "\n".join(articles)
    head = f"{_head(documents)}<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>"
    return f"{head}\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"


def _head(documents: Sequence[Document]) -> str:
    """The head of the file, in the language of the documents."""
    first = documents[0] if documents else Document(())
    direction = "" if first.direction == "ltr" else f' dir="{first.direction}"'
    return _HEAD.format(language=escape(first.language), direction=direction)


class _Article:
    """Writes one document; `of` begins its anchors, so that each is in the file once."""

    def __init__(self, document: Document, of: str) -> None:
        self._of = of
        lines = ["<article>", *map(self._block, document.blocks)]
        if document.footer:
            lines.append(f"<footer>\n<p>{_quoted(document.footer)}</p>\n</footer>")
        self.html = "\n".join([*lines, "</article>"])

    def _block(self, block: DocumentBlock) -> str:
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Paragraph):
            return f"<p>{self._text(block.text)}</p>"
        if isinstance(block, Items):
            name = "ol" if block.numbered else "ul"
            items = "\n".join(
                f"<li{self._id(anchor)}>{self._text(text)}</li>" for anchor, text in block.anchored
            )
            return f"<{name}>\n{items}\n</{name}>"
        if isinstance(block, Facts):
            pairs = "\n".join(self._pair(*pair, block.boxed) for pair in block.pairs)
            return f"<dl>\n{pairs}\n</dl>"
        if isinstance(block, Grid):
            return self._grid(block)
        if isinstance(block, Picture):
            return f'<figure tabindex="0">\n{block.svg}</figure>'
        if isinstance(block, Contents):
            return self._contents(block)
        if isinstance(block, Choices):
            return self._choices(block)
        return self._group(block)

    def _pair(self, name: str, text: Text, boxed: str) -> str:
        kind = _classes(["own"] if name == boxed else [])
        words = f"<dt>{_words(name)}:</dt>\n<dd{kind}>{self._text(text)}</dd>"
        return f"<div>\n{words}\n</div>"

    def _group(self, block: Fold | Section) -> str:
        inner = "\n".join(map(self._block, block.blocks))
        kinds = ["tagged", *sorted(block.tags)] if block.tags else []
        if isinstance(block, Section):
            kinds += ["sheet"] if block.ends_sheet else []
            return f"<section{_classes(kinds)}>\n{inner}\n</section>"
        opened = ' open=""' if block.open else ""
        heading = self._heading(replace(block.heading, anchor=""))
        # A browser opens a fold for a link to what is in it, but not for one to the fold itself.
        anchor = self._id(block.heading.anchor)
        held = f"<div{anchor}>\n{inner}\n</div>" if anchor else inner
        return (
            f"<details{_classes(kinds)}{opened}>\n<summary>{heading}</summary>\n{held}\n</details>"
        )

    def _heading(self, block: Heading) -> str:
        mark = f"{_mark(block.mark)} " if block.mark else ""
        name = f"h{block.level}"
        return f"<{name}{self._id(block.anchor)}>{mark}{_quoted(block.text)}</{name}>"

    def _contents(self, block: Contents) -> str:
        items = "\n".join(f"<li>{self._text((link,))}</li>" for link in block.links)
        return (
            f'<nav aria-labelledby="{self._of}contents">\n'
            f'<h2 id="{self._of}contents">{_words(block.title)}</h2>\n<ul>\n{items}\n</ul>\n</nav>'
        )

    def _choices(self, block: Choices) -> str:
        sets = [
            self._choice(number, choice)
            for number, choice in enumerate(block.choices)
            if 1 < len(choice.values) <= MOST_VALUES
        ]
        shown = f'<p class="shown">{_words(block.shown)} </p>'
        unfold = f'<label><input type="checkbox" class="unfold"> {_words(block.unfold)}</label>'
        controls = [
            f'<div class="choices" role="group" aria-label="{escape(unmarked(block.title))}">',
            *sets,
            f"<p>{unfold}</p>",
            "</div>",
        ]
        return "\n".join([*controls, *map(self._block, block.blocks), shown])

    def _choice(self, number: int, choice: Choice) -> str:
        name = f"{self._of}choice-{number + 1}"
        lines = [
            "<fieldset>",
            f"<legend>{_words(choice.name)}</legend>",
            f'<label><input type="radio" name="{name}" checked=""> {_words(choice.every)}</label>',
        ]
        for words, value in choice.values:
            button = f'<input type="radio" name="{name}" class="{value}">'
            lines.append(f"<label>{button} {_words(words)}</label>")
        return "\n".join([*lines, "</fieldset>"])

    def _grid(self, grid: Grid) -> str:
        kinds = ["number" if name in grid.numbers else "" for name in grid.columns]
        head = "".join(
            f'<th scope="col"{_classes([kind])}>{_words(name)}</th>'
            for name, kind in zip(grid.columns, kinds, strict=True)
        )
        rows = []
        for row in grid.rows:
            cells = []
            for place, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
                names = grid.row_names and not place
                name, scope = ("th", ' scope="row"') if names else ("td", "")
                cells.append(f"<{name}{scope}{_classes([kind])}>{self._text(cell)}</{name}>")
            rows.append("".join(cells))
        lines = ['<div class="table" tabindex="0">', "<table>", f"<thead><tr>{head}</tr></thead>"]
        lines += ["<tbody>", *(f"<tr>{row}</tr>" for row in rows), "</tbody>", "</table>", "</div>"]
        return "\n".join(lines)

    def _text(self, text: Text) -> str:
        return "".join(
            self._link(span)
            if isinstance(span, Link)
            else _mark(span)
            if isinstance(span, Mark)
            else f' <span class="below">{_quoted(span.text)}</span>'
            if isinstance(span, Below)
            else _quoted(span)
            for span in spans(text)
        )

    def _link(self, link: Link) -> str:
        """A link; an address of a kind that only a program would follow is not made one."""
        words = _quoted(link.text)
        if not _ADDRESS.match(link.to):
            return words
        to = f"#{self._of}{link.to[1:]}" if link.to.startswith("#") else link.to
        kinds = ["tone", link.tone] if link.tone else []
        return f'<a href="{escape(to)}"{_classes(kinds)}>{words}</a>'

    def _id(self, anchor: str) -> str:
        return f' id="{self._of}{escape(anchor)}"' if anchor else ""


def _classes(names: Sequence[str]) -> str:
    kept = [name for name in names if name]
    return f' class="{" ".join(kept)}"' if kept else ""


def _mark(mark: Mark) -> str:
    return f'<span class="tone {mark.tone}">{_words(mark.text)}</span>'


def _quoted(text: str) -> str:
    """A text as HTML: words in quotation marks become <q> and keep their quotation marks.

    >>> _quoted("said: “a < b” (page 1)")
    'said: <q>“a &lt; b”</q> (page 1)'
    """
    return as_html(re.sub("“[^“”]+”", r"<q>\g<0></q>", escape(text)))


def _words(text: str) -> str:
    """A text as HTML, with words of another language marked as that."""
    return as_html(escape(text))
