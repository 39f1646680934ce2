"""On Ctrl-C and SIGTERM a run ends at once, keeps and tells what was finished, and tidies up."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kills import group_ends
from paths import ROOT

from hrge_kg.assessment.model import Assessment
from hrge_kg.cli import validate
from hrge_kg.cli.main import main
from hrge_kg.errors import Stopped

STOPS = [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
PROGRAMMES = ROOT / "data" / "programmes"


def listen() -> None:
    """A shell that runs the tests in the background has all their processes ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def stopped_after(words: str, stop: int, arguments: list[str], **changed: str) -> tuple[int, str]:
    """The exit code of a run that is stopped once it has told these words, and what it told."""
    run = subprocess.Popen(
        [sys.executable, "-m", "hrge_kg", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **changed},
        preexec_fn=listen,
        start_new_session=True,
    )
    assert run.stderr
    told = ""
    while words not in told:
        line = run.stderr.readline()
        assert line, told
        told += line
    start = time.monotonic()
    run.send_signal(stop)
    told += run.stderr.read()
    run.stderr.close()
    code = run.wait()
    assert time.monotonic() - start < 5  # a second on a machine that does nothing else
    assert group_ends(run.pid)
    assert "Traceback" not in told
    return code, told


@pytest.mark.usefixtures("assessor")  # so that the commands need not test the shapes
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("stop", "code"), STOPS)
def test_what_was_finished_is_kept_and_told(
    stop: int, code: int, jobs: str, tmp_path: Path
) -> None:
    out = tmp_path / "report.json"
    arguments = ["validate", str(PROGRAMMES), "--jobs", jobs, "--format", "json", "-o", str(out)]
    ended, told = stopped_after("hrge: 1 of ", stop, arguments)
    assert ended == code
    finished = told.count(" of ") - told.count("stopped after")
    assert f"stopped after {finished} of " in told
    # The signal can come after a report is kept and before that is told.
    assert 1 <= finished <= len(json.loads(out.read_bytes())) <= finished + 1
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(("stop", "code"), STOPS)
def test_a_build_that_is_stopped_leaves_nothing(stop: int, code: int, tmp_path: Path) -> None:
    arguments = ["query", "norms"]
    ended, _ = stopped_after("building the graph", stop, arguments, HRGE_CACHE=str(tmp_path))
    assert ended == code
    assert [path.name for path in tmp_path.rglob("*") if "building" in path.name] == []


@pytest.fixture
def one_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first report is stopped while it is written."""
    write, stops = validate._report, iter([Stopped()])

    def stopped(assessments: list[Assessment], arguments: argparse.Namespace) -> bytes:
        for stop in stops:
            raise stop
        return write(assessments, arguments)

    monkeypatch.setattr(validate, "_report", stopped)


@pytest.mark.usefixtures("one_stop", "assessor")
def test_who_stops_the_report_itself_gets_it(tmp_path: Path) -> None:
    form, out = tmp_path / "form.yaml", tmp_path / "out.json"
    form.write_text("programme: p\nanswers:\n  compulsory-test: no\n", encoding="utf-8")
    assert main(["validate", str(form), "--format", "json", "-o", str(out)]) == 143
    assert len(json.loads(out.read_bytes())) == 1
