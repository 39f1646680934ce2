"""The command: its modes and exit codes, findings, the matrix; and from where trails are read."""

from __future__ import annotations

import io
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from trails import TRAILS, trail_of

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.form.readers import read_one
from hrge_kg.namespaces import shrink
from hrge_kg.report.finding_trail import trail_of_finding
from hrge_kg.resources import files, root
from hrge_kg.sparql import select
from hrge_kg.trail.document_matrix import document_matrix
from hrge_kg.trail.link_graph import load
from hrge_kg.trail.model import Trail
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers import FORMATS, write
from hrge_kg.trail.writers.matrix_svg import matrix_svg

BLANK = "[0-9a-f]{16,32}"  # the names of blank nodes, which every store gives anew
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=TRAILS)
def found(request: pytest.FixtureRequest, graph: ox.Store) -> Trail:
    return trail_of(request.param, graph)


def test_from_a_finding_to_the_treaty(assessor: Assessor, graph: ox.Store) -> None:
    assessment = assessor.assess(
        read_one(root() / "data/programmes/closed-shelter.yaml", assessor.vocabulary)
    )
    found = trail_of_finding(graph, assessment, "assistance-not-conditional-on-cooperation")
    kinds = Counter(link.kind for link in found.edges)
    # The answer about shelter, and that the men are turned away.
    assert kinds["states"] == 1 and kinds["looked-at-for"] == 2
    statement = next(node for node in found.nodes.values() if "answers." in node.label)
    assert statement.type == "statement"
    assert (
        "shelter-conditional-on" in statement.label
        and "line" in statement.label
        and "testimony" in statement.label
    )
    assert {"document:tip", "document:untoc"} <= {shrink(iri) for iri in found.nodes}
    assert found.up[0].origin == found.start == assessment.description.programme
    for to in FORMATS:
        assert write(found, to)
    with pytest.raises(InputError, match="not assessed against"):
        trail_of_finding(graph, assessment, "document:tip")


def test_matrix_counts_every_link_between_documents(graph: ox.Store) -> None:
    found = document_matrix(graph)
    web = load(graph)
    document = {iri: node.document or "" for iri, node in web.nodes.items()}
    between = [link for link in web.links if document[link.start] != document[link.end]]
    counts = [int(getattr(row[-1], "value", "0")) for row in found.terms]
    assert sum(counts) == len(between) > 150
    drawn = ElementTree.fromstring(matrix_svg(found, web))
    assert sum(
        int(one.text or 0) for one in drawn.iter(f"{SVG}text") if one.get("class") == "count"
    ) == len(between)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["norm:no-mandatory-testing", "--format", "svg"], 0),
        (["norm:no-mandatory-testing", "document:vccr", "--depth", "2"], 1),
        (["norm:no-mandatory-testing", "document:vccr", "--depth", "2", "--format", "svg"], 1),
        (["ICCPR 9", "--only", "interprets", "--direction", "down"], 0),
        (["norm:no-mandatory-testing", "--only", "treaty", "--direction", "up"], 0),
        (["norm:no-mandatory-testing", "--without", "soft-lore"], 2),
        (["--matrix", "--format", "csv"], 0),
        (["--matrix", "--format", "html"], 2),
        (["--matrix", "ICCPR 9"], 2),
        ([], 2),
        (["ICCPR 9", "--format", "table"], 2),
        (["ICCPR 9", "--max", "0"], 2),
        (["Rantzev"], 2),
        (["ICCPR 9", "-o", ""], 2),
        (["ICCPR 9", "-o", "/"], 2),
        (["--matrix", "--depth", "2"], 2),
        (["--matrix", "--only", "cites"], 2),
        (
            [
                "--finding",
                "data/programmes/closed-shelter.yaml",
                "safe-return",
                "--direction",
                "down",
            ],
            2,
        ),
    ],
)
def test_command(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trail", *arguments]) == code
    out, error = capsys.readouterr()
    assert bool(out) == (
        code == 0 or ("text" not in error and code == 1 and "--format" not in arguments)
    )
    assert code == 0 or out or "hrge: " in error


def test_a_finding_takes_no_depth_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    file = str(root() / "data/programmes/closed-shelter.yaml")
    assert main(["trail", "--finding", file, "not-kept-against-their-will", "--depth", "0"]) == 2
    assert "1 or more" in capsys.readouterr().err


@pytest.mark.parametrize("to", ["csv", "graphml", "bibtex", "svg"])
def test_a_limit_is_said_beside_what_a_program_reads(
    to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trail", "document:rpg", "--depth", "1", "--format", to]) == 0
    assert "limit of 1 step was reached" in capsys.readouterr().err


def test_a_locale_without_arrows_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(
        "sys.stdout", io.TextIOWrapper(written, encoding="ascii", write_through=True)
    )
    assert main(["trail", "Rantsev"]) == 0
    assert "↓ What rests on it" in written.getvalue().decode("utf-8")


def test_forces_are_left_out_or_alone(graph: ox.Store) -> None:
    norm = "norm:assistance-not-conditional-on-cooperation"
    only = find_trail(graph, norm, only=["treaty"], direction="up")
    assert {node.force for node in only.nodes.values() if node.document} == {"treaty"}
    without = find_trail(graph, norm, without=["treaty"], direction="up")
    forces = {node.force for node in without.nodes.values() if node.document}
    assert forces and "treaty" not in forces


@pytest.mark.parametrize(
    "name",
    ["norm:no-mandatory-testing", "document:untoc", "provision:crc-article-12-1", "c:health"],
)
def test_what_is_read_in_parts_is_what_is_read_whole(name: str, graph: ox.Store) -> None:
    """The links that a trail reads are those of the whole web around its nodes."""
    web = load(graph)
    found = find_trail(graph, name, depth=3)
    whole = set(web.links)
    assert set(found.edges) <= whole
    assert all(web.nodes[iri] == node for iri, node in found.nodes.items())
    start = next(iter(found.nodes)) if not found.start else found.start
    near = {
        one
        for one in whole
        if start in (one.start, one.end) and one.scope in (None, found.nodes[start].type)
    }
    assert near <= set(found.edges)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.works_with(
    "Oxigraph",
    tried="the queries behind trails, on its server, asked by SPARQLWrapper",
    result="the same links",
)
def test_another_server_finds_the_same_links(graph: ox.Store, tmp_path: Path) -> None:
    """queries/trails on the server of Oxigraph, asked by SPARQLWrapper."""
    wrapper = pytest.importorskip("SPARQLWrapper")
    oxigraph = shutil.which(
        "oxigraph", path=str(Path(__import__("sys").executable).parent)
    ) or shutil.which("oxigraph")
    if oxigraph is None:
        pytest.skip("the server of Oxigraph is not installed (pip install oxigraph)")
    data = tmp_path / "graph.nt"
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in graph}
    ox.serialize(triples, output=str(data), format=ox.RdfFormat.N_TRIPLES)
    place = str(tmp_path / "store")
    subprocess.run(
        [oxigraph, "load", "--location", place, "--file", str(data)],
        check=True,
        capture_output=True,
    )
    port = _free_port()
    server = subprocess.Popen(
        [oxigraph, "serve-read-only", "--location", place, "--bind", f"127.0.0.1:{port}"],
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        for path in files("queries/trails", ".rq"):
            query = path.read_text(encoding="utf-8")
            asked = wrapper.SPARQLWrapper(f"http://127.0.0.1:{port}/query")
            asked.setQuery(query)
            asked.setMethod("POST")
            asked.setReturnFormat("json")
            answer = asked.query().convert()["results"]["bindings"]
            theirs = Counter(
                tuple(
                    sorted(
                        (name, cell["value"])
                        for name, cell in row.items()
                        if cell["type"] != "bnode"
                    )
                )
                for row in answer
            )
            ours = Counter(
                tuple(sorted((k, v) for k, v in row.items() if not re.fullmatch(BLANK, v)))
                for row in select(graph, query)
            )
            assert theirs == ours, path.name
    finally:
        server.terminate()
        server.wait()
