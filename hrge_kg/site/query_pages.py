"""A page for each named query, with its answer where it needs no parameter.

Where a server answers, the page has a form by which the query is asked more closely; on a static
site it leads to the pages of contents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import pyoxigraph as ox

from ..query.catalogue import Query, catalogue
from ..query.run import portable_text, run_query
from ..tables.cells import cell_text
from ..tables.model import SEPARATOR, Table, Term
from ..tables.writers import write
from .addresses import PAGE
from .contents import contents_path
from .context import Maker, SiteContext
from .query_fields import fields

_MOST_SHOWN = 500
"""Rows of an answer to more parameters that a page shows; the file has all."""


@dataclass(frozen=True)
class Cell:
    """A cell of an answer: its text, and the thing (IRI) that it names."""

    text: str
    iri: str | None = None


def query_pages(site: SiteContext) -> dict[str, Maker]:
    """The makers of their list, of their pages, and of the files beside them."""
    makers: dict[str, Maker] = {
        f"query/index{PAGE}": lambda: site.render(
            "queries.html", f"query/index{PAGE}", queries=catalogue()
        )
    }
    for query in catalogue():
        makers |= _makers(site, query)
    return makers


def query_path(name: str) -> str:
    """The path of the page of a named query."""
    return f"query/{name}{PAGE}"


def _makers(site: SiteContext, query: Query) -> dict[str, Maker]:
    makers: dict[str, Maker] = {
        query_path(query.name): lambda: _page(site, query),
    }
    if not _needs_parameter(query):
        makers[f"query/{query.name}.rq"] = lambda: portable_text(query, {}).encode()
        makers[f"query/{query.name}.csv"] = lambda: _csv(site, query)
    return makers


def _needs_parameter(query: Query) -> bool:
    return any(param.required for param in query.header.params)


def _answer(site: SiteContext, query: Query) -> Table | None:
    """The answer; None if the query needs a parameter, or its answer is no table."""
    answer = None if _needs_parameter(query) else run_query(site.graph, query)
    return answer if isinstance(answer, Table) else None


def _csv(site: SiteContext, query: Query) -> bytes:
    return write(run_query(site.graph, query), "csv").encode()


def _page(site: SiteContext, query: Query) -> bytes:
    table = _answer(site, query)
    return site.render(
        "query.html",
        query_path(query.name),
        **_shared(site, query, table, {}),
        rows=answer_rows(site, table) if table else [],
        table=table,
        number=len(table) if table else 0,
        text=query.text,
        said=(),
    )


def narrowed_page(
    site: SiteContext,
    query: Query,
    params: Mapping[str, str],
    table: Table | None,
    text: str | None,
    said: Sequence[str],
) -> bytes:
    """The page of a query with its answer for some parameters; without a table, with the reason why
    there is none.
    """
    first = table and replace(table, terms=table.terms[:_MOST_SHOWN])
    return site.render(
        "query.html",
        query_path(query.name),
        **_shared(site, query, _answer(site, query), params),
        rows=answer_rows(site, first) if first else [],
        table=table,
        number=len(table) if table else 0,
        text=text or query.text,
        said=said,
    )


def _shared(
    site: SiteContext, query: Query, all_rows: Table | None, params: Mapping[str, str]
) -> dict[str, object]:
    """What both pages of a query show."""
    return {
        "query": query,
        "params": params,
        "address": urlencode(params),
        "needs": _needs_parameter(query),
        "fields": fields(site, query, all_rows, params) if site.asks else [],
        "contents": [(contents_path(name), one) for name, one in site.contents.items()],
    }


def answer_rows(site: SiteContext, table: Table) -> list[list[list[Cell]]]:
    """The rows of a table as cells of a page."""
    return [
        [
            _cells(site, cell, name in table.lists)
            for name, cell in zip(table.columns, row, strict=True)
        ]
        for row in table.terms
    ]


def _cells(site: SiteContext, cell: Term | None, is_list: bool) -> list[Cell]:
    """What a cell holds: the items of a list, or one; a thing by its label."""
    if isinstance(cell, ox.NamedNode):
        return [Cell(site.label(cell.value), cell.value)]
    if is_list and isinstance(cell, ox.Literal):
        return [_item(site, item) for item in cell.value.split(SEPARATOR)]
    text = cell_text(cell, False, None)
    return [Cell(text)] if text else []


def _item(site: SiteContext, item: str) -> Cell:
    is_thing = item in site.addresses.paths
    return Cell(site.label(item), item) if is_thing else Cell(item)
