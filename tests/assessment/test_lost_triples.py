"""No triple of the shapes can be lost or changed without being noticed.

In the graph, the self-test generates the shapes anew and compares them triple by triple; of the
hand-written ones it compares a checksum of each file. Beside the graph, where what an engine reads
is kept, a checksum does. What loses its triples here is a copy.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.errors import InputError
from hrge_kg.graph import build_record, store
from hrge_kg.graph.cache import builds_folder
from hrge_kg.graph.shape_generator import refuse_changed
from hrge_kg.namespaces import GRAPH, SH, term_text

SEED = 18


@pytest.fixture(scope="module")
def copy(graph: ox.Store) -> ox.Store:
    made = ox.Store()
    made.bulk_extend(graph)
    return made


def generated(graph: ox.Store) -> list[ox.Quad]:
    names = (f"{GRAPH}shapes/norms/", f"{GRAPH}shapes/witnesses/")
    return sorted((q for q in graph if term_text(q.graph_name).startswith(names)), key=str)


@pytest.fixture
def lost(copy: ox.Store) -> Iterator[ox.Quad]:
    """A triple that is taken out for one test."""
    quad = random.Random(SEED).choice(generated(copy))
    copy.remove(quad)
    yield quad
    copy.add(quad)


def test_a_lost_triple_is_noticed(copy: ox.Store, lost: ox.Quad) -> None:
    with pytest.raises(InputError, match="1 triples of the generated shapes are missing and 0 are"):
        refuse_changed(copy)


@pytest.mark.usefixtures("lost")
def test_the_self_test_says_so_before_anything_is_assessed(
    copy: ox.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRGE_CACHE", str(tmp_path))
    with pytest.raises(InputError, match="Run `hrge shapes`, or restore the shapes"):
        Assessor(copy).run_self_test()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seed", range(5))
def test_a_lost_triple_of_a_shape_written_by_hand_is_noticed(seed: int, copy: ox.Store) -> None:
    by_hand = f"{GRAPH}shapes/by-hand/"
    quads = sorted((q for q in copy if term_text(q.graph_name).startswith(by_hand)), key=str)
    assert len(quads) > 500
    lost = random.Random(seed).choice(quads)
    copy.remove(lost)
    with pytest.raises(InputError, match="shapes/by-hand are not those that are recorded"):
        refuse_changed(copy)
    copy.add(lost)
    refuse_changed(copy)


def test_another_value_is_noticed(copy: ox.Store) -> None:
    old = next(q for q in generated(copy) if q.predicate == SH("minCount"))
    new = ox.Quad(old.subject, old.predicate, ox.Literal(7), old.graph_name)
    copy.remove(old)
    copy.add(new)
    with pytest.raises(InputError, match="1 triples of the generated shapes are missing and 1 are"):
        refuse_changed(copy)
    copy.remove(new)
    copy.add(old)


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize("name", ["shapes.nt", "outcome-shapes.json", "shape-forms.json"])
def test_whatever_an_engine_reads_of_a_kept_graph_has_a_checksum(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "build"
    shutil.copytree(builds_folder() / store.build_key(), folder, copy_function=shutil.copy2)
    assert build_record.is_unchanged(folder)
    path = folder / "prepared" / name
    lines = path.read_bytes().splitlines(keepends=True)
    draw = random.Random(SEED)
    for _ in range(20):
        gone = draw.randrange(len(lines))
        path.write_bytes(b"".join(lines[:gone] + lines[gone + 1 :]))
        assert not build_record.is_unchanged(folder) and build_record.is_damaged(folder)
