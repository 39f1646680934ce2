"""Processes that wait for work: limits hold, one that ends is replaced, nothing is left."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator

import pytest
import worker_tasks as tasks

from hrge_kg import worker_pool
from hrge_kg.errors import Fault, InputError
from hrge_kg.processes import LimitPassed, Limits, TooLong
from hrge_kg.worker_pool import Ended, Unprepared, WorkerPool

LIMITS = Limits(seconds=2, memory=300_000_000, output=1_000_000)
Pool = WorkerPool[None, tuple[str, object], object]
only_linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux keeps this limit"
)


@pytest.fixture
def pool() -> Iterator[Pool]:
    made: Pool = WorkerPool(tasks.nothing, tasks.do, 1, LIMITS, "worker_tasks")
    yield made
    made.end()
    assert multiprocessing.active_children() == []


def test_one_process_does_one_task_after_another(pool: Pool) -> None:
    assert [pool.answer(("double", number), "here") for number in (1, 2, 3)] == [2, 4, 6]
    [process] = pool.processes()
    assert process != os.getpid()
    for number in range(100):
        pool.answer(("double", number), "here")
    assert pool.processes() == [process]


@pytest.mark.parametrize(
    ("task", "error", "words"),
    [
        (("refuse", "a.rq"), InputError, "a.rq:7: this is wrong"),
        (("fail", "no such thing"), Fault, "LookupError: no such thing"),
        (("large", 1_100_000), LimitPassed, "larger than 1 MB"),
        pytest.param(("grow", 600_000_000), LimitPassed, "memory", marks=only_linux),
    ],
    ids=["refuse", "fail", "large", "grow"],
)
def test_what_fails_in_it_is_told_and_it_works_on(
    task: tuple[str, object], error: type[Exception], words: str, pool: Pool
) -> None:
    before = pool.processes()
    with pytest.raises(error, match=words):
        pool.answer(task, "here")
    assert pool.answer(("double", 1), "here") == 2
    assert pool.processes() == before


@pytest.mark.parametrize(
    ("task", "error", "words"),
    [
        (("sleep", 60), TooLong, "here: this takes more than 2 seconds"),
        (("end", int(signal.SIGSEGV)), LimitPassed, "too large or nested too deeply"),
        (("end", int(signal.SIGABRT)), LimitPassed, "more than 300 MB of memory or 2 seconds"),
        (("end", int(signal.SIGKILL)), LimitPassed, "too large or nested too deeply"),
        (("end", -3), LimitPassed, "exit code 3"),
    ],
    ids=["time", "SEGV", "ABRT", "KILL", "exit"],
)
def test_one_that_ends_is_replaced(
    task: tuple[str, object], error: type[Exception], words: str, pool: Pool
) -> None:
    before = pool.processes()
    with pytest.raises(error, match=words):
        pool.answer(task, "here")
    assert pool.answer(("double", 1), "here") == 2
    assert set(pool.processes()).isdisjoint(before)
    assert len(pool.processes()) == 1


def test_one_that_was_killed_before_its_task_loses_none(pool: Pool) -> None:
    assert pool.answer(("double", 1), "here") == 2
    os.kill(pool.processes()[0], signal.SIGKILL)
    assert pool.answer(("double", 2), "here") == 4


def test_one_that_has_done_enough_is_replaced(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "MOST_TASKS", 3)
    seen = set()
    for _ in range(7):
        seen.update(pool.processes())
        pool.answer(("double", 1), "here")
    assert len(seen) == 3


@only_linux
def test_one_that_keeps_memory_is_replaced(pool: Pool) -> None:
    before = pool.processes()
    assert pool.answer(("keep", 250_000_000), "here") == 250_000_000
    assert pool.answer(("double", 1), "here") == 2
    assert set(pool.processes()).isdisjoint(before)


def test_work_that_nobody_wants_any_more_is_ended(pool: Pool) -> None:
    given_up = threading.Event()
    threading.Timer(0.2, given_up.set).start()
    start = time.monotonic()
    with pytest.raises(LimitPassed, match="nobody waits"):
        pool.answer(("sleep", 60), "here", given_up)
    assert time.monotonic() - start < 30


def test_whoever_waits_is_told_that_the_pool_has_ended(pool: Pool) -> None:
    threading.Timer(0.3, pool.end).start()
    with pytest.raises(Ended):
        pool.answer(("sleep", 60), "here")
    with pytest.raises(Ended):
        pool.answer(("double", 1), "here")


def test_one_that_cannot_prepare_tells_why() -> None:
    pool: Pool = WorkerPool(tasks.refuse_to_prepare, tasks.do, 1, LIMITS, "worker_tasks")
    for _ in range(2):
        with pytest.raises(Unprepared, match="there is nothing to work on"):
            pool.answer(("double", 1), "here")
    pool.end()
