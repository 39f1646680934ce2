"""The command as a person runs it: exit codes, results on stdout, the rest on stderr."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hrge_kg.cli.main import main
from hrge_kg.resources import root

CLOSED = str(root() / "data" / "programmes" / "closed-shelter.yaml")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_validate_finds_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "validate", CLOSED)
    assert code == 1
    assert out.startswith("Closed shelter for women\n")
    assert "OF CONCERN" not in err


def test_validate_many_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(
        capsys,
        "validate",
        CLOSED,
        str(root() / "data" / "programmes" / "new-project.yaml"),
        "--format",
        "json",
    )
    assert code == 1
    assert [one["title"] for one in json.loads(out)] == [
        "Closed shelter for women",
        "New assistance project",
    ]


def test_a_quiet_description_exits_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "quiet.yaml"
    form.write_text(
        "programme: quiet\nanswered: {level: practice}\n"
        "groups:\n  people: {status: trafficked-person}\nanswers:\n  compulsory-test: no\n",
        encoding="utf-8",
    )
    assert run(capsys, "validate", str(form))[0] == 0


def test_a_description_that_says_nothing_is_no_error_and_no_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "silent.yaml"
    form.write_text("programme: silent\n", encoding="utf-8")
    code, out, err = run(capsys, "validate", str(form), "--format", "json")
    assert code == 1
    assert {o["outcome"] for o in json.loads(out)[0]["outcomes"]} <= {
        "not-stated",
        "not-applicable",
    }
    assert "error" not in err.lower()


@pytest.mark.parametrize(
    "arguments",
    [
        ("validate", "no-such-file.yaml"),
        ("query", "no-such-query"),
        ("query", "norms", "--param", "nonsense"),
        ("trail", "no-such-norm-anywhere"),
        ("explain", "no-such-norm-anywhere"),
    ],
)
def test_unusable_input_exits_2_with_nothing_on_stdout(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert err.splitlines()[-1].startswith("hrge: ")


@pytest.mark.parametrize("arguments", [(), ("nonsense",), ("validate",)])
def test_wrong_usage_exits_2(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(list(arguments))
    assert exit_.value.code == 2


def test_query_trail_explain_new(capsys: pytest.CaptureFixture[str]) -> None:
    assert "norm:safe-return" in run(capsys, "query", "norms")[1]
    assert "norms" in run(capsys, "query")[1]
    code, out, _ = run(capsys, "trail", "norm:no-mandatory-testing", "--format", "json")
    assert code == 0
    assert json.loads(out)["edges"]
    assert "footnote" in run(capsys, "explain", "no-mandatory-testing")[1].lower()
    assert run(capsys, "new")[1].count("\n  compulsory-test:") == 1
    assert json.loads(run(capsys, "new", "--schema")[1])["properties"]["programme"]


def test_build_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "build", "--out", str(tmp_path / "dist"))
    assert code == 0
    assert str(tmp_path / "dist" / "hrge.nq") in out.splitlines()


def test_the_annex_is_for_the_report_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "validate", CLOSED, "--annex")
    short = run(capsys, "validate", CLOSED)[1]
    assert code == 1
    picture = "TOPICS HAVE A CONCERN"
    assert out.split("◆")[0].split(picture)[0] == short.split("◆")[0].split(picture)[0]
    assert len(out) > 2 * len(short)
    for other in (("--format", "json"), ("--summary",)):
        code, out, err = run(capsys, "validate", CLOSED, "--annex", *other)
        assert (code, out) == (2, "")
        assert "--annex" in err


def a_form(folder: Path, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(
        "programme: mine\ngroups:\n  women: {sex: female}\nanswers:\n  turned-away: no\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(
    "verb",
    [
        ("new", "-o"),
        ("new", "--for", "women=female", "-o"),
        ("new", "--for", "FORM", "-o"),
        ("new", "--schema", "-o"),
        ("convert", "FORM", "--to", "yaml", "-o"),
        ("validate", "FORM", "--format", "markdown", "-o"),
        ("validate", "FORM", "--summary", "-o"),
        ("trail", "norm:no-mandatory-testing", "-o"),
        ("trail", "--matrix", "-o"),
        ("text", "-o"),
    ],
)
def test_no_verb_overwrites_a_form(
    verb: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = a_form(tmp_path)
    before = form.read_bytes()
    arguments = [str(form) if word == "FORM" else word for word in verb]
    code, out, err = run(capsys, *arguments, str(form))
    assert (code, out) == (2, "")
    assert str(form) in err.splitlines()[-1]
    assert "Name another file" in err
    assert form.read_bytes() == before


def test_force_replaces_and_an_empty_file_may_be_filled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form, empty, other = a_form(tmp_path), tmp_path / "empty.yaml", tmp_path / "other.csv"
    empty.touch()
    assert run(capsys, "new", "-o", str(empty))[0] == 0
    assert "answers:" in empty.read_text(encoding="utf-8")
    assert run(capsys, "new", "-o", str(form), "--force")[0] == 0
    assert form.read_bytes() == empty.read_bytes()
    for arguments, code in (((), 0), ((), 2), (("--force",), 0)):
        made = run(capsys, "convert", str(form), "--to", "csv", "-o", str(other), *arguments)
        assert made[0] == code


@pytest.mark.usefixtures("assessor", "reference_rounds")  # both engines have passed their tests
@pytest.mark.parametrize("words", [("--engine", "pyshacl"), ("--all-shapes",)], ids=" ".join)
def test_every_engine_and_all_shapes_give_the_same_report(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "validate", CLOSED, "--format", "json", "--engine", "pyshifty")
    assert code == 1
    assert run(capsys, "validate", CLOSED, "--format", "json", *words)[:2] == (code, out)


@pytest.mark.usefixtures("reference_rounds")
def test_without_the_quick_engine_the_reference_is_taken(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "shifty", None)
    assert run(capsys, "validate", CLOSED)[0] == 1
    code, out, err = run(capsys, "validate", CLOSED, "--engine", "pyshifty")
    assert (code, out) == (2, "")
    assert "this needs pyshifty. Run: pip install 'hrge-kg[fast]'" in err


@pytest.mark.usefixtures("assessor")
def test_a_result_replaces_a_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = a_form(tmp_path)
    for kind in ("json", "csv", "ttl", "csv-answers", "text"):
        out = tmp_path / f"report.{kind.partition('-')[0]}"
        for _ in range(2):
            arguments = ("validate", str(form), "--format", kind, "-o", str(out))
            assert run(capsys, *arguments, "--fail-on", "never")[0] == 0
    schema = tmp_path / "schema.json"
    for _ in range(2):
        assert run(capsys, "new", "--schema", "-o", str(schema))[0] == 0


def test_a_file_that_the_shell_has_emptied_is_told(tmp_path: Path) -> None:
    form = a_form(tmp_path)
    for verb in (["new", "--for"], ["convert", "--to", "csv"], ["validate"]):
        with form.open("a") as stdout:
            done = subprocess.run(
                [sys.executable, "-m", "hrge_kg", *verb, str(form)],
                stdout=stdout,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert done.returncode == 2
        assert "standard output is this file" in done.stderr


def test_the_commands_in_the_head_of_a_form_are_safe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = run(capsys, "new", "--for", "women=female")[1]
    head = " ".join(out.split("programme:")[0].replace("\n#", " ").split())
    assert "`hrge new --for THIS-FILE -o NEW-FILE`" in head
    assert ">" not in head


def test_notes_go_to_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "form.csv"
    form.write_bytes(
        "part;question;answer\nprogramme;programme;p\nprogramme;title;Süd\n".encode("cp1252")
    )
    for arguments in (
        ("validate", str(form)),
        ("convert", str(form), "--to", "yaml"),
        ("new", "--for", str(form)),
        ("applicable", str(form)),
        ("compare", str(form), str(form)),
    ):
        _, out, err = run(capsys, *arguments)
        assert "Windows-1252" in err, arguments
        assert "Windows-1252" not in out
        assert all(line.startswith("hrge: ") for line in err.splitlines())


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("new", "-o", "form.pdf"), "Name a file with another ending: hrge writes no such file"),
        (("new", "--format", "csv", "-o", "form.yaml"), "and hrge could not read it"),
        (("convert", "FORM", "--to", "ttl", "-o", "form.nt"), "and hrge could not read it"),
        (("validate", "FORM", "-o", "report.pdf"), "is not that of the format text"),
        (("validate", "FORM", "--summary", "-o", "table.xlsx"), "Name the format too"),
        (("trail", "safe-return", "-o", "trail.html"), "Name the format too, with --format"),
        (("explain", "safe-return", "-o", "card.docx"), "is not that of the format text"),
    ],
)
def test_a_file_that_no_program_could_open_is_not_written(
    command: tuple[str, ...],
    words: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "new", "--for", "women=female", "-o", "form.yml")[0] == 0
    code, _, error = run(capsys, *("form.yml" if one == "FORM" else one for one in command))
    assert code == 2 and words in error
    assert [path.name for path in tmp_path.iterdir()] == ["form.yml"]


@pytest.mark.parametrize(("ending", "begins"), [(".csv", b"\xef\xbb\xbfpart"), (".xlsx", b"PK")])
def test_the_ending_says_the_format_of_a_form(
    ending: str, begins: bytes, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    form = tmp_path / f"form{ending}"
    assert run(capsys, "new", "-o", str(form))[0] == 0
    assert form.read_bytes().startswith(begins)
