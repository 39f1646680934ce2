"""The documents about the project as pages: tutorial, how-to, reference, explanation.

They are Markdown files of docs/. A checkout has them; where there are none, the pages are left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import MissingExtra
from ..resources import files, read_utf8, root
from .addresses import PAGE
from .context import Maker, SiteContext

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FOLDERS = ("tutorial", "how-to", "reference", "explanation")
"""The folders of docs/ that are shown, in this order."""
_INDEX = f"docs/index{PAGE}"
_IN_EVERY_PAGE = {"Glossary": f"docs/reference/glossary{PAGE}", "How to": _INDEX}


def guide_files() -> dict[str, Path]:
    """The documents by the path of their page."""
    base = root()
    found = [path for folder in FOLDERS for path in files(f"docs/{folder}", ".md", base=base)]
    return {path.relative_to(base).with_suffix(PAGE).as_posix(): path for path in found}


def guide_pages(site: SiteContext) -> dict[str, Maker]:
    """The makers of the pages of all documents, and of their list. Raises MissingExtra without
    markdown-it-py.
    """
    guides = guide_files()
    if not guides:
        return {}
    markdown = _markdown()
    makers: dict[str, Maker] = {_INDEX: lambda: _list(site, guides)}
    for here, path in guides.items():
        makers[here] = _maker(site, markdown, here, path, guides)
    site.guides = {name: path for name, path in _IN_EVERY_PAGE.items() if path in makers}
    return makers


def _markdown() -> MarkdownIt:
    try:
        from markdown_it import MarkdownIt
    except ImportError as error:
        raise MissingExtra("the pages", "markdown-it-py", "web") from error
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _list(site: SiteContext, guides: dict[str, Path]) -> bytes:
    chapters: dict[str, list[tuple[str, str]]] = {}
    for here, path in guides.items():
        chapters.setdefault(path.parent.name, []).append((_title(read_utf8(path)), here))
    return site.render("guides.html", _INDEX, chapters=chapters)


def _title(text: str) -> str:
    """The first heading of a document.

    >>> _title("# A page\\n\\nWords.")
    'A page'
    """
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    return found[1] if found else ""


def _maker(
    site: SiteContext, markdown: MarkdownIt, here: str, path: Path, guides: Iterable[str]
) -> Maker:
    def make() -> bytes:
        text = read_utf8(path)
        tokens = markdown.parse(text)
        _prepare(tokens, here, set(guides))
        body = markdown.renderer.render(tokens, markdown.options, {})
        return site.render("guide.html", here, title=_title(text), body=body, index=_INDEX)

    return make


def _prepare(tokens: list[Token], here: str, guides: set[str]) -> None:
    """Give headings an id, make tables and code reachable by keys, and mend links."""
    taken: dict[str, int] = {}
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and following:
            token.attrSet("id", _slug(following.content, taken))
        if token.type == "fence":
            token.attrSet("tabindex", "0")
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("href", _target(str(child.attrGet("href")), here, guides))


def _slug(heading: str, taken: dict[str, int]) -> str:
    """The id of a heading, as GitHub makes it.

    >>> _slug("What `hrge` writes", {})
    'what-hrge-writes'
    """
    slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
    number = taken.get(slug, 0)
    taken[slug] = number + 1
    return f"{slug}-{number}" if number else slug


def _target(href: str, here: str, guides: set[str]) -> str:
    """Where a link of a document leads: to the page of another document, or to nothing more than
    its own place if the site has no such page.
    """
    path, sign, fragment = href.partition("#")
    if not path or "://" in path:
        return href
    page = re.sub(r"\.md$", PAGE, posixpath.normpath(posixpath.join(posixpath.dirname(here), path)))
    if page not in guides:
        return f"{_up(here)}{_INDEX}"
    return f"{_up(here)}{page}{sign}{fragment}"


def _up(here: str) -> str:
    return "../" * here.count("/")
