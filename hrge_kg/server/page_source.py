"""What the server needs of the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from markupsafe import Markup

from ..tables.model import Table


class PageSource(Protocol):
    """Pages by their path, and which thing of the graph each is about."""

    def page(self, path: str) -> bytes | None:
        """The content of a page; None where there is none."""

    def framed(self, path: str, title: str, main: Markup, *beside: str) -> bytes:
        """A page of ours in the frame of all pages; `beside` are its scripts and styles."""

    def narrowed(
        self,
        name: str,
        params: Mapping[str, str],
        table: Table | None,
        text: str | None,
        said: Sequence[str],
    ) -> bytes:
        """The page of a named query with its answer for some parameters; without a table, with the
        reason why there is none. `text` is the query with these parameters.
        """

    def path_of(self, iri: str) -> str | None:
        """The path of the page of a thing; None where it has none."""

    def iri_of(self, path: str) -> str | None:
        """The thing that a page is about; None for a page that is about none."""
