"""Writes a description in any format that is read, without loss.

hrge reads again what it has written, and compares the two. It does not keep comments and blank
questions, and a form does not keep the names that an RDF file gives to groups and statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..errors import InputError
from ..file_writer import scratch_file
from ..namespaces import local_name
from .content import EMPTY, FormContent, content_of
from .description import Description
from .form_names import with_form_names
from .readers import read_file
from .readers.yaml_reader import parse_form
from .relevance import UNKNOWN, Relevance
from .vocabulary import Vocabulary
from .writers.csv_writer import to_csv
from .writers.rdf_writer import to_jsonld, to_turtle
from .writers.template import template
from .writers.xlsx_writer import to_xlsx
from .writers.yaml_writer import to_yaml

FORMATS = ("yaml", "csv", "xlsx", "jsonld", "ttl")

_RDF_WRITERS: dict[str, Callable[[Description], str]] = {"ttl": to_turtle, "jsonld": to_jsonld}
_FORM_WRITERS: dict[str, Callable[[FormContent, Vocabulary, Relevance], bytes]] = {
    "yaml": lambda form, _, __: to_yaml(form).encode(),
    "csv": lambda form, vocabulary, _: to_csv(form, vocabulary).encode(),
    "xlsx": to_xlsx,
}


@dataclass(frozen=True)
class Conversion:
    """A description in another format: the bytes of the file, and how many names changed.

    A form gives its own names to the programme, its groups and its statements; RDF keeps names.
    """

    content: bytes
    renamed: int = 0


def convert(description: Description, to: str, vocabulary: Vocabulary) -> Conversion:
    """The description in one of FORMATS.

    Raises InputError where the format cannot say all that the description says.
    """
    if to in _RDF_WRITERS:
        content = _RDF_WRITERS[to](description).encode()
        _require_same(content, to, description, vocabulary)
        return Conversion(content)
    named, renamed = with_form_names(description)
    content = _FORM_WRITERS[to](content_of(named, vocabulary), vocabulary, UNKNOWN)
    _require_same(content, to, named, vocabulary)
    return Conversion(content, renamed)


def file_names(descriptions: Iterable[Description]) -> list[str]:
    """A name for a file of each description, without ending: that of its programme, if short."""
    names: list[str] = []
    for description in descriptions:
        named, _ = with_form_names(description)
        name, number = local_name(named.programme), 2
        while (unique := name if name not in names else f"{name}-{number}") in names:
            number += 1
        names.append(unique)
    return names


def to_fill_in(
    to: str,
    vocabulary: Vocabulary,
    form: FormContent = EMPTY,
    questions: Iterable[str] | None = None,
    relevance: Relevance = UNKNOWN,
) -> bytes:
    """A form to fill in: yaml (with comments), csv or xlsx.

    It has what `form` has, and below `answers` the other `questions` (keys; None: all), blank. With
    `relevance` a workbook marks the questions that do not concern the groups.
    """
    if to == "yaml":
        return template(vocabulary, form, questions).encode()
    blank = form.with_blanks(vocabulary, vocabulary.aspects if questions is None else questions)
    return _FORM_WRITERS[to](blank, vocabulary, relevance)


def described(form: FormContent, name: str, vocabulary: Vocabulary) -> Description:
    """The description that a filled form states; messages call its file `name`."""
    return parse_form(to_yaml(form), name, vocabulary)


def _require_same(
    content: bytes, to: str, description: Description, vocabulary: Vocabulary
) -> None:
    """Read again what was written. Raises InputError if it says something else."""
    with scratch_file(f"again.{to}", content) as path:
        [read_again] = read_file(path, vocabulary, log=False)
    lost = sorted(map(str, set(description.triples) ^ set(read_again.triples)))
    if lost:
        raise InputError(
            description.file, f"{to} cannot say all of it: {lost[0]}", "Convert to ttl or jsonld."
        )
