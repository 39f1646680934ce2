"""What killed runs left beside what users name: the next run there removes it, and nothing else."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from hrge_kg import file_writer
from hrge_kg.file_writer import write_file, write_folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def a_part(folder: Path, number: int, *, kind: str) -> Path:
    """What a run that was killed could have left, or what looks like it."""
    path = folder / f".hrge-{number:016x}.part"
    if kind == "file":
        path.write_bytes(b"half")
        return path
    (path / "content").mkdir(parents=True)
    (path / "content" / "half").write_bytes(b"half")
    if kind == "folder":
        (path / file_writer._STAMP).write_bytes(file_writer._STAMP_TEXT)
    return path


def write_one(folder: Path) -> None:
    write_file(folder / "out", b"new")


def write_many(folder: Path) -> None:
    write_folder(folder / "out", lambda made: (made / "file").touch())


@pytest.mark.parametrize("write", [write_one, write_many])
def test_what_killed_runs_left_is_removed_and_nothing_else(
    write: Callable[[Path], None], tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "letter").write_bytes(b"mine")
    left = [a_part(tmp_path, 1, kind="file"), a_part(tmp_path, 2, kind="folder")]
    (left[1] / "content" / "link").symlink_to(precious)
    used = [a_part(tmp_path, 3, kind="file"), a_part(tmp_path, 4, kind="folder")]
    mine = [a_part(tmp_path, 5, kind="folder without a stamp"), tmp_path / ".hrge-mine.part"]
    mine[1].write_bytes(b"mine")
    link = tmp_path / f".hrge-{6:016x}.part"
    link.symlink_to(precious / "letter")
    with used[0].open("rb") as file, (used[1] / file_writer._STAMP).open("rb") as stamp:
        for opened in (file, stamp):
            fcntl.flock(opened, fcntl.LOCK_EX)
        write(tmp_path)
    kept = [*used, *mine, link]
    assert names(tmp_path) == sorted([*(path.name for path in kept), "out", "precious"])
    assert (precious / "letter").read_bytes() == b"mine"


def test_what_another_run_took_for_left_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other run comes between the making of a file and its lock."""
    removed: list[Path] = []

    def come_between(_: int) -> None:
        if not removed:
            removed.extend(tmp_path.glob(".hrge-*.part"))
            removed[0].unlink()

    monkeypatch.setattr(file_writer, "lock", come_between)
    write_file(tmp_path / "out", b"new")
    assert (tmp_path / "out").read_bytes() == b"new"
    assert len(removed) == 1 and names(tmp_path) == ["out"]
