"""The named queries: columns, headers and parameters."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest
from asked import rows, table

from hrge_kg.namespaces import PREFIXES, expand, shrink
from hrge_kg.query.catalogue import Query, catalogue, find_query
from hrge_kg.query.guard import check_query
from hrge_kg.resources import files
from hrge_kg.tables.model import SEPARATOR, Table

COLUMNS = {
    "norms": (
        "norm",
        "kind",
        "operator",
        "wording",
        "voice",
        "force",
        "bearer",
        "beneficiary",
        "topic",
        "quote",
        "page",
        "line",
    ),
    "documents": (
        "document",
        "title",
        "kind",
        "force",
        "symbol",
        "adopted",
        "inForce",
        "verification",
    ),
    "provisions": ("provision", "document", "number", "printedLabel"),
    "citations": ("citing", "cited", "character", "pinpoint", "footnote", "quote"),
    "authority": ("norm", "provision", "document"),
    "passages": ("order", "page", "line", "type", "class", "text"),
    "enforcement": ("norm", "check", "shape", "outcome"),
    "readings": ("subject", "reading", "adopted", "text", "reason"),
    "limits": ("norm", "limit", "ground", "test", "quote"),
    "discrepancies": ("id", "line", "kind", "difference", "status", "concerns"),
    "footnotes": ("footnote", "page", "quote", "cited"),
    "sentences": ("order", "page", "line", "class", "reason", "text"),
    "aspects": ("aspect", "question", "kind", "wanted", "of", "unit", "topic", "norms"),
    "practices": ("practice", "quote", "page", "norm"),
    "advocacy": ("concern", "response", "norm"),
    "gender": ("thing", "kind", "direction", "quote", "page"),
    "deontic-words": ("sentence", "page", "line", "class", "words", "norms", "whyNoNorm", "text"),
}
NAMED = pytest.mark.parametrize(
    "query", [query for query in catalogue() if query.name in COLUMNS], ids=lambda query: query.name
)
EVERY = pytest.mark.parametrize(
    "query", catalogue(), ids=lambda query: query.name
)  # also those that need a parameter


def test_the_first_queries_keep_their_columns() -> None:
    columns = {query.name: query.header.columns for query in catalogue()}
    assert {name: columns.get(name) for name in COLUMNS} == COLUMNS
    assert len(columns) == len(files("queries/catalogue", ".rq")), "two queries have one name"


Answered = Callable[[str], Table]


@pytest.fixture(scope="module")
def answered(graph: ox.Store) -> Answered:
    """The answer to a query without parameters; each is asked once."""
    return functools.cache(lambda name: table(graph, name))


@NAMED
def test_columns_are_those_of_the_header(query: Query, answered: Answered) -> None:
    assert answered(query.name).columns == COLUMNS[query.name]


@EVERY
def test_is_sparql_that_any_store_reads(query: Query) -> None:
    assert not check_query(query.text, query.file)
    ox.Store().query(query.text)  # with no prefixes but its own


@EVERY
def test_header_says_what_it_answers(query: Query) -> None:
    header = query.header
    assert header.title
    assert header.description.endswith(".")
    assert header.keywords
    assert header.lists <= set(header.columns)
    assert all(param.description for param in header.params)
    assert header.reader
    assert all(header.example_of(param) for param in header.params)
    assert ("#VALUES" in query.text) == bool(header.params)
    assert re.search(r"^ORDER BY ", query.text, re.MULTILINE)


@NAMED
def test_answers_the_same_twice(query: Query, answered: Answered, graph: ox.Store) -> None:
    first = answered(query.name)
    assert first.terms
    assert first == table(graph, query.name)


@NAMED
def test_no_row_twice(query: Query, answered: Answered) -> None:
    repeated = [row for row, count in Counter(answered(query.name).terms).items() if count > 1]
    assert repeated == []


@NAMED
def test_lists_are_sorted_and_hold_each_item_once(query: Query, answered: Answered) -> None:
    found = answered(query.name)
    assert found.lists == query.header.lists
    for name in found.lists:
        for row in found.terms:
            cell = row[found.columns.index(name)]
            if cell is not None:
                assert isinstance(cell, ox.Literal)
                items = cell.value.split(SEPARATOR)
                assert items == sorted(set(items))
                assert all(items)


@NAMED
def test_no_cell_would_be_a_formula(query: Query, answered: Answered) -> None:
    """CSV is written as it is; that no answer of ours is dangerous in a spreadsheet is so because
    none begins like a formula.
    """
    cells = [
        cell
        for row in answered(query.name).terms
        for cell in row
        if isinstance(cell, (ox.Literal, ox.NamedNode))
    ]
    assert [
        cell.value for cell in cells if cell.value.startswith(("=", "+", "-", "@", "\t", "\r"))
    ] == []


def _parameters() -> Iterator[tuple[str, str]]:
    for name, columns in COLUMNS.items():
        for param in find_query(name).header.params:
            # A concept of parties stands for the narrower ones too.
            if param.name in columns and param.scheme != "party":
                yield name, param.name


@pytest.mark.parametrize(("name", "param"), list(_parameters()))
def test_a_parameter_keeps_the_rows_that_hold_its_value(
    name: str, param: str, graph: ox.Store
) -> None:
    whole = rows(graph, name)
    lists = find_query(name).header.lists
    values = sorted(
        {
            item
            for row in whole
            if param in row
            for item in (row[param].split(SEPARATOR) if param in lists else [row[param]])
        }
    )
    assert values
    for value in (values[0], values[len(values) // 2], values[-1]):
        kept = [
            row
            for row in whole
            if value
            in (row.get(param, "").split(SEPARATOR) if param in lists else [row.get(param)])
        ]
        assert rows(graph, name, {param: value}) == kept
        assert 0 < len(kept) <= len(whole)


@pytest.mark.parametrize(
    ("name", "param", "value", "prefix", "property"),
    [
        ("norms", "topic", "health", "hrge", "topic"),
        ("citations", "norm", "norm:informed-consent", "hrge", "supports"),
        ("discrepancies", "about", "document:rpg", "hrge", "concerns"),
        ("aspects", "norm", "norm:no-mandatory-testing", "hrge", "enforces"),
    ],
)
def test_a_parameter_that_is_no_column(
    name: str, param: str, value: str, prefix: str, property: str, graph: ox.Store
) -> None:
    wanted = value if ":" in value else f"c:{value}"
    things = {
        shrink(quad.subject.value)
        for quad in graph.quads_for_pattern(
            None,
            ox.NamedNode(PREFIXES[prefix] + property),
            ox.NamedNode(expand(wanted) or ""),
            None,
        )
        if isinstance(quad.subject, ox.NamedNode)
    }
    kept = rows(graph, name, {param: value})
    assert 0 < len(kept) < len(rows(graph, name))
    if name == "norms":
        assert {row["norm"] for row in kept} == {
            thing for thing in things if thing.startswith("norm:")
        }
    elif name == "aspects":
        assert all(
            value in row["norms"]
            for row in [
                {**row, "norms": " ".join(map(shrink, row["norms"].split("; ")))} for row in kept
            ]
        )
    else:
        assert (
            len(kept)
            >= len([thing for thing in things if thing.startswith(("citation:", "discrepancy:"))])
            > 0
        )


FOUR = ("topic", "force", "beneficiary", "bearer")


@pytest.mark.parametrize("name", ["about", "norms", "owed-to"])
def test_four_parameters_are_taken_together(name: str, graph: ox.Store) -> None:
    """Each alone keeps some rows; together they keep what all of them keep."""
    given = {"topic": "detention", "force": "treaty-body", "beneficiary": "child"}
    given["bearer"] = "states"
    assert {param.name for param in find_query(name).header.params if not param.required} >= set(
        FOUR
    )
    kept = [{row["norm"] for row in rows(graph, name, {one: given[one]})} for one in FOUR]
    together = [row["norm"] for row in rows(graph, name, given)]
    assert set(together) == set.intersection(*kept)
    assert together and all(len(together) < len(some) for some in kept)


@pytest.mark.parametrize("name", ["about", "norms"])
def test_a_party_stands_for_those_of_a_narrower_kind(name: str, graph: ox.Store) -> None:
    children = {row["beneficiary"] for row in rows(graph, name, {"beneficiary": "child"})}
    assert "migrant children" in children
    assert "smuggled migrants" not in children
    bearers = {row["bearer"] for row in rows(graph, name, {"bearer": "officials"})}
    assert "border officials" in " ".join(bearers)
