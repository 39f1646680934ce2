"""The documents about the project as pages: README, tutorial, how-to, reference, explanation,
notebooks, and what changed.

They are files of docs/, and two beside it. Where there are none, the pages are left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import MissingExtra
from ..resources import files, front_page, read_utf8, root
from .addresses import PAGE
from .context import Maker, SiteContext
from .notebooks import as_markdown

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FOLDERS = ("tutorial", "how-to", "notebooks", "reference", "explanation")
"""The folders of docs/ that are shown, in this order."""
_FRONT = ("README.md", "CHANGELOG.md")
_PROJECT = "the project"
_INDEX = f"docs/index{PAGE}"
_IN_EVERY_PAGE = {"Glossary": f"docs/reference/glossary{PAGE}", "How to": _INDEX}


@dataclass(frozen=True)
class Guide:
    """A document: the chapter in which it is listed, and what reads it as Markdown."""

    chapter: str
    read: Callable[[], str]

    @property
    def title(self) -> str:
        """Its first heading."""
        return _title(self.read())


def guides_by_path() -> dict[str, Guide]:
    """The documents by the path of their page."""
    found: dict[str, Guide] = {}
    for name in _FRONT:
        text = front_page(name)
        if text is not None:
            found[name.replace(".md", PAGE)] = Guide(_PROJECT, partial(str, text))
    base = root()
    for folder in FOLDERS:
        for path in files(f"docs/{folder}", ".md", ".ipynb", base=base):
            here = path.relative_to(base).with_suffix(PAGE).as_posix()
            found[here] = Guide(folder, partial(_read, path))
    return found


def _read(path: Path) -> str:
    text = read_utf8(path)
    return as_markdown(text) if path.suffix == ".ipynb" else text


def guide_pages(site: SiteContext) -> dict[str, Maker]:
    """The makers of the pages of all documents, and of their list. Raises MissingExtra without
    markdown-it-py.
    """
    guides = guides_by_path()
    if not guides:
        return {}
    markdown = _markdown()
    makers: dict[str, Maker] = {_INDEX: lambda: _list(site, guides)}
    for here, guide in guides.items():
        makers[here] = _maker(site, markdown, here, guide, guides)
    site.guides = {name: path for name, path in _IN_EVERY_PAGE.items() if path in makers}
    return makers


def _markdown() -> MarkdownIt:
    try:
        from markdown_it import MarkdownIt
    except ImportError as error:
        raise MissingExtra("the pages", "markdown-it-py", "web") from error
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _list(site: SiteContext, guides: dict[str, Guide]) -> bytes:
    chapters: dict[str, list[tuple[str, str]]] = {}
    for here, guide in guides.items():
        chapters.setdefault(guide.chapter, []).append((guide.title, here))
    return site.render("guides.html", _INDEX, chapters=chapters)


def _title(text: str) -> str:
    """The first heading of a document.

    >>> _title("# A page\\n\\nWords.")
    'A page'
    """
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    return found[1] if found else ""


def _maker(
    site: SiteContext, markdown: MarkdownIt, here: str, guide: Guide, guides: Iterable[str]
) -> Maker:
    def make() -> bytes:
        text = guide.read()
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
        open_links: list[bool] = []
        for child in token.children or ():
            if child.type == "link_open":
                target = _target(str(child.attrGet("href")), here, guides)
                open_links.append(target is not None)
                child.attrSet("href", target or "")
            # What there is no page of is named, and leads nowhere.
            if (child.type == "link_open" and not open_links[-1]) or (
                child.type == "link_close" and not open_links.pop()
            ):
                child.type, child.tag, child.content = "text", "", ""


def _slug(heading: str, taken: dict[str, int]) -> str:
    """The id of a heading, as GitHub makes it.

    >>> _slug("What `hrge` writes", {})
    'what-hrge-writes'
    """
    slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
    number = taken.get(slug, 0)
    taken[slug] = number + 1
    return f"{slug}-{number}" if number else slug


def _target(href: str, here: str, guides: set[str]) -> str | None:
    """Where a link of a document leads; None if the site has no such page.

    >>> _target("CHANGELOG.md#added", "README.html", {"CHANGELOG.html"})
    'CHANGELOG.html#added'
    """
    path, sign, fragment = href.partition("#")
    if not path or "://" in path:
        return href
    page = re.sub(
        r"\.(md|ipynb)$", PAGE, posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
    )
    if page not in guides:
        return None
    return f"{_up(here)}{page}{sign}{fragment}"


def _up(here: str) -> str:
    return "../" * here.count("/")
