"""Runs LibreOffice, pandoc and programs of npm. A test that misses one is skipped."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from paths import ROOT, TESTS

MODULES = ROOT / "build" / "javascript" / "node_modules"


def _found(program: str, package: str) -> str:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed (Debian: {package})")
    return path


def libreoffice(files: Sequence[Path], to: str, out: Path, *, opened_as: str = "") -> list[Path]:
    """Have LibreOffice open files and save them in a folder; returns the new files.

    `to` is an ending, or an ending and a filter; `opened_as` is a filter for opening.
    """
    command = [
        _found("soffice", "libreoffice-calc-nogui"),
        # A profile of its own: one that is in use would not be opened.
        f"-env:UserInstallation={(out.parent / 'profile-of-libreoffice').as_uri()}",
        "--headless",
        "--norestore",
        *([f"--infilter={opened_as}"] if opened_as else []),
        "--convert-to",
        to,
        "--outdir",
        str(out),
        *map(str, files),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    made = [out / f"{file.stem}.{to.partition(':')[0]}" for file in files]
    assert all(path.exists() for path in made), run.stdout + run.stderr
    return made


def pandoc(text: str, read: str, write: str) -> str:
    """What pandoc makes of a text."""
    command = [_found("pandoc", "pandoc"), "--from", read, "--to", write, "--wrap", "none"]
    run = subprocess.run(command, input=text, capture_output=True, check=True, encoding="utf-8")
    assert not run.stderr, run.stderr
    return run.stdout


def letters(page: str) -> str:
    """The text of HTML without white space, its quotation marks straight, as pandoc curls them."""
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    for curly, straight in (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"')):
        text = text.replace(curly, straight)
    return re.sub(r"\s+", "", text)


def through_word(markdown: str, folder: Path) -> str:
    """The HTML of the document for Word that pandoc makes of Markdown."""
    document = folder / "made.docx"
    program = _found("pandoc", "pandoc")
    made = [program, "--from", "markdown", "--output", str(document)]
    subprocess.run(made, input=markdown, check=True, encoding="utf-8")
    read = [program, "--wrap", "none", "--to", "html", str(document)]
    return subprocess.run(read, capture_output=True, check=True, encoding="utf-8").stdout


def npm_file(path: str) -> Path:
    """A file of a package of npm; without it the test is skipped."""
    found = MODULES / path
    if not found.is_file():
        pytest.skip("the packages of npm are not there: run `make javascript`")
    return found


def html_messages(files: Sequence[Path], *options: str) -> list[dict[str, object]]:
    """What the W3C's checker says of HTML files, or with --css of CSS files. (Nu Html Checker)"""
    jar = npm_file("vnu-jar/build/dist/vnu.jar")
    java = _found("java", "default-jre-headless")
    settings = ["--format", "json", "--stdout", *options]
    # Most of its time is its start, which a thorough compiler and many threads make longer.
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    command = [java, "-Xss2m", *quick, "-jar", str(jar), *settings, *map(str, files)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if not run.stdout:
        assert run.returncode == 0, run.stderr  # it says nothing where nothing is wrong
        return []
    return list(json.loads(run.stdout)["messages"])


def javascript(script: str, *words: str, given: str = "") -> str:
    """What a script of tests/javascript prints."""
    node = _found("node", "npm")
    if not MODULES.is_dir():
        pytest.skip("the packages of npm are not there: run `make javascript`")
    run = subprocess.run(
        [node, str(TESTS / "javascript" / script), *words],
        input=given,
        env={**os.environ, "NODE_PATH": str(MODULES)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout
