"""The pages for people: links resolve, lines are short, commands exist, the tutorial is true."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from paths import ROOT

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.cli.main import main

RECORDS = ROOT / "docs" / "records"
PAGES = [*ROOT.glob("*.md"), *(ROOT / "benchmarks").glob("*.md"), *(ROOT / "docs").rglob("*.md")]
# Records of reading sessions stay as they were written, but for the page that lists them.
WRITTEN = [
    page for page in sorted(PAGES) if RECORDS not in page.parents or page.name == "README.md"
]
GUIDES = [
    page for page in sorted(PAGES)
    if page == ROOT / "README.md" or page.parent.name in {"tutorial", "how-to"}
]  # fmt: skip
TUTORIAL = ROOT / "docs" / "tutorial" / "first-assessment.md"

LONGEST = 100
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)", re.DOTALL)
# What a command reads or writes is a path if it looks like one.
PATH = re.compile(r"[\w.-]+/|[\w./-]+\.(?:yaml|xlsx|csv|ttl|jsonld|json|html|svg|bib|txt|md)")
WRITES = {"-o", "--out", ">"}


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


each_page = pytest.mark.parametrize("page", WRITTEN, ids=name)
each_guide = pytest.mark.parametrize("page", GUIDES, ids=name)


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


def headings(page: Path) -> set[str]:
    return {anchor(heading) for heading in re.findall(r"^#+ (.*)$", read(page), re.MULTILINE)}


@each_page
def test_every_relative_link_resolves(page: Path) -> None:
    broken = []
    for target in LINK.findall(without_blocks(read(page))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (fragment and fragment not in headings(file)):
            broken.append(target)
    assert broken == []


@each_page
def test_lines_are_short(page: Path) -> None:
    long = []
    for number, line in enumerate(read(page).splitlines(), 1):
        a_link = "](" in line and len(line.split()) == 1
        if len(line) > LONGEST and not line.startswith("|") and not a_link:
            long.append(f"{page.name}:{number}: {len(line)} characters")
    assert long == []


def commands(text: str) -> Iterator[list[str]]:
    """The words of each command that a page shows, in a block or in a sentence, in its order."""
    shown = re.compile(r"^ *```sh\n(.*?)^ *```$|`(hrge [^`]+)`", re.MULTILINE | re.DOTALL)
    for found in shown.finditer(text):
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
def test_commands_have_existing_verbs_and_options(
    page: Path, help_of: Callable[[str], str]
) -> None:
    for program, verb, *words in commands(read(page)):
        if program != "hrge" or verb.startswith("-"):
            continue
        shown = help_of(verb)
        for option, value in zip(words, [*words[1:], ""], strict=False):
            if not option.startswith("-") or option == "-":
                continue
            found = re.search(rf"(?<![\w-]){option}(?![\w-])(?: {{([^}}]*)}})?", shown)
            assert found, f"hrge {verb} has no option {option}"
            choices = found[1]
            assert not choices or value in choices.split(","), f"{option} does not take {value}"


@each_guide
def test_commands_use_files_that_exist_or_are_made_on_the_page(page: Path) -> None:
    made: set[str] = set()
    for program, *words in commands(read(page)):
        for before, word in zip(["", *words], words, strict=False):
            if before in WRITES | {"ask"} or (program == "cp" and word == words[-1]):
                made.add(word.rstrip("/"))
            elif PATH.fullmatch(word):
                known = word.rstrip("/") in made or (ROOT / word).exists()
                assert known, f"{word} neither exists nor is made before"


def contains(printed: list[str], shown: list[str]) -> bool:
    """Whether what is printed has the lines shown, in one piece; `…` stands for any lines."""
    start = 0
    for piece in "\n".join(shown).split("\n…\n"):
        lines = piece.split("\n")
        starts = [n for n in range(start, len(printed)) if printed[n : n + len(lines)] == lines]
        if not starts:
            return False
        start = starts[0] + len(lines)
    return True


def test_the_tutorial_shows_what_is_printed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    assessor: Assessor,
) -> None:
    """Does what the tutorial says, in its order: runs commands, edits the file, compares."""
    # One assessor for all commands: it takes long to make.
    monkeypatch.setattr("hrge_kg.assessment.portfolio.Assessor", lambda *_, **__: assessor)
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    printed: list[str] = []
    copy = Path()
    compared = 0
    for language, lines in blocks(read(TUTORIAL)):
        if language == "yaml":
            replace_answer(copy, *lines)
        elif language == "text":
            assert contains(printed, lines), "\n".join(lines)
            compared += 1
        elif language == "sh":
            for program, *words in commands("\n".join(["```sh", *lines, "```"])):
                if program == "cp":
                    copy = Path(shutil.copy(*words))
                    continue
                written = words.index(">") if ">" in words else len(words)
                assert main(words[:written]) in (0, 1), words
                printed = capsys.readouterr().out.splitlines()
    assert compared >= 5


def replace_answer(form: Path, answer: str) -> None:
    """Writes an answer in the place of the one with the same key."""
    before = form.read_text(encoding="utf-8").splitlines()
    key = answer.split(":")[0]
    after = [answer if line.split(":")[0] == key else line for line in before]
    assert answer in after
    form.write_text("\n".join(after) + "\n", encoding="utf-8")
