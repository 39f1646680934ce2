"""Publishing to a store: every query gives the same rows there; nothing of others is touched."""

from __future__ import annotations

import urllib.parse
import urllib.request
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from catalogue_calls import CALLS, Call
from oxigraph_server import oxigraph_server

from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.namespaces import GRAPH
from hrge_kg.publish.graph_store import AUTHORIZATION, GraphStore
from hrge_kg.publish.publication import RECORD, graphs_to_publish, publish
from hrge_kg.query.remote import run_remote
from hrge_kg.query.run import answer_query

ONE = ox.NamedNode("http://example.org/one")
FOREIGN = [ox.Triple(ONE, ONE, ONE)]
Graphs = dict[str, list[ox.Triple]]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with oxigraph_server() as address:
        yield address


@pytest.fixture(scope="module")
def published(server: str, graph: ox.Store) -> str:
    """A server to which the command has published the graph."""
    assert main(["publish", "--endpoint", f"{server}/store"]) == 0
    return server


@pytest.fixture
def empty() -> Iterator[GraphStore]:
    with oxigraph_server() as address:
        yield GraphStore(f"{address}/store")


def small(*names: str) -> Graphs:
    """Graphs of a publication, small enough to publish often."""
    return {
        GRAPH + name: [ox.Triple(ONE, ox.NamedNode(GRAPH + name), ox.Literal(name))]
        for name in names
    }


def held(store: GraphStore, *names: str) -> dict[str, list[ox.Triple]]:
    return {name: store.statements(GRAPH + name) for name in names}


@pytest.mark.works_with(
    "Oxigraph",
    tried="`hrge publish` to its server, then every named query, with every parameter",
    result="the same rows in the same order",
)
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_named_query_gives_the_same_rows_there(
    call: Call, published: str, graph: ox.Store
) -> None:
    assert run_remote(f"{published}/query", call.name, call.params) == answer_query(
        graph, call.name, call.params
    )


def test_the_store_has_each_graph_whole(published: str, graph: ox.Store) -> None:
    counted = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    found = run_remote(f"{published}/query", counted)
    assert not isinstance(found, bool)
    there = {str(name): number for name, number in found}
    here = {name: len(set(triples)) for name, triples in graphs_to_publish(graph).items()}
    assert {name: there[name] for name in here} == here
    assert set(there) == {*here, RECORD.value}


def test_publishing_again_changes_nothing(
    published: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = dump(published)
    assert main(["publish", "--endpoint", f"{published}/store"]) == 0
    assert "removed 0 of an earlier publication" in capsys.readouterr().err
    assert dump(published) == before


def dump(address: str) -> list[str]:
    request = urllib.request.Request(f"{address}/store", headers={"Accept": "application/n-quads"})
    with urllib.request.urlopen(request) as response:
        dataset = ox.Dataset(ox.parse(response.read(), format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def test_what_an_earlier_publication_had_goes_last(empty: GraphStore) -> None:
    publish(small("a", "b"), empty, lambda name: None)
    seen: list[bool] = []
    outcome = publish(small("b", "c"), empty, lambda name: seen.append(empty.holds(GRAPH + "a")))
    assert seen == [True, True]
    assert outcome.removed == 1
    assert held(empty, "a", "b", "c") == {"a": [], **{n: small(n)[GRAPH + n] for n in ("b", "c")}}


def test_a_publication_that_was_cut_short_can_be_done_again(empty: GraphStore) -> None:
    publish(small("a"), empty, lambda name: None)

    def stop(name: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(small("b", "c"), empty, stop)
    assert empty.holds(GRAPH + "a")
    publish(small("b", "c"), empty, lambda name: None)
    assert [name for name in "abc" if empty.holds(GRAPH + name)] == ["b", "c"]


@pytest.mark.parametrize("name", ["b", "publication"])
def test_graphs_of_others_stop_it_before_anything_is_written(name: str, empty: GraphStore) -> None:
    empty.replace(GRAPH + name, FOREIGN)
    with pytest.raises(InputError, match="nothing was written"):
        publish(small("a", "b"), empty, lambda name: None)
    assert not empty.holds(GRAPH + "a")
    assert empty.statements(GRAPH + name) == FOREIGN


def test_graphs_with_other_names_stay(empty: GraphStore) -> None:
    empty.replace("http://example.org/mine", FOREIGN)
    publish(small("a"), empty, lambda name: None)
    publish(small("b"), empty, lambda name: None)
    assert empty.statements("http://example.org/mine") == FOREIGN


def test_a_record_cannot_name_graphs_of_others(empty: GraphStore) -> None:
    publish(small("a"), empty, lambda name: None)
    part = next(t.predicate for t in empty.statements(RECORD.value))
    mine = ox.NamedNode("http://example.org/mine")
    empty.replace(mine.value, FOREIGN)
    record = [*empty.statements(RECORD.value), ox.Triple(RECORD, part, mine)]
    empty.replace(RECORD.value, record)
    publish(small("a"), empty, lambda name: None)
    assert empty.statements(mine.value) == FOREIGN


@pytest.mark.parametrize(
    ("address", "told"),
    [("localhost/store", "begins with https://"), ("http://127.0.0.1:1/store", "does not answer")],
)
def test_an_address_that_is_none_is_told(
    address: str, told: str, graph: ox.Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", "--endpoint", address]) == 2
    assert told in capsys.readouterr().err


def test_a_query_endpoint_is_no_graph_store(published: str) -> None:
    with pytest.raises(InputError, match="it answers 4"):
        GraphStore(f"{published}/query").replace(GRAPH + "a", FOREIGN)


def test_redirects_are_not_followed_and_the_header_goes_along(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from threading import Thread

    seen: list[tuple[str, str | None]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            seen.append((self.path, self.headers.get("Authorization")))
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(307)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    monkeypatch.setenv(AUTHORIZATION, "Bearer x")
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.handle_request)
        thread.start()
        with pytest.raises(InputError, match="it answers 307"):
            GraphStore(f"http://127.0.0.1:{server.server_port}/data?x=1").replace(
                GRAPH + "a b", FOREIGN
            )
        thread.join()
    graph = urllib.parse.quote(GRAPH + "a b", safe="")
    assert seen == [(f"/data?x=1&graph={graph}", "Bearer x")]
