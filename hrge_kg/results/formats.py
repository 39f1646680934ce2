"""What a results file answers, as a page for people, as JSON, as one table, or as one picture."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..markup import html_writer, markdown_writer, plain_text
from ..markup.document import Document, DocumentBlock, Heading, Paragraph, Picture
from ..report.summary import NO_RANKING, grid_of
from ..tables.model import Table
from ..tables.writers import write_for_spreadsheet
from .picture import portfolio_svg
from .picture_data import picture_data
from .questions import IRIS, PortfolioQuestion, ask

if TYPE_CHECKING:
    import duckdb

FORMATS = ("text", "markdown", "html", "json", "csv", "svg")
SHOWN = 20
"""Rows of each table on a page for people; JSON and CSV have all."""


def write_portfolio(
    results: duckdb.DuckDBPyConnection, asked: Sequence[PortfolioQuestion], form: str
) -> str:
    """The answers to these questions in one of FORMATS; csv has that to the first alone."""
    if form == "svg":
        return portfolio_svg(picture_data(results))
    if form == "csv":
        return write_for_spreadsheet(ask(results, asked[0])[0])
    if form == "json":
        return _json(results, asked)
    page = Document(tuple(_page(results, asked)))
    if form == "html":
        return html_writer.write([page])
    return markdown_writer.write([page]) if form == "markdown" else plain_text.write(page)


def _json(results: duckdb.DuckDBPyConnection, asked: Sequence[PortfolioQuestion]) -> str:
    answers = {}
    for question in asked:
        table, _ = ask(results, question)
        answers[question.name] = {
            "question": question.words,
            "rows": [dict(zip(table.columns, row, strict=True)) for row in table.rows],
        }
    return json.dumps(answers, ensure_ascii=False, indent=1) + "\n"


def _page(
    results: duckdb.DuckDBPyConnection, asked: Sequence[PortfolioQuestion]
) -> Iterator[DocumentBlock]:
    data = picture_data(results)
    yield Heading(1, f"What {data.programmes:,} programmes state, norm by norm")
    yield Paragraph(NO_RANKING)
    yield Picture(portfolio_svg(data), data.words)
    for question in asked:
        table, number = ask(results, question, SHOWN)
        if not number:
            continue
        yield Heading(2, question.words)
        if question.about:
            yield Paragraph(question.about)
        yield grid_of(_without_iris(table))
        if number > len(table):
            yield Paragraph(
                f"These are the first {len(table)} of {number:,} rows. All: hrge portfolio FILE "
                f"{question.name} --format csv"
            )


def _without_iris(table: Table) -> Table:
    """The table without columns of names for machines: people read the label beside them."""
    kept = [at for at, name in enumerate(table.columns) if name not in IRIS]
    rows = tuple(tuple(row[at] for at in kept) for row in table.terms)
    return Table(tuple(table.columns[at] for at in kept), rows, table.title)
