"""The formats of the report, by name: one page for people in three, and what machines read.

(docs/reference/validate-report.md, docs/reference/validate-json.md)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..assessment.model import Assessment
from ..markup import html_writer, markdown_writer, plain_text
from .compose import compose
from .json_writer import to_json, to_jsonl
from .shacl_writer import to_turtle


def to_text(assessments: Iterable[Assessment]) -> str:
    """The report for people as plain text."""
    return "\n".join(plain_text.write(compose(assessment)) for assessment in assessments)


def to_markdown(assessments: Iterable[Assessment]) -> str:
    """The same report as Markdown."""
    return markdown_writer.write(compose(assessment) for assessment in assessments)


def to_html(assessments: Iterable[Assessment]) -> str:
    """The same report as one HTML file."""
    return html_writer.write([compose(assessment) for assessment in assessments])


WRITERS: Mapping[str, Callable[[Iterable[Assessment]], str]] = {
    "text": to_text,
    "html": to_html,
    "markdown": to_markdown,
    "json": to_json,
    "jsonl": to_jsonl,
    "ttl": to_turtle,
}
