"""Work in processes of its own: limits hold, results and errors come back, nothing is left."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import worker_tasks as tasks

from hrge_kg.errors import Fault, InputError
from hrge_kg.processes import Limits
from hrge_kg.workers import run_each, run_limited

LIMITS = Limits(seconds=20, memory=500_000_000, output=1_000_000)


def test_the_result_and_the_log_come_back(caplog: pytest.LogCaptureFixture) -> None:
    assert run_limited(tasks.double, 21, limits=LIMITS, where="here") == 42
    assert caplog.messages == ["doubled 21"]
    assert multiprocessing.active_children() == []


def test_an_error_of_input_comes_back_whole() -> None:
    with pytest.raises(InputError) as raised:
        run_limited(tasks.refuse, "a.rq", limits=LIMITS, where="here")
    assert str(raised.value) == "a.rq:7: this is wrong. Mend it."


def test_any_other_error_is_a_fault() -> None:
    with pytest.raises(Fault, match="LookupError: no such thing"):
        run_limited(tasks.fail, "no such thing", limits=LIMITS, where="here")


def test_time_is_limited() -> None:
    with pytest.raises(InputError, match=r"here: this takes more than 0\.5 seconds\. Ask for less"):
        run_limited(tasks.sleep, 60, limits=Limits(seconds=0.5), where="here")
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps this limit")
def test_memory_is_limited() -> None:
    assert run_limited(tasks.grow, 300_000_000, limits=LIMITS, where="here") == 300_000_000
    with pytest.raises(InputError, match="memory: there is not enough"):
        run_limited(tasks.grow, 600_000_000, limits=LIMITS, where="here")


def test_what_is_returned_is_limited() -> None:
    assert len(run_limited(tasks.large, 900_000, limits=LIMITS, where="here")) == 900_000
    with pytest.raises(InputError, match="larger than 1 MB"):
        run_limited(tasks.large, 1_100_000, limits=LIMITS, where="here")


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (signal.SIGSEGV, "too large or nested too deeply"),
        (signal.SIGABRT, "more than 500 MB of memory or 20 seconds"),
        (-3, "exit code 3"),
    ],
)
def test_a_process_that_ends_itself_ends_no_more(number: int, problem: str) -> None:
    with pytest.raises(InputError, match=f"here: .*{problem}"):
        run_limited(tasks.end, int(number), limits=LIMITS, where="here")
    assert multiprocessing.active_children() == []


def names(folder: Path, *given: str) -> list[Path]:
    return [folder / name for name in given]


def lost(path: Path, reason: str) -> str:
    return f"{path.name} lost: {reason}"


def test_results_come_in_order_and_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    paths = names(tmp_path, "a", "killed-b", "c", "always-d", "e", "f", "killed-g", "h")
    found = list(run_each(tasks.once_killed, paths, 2, lost, "worker_tasks"))
    assert [one.split()[0] for one in found] == [path.name for path in paths]
    assert found[3] == "always-d lost: its process was ended twice (SIGKILL)"
    processes = {one.split()[1] for one in found if "lost" not in one}
    assert str(os.getpid()) not in processes
    assert 2 <= len(processes) <= 6
    assert multiprocessing.active_children() == []


def test_the_log_of_each_comes_before_its_result(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    told = [
        (one, list(caplog.messages))
        for one in run_each(tasks.double, [1, 2, 3], 3, lambda *_: 0, "worker_tasks")
    ]
    logs = [f"doubled {number}" for number in (1, 2, 3)]
    assert told == [(2 * number, logs[:number]) for number in (1, 2, 3)]


def test_leaving_early_ends_all_processes() -> None:
    results = run_each(tasks.sleep, [0, 60, 60], 3, lambda *_: "", "worker_tasks")
    assert next(results) == "slept"
    assert multiprocessing.active_children() != []
    results.close()
    assert multiprocessing.active_children() == []


STOPPED = """
import signal
import sys
import worker_tasks
from hrge_kg.workers import run_each
# A shell that runs the tests in the background has all their processes ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    for one in run_each(worker_tasks.sleep, [0, *[int(sys.argv[1])] * 2], 3, print, "worker_tasks"):
        print(one, flush=True)
except KeyboardInterrupt as stop:
    print(type(stop).__name__, flush=True)
"""


@pytest.mark.parametrize(
    ("sent", "name", "seconds"),
    [
        (signal.SIGTERM, "Stopped", 60),
        (signal.SIGINT, "KeyboardInterrupt", 60),
        (signal.SIGKILL, "", 4),
    ],
)
def test_processes_end_with_the_one_that_started_them(
    sent: signal.Signals, name: str, seconds: int
) -> None:
    """Of a group of processes of its own, so that those left can be found.

    They end in the middle of their task. If the one that started them is killed, they end when
    they have done it.
    """
    run = subprocess.Popen(
        [sys.executable, "-c", STOPPED, str(seconds)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert run.stdout and run.stderr
    assert run.stdout.readline() == "slept\n"
    start = time.monotonic()
    run.send_signal(sent)
    run.wait(timeout=30)
    while _group_lives(run.pid) and time.monotonic() - start < 30:
        time.sleep(0.05)
    assert not _group_lives(run.pid)
    assert (run.stdout.read().strip(), run.stderr.read()) == (name, "")
    run.stdout.close()
    run.stderr.close()


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
