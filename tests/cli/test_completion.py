"""Completion: the words that may come next, and the shells that ask for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from paths import ROOT

from hrge_kg.cli.completing import completions
from hrge_kg.cli.main import VERBS, main, parser


def words(line: str) -> list[str]:
    return completions(parser(), line)


@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("hrge ", {"query", "trail", "completion"}),
        ("hrge tr", {"trail"}),
        ("hrge --", {"--version"}),
        ("hrge query owed", {"owed-to"}),
        ("hrge query --format csv owed", {"owed-to"}),
        ("hrge query norms --f", {"--format", "--full"}),
        ("hrge query norms --format ", {"table", "csv", "ttl"}),
        ("hrge query about --param ", {"topic=", "force=", "bearer="}),
        ("hrge query about --param force=", {"force=treaty", "force=soft-law"}),
        ("hrge query norms --param norm=norm:safe-r", {"norm=norm:safe-return"}),
        ("hrge explain norm:safe-r", {"norm:safe-return"}),
        ("hrge explain ", {"norm:", "document:"}),
        ("hrge trail norm:safe-return document:ti", {"document:tip"}),
        ("hrge trail norm:safe-return --direction ", {"up", "down", "both", "any"}),
        ("hrge explain 'norm:safe-r", {"norm:safe-return"}),
    ],
)
def test_what_may_come_next(line: str, some: set[str], graph: ox.Store) -> None:
    found = words(line)
    assert some <= set(found)
    assert found == sorted(set(found))
    last = line.rpartition(" ")[2].lstrip("'")
    assert all(word.startswith(last) for word in found)


@pytest.mark.parametrize(
    "line",
    ["hrge validate ", "hrge query zzz", "hrge zzz x", "hrge query --param ", "hrge build x y z "],
)
def test_the_shell_offers_files_where_nothing_is_known(line: str) -> None:
    assert words(line) == []


def test_nothing_is_built_for_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRGE_CACHE", str(tmp_path / "cache"))
    assert words("hrge explain norm:") == []
    assert words("hrge query about --param topic=") == []
    assert not list(tmp_path.rglob("*.json"))


def test_every_verb_is_offered() -> None:
    assert len(words("hrge ")) == len(VERBS)


def test_the_words_for_a_line_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "--line", "hrge query owed"]) == 0
    assert capsys.readouterr().out == "owed-to\n"


ASKS = {
    "bash": """
source <(hrge completion bash)
COMP_LINE='{line}' COMP_POINT={point} COMP_WORDS=({line}) COMP_CWORD=1
compopt() {{ :; }}
_hrge
printf '%s\\n' "${{COMPREPLY[@]}}"
""",
    # What it would hand to the line editor, which runs on a terminal only.
    "zsh": """
compdef() {{ :; }}
compadd() {{ local name=$@[-1]; print -l -- ${{(P)name}} }}
eval "$(hrge completion zsh)"
LBUFFER='{line}'
_hrge
""",
    "fish": """
hrge completion fish | source
complete --do-complete '{line}'
""",
}


@pytest.mark.parametrize("shell", sorted(ASKS))
@pytest.mark.parametrize(
    ("line", "wanted"),
    [("hrge query ow", "owed-to"), ("hrge explain norm:safe-ret", "norm:safe-return")],
)
def test_a_shell_completes(
    shell: str, line: str, wanted: str, graph: ox.Store, tmp_path: Path
) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"needs {shell}")
    hrge = tmp_path / "hrge"
    hrge.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hrge_kg "$@"\n', encoding="utf-8")
    hrge.chmod(0o755)
    text = ASKS[shell].format(line=line, point=len(line))
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        [program, "-c", text],
        cwd=ROOT,
        env={**os.environ, "PATH": path, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    found = [word.strip() for word in run.stdout.splitlines() if word.strip()]
    # bash replaces only what follows the last of its breaks, such as the colon.
    shown = wanted.rpartition(":")[2] if shell == "bash" else wanted
    assert found == [shown], run.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_names_the_command(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", shell]) == 0
    assert "hrge completion --line" in capsys.readouterr().out
