"""An interview in a terminal, as a person has it."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from hrge_kg.cli.main import main
from hrge_kg.interview.model import Choice
from hrge_kg.interview.terminal import chosen
from hrge_kg.interview.ticks import titled

CHOICES = [Choice("yes", "yes"), Choice("dont-know", "don't know"), Choice("no", "no")]


@pytest.fixture(autouse=True)
def built(graph: object) -> None:
    """The command finds the graph built."""


def ask(monkeypatch: pytest.MonkeyPatch, file: Path, lines: Sequence[str], *more: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return main(["ask", str(file), *more])


def numbers(said: str, *labels: str) -> list[str]:
    """The numbers that stand before these labels on a screen."""
    return [re.findall(rf"(\d+)  {label}", said)[0] for label in labels]


def test_a_person_answers_goes_back_leaves_and_returns(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "my-shelter.yaml"
    assert ask(monkeypatch, form, ["My shelter", "q"]) == 0
    said = capsys.readouterr().out
    assert "What is the programme called?" in said and "Kept in" in said
    ticked = numbers(said, "running a shelter", "State", "identified victims", "nobody else")
    both = numbers(said, "women and girls", "men and boys")
    lines = ["99", ", ".join([*ticked, *both]), "1", "s", "s", "b", "b", "no", "", "", "q"]
    assert ask(monkeypatch, form, lines) == 0
    said = capsys.readouterr().out
    assert "programme called?" not in said
    assert "Please type numbers from 1 to" in said and "treated alike?" in said
    assert "Which people are in the group?" not in said.partition("treated alike?")[2]
    written = form.read_text(encoding="utf-8")
    begin = [
        "programme: my-shelter",
        'title: "My shelter"',
        "activity: shelter-activity",
        "run-by: state-body",
        "answered: {level: practice}",
        "groups:",
    ]
    assert written.splitlines()[: len(begin)] == begin
    assert "  women-and-girls: {status: identified-victim, sex: female, without: [" in written
    assert "  men-and-boys: {status: identified-victim, sex: male, without: [" in written
    assert re.search(r"\nanswers:\n  [a-z-]+: no\n$", written)
    assert ask(monkeypatch, form, ["q"]) == 0
    assert "What does the programme do?" not in capsys.readouterr().out
    assert form.read_text(encoding="utf-8") == written
    assert main(["validate", str(form)]) in (0, 1)  # a report


def test_an_answer_that_is_cut_short_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "form.yaml"
    assert ask(monkeypatch, form, ["Mine", "q"]) == 0
    people = ("identified victims", "nobody else", "women and girls", "men and boys")
    ticked = numbers(capsys.readouterr().out, "running a shelter", "State", *people)
    assert ask(monkeypatch, form, [", ".join(ticked), "1", *"ssssssss"]) == 0
    shown = re.findall(r"\n(\d+)[.] (.*):", capsys.readouterr().out)
    skipped = next(int(number) for number, whom in shown if ", " in whom) - 1
    assert ask(monkeypatch, form, [*("s" * skipped), "yes"]) == 0
    assert "Of whom is this true?" in capsys.readouterr().out
    assert "\nanswers:" not in form.read_text(encoding="utf-8")


@pytest.mark.parametrize("lines", [[], ["Mine"], ["Mine", "1"], ["Mine", "1", ""]])
def test_whoever_stops_at_the_start_goes_on_there(
    lines: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    form = tmp_path / "form.yaml"
    assert ask(monkeypatch, form, lines) == 0
    capsys.readouterr()
    assert ask(monkeypatch, form, ["q"]) == 0
    said = capsys.readouterr().out
    assert ("Type the numbers of all that is so" in said) is (len(lines) < 2)
    assert "title:" in form.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("labels", "words"),
    [(["nobody else"], "Tick who is there as well")],
)
def test_ticks_that_cannot_be_are_asked_again(
    labels: Sequence[str],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    form = tmp_path / "form.yaml"
    assert ask(monkeypatch, form, ["Mine", "q"]) == 0
    ticked = numbers(capsys.readouterr().out, *labels)
    assert ask(monkeypatch, form, [", ".join(ticked), "q"]) == 0
    assert words in capsys.readouterr().out


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


def test_an_answer_can_be_left_before_it_is_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "form.yaml"
    text = "programme: mine\ntitle: Mine\nactivity: shelter-activity\nrun-by: state-body\n"
    text += "groups:\n  women: {status: identified-victim}\n  men: {status: identified-victim}\n"
    form.write_text(text, encoding="utf-8")
    assert ask(monkeypatch, form, ["no", "b", "yes", "maybe", "q", "never heard"]) == 0
    said = capsys.readouterr().out
    assert "This answer is not kept." in said
    assert said.count("Of whom is this true?") == 2
    assert said.count("Are people deprived of their liberty") == 2
    assert "\nanswers:" not in form.read_text(encoding="utf-8")


def test_whether_all_are_treated_alike_is_not_guessed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "form.yaml"
    assert ask(monkeypatch, form, ["Mine", "q"]) == 0
    people = ("identified victims", "women and girls", "men and boys")
    ticked = ", ".join(numbers(capsys.readouterr().out, "running a shelter", "State", *people))
    assert ask(monkeypatch, form, [ticked, "4", "q"]) == 0
    assert "Please type a number from 1 to 1, or press Enter." in capsys.readouterr().out
    assert "identified-victim" not in form.read_text(encoding="utf-8")
    assert ask(monkeypatch, form, [ticked, "4", "1", "q"]) == 0
    assert "  men-and-boys: {" in form.read_text(encoding="utf-8")


def test_a_title_that_no_form_can_hold_is_asked_for_again() -> None:
    lines = iter(["House\x01", "x" * 301, "The  house", "not asked for"])
    said: list[str] = []
    content = titled(Path("p.yaml"), said.append, lambda: next(lines))
    assert content.head["title"] == ("The house",)
    told = "".join(said)
    assert "The title has U+0001 (a control character), which does not print. Remove it." in told
    assert "The title is longer than 300 characters. Write one short line." in told
    assert next(lines) == "not asked for"
