"""A run that is killed at any moment leaves nothing behind that the next one does not put right.

Here a few moments are tried, drawn with a fixed seed; HRGE_KILLS='SEED NUMBER' draws others, as
`make kill` does.
"""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest
from kills import ACTS, Figures, Killer, table


@pytest.mark.usefixtures("assessor")  # so that the commands find a graph and its self-test
def test_the_run_after_a_killed_one_is_right(
    cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    short = tmp_path_factory.mktemp("k")  # sockets of processes have short paths
    seed, number = map(int, os.environ.get("HRGE_KILLS", "18 5").split())
    killer = Killer(short, cache, seed)
    figures: dict[str, Figures] = {}
    killer.kill(itertools.islice(itertools.cycle(ACTS), number), figures)
    print(table(figures))
    assert [fault for one in figures.values() for fault in one.faults] == []
    assert sum(one.moments for one in figures.values()) == number
