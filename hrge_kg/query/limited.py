"""Answers queries that may not end, take all memory or end their process: in a process of its own.

These are queries that somebody else wrote, and all that an endpoint answers. The named queries do
not need that: the build has checked them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..errors import InputError
from ..graph.store import ensure_kept, open_graph, was_of_damage
from ..processes import Limits
from ..tables.writers import write
from ..workers import run_limited
from .catalogue import Query
from .run import answer_query

LIMITS = Limits(seconds=60, memory=2_000_000_000, output=500_000_000)


def limited_answer(
    query: Query,
    params: Mapping[str, str],
    form: str | None = None,
    *,
    cut: bool = True,
    width: int | None = None,
    endpoint: str | None = None,
    limits: Limits = LIMITS,
) -> str:
    """The answer of the built graph, or of an endpoint, in a format of `tables.writers`.

    Raises InputError for a query that cannot be used, and where a limit is passed.
    """
    if endpoint is None:
        ensure_kept()
    else:  # it has a limit of its own, whose message says more
        limits = replace(limits, seconds=limits.seconds + 10)
    return run_limited(
        _answer, query, dict(params), form, cut, width, endpoint, limits=limits, where=query.file
    )


def _answer(
    query: Query,
    params: Mapping[str, str],
    form: str | None,
    cut: bool,
    width: int | None,
    endpoint: str | None,
) -> str:
    if endpoint is not None:
        from .remote import run_remote

        return write(run_remote(endpoint, query, params), form, cut=cut, width=width)
    try:
        return write(answer_query(open_graph(), query, params), form, cut=cut, width=width)
    except InputError as error:
        if not was_of_damage(error):
            raise
    return write(answer_query(open_graph(), query, params), form, cut=cut, width=width)
