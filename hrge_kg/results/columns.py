"""The columns of a results file: a row for each programme, norm and group.

A file that cannot be used has one row with its error. (docs/reference/results.md)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..assessment.enums import Outcome
from ..errors import MissingExtra
from ..namespaces import local_name

if TYPE_CHECKING:
    import pyarrow

    from ..assessment.model import Assessment, Finding
    from ..assessment.portfolio import Unusable

VERSION = "1"
"""Of the columns; it stands in the file. A change that readers notice has a new one."""


class Column(NamedTuple):
    """A column: its name, the kind of its values, and whether it may be empty in any row."""

    name: str
    kind: str
    may_be_empty: bool = True


COLUMNS = (
    Column("file", "text", may_be_empty=False),
    Column("programme", "text"),
    Column("title", "text"),
    Column("setting", "facts"),
    Column("norm", "text"),
    Column("label", "text"),
    Column("topic", "text"),
    Column("topics", "texts"),
    Column("topicRank", "number"),
    Column("page", "number"),
    Column("normLine", "number"),
    Column("harm", "number"),
    Column("group", "text"),
    Column("people", "facts"),
    Column("outcome", "text"),
    Column("reason", "text"),
    Column("raised", "yes or no"),
    Column("message", "text"),
    Column("because", "text"),
    Column("remedy", "text"),
    Column("line", "number"),
    Column("key", "text"),
    Column("questions", "texts"),
    Column("error", "text"),
)
Row = tuple[object, ...]
"""The values of a row, in the order of COLUMNS."""


def rows_of(assessment: Assessment) -> list[Row]:
    """The rows of one programme, in the order of its findings."""
    return [_row(assessment, finding) for finding in assessment.findings]


def row_of_unusable(file: str, error: Unusable) -> Row:
    """The one row of a file that cannot be used."""
    values = {"file": file, "error": str(error)}
    return tuple(values.get(column.name) for column in COLUMNS)


def arrow_schema(metadata: dict[str, str] | None = None) -> pyarrow.Schema:
    """The columns as a schema of Apache Arrow.

    Raises MissingExtra where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtra("columns", "pyarrow", "columns") from error
    fact = pa.struct([pa.field("dimension", pa.string()), pa.field("value", pa.string())])
    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "number": pa.int32(),
        "yes or no": pa.bool_(),
        "facts": pa.list_(fact),
    }
    fields = [pa.field(name, types[kind], nullable=empty) for name, kind, empty in COLUMNS]
    return pa.schema(fields, metadata={"hrge.columns": VERSION, **(metadata or {})})


def record_batch(rows: list[Row], schema: pyarrow.Schema) -> pyarrow.RecordBatch:
    """Rows as a batch of Apache Arrow."""
    import pyarrow as pa

    values = zip(*rows, strict=True) if rows else ((),) * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(values, schema, strict=True)]
    return pa.record_batch(arrays, schema=schema)


def _row(assessment: Assessment, finding: Finding) -> Row:
    description, norm, leading = assessment.description, finding.norm, finding.leading
    place = leading.place if leading else None
    people = assessment.profile.people.get(finding.group or "", ())
    values = {
        "file": description.file,
        "programme": description.programme,
        "title": description.title or local_name(description.programme),
        "setting": _facts(assessment.profile.setting),
        "norm": norm.iri,
        "label": norm.label,
        "topic": norm.topics[0] if norm.topics else None,
        "topics": list(norm.topics),
        "topicRank": norm.topic_rank,
        "page": norm.page,
        "normLine": norm.line,
        "harm": norm.harm,
        "group": assessment.groups[finding.group] if finding.group else None,
        "people": _facts(people),
        "outcome": str(finding.outcome),
        "reason": str(finding.reason),
        "raised": finding.outcome == Outcome.CONCERN or finding.raised_for_review,
        "message": finding.message,
        "because": finding.because,
        "remedy": finding.remedy or None,
        "line": place.line if place else None,
        "key": place.key if place else None,
        "questions": [question.text for question in finding.questions],
        "error": None,
    }
    return tuple(values[column.name] for column in COLUMNS)


def _facts(pairs: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"dimension": dimension, "value": value} for dimension, value in pairs]
