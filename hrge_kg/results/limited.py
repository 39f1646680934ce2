"""Asks a results file in a process of its own, with limits: who wrote the file is not known.

A file that is altered on purpose may crash the libraries that read it, or take all memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..processes import Limits
from ..workers import run_limited
from .formats import write_portfolio
from .questions import PortfolioQuestion
from .reader import open_results

LIMITS = Limits(seconds=600, memory=8_000_000_000)


def limited_answers(
    path: Path, asked: Sequence[PortfolioQuestion], form: str, limits: Limits = LIMITS
) -> str:
    """What `write_portfolio` gives for a results file.

    Raises InputError where the file cannot be read, holds anything else, or needs too much.
    """
    return run_limited(_answers, path, asked, form, limits=limits, where=str(path))


def _answers(path: Path, asked: Sequence[PortfolioQuestion], form: str) -> str:
    with open_results(path) as results:
        return write_portfolio(results, asked, form)
