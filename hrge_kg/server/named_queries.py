"""Answers a named query whose parameters a stranger gave, in a process of its own."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from ..query.catalogue import find_query
from ..query.parameters import bind
from ..query.run import answer_query
from ..tables.model import Table
from .answering import Answer, Asked, Question, Shown, answer

_LOG = "hrge_kg"
"""The log of the library."""


@dataclass(frozen=True)
class NamedQuestion:
    """The name of a query of the catalogue, and its parameters with their values."""

    name: str
    params: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NamedAnswer:
    """Its answer, its text with the parameters in it, and what is to be said of the values: why
    there is no row, what a name was taken for.
    """

    table: Table
    text: str
    said: tuple[str, ...]


def answer_any(store: Asked, question: Question | NamedQuestion) -> Answer | Shown | NamedAnswer:
    """The answer to a question of either kind.

    Raises InputError for one that cannot be used, and LimitPassed where the answer is too large.
    """
    if isinstance(question, Question):
        return answer(store, question)
    query, params = find_query(question.name), dict(question.params)
    said: list[str] = []
    with _said(said):
        found = answer_query(store.store, query, params)
        text = bind(query.text, query.header, params, store.store, query.file)
    assert isinstance(found, Table)  # as every query of the catalogue that has a page
    return NamedAnswer(found, text, tuple(dict.fromkeys(said)))


@contextlib.contextmanager
def _said(messages: list[str]) -> Iterator[None]:
    """Gathers the warnings of the library, which are for whoever asked, and for no log."""
    logger = logging.getLogger(_LOG)
    before = logger.handlers
    logger.handlers = [_Gathering(messages)]
    try:
        yield
    finally:
        logger.handlers = before


class _Gathering(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(record.getMessage())
