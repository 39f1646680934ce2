"""What ends in an error ends in words and an exit code: never in a traceback, never with 1."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hrge_kg.cli import explain
from hrge_kg.cli import main as command
from hrge_kg.cli.main import main

HRGE = [sys.executable, "-m", "hrge_kg"]
BUFFERED = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
"""As most users have it: what is printed is written at the end."""
WRONG = b"programme: p\nanswers:\n  no-such-question: yes\n"


def run(
    *arguments: str | bytes,
    shell: str = "",
    before: Callable[[], None] | None = None,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the command; `shell` is what the shell is told after it."""
    whole = [*HRGE, *arguments]
    if shell:
        whole = ["sh", "-c", f'exec "$@" {shell}', "sh", *whole]
    return subprocess.run(
        whole,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
        env={**BUFFERED, **(env or {})},
        preexec_fn=before,
        cwd=cwd,
        timeout=60,
    )


def told(done: subprocess.CompletedProcess[str], code: int = 2) -> str:
    """What was told; no traceback, and only lines of the command."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert all(line.startswith(("hrge", "usage", " ")) for line in done.stderr.splitlines())
    return done.stderr


@pytest.mark.parametrize(
    "error", [TypeError("wrong\n\x1b[31m"), KeyError("key"), RecursionError(), AssertionError()]
)
def test_a_fault_of_hrge_exits_with_70_and_asks_to_be_reported(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(explain, "run", fail)
    assert main(["explain", "safe-return"]) == 70
    out, err = capsys.readouterr()
    assert out == ""
    assert type(error).__name__ in err and "test_faults.py" not in err
    assert "Please report it" in err and "\x1b" not in err
    assert err.count("\n") == 2


def test_where_a_fault_was_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "_progress_on_stderr", None)
    assert main(["query"]) == 70
    assert "TypeError" in (err := capsys.readouterr().err) and "(main.py:" in err


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/some/file"), "Free some space"),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/some/file"), "permissions"),
        (OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), "/some/file"), "shorter"),
        (OSError(errno.EMFILE, os.strerror(errno.EMFILE), "/some/file"), "ulimit -n"),
        (OSError(errno.EIO, os.strerror(errno.EIO), "/some/file"), "Check the disk"),
    ],
)
def test_an_error_of_the_system_names_the_path_and_a_remedy(
    error: OSError,
    remedy: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(explain, "run", fail)
    assert main(["explain", "safe-return"]) == 2
    err = capsys.readouterr().err
    assert f"/some/file: {error.strerror}" in err and remedy in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", b"\xff.rq"],
        ["query", b"\xff\x1b[31m.rq"],
        ["applicable", b"no-\xff.yaml"],
        ["explain", b"\xff"],
        ["trail", b"\xff"],
        ["query", "norms", "--param", b"topic=\xff"],
        ["query", "norms", "--format", b"\xff\x1b[31m"],
        [b"\xff\x1b"],
        ["new", "--for", b"\xff=\xff"],
        ["new", "-o", b"no-\xff/\xff.yaml"],
    ],
    ids=repr,
)
def test_arguments_that_are_not_utf8(arguments: list[str | bytes], tmp_path: Path) -> None:
    (tmp_path / "form.yaml").write_bytes(b"programme: p\n")
    err = told(run(*arguments, cwd=tmp_path))
    assert "\\xff" in err or "udcff" in err
    assert "\x1b" not in err
    assert "\udcff" not in err


@pytest.mark.usefixtures("assessor")  # so that the commands need not test the shapes
def test_a_file_whose_name_is_not_utf8_is_read_and_stops_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    good = b"programme: %s\nanswers:\n  compulsory-test: {holds: no, level: practice}\n"
    (folder / "a.yaml").write_bytes(good % b"a")
    Path(os.fsdecode(bytes(folder) + b"/\xff\x1b[31m.yaml")).write_bytes(good % b"b")
    Path(os.fsdecode(bytes(folder) + b"/\xfe.yaml")).write_bytes(WRONG)
    for jobs in ("1", "2"):
        done = run("validate", str(folder), "--format", "jsonl", "--jobs", jobs)
        err = told(done)
        assert "\\xfe.yaml:3" in err and "1 of 3 files cannot be used" in err
        assert done.stdout.count('"programme"') >= 2
        assert "\\\\xff\\\\x1b[31m.yaml" in done.stdout
        assert "\x1b" not in err + done.stdout


def test_a_root_that_is_not_utf8(tmp_path: Path) -> None:
    done = run("query", "norms", env={"HRGE_ROOT": os.fsdecode(bytes(tmp_path) + b"/\xff")})
    assert "\\xff: HRGE_ROOT names this folder" in told(done)


@pytest.mark.parametrize("verb", ["query", "query norms", "new", "coverage", "--help"])
def test_output_that_cannot_be_written(verb: str) -> None:
    full = told(run(*verb.split(), shell=">/dev/full"))
    assert "standard output: cannot be written: No space left on device" in full
    closed = run(*verb.split(), shell=">&-")
    assert verb == "--help" or "standard output: cannot be written" in told(closed)


def test_a_closed_standard_error_stops_nothing() -> None:
    done = run("query", "norms", "--format", "csv", shell="2>&-")
    assert done.returncode == 0
    assert done.stdout.startswith("norm,")


@pytest.mark.parametrize("verb", ["query", "applicable"])
def test_a_closed_standard_input_is_told(verb: str) -> None:
    assert "standard input: " in told(run(verb, "-", shell="<&-"))


def test_a_working_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    form = tmp_path / "form.yaml"
    form.write_bytes(b"programme: p\nanswers:\n  compulsory-test: no\n")
    # The package must be found without the working folder.
    package = {"PYTHONPATH": str(Path(command.__file__).parents[2]), "PYTHONSAFEPATH": "1"}

    def leave() -> None:
        os.chdir(gone)
        gone.rmdir()

    done = run("query", "norms", before=leave, env=package)
    assert done.returncode == 0, done.stderr
    done = run("applicable", "x.yaml", before=leave_again(gone), env=package)
    assert "no such file" in told(done)
    done = run("applicable", str(form), before=leave_again(gone), env=package)
    assert done.returncode == 0, done.stderr


def leave_again(gone: Path) -> Callable[[], None]:
    """Make the folder anew, to leave it again."""

    def leave() -> None:
        gone.mkdir()
        os.chdir(gone)
        gone.rmdir()

    return leave


def test_too_few_open_files_delete_nothing(cache: Path) -> None:
    assert run("query", "norms").returncode == 0
    before = sorted(path for path in (cache / "hrge-builds").iterdir())

    def few(number: int) -> Callable[[], None]:
        return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (number, number))

    codes = set()
    for number in range(8, 20, 2):
        done = run("query", "norms", before=few(number))
        if done.stderr.startswith(("Fatal Python", "Traceback", "Error")):
            continue  # Python itself does not start
        codes.add(done.returncode)
        if done.returncode:
            told(done)
    assert codes <= {0, 2} and 2 in codes
    assert sorted(path for path in (cache / "hrge-builds").iterdir()) == before


def test_a_name_that_is_too_long() -> None:
    name = "n" * 300 + ".yaml"
    assert "File name too long" in told(run("applicable", name))
    assert "File name too long" in told(run("new", "-o", name))


def test_a_full_folder_for_scratch_files(tmp_path: Path) -> None:
    form = tmp_path / "form.yaml"
    form.write_bytes(b"programme: p\nanswers:\n  compulsory-test: no\n")
    none = {"TMPDIR": "/proc/none"}

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    err = told(run("convert", str(form), "--to", "csv", env=none, before=no_room))
    assert "temporary" in err


def test_a_clock_before_1980_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import time

    monkeypatch.setattr(time, "time", lambda: 0.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.struct_time((1970, 1, 1, *[0] * 6)))
    assert main(["new", "--format", "xlsx", "-o", str(tmp_path / "form.xlsx")]) == 2
    assert "Set the clock" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_unreadable_folder_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path) -> None:  # root may read everything
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert main(["validate", str(tmp_path)]) == 2
    assert f"{tmp_path}: the folder cannot be read (Permission denied)" in capsys.readouterr().err
