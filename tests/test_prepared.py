"""What is answered once for each build is what the graph answers."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.errors import InputError
from hrge_kg.graph import build_record
from hrge_kg.graph import cache as builds
from hrge_kg.graph.names import INDEX, read_names
from hrge_kg.graph.store import build_key, open_graph
from hrge_kg.prepared import FOLDER, opened, prepared, prepared_quads
from hrge_kg.resources import files
from hrge_kg.sparql import Row, constructed, read_query, select

QUERIES = files("queries/prepared", ".rq")


NONE_SO_FAR = ("former-terms",)
"""Queries without a row: no name that a form had in an earlier version has changed."""


@pytest.fixture(scope="module")
def kept(cache: Path) -> ox.Store:
    return open_graph()


def in_order(rows: list[Row]) -> list[list[tuple[str, list[str]]]]:
    """Rows in an order of their own, and so the parts of what is joined (GROUP_CONCAT)."""
    return sorted(
        sorted((column, sorted(value.split("\x01"))) for column, value in row.items())
        for row in rows
    )


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_prepared_answers_are_those_of_the_graph(path: Path, kept: ox.Store) -> None:
    query = read_query(path)
    triples = constructed(kept, query)
    if triples is not None:
        found = {quad.triple for quad in prepared_quads(kept, path.stem)}
        assert found == set(triples) != set()
        return
    rows, asked = prepared(kept, path.stem), select(kept, query)
    assert in_order(rows) == in_order(asked)
    if path.stem in NONE_SO_FAR:
        assert rows == []
        return
    assert rows
    assert rows[0].file == f"queries/prepared/{path.name}"
    with pytest.raises(
        InputError, match=r"queries/prepared/.*a row of its answer has no \?strange"
    ):
        rows[0]["strange"]


def test_rows_are_read_and_not_asked_again(kept: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError("a kept graph was asked")

    monkeypatch.setattr("hrge_kg.prepared.select", refuse)
    monkeypatch.setattr("hrge_kg.prepared.constructed", refuse)
    assert prepared(kept, "norms")
    assert list(prepared_quads(kept, "background"))


def test_a_graph_that_is_opened_later_takes_nothing_from_one_that_is_in_use(
    kept: ox.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = open_graph()
    test_rows_are_read_and_not_asked_again(kept, monkeypatch)
    test_rows_are_read_and_not_asked_again(later, monkeypatch)


def test_a_graph_that_nobody_uses_is_forgotten(
    monkeypatch: pytest.MonkeyPatch, kept: ox.Store
) -> None:
    remembered: dict[int, object] = {}
    monkeypatch.setattr("hrge_kg.prepared._kept", remembered)
    used = open_graph()
    for _ in range(5):
        open_graph()
    assert id(used) in remembered
    assert len(remembered) == 2  # and the last


def test_a_graph_whose_folder_was_removed_is_asked(
    kept: ox.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run may remove a build that is still open here."""
    norms, background = prepared(kept, "norms"), set(prepared_quads(kept, "background"))
    monkeypatch.setattr("hrge_kg.prepared._kept", {})
    opened(kept, tmp_path / "removed", {}, lambda path: None)
    assert in_order(prepared(kept, "norms")) == in_order(norms)
    assert {quad.triple for quad in prepared_quads(kept, "background")} == {
        quad.triple for quad in background
    }


def test_another_graph_is_asked() -> None:
    empty = ox.Store()
    assert prepared(empty, "norms") == []
    assert list(prepared_quads(empty, "background")) == []


@pytest.mark.parametrize("name", ["norms.json", "background.nt", INDEX])
def test_what_is_prepared_and_damaged_is_not_believed_and_is_healed(
    name: str,
    kept: ox.Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A byte changes, and neither size nor time of the file does."""
    key, whole = build_key(), builds.builds_folder() / build_key()
    answered = prepared(kept, "norms"), set(prepared_quads(kept, "background")), read_names(kept)
    monkeypatch.setenv("HRGE_CACHE", str(tmp_path))
    monkeypatch.setattr("hrge_kg.prepared._kept", {})
    folder = builds.builds_folder() / key
    shutil.copytree(whole, folder)
    assert build_record.is_unchanged(folder)
    file = folder / FOLDER / name
    content, status = bytearray(file.read_bytes()), file.stat()
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    damaged = builds.open_build(key)
    assert damaged is not None
    assert in_order(prepared(damaged, "norms")) == in_order(answered[0])
    assert {quad.triple for quad in prepared_quads(damaged, "background")} == {
        quad.triple for quad in answered[1]
    }
    assert read_names(damaged) == answered[2]
    assert f"{name} is damaged" in caplog.text
    assert builds.open_build(key) is None
    assert not folder.exists()


def test_each_query_has_a_file_of_columns_and_rows(kept: ox.Store) -> None:
    folder = builds.builds_folder() / build_key() / FOLDER
    names = {path.stem for path in folder.iterdir() if path.name != INDEX}
    assert names == {path.stem for path in QUERIES}
    for path in folder.glob("*.json"):
        if path.name == INDEX:
            continue
        answer = json.loads(path.read_bytes())
        assert answer.keys() == {"columns", "rows"}
        assert {len(row) for row in answer["rows"]} <= {len(answer["columns"])}
