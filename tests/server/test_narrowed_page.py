"""A named query is asked more closely by the form on its own page."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from browser import next_page
from html_page import read_page
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select
from serving import Served

from hrge_kg.query.catalogue import catalogue
from hrge_kg.query.run import answer_query, run_query
from hrge_kg.site import Pages
from hrge_kg.tables.model import Table


def first_cells(page: bytes) -> list[str]:
    return [link for link in read_page(page).links if link.startswith("../norm/")]


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("about", {"topic": "detention", "beneficiary": "child"}),
        ("owed-to", {"beneficiary": "child", "reach": "some of them", "topic": ""}),
        ("norms", {"force": "treaty-body", "bearer": "states"}),
        ("norms", {"norm": "norm:safe-return"}),
        ("borne-by", {"party": "officials"}),
    ],
)
def test_the_rows_are_those_of_the_command(
    name: str, params: dict[str, str], whole: Served, graph: ox.Store
) -> None:
    given = {key: value for key, value in params.items() if value}
    wanted = answer_query(graph, name, given)
    assert isinstance(wanted, Table) and len(wanted)
    page = whole.request(f"/query/{name}.html?{urlencode(params)}")
    assert page.status == 200
    assert f"<p>{len(wanted)} row" in page.text
    norms = {str(row[0]).rpartition("/")[2] for row in wanted}
    assert {f"../norm/{norm}.html" for norm in norms} == set(first_cells(page.body))
    rows = whole.request(f"/query/{name}?{urlencode(given)}&format=csv")
    assert rows.headers["content-type"].startswith("text/csv")
    assert len(list(csv.reader(io.StringIO(rows.text)))) == len(wanted) + 1


def test_what_was_chosen_stays_chosen_and_stands_in_the_query(whole: Served) -> None:
    page = whole.request("/query/norms?topic=health").text
    assert '<option value="health" selected>' in page
    assert "VALUES (?topic)" in page and "--param topic=health" in page


def test_why_there_is_no_row_is_told(whole: Served) -> None:
    page = whole.request("/query/about?topic=health&beneficiary=child&force=treaty").text
    assert "together none" in page and "near: " in page and "<p>0 rows" in page


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("about?topic=nowhere", "is no concept"),
        ("about?tpoic=health", "no parameter"),
        ("about?topic=health&topic=return", "given twice"),
        ("passages?page=1;%20DROP%20ALL", "is not a whole number"),
        ("norms?norm=%22%3E%3Cscript%3E", "is no name of one thing"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_on_the_page(
    asked: str, reason: str, whole: Served
) -> None:
    page = whole.request(f"/query/{asked}")
    assert (page.status, reason in page.text, "<script>" in page.text) == (400, True, False)
    assert "</form>" in page.text


def test_a_page_without_values_is_the_page_that_all_have(whole: Served) -> None:
    plain = whole.request("/query/about.html")
    assert whole.request("/query/about?topic=&force=").body == plain.body
    assert whole.request("/query/norms.csv").status == 200
    assert whole.request("/query/nope?topic=health").status == 404


def test_values_that_are_offered_lead_somewhere(graph: ox.Store, whole: Served) -> None:
    """Each word that is offered for a topic leaves a row."""
    for query in catalogue():
        page = whole.request(f"/query/{query.name}.html").body
        for param in query.header.params:
            assert f'<label for="p-{param.name}">'.encode() in page, (query.name, param.name)
    about = whole.request("/query/about.html").body
    offered = read_page(about).text
    assert "detention" in offered and "asylum-seekers" in offered
    for topic in _options(about.decode(), "topic"):
        found = run_query(graph, "about", topic=topic)
        assert isinstance(found, Table) and len(found), topic


def _options(page: str, name: str) -> list[str]:
    choice = page.partition(f'<select id="p-{name}"')[2].partition("</select>")[0]
    values = [part.partition('"')[0] for part in choice.split('<option value="')[1:]]
    assert values[0] == "" and len(values) > 5
    return values[1:]


def test_static_pages_say_how_to_ask_and_lead_to_the_lists(pages: Pages) -> None:
    page = pages.page("query/about.html") or b""
    assert b"<form class" not in page and b"--param topic=" in page
    assert "../contents/topic.html" in read_page(page).links


def test_a_person_narrows_a_query_without_a_script(whole: Served, browser: WebDriver) -> None:
    online = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", online)
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{whole.url}/query/about.html")
        before = len(browser.find_elements(By.CSS_SELECTOR, "tbody tr"))
        Select(browser.find_element(By.ID, "p-topic")).select_by_visible_text("detention")
        Select(browser.find_element(By.ID, "p-beneficiary")).select_by_visible_text("children")
        with next_page(browser):
            browser.find_element(By.CSS_SELECTOR, "form.narrow button").click()
        rows = len(browser.find_elements(By.CSS_SELECTOR, "tbody tr"))
        assert 0 < rows < before
        chosen = Select(browser.find_element(By.ID, "p-topic")).first_selected_option
        assert chosen.text == "detention"
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
