"""Assesses descriptions, and conducts interviews, in a process of its own. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..assessment.assessor import Assessor
from ..assessment.model import Assessment
from ..assessment.relevance import find_relevance
from ..form.convert import to_fill_in
from ..form.readers import read_file
from ..form.relevance import Relevance
from ..form.writers.yaml_writer import to_yaml
from ..interview.screens import Screen, Turn
from ..interview.start import opened
from ..interview.turns import take_turn
from ..languages.catalogue import find_language
from ..parsing.files import HeldFile
from ..report.formats import to_html, to_json, to_markdown, to_text, to_turtle
from ..worker_pool import WorkerPool
from .answering import Answer, open_asked
from .media import HTML
from .waiting_line import WaitingLine

WRITERS: Mapping[str, Callable[[Iterable[Assessment]], str]] = {
    "text/html": to_html,
    "application/json": to_json,
    "text/turtle": to_turtle,
    "text/markdown": to_markdown,
    "text/plain": to_text,
}
"""The formats of a report, by media type."""
FILES: Mapping[str, str] = {
    "yaml": "application/yaml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The media types of the files in which a form can be kept, by their endings."""


@dataclass(frozen=True)
class HandedIn:
    """A description, and the media type of the report that is wanted.

    `language` is the tag of the language in which a person reads it; programs read no other.
    """

    upload: HeldFile
    media: str
    language: str = "en"


@dataclass(frozen=True)
class Kept:
    """A form (YAML) that somebody wants to keep as a file; `ending` is one of `FILES`."""

    form: HeldFile
    ending: str


Task = HandedIn | Kept | Turn
AssessmentPool = WorkerPool[Assessor, Task, Answer | Screen]
AssessmentLine = WaitingLine[Assessor, Task, Answer | Screen]


def open_assessor(build: str) -> Assessor:
    """An assessor over the kept graph of a build, which has passed its self-test.

    Raises InputError where the graph is not kept any more, and where the self-test fails.
    """
    assessor = Assessor(open_asked(build).store)
    assessor.run_self_test()
    return assessor


def work(assessor: Assessor, task: Task) -> Answer | Screen:
    """The report on what was handed in, the file, or the next screen of an interview.

    Raises InputError for what cannot be used.
    """
    if isinstance(task, Turn):
        return take_turn(assessor, task)
    if isinstance(task, Kept):
        return _file(assessor, task)
    descriptions = read_file(task.upload, assessor.vocabulary, log=False)
    assessments = [assessor.assess(description) for description in descriptions]
    if task.media == HTML and task.language != "en":
        report = to_html(assessments, language=find_language(task.language))
        return Answer(task.media, report.encode())
    return Answer(task.media, WRITERS[task.media](assessments).encode())


@lru_cache(maxsize=1)
def _relevance(assessor: Assessor) -> Relevance:
    """Which questions concern whom: found once, it takes seconds."""
    return find_relevance(assessor)


def _file(assessor: Assessor, kept: Kept) -> Answer:
    """A form as the file that somebody keeps: YAML as it is, a workbook with all questions.

    In a workbook, questions that do not concern the groups are grey.
    """
    vocabulary = assessor.vocabulary
    [description] = read_file(kept.form, vocabulary, log=False)
    content = opened(description, vocabulary)
    if kept.ending == "xlsx":
        book = to_fill_in("xlsx", vocabulary, content, relevance=_relevance(assessor))
        return Answer(FILES["xlsx"], book)
    return Answer(FILES["yaml"], to_yaml(content).encode())
