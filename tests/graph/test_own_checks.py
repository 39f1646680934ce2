"""The checks of the build: each finds what is planted for it and nothing else, and finds nothing in
the project's own graph.

A fixture is tests/fixtures/checks/<check>.ttl or <check>--<variant>.ttl; its `# expect:` lines say
what must be found.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from paths import FIXTURES

from hrge_kg.errors import InputError
from hrge_kg.graph.build import check
from hrge_kg.graph.sources import load_turtle
from hrge_kg.namespaces import GRAPH, shrink, sparql_prologue
from hrge_kg.resources import files, root

CASES = sorted((FIXTURES / "checks").glob("*.ttl"))
CHECKS = files("queries/checks", ".rq")
PLANTED = GRAPH("planted")


def rows_of(query: Path, store: ox.Store) -> list[tuple[str, str, str]]:
    found = store.query(
        sparql_prologue() + query.read_text(encoding="utf-8"), use_default_graph_as_union=True
    )
    assert isinstance(found, ox.QuerySolutions)
    assert [variable.value for variable in found.variables] == ["subject", "problem", "remedy"]
    return [
        (shrink(row["subject"].value), row["problem"].value, row["remedy"].value) for row in found
    ]


def check_of(fixture: Path) -> Path:
    return root() / "queries" / "checks" / f"{fixture.stem.split('--')[0]}-violation.rq"


def planted(fixture: Path) -> ox.Store:
    store = ox.Store()
    load_turtle(store, fixture, PLANTED)
    return store


def expected(fixture: Path) -> list[tuple[str, str]]:
    lines = [
        line.removeprefix("# expect: ")
        for line in fixture.read_text(encoding="utf-8").splitlines()
        if line.startswith("# expect: ")
    ]
    return [(subject, words) for subject, words in (line.split(" | ", 1) for line in lines)]


@pytest.mark.parametrize("fixture", CASES, ids=lambda path: path.stem)
def test_finds_what_is_planted_and_nothing_else(fixture: Path) -> None:
    rows = rows_of(check_of(fixture), planted(fixture))
    wanted = expected(fixture)
    assert wanted
    for subject, words in wanted:
        assert [problem for found, problem, _ in rows if found == subject and words in problem], (
            f"{subject}: {words}"
        )
    assert sorted(subject for subject, _, _ in rows) == sorted(subject for subject, _ in wanted)
    assert all(problem and remedy for _, problem, remedy in rows)


@pytest.mark.parametrize("query", CHECKS, ids=lambda path: path.stem)
def test_every_check_has_something_planted(query: Path) -> None:
    assert [fixture for fixture in CASES if check_of(fixture) == query]


@pytest.mark.parametrize("query", CHECKS, ids=lambda path: path.stem)
def test_finds_nothing_in_our_own_graph(query: Path, graph: ox.Store) -> None:
    assert rows_of(query, graph) == []


@pytest.mark.parametrize("fixture", CASES, ids=lambda path: path.stem)
def test_stops_the_build_with_file_and_line(fixture: Path) -> None:
    store = planted(fixture)
    with pytest.raises(InputError) as raised:
        check(store, {PLANTED.value: fixture})
    assert raised.value.where.endswith(fixture.name)
    assert raised.value.line is not None
    assert raised.value.remedy
