"""Mermaid itself draws the export: the same nodes and links, the labels letter by letter."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pyoxigraph as ox
import pytest
from browser import complaints, open_file
from paths import ROOT
from selenium.webdriver.chrome.webdriver import WebDriver

from hrge_kg.namespaces import HRGE, PROVISION, RDFS
from hrge_kg.trail.model import Trail
from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers import write
from hrge_kg.trail.writers.labels import arrow_words, node_label

TRAILS = (
    ("norm:no-mandatory-testing", None),
    ("norm:assistance-not-conditional-on-cooperation", "UNTOC"),
    ("ICCPR 9", None),
    ("document:rpg", None),
)
_DRAW = """
const done = arguments[1];
mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
mermaid.render('drawn', arguments[0]).then(({ svg }) => {
  const box = document.createElement('div');
  document.body.replaceChildren(box); box.innerHTML = svg;
  const texts = selector => [...box.querySelectorAll(selector)].map(one => one.textContent);
  done({ nodes: texts('g.node'), labels: texts('.edgeLabels .edgeLabel .label'),
         links: box.querySelectorAll('path.flowchart-link').length });
}, error => done({ error: String(error) }));
"""


@pytest.fixture(scope="module")
def drawing(browser: WebDriver, tmp_path_factory: pytest.TempPathFactory) -> WebDriver:
    """A page with Mermaid in it."""
    library = next(iter(sorted((ROOT / "build/mermaid").glob("mermaid-*.js"))), None)
    if library is None:
        pytest.skip("Mermaid is not there: run `make mermaid`, which needs npm")
    script = f'<script src="{library.as_uri()}"></script>'
    page = f'<!DOCTYPE html><meta charset="utf-8"><body></body>{script}'
    open_file(browser, tmp_path_factory.mktemp("mermaid") / "page.html", page)
    return browser


def draw(drawing: WebDriver, text: str) -> dict[str, Any]:
    found: dict[str, Any] = drawing.execute_async_script(_DRAW, text)
    assert "error" not in found, found
    assert complaints(drawing) == []
    return found


def close(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.works_with(
    "Mermaid",
    tried="a trail as Mermaid, in Chromium",
    result="draws every node and link, its labels letter by letter",
)
@pytest.mark.parametrize(("start", "end"), TRAILS)
def test_mermaid_draws_every_node_and_link(
    start: str, end: str | None, drawing: WebDriver, graph: ox.Store
) -> None:
    found = find_trail(graph, start, end)
    plain = json.loads(write(found, "json"))
    drawn = draw(drawing, write(found, "mermaid"))
    assert len(drawn["nodes"]) == len(plain["nodes"]) and drawn["links"] == len(plain["edges"])
    assert Counter(map(close, drawn["nodes"])) == Counter(
        close("".join(node_label(node))) for node in found.nodes.values()
    )
    assert Counter(map(close, drawn["labels"])) == Counter(
        close(", ".join(arrow_words(link))) for link in found.edges
    )


def test_no_label_is_read_as_markup(drawing: WebDriver) -> None:
    # (a backslash before n is a line break to Mermaid, however it is written)
    bad = 'a "b" <b>&amp; [x] {y} | ; -- %% #35; 《 `c` *d* _e_ \\ end'
    store = ox.Store()
    store.load(
        input=f"""@prefix hrge: <{HRGE}> . @prefix p: <{PROVISION}> .
        @prefix rdfs: <{RDFS}> .
        p:a a hrge:Provision ; rdfs:label {json.dumps(bad)} ; hrge:refersTo p:b .
        p:b a hrge:Provision ; rdfs:label "end" .""".encode(),
        format=ox.RdfFormat.TURTLE,
    )
    found: Trail = find_trail(store, "provision:a")
    drawn = draw(drawing, write(found, "mermaid"))
    assert Counter(map(close, drawn["nodes"])) == Counter(
        close("".join(node_label(node))) for node in found.nodes.values()
    )
    assert close(bad) in close("".join(drawn["nodes"]))


def test_a_bad_text_is_an_error(drawing: WebDriver) -> None:
    found = drawing.execute_async_script(_DRAW, "flowchart LR\n n1[[ -->")
    assert "error" in found
