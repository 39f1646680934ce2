"""What a query is warned of: terms that occur nowhere, and the parameter that leaves no row."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping

import pyoxigraph as ox
import pytest

from hrge_kg.cli.main import main
from hrge_kg.namespaces import HRGE, PREFIXES, RDF_TYPE
from hrge_kg.query import run
from hrge_kg.query.catalogue import Query, find_query, query_of
from hrge_kg.query.empty_answer import MOST_NEAR, why_empty
from hrge_kg.query.header import Header, Param
from hrge_kg.query.occurrence import described_beside
from hrge_kg.query.run import answer_query, run_query
from hrge_kg.query.unknown_terms import MOST, named_iris, unknown_terms
from hrge_kg.tables.model import Result, Table

NOTHING = Table(("c",), ())


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.WARNING, logger="hrge_kg")
    return caplog


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        (
            "SELECT ?norm {\n ?norm hrge:restOn ?source }",
            ["a.rq:2: hrge:restOn occurs nowhere in the graph; the nearest: hrge:restsOn"],
        ),
        (
            "SELECT ?norm { ?norm hrge:topic c:meals-topic }",
            ["a.rq:1: c:meals-topic occurs nowhere in the graph"],
        ),
        (
            "SELECT * {\n VALUES ?norm { norm:safe-return\n norm:safe-retrun } ?norm ?p ?o }",
            ["a.rq:3: norm:safe-retrun occurs nowhere in the graph; the nearest: norm:safe-return"],
        ),
        (
            "ASK { <https://w3id.org/hrge/id/norm/safe-retrun> a hrge:Norm }",
            ["a.rq:1: norm:safe-retrun occurs nowhere in the graph; the nearest: norm:safe-return"],
        ),
        (
            "DESCRIBE norm:safe-retrun",
            ["a.rq:1: norm:safe-retrun occurs nowhere in the graph; the nearest: norm:safe-return"],
        ),
        (
            "SELECT * { ?norm a hrge:Norm FILTER(?norm IN (norm:safe-retrun)) }",
            ["a.rq:1: norm:safe-retrun occurs nowhere in the graph; the nearest: norm:safe-return"],
        ),
        (
            "SELECT * { ?norm hrge:anchor/hrge:pagee ?page }",
            ["a.rq:1: hrge:pagee occurs nowhere in the graph; the nearest: hrge:page"],
        ),
        (
            "SELECT * FROM <https://w3id.org/hrge/graph/no-such> { ?norm a hrge:Norm }",
            ["a.rq:1: graph:no-such occurs nowhere in the graph"],
        ),
        (
            "PREFIX x: <http://example.org/> ASK { ?a x:b ?c }",
            ["a.rq:1: http://example.org/b occurs nowhere in the graph"],
        ),
        ("SELECT * { ?norm a hrge:Norm ; hrge:restsOn ?source . } # hrge:restOn", []),
        ("SELECT * { ?norm hrge:quote 'hrge:restOn' }", []),
        ("SELECT * FROM <https://w3id.org/hrge/graph/norms/limits> { ?norm a hrge:Norm.}", []),
        ("SELECT (xsd:double(?n) AS ?x) { BIND('1'^^xsd:short AS ?n) }", []),
        ("CONSTRUCT { ?norm <http://example.org/mine> ?page }\n{ ?norm hrge:page ?page }", []),
    ],
)
def test_a_term_that_occurs_nowhere_is_told(
    text: str, warned: list[str], graph: ox.Store, log: pytest.LogCaptureFixture
) -> None:
    run_query(graph, query_of(text, "a.rq"))
    assert log.messages == warned


def test_the_command_warns_and_ends_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "SELECT ?n { ?n hrge:restOn ?x }", "--format", "csv"]) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines() == ["n"]
    assert printed.err == (
        "hrge: query:1: hrge:restOn occurs nowhere in the graph; the nearest: hrge:restsOn\n"
    )


def test_few_are_told_and_the_others_counted(graph: ox.Store) -> None:
    names = " ".join(f"norm:x{number}" for number in range(300))
    told = unknown_terms(f"SELECT * {{ VALUES ?norm {{ {names} norm:x1 }} }}", "a.rq", graph)
    assert len(told) == MOST + 1
    assert told[-1] == f"a.rq: {300 - MOST} more of its terms occur nowhere in the graph"


def test_one_look_at_the_graph_serves_all_terms(
    graph: ox.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not one for each: that would take as long as there are terms."""
    looks = []

    def look(iris: Collection[str], store: ox.Store) -> Mapping[str, list[str]]:
        looks.append(list(iris))
        return described_beside(iris, store)

    monkeypatch.setattr("hrge_kg.query.unknown_terms.described_beside", look)
    unknown_terms("ASK { norm:a hrge:b c:d ; hrge:e norm:f }", "a.rq", graph)
    assert [len(iris) for iris in looks] == [5]
    unknown_terms("ASK { ?norm a hrge:Norm }", "a.rq", graph)
    assert len(looks) == 1


def test_names_are_read_as_sparql_writes_them() -> None:
    text = """PREFIX : <http://example.org/> PREFIX hrge: <http://example.org/other#>
      BASE <http://example.org/base/>
      SELECT * { ?s :a\\-b ?x ; hrge:c <d> ; ^hrge:e|!(hrge:f) _:g ; a <urn:h> }"""
    found = [iri.removeprefix("http://example.org/") for iri, _ in named_iris(text)]
    assert found == ["a-b", "other#c", "base/d", "other#e", "other#f", "urn:h"]


@pytest.mark.parametrize(
    ("name", "params", "told"),
    [
        (
            "practices",
            {"topic": "return", "norm": "norm:support-after-return"},
            [
                "no row: norm=norm:support-after-return alone leaves none",
                "near: 5 rows without norm=norm:support-after-return: ",
            ],
        ),
        (
            "what-must-be-shown",
            {"norm": "norm:informed-of-consular-access"},
            ["no row: norm=norm:informed-of-consular-access alone leaves none"],
        ),
        ("saying", {"words": "zzz"}, ["no row with words=zzz"]),
        (
            "passages",
            {"page": "43", "type": "sentence", "class": "class-practice"},
            [
                "no row: each of page=43, type=sentence, class=class-practice alone leaves some, "
                "together none",
                "near: 12 rows without page=43: page=42: 6; page=44: 88, 89, 90, 93, 94; 6 more",
                "farther: 25 rows without class=class-practice",
            ],
        ),
        (
            "gender",
            {"kind": "norms", "thing": "hrge:Norm"},
            ["no row: each of kind=norms, thing=hrge:Norm alone leaves none"],
        ),
        (
            "about",
            {"topic": "return", "force": "treaty"},
            [
                "no row: each of topic=return, force=treaty alone leaves some, together none",
                "near: 6 rows without force=treaty: force=soft law: "
                "norm:residency-or-resettlement-explored, norm:safe-return, "
                "norm:voluntary-return-where-possible, norm:support-after-return, "
                "norm:services-for-returned-victims; "
                "force=toolkit: norm:shortest-time-to-prepare-return",
                "farther: 18 rows without topic=return",
            ],
        ),
    ],
)
def test_an_empty_answer_says_which_parameter_empties_it_and_what_is_near(
    name: str,
    params: dict[str, str],
    told: list[str],
    graph: ox.Store,
    log: pytest.LogCaptureFixture,
) -> None:
    answer = answer_query(graph, name, params)
    assert isinstance(answer, Table)
    assert answer.terms == ()
    assert len(log.messages) == len(told)
    for message, beginning in zip(log.messages, told, strict=True):
        assert message.startswith(f"{name}: {beginning}")


def test_what_the_query_requires_is_always_given() -> None:
    header = Header(
        params=(Param("a", "string", None, True, ""), Param("b", "string", None, False, ""))
    )
    some = Table(("c",), ((ox.Literal("x"),),))
    told = why_empty(
        header, {"a": "1", "b": "2"}, lambda params: NOTHING if "b" in params else some
    )
    assert told == ["no row: b=2 alone leaves none beside a=1", "near: 1 row without b=2: x"]


def test_of_many_near_rows_few_are_named() -> None:
    header = Header(params=tuple(Param(name, "string", None, False, "") for name in "ab"))
    many = Table(("c",), tuple((ox.Literal(str(number)),) for number in range(MOST_NEAR + 3)))
    told = why_empty(
        header, {"a": "1", "b": "2"}, lambda params: NOTHING if "b" in params else many
    )
    assert told[1] == "near: 9 rows without b=2: 0, 1, 2, 3, 4, 5; 3 more"


def test_the_command_says_which_parameter_empties_it(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["query", "saying", "--param", "words=zzz", "--format", "csv"]
    assert main(command) == 0
    assert capsys.readouterr().err == "hrge: saying: no row with words=zzz\n"


def test_an_answer_with_rows_says_nothing(graph: ox.Store, log: pytest.LogCaptureFixture) -> None:
    run_query(graph, "norms", topic="health")
    assert log.messages == []


def test_a_graph_without_rows_blames_no_parameter(log: pytest.LogCaptureFixture) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode(PREFIXES["norm"] + "a"), RDF_TYPE, HRGE("Thing")))
    answer_query(store, "norms", {"norm": "norm:a"})
    assert log.messages == ["norms: no row, with parameters or without"]


def test_no_parameter_is_tried_twice() -> None:
    header = Header(params=(Param("a", "string", None, False, ""),))
    asked = []

    def ask(params: object) -> Table:
        asked.append(params)
        return Table(("a",), ((ox.Literal("x"),),))

    assert why_empty(header, {"a": "1"}, ask) == ["no row: a=1 alone leaves none"]
    assert asked == [{}]


def test_an_own_query_is_run_once(graph: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be slow; only queries of the catalogue are asked again."""
    ran = []
    real = run._answer

    def counted(graph: ox.Store, query: Query, params: Mapping[str, str], most: int) -> Result:
        ran.append(params)
        return real(graph, query, params, most)

    monkeypatch.setattr(run, "_answer", counted)
    text = "# param: x string optional  A value\nSELECT ?s { #VALUES\n ?s hrge:quote ?x }"
    answer_query(graph, query_of(text), {"x": "no such words"})
    assert len(ran) == 1
    assert find_query("norms").trusted
