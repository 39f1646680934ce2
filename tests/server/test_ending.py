"""The server ends when it is told to, at once, and leaves no process behind."""

from __future__ import annotations

import os
import signal
import time

import pyoxigraph as ox
import pytest
from serving import begin, left, served

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"]
)
@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_it_ends_whatever_it_does(
    sent: signal.Signals, code: int, busy: bool, graph: ox.Store
) -> None:
    with served(workers=2) as found:
        if busy:
            asking = [begin(found, ENDLESS), begin(found, ENDLESS)]
            time.sleep(0.5)
        else:
            asking = []
        found.process.send_signal(sent)
        # Within a second on a machine that does nothing else; the query would take for ever.
        assert found.process.wait(timeout=20) == code
        assert left(found.process.pid, 5) == set()
    for each in asking:
        each.close()


def test_a_server_that_is_killed_leaves_no_process(graph: ox.Store) -> None:
    with served(workers=2) as found, begin(found, ENDLESS):
        time.sleep(0.5)
        assert len(found.workers()) >= 3
        found.process.kill()
        found.process.wait()
        assert left(found.process.pid, 3) == set()


def test_a_worker_that_is_killed_is_replaced_and_nobody_notices(graph: ox.Store) -> None:
    with served(workers=2) as found:
        assert found.ask("ASK {}").status == 200
        for _ in range(3):
            for worker in found.answering():
                os.kill(worker, signal.SIGKILL)
            assert [found.ask("ASK {}").status for _ in range(4)] == [200] * 4
