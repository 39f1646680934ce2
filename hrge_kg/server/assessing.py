"""Assesses a description that somebody hands in, in a process of its own. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..assessment.assessor import Assessor
from ..assessment.model import Assessment
from ..form.readers import read_file
from ..parsing.files import HeldFile
from ..report.formats import to_html, to_json, to_markdown, to_text, to_turtle
from .answering import Answer, open_asked

WRITERS: Mapping[str, Callable[[Iterable[Assessment]], str]] = {
    "text/html": to_html,
    "application/json": to_json,
    "text/turtle": to_turtle,
    "text/markdown": to_markdown,
    "text/plain": to_text,
}
"""The formats of a report, by media type."""


@dataclass(frozen=True)
class HandedIn:
    """A description, and the media type of the report that is wanted."""

    upload: HeldFile
    media: str


def open_assessor(build: str) -> Assessor:
    """An assessor over the kept graph of a build, which has passed its self-test.

    Raises InputError where the graph is not kept any more, and where the self-test fails.
    """
    assessor = Assessor(open_asked(build).store)
    assessor.run_self_test()
    return assessor


def assess(assessor: Assessor, handed_in: HandedIn) -> Answer:
    """The report on what was handed in. Raises InputError for what cannot be used."""
    descriptions = read_file(handed_in.upload, assessor.vocabulary, log=False)
    assessments = [assessor.assess(description) for description in descriptions]
    return Answer(handed_in.media, WRITERS[handed_in.media](assessments).encode())
