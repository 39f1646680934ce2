"""The ontology is OWL 2 DL and consistent, no class must be empty, and the checks see planted
errors.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from owl import (
    Verdict,
    built_graph,
    hermit,
    needs_java,
    needs_owlapi,
    norm_files,
    profile_violations,
    reasoned_graph,
)
from paths import FIXTURES

HRGE = "https://w3id.org/hrge/ns#"

# The ontology alone as well: a declaration that only a data file makes must not hide a gap in the
# ontology.
EXTRA = pytest.mark.parametrize(
    "extra", [pytest.param(list, id="ontology"), pytest.param(norm_files, id="with-norms")]
)


@pytest.mark.works_with(
    "OWL API",
    tried="the ontology alone; the whole graph, but for shapes and days",
    result="both are OWL 2 DL",
)
@pytest.mark.parametrize("whole", [False, True], ids=["ontology", "whole-graph"])
def test_profile_is_owl_2_dl(whole: bool, graph: ox.Store, tmp_path: Path) -> None:
    needs_owlapi()
    written = tmp_path / "graph.nt"
    checked = built_graph(written, graph) if whole else reasoned_graph(written)
    assert profile_violations(checked) == []


def test_planted_profile_violation_is_caught(tmp_path: Path) -> None:
    needs_owlapi()
    violations = profile_violations(
        reasoned_graph(tmp_path / "graph.nt", [FIXTURES / "owl" / "not-dl.ttl"])
    )
    # A property above a chain is not simple, so it can't be irreflexive.
    assert any("NonSimple" in v and f"<{HRGE}hasKind>" in v for v in violations)
    # Used without being declared, and so read as an annotation: a reasoner would not see it.
    assert any("Undeclared" in v and f"<{HRGE}undeclaredByFixture>" in v for v in violations)


@pytest.mark.works_with(
    "HermiT in owlready2",
    tried="the ontology, alone and with the norms",
    result="is consistent; no class must be empty",
)
@EXTRA
def test_consistent_and_every_class_satisfiable(
    extra: Callable[[], list[Path]], tmp_path: Path
) -> None:
    needs_java()
    assert hermit(reasoned_graph(tmp_path / "graph.nt", extra())) == Verdict(True, frozenset())


def test_planted_inconsistency_is_caught(tmp_path: Path) -> None:
    needs_java()
    assert not hermit(
        reasoned_graph(tmp_path / "graph.nt", [FIXTURES / "owl" / "inconsistent.ttl"])
    ).consistent


def test_planted_unsatisfiable_class_is_caught(tmp_path: Path) -> None:
    needs_java()
    verdict = hermit(
        reasoned_graph(tmp_path / "graph.nt", [FIXTURES / "owl" / "unsatisfiable.ttl"])
    )
    assert verdict == Verdict(True, frozenset({f"{HRGE}ImpossibleByFixture"}))


def test_dates_and_imports_are_left_out(tmp_path: Path) -> None:
    plain = reasoned_graph(tmp_path / "plain.nt").read_text(encoding="utf-8")
    with_dates = reasoned_graph(tmp_path / "dates.nt", [FIXTURES / "owl" / "dates.ttl"]).read_text(
        encoding="utf-8"
    )
    added = set(with_dates.splitlines()) - set(plain.splitlines())
    # Blank nodes are named anew each time; what counts here is what was added about the fixture.
    about = sorted(line for line in added if "/fixture/" in line)
    assert len(about) == 2
    assert "skos/core#Concept" in about[0]
    assert '"2020"' in about[1]
    assert "XMLSchema#date>" not in with_dates
    assert "owl#imports" not in with_dates


def test_date_inside_an_axiom_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="date inside an axiom"):
        reasoned_graph(tmp_path / "graph.nt", [FIXTURES / "owl" / "date-in-axiom.ttl"])


def test_unreadable_graph_is_an_error(tmp_path: Path) -> None:
    needs_owlapi()
    graph = tmp_path / "graph.nt"
    graph.write_text("not N-Triples\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match="exited 2"):
        profile_violations(graph)


@pytest.mark.parametrize("needs", [needs_java, needs_owlapi])
def test_missing_java_skips_but_fails_in_ci(
    needs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("HRGE_CI", raising=False)
    with pytest.raises(pytest.skip.Exception):
        needs()
    monkeypatch.setenv("HRGE_CI", "1")
    with pytest.raises(pytest.fail.Exception):
        needs()
