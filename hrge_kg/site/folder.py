"""Writes all pages as a static site."""

from __future__ import annotations

from pathlib import Path

from ..file_writer import write_folder
from .pages import Pages
from .redirects import redirect_files


def write_site(pages: Pages, out: Path) -> int:
    """Write the site to a folder that does not exist or is empty, whole or not at all; how many
    files it has.

    Raises InputError where the folder holds something or cannot be written.
    """
    count = 0

    def fill(folder: Path) -> None:
        nonlocal count
        for path in pages.paths():
            content = pages.page(path)
            assert content is not None
            _write(folder / path, content)
            count += 1
        for path, text in redirect_files(pages.addresses, pages.places):
            _write(folder / path, text.encode())
            count += 1

    write_folder(out, fill)
    return count


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
