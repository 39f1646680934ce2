"""How far work on many files is: a bar on a terminal, lines elsewhere, nothing for one file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.cli.progress import progress
from hrge_kg.resources import root

NEW = root() / "data" / "programmes" / "new-project.yaml"


def on_terminal(folder: Path) -> str:
    """What `hrge validate` writes on a terminal on standard error."""
    leader, follower = os.openpty()
    command = [sys.executable, "-m", "hrge_kg", "validate", str(folder), "--summary"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=follower, cwd=root(), env=environment
    ) as process:
        os.close(follower)
        told = b""
        while True:
            try:
                part = os.read(leader, 10_000)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            told += part
        assert process.wait() in (1, 2)
    os.close(leader)
    return told.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_terminal_gets_a_bar_with_the_time_left_and_whole_messages(
    assessor: Assessor, tmp_path: Path
) -> None:
    for name in ("one", "two", "three"):
        shutil.copy(NEW, tmp_path / f"{name}.yaml")
    bad = tmp_path / "bad[red]\x1b[31m.yaml"
    bad.write_text("programme: [", encoding="utf-8")
    told = on_terminal(tmp_path)
    assert "4 of 4" in told
    assert "-:--:--" in told or "0:00:0" in told  # how quick it is depends on the machine
    assert "bad[red]\\x1b[31m.yaml:1: " in told.replace("\r\n", "")
    assert "1 of 4 files cannot be used" in told


def test_elsewhere_each_file_has_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(2) as done:
        done("a.yaml", True)
        done("b.yaml", False)
    with progress(1) as done:
        done("c.yaml", True)
    assert capsys.readouterr().err == "hrge: 1 of 2: a.yaml\n"
