"""Formats Turtle that is written by hand: one predicate a line, lines of at most 100 characters.

`python tools/format_turtle.py` writes the files anew; with `--check` it only names those that
differ. The triples, their order and the comments stay. A literal that is too long for its line is
broken at single spaces, between three quotation marks; hrge_kg/graph/sources.py joins it again.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
WIDTH = 100
FOLDERS = ("ontology", "data", "shapes", "tests/fixtures/checks", "tests/fixtures/new-section")
GENERATED = ("shapes/norms", "shapes/witnesses")

_TOKEN = re.compile(
    r"""
      (?P<space> \s+ )
    | (?P<comment> \#[^\r\n]* )
    | (?P<literal> (?: \"{3} (?: [^"\\] | \\. | "{1,2}(?!") )* \"{3}
                     | '{3} (?: [^'\\] | \\. | '{1,2}(?!') )* '{3}
                     | " (?: [^"\\\r\n] | \\. )* "
                     | ' (?: [^'\\\r\n] | \\. )* ' )
                   (?: @[A-Za-z0-9-]+ | \^\^ (?: <[^<>]*> | [^\s<>"';,()\[\]]+ ) )? )
    | (?P<mark> [\[\](),;] | \.(?=[\s#]|\Z) )
    | (?P<word> <[^<>\s]*> | (?: \\. | [^\s<>"'\[\](),;\\#.] | \.(?![\s#]|\Z) )+ )
    """,
    re.VERBOSE | re.DOTALL,
)
_BREAK = re.compile(r"[ \t]*\r?\n[ \t\r\n]*")
_KEPT = re.compile(r"# (?:expect: |- |\d+\. | )|#$")
"""Comments whose line breaks mean something."""
_BEGINS = re.compile(r"# [A-Z]\w+: ")
"""A comment that begins a paragraph."""


@dataclass
class Token:
    """A piece of Turtle, the comments on the lines above it and the one behind it."""

    kind: str
    text: str
    above: list[str] = field(default_factory=list)
    behind: str = ""
    gap: bool = False
    """Whether an empty line stands above it and its comments."""


@dataclass
class Item:
    """Whatever may have comments of its own: an object, a member of a list, a predicate with its
    objects.
    """

    above: list[str] = field(default_factory=list)
    behind: str = ""

    @property
    def bare(self) -> bool:
        """Whether there is no comment."""
        return not self.above and not self.behind


@dataclass
class Leaf(Item):
    """A name or a number."""

    text: str = ""


@dataclass
class Literal(Item):
    """A string: what stands between its quotation marks, not escaped, and what follows them."""

    body: str = ""
    suffix: str = ""


@dataclass
class Bracket(Item):
    """A nested node or a list."""

    marks: str = "[]"
    items: list[Item] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    """Comments before its end."""


@dataclass
class Predicate(Item):
    """A predicate with its objects."""

    verb: str = ""
    objects: list[Item] = field(default_factory=list)


@dataclass
class Statement(Item):
    """A subject with its predicates; a directive is only words."""

    words: str = ""
    subject: Item | None = None
    predicates: list[Item] = field(default_factory=list)
    gap: bool = False


# Reading


def _tokens(text: str) -> Iterator[Token]:
    above: list[str] = []
    gap, at, last = False, 0, None
    fresh = True  # whether a line has begun
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise ValueError(f"line {text.count(chr(10), 0, at) + 1}: this is not Turtle")
        at, kind, found = match.end(), match.lastgroup or "", match[0]
        if kind == "space":
            fresh = fresh or "\n" in found
            if found.count("\n") > 1:
                if above:
                    above.append("")
                else:
                    gap = True
        elif kind == "comment":
            if fresh or last is None:
                above.append(found.rstrip())
            else:
                last.behind = found.rstrip()
        else:
            last = Token(kind, found, above, "", gap)
            yield last
            above, gap, fresh = [], False, False
    yield Token("end", "", above, "", gap)


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self, wanted: str = "") -> Token:
        token = self.next
        if token.kind == "end" or (wanted and token.text != wanted):
            raise ValueError(f"{wanted or 'more'} is expected, not {token.text or 'the end'}")
        self.at += 1
        return token

    def statements(self) -> Iterator[Statement]:
        while self.next.kind != "end":
            gap, above = self.next.gap, self.next.above
            self.next.above = []
            if self.next.text.lower() in ("@prefix", "@base", "prefix", "base"):
                dotted = self.next.text.startswith("@")
                words = [self.take() for _ in range(2 if "base" in self.next.text.lower() else 3)]
                end = self.take(".") if dotted else words[-1]
                text = " ".join(word.text for word in words) + (" ." if dotted else "")
                yield Statement(above, end.behind, words=text, gap=gap)
                continue
            subject = self.object()
            predicates = self.predicates(".") if self.next.text != "." else []
            end = self.take(".")
            self.next.above = [*end.above, *self.next.above]
            (predicates[-1] if predicates else subject).behind += end.behind
            yield Statement(above, subject=subject, predicates=predicates, gap=gap)

    def predicates(self, end: str) -> list[Item]:
        found: list[Item] = []
        while self.next.text not in (end, ""):
            verb = self.take()
            one = Predicate(verb.above, verb=verb.text)
            if verb.behind:
                one.above.append(verb.behind)
            while True:
                one.objects.append(self.object())
                if self.next.text != ",":
                    break
                self.separator(one.objects[-1])
            while self.next.text == ";":
                self.separator(one)
            found.append(one)
        return found

    def separator(self, item: Item) -> None:
        mark = self.take()
        item.behind = mark.behind or item.behind
        self.next.above = [*mark.above, *self.next.above]

    def object(self) -> Item:
        token = self.take()
        if token.kind == "literal":
            body, suffix = _parts(token.text)
            return Literal(token.above, token.behind, body, suffix)
        if token.text not in ("[", "("):
            return Leaf(token.above, token.behind, token.text)
        end = {"[": "]", "(": ")"}[token.text]
        found = Bracket(token.above, marks=token.text + end)
        if token.behind:
            found.above.append(token.behind)
        if end == "]":
            found.items = self.predicates(end)
        else:
            while self.next.text not in (end, ""):
                found.items.append(self.object())
        closing = self.take(end)
        found.last, found.behind = closing.above, closing.behind
        return found


def _parts(text: str) -> tuple[str, str]:
    quote = text[0] * 3 if text.startswith(text[0] * 3) and len(text) > 5 else text[0]
    end = text.rindex(quote)
    body = re.sub(
        r"\\.",
        lambda m: m[0][1] if m[0][1] in "\"'" else m[0],
        text[len(quote) : end],
        flags=re.DOTALL,
    )
    return _BREAK.sub(" ", body), text[end + len(quote) :]


# Writing


def _short(item: Item) -> str | None:
    """An object, or a predicate with its objects, on one line; None where it needs more."""
    match item:
        case Leaf():
            return item.text
        case Literal():
            return '"' + item.body.replace('"', '\\"') + '"' + item.suffix
        case Bracket():
            inner = [_short(one) if one.bare else None for one in item.items]
            if item.last or None in inner:
                return None
            between = " ; " if item.marks == "[]" else " "
            within = between.join(one for one in inner if one is not None)
            return f"{item.marks[0]} {within} {item.marks[1]}" if within else item.marks
        case Predicate():
            shown = [_short(one) if one.bare else None for one in item.objects]
            if None in shown:
                return None
            return f"{item.verb} {' , '.join(one for one in shown if one is not None)}"
    raise TypeError(item)


def _object(first: str, item: Item, indent: int, end: str) -> list[str]:
    """An object after what stands before it on its line; what follows is `indent` deep."""
    short = _short(item)
    if short is not None and len(first + short + end) <= WIDTH:
        return [first + short + end]
    match item:
        case Literal():
            return _broken(first, item, indent, end)
        case Bracket() if item.items or item.last:
            inner: list[str] = []
            for number, one in enumerate(item.items, 1):
                more = " ;" if item.marks == "[]" and number < len(item.items) else ""
                inner += _item(one, indent, more)
            inner += _comments(item.last, indent)
            return [first + item.marks[0], *inner, " " * (indent - 2) + item.marks[1] + end]
    return [first + (short or "") + end]


def _broken(first: str, literal: Literal, indent: int, end: str) -> list[str]:
    body = literal.body.replace('""', '\\"\\"')
    if body.endswith('"') and not body.endswith('\\"'):
        body = body[:-1] + '\\"'
    close = '"""' + literal.suffix + end
    lines, line = [], first + '"""'
    words = re.split(r"(?<=[^ ]) (?=[^ ])", body)
    for number, word in enumerate(words):
        room = WIDTH - (len(close) if number == len(words) - 1 else 0)
        if number and len(line) + 1 + len(word) > room:
            lines.append(line)
            line = " " * indent + word
        else:
            line += (" " if number else "") + word
    lines.append(line + close)
    if len(lines) == 1:  # there is no place to break it
        return [first + (_short(literal) or "") + end]
    return lines


def _item(item: Item, indent: int, end: str) -> list[str]:
    """A line of its own, or several, for a predicate, an object or a member."""
    first = " " * indent
    if isinstance(item, Predicate):
        return _with_comments(item, _predicate(first, item, indent + 2, end), indent)
    return _with_comments(item, _object(first, item, indent + 2, end), indent)


def _predicate(first: str, item: Predicate, indent: int, end: str) -> list[str]:
    """A predicate with its objects, after what stands before it; its objects are `indent` deep."""
    short = _short(item)
    if short is not None and len(first + short + end) <= WIDTH:
        return [first + short + end]
    if len(item.objects) == 1 and item.objects[0].bare:
        lines = _object(f"{first}{item.verb} ", item.objects[0], indent, end)
        if len(lines[0]) <= WIDTH:
            return lines
    lines = [first + item.verb]
    for number, one in enumerate(item.objects, 1):
        lines += _item(one, indent, " ," if number < len(item.objects) else end)
    return lines


def _with_comments(item: Item, lines: list[str], indent: int) -> list[str]:
    above = list(item.above)
    if item.behind and len(lines[-1]) + 1 + len(item.behind) > WIDTH:
        above.append(item.behind)
    elif item.behind:
        lines = [*lines[:-1], f"{lines[-1]} {item.behind}"]
    return [*_comments(above, indent), *lines]


def _comments(comments: list[str], indent: int) -> list[str]:
    """Comment lines; a paragraph that has a line too long is filled anew."""
    room = WIDTH - indent
    done: list[str] = []
    part: list[str] = []

    def end_of_part() -> None:
        if any(len(one) > room for one in part):
            words = " ".join(one.removeprefix("#").strip() for one in part)
            fill = textwrap.wrap(words, room - 2, break_long_words=False, break_on_hyphens=False)
            part[:] = [f"# {one}" for one in fill]
        done.extend(" " * indent + one for one in part)
        part.clear()

    for one in comments:
        if not one or _KEPT.match(one):
            end_of_part()
            done.append(" " * indent + one if one else "")
            continue
        if _BEGINS.match(one):
            end_of_part()
        part.append(one)
    end_of_part()
    return done


def _statement(statement: Statement) -> list[str]:
    if statement.subject is None:
        return [statement.words]
    subject = _object("", statement.subject, 2, "")
    lines = subject if statement.predicates else [*subject[:-1], subject[-1] + " ."]
    for number, one in enumerate(statement.predicates):
        assert isinstance(one, Predicate)
        end = " ." if number == len(statement.predicates) - 1 else " ;"
        if number or one.above or len(f"{lines[-1]} {one.verb}") > WIDTH:
            lines += _item(one, 2, end)
            continue
        beside = _predicate(lines[-1] + " ", one, 4, end)
        if len(f"{beside[-1]} {one.behind}") > WIDTH:
            lines += _item(one, 2, end)
        else:
            lines = [*lines[:-1], *_with_comments(one, beside, 2)]
    return lines


def formatted(text: str) -> str:
    """The Turtle in the one layout.

    Raises ValueError for what is no Turtle.
    """
    reader = _Reader(text)
    out: list[str] = []
    tall = False  # whether the statement above takes more than one line
    for statement in reader.statements():
        if statement.subject is not None and len(statement.predicates) == 1:
            only = statement.predicates[0]
            if only.behind and not only.above:  # behind a statement of one line it stays
                statement.behind, only.behind = only.behind, ""
        lines = _statement(statement)
        here = len(lines) > 1
        if out and (statement.gap or tall or here):
            out.append("")
        out += _with_comments(statement, lines, 0)
        tall = here
    rest = reader.next
    if rest.above:
        out += [*([""] if out and (rest.gap or tall) else []), *_comments(rest.above, 0)]
    while out and not out[-1]:
        out.pop()
    return "".join(f"{line}\n" for line in out)


def files(root: Path = ROOT) -> list[Path]:
    """The files that are written by hand and have this layout."""
    return [
        path
        for folder in FOLDERS
        for path in sorted((root / folder).rglob("*.ttl"))
        if not path.is_relative_to(root / GENERATED[0])
        and not path.is_relative_to(root / GENERATED[1])
    ]


def main(args: list[str] | None = None) -> int:
    """Format the files, or with --check name those that are not formatted (exit code 1)."""
    parser = argparse.ArgumentParser(description="Format the Turtle that is written by hand.")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; name what would change"
    )
    parser.add_argument("files", nargs="*", type=Path, help="these instead of all")
    given = parser.parse_args(args)
    wrong = 0
    for path in given.files or files():
        old = path.read_text(encoding="utf-8")
        try:
            new = formatted(old)
        except ValueError as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 2
        if new == old:
            continue
        wrong += 1
        if given.check:
            print(f"{path}: not formatted; run make format", file=sys.stderr)
        else:
            path.write_text(new, encoding="utf-8")
            print(f"{path}: formatted")
    return 1 if wrong and given.check else 0


if __name__ == "__main__":
    sys.exit(main())
