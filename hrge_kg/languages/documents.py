"""Translates a document: each of its texts, and none of the links, signs and tags.

A note says on each document that nobody has reviewed the translation, if that is so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import TypeVar, cast

from ..markup.document import (
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
    Paragraph,
    Picture,
    Section,
    Span,
    Text,
)
from ..markup.isolates import english
from .language import Language

_Block = TypeVar("_Block", bound=DocumentBlock)


def translated(
    document: Document, language: Language, names: Collection[str] = (), *, marked: bool = True
) -> Document:
    """A document in another language; `names` are words of the reader, which stay.

    Not `marked`: nothing says of a word that it is English, but where scripts would jumble.
    """
    if language.is_english:
        return document
    marked = marked or language.direction == "rtl"
    translator = _Translator(language, names, marked=marked)
    title, *rest = map(translator.block, document.blocks)
    return replace(
        document,
        blocks=(title, *_note(language, marked=marked), *rest),
        footer=translator.words(document.footer),
        language=language.tag,
        direction=language.direction,
    )


def _note(language: Language, *, marked: bool) -> Iterator[Paragraph]:
    """What is to be said of the translation, in the language and in English."""
    for text, own in zip(language.note, (True, False), strict=False):
        yield Paragraph(text if own or not marked else english(text))


class _Translator:
    """Translates the blocks of one document."""

    def __init__(self, language: Language, names: Collection[str], *, marked: bool) -> None:
        self._say = language.say if marked else language.say_plain
        self._names = frozenset(names)

    def words(self, text: str) -> str:
        return self._say(text, self._names)

    def text(self, text: Text) -> Text:
        return self.words(text) if isinstance(text, str) else tuple(map(self._span, text))

    def _span(self, span: Span) -> Span:
        if isinstance(span, str):
            return self.words(span)
        return replace(span, text=self.words(span.text))

    def block(self, block: DocumentBlock) -> DocumentBlock:
        """A block with its texts translated."""
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Paragraph):
            return Paragraph(self.text(block.text))
        if isinstance(block, Items):
            return replace(block, texts=tuple(map(self.text, block.texts)))
        if isinstance(block, Facts):
            pairs = tuple((self.words(name), self.text(text)) for name, text in block.pairs)
            return Facts(pairs, self.words(block.boxed) if block.boxed else "")
        if isinstance(block, Grid):
            return self._grid(block)
        if isinstance(block, Contents):
            links = tuple(replace(link, text=self.words(link.text)) for link in block.links)
            return Contents(self.words(block.title), links)
        if isinstance(block, Choices):
            return self._choices(block)
        if isinstance(block, Fold):
            inner = _each(self.block, block.blocks)
            return replace(block, heading=self._heading(block.heading), blocks=inner)
        if isinstance(block, Section):
            return replace(block, blocks=_each(self.block, block.blocks))
        assert isinstance(block, Picture)
        return replace(block, words=self.words(block.words))

    def _heading(self, heading: Heading) -> Heading:
        mark = heading.mark and replace(heading.mark, text=self.words(heading.mark.text))
        return replace(heading, text=self.words(heading.text), mark=mark)

    def _grid(self, grid: Grid) -> Grid:
        return replace(
            grid,
            columns=tuple(map(self.words, grid.columns)),
            rows=tuple(tuple(map(self.text, row)) for row in grid.rows),
            numbers=frozenset(map(self.words, grid.numbers)),
        )

    def _choices(self, block: Choices) -> Choices:
        return Choices(
            self.words(block.title),
            tuple(map(self._choice, block.choices)),
            self.words(block.unfold),
            self.words(block.shown),
            _each(self.block, block.blocks),
        )

    def _choice(self, choice: Choice) -> Choice:
        values = tuple((self.words(words), tag) for words, tag in choice.values)
        return Choice(self.words(choice.name), self.words(choice.every), values)


def _each(
    translate: Callable[[DocumentBlock], DocumentBlock], blocks: tuple[_Block, ...]
) -> tuple[_Block, ...]:
    """Blocks, translated: each stays of its kind, which the type of `translate` cannot say."""
    return cast("tuple[_Block, ...]", tuple(map(translate, blocks)))
