"""The page of queries, in a browser and without scripts."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest
from browser import complaints, requests
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from serving import Served

from hrge_kg.query.catalogue import catalogue

HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_a_browser_gets_the_page_and_a_program_the_endpoint(server: Served) -> None:
    page = server.request("/sparql", headers=HTML)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for query in catalogue():
        assert f'href="/sparql?example={query.name}"' in page.text
    assert "curl" in page.text and f"{server.url}/sparql" in page.text


def test_an_example_stands_in_the_field(server: Served) -> None:
    page = server.request("/sparql?example=norms", headers=HTML)
    assert "# title: Norms" in page.text
    assert server.request("/sparql?example=nope", headers=HTML).status == 404


def test_an_answer_is_a_table_with_links(server: Served) -> None:
    query = "SELECT ?norm ?page { ?norm a hrge:Norm BIND(43 AS ?page) } LIMIT 2"
    page = server.request(f"/sparql?query={quote(query)}", headers=HTML)
    assert page.status == 200
    assert page.text.count('<td><a href="/id/norm/') == 2
    assert "<td>43</td>" in page.text and "2 rows." in page.text
    assert "format=csv" in page.text
    all_rows = server.request("/sparql?query=SELECT*%7B%3Fs%20%3Fp%20%3Fo%7D", headers=HTML)
    assert "The first 500 rows" in all_rows.text and all_rows.text.count("<tr>") == 501


def test_an_error_is_told_on_the_page(server: Served) -> None:
    page = server.request("/sparql?query=SELECT%20%2A%20%7B", headers=HTML)
    assert (page.status, "this is no SPARQL query" in page.text) == (400, True)
    assert "SELECT * {" in page.text


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '"></textarea><b>x'])
def test_a_query_is_no_markup(query: str, server: Served) -> None:
    page = server.request(f"/sparql?query={quote(query)}", headers=HTML)
    assert "<script>alert" not in page.text and "<b>x" not in page.text


def test_values_are_no_markup_and_no_script(server: Served) -> None:
    query = 'SELECT ?a ?b { BIND("<img src=x>" AS ?a) BIND(<javascript:alert(1)> AS ?b) }'
    page = server.request(f"/sparql?query={quote(query)}", headers=HTML)
    assert "<img" not in page.text and 'href="javascript' not in page.text


def test_a_person_asks_with_names_that_are_offered(server: Served, browser: WebDriver) -> None:
    online = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", online)
    browser.get(f"{server.url}/sparql")
    field = browser.find_element(By.ID, "query")
    field.clear()
    field.send_keys("SELECT ?norm { ?norm a hrge:Nor")
    WebDriverWait(browser, 10).until(lambda _: _offers(browser))
    assert _offers(browser)[0].startswith("hrge:Norm")
    field.send_keys(Keys.ARROW_DOWN, Keys.TAB, " } LIMIT 3")
    assert field.get_attribute("value") == "SELECT ?norm { ?norm a hrge:Norm } LIMIT 3"
    field.send_keys(Keys.CONTROL, Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda _: browser.find_elements(By.CSS_SELECTOR, "td a"))
    assert len(browser.find_elements(By.CSS_SELECTOR, "tbody tr")) == 3
    assert complaints(browser) == []
    asked = map(urlsplit, requests(browser))
    assert {f"{url.scheme}://{url.netloc}" for url in asked} == {server.url}


def _offers(browser: WebDriver) -> list[str]:
    return [item.text for item in browser.find_elements(By.CSS_SELECTOR, "#offers li")]
