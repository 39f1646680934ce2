"""The project's own queries and rules: a copy that somebody sent cannot reach out, and what is
wrong in it is told with file and line.
"""

from __future__ import annotations

import os
import random
import shutil
import socket
from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.graph.entailment import entail
from hrge_kg.graph.own_queries import check_own_queries, check_shapes, run_update
from hrge_kg.namespaces import SH
from hrge_kg.resources import FOLDERS, files, root
from hrge_kg.sparql import QueryText, read_query, select, solutions

GOOD = "SELECT ?subject ?problem ?remedy { ?subject a ?problem, ?remedy }"


def write(base: Path, name: str, content: str | bytes) -> Path:
    path = base / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_those_of_the_project_pass() -> None:
    check_own_queries()


@pytest.mark.parametrize(
    ("name", "content", "line", "problem"),
    [
        ("queries/catalogue/a.rq", "ASK {\n SERVICE <x:y> { } }", 2, "SERVICE would contact"),
        ("queries/catalogue/a.rq", "ASK { service<x:y>{} }", 1, "service would contact"),
        ("queries/checks/a-violation.rq", f"{GOOD[:-1]} SERVICE SILENT ?x {{}} }}", 1, "SERVICE"),
        ("queries/trails/a.rq", "SELECT * { SERVICE <x:y> {} }", 1, "SERVICE"),
        ("queries/distribution/a.rq", "ASK { \\u0053ERVICE <x:y> {} }", 1, "escape"),
        ("ontology/rules/90-a.ru", "LOAD <http://127.0.0.1:1/>", 1, "LOAD would contact"),
        ("ontology/rules/90-a.ru", "# one\nload silent <x:y> into graph <x:z>", 2, "load would"),
        ("ontology/rules/90-a.ru", "INSERT { } WHERE { SERVICE <x:y> { } }", 1, "SERVICE"),
        ("queries/trails/a.rq", "ASK { # x\r SERVICE <x:y> { } }", 2, "SERVICE would"),
        ("queries/trails/a.rq", "PREFIX a: <x:> ASK { SERVICEa:b { } }", 1, "SERVICE would"),
        ("queries/trails/a.rq", "ASK { ?a ?b 1SERVICE <x:y> { } }", 1, "SERVICE would"),
        ("queries/trails/a.rq", "ASK { ?a ?b trueSERVICE <x:y> { } }", 1, "SERVICE would"),
        ("ontology/rules/90-a.ru", "# x\rLOAD <x:y>", 2, "LOAD would contact"),
        ("shapes/a.ru", "LOAD <http://127.0.0.1:1/>", 1, "LOAD would contact"),
        ("queries/catalogue/a.rq", "SELECT * {\n ?a ?b }", 2, "no SPARQL query"),
        ("queries/trails/a.rq", "ASK { }", None, "no SELECT query"),
        ("queries/checks/a-violation.rq", "ASK { }", None, "no SELECT query"),
        ("queries/checks/a-violation.rq", "SELECT ?subject { ?subject a ?b }", None, "?problem"),
        (
            "queries/descriptions/a-violation.rq",
            "SELECT ?problem { ?problem a ?b }",
            None,
            "?remedy",
        ),
        ("queries/explain/a.rq", b"SELECT * {\n# \xff\n}", 2, "not UTF-8"),
        ("ontology/rules/90-a.ru", "INSERT { ?a ?b } WHERE { }", 1, "no SPARQL update"),
        ("ontology/rules/90-a.ru", "ASK { }", 1, "no SPARQL update"),
        ("ontology/rules/90-a.ru", b"\xff", 1, "not UTF-8"),
        ("queries/trails/a.rq", "ASK {" + "{" * 5000, 1, "nested too deeply"),
        ("queries/trails/a.rq", "", 1, "no SPARQL query"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(
    name: str, content: str | bytes, line: int | None, problem: str, tmp_path: Path
) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(InputError) as raised:
        check_own_queries(tmp_path)
    assert raised.value.where == str(path)
    assert problem in raised.value.problem
    assert line is None or raised.value.line == line


def test_words_in_strings_names_and_comments_reach_out_nowhere(tmp_path: Path) -> None:
    write(
        tmp_path,
        "queries/catalogue/a.rq",
        "# SERVICE\nPREFIX a: <x:service#> ASK { ?service a:service-load 'LOAD <x:y>' }",
    )
    check_own_queries(tmp_path)


def test_a_query_that_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.rq"
    path.write_text("ASK { ?a ?b ?c }", encoding="utf-8")
    assert read_query(path) == read_query(path) == "ASK { ?a ?b ?c }"
    path.write_text("ASK { ?x ?b ?c }", encoding="utf-8")
    os.utime(path, ns=(0, 1))  # a clock may be too coarse to tell the two
    assert read_query(path) == "ASK { ?x ?b ?c }"
    path.unlink()
    with pytest.raises(InputError, match="cannot be read"):
        read_query(path)


def test_a_rule_that_changed_is_looked_at_when_it_runs() -> None:
    store = ox.Store()
    rule = QueryText("LOAD <http://127.0.0.1:1/>")
    rule.file = "a.ru"
    with pytest.raises(InputError, match="LOAD would contact"):
        run_update(store, rule)
    with pytest.raises(InputError, match=r"query:1: this is no SPARQL update"):
        run_update(store, QueryText("INSERT"))


@pytest.mark.parametrize("name", ["select", "ask", "construct", "update", "jsFunctionName"])
def test_shapes_reach_out_nowhere(name: str, tmp_path: Path) -> None:
    store, shape = ox.Store(), ox.NamedNode("x:shape")
    graph = ox.NamedNode("x:graph")
    text = ox.Literal("SELECT $this { SERVICE <x:y> { $this a ?b } }")
    store.add(ox.Quad(shape, SH(name), text, graph))
    with pytest.raises(InputError, match=r"SERVICE|JavaScript") as raised:
        check_shapes(store, {"x:graph": tmp_path / "shapes.ttl"})
    assert raised.value.where.endswith("shapes.ttl")


def test_a_column_that_is_missing_is_told_where_it_is_wanted() -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.Literal("c")))
    query = QueryText("SELECT ?a { ?a ?b ?c }")
    query.file = "trails/a.rq"
    [row] = select(store, query)
    assert row == {"a": "x:a"} and row.get("b") is None
    with pytest.raises(InputError, match=r"trails/a\.rq: a row of its answer has no \?b"):
        _ = row["b"]
    with pytest.raises(InputError, match="no SELECT query"):
        solutions(store, "ASK {}")
    with pytest.raises(InputError, match="no SPARQL query"):
        solutions(store, "SELECT")


@pytest.fixture
def listener() -> socket.socket:
    """A server that counts who comes: nobody may."""
    return socket.create_server(("127.0.0.1", 0))


def test_a_copy_of_the_project_reaches_out_nowhere(
    listener: socket.socket,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in FOLDERS:
        shutil.copytree(root() / name, tmp_path / name)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    monkeypatch.setenv("HRGE_ROOT", str(tmp_path))
    monkeypatch.setenv("HRGE_CACHE", str(tmp_path / "cache"))
    reaching = {
        "queries/catalogue/a.rq": f"ASK {{ SERVICE <{address}> {{ ?a ?b ?c }} }}",
        "queries/checks/a-violation.rq": f"{GOOD[:-1]} SERVICE <{address}> {{ ?a ?b ?c }} }}",
        "ontology/rules/00-a.ru": f"LOAD <{address}>",
        "shapes/checks-to-shapes.ru": f"LOAD <{address}>",
    }
    for name, text in reaching.items():
        before = (tmp_path / name).read_bytes() if (tmp_path / name).exists() else b""
        write(tmp_path, name, text)
        for command in (["query", "norms"], ["query", "a"], ["build"], ["shapes"]):
            if command == ["shapes"] and name.startswith("queries/"):
                continue  # it runs no query
            assert main(command) == 2
            assert f"{name}:1: " in (err := capsys.readouterr().err), (command, err)
            assert "would contact another server" in err
        write(tmp_path, name, before) if before else (tmp_path / name).unlink()
    listener.settimeout(0.1)
    with pytest.raises(TimeoutError):
        listener.accept()
    listener.close()


def mutants(seed: int, number: int) -> list[tuple[str, bytes]]:
    """Sources of queries and rules with a part left out, doubled or replaced."""
    chance = random.Random(seed)
    sources = [*files("queries", ".rq"), *files("ontology/rules", ".ru")]
    made = []
    for _ in range(number):
        path = chance.choice(sources)
        text = path.read_bytes()
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.randrange(1, 30))
        middle = chance.choice([b"", text[start:end] * 2, b"\xff", b"}", b"\0", b"\\u0041", b"?"])
        made.append((path.relative_to(root()).as_posix(), text[:start] + middle + text[end:]))
    return made


def test_no_mutant_ends_in_another_error(tmp_path: Path) -> None:
    told = []
    for name, content in mutants(1, 400):
        path = write(tmp_path, name, content)
        try:
            check_own_queries(tmp_path)
            if name.endswith(".ru"):
                entail(ox.Store(), tmp_path)
        except InputError as error:
            told.append((error.where, str(path)))
        path.unlink()
    assert [where for where, _ in told] == [path for _, path in told]
    assert len(told) > 150
