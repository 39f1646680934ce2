"""What a user names for output: files are replaced whole or not at all, and what is no file stays
what it is.
"""

from __future__ import annotations

import errno
import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.file_writer import write_file, write_folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_has_the_mode_that_the_umask_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "new", b"text")
    finally:
        os.umask(before)
    assert (tmp_path / "new").read_bytes() == b"text"
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    assert names(tmp_path) == ["new"]


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_a_file_is_replaced_and_keeps_its_mode(mode: int, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"old and longer")
    old.chmod(mode)
    inode = old.stat().st_ino
    write_file(old, b"new")
    assert (old.read_bytes(), stat.S_IMODE(old.stat().st_mode)) == (b"new", mode)
    assert old.stat().st_ino != inode
    assert names(tmp_path) == ["old"]


def test_a_file_keeps_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only root may give a file to others, so for everyone else it is looked at what is asked of
    the system.
    """
    old = tmp_path / "old"
    old.write_bytes(b"old")
    change = os.chown
    if os.geteuid() == 0:
        change(old, 1234, 4321)
    owner = (old.stat().st_uid, old.stat().st_gid)
    asked: list[tuple[int, int]] = []

    def recorded(path: Path, user: int, group: int) -> None:
        asked.append((user, group))
        change(path, user, group)

    monkeypatch.setattr(os, "chown", recorded)
    write_file(old, b"new")
    assert asked == [owner]
    assert (old.stat().st_uid, old.stat().st_gid) == owner
    assert old.read_bytes() == b"new"


def test_a_file_of_others_is_replaced_where_it_cannot_be_given_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old").write_bytes(b"old")

    def refuse(path: Path, *_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))

    monkeypatch.setattr(os, "chown", refuse)
    write_file(tmp_path / "old", b"new")
    assert (tmp_path / "old").read_bytes() == b"new"
    assert names(tmp_path) == ["old"]


def test_a_name_as_long_as_the_file_system_allows(tmp_path: Path) -> None:
    write_file(tmp_path / ("n" * 255), b"text")
    assert names(tmp_path) == ["n" * 255]
    with pytest.raises(InputError, match="cannot be written: File name too long"):
        write_file(tmp_path / ("n" * 256), b"text")


@pytest.mark.parametrize("there", [True, False])
def test_links_are_followed_and_stay(there: bool, tmp_path: Path) -> None:
    for name in ("real", "links"):
        (tmp_path / name).mkdir()
    target = tmp_path / "real" / "report"
    if there:
        target.write_bytes(b"old")
    (tmp_path / "real" / "second").symlink_to("report")
    (tmp_path / "links" / "first").symlink_to("../real/second")
    write_file(tmp_path / "links" / "first", b"new")
    assert target.read_bytes() == b"new"
    assert not target.is_symlink()
    assert (tmp_path / "links" / "first").is_symlink()
    assert names(tmp_path / "real") == ["report", "second"]
    assert names(tmp_path / "links") == ["first"]


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(InputError, match="cannot be written"):
        write_file(tmp_path / "a", b"text")
    assert names(tmp_path) == ["a", "b"]


def test_a_link_in_the_folder_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"mine")
    (tmp_path / ".out.part").symlink_to("victim")  # the name that was foreseen once
    write_file(tmp_path / "out", b"new")
    assert (tmp_path / "victim").read_bytes() == b"mine"
    assert names(tmp_path) == [".out.part", "out", "victim"]


def test_a_temporary_file_is_made_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "victim").write_bytes(b"mine")
    (tmp_path / ".hrge-0000000000000000.part").symlink_to("victim")
    monkeypatch.setattr(os, "urandom", bytes)
    with pytest.raises(InputError, match="File exists"):
        write_file(tmp_path / "out", b"new")
    assert (tmp_path / "victim").read_bytes() == b"mine"
    assert names(tmp_path) == [".hrge-0000000000000000.part", "victim"]


def test_many_writers_of_one_file_leave_one_of_them_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    written = [bytes([n]) * 200_000 for n in range(8)]
    failed: list[BaseException] = []

    def write(content: bytes) -> None:
        try:
            for _ in range(10):
                write_file(out, content)
                assert out.read_bytes() in written
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(content,)) for content in written]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").write_bytes(b"old")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(
        InputError if isinstance(error, OSError) else KeyboardInterrupt, match=r"No space|^$"
    ):
        write_file(tmp_path / "out", b"new")
    assert (tmp_path / "out").read_bytes() == b"old"
    assert names(tmp_path) == ["out"]


LIMITED = """
import resource, signal, sys
from pathlib import Path
from hrge_kg.file_writer import write_file
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
write_file(Path(sys.argv[1]), b"n" * 100_000)
"""


def test_a_file_that_does_not_fit_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"old")
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "InputError" in run.stderr
    assert "File too large" in run.stderr
    assert (tmp_path / "out").read_bytes() == b"old"
    assert names(tmp_path) == ["out"]


def test_a_folder_that_may_not_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object) -> None:
        # Root may write everywhere, so the system's answer is given here.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        with pytest.raises(InputError, match="Permission denied"):
            write_file(tmp_path / "out", b"text")
    assert names(tmp_path) == []


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    for path in (tmp_path, tmp_path / "link", Path()):
        with pytest.raises(InputError, match="cannot be written: this is a folder"):
            write_file(path, b"text")
    assert names(tmp_path) == ["link"]


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("socket")
        with pytest.raises(InputError, match="neither a file nor a pipe"):
            write_file(Path("socket"), b"text")
    assert stat.S_ISSOCK(Path("socket").stat().st_mode)
    assert names(tmp_path) == ["socket"]


@pytest.mark.parametrize("linked", [False, True])
def test_a_pipe_is_written_to_and_stays(linked: bool, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "link").symlink_to("pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_file(tmp_path / "link" if linked else pipe, b"text" * 50_000)
    reader.join()
    assert read == [b"text" * 50_000]
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert names(tmp_path) == ["link", "pipe"]


@pytest.mark.parametrize("name", ["null", "full"])
@pytest.mark.parametrize("size", [1, 1_000_000])
def test_a_device_is_written_to_and_stays(name: str, size: int, tmp_path: Path) -> None:
    """Through a link in a folder of the test's own: were the device replaced, only the link would
    go.
    """
    device, link = Path("/dev") / name, tmp_path / "link"
    link.symlink_to(device)
    if name == "null":
        write_file(link, b"n" * size)
    else:
        with pytest.raises(
            InputError, match=r"link: cannot be written: No space left on device\. Name a file"
        ):
            write_file(link, b"n" * size)
    assert stat.S_ISCHR(device.lstat().st_mode)
    assert link.is_symlink()
    assert names(tmp_path) == ["link"]


def test_a_device_by_its_own_name_is_written_to_and_stays() -> None:
    """A terminal of the test's own: its device lies where no file can be made, so a writer that
    replaced it could do no harm.
    """
    ours, theirs = os.openpty()
    try:
        device = Path(os.ttyname(theirs))
        assert not device.is_symlink()
        node = device.stat()
        write_file(device, b"text")
        assert os.read(ours, 100) == b"text"
        assert stat.S_ISCHR(device.lstat().st_mode)
        assert (device.stat().st_ino, device.stat().st_rdev) == (node.st_ino, node.st_rdev)
    finally:
        os.close(theirs)
        os.close(ours)


WRITES = """
import sys
from pathlib import Path
from hrge_kg.file_writer import write_file
print("before")
write_file(Path(sys.argv[1]), b"text\\n")
print("after")
"""


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"])
@pytest.mark.parametrize("to", ["pipe", "file"])
def test_standard_output_by_its_name(name: str, to: str, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/dev/stdout")
    log = tmp_path / "log"
    log.write_bytes(b"earlier\n")
    command = [sys.executable, "-c", WRITES, str(tmp_path / name)]
    if to == "pipe":
        assert (
            subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
            == b"before\ntext\nafter\n"
        )
    else:
        with log.open("ab") as appended:
            subprocess.run(command, stdout=appended, check=True)
        assert log.read_bytes() == b"earlier\nbefore\ntext\nafter\n"
    assert names(tmp_path) == ["link", "log"]


def test_a_descriptor_that_is_not_open_is_told() -> None:
    with pytest.raises(InputError, match="Bad file descriptor"):
        write_file(Path("/dev/fd/999"), b"text")


def one_file(folder: Path) -> None:
    (folder / "file").write_bytes(b"text")


def fails(folder: Path) -> None:
    one_file(folder)
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("kind", ["new", "below-new", "empty", "link", "link-to-nothing"])
def test_a_folder_is_made(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "out" / "below" if kind == "below-new" else tmp_path / "out"
    if kind == "empty":
        out.mkdir(mode=0o700)
    if kind == "link":
        (tmp_path / "real").mkdir()
    if kind.startswith("link"):
        out.symlink_to("real")
    write_folder(out, one_file)
    assert names(out) == ["file"]
    assert out.is_symlink() is kind.startswith("link")
    assert names(tmp_path) == (["out", "real"] if kind.startswith("link") else ["out"])
    assert kind != "empty" or stat.S_IMODE(out.stat().st_mode) == 0o700


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: None], ids=["empty", "new"])
def test_a_folder_that_cannot_be_filled_leaves_nothing(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    make(tmp_path / "out")
    before = names(tmp_path)
    with pytest.raises(InputError, match="out: cannot be written: No space left on device"):
        write_folder(tmp_path / "out", fails)
    assert names(tmp_path) == before


def test_what_is_no_empty_folder_is_no_folder_to_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "null").symlink_to("/dev/null")
    for name in ("file", "pipe", "null"):
        with pytest.raises(InputError, match="this is no folder"):
            write_folder(tmp_path / name, one_file)
    with pytest.raises(InputError, match="not empty"):
        write_folder(tmp_path, one_file)
    assert names(tmp_path) == ["file", "null", "pipe"]


@pytest.mark.parametrize(
    "arguments", [["trail", "ICCPR 9"], ["new"], ["new", "--format", "xlsx"]], ids=" ".join
)
def test_the_command_writes_so(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, device in (("null", "/dev/null"), ("full", "/dev/full")):
        (tmp_path / name).symlink_to(device)
    assert main([*arguments, "-o", str(tmp_path / "null")]) == 0
    assert main([*arguments, "-o", str(tmp_path / "full")]) == 2
    assert (
        "full: cannot be written: No space left on device. Name a file" in capsys.readouterr().err
    )
    assert main([*arguments, "-o", str(tmp_path)]) == 2
    assert "this is a folder" in capsys.readouterr().err
    assert names(tmp_path) == ["full", "null"]
