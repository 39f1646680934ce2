"""The pages that lead to all others: start page, texts, search; and the style."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from .addresses import PAGE, Folder
from .contents import contents_path
from .context import Maker, SiteContext
from .search_index import index_script

_FILES = ("style.css", "search.js", "arrive.js")


def start_pages(site: SiteContext) -> dict[str, Maker]:
    """Their makers."""
    makers: dict[str, Maker] = {
        f"index{PAGE}": lambda: _start(site),
        f"search{PAGE}": lambda: _search(site),
        "search-index.js": lambda: index_script(site),
        **{name: _file_maker(site, name) for name in _FILES},
    }
    for key in site.texts:
        makers[f"text/{key}{PAGE}"] = _text_maker(site, key)
    return makers


def site_files(site: SiteContext, paths: Iterable[str]) -> dict[str, Maker]:
    """The makers of what robots read: robots.txt and, where the base is known, the sitemap."""
    rules = "User-agent: *\nAllow: /\n"
    if not site.base:
        return {"robots.txt": rules.encode}
    pages = sorted(path for path in paths if path.endswith(PAGE))
    return {
        "robots.txt": lambda: f"{rules}Sitemap: {site.base}sitemap.xml\n".encode(),
        "sitemap.xml": lambda: _sitemap(site, pages),
    }


def _sitemap(site: SiteContext, pages: Iterable[str]) -> bytes:
    """All pages. (sitemaps.org, protocol 0.9)"""
    day = site.header["modified"]
    rows = (
        f"<url><loc>{escape(site.base + path)}</loc><lastmod>{day}</lastmod></url>"
        for path in pages
    )
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *rows,
        "</urlset>",
    )
    return "\n".join(lines).encode() + b"\n"


def _start(site: SiteContext) -> bytes:
    chapters: dict[str, list[tuple[Folder, int]]] = {}
    for folder in site.addresses.folders.values():
        number = len(site.addresses.members(folder.name))
        chapters.setdefault(folder.chapter, []).append((folder, number))
    return site.render("index.html", f"index{PAGE}", chapters=chapters, contents_path=contents_path)


def _search(site: SiteContext) -> bytes:
    return site.render("search.html", f"search{PAGE}")


def _text_maker(site: SiteContext, key: str) -> Maker:
    return lambda: site.render("text.html", f"text/{key}{PAGE}", text=site.texts[key])


def _file_maker(site: SiteContext, name: str) -> Maker:
    """A file that lies beside the templates, as it is."""
    return lambda: site.file(name).encode()
