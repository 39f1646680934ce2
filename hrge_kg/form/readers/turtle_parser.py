"""Reads the triples of a file in Turtle, N-Triples or JSON-LD, with the line of each.

It fetches nothing. Relative names are resolved against the namespace of programmes, wherever the
file is.

>>> read_triples("<a> a <b> .", "a.ttl", ".ttl", {}).triples[0].line
1
"""

from __future__ import annotations

import re
from bisect import bisect_right
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

MOST_TRIPLES = 50_000
"""Triples of one file. A programme of which everything is answered has about a thousand."""

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'"
    r"|<[^<>\s]*>|\\.|\#[^\n]*|<<|>>|[\[\]()]",
    re.DOTALL,
)
_OF_A_NAME = re.compile(r"[\w:-]")
_PREFIX = re.compile("prefix", re.IGNORECASE)
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
        parsed = read_json_ld(text, file, context, mistakes)
        _refuse_many(parsed, file)
        return parsed
    return _turtle(text, file, FORMATS[ending])


def _refuse_many(parsed: ParsedTriples, file: str) -> None:
    """The work of an assessment grows with the triples, and with it the memory."""
    if len(parsed.triples) > MOST_TRIPLES:
        raise InputError(
            file,
            f"the file holds more than {MOST_TRIPLES:,} triples",
            "Describe fewer programmes in one file.",
            line=parsed.triples[MOST_TRIPLES].line,
        )


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
    declaring = [number for number, row in enumerate(rows, 1) if _PREFIX.search(row)]
    parsed = ParsedTriples([], {})
    at, read, prefixes = 1, 0, dict[str, str]()
    try:
        parser = ox.parse(cast("IO[bytes]", lines), format=form, base_iri=PROGRAMME)
        for quad in parser:
            lines.without_triple = 0
            subject, predicate, value = quad.subject, quad.predicate, quad.object
            if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
                raise _triple_term(file, lines.read_so_far)
            until = min(lines.read_so_far, len(rows))
            if not prefixes or bisect_right(declaring, until) > bisect_right(declaring, read):
                prefixes = _prefixes(parser.prefixes, file)
            read = until
            at = _line(rows, at, until, value, prefixes) or until
            place = at
            # The triples of a blank node come before the one that leads to it.
            if isinstance(value, ox.BlankNode) and value in parsed.lines:
                place = parsed.lines[value]
                place = _line(rows, max(1, place - 100), place, predicate, prefixes) or place
            parsed.triples.append(LocatedTriple(subject, predicate, value, place))
            _refuse_many(parsed, file)
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
    written = list(_forms(term, prefixes))
    for number in range(last, max(first, last - 1000) - 1, -1):
        row = rows[number - 1]
        if len(row) < 1000 and any(_stands_in(form, row) for form in written):
            return number
    return None


def _stands_in(form: str, row: str) -> bool:
    """Whether a form of a term stands in a row, and not as a part of a longer name."""
    at = row.find(form)
    while at >= 0:
        before, after = row[at - 1 : at], row[at + len(form) : at + len(form) + 1]
        if not _OF_A_NAME.match(before) and not (_OF_A_NAME.match(after) and after != ":"):
            return True
        at = row.find(form, at + 1)
    return False


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
