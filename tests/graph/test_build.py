"""The build refuses what it cannot use, with file and line, and writes nothing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.errors import InputError
from hrge_kg.graph import shape_generator
from hrge_kg.graph.build import build
from hrge_kg.graph.sources import read_sources
from hrge_kg.resources import root

NORMS = "data/norms/guideline-6.ttl"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for folder in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(root() / folder, tmp_path / folder)
    return tmp_path


# What is replaced by what in the file of norms, the problem named, and where the line named begins.
FIRST = "norm:protection-for-all-without-discrimination a"
SHELTER = "norm:shelter-not-contingent-on-evidence a"
CASES = {
    "absent-quotation": (
        "such shelter should not be made contingent",
        "such shelter must not be made contingent",
        "not in the source",
        "must not be",
    ),
    "ambiguous-quotation": (
        "Victims should be provided with information in a language that they understand.",
        "trafficked persons",
        "ambiguous",
        'hrge:quote "trafficked persons"',
    ),
    "not-turtle": (f"{SHELTER} hrge:Norm ;", f"{SHELTER} hrge:Norm", "not Turtle", SHELTER),
    "unknown-term": (
        "hrge:conduct",
        "hrge:conducts",
        "hrge:conducts is used but described nowhere",
        "hrge:conducts",
    ),
    "unknown-concept": (
        "c:requires",
        "c:require",
        "c:require is used but described nowhere",
        "c:require ",
    ),
    "dangling-reference": (
        "provision:rpg-g6-opening",
        "provision:rpg-g6-beginning",
        "described nowhere",
        "rpg-g6-beginning",
    ),
    "foreign-property": (
        "hrge:conduct",
        "<https://example.org/conduct>",
        "of no vocabulary",
        "example.org/conduct",
    ),
    "no-operator": (
        "  hrge:operator c:requires ;\n  hrge:wording c:should",
        "  hrge:wording c:should",
        "no operator",
        FIRST,
    ),
    "no-wording": ("  hrge:wording c:should ;\n", "", "no wording", FIRST),
    "no-voice": (
        "hrge:voice c:extract ;\n  hrge:restsOn provision:rpg-g6-opening",
        "hrge:restsOn provision:rpg-g6-opening",
        "no voice",
        FIRST,
    ),
    "no-checkability": ("hrge:checkability c:flag-only ;", "", "no checkability", FIRST),
}


@pytest.mark.parametrize("name", CASES)
def test_refused_with_file_and_line(name: str, tree: Path) -> None:
    old, new, problem, written = CASES[name]
    path = tree / NORMS
    text = path.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(problem)) as error:
        build(tree)
    assert Path(error.value.where).name == path.name
    line = text[: text.index(written)].count("\n") + 1
    assert error.value.line in ([line, line + 1] if name == "not-turtle" else [line])
    assert error.value.remedy


def test_the_real_tree_builds(graph: ox.Store) -> None:
    assert len(graph) > 30_000


def test_every_quotation_has_its_anchor(graph: ox.Store) -> None:
    query = """PREFIX hrge: <https://w3id.org/hrge/ns#>
      SELECT ?x ?quote WHERE { ?x hrge:quote ?quote
      FILTER NOT EXISTS { ?x hrge:anchor ?a . ?a hrge:exact ?e ; hrge:sha256 ?s ; hrge:page ?p ;
      hrge:line ?l ;
        hrge:inPassage ?n ; hrge:segment ?g } }"""
    rows = graph.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    assert [row["x"] for row in rows] == []


def test_positions_give_the_exact_words(graph: ox.Store) -> None:
    text = (root() / "data" / "sources" / "toolkit-1.4" / "text.txt").read_bytes().decode("utf-8")
    query = """PREFIX oa: <http://www.w3.org/ns/oa#>
      SELECT ?start ?end ?exact WHERE { ?anchor oa:hasSelector ?position , ?words .
      ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
      ?words a oa:TextQuoteSelector ; oa:exact ?exact
      FILTER(STRAFTER(STR(?position), "segment-") = STRAFTER(STR(?words), "words-")) }"""
    rows = graph.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    found = [(int(row["start"].value), int(row["end"].value), row["exact"].value) for row in rows]
    assert len(found) > 300
    assert all(text[start:end] == exact for start, end, exact in found)


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """The shapes that the checks give."""
    return shape_generator.generate(read_sources()[0])


def test_committed_shapes_are_what_the_checks_give(made: dict[str, str]) -> None:
    folder = root() / "shapes"
    files = [*folder.glob("norms/*.ttl"), *folder.glob("witnesses/*.ttl")]
    files.append(folder / shape_generator.HAND_WRITTEN)
    committed = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files
    }
    assert committed == made, "run `make shapes` and commit what it writes"
