"""Writes a description in any format that is read, without loss: what is written is read again and compared.

Comments, blank questions and the names that an RDF file gives to groups and statements are no part of a description.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError
from .content import EMPTY, FormContent, content_of, with_form_names
from .description import Description
from .readers import read_descriptions
from .readers.yaml_reader import parse_form
from .vocabulary import Vocabulary
from .writers.csv_writer import to_csv
from .writers.rdf_writer import to_turtle
from .writers.template import template
from .writers.xlsx_writer import to_xlsx
from .writers.yaml_writer import to_yaml

FORMATS = ("yaml", "csv", "xlsx", "jsonld", "ttl")


def convert(description: Description, to: str, vocabulary: Vocabulary) -> bytes:
    """The description as the bytes of a file in one of FORMATS.

    Raises InputError where the format cannot say all that the description says.
    """
    if to == "ttl":
        return _same(to_turtle(description).encode(), to, description, vocabulary)
    if to == "jsonld":
        written = ox.serialize(
            sorted({ox.Triple(*t) for t in description.triples}, key=str),
            format=ox.RdfFormat.JSON_LD,
        )
        assert written is not None
        return _same(written, to, description, vocabulary)
    named, renamed = with_form_names(description)
    filled = content_of(named, vocabulary)
    text = (
        to_xlsx(filled, vocabulary)
        if to == "xlsx"
        else (to_csv if to == "csv" else to_yaml)(filled, vocabulary).encode()
    )
    made = _same(text, to, named, vocabulary)
    if renamed:
        print(
            f"hrge: {renamed} names of the programme, its groups and statements are given anew, as a form gives them",
            file=sys.stderr,
        )
    return made


def to_fill_in(
    to: str,
    vocabulary: Vocabulary,
    form: FormContent = EMPTY,
    questions: Iterable[str] | None = None,
) -> bytes:
    """A form to fill in: yaml (with comments), csv or xlsx. The questions that `form` leaves open, or only these of them, are blank."""
    if to == "yaml":
        return template(vocabulary, form, questions).encode()
    blanks = form.with_blanks(vocabulary, vocabulary.aspects if questions is None else questions)
    return to_xlsx(blanks, vocabulary) if to == "xlsx" else to_csv(blanks, vocabulary).encode()


def described(form: FormContent, name: str, vocabulary: Vocabulary) -> Description:
    """The description that a filled form is; `name` is for messages."""
    return parse_form(to_yaml(form, vocabulary), name, vocabulary)


def _same(content: bytes, to: str, description: Description, vocabulary: Vocabulary) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"again.{to}"
        path.write_bytes(content)
        [again] = read_descriptions(path, vocabulary)
    lost = sorted(map(str, set(description.triples) ^ set(again.triples)))
    if lost:
        raise InputError(
            description.file, f"{to} cannot say all of it: {lost[0]}", "Convert to ttl or jsonld."
        )
    return content
