"""Writes the files and folders that a user names: each whole or not at all, and nothing replaced
that is no file.

A link is followed. What is no regular file is written to where that can be done (terminals, pipes),
else refused.

What is written stands beside its place under a name of its own until it is whole. If a run is
killed before, the next one that writes to that folder removes what was left. It knows it by the
name, and by the lock that nobody holds any more; a folder also has to hold our stamp.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from .errors import InputError
from .locks import lock, locked_if_free
from .system_errors import system_error

_OPEN = re.compile(r"/dev/std(?P<name>in|out|err)|/(?:dev|proc/self)/fd/(?P<number>\d+)")
_NAMES = ("in", "out", "err")
_PART = re.compile(r"\.hrge-[0-9a-f]{16}\.part")
_STAMP = "HRGE-PART"
"""The file that says that hrge made a folder."""
_STAMP_TEXT = b"hrge was writing what is in this folder. It deletes it when it writes here again.\n"


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; a device, pipe or open descriptor is written to and stays
    what it is.

    Raises InputError where it cannot be written, and where the path is a folder, a disk or a
    socket.
    """
    with _told(path, "Name a file in a folder that you can write to."):
        before = _status(path)  # raises where links lead in a circle
        place = path
        while not (descriptor := _OPEN.fullmatch(str(place))) and place.is_symlink():
            place = place.parent / place.readlink()
        if descriptor:
            # Opened anew by its name, a file to which the shell appends would lose what it holds.
            sys.stdout.flush()
            name, number = descriptor["name"], descriptor["number"]
            _write(os.dup(_NAMES.index(name) if name else int(number)), content)
        elif before is None or stat.S_ISREG(before.st_mode):
            _replace(place, content, before)
        elif stat.S_ISCHR(before.st_mode) or stat.S_ISFIFO(before.st_mode):
            _write(os.open(place, os.O_WRONLY | getattr(os, "O_NOCTTY", 0)), content)
        else:
            kind = "a folder" if stat.S_ISDIR(before.st_mode) else "neither a file nor a pipe"
            raise InputError(
                str(path),
                f"cannot be written: this is {kind}",
                "Name a file that is new or may be replaced.",
            )


def fill_file(path: Path, fill: Callable[[Path], None]) -> None:
    """Have `fill` write a file part by part, whole or not at all.

    It writes in a folder beside, from where the file then takes its place. Raises InputError where
    that cannot be done, and where the path is anything but a file.
    """
    remedy = "Name a file in a folder that you can write to."
    with _told(path, remedy):
        before, place = _status(path), Path(os.path.realpath(path))
        if before is not None and not stat.S_ISREG(before.st_mode):
            raise InputError(
                str(path), "cannot be written part by part: this is no file", "Name a file."
            )
        work = _beside(place)
        work.mkdir()
        try:
            fill(work / place.name)
            if before is not None:
                (work / place.name).chmod(stat.S_IMODE(before.st_mode) & 0o777)
            (work / place.name).replace(place)
        finally:
            _remove_tree(work, ignore_errors=True)


def write_folder(path: Path, fill: Callable[[Path], None]) -> None:
    """Make a folder, or fill an empty one: `fill` writes to a folder beside it, which then takes
    its place.

    Raises InputError where the path holds something, is no folder or cannot be written.
    """
    remedy = "Name a new folder, in one that you can write to."
    with _told(path, remedy):
        before, place = _status(path), Path(os.path.realpath(path))
        if before is not None and not stat.S_ISDIR(before.st_mode):
            raise InputError(str(path), "this is no folder", remedy)
        if before is not None and any(place.iterdir()):
            raise InputError(
                str(path), "the folder is not empty", "Name a new folder, or remove this one."
            )
        place.parent.mkdir(parents=True, exist_ok=True)
        _remove_left(place.parent)
        work = _beside(place)
        content = work / "content"
        content.mkdir(parents=True)
        try:
            with (work / _STAMP).open("xb") as stamp:
                lock(stamp.fileno())
                stamp.write(_STAMP_TEXT)
                stamp.flush()
                fill(content)
                if before is not None:
                    content.chmod(stat.S_IMODE(before.st_mode))
                    place.rmdir()
                content.rename(place)
        finally:
            _remove_tree(work, ignore_errors=True)


def write_files(path: Path, contents: Mapping[str, bytes]) -> None:
    """Make a folder, or fill an empty one, with files by name: all of them or none.

    Raises InputError as `write_folder` does.
    """

    def fill(folder: Path) -> None:
        for name, content in contents.items():
            (folder / name).write_bytes(content)

    write_folder(path, fill)


@contextlib.contextmanager
def scratch_file(name: str, content: bytes) -> Iterator[Path]:
    """A file of this name in a folder of its own, gone after the block.

    Raises InputError where it cannot be written.
    """
    import tempfile  # slow to import, and seldom needed

    try:
        folder = tempfile.TemporaryDirectory(prefix="hrge-")
    except OSError as error:  # it names every folder that it tried
        remedy = "Name a folder that you can write to."
        raise system_error(error, "TMPDIR", remedy=remedy) from error
    with folder as made:
        path = Path(made) / name
        with _told(path, "Free some space there, or name another folder in TMPDIR."):
            path.write_bytes(content)
        yield path


def remove_file(path: Path) -> None:
    """Remove a file. Raises InputError where that cannot be done."""
    with _told(path, "Check its permissions.", "cannot be removed: {}"):
        path.unlink()


def make_folder(path: Path) -> None:
    """Make a folder and those above it, unless it is there. Raises InputError where it cannot."""
    with _told(path, "Name a folder that you can write to."):
        path.mkdir(parents=True, exist_ok=True)


def _replace(path: Path, content: bytes, before: os.stat_result | None) -> None:
    _remove_left(path.parent)
    part, opened = _new_beside(path)
    with opened:
        try:
            if before is not None:
                with contextlib.suppress(
                    OSError, AttributeError
                ):  # only root may; Windows has no owners
                    os.chown(part, before.st_uid, before.st_gid)
                part.chmod(stat.S_IMODE(before.st_mode) & 0o777)
            opened.write(content)
            opened.flush()
            if os.name != "posix":
                opened.close()  # only there, an open file cannot be renamed, and none is locked
            part.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink()
            raise


def _write(descriptor: int, content: bytes) -> None:
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)


def _beside(path: Path) -> Path:
    """A name in the same folder that nobody can foresee."""
    return path.parent / f".hrge-{os.urandom(8).hex()}.part"


def _new_beside(path: Path) -> tuple[Path, BinaryIO]:
    """A new file beside a path, which is nobody else's and no link; locked until it is closed."""
    while True:
        part = _beside(path)
        opened = part.open("xb")
        lock(opened.fileno())
        if os.fstat(opened.fileno()).st_nlink:  # else another run took it for left before the lock
            return part, opened
        opened.close()


def _remove_left(folder: Path) -> None:
    """Remove what killed runs left in a folder. What cannot be removed stays."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _PART.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    _remove_if_left(Path(entry.path), entry.stat(follow_symlinks=False))


def _remove_if_left(part: Path, status: os.stat_result) -> None:
    if stat.S_ISREG(status.st_mode):
        with locked_if_free(part) as free:
            if free:
                part.unlink()
    elif stat.S_ISDIR(status.st_mode):
        stamp = part / _STAMP
        if not stat.S_ISREG(stamp.lstat().st_mode):
            return
        with locked_if_free(stamp) as free:
            if free and stamp.read_bytes() == _STAMP_TEXT:
                _remove_tree(part / "content", ignore_errors=True)
                _remove_tree(part)  # the stamp goes last: a run that is stopped here is known


def _remove_tree(folder: Path, *, ignore_errors: bool = False) -> None:
    from shutil import rmtree  # slow to import, and seldom needed

    rmtree(folder, ignore_errors=ignore_errors)


def _status(path: Path) -> os.stat_result | None:
    """What stands at a path, or where its links lead; None where nothing does."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


@contextlib.contextmanager
def _told(path: Path, remedy: str, what: str = "cannot be written: {}") -> Iterator[None]:
    """Errors of the operating system as InputError."""
    try:
        yield
    except OSError as error:
        raise system_error(error, str(path), what, remedy) from error
