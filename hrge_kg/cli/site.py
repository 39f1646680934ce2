"""`hrge site`: writes the pages of the whole graph as a static site."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..errors import InputError
from .output import add_verb
from .streams import tell

if TYPE_CHECKING:
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "site",
        "write a page for each norm, provision, document, term and check as a static site",
        run,
        "hrge site --out site/",
    )
    verb.add_argument(
        "--out", type=Path, metavar="DIR", required=True, help="a folder that is new or empty"
    )
    verb.add_argument(
        "--base",
        default="",
        metavar="URL",
        help="the address at which the site will be, for sitemap.xml and previews; "
        "links are relative with or without it",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the site and tell how many files it has."""
    _check(arguments.base)
    from ..graph.store import open_graph
    from ..site import Pages
    from ..site.folder import write_site

    count = write_site(Pages(open_graph(), arguments.base), arguments.out)
    tell(f"{count} files; open {arguments.out / 'index.html'}")
    return 0


def _check(base: str) -> None:
    if base:
        parts = urlsplit(base)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
            raise InputError(
                "--base", f"“{base}” is no address of a site", "Write https://example.org/hrge/."
            )
