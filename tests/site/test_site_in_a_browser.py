"""The pages in a real browser, from a disk: valid, accessible, narrow enough, and searchable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser import complaints, emulated, open_file, requests, violations
from programs import html_messages
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import (
    text_to_be_present_in_element,
    url_to_be,
)
from selenium.webdriver.support.wait import WebDriverWait

from hrge_kg.site import Pages

NORM_PAGE = "norm/no-mandatory-testing.html"
SHAPE_PAGE = "shape/no-mandatory-testing-concern.html"
SHORTENED = """
for (const one of document.querySelectorAll('main :nth-child(n+100)')) one.remove()
"""
"""Takes the hundredth of many rows, and all after it, from a page: each is made as the first is."""


def of_each_kind(pages: Pages) -> list[str]:
    """A page of each kind: the first and the longest of each folder, and those of no folder."""
    found: dict[str, list[str]] = {}
    for path in pages.paths():
        if path.endswith(".html"):
            found.setdefault(path.partition("/")[0], []).append(path)
    some = {path for paths in found.values() for path in (paths[0], paths[len(paths) // 2])}
    return sorted(some | {NORM_PAGE, "text/toolkit-1.4.html", "docs/reference/glossary.html"})


@pytest.fixture(scope="module")
def kinds(pages: Pages) -> list[str]:
    return of_each_kind(pages)


@pytest.fixture(scope="module")
def folder(pages: Pages, kinds: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of each kind, with what they load."""
    out = tmp_path_factory.mktemp("site")
    wanted = {*kinds, "style.css", "search.js", "search-index.js", "matrix.svg"}
    wanted |= {"arrive.js", SHAPE_PAGE}
    wanted |= {f"{NORM_PAGE.removesuffix('.html')}.svg"}
    for path in wanted:
        found = pages.page(path)
        assert found is not None, path
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(found)
    return out


@dataclass(frozen=True)
class Seen:
    """What is seen of a page that a browser opens."""

    sent: list[str]
    narrowed: int
    """How wide it is where there are 320 pixels."""
    wrong: Mapping[str, list[tuple[str, str]]]
    """What axe-core finds, by scheme."""


@pytest.fixture(scope="module")
def seen(browser: WebDriver, folder: Path, kinds: list[str]) -> dict[str, Seen]:
    """A page of each kind, each opened once."""
    return {path: look(browser, folder / path) for path in kinds}


def look(browser: WebDriver, path: Path) -> Seen:
    open_file(browser, path)
    sent = requests(browser)
    with emulated(browser, width=320):
        narrowed = int(browser.execute_script("return document.documentElement.scrollWidth"))
    browser.execute_script(SHORTENED)
    wrong = {}
    for scheme in ("light", "dark"):
        with emulated(browser, scheme):
            wrong[scheme] = violations(browser, scheme)
    return Seen(sent, narrowed, wrong)


@pytest.mark.works_with(
    "Nu Html Checker", tried="a page of each kind, and the style", result="are valid"
)
def test_pages_of_every_kind_are_valid(folder: Path, kinds: list[str]) -> None:
    assert html_messages([folder / path for path in kinds]) == []
    assert html_messages([folder / "style.css"], "--css") == []


@pytest.mark.works_with(
    "axe-core",
    tried="a page of each kind in Chromium, light and dark",
    result="finds no violation",
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(seen: Mapping[str, Seen], scheme: str) -> None:
    assert {path: one.wrong[scheme] for path, one in seen.items() if one.wrong[scheme]} == {}


def test_the_name_of_a_shape_leads_on_to_its_page(browser: WebDriver, folder: Path) -> None:
    name = SHAPE_PAGE.removeprefix("shape/").removesuffix(".html")
    start = (folder / "shapes.html").as_uri()
    for fragment, end in ((f"#{name}", SHAPE_PAGE), ("#main", "shapes.html#main")):
        browser.get("about:blank")
        browser.get(start + fragment)
        WebDriverWait(browser, 10).until(url_to_be(f"{folder.as_uri()}/{end}"))
    for fragment in ("#../style", "#//example.org/a", "#https:"):
        browser.get("about:blank")
        browser.get(start + fragment)
        assert browser.current_url.startswith(start)


def test_pages_flow_into_320_pixels(seen: Mapping[str, Seen]) -> None:
    assert {path: one.narrowed for path, one in seen.items() if one.narrowed > 320} == {}


@pytest.mark.parametrize("path", [NORM_PAGE, "matrix.html"])
def test_a_picture_can_be_read_on_a_small_screen(
    browser: WebDriver, folder: Path, path: str
) -> None:
    """It has its own size, in a frame that scrolls."""
    size = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        open_file(browser, folder / path)
        frame = browser.find_element(By.CSS_SELECTOR, ".picture")
        image = frame.find_element(By.TAG_NAME, "img")
        browser.execute_script("arguments[0].loading = 'eager'", image)
        natural = "return arguments[0].naturalWidth"
        WebDriverWait(browser, 30).until(lambda _: browser.execute_script(natural, image))
        assert image.size["width"] == browser.execute_script(natural, image)
        assert frame.size["width"] <= 390
        assert browser.execute_script(
            "arguments[0].scrollLeft = 9999; return arguments[0].scrollLeft", frame
        )
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_nothing_is_asked_of_another_host(seen: Mapping[str, Seen], folder: Path) -> None:
    here = folder.as_uri()
    for path, one in seen.items():
        assert one.sent and [sent for sent in one.sent if not sent.startswith(here)] == [], path


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("mandatory testing HIV", "norm/no-mandatory-testing.html"),
        ("mandatory tests", "norm/no-mandatory-testing.html"),
        ("norm:safe-return", "norm/safe-return.html"),
        ("ICCPR article 9", "provision/iccpr-article-9.html"),
    ],
)
def test_the_search_finds_things_from_a_disk(
    browser: WebDriver, folder: Path, words: str, first: str
) -> None:
    open_file(browser, folder / "index.html")
    browser.find_element(By.ID, "q").send_keys(words)
    browser.find_element(By.CSS_SELECTOR, "form button").click()
    counted = (By.ID, "count")
    WebDriverWait(browser, 30).until(text_to_be_present_in_element(counted, f"“{words}”"))
    links = browser.find_elements(By.CSS_SELECTOR, "#found a")
    assert first in [link.get_dom_attribute("href") for link in links[:6]]
    assert browser.find_elements(By.CSS_SELECTOR, "#found mark")
    assert complaints(browser) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("article 7 Trafficking Protocol", "No part 7 of Trafficking in Persons Protocol is cited"),
        ("ICCPR article 99", "No part 99 of International Covenant on Civil"),
        ("ICCPR article 9", ""),
        ("smuggling protocol 16", ""),
        ("General Comment No. 35", ""),
        ("article 7", ""),
    ],
)
def test_the_search_says_that_a_part_is_not_cited(
    browser: WebDriver, folder: Path, words: str, told: str
) -> None:
    open_file(browser, folder / "search.html")
    browser.get(f"{(folder / 'search.html').as_uri()}?q={words.replace(' ', '+')}")
    counted = (By.ID, "count")
    WebDriverWait(browser, 30).until(text_to_be_present_in_element(counted, f"“{words}”"))
    said = [one.text for one in browser.find_elements(By.CSS_SELECTOR, "#found .said")]
    assert any(one.startswith(told) for one in said) if told else said == []


def test_the_search_shows_foreign_words_as_words(browser: WebDriver, folder: Path) -> None:
    open_file(browser, folder / "search.html")
    browser.get(f"{(folder / 'search.html').as_uri()}?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E")
    assert "<img src=x" in browser.find_element(By.ID, "count").text
    assert browser.find_elements(By.CSS_SELECTOR, "main img") == []


def test_without_script_the_search_says_what_to_do(browser: WebDriver, folder: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        open_file(browser, folder / "search.html")
        assert "needs JavaScript" in browser.find_element(By.ID, "main").text
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
