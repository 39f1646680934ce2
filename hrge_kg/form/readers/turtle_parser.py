"""Reads the triples of a file in Turtle, N-Triples or JSON-LD, with the line of each.

It fetches nothing. Relative names are resolved against the namespace of programmes, wherever the
file is.

>>> read_triples("<a> a <b> .", "a.ttl", ".ttl", {}).triples[0].line
1
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO, cast

import pyoxigraph as ox

from ...errors import InputError, Mistakes
from ...namespaces import PROGRAMME
from ...parsing.files import printable
from ...parsing.json_objects import DEEPEST
from .jsonld_parser import read_json_ld
from .triples import LocatedTriple, Node, ParsedTriples

FORMATS: Mapping[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}
"""The formats that hrge reads, by the ending of the file."""

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'"
    r"|<[^<>\s]*>|\\.|\#[^\n]*|<<|>>|[\[\]()]",
    re.DOTALL,
)
_WHERE = re.compile(r"^Parser error (at|between) [^:]*: ")
_XML = re.compile(r"\s*<(\?xml|!DOCTYPE|rdf:RDF)", re.IGNORECASE)


def read_triples(
    text: str,
    file: str,
    ending: str,
    context: Mapping[str, object],
    mistakes: Mistakes | None = None,
) -> ParsedTriples:
    """The triples of a text in the format of an ending of FORMATS.

    `context` is the content of our own JSON-LD context. Raises InputError for wrong syntax, and for
    what reaches outside of the file; with `mistakes`, those that hide no others are gathered there.
    """
    if _XML.match(text):
        raise InputError(
            file,
            "this is RDF/XML, which hrge does not read",
            "Save it as Turtle (.ttl), N-Triples (.nt) or JSON-LD (.jsonld).",
            line=1,
        )
    if FORMATS[ending] == ox.RdfFormat.JSON_LD:
        return read_json_ld(text, file, context, mistakes)
    return _turtle(text, file, FORMATS[ending])


# Turtle and N-Triples


class _Lines:
    """A file that hands out one line at a time.

    So when the parser gives a triple, it has read no further than that, and the line is known. If
    many lines give no triple, as in a long string, the file hands out more lines at once, because
    the parser begins the string again each time.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.encode().splitlines(keepends=True)
        self._rest = b""
        self.read_so_far = 0
        self.without_triple = 0

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes: one byte more would end the process."""
        if not self._rest:
            self.without_triple += 1
            first = self.read_so_far
            self.read_so_far = min(first + 2 ** (self.without_triple // 100), len(self._lines))
            self._rest = b"".join(self._lines[first : self.read_so_far])
        given = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(given) :]
        return given


def _turtle(text: str, file: str, form: ox.RdfFormat) -> ParsedTriples:
    _refuse_depth(text, file)
    lines = _Lines(text)
    # bytes.splitlines knows fewer line ends than str.splitlines: only those that the parser counts.
    rows = [row.decode() for row in text.encode().splitlines()]
    parsed = ParsedTriples([], {})
    at, prefixes = 1, dict[str, str]()
    try:
        parser = ox.parse(cast("IO[bytes]", lines), format=form, base_iri=PROGRAMME)
        for quad in parser:
            lines.without_triple = 0
            subject, predicate, value = quad.subject, quad.predicate, quad.object
            if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
                raise _triple_term(file, lines.read_so_far)
            until = min(lines.read_so_far, len(rows))
            if not prefixes or any("prefix" in row.lower() for row in rows[at - 1 : until]):
                prefixes = _prefixes(parser.prefixes, file)
            at = _line(rows, at, until, value, prefixes) or until
            place = at
            # The triples of a blank node come before the one that leads to it.
            if isinstance(value, ox.BlankNode) and value in parsed.lines:
                place = parsed.lines[value]
                place = _line(rows, max(1, place - 100), place, predicate, prefixes) or place
            parsed.triples.append(LocatedTriple(subject, predicate, value, place))
            parsed.lines.setdefault(subject, place)
    except SyntaxError as error:
        problem = printable(_WHERE.sub("", error.msg or ""))
        raise InputError(
            file, f"this is not {form.name}: {problem}", "Correct the syntax.", line=error.lineno
        ) from error
    return parsed


def _prefixes(found: Mapping[str, str], file: str) -> dict[str, str]:
    if len(found) > 200:
        raise InputError(
            file, "the file declares more than 200 prefixes", "Keep those that it uses."
        )
    return dict(found)


def _line(
    rows: list[str], first: int, last: int, term: Node | ox.Literal, prefixes: Mapping[str, str]
) -> int | None:
    """The last line of a stretch on which a term is written."""
    if first == last:
        return last
    written = [
        re.compile(rf"(?<![\w:-]){re.escape(form)}(?![\w-])") for form in _forms(term, prefixes)
    ]
    for number in range(last, max(first, last - 1000) - 1, -1):
        row = rows[number - 1]
        if len(row) < 1000 and any(form.search(row) for form in written):
            return number
    return None


def _forms(term: Node | ox.Literal, prefixes: Mapping[str, str]) -> Iterator[str]:
    if isinstance(term, ox.Literal):
        yield term.value.split("\n")[0]
    elif isinstance(term, ox.NamedNode):
        yield f"<{term.value}>"
        if term.value.startswith(PROGRAMME):
            yield f"<{term.value.removeprefix(PROGRAMME)}>"
        for prefix, namespace in prefixes.items():
            if term.value.startswith(namespace):
                yield f"{prefix}:{term.value.removeprefix(namespace)}"


def _refuse_depth(text: str, file: str) -> None:
    """Refuse deep nesting: it would end the whole process, not only the parser."""
    depth, line, at = 0, 1, 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in ("[", "(", "]", ")", "<<", ">>"):
            depth = max(0, depth + (1 if token in ("[", "(", "<<") else -1))
            if depth > DEEPEST or token == "<<":
                line += text.count("\n", at, match.start())
                if token == "<<":
                    raise _triple_term(file, line)
                raise InputError(file, "this is nested too deeply", "Write it flatter.", line=line)


def _triple_term(file: str, line: int) -> InputError:
    return InputError(
        file,
        "hrge does not read a triple about a triple",
        "State it of the statement itself.",
        line=line,
    )
