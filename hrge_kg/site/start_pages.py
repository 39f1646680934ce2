"""The pages that lead to all others: the start page, lists, the texts; and the style."""

from __future__ import annotations

from .addresses import PAGE, Folder
from .context import Maker, SiteContext


def start_pages(site: SiteContext) -> dict[str, Maker]:
    """Their makers."""
    makers: dict[str, Maker] = {
        f"index{PAGE}": lambda: site.render("index.html", f"index{PAGE}"),
        "style.css": lambda: _file(site, "style.css"),
    }
    for folder in site.addresses.folders.values():
        makers[folder.index] = _list_maker(site, folder)
    for key in site.texts:
        makers[f"text/{key}{PAGE}"] = _text_maker(site, key)
    return makers


def _list_maker(site: SiteContext, folder: Folder) -> Maker:
    def make() -> bytes:
        members = site.addresses.members(folder.name)
        found = sorted(((site.label(iri), iri) for iri in members), key=_by_label)
        return site.render("list.html", folder.index, folder=folder, found=found)

    return make


def _by_label(labelled: tuple[str, str]) -> tuple[str, str]:
    return labelled[0].casefold(), labelled[1]


def _text_maker(site: SiteContext, key: str) -> Maker:
    return lambda: site.render("text.html", f"text/{key}{PAGE}", text=site.texts[key])


def _file(site: SiteContext, name: str) -> bytes:
    """A file that lies beside the templates, as it is."""
    loader = site.templates.loader
    assert loader
    return loader.get_source(site.templates, name)[0].encode()
