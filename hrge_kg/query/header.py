"""The comment header of a query: what it answers, its columns, and the parameters it takes.

    # title: Norms
    # description: every norm with its kind and wording
    # keywords: norm, obligation
    # columns: norm, kind
    # lists: kind
    # reader: researchers
    # param: norm iri optional  One norm only
    # example: norm=norm:safe-return

A parameter's type is iri, string, quotation, integer, date, concept or concept:SCHEME; it is
`required` or `optional`. An example is what a person would type: NAME=VALUE for each parameter that
it gives, with quotation marks as for a shell. The readers are those who ask this most.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..errors import InputError

TYPES = ("iri", "string", "quotation", "integer", "date", "concept")
_LINE = re.compile(
    r"#\s*(title|description|keywords|columns|lists|reader|param|example)\s*:\s*(.*)"
)
_PARAM = re.compile(r"([A-Za-z_]\w*)\s+(\w+)(?::([\w-]+))?\s+(required|optional)(?:\s+(.*))?")


@dataclass(frozen=True)
class Param:
    """A parameter: the variable it binds, the type of its value, the scheme of a concept, and what
    it is for.

    >>> Param("topic", "concept", "topic", False, "One topic only").required
    False
    """

    name: str
    kind: str
    scheme: str | None
    required: bool
    description: str


@dataclass(frozen=True)
class Header:
    """What a query says of itself.

    >>> read_header("# title: Norms\\nASK {}", "norms.rq").title
    'Norms'
    """

    title: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    lists: frozenset[str] = frozenset()
    params: tuple[Param, ...] = ()
    reader: str = ""
    examples: tuple[tuple[str, ...], ...] = ()

    def example_of(self, param: Param) -> str | None:
        """A value for a parameter, out of the examples."""
        given = [one.partition("=") for example in self.examples for one in example]
        return next((value for name, _, value in given if name == param.name), None)


def read_header(text: str, file: str) -> Header:
    """The header of a query: its first lines, as far as they are comments.

    A query without one has an empty header.

    Raises InputError, with the line, for a parameter or an example that is not as above.
    """
    fields: dict[str, str] = {}
    params: list[Param] = []
    examples: list[tuple[str, ...]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        match = _LINE.fullmatch(line.strip())
        if match and match[1] == "param":
            params.append(_param(match[2], file, number))
        elif match and match[1] == "example":
            examples.append(_example(match[2], file, number))
        elif match:
            fields[match[1]] = match[2]
    return Header(
        fields.get("title", ""),
        fields.get("description", ""),
        _names(fields.get("keywords", "")),
        _names(fields.get("columns", "")),
        frozenset(_names(fields.get("lists", ""))),
        tuple(params),
        fields.get("reader", ""),
        tuple(examples),
    )


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def _example(value: str, file: str, line: int) -> tuple[str, ...]:
    words = value.split()
    if any(mark in value for mark in "'\"\\"):
        import shlex  # seldom needed, and a query is to be quick

        try:
            words = shlex.split(value)
        except ValueError:  # a quotation mark without its other
            words = []
    if not words or not all(word.partition("=")[1] for word in words):
        problem = f"the example is written as “{value}”"
        raise InputError(file, problem, "Write: # example: name=value other='two words'", line=line)
    return tuple(words)


def _param(value: str, file: str, line: int) -> Param:
    match = _PARAM.fullmatch(value)
    if not match or match[2] not in TYPES or (match[3] and match[2] != "concept"):
        problem = f"the parameter is declared as “{value}”"
        raise InputError(
            file,
            problem,
            f"Write: # param: name {'|'.join(TYPES)} required|optional  What it is for",
            line=line,
        )
    return Param(match[1], match[2], match[3], match[4] == "required", (match[5] or "").strip())
