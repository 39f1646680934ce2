"""The pages: what each address answers, and what every answer has in its head."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from pathlib import Path

import pyoxigraph as ox
import pytest
from markupsafe import Markup
from serving import NORM, Served, served

from hrge_kg.server.serve import _listener
from hrge_kg.server.settings import Settings
from hrge_kg.site.pages import Pages

PAGE = "/norm/safe-return.html"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "text/html; charset=utf-8"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("text/html;q=0.4, application/n-triples;q=0.6", "application/n-triples"),
    ],
)
@pytest.mark.parametrize("path", [PAGE, "/norm/safe-return"])
def test_a_client_gets_what_it_likes_best(
    path: str, accept: str | None, media: str, server: Served
) -> None:
    reply = server.request(path, headers={"Accept": accept} if accept else {})
    assert (reply.status, reply.headers["content-type"]) == (200, media)
    assert "Accept" in reply.headers["vary"]


def test_a_format_that_is_not_there_is_refused(server: Served) -> None:
    reply = server.request(PAGE, headers={"Accept": "image/png"})
    assert (reply.status, "Accept" in reply.headers["vary"]) == (406, True)
    assert "text/html, text/turtle" in reply.text
    assert server.request("/", headers={"Accept": "text/turtle"}).status == 406


def test_n_triples_say_what_turtle_says(server: Served) -> None:
    turtle = server.request(PAGE, headers={"Accept": "text/turtle"}).body
    lines = server.request(PAGE, headers={"Accept": "application/n-triples"}).body
    assert list(ox.parse(turtle, format=ox.RdfFormat.TURTLE)) == list(
        ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
    )


def test_the_path_of_an_iri_leads_to_its_page(server: Served) -> None:
    reply = server.request("/id/norm/safe-return")
    assert (reply.status, reply.headers["location"]) == (303, f"{server.url}{PAGE}")


@pytest.mark.parametrize(
    "path", ["/nope", "/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/server/nope", "//evil.org/"]
)
def test_what_is_not_there_is_told(path: str, server: Served) -> None:
    reply = server.request(path)
    assert (reply.status, reply.text.count("\n")) == (404, 1)


@pytest.mark.parametrize(
    "path", ["/", PAGE, "/style.css", "/sparql", "/assess", "/nope", "/server/query.js"]
)
def test_every_answer_is_guarded(path: str, server: Served) -> None:
    headers = server.request(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:8017", 200),
        ("[::1]:8017", 200),
        ("LOCALHOST", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("localhost.evil.example:8017", 400),
        ("", 400),
    ],
)
def test_only_its_own_names_are_answered(host: str, status: int, server: Served) -> None:
    """Else a page of another place could have its name lead here, and read what it likes."""
    assert server.request("/", headers={"Host": host}).status == status


def test_a_graph_that_is_gone_from_the_cache_is_told(
    graph: ox.Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HRGE_CACHE", str(tmp_path))
    with served(workers=1) as server:
        assert server.ask("ASK {}").status == 200
        while (tmp_path / "hrge-builds").exists():  # a worker may find it damaged, and help
            shutil.rmtree(tmp_path / "hrge-builds", ignore_errors=True)
        for worker in server.answering():
            os.kill(worker, signal.SIGKILL)
        reply = server.ask("ASK {}")
        assert (reply.status, "no longer in the cache" in reply.text) == (503, True)


def test_the_real_pages_are_served_with_their_rdf(whole: Served) -> None:
    start = whole.request("/")
    assert start.status == 200 and b"<main" in start.body
    turtle = whole.request("/id/norm/safe-return", headers={"Accept": "text/turtle"})
    assert turtle.status == 303
    path = turtle.headers["location"].removeprefix(whole.url)
    for accept, format in [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    ]:
        body = whole.request(path, headers={"Accept": accept}).body
        subjects = {quad.subject for quad in ox.parse(body, format=format)}
        assert ox.NamedNode(NORM) in subjects


def test_answers_on_one_connection_do_not_wait_for_each_other() -> None:
    """Without this each of them would take 40 ms."""
    with _listener(Settings(port=0)) as listener:
        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_every_page_leads_to_the_addresses_beside_the_pages(graph: ox.Store) -> None:
    pages = Pages(graph, more={"Ask": "sparql"})
    for path, link in [("index.html", "sparql"), ("norm/safe-return.html", "../sparql")]:
        page = pages.page(path)
        assert page and f'<a href="{link}">Ask</a>'.encode() in page
    framed = pages.framed("sparql", "Ask <b>", Markup("<p>here</p>"), "a.css", "b.js").decode()
    assert "<title>Ask &lt;b&gt;" in framed and "<p>here</p>" in framed
    assert '<link rel="stylesheet" href="a.css">' in framed
    assert '<script src="b.js" defer></script>' in framed
