"""A page for each group of people says what is owed to it, and to whom each norm is owed."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from html_page import read_page

from hrge_kg.namespaces import CONCEPT
from hrge_kg.query.run import answer_query
from hrge_kg.site import Pages
from hrge_kg.sparql import select
from hrge_kg.tables.model import Table

REACHES = {
    "named": ", by that name",
    "wider kind": "a wider group: ",
    "some of them": "some of them only: ",
}


def text_of(pages: Pages, path: str) -> str:
    return (pages.page(path) or b"").decode()


def groups(pages: Pages) -> list[str]:
    found = re.findall(r"^owed/(.+)\.html$", "\n".join(pages.paths()), re.MULTILINE)
    return [name for name in found if name != "index"]


def shown(page: str) -> set[tuple[str, str]]:
    """Each norm of a page with the words that say to whom it is owed."""
    found = set()
    for item in page.partition("<section")[2].split("<li>")[1:]:
        norm = item.partition('href="../norm/')[2].partition(".html")[0]
        said = item.partition('class="linkname">')[2].partition("</span>")[0]
        (reach,) = (name for name, words in REACHES.items() if words in said)
        found.add((norm, reach))
    return found


def test_each_page_has_what_the_named_query_answers(graph: ox.Store, pages: Pages) -> None:
    names = groups(pages)
    everybody = select(
        graph,
        "SELECT ?norm { ?norm hrge:beneficiary c:any-person"
        " FILTER NOT EXISTS { ?norm hrge:operator c:exempts } }",
    )
    assert everybody
    assert {"child", "migrant-child", "trafficked-person", "witness"} <= set(names)
    for name in names:
        answer = answer_query(graph, "owed-to", {"beneficiary": name})
        assert isinstance(answer, Table)
        wanted = {(str(row[0]).rpartition("/")[2], str(row[1])) for row in answer}
        nearer = {norm for norm, reach in wanted if reach in ("named", "wider kind")}
        # The query leaves out what is owed to persons, whoever they are.
        for row in everybody:
            if (norm := row["norm"].rpartition("/")[2]) not in nearer:
                wanted = {one for one in wanted if one[0] != norm} | {(norm, "wider kind")}
        assert shown(text_of(pages, f"owed/{name}.html")) == wanted, name


def test_what_is_owed_to_children_about_detention_stands_on_one_page(pages: Pages) -> None:
    page = text_of(pages, "owed/child.html")
    section = page.partition(">detention</a></h2>")[2].partition("</section>")[0]
    for norm, named in [
        ("children-never-detained", "migrant children"),
        ("children-not-detained-for-parents-status", "children of migrants"),
        ("states-respect-human-rights", "persons"),
    ]:
        item = section.partition(f'href="../norm/{norm}.html')[2].partition("</li>")[0]
        assert f">{named}</a>" in item and "<q>" in item and 'class="remark"' in item, norm


def test_every_norm_is_on_the_page_of_whom_it_names(graph: ox.Store, pages: Pages) -> None:
    rows = select(
        graph,
        "SELECT ?norm ?who { ?norm hrge:beneficiary ?who"
        " FILTER NOT EXISTS { ?norm hrge:operator c:exempts } }",
    )
    assert len(rows) > 100
    for row in rows:
        name = row["who"].removeprefix(CONCEPT)
        norm = row["norm"].rpartition("/")[2]
        assert (norm, "named") in shown(text_of(pages, f"owed/{name}.html")), row


def test_the_list_names_every_group_and_what_is_on_no_page(graph: ox.Store, pages: Pages) -> None:
    index = read_page(text_of(pages, "owed/index.html").encode())
    assert {f"../owed/{name}.html" for name in groups(pages)} <= set(index.links)
    rows = select(
        graph, "SELECT ?norm { ?norm a hrge:Norm FILTER NOT EXISTS { ?norm hrge:beneficiary ?a } }"
    )
    for row in rows:
        assert f"../{pages.path_of(row['norm'])}" in index.links, row


@pytest.mark.parametrize("path", ["concept/child.html", "contents/right-holder.html", "index.html"])
def test_pages_lead_there(path: str, pages: Pages) -> None:
    links = read_page(text_of(pages, path).encode()).links
    assert any("owed/" in link for link in links)
    assert "What is owed to children" in text_of(pages, "search-index.js")
