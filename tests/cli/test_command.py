"""The command as a person runs it: exit codes, results on stdout, the rest on stderr."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrge_kg.cli import trail, validate
from hrge_kg.cli.main import main
from hrge_kg.report.formats import WRITERS as REPORT_WRITERS
from hrge_kg.resources import root
from hrge_kg.trail.writers import WRITERS as TRAIL_WRITERS

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


def test_the_command_offers_just_the_formats_that_are_written() -> None:
    """The command lists them by itself: its help must not wait for the writers."""
    assert set(trail.FORMATS) == {*TRAIL_WRITERS, "table"}
    assert set(validate.FORMATS) == {*REPORT_WRITERS, "csv"}
