"""The cache: built on first use, rebuilt when sources change, right again when it was damaged.

That it is right after a run was killed, tests/properties/test_kills.py shows.
"""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.graph import build_record, cache, store
from hrge_kg.resources import FOLDERS, fingerprint, root


@pytest.fixture
def cache_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRGE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def progress(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, logger="hrge_kg")
    return caplog


def test_built_once_and_then_opened(
    cache_of_its_own: Path, progress: pytest.LogCaptureFixture
) -> None:
    first = len(store.open_graph())
    assert "building" in progress.text
    progress.clear()
    assert len(store.open_graph()) == first
    assert "building" not in progress.text
    assert [p.name for p in cache_of_its_own.iterdir()] == ["hrge-builds"]
    builds = cache_of_its_own / "hrge-builds"
    assert sorted(p.name for p in builds.iterdir()) == sorted([store.build_key(), "CACHEDIR.TAG"])
    assert (
        (builds / "CACHEDIR.TAG")
        .read_bytes()
        .startswith(b"Signature: 8a477f597d28d172789f06886806bc55\n")
    )


def test_the_command_prints_progress_on_stderr(
    cache_of_its_own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("hrge_kg.graph.build.build", ox.Store)
    for expected in ("hrge: building the graph\n", ""):
        assert main(["query", "SELECT ?s { ?s ?p ?o }", "--format", "csv"]) == 0
        assert capsys.readouterr().err == expected


def test_what_is_built_anew_is_kept_for_the_next_run(
    cache_of_its_own: Path, monkeypatch: pytest.MonkeyPatch, progress: pytest.LogCaptureFixture
) -> None:
    built = ox.Store()
    monkeypatch.setattr("hrge_kg.graph.build.build", lambda: built)
    assert store.build_graph() is built
    store.open_graph()
    assert progress.text == ""  # the kept one was opened
    folder = cache_of_its_own / "hrge-builds" / store.build_key()
    before = tree(folder / "graph")
    assert store.build_graph() is built
    assert tree(folder / "graph") == before


def test_a_damaged_cache_is_built_again(
    graph: ox.Store, cache: Path, cache_of_its_own: Path, progress: pytest.LogCaptureFixture
) -> None:
    built, copied = (one / "hrge-builds" / store.build_key() for one in (cache, cache_of_its_own))
    shutil.copytree(built, copied)
    assert len(store.open_graph()) == len(graph)
    assert "building" not in progress.text
    for path in (copied / "graph").iterdir():
        path.write_bytes(b"")
    assert len(store.open_graph()) == len(graph)
    assert "building" in progress.text


def a_small_graph() -> ox.Store:
    graph = ox.Store()
    graph.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c")))
    return graph


@pytest.fixture
def build_as(cache_of_its_own: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Opens a small graph under a fingerprint and gives the folder in which it should be kept."""

    def opened(key: str) -> Path:
        monkeypatch.setattr(store, "build_key", lambda: key)
        monkeypatch.setattr("hrge_kg.graph.build.build", a_small_graph)
        assert len(store.open_graph()) == 1
        return cache_of_its_own / "hrge-builds" / key

    return opened


def keys(number: int) -> list[str]:
    return [f"{n:064x}" for n in range(number)]


def tree(folder: Path) -> list[tuple[str, bytes | None]]:
    return sorted((str(p), p.read_bytes() if p.is_file() else None) for p in folder.rglob("*"))


def aged(place: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(place / cache._STAMP, (then, then))


def test_what_else_is_in_the_cache_folder_stays(
    cache_of_its_own: Path, build_as: Callable[[str], Path]
) -> None:
    named_alike = "f" * 64
    kept = [
        "Documents",
        ".ssh",
        "building-mine",
        named_alike,
        "hrge-builds/Documents",
        f"hrge-builds/{named_alike}",
    ]
    kept += ["hrge-builds/building-0123456789abcdef", "hrge-builds/notes"]
    for name in kept:
        (cache_of_its_own / name / "sub").mkdir(parents=True)
        (cache_of_its_own / name / "sub" / "letter.txt").write_text("mine", encoding="utf-8")
        os.utime(cache_of_its_own / name, (0, 0))
    # The stamp alone does not make a folder hrge's: its name must be one that hrge gives.
    (cache_of_its_own / "hrge-builds" / "notes" / cache._STAMP).write_bytes(cache._STAMP_TEXT)
    before = {name: tree(cache_of_its_own / name) for name in kept}
    for key in keys(cache.KEPT + 2):
        assert build_as(key).is_dir()
    assert {name: tree(cache_of_its_own / name) for name in kept} == before
    assert not (
        cache_of_its_own / "hrge-builds" / "CACHEDIR.TAG"
    ).exists()  # backups must not pass over what is a user's


@pytest.mark.parametrize(
    "kind", ["empty", "full", "other-stamp", "link", "link-to-nothing", "file"]
)
def test_what_stands_where_a_build_would_without_a_stamp_stays(
    kind: str, cache_of_its_own: Path, build_as: Callable[[str], Path], tmp_path: Path
) -> None:
    other = build_as(keys(2)[1])
    place, elsewhere = other.parent / keys(1)[0], tmp_path / "elsewhere"
    if kind == "file":
        place.write_text("mine", encoding="utf-8")
    elif kind == "link":
        shutil.copytree(other, elsewhere)  # has a stamp, but is not hrge's to delete
        place.symlink_to(elsewhere)
    elif kind == "link-to-nothing":
        place.symlink_to(elsewhere)
    else:
        place.mkdir()
    if kind in ("full", "other-stamp"):
        (place / ("letter.txt" if kind == "full" else cache._STAMP)).write_text(
            "mine", encoding="utf-8"
        )
    before = (place.lstat().st_ino, tree(place), tree(elsewhere))
    assert build_as(keys(1)[0]) == place
    assert (place.lstat().st_ino, tree(place), tree(elsewhere)) == before
    assert sorted(p.name for p in place.parent.iterdir()) == [*keys(2), "CACHEDIR.TAG"]


def test_builds_stand_side_by_side_and_the_last_used_stay(
    build_as: Callable[[str], Path], progress: pytest.LogCaptureFixture
) -> None:
    made = keys(cache.KEPT + 1)
    for age, key in enumerate(made[:-1]):
        aged(build_as(key), 10_000 - age)
    progress.clear()
    build_as(made[0])  # used again, so the second is now the one used longest ago
    assert "building" not in progress.text
    folder = build_as(made[-1]).parent
    assert sorted(p.name for p in folder.iterdir()) == [made[0], *made[2:], "CACHEDIR.TAG"]


def test_builds_of_a_clock_that_was_ahead_do_not_crowd_out_those_of_today(
    build_as: Callable[[str], Path], progress: pytest.LogCaptureFixture
) -> None:
    made = keys(cache.KEPT + 2)
    for key in made[: cache.KEPT]:
        aged(build_as(key), -10_000_000)
    for key in made[-2:]:
        build_as(key)
    progress.clear()
    for key in made[-2:] * 2:
        build_as(key)
    assert "building" not in progress.text


def test_copies_with_other_sources_do_not_evict_each_other(
    cache_of_its_own: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    progress: pytest.LogCaptureFixture,
) -> None:
    """As two installs, or two values of HRGE_ROOT, of one user, asked in turn."""
    monkeypatch.setattr("hrge_kg.graph.build.build", a_small_graph)
    copies = [tmp_path / name for name in ("one", "other")]
    for copy in copies:
        for name in FOLDERS:
            shutil.copytree(root() / name, copy / name)
    limits = copies[1] / "data" / "norms" / "limits.ttl"
    limits.write_text(limits.read_text(encoding="utf-8") + "\n# other\n", encoding="utf-8")
    used = []
    for copy in (*copies, *copies, *copies):
        monkeypatch.setenv("HRGE_ROOT", str(copy))
        used.append(store.build_key())
        assert len(store.open_graph()) == 1
    assert progress.messages.count("building the graph") == 2
    folder = cache_of_its_own / "hrge-builds"
    assert sorted(path.name for path in folder.iterdir()) == sorted({*used, "CACHEDIR.TAG"})
    assert len(set(used)) == 2


def test_what_killed_runs_left_is_cleaned_and_what_others_write_now_stays(
    build_as: Callable[[str], Path], tmp_path: Path
) -> None:
    place = build_as(keys(1)[0])
    left, written = (place.parent / f"building-{n:016x}" for n in (1, 2))
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "letter.txt").write_text("mine", encoding="utf-8")
    for folder in (left, written):
        shutil.copytree(place, folder)
        (folder / "graph" / "link").symlink_to(precious)
        (folder / "link").symlink_to(precious)
    with (written / cache._STAMP).open("rb") as stamp:
        fcntl.flock(stamp, fcntl.LOCK_EX)
        build_as(keys(1)[0])
        assert not left.exists()
        assert written.is_dir()
    build_as(keys(1)[0])
    assert not written.exists()
    assert (precious / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_what_is_left_stays_for_an_hour_where_there_are_no_locks(
    build_as: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    place = build_as(keys(1)[0])
    old, young = (place.parent / f"building-{n:016x}" for n in (1, 2))
    for folder, seconds in ((old, 4000), (young, 60)):
        shutil.copytree(place, folder)
        aged(folder, seconds)
    monkeypatch.setattr(fcntl, "flock", refuse)
    build_as(keys(1)[0])
    assert not old.exists()
    assert young.is_dir()


def _largest(graph: Path) -> Path:
    return max(graph.glob("*.sst"), key=lambda path: path.stat().st_size)


def _flip(graph: Path) -> None:
    path = _largest(graph)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def _truncate(graph: Path) -> None:
    path = _largest(graph)
    path.write_bytes(path.read_bytes()[:-1000])


def _zeroes(graph: Path) -> None:
    path = _largest(graph)
    path.write_bytes(bytes(path.stat().st_size))


def _missing(graph: Path) -> None:
    _largest(graph).unlink()


def _added(graph: Path) -> None:
    (graph / "999999.log").write_bytes(b"more")


def _empty(graph: Path) -> None:
    """A store that is valid and holds nothing."""
    shutil.rmtree(graph)
    ox.Store(str(graph)).flush()


def _no_record(graph: Path) -> None:
    (graph.parent / "FILES.json").unlink()


def _record_is_no_record(graph: Path) -> None:
    (graph.parent / "FILES.json").write_bytes(b"[1]")


@pytest.mark.parametrize(
    "damage",
    [_flip, _truncate, _zeroes, _missing, _added, _empty, _no_record, _record_is_no_record],
)
def test_a_graph_whose_files_were_changed_is_built_anew(
    damage: Callable[[Path], None],
    build_as: Callable[[str], Path],
    progress: pytest.LogCaptureFixture,
) -> None:
    place = build_as(keys(1)[0])
    damage(place / "graph")
    progress.clear()
    build_as(keys(1)[0])
    assert "damaged, and is built anew" in progress.text
    progress.clear()
    build_as(keys(1)[0])
    assert progress.text == ""


def test_damage_that_its_time_does_not_show_is_found_when_a_read_fails(
    build_as: Callable[[str], Path], progress: pytest.LogCaptureFixture
) -> None:
    place = build_as(keys(1)[0])
    largest = _largest(place / "graph")
    status = largest.stat()
    _flip(place / "graph")
    os.utime(largest, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert cache.is_kept(place.name)
    assert store.was_of_damage(RuntimeError("Corruption: block checksum mismatch"))
    assert not place.exists()
    assert not store.was_of_damage(RuntimeError("again"))


def test_the_command_tries_once_more_after_damage(
    build_as: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = build_as(keys(1)[0])
    tried = []

    def fail_first(_: object) -> int:
        tried.append(store.open_graph())
        if len(tried) == 1:
            _flip(place / "graph")
            raise OSError("Corruption: block checksum mismatch")
        return 0

    monkeypatch.setattr("hrge_kg.cli.explain.run", fail_first)
    assert main(["explain", "anything"]) == 0
    assert len(tried) == 2
    assert "damaged, and is built anew" in capsys.readouterr().err


def test_a_copy_of_a_graph_is_no_damage(
    build_as: Callable[[str], Path], progress: pytest.LogCaptureFixture
) -> None:
    place = build_as(keys(1)[0])
    for path in (place / "graph").iterdir():
        os.utime(path, (1, 1))
    progress.clear()
    build_as(keys(1)[0])
    assert progress.text == ""


def test_a_graph_that_cannot_be_opened_and_is_whole_stays(
    build_as: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> None:
        raise OSError("IO error: While open a file: Too many open files")

    place = build_as(keys(1)[0])
    before = tree(place)
    monkeypatch.setattr(ox.Store, "read_only", refuse, raising=False)
    with pytest.raises(InputError, match=r"Too many open files.*ulimit -n"):
        cache.open_build(place.name)
    assert tree(place) == before


def test_a_file_that_may_not_be_read_is_no_damage(
    build_as: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = build_as(keys(1)[0])

    def refuse(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        assert not build_record.is_damaged(place)
    assert not build_record.is_damaged(place)


def test_a_cache_that_cannot_be_kept_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, progress: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr("hrge_kg.graph.build.build", ox.Store)
    named = {"not a folder": str(tmp_path / "file" / "cache"), "not UTF-8": f"{tmp_path}/\udcff"}
    for name in named.values():
        progress.clear()
        monkeypatch.setenv("HRGE_CACHE", name)
        assert len(store.open_graph()) == 0
        assert "cannot be kept" in progress.text and "HRGE_CACHE" in progress.text


def test_a_damaged_build_gives_way_to_a_new_one_and_no_other_does(
    build_as: Callable[[str], Path],
) -> None:
    first, second = map(build_as, keys(2))
    before = tree(first)
    for path in (second / "graph").iterdir():
        path.write_bytes(b"")
    build_as(second.name)
    assert len(ox.Store.read_only(str(second / "graph"))) == 1
    assert tree(first) == before
    assert sorted(p.name for p in first.parent.iterdir()) == [*keys(2), "CACHEDIR.TAG"]


def test_a_build_that_cannot_be_kept_leaves_nothing(
    build_as: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    place = build_as(keys(1)[0])
    assert [p.name for p in place.parent.iterdir()] == ["CACHEDIR.TAG"]


def test_without_a_home_it_works_and_says_that_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch, progress: pytest.LogCaptureFixture
) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("HRGE_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    monkeypatch.setattr("hrge_kg.graph.build.build", ox.Store)
    assert len(store.open_graph()) == 0
    assert "the user has no home folder" in progress.text and "HRGE_CACHE" in progress.text
    assert not cache.has_mark("any")
    cache.leave_mark("any")


def test_another_version_of_the_store_has_a_build_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = store.build_key()
    monkeypatch.setattr(ox, "__version__", "99.0.0")
    assert store.build_key() != before


def test_changed_sources_have_another_fingerprint(tmp_path: Path) -> None:
    for folder in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(root() / folder, tmp_path / folder)
    before = fingerprint(tmp_path)
    norms = tmp_path / "data" / "norms" / "guideline-6.ttl"
    norms.write_text(norms.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert fingerprint(tmp_path) != before
