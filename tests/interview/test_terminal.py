"""An interview in a terminal, as a person has it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from hrge_kg.cli.main import main
from hrge_kg.interview.model import Choice
from hrge_kg.interview.terminal import chosen

CHOICES = [Choice("yes", "yes"), Choice("dont-know", "don't know"), Choice("no", "no")]


@pytest.fixture(autouse=True)
def built(graph: object) -> None:
    """The command finds the graph built."""


def ask(monkeypatch: pytest.MonkeyPatch, file: Path, lines: Sequence[str], *more: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return main(["ask", str(file), *more])


def test_a_person_answers_goes_back_leaves_and_returns(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "my-shelter.yaml"
    lines = ["My shelter", "women, men", "running a shelter", "s", "s", "b"]
    assert ask(monkeypatch, form, [*lines, "identified victims", "q"]) == 0
    said = capsys.readouterr().out
    assert "What is the programme called?" in said and "Kept in" in said
    assert form.read_text(encoding="utf-8").splitlines() == [
        "programme: my-shelter",
        'title: "My shelter"',
        "activity: shelter-activity",
        "answered: {level: practice}",
        "groups:",
        "  women: {status: identified-victim}",
        "  men:",
    ]
    assert ask(monkeypatch, form, ["s", "identified victims", "q"]) == 0
    assert "programme called?" not in capsys.readouterr().out
    assert "  men: {status: identified-victim}" in form.read_text(encoding="utf-8")
    assert main(["validate", str(form)]) == 1  # a report, in which much is not stated


def test_an_answer_that_is_cut_short_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    form = tmp_path / "form.yaml"
    asked_of_groups = ["s", "s", "s", "yes"]
    assert ask(monkeypatch, form, ["Mine", "women, men", *asked_of_groups]) == 0
    assert "answers" not in form.read_text(encoding="utf-8")


def test_why_is_told_and_what_is_no_choice_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["Mine", "", "w", "99", "b", "c", "running a shelter", "c", "q"]
    assert ask(monkeypatch, tmp_path / "form.yaml", lines) == 0
    said = capsys.readouterr().out
    assert said.count("What is the programme called? Mine.") == 2
    assert said.count("What does the programme do? Running a shelter.") == 1
    assert "It shows which parts of the form are worth answering." in said
    assert "Please give numbers from 1 to" in said
    assert "This is the first question." in said


def test_another_file_keeps_the_first_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    form, new = tmp_path / "form.yaml", tmp_path / "new.yaml"
    text = "# Mine\nprogramme: mine\ngroups:\n  women: {status: identified-victims}\n"
    form.write_text(text, encoding="utf-8")
    assert ask(monkeypatch, form, ["q"]) == 2
    assert ask(monkeypatch, form, ["q"], "-o", str(new)) == 0
    assert form.read_text(encoding="utf-8") == text
    assert "women: {status: identified-victim}" in new.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("heard", "words"),
    [
        ("1", ("yes",)),
        ("3, 1", ("no", "yes")),
        ("Don’t know", ("dont-know",)),
        ("no", ("no",)),
        ("4", ()),
        ("yes maybe", ()),
        ("", ()),
    ],
)
def test_choices_are_named_by_number_or_label(heard: str, words: tuple[str, ...]) -> None:
    assert chosen(heard, CHOICES) == words
