"""A full disk, and a home that cannot be written: the answer is right or told to be missing, and
nothing half-written stays.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from paths import ROOT

HRGE = shlex.join([sys.executable, "-m", "hrge_kg"])
FORM = shlex.quote(str(ROOT / "data" / "programmes" / "closed-shelter.yaml"))
QUERY = f"{HRGE} query norms --format csv"
Done = subprocess.CompletedProcess[str]


def shell(script: str, folder: Path, *before: str, **changed: str) -> Done:
    """Run a script for the shell in a folder."""
    path = os.pathsep.join(filter(None, sys.path))
    return subprocess.run(
        [*before, "sh", "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path, **changed},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def on_a_full_disk(tmp_path: Path) -> Callable[..., Done]:
    """Runs a script in a folder on a disk of 1 MB.

    The disk is there for the script only. Where nobody may make one, files may have 8 kB instead.
    """
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = f"mount -t tmpfs -o size=1m none {shlex.quote(str(folder))} && cd . &&"
    spaces = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
    own = bool(shutil.which("unshare")) and shell(f"{mount} :", folder, *spaces).returncode == 0

    def run(script: str, **changed: str) -> Done:
        if own:
            return shell(
                f"{mount} cd {shlex.quote(str(folder))} && {script}", folder, *spaces, **changed
            )
        return shell(f"ulimit -f 16; {script}", folder, **changed)

    return run


def test_a_graph_that_does_not_fit_is_used_from_memory(
    on_a_full_disk: Callable[..., Done], cache: Path, tmp_path: Path
) -> None:
    expected = shell(QUERY, tmp_path)
    done = on_a_full_disk(f"{QUERY}; ls -A1 cache/hrge-builds >&2", HRGE_CACHE="cache")
    assert done.stdout == expected.stdout and done.stdout
    assert "the built graph cannot be kept" in done.stderr
    assert done.stderr.splitlines()[-1] == "CACHEDIR.TAG"


@pytest.mark.parametrize(
    "command",
    ["build --out ./full", f"validate {FORM} --annex --format html -o ./full"],
    ids=["folder", "file"],
)
def test_what_does_not_fit_is_not_written_at_all(
    command: str, on_a_full_disk: Callable[..., Done], request: pytest.FixtureRequest
) -> None:
    if "validate" in command:
        request.getfixturevalue("assessor")  # so that the command need not test the shapes
    most = "head -c 1040000 /dev/zero > filled"
    done = on_a_full_disk(f"{most}; {HRGE} {command}; echo $?; ls -A1")
    assert done.stdout.split("\n")[:-1] == ["2", "filled"], done.stderr
    assert "full: cannot be written: " in done.stderr and "Traceback" not in done.stderr


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    expected = shell(QUERY, tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    (home / ".cache").write_bytes(b"")  # root may write to any folder, but not below a file
    script = f"unset HRGE_CACHE XDG_CACHE_HOME; {QUERY}; ls -A1 home >&2"
    done = shell(script, tmp_path, HOME=str(home))
    assert done.stdout == expected.stdout and done.stdout
    assert "Name a folder that you can write to in HRGE_CACHE" in done.stderr
    assert done.stderr.splitlines()[-1] == ".cache"
