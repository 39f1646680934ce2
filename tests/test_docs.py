"""The pages for people: links lead somewhere, lines are short, commands exist and print what the tutorial shows."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from hrge_kg import pipeline
from hrge_kg.cli import main

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").exists())
RECORDS = ROOT / "docs" / "records"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
# Records of reading sessions stay as they were written, but for the page that lists them.
WRITTEN = [page for page in PAGES if RECORDS not in page.parents or page.name == "README.md"]
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs" / "tutorial").glob("*.md")), *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
TUTORIAL = ROOT / "docs" / "tutorial" / "first-assessment.md"

LONGEST = 100
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)", re.DOTALL)
# Turtle and queries are compared with the files that they quote, which have tests of their own.
QUOTED = {"turtle", "sparql"}
# What a command reads or writes is a path if it looks like one.
PATH = re.compile(r"[\w.-]+/|[\w./-]+\.(?:yaml|xlsx|csv|ttl|jsonld|json|html|svg|bib|txt|md)")
WRITES = {"-o", "--out", ">"}

each_page = pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(ROOT).as_posix())
each_guide = pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.relative_to(ROOT).as_posix())


class Block(NamedTuple):
    """A fenced block."""

    language: str
    lines: list[str]


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(text: str) -> list[Block]:
    found = re.findall(r"^ *```(\w*)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return [Block(language, body.splitlines()) for language, body in found]


def without_blocks(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)


def anchor(heading: str) -> str:
    """The fragment that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@each_page
def test_every_relative_link_resolves(page: Path) -> None:
    broken = []
    for target in LINK.findall(without_blocks(read(page))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        headings = re.findall(r"^#+ (.*)$", read(file), re.MULTILINE) if file.suffix == ".md" and file.exists() else []
        if not file.exists() or (fragment and fragment not in map(anchor, headings)):
            broken.append(target)
    assert broken == []


@each_page
def test_lines_are_short(page: Path) -> None:
    long = []
    language: str | None = None
    for number, line in enumerate(read(page).splitlines(), 1):
        if fence := re.match(r" *```(\w*)", line):
            language = fence[1] if language is None else None
        free = line.startswith("|") or language in QUOTED or (len(line.split()) == 1 and "](" in line)
        if len(line) > LONGEST and not free:
            long.append(f"{page.name}:{number}: {len(line)} characters")
    assert long == []


def commands(text: str) -> Iterator[list[str]]:
    """The words of each command that a page shows, in a block or in a sentence, in its order."""
    for found in re.finditer(r"^ *```sh\n(.*?)^ *```$|`(hrge [^`]+)`", text, re.MULTILINE | re.DOTALL):
        for line in (found[1] or found[2]).splitlines():
            words = shlex.split(line, comments=True)
            if words and words[0] in {"hrge", "cp"} and len(words) > 1 and "…" not in words:
                yield words[: words.index("|")] if "|" in words else words


@pytest.fixture(scope="module")
def help_of() -> Callable[[str], str]:
    """The help of a verb, on one line."""
    known: dict[str, str] = {}

    def ask(verb: str) -> str:
        if verb not in known:
            with pytest.MonkeyPatch.context() as patch:
                printed: list[str] = []
                patch.setattr("sys.stdout.write", printed.append)
                with pytest.raises(SystemExit) as end:
                    main([verb, "--help"])
            assert end.value.code == 0, f"there is no verb {verb}"
            known[verb] = " ".join("".join(printed).split())
        return known[verb]

    return ask


@each_guide
def test_commands_have_existing_verbs_and_options(page: Path, help_of: Callable[[str], str]) -> None:
    for program, verb, *words in commands(read(page)):
        if program != "hrge" or verb.startswith("-"):
            continue
        for option, value in zip(words, [*words[1:], ""], strict=False):
            if option.startswith("-") and option != "-":
                shown = re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])(?: {{([^}}]*)}})?", help_of(verb))
                assert shown, f"hrge {verb} has no option {option}"
                assert not shown[1] or value in shown[1].split(","), f"hrge {verb} {option} does not take {value}"
        help_of(verb)


@each_guide
def test_commands_use_files_that_exist_or_are_made_on_the_page(page: Path) -> None:
    made: set[str] = set()
    for program, *words in commands(read(page)):
        for before, word in zip(["", *words], words, strict=False):
            if before in WRITES or (program == "cp" and word == words[-1]):
                made.add(word.rstrip("/"))
            elif PATH.fullmatch(word):
                assert word.rstrip("/") in made or (ROOT / word).exists(), f"{word} neither exists nor is made before"


def contains(printed: list[str], shown: list[str]) -> bool:
    """Whether the lines shown stand in what is printed, in one piece; `…` stands for any lines."""
    start = 0
    for piece in "\n".join(shown).split("\n…\n"):
        lines = piece.split("\n")
        starts = [n for n in range(start, len(printed)) if printed[n : n + len(lines)] == lines]
        if not starts:
            return False
        start = starts[0] + len(lines)
    return True


def test_the_tutorial_shows_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], assessor: pipeline.Assessor
) -> None:
    """Does what the tutorial says, in its order: runs its commands, edits its file, and compares what it shows."""
    monkeypatch.setattr("hrge_kg.portfolio.Assessor", lambda _graph: assessor)  # one for all commands: it takes long to make
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    printed: list[str] = []
    copy = Path()
    seen = 0
    for block in blocks(read(TUTORIAL)):
        if block.language == "yaml":
            (answer,) = block.lines
            key = answer.split(":")[0]
            lines = [answer if line.split(":")[0] == key else line for line in copy.read_text(encoding="utf-8").splitlines()]
            assert answer in lines
            copy.write_text("\n".join(lines) + "\n", encoding="utf-8")
        elif block.language == "text":
            assert contains(printed, block.lines), "\n".join(block.lines)
            seen += 1
        for program, *words in commands("\n".join(["```sh", *block.lines, "```"])) if block.language == "sh" else ():
            if program == "cp":
                copy = Path(words[1])
                shutil.copy(words[0], copy)
                continue
            target = Path(words[words.index(">") + 1]) if ">" in words else None
            assert main(words[: words.index(">")] if target else words) in (0, 1), words
            out = capsys.readouterr().out
            printed = out.splitlines()
            if target:
                target.write_text(out, encoding="utf-8")
    assert seen >= 5
