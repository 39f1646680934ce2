"""The ontology is OWL 2 DL and consistent, no class must be empty, and the checks see planted
errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import owlready2
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
    reasoned,
    reasoned_graph,
    unsatisfiable,
)
from paths import FIXTURES, ROOT

from hrge_kg.namespaces import DOCUMENT, HRGE, NORM, PREFIXES, PROVISION


@pytest.fixture(scope="module")
def with_norms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[owlready2.World]:
    """The ontology, the norms and some documents, with what HermiT derives from them."""
    needs_java()
    folder = tmp_path_factory.mktemp("with-norms")
    derived = folder / "derived.ttl"
    derived.write_text(
        "".join(
            f"<{PROVISION}{part}> <{HRGE}ofDocument> <{DOCUMENT}{whole}> .\n"
            for part, whole in (("tip-article-6", "tip"), ("rpg-guideline-6", "rpg"))
        ),
        encoding="utf-8",
    )
    documents = [ROOT / "data" / "documents" / f"{name}.ttl" for name in ("tip", "untoc", "rpg")]
    extra = [*norm_files(), *documents, derived]
    with reasoned(reasoned_graph(folder / "graph.nt", extra)) as world:
        yield world


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
def test_consistent_and_every_class_satisfiable(with_norms: owlready2.World) -> None:
    """With the norms; `with_norms` fails where it is not consistent.

    The ontology alone is looked at in test_planted_unsatisfiable_class_is_caught.
    """
    assert unsatisfiable(with_norms) == frozenset()


def test_reasoner_draws_the_bridges(with_norms: owlready2.World) -> None:
    """Articles of a treaty are subdivisions of a legal resource, guidelines are not; should and
    should not part in DPV.
    """

    def kinds(iri: str) -> set[str]:
        return {kind.iri for kind in with_norms[iri].INDIRECT_is_a if hasattr(kind, "iri")}

    eli, dpv = PREFIXES["eli"], PREFIXES["dpv"]
    assert eli + "LegalResource" in kinds(DOCUMENT + "tip")
    assert eli + "LegalResource" not in kinds(DOCUMENT + "rpg")
    assert eli + "LegalResourceSubdivision" in kinds(PROVISION + "tip-article-6")
    assert eli + "LegalResourceSubdivision" not in kinds(PROVISION + "rpg-guideline-6")
    assert {dpv + "Recommendation"} == {
        k for k in kinds(NORM + "protection-for-all-without-discrimination") if k.startswith(dpv)
    }
    assert {dpv + "Deterrence"} == {
        k for k in kinds(NORM + "no-mandatory-testing") if k.startswith(dpv)
    }


def test_planted_inconsistency_is_caught(tmp_path: Path) -> None:
    needs_java()
    assert not hermit(
        reasoned_graph(tmp_path / "graph.nt", [FIXTURES / "owl" / "inconsistent.ttl"])
    ).consistent


def test_planted_unsatisfiable_class_is_caught(tmp_path: Path) -> None:
    """And no other: so the ontology alone is consistent, and no class of it must be empty. What
    follows from it follows from more as well. (OWL 2 Direct Semantics)

    A declaration that only a data file makes must not hide a gap in the ontology, so it is looked
    at without the norms, too.
    """
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
