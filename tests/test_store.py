"""The cache: built on first use, rebuilt when sources change, right again after a run was killed at any point."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hrge_kg import store
from hrge_kg.resources import fingerprint, root

QUERY = [sys.executable, "-m", "hrge_kg.cli", "query", "norms", "--format", "csv"]


@pytest.fixture
def cache_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRGE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_built_once_and_then_opened(cache_of_its_own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = len(store.open_graph())
    assert "building" in capsys.readouterr().err
    assert len(store.open_graph()) == first
    assert "building" not in capsys.readouterr().err
    assert [p.name for p in cache_of_its_own.iterdir()] == [fingerprint()]


def test_a_damaged_cache_is_built_again(cache_of_its_own: Path) -> None:
    expected = len(store.open_graph())
    for path in (cache_of_its_own / fingerprint()).iterdir():
        path.write_bytes(b"")
    assert len(store.open_graph()) == expected


def test_without_a_writable_cache_it_works_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("HRGE_CACHE", str(tmp_path / "file" / "cache"))
    assert len(store.open_graph()) > 10_000


@pytest.mark.parametrize("seconds", [0.2, 0.5, 0.9, 1.3, 1.8])
def test_killed_at_any_point_the_next_run_is_right(seconds: float, cache_of_its_own: Path) -> None:
    run = subprocess.Popen(QUERY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    run.send_signal(signal.SIGKILL)
    run.wait()
    after = subprocess.run(QUERY, capture_output=True, text=True, check=True)
    assert after.stdout.count("/id/norm/") >= 34
    assert "norm:" not in after.stdout


def test_changed_sources_have_another_fingerprint(tmp_path: Path) -> None:
    for folder in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(root() / folder, tmp_path / folder)
    before = fingerprint(tmp_path)
    norms = tmp_path / "data" / "norms" / "guideline-6.ttl"
    norms.write_text(norms.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert fingerprint(tmp_path) != before
