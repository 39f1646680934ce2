"""Translates a page in HTML: each text between two tags, and the names that attributes give.

What is not translated has `lang="en"`; so have quotations, which are the source's. Code, and what
stands in an element with `translate="no"`, stays as it is. On each page a note says that nobody has
reviewed the translation, if that is so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser

from ..markup.isolates import as_html, english, unmarked, whole_english
from .language import Language

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})
_KEPT = frozenset({"code", "kbd", "pre", "script", "style", "textarea"})
_QUOTED = frozenset({"blockquote", "q"})
_NAMING = re.compile(r'(?<=\s)(aria-label|placeholder|title|alt)="([^"]*)"')
_PLAIN = frozenset({"option", "title"})
"""Elements that hold nothing but text."""


def translated_page(page: str, language: Language, names: Collection[str] = ()) -> str:
    """A page in another language; `names` are words of the reader, which stay."""
    if language.is_english:
        return page
    return "".join(_Translator(language, frozenset(names)).pieces(page))


@dataclass(frozen=True)
class _Piece:
    """A piece of a page as it stands there. `kept`: it is in an element that is not translated."""

    kind: str
    raw: str
    tag: str = ""
    kept: bool = False


class _Translator:
    """Translates the pieces of a page."""

    def __init__(self, language: Language, names: frozenset[str]) -> None:
        self._language = language
        self._names = names

    def pieces(self, page: str) -> Iterator[str]:
        """The pieces of the page in this language."""
        pieces = _read(page)
        said = [self._said(one) if one.kind == "text" else "" for one in pieces]
        for place, piece in enumerate(pieces):
            following = pieces[place + 1 : place + 3]
            alone = [one.kind for one in following] == ["text", "end"]
            if piece.kind == "start":
                whole = self._marks(piece) and alone and whole_english(said[place + 1].strip())
                quoted = piece.tag in _QUOTED and not piece.kept
                yield self._start(piece, in_english=whole or quoted)
                if piece.tag == "main":
                    yield self._note()
            elif piece.kind == "text" and not piece.kept:
                before, *after = pieces[place - 1 : place] + pieces[place + 1 : place + 2]
                alone = [one.kind for one in (before, *after)] == ["start", "end"]
                whole = self._marks(before) and alone and whole_english(said[place].strip())
                words = escape(said[place], quote=False)
                yield unmarked(words) if whole else as_html(words)
            else:
                yield piece.raw

    def _said(self, piece: _Piece) -> str:
        """A text between two tags; the white space around it stays."""
        text = unescape(piece.raw)
        core = " ".join(text.split())
        if piece.kept or not core:
            return text
        before = text[: len(text) - len(text.lstrip())]
        after = text[len(text.rstrip()) :]
        return f"{before}{self._language.say(core, self._names)}{after}"

    def _start(self, piece: _Piece, *, in_english: bool) -> str:
        """A start tag with its names translated, and with its language where that is another."""
        if piece.tag == "html":
            language = self._language
            return f'<html lang="{escape(language.tag)}" dir="{language.direction}">'
        if piece.kept:
            return piece.raw

        def said(found: re.Match[str]) -> str:
            words = self._language.say_plain(unescape(found[2]), self._names)
            return f'{found[1]}="{escape(words)}"'

        raw = _NAMING.sub(said, piece.raw)
        return f'<{piece.tag} lang="en"{raw[1 + len(piece.tag) :]}' if in_english else raw

    def _marks(self, piece: _Piece) -> bool:
        """Whether an element itself is marked if its whole text is English. In a script from right
        to left its text is set apart within it instead, where that can be.
        """
        return self._language.direction == "ltr" or piece.tag in _PLAIN

    def _note(self) -> str:
        """What is to be said of the translation, in the language and in English."""
        if not self._language.note:
            return ""
        own, *others = (escape(text, quote=False) for text in self._language.note)
        told = "".join(f"\n<p>{text}</p>" for text in (own, *map(as_html, map(english, others))))
        return f'\n<div class="translation-note" role="note">{told}\n</div>'


def _read(page: str) -> list[_Piece]:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.pieces


class _Reader(HTMLParser):
    """Takes a page to pieces; put together again they are the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[_Piece] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def _kept(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        self.pieces.append(_Piece("start", raw, tag, self._kept))
        if tag not in _VOID and not raw.endswith("/>"):
            own = ("translate", "no") in attrs or tag in _KEPT | _QUOTED
            self._open.append((tag, self._kept or own))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        self.pieces.append(_Piece("end", f"</{tag}>", tag))

    def handle_data(self, data: str) -> None:
        if self.pieces and self.pieces[-1].kind == "text":
            data = self.pieces.pop().raw + data
        self.pieces.append(_Piece("text", data, kept=self._kept))

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.pieces.append(_Piece("other", f"<!--{data}-->"))

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(_Piece("other", f"<!{decl}>"))
