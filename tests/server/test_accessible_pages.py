"""The pages that the server makes itself: axe-core finds no violation, in light and in dark."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from browser import emulated, violations
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from serving import Served

ONLINE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
ASKED = "SELECT ?norm ?page { ?norm a hrge:Norm ; hrge:anchor/hrge:page ?page } LIMIT 3"
PAGES = {
    "queries": "/sparql",
    "an example": "/sparql?example=norms",
    "an answer": f"/sparql?query={quote(ASKED)}",
    "yes or no": f"/sparql?query={quote('ASK { ?a ?b ?c }')}",
    "triples": f"/sparql?query={quote('DESCRIBE norm:safe-return')}",
    "an error": f"/sparql?query={quote('SELECT * {')}",
    "a named query": "/query/about.html",
    "a named query with values": "/query/about?topic=detention&beneficiary=child",
    "a named query without a row": "/query/about?topic=health&beneficiary=child&force=treaty",
    "assess": "/assess",
}


@pytest.mark.works_with(
    "axe-core",
    tried="the pages of queries and of assessments in Chromium, light and dark",
    result="finds no violation",
    room="site",
)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(whole: Served, browser: WebDriver, name: str) -> None:
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", ONLINE)
    browser.get(whole.url + PAGES[name])
    for scheme in ("light", "dark"):
        with emulated(browser, scheme):
            assert violations(browser, scheme) == []


def test_what_cannot_be_assessed_is_told_on_an_accessible_page(
    whole: Served, browser: WebDriver
) -> None:
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", ONLINE)
    browser.get(f"{whole.url}/assess")
    browser.find_element(By.ID, "text").send_keys("programme: [")
    browser.find_element(By.CSS_SELECTOR, "form[action='/assess'] button").click()
    WebDriverWait(browser, 120).until(
        lambda _: browser.find_elements(By.CSS_SELECTOR, "section.refused")
    )
    assert violations(browser) == []
