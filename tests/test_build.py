"""The build refuses what it cannot use, with file and line, and writes nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg import shapes
from hrge_kg.build import build
from hrge_kg.errors import InputError
from hrge_kg.graphs import read_sources
from hrge_kg.resources import root

NORMS = "data/norms/guideline-6.ttl"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for folder in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(root() / folder, tmp_path / folder)
    return tmp_path


def replacing(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return edit


SHELTER = 'hrge:quote "The provision of such shelter should not be made contingent'
CASES = {
    "absent-quotation": (NORMS, replacing(SHELTER, 'hrge:quote "The provision of such shelter must not be made contingent'), "not in the source", "must not be made contingent"),
    "ambiguous-quotation": (NORMS, replacing('hrge:quote "Victims should be provided with information in a language that they understand."', 'hrge:quote "trafficked persons"'), "ambiguous", '"trafficked persons"'),
    "not-turtle": (NORMS, replacing("norm:safe-and-adequate-shelter a hrge:Norm ;", "norm:safe-and-adequate-shelter a hrge:Norm"), "not Turtle", "norm:safe-and-adequate-shelter a hrge:Norm"),
    "unknown-term": (NORMS, replacing("hrge:conduct", "hrge:conducts"), "hrge:conducts is used but described nowhere", "hrge:conducts"),
    "unknown-concept": (NORMS, replacing("c:requires", "c:require"), "c:require is used but described nowhere", "c:require "),
    "dangling-reference": (NORMS, replacing("hrge:restsOn provision:rpg-g6-opening", "hrge:restsOn provision:rpg-g6-beginning"), "used but described nowhere", "rpg-g6-beginning"),
    "foreign-property": (NORMS, replacing("hrge:conduct", "<https://example.org/conduct>"), "of no vocabulary", "example.org/conduct"),
    "no-operator": (NORMS, replacing("hrge:operator c:forbids ; hrge:wording c:should ; hrge:placedUnder chapeau:guideline-6 ; hrge:voice c:extract ; hrge:restsOn provision:rpg-g6-conditions-and-detention ;\n  hrge:beneficiary c:trafficked-person ; hrge:topic c:conditions", "hrge:wording c:should ; hrge:placedUnder chapeau:guideline-6 ; hrge:voice c:extract ; hrge:restsOn provision:rpg-g6-conditions-and-detention ;\n  hrge:beneficiary c:trafficked-person ; hrge:topic c:conditions"), "operator", "norm:shelter-not-contingent-on-evidence a"),
    "no-wording": (NORMS, replacing("hrge:operator c:requires ; hrge:wording c:should ; hrge:voice", "hrge:operator c:requires ; hrge:voice"), "wording", "norm:protection-for-all-without-discrimination a"),
    "no-voice": (NORMS, replacing("hrge:voice c:extract ; hrge:restsOn provision:rpg-g6-opening", "hrge:restsOn provision:rpg-g6-opening"), "voice", "norm:protection-for-all-without-discrimination a"),
    "no-checkability": (NORMS, replacing("hrge:checkability c:flag-only ;\n  hrge:checkabilityReason \"Appropriate and", "hrge:checkabilityReason \"Appropriate and"), "checkability", "norm:protection-for-all-without-discrimination a"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_refused_with_file_and_line(name: str, tree: Path) -> None:
    file, edit, problem, written = CASES[name]
    path = tree / file
    text = edit(path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(problem)) as error:
        build(tree)
    assert Path(error.value.file).name == Path(file).name
    line = text[: text.index(written)].count("\n") + 1
    assert error.value.line is not None
    assert abs(error.value.line - line) <= (1 if name == "not-turtle" else 0)
    assert error.value.remedy


def test_the_real_tree_builds(graph: ox.Store) -> None:
    assert len(graph) > 30_000


def test_every_quotation_has_its_anchor(graph: ox.Store) -> None:
    query = """PREFIX hrge: <https://w3id.org/hrge/ns#> SELECT ?x ?quote WHERE { ?x hrge:quote ?quote
      FILTER NOT EXISTS { ?x hrge:anchor ?a . ?a hrge:exact ?e ; hrge:sha256 ?s ; hrge:page ?p ; hrge:line ?l ; hrge:inPassage ?n ; hrge:segment ?g } }"""
    rows = graph.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    assert [row["x"] for row in rows] == []


def test_positions_give_the_exact_words(graph: ox.Store) -> None:
    text = (root() / "data" / "sources" / "toolkit-1.4" / "text.txt").read_bytes().decode("utf-8")
    query = """PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?start ?end ?exact WHERE { ?anchor oa:hasSelector ?position , ?words .
      ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end . ?words a oa:TextQuoteSelector ; oa:exact ?exact
      FILTER(STRAFTER(STR(?position), "segment-") = STRAFTER(STR(?words), "words-")) }"""
    rows = graph.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    found = [(int(row["start"].value), int(row["end"].value), row["exact"].value) for row in rows]
    assert len(found) > 300
    assert all(text[start:end] == exact for start, end, exact in found)


def test_committed_shapes_are_what_the_checks_give() -> None:
    sources, _ = read_sources()
    assert shapes.is_fresh(sources), "run `make shapes` and commit what it writes"


def test_an_edited_shape_is_noticed(tree: Path) -> None:
    path = tree / "shapes" / "norms" / "health.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace("sh:Warning", "sh:Info", 1), encoding="utf-8")
    sources, _ = read_sources(tree)
    assert not shapes.is_fresh(sources, tree)
