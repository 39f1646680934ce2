"""A pipe is read like a file, and one to which nobody writes is not waited for without end."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from hrge_kg.errors import InputError
from hrge_kg.form.readers import read_file
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.parsing import files

FORM = "programme: p\ngroups:\n  g: {status: trafficked-person}\n"


@pytest.fixture
def pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(files, "SILENCE", 0.3)
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def write_slowly(pipe: Path, *parts: bytes) -> threading.Thread:
    def write() -> None:
        with pipe.open("wb", buffering=0) as opened:
            for part in parts:
                opened.write(part)
                time.sleep(0.1)

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def test_what_comes_in_pieces_is_read_whole(pipe: Path) -> None:
    writer = write_slowly(pipe, b"one ", b"two ", b"three ", b"four ", b"five")
    assert files.read_bytes(pipe) == b"one two three four five"
    writer.join()


def test_no_more_is_read_than_the_limit(pipe: Path) -> None:
    writer = write_slowly(pipe, b"12345")
    assert files.read_bytes(pipe, 3) == b"1234"
    writer.join()


def test_a_pipe_to_which_nobody_writes_is_told(pipe: Path) -> None:
    with pytest.raises(InputError, match=r"pipe: this is a pipe to which nobody writes for 0\.3"):
        files.read_bytes(pipe)


def test_a_pipe_without_an_ending_holds_a_form_in_yaml(pipe: Path, vocabulary: Vocabulary) -> None:
    writer = write_slowly(pipe, FORM.encode())
    assert len(read_file(pipe, vocabulary)) == 1
    writer.join()


def test_what_a_shell_pipes_is_read(tmp_path: Path) -> None:
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    hrge = f"{sys.executable} -m hrge_kg applicable"
    script = f"{hrge} form.yaml > file; {hrge} <(cat form.yaml) > pipe; cat pipe"
    path = os.pathsep.join(filter(None, sys.path))
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        check=False,
    )
    assert done.stderr == b""
    assert done.stdout == (tmp_path / "file").read_bytes() != b""
