"""What `hrge query` says of the named queries: all of them by kind of reader, or one of them."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterable, Iterator

from ..escaping import escaped
from ..query.catalogue import Query
from ..query.header import Param

_WIDTH = 80
_TYPES = {
    "iri": "a name, a CURIE or an IRI of a thing",
    "string": "words",
    "quotation": "words of the source",
    "integer": "a whole number",
    "date": "a day, written as 2021-02-28",
    "concept": "a word of a vocabulary",
}


def catalogue_text(queries: Iterable[Query], width: int | None) -> str:
    """The named queries under the kind of people who ask them, each with an example."""
    by_reader: dict[str, list[Query]] = {}
    for query in queries:
        by_reader.setdefault(query.header.reader, []).append(query)
    lines = ["`hrge query NAME --help` says more of each."]
    for reader, asked in sorted(by_reader.items()):
        lines += ["", f"For {reader or 'everybody'}"]
        for query in sorted(asked, key=lambda one: one.name):
            lines += ["", *_entry(query, width or _WIDTH)]
    return _text(lines)


def _entry(query: Query, width: int) -> Iterator[str]:
    header = query.header
    yield f"  {query.name}: {header.title}"
    if header.params:
        names = [f"{one.name} (required)" if one.required else one.name for one in header.params]
        yield from _wrapped(f"parameters: {', '.join(names)}", width, 4)
    yield from _call(query, header.examples[0] if header.examples else (), width, 4)


def help_text(query: Query, width: int | None) -> str:
    """What one query answers, with its parameters, columns and examples."""
    wide = width or _WIDTH
    header = query.header
    lines = [f"{query.name}: {header.title or query.file}"]
    if header.description:
        lines += ["", *_wrapped(header.description, wide, 0)]
    if header.params:
        lines += ["", "Parameters, each written as --param NAME=VALUE:"]
        for param in header.params:
            lines += _parameter(query, param, wide)
    if header.columns:
        lists = ", ".join(f"{name}*" if name in header.lists else name for name in header.columns)
        lines += ["", "Columns:", *_wrapped(lists, wide, 2)]
        if header.lists:
            lines.append("  * holds several values, joined with “; ”")
    lines += ["", "Examples:"]
    for example in header.examples or ((),):
        lines += _call(query, example, wide, 2)
    return _text(lines)


def _parameter(query: Query, param: Param, width: int) -> Iterator[str]:
    required = ", required" if param.required else ""
    example = query.header.example_of(param)
    scheme = f" (scheme:{param.scheme})" if param.scheme else ""
    yield from _wrapped(f"{param.name}{required}: {param.description}", width, 2)
    shown = f", such as {example}" if example else ""
    yield from _wrapped(f"{_TYPES[param.kind]}{scheme}{shown}", width, 4)


def _call(query: Query, given: tuple[str, ...], width: int, indent: int) -> Iterator[str]:
    """The command, on more lines if it is long, as a shell reads them."""
    line = " " * indent + shlex.join(["hrge", "query", query.name])
    for one in given:
        word = f"--param {shlex.quote(one)}"
        if len(line) + len(word) + 3 > width:
            yield f"{line} \\"
            line = " " * (indent + 4) + word
        else:
            line += f" {word}"
    yield line


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    pad = " " * indent
    return textwrap.wrap(
        text,
        max(width, 40),
        initial_indent=pad,
        subsequent_indent=pad + "  " if indent else "",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _text(lines: Iterable[str]) -> str:
    """The lines as one text. What stands in a file of the user is escaped."""
    return "\n".join(map(escaped, lines)) + "\n"
