"""The formats of the report, by name: one page for people in three, and what machines read.

Each imports its writer when it is first used, so that the command can list the formats in its help
without waiting for what writes them.
(docs/reference/validate-report.md, docs/reference/validate-json.md, docs/reference/validate-csv.md,
docs/reference/validate-ci.md)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..assessment.model import Assessment
    from ..languages.language import Language
    from ..markup.document import Document


def to_text(
    assessments: Iterable[Assessment], *, annex: bool = False, language: Language | None = None
) -> str:
    """The report for people as plain text; in English, or in another language."""
    from ..markup import plain_text

    return "\n".join(map(plain_text.write, _pages(assessments, annex=annex, language=language)))


def to_markdown(
    assessments: Iterable[Assessment], *, annex: bool = False, language: Language | None = None
) -> str:
    """The same report as Markdown."""
    from ..markup import markdown_writer

    return markdown_writer.write(_pages(assessments, annex=annex, language=language))


def to_html(
    assessments: Iterable[Assessment], *, annex: bool = True, language: Language | None = None
) -> str:
    """The same report as one HTML file, with the annex, which is folded."""
    from ..markup import html_writer

    return html_writer.write(_pages(assessments, annex=annex, language=language, marked=True))


def to_docx(
    assessments: Iterable[Assessment], *, annex: bool = True, language: Language | None = None
) -> bytes:
    """The same as a document for Word. Raises MissingExtra without python-docx."""
    from ..markup import docx_writer

    return docx_writer.write(_pages(assessments, annex=annex, language=language))


def _pages(
    assessments: Iterable[Assessment],
    *,
    annex: bool,
    language: Language | None,
    marked: bool = False,
) -> list[Document]:
    """The report on each programme, in a language. `marked`: the format shows what is English."""
    from .compose import compose

    pages = []
    for assessment in assessments:
        page = compose(assessment, annex=annex)
        if language is not None:
            from ..languages.documents import translated

            page = translated(page, language, names_of(assessment), marked=marked)
        pages.append(page)
    return pages


def names_of(assessment: Assessment) -> frozenset[str]:
    """The words of a report that somebody else chose: the programme, its file, its groups."""
    from ..markup.document import plain

    description = assessment.description
    return frozenset(map(plain, (description.title, description.file, *assessment.groups.values())))


def to_actions(assessments: Iterable[Assessment]) -> str:
    """The action list as Markdown: what to do, who can do it, what to raise with whom."""
    from ..markup import markdown_writer
    from .actions import compose

    return markdown_writer.write(map(compose, assessments))


def to_actions_xlsx(assessments: Iterable[Assessment]) -> bytes:
    """The action list as a workbook. Raises MissingExtra without openpyxl."""
    from ..tables.workbook import to_xlsx
    from .actions import sheets

    return to_xlsx(*sheets(list(assessments)))


def to_json(assessments: Iterable[Assessment]) -> str:
    """The JSON report: an array, one object for each programme."""
    from . import json_writer

    return json_writer.to_json(assessments)


def to_jsonl(assessments: Iterable[Assessment]) -> str:
    """The same objects, one on each line."""
    from . import json_writer

    return json_writer.to_jsonl(assessments)


def to_turtle(assessments: Iterable[Assessment]) -> str:
    """The validation report of SHACL, as Turtle."""
    from . import shacl_writer

    return shacl_writer.to_turtle(assessments)


def to_csv(assessments: Iterable[Assessment]) -> str:
    """The evidence table as CSV."""
    from ..tables.writers import write_for_spreadsheet
    from .evidence_table import evidence_table

    return write_for_spreadsheet(evidence_table(assessments))


def to_answers_csv(assessments: Iterable[Assessment]) -> str:
    """The table of answers as CSV: what became of each."""
    from ..tables.writers import write_for_spreadsheet
    from .answers_table import answers_table

    return write_for_spreadsheet(answers_table(assessments))


def to_sarif(assessments: Iterable[Assessment]) -> str:
    """SARIF 2.1.0, for code hosts and editors."""
    from . import sarif_writer

    return sarif_writer.to_sarif(assessments)


def to_junit(assessments: Iterable[Assessment]) -> str:
    """JUnit XML, for continuous integration."""
    from . import junit_writer

    return junit_writer.to_junit(assessments)


def to_earl(assessments: Iterable[Assessment]) -> str:
    """EARL of the W3C, as Turtle."""
    from . import earl_writer

    return earl_writer.to_earl(assessments)


WRITERS: Mapping[str, Callable[[Iterable[Assessment]], str]] = {
    "text": to_text,
    "html": to_html,
    "markdown": to_markdown,
    "json": to_json,
    "jsonl": to_jsonl,
    "ttl": to_turtle,
    "csv": to_csv,
    "csv-answers": to_answers_csv,
    "sarif": to_sarif,
    "junit": to_junit,
    "earl": to_earl,
    "actions": to_actions,
}
BINARY_WRITERS: Mapping[str, Callable[[Iterable[Assessment]], bytes]] = {
    "docx": to_docx,
    "actions-xlsx": to_actions_xlsx,
}
"""The formats that are no text: they are written to a file."""
FORMATS = (*WRITERS, *BINARY_WRITERS)
WITH_LANGUAGE: Mapping[str, Callable[..., str]] = {
    "text": to_text,
    "html": to_html,
    "markdown": to_markdown,
}
"""The formats for people, which can be written in another language (`language`)."""
WITH_ANNEX: Mapping[str, Callable[[Iterable[Assessment]], str]] = {
    "text": partial(to_text, annex=True),
    "html": partial(to_html, annex=True),
    "markdown": partial(to_markdown, annex=True),
}
"""The formats for people, with the annex."""
