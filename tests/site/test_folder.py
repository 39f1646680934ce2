"""The static site as a folder, and the verb that writes it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from html_page import read_page

from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.namespaces import BASE, NORM
from hrge_kg.site import Pages
from hrge_kg.site.folder import write_site

HOME = "https://example.org/hrge"


class SomePages(Pages):
    """A few pages of a site: to write them all takes a minute."""

    def paths(self) -> Iterable[str]:
        """Those of few files."""
        return [path for path in super().paths() if path.partition("/")[0] in _SOME]


_SOME = {"index.html", "style.css", "sitemap.xml", "robots.txt", "limit"}


@pytest.fixture(scope="module")
def site(graph: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "site"
    count = write_site(SomePages(graph, HOME), out)
    assert count == sum(path.is_file() for path in out.rglob("*"))
    return out


def test_pages_are_files_at_their_paths(site: Path, pages: Pages) -> None:
    assert (site / "style.css").read_bytes() == pages.page("style.css")
    assert (site / "limit" / "covid-19-testing.ttl").is_file()


def test_a_page_knows_its_address_where_the_base_is_known(site: Path, pages: Pages) -> None:
    start = (site / "index.html").read_text(encoding="utf-8")
    assert f'<meta property="og:url" content="{HOME}/index.html">' in start
    assert f'<link rel="canonical" href="{HOME}/index.html">' in start
    without = pages.page("index.html")
    assert without and b"og:title" in without and b"og:url" not in without


def test_the_sitemap_lists_every_page(site: Path, pages: Pages) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = ElementTree.parse(site / "sitemap.xml").iter(f"{space}loc")
    assert {one.text for one in found} == {
        f"{HOME}/{path}" for path in pages.paths() if path.endswith(".html")
    }
    assert f"Sitemap: {HOME}/sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")
    assert "sitemap.xml" not in set(pages.paths())


def test_iris_lead_to_their_pages(site: Path, pages: Pages) -> None:
    with (site / "redirects.csv").open(encoding="utf-8", newline="") as opened:
        rows = {row["iri"]: row["page"] for row in csv.DictReader(opened)}
    known = set(pages.paths())
    assert {page.partition("#")[0] for page in rows.values()} <= known
    assert rows[NORM + "safe-return"] == "norm/safe-return.html"
    for iri, page in rows.items():
        local = iri.removeprefix(BASE)
        if "#" not in local:
            target = read_page((site / f"{local}.html").read_bytes()).links[-1]
            assert target == "../" * local.count("/") + page


def test_rules_for_apache_lead_to_pages_and_data(site: Path, pages: Pages) -> None:
    rules = (site / ".htaccess").read_text(encoding="utf-8").splitlines()
    assert "RewriteRule ^id/norm/(.+[^/])$ norm/$1.html [R=303,L]" in rules
    at = rules.index("RewriteRule ^id/norm/(.+[^/])$ norm/$1.ttl [R=303,L]")
    assert rules[at - 1] == "RewriteCond %{HTTP_ACCEPT} text/turtle"
    assert "RewriteRule ^id/concept/(.+[^/])$ concept/$1.html [R=303,L]" in rules
    known = set(pages.paths())
    assert {"ns.html", "shapes.html"} <= known
    assert "RewriteRule ^ns$ ns.html [R=303,L]" in rules
    assert "RewriteRule ^shapes$ shapes.html [R=303,L]" in rules


def test_a_folder_with_foreign_files_stays_as_it_is(graph: ox.Store, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not empty"):
        write_site(SomePages(graph), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_page_that_cannot_be_made_leaves_nothing(graph: ox.Store, tmp_path: Path) -> None:
    class Broken(SomePages):
        def page(self, path: str) -> bytes | None:
            if path == "style.css":
                raise InputError("style.css", "this is wrong", "Mend it.")
            return super().page(path)

    with pytest.raises(InputError, match="this is wrong"):
        write_site(Broken(graph), tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("base", ["example.org", "ftp://example.org/", "https://e.org/?a=b"])
def test_a_base_that_is_no_address_is_refused(
    base: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["site", "--out", str(tmp_path / "site"), "--base", base]) == 2
    assert "is no address of a site" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
