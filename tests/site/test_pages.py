"""The pages: one for each thing, with its words in place, and no link that leads nowhere."""

from __future__ import annotations

import json
import math
import posixpath
import re
from functools import cache
from pathlib import PurePosixPath

import pyoxigraph as ox
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from html_page import PageReader, read_page

from hrge_kg.card.builder import explain
from hrge_kg.card.writers import as_dict
from hrge_kg.namespaces import HRGE, NORM, RDF_TYPE, local_name
from hrge_kg.query.catalogue import catalogue
from hrge_kg.site import Pages
from hrge_kg.sparql import query_text, select
from hrge_kg.text.folding import fold

_MOST = 500  # pages of one folder


@pytest.fixture(scope="module")
def things(graph: ox.Store) -> dict[str, str]:
    """The folder of each thing that is to have a page."""
    return {row["thing"]: row["folder"] for row in select(graph, query_text("site/things.rq"))}


def norms(graph: ox.Store) -> list[str]:
    found = graph.quads_for_pattern(None, RDF_TYPE, HRGE("Norm"), None)
    return sorted({quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)})


def content(pages: Pages, path: str) -> bytes:
    found = pages.page(path)
    assert found is not None, path
    return found


@cache
def read(pages: Pages, path: str) -> PageReader:
    return read_page(content(pages, path))


def sample(pages: Pages) -> list[str]:
    """Pages of every folder: of one that has many, which are much alike, only some."""
    folders: dict[str, list[str]] = {}
    for path in pages.paths():
        if path.endswith(".html"):
            folders.setdefault(posixpath.dirname(path), []).append(path)
    return [path for found in folders.values() for path in found[:: math.ceil(len(found) / _MOST)]]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\d]+", "", fold(text))  # marks of footnotes are numbers


def test_every_norm_of_the_graph_has_a_page(graph: ox.Store, pages: Pages) -> None:
    paths = [pages.path_of(iri) for iri in norms(graph)]
    assert len(paths) > 100 and None not in paths
    assert pages.path_of(NORM + "no-mandatory-testing") == "norm/no-mandatory-testing.html"


def test_everything_that_the_list_names_has_a_page_and_back(
    pages: Pages, things: dict[str, str]
) -> None:
    paths = {iri: pages.path_of(iri) for iri in things}
    assert None not in paths.values() and len(set(paths.values())) == len(things)
    assert all(pages.iri_of(path or "") == iri for iri, path in paths.items())
    assert pages.iri_of("index.html") is None and pages.path_of(HRGE + "noSuchTerm") is None
    assert pages.page("no-such-page.html") is None


def test_paths_suit_every_disk_and_server(pages: Pages) -> None:
    paths = list(pages.paths())
    assert [path for path in paths if not re.fullmatch(r"[\w.-]+(/[\w.-]+)*", path)] == []
    assert len({path.casefold() for path in paths}) == len(paths)
    assert [path for path in paths if ".." in PurePosixPath(path).parts] == []


def test_links_lead_to_pages_and_places_that_are_there(pages: Pages) -> None:
    known = set(pages.paths())

    @cache
    def ids(path: str) -> frozenset[str]:
        return frozenset(read(pages, path).ids)

    wrong = []
    for path in sample(pages):
        page = read(pages, path)
        assert len(page.ids) == len(set(page.ids)), path
        for href in {*page.links, *page.loads}:
            if href.startswith(("https://", "http://")):
                continue
            target, _, fragment = href.partition("#")
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
                if target
                else path
            )
            if target not in known or (fragment and fragment not in ids(target)):
                wrong.append((path, href))
    assert wrong == []


def test_pages_load_nothing_from_elsewhere_and_have_no_script_of_their_own(pages: Pages) -> None:
    for path in sample(pages):
        page = read(pages, path)
        assert page.inline == [], path
        assert [one for one in page.loads if "://" in one or one.startswith("/")] == [], path
        assert [one for one in page.links if one.startswith("/")] == [], path


def test_the_words_of_every_norm_are_marked_on_its_page(graph: ox.Store, pages: Pages) -> None:
    rows = select(graph, "SELECT ?norm ?quote { ?norm a hrge:Norm ; hrge:quote ?quote }")
    assert len(rows) > 100
    for row in rows:
        path = pages.path_of(row["norm"])
        assert path
        assert squeezed(row["quote"]) in squeezed(read(pages, path).marked), path


def test_every_norm_is_marked_and_linked_in_the_whole_text(graph: ox.Store, pages: Pages) -> None:
    page = read(pages, "text/toolkit-1.4.html")
    for iri in norms(graph):
        # Where two norms share words, the text leads to one, and both stand beside it.
        assert f"../{pages.path_of(iri)}" in page.links, iri
    for row in select(graph, "SELECT ?norm ?quote { ?norm a hrge:Norm ; hrge:quote ?quote }"):
        words = squeezed("".join(page.linked.values()))
        marked = page.linked.get(f"../{pages.path_of(row['norm'])}", "")
        assert squeezed(row["quote"]) in squeezed(marked) or squeezed(row["quote"])[:12] in words


def test_every_line_of_the_text_stands_as_printed(graph: ox.Store, pages: Pages) -> None:
    from hrge_kg.edition import read_edition

    page = read(pages, "text/toolkit-1.4.html")
    lines = read_edition(graph).raw.split("\n")
    assert [one for one in page.ids if one.startswith("line-")] == [
        f"line-{number}" for number in range(1, len(lines) + 1)
    ]
    for line in filter(None, (line.strip() for line in lines)):
        assert line in page.text


def test_a_page_says_all_that_the_card_says(graph: ox.Store, pages: Pages) -> None:
    card = explain(graph, "no-mandatory-testing")
    text = " ".join(read(pages, "norm/no-mandatory-testing.html").text.split())
    for section in card.sections:
        assert section.heading in text
        for entry in section.entries:
            assert entry.label in text and " ".join(entry.value.split()) in text
    for discrepancy in card.discrepancies:
        assert discrepancy.key in text and " ".join(discrepancy.difference.split()) in text


def test_an_authority_leads_to_where_it_can_be_read(graph: ox.Store, pages: Pages) -> None:
    rows = select(graph, query_text("site/read-at.rq"))
    wanted = {row["address"] for row in rows if local_name(row["document"]) == "rpg"}
    assert wanted and wanted <= set(read(pages, "norm/no-mandatory-testing.html").links)


def test_data_beside_a_page_is_that_of_the_graph(graph: ox.Store, pages: Pages) -> None:
    iri = ox.NamedNode(NORM + "no-mandatory-testing")
    stated = {quad.triple for quad in graph.quads_for_pattern(iri, None, None, None)}
    turtle = content(pages, "norm/no-mandatory-testing.ttl")
    jsonld = content(pages, "norm/no-mandatory-testing.jsonld")
    for data, form in ((turtle, ox.RdfFormat.TURTLE), (jsonld, ox.RdfFormat.JSON_LD)):
        found = {quad.triple for quad in ox.parse(data, format=form) if quad.subject == iri}
        assert {one for one in found if not isinstance(one.object, ox.BlankNode)} == {
            one for one in stated if not isinstance(one.object, ox.BlankNode)
        }
    told = json.loads(content(pages, "norm/no-mandatory-testing.json"))
    assert told == json.loads(json.dumps(as_dict(explain(graph, iri.value))))


def test_reference_managers_get_the_source_first_with_its_place(pages: Pages) -> None:
    stem = "norm/no-mandatory-testing"
    csl = json.loads(content(pages, f"{stem}.csl.json"))
    assert csl[0]["note"].startswith("UNODC human rights and gender toolkit, Tool 1.4, page 45,")
    assert len(csl) == 2
    bib = parse_string(content(pages, f"{stem}.bib").decode())
    assert [entry.key for entry in bib.entries] == [item["id"] for item in csl]
    ris = rispy.loads(content(pages, f"{stem}.ris").decode())
    assert [entry["id"] for entry in ris] == [item["id"] for item in csl]


def test_files_of_several_norms_can_be_put_together(pages: Pages) -> None:
    """The source is cited with another place in each, and so under another key."""
    stems = ("norm/no-mandatory-testing", "norm/safe-return", "norm/children-never-detained")
    together = "".join(content(pages, f"{stem}.bib").decode() for stem in stems)
    entries: dict[str, str] = {}
    for block in parse_string(together.replace("\n@", "\n\n@")).blocks:
        key, raw = getattr(block, "key", None), (block.raw or "").strip()
        if key is not None:
            assert entries.setdefault(key, raw) == raw, key
    assert {f"toolkit-{stem.partition('/')[2]}" for stem in stems} <= set(entries)


@pytest.mark.parametrize(
    ("norm", "place"),
    [
        ("informed-of-consular-access", "page 45, lines 255–256, 270–271"),  # under a chapeau
        ("told-of-consular-notification", "page 46, lines 312, 314–318"),  # “shall” stands before
        ("no-mandatory-testing", "page 45, lines 266–268"),
    ],
)
def test_a_citation_has_the_words_that_give_bearer_and_modal_word(
    norm: str, place: str, pages: Pages
) -> None:
    assert f"Tool 1.4, {place}" in content(pages, f"norm/{norm}.html").decode()
    assert place in json.loads(content(pages, f"norm/{norm}.csl.json"))[0]["note"]


def test_a_name_with_a_hash_has_its_place_in_the_page_before_it(
    pages: Pages, things: dict[str, str]
) -> None:
    for page, goes_on in (("ns.html", False), ("shapes.html", True)):
        start = NORM.removesuffix("id/norm/") + page.removesuffix(".html") + "#"
        names = {iri.removeprefix(start) for iri in things if iri.startswith(start)}
        there = set(read(pages, page).ids)
        # arrive.js leads to the page that is named like the thing
        paths = {name: pages.path_of(start + name) for name in names - there}
        assert names and (goes_on or not paths)
        assert paths == {name: f"shape/{name}.html" for name in paths}
        assert ("arrive.js" in read(pages, page).loads) is goes_on


def test_a_list_that_is_divided_has_everything_in_its_parts(
    pages: Pages, things: dict[str, str]
) -> None:
    folders = {path.split("/")[1] for path in pages.paths() if path.startswith("list/")}
    assert "shape" in folders
    for folder in folders:
        index = f"{folder}/index.html"
        parts = {path for path in pages.paths() if path.startswith(f"list/{folder}/")}
        assert parts == {
            posixpath.normpath(f"{folder}/{link}")
            for link in read(pages, index).links
            if link.startswith("../list/")
        }
        linked = {
            posixpath.normpath(f"{posixpath.dirname(path)}/{link}")
            for path in parts
            for link in read(pages, path).links
        }
        wanted = {pages.path_of(iri) for iri, name in things.items() if name == folder}
        assert wanted and wanted <= linked
    of_a_norm = read(pages, "list/shape/norm/no-mandatory-testing.html")
    assert "../../../shape/no-mandatory-testing-concern.html" in of_a_norm.links


def test_pages_that_lead_to_others_open_on_a_phone(pages: Pages) -> None:
    leading = [
        path
        for path in pages.paths()
        if path.endswith(".html")
        and ("/" not in path or "/index" in path or path.startswith(("list/", "contents/")))
    ]
    assert {"shapes.html", "shape/index.html", "ns.html"} <= set(leading)
    assert {path: size for path in leading if (size := len(content(pages, path))) > 500_000} == {}


def test_contents_have_every_norm_that_has_a_heading(graph: ox.Store, pages: Pages) -> None:
    found = [path for path in pages.paths() if path.startswith("contents/")]
    assert {local_name(path).removesuffix(".html") for path in found} >= {
        "topic",
        "instrument",
        "right-holder",
        "duty-bearer",
    }
    for path in found:
        rows = select(graph, query_text(f"site/contents-{local_name(path)[:-5]}.rq"))
        links = read(pages, path).links
        assert {f"../{pages.path_of(row['norm'])}" for row in rows} <= set(links)


def test_each_named_query_has_a_page_with_its_answer(pages: Pages) -> None:
    for query in catalogue():
        page = read(pages, f"query/{query.name}.html")
        assert query.header.title in page.text and query.description in page.text
    assert "../norm/no-mandatory-testing.html" in read(pages, "query/norms.html").links


def test_a_document_says_what_of_it_is_cited_and_that_nothing_else_is(
    graph: ox.Store, pages: Pages
) -> None:
    page = content(pages, "document/tip.html").decode()
    section = page.partition('<section id="cited"')[2].partition("</section>")[0]
    assert "../provision/tip-article-6.html" in section and "article 7" not in section
    assert "No other part of it is cited in this section." in section
    cited = {
        row["part"]
        for row in select(graph, "SELECT DISTINCT ?part { ?c a hrge:Citation ; hrge:cited ?part }")
    }
    rows = select(
        graph, "SELECT ?part ?document { ?part a hrge:Provision ; hrge:ofDocument ?document }"
    )
    assert len(rows) > 40
    for row in rows:
        path = pages.path_of(row["document"])
        assert path
        section = content(pages, path).decode().partition('<section id="cited"')[2]
        listed, _, others = section.partition("</section>")[0].partition('class="remark">In the')
        link = f'href="../{pages.path_of(row["part"])}"'
        assert link in (listed if row["part"] in cited else others), row
    whole = content(pages, "document/asean-price.html").decode()
    assert "It is cited as a whole once. No part of it is cited in this section." in whole


def test_two_builds_give_the_same_pages(graph: ox.Store, pages: Pages) -> None:
    again = Pages(graph)
    for path in ("index.html", "search-index.js", "norm/safe-return.html", "norm/safe-return.ttl"):
        assert content(pages, path) == content(again, path)


def test_the_documents_of_the_project_are_pages(pages: Pages) -> None:
    contents = content(pages, "docs/index.html").decode()
    for path, words in (
        ("README.html", "What you can do"),
        ("CHANGELOG.html", "No version has been released yet"),
        ("docs/notebooks/first-hour.html", "import hrge_kg as hrge"),
        ("docs/tutorial/first-question.html", "first question"),
        ("docs/reference/glossary.html", "Glossary"),
    ):
        assert words in content(pages, path).decode(), path
        assert f'href="../{path}"' in contents
    readme = read(pages, "README.html")
    assert "docs/reference/glossary.html" in readme.links
    for link in readme.links:  # what there is no page of is named, and leads nowhere
        assert link and not link.endswith((".md", "records/README.html")), link
    assert "../../README.html#what-you-can-do" in read(pages, "docs/reference/site.html").links


def test_a_notebook_shows_its_words_its_code_and_what_it_printed(pages: Pages) -> None:
    page = content(pages, "docs/notebooks/first-hour.html").decode()
    assert 'class="language-python"' in page and 'class="language-text"' in page
    assert "&lt;Table Norms: 12 rows" in page
    assert "&lt;table" not in page


def test_the_questions_stand_under_those_who_ask_them_with_examples(pages: Pages) -> None:
    listed = content(pages, "query/index.html").decode()
    readers = {query.header.reader for query in catalogue()}
    assert re.findall("<h2>For (.+)</h2>", listed) == sorted(readers)
    page = content(pages, "query/about.html").decode()
    assert "hrge query about --param topic=return --param force=soft-law\n" in page
