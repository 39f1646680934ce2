"""The page of a trail in a real browser: what is chosen is shown, the picture moves and grows."""

from __future__ import annotations

import base64
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pypdf
import pytest
from browser import complaints, open_file, requests
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from hrge_kg.trail.search import find_trail
from hrge_kg.trail.writers import write

TRAILS = ("norm:no-mandatory-testing", "norm:principle-may-exclude-mandatory-testing")


class Page:
    """The page of a trail, as a person has it before them, and the trail's JSON."""

    def __init__(self, browser: WebDriver, path: Path, graph: ox.Store, name: str) -> None:
        found = find_trail(graph, name)
        self.json: dict[str, Any] = json.loads(write(found, "json"))
        self.browser, self.path = browser, path
        path.write_text(write(found, "html"), encoding="utf-8")

    def load(self) -> None:
        open_file(self.browser, self.path)
        self.view = self.one("#view")

    def all(self, selector: str) -> list[WebElement]:
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    @property
    def do(self) -> ActionChains:
        return ActionChains(self.browser, duration=0)

    @property
    def said(self) -> str:
        return " ".join(self.one("#said").text.split())

    def place(self, element: WebElement) -> tuple[float, float, float, float]:
        box = self.browser.execute_script(
            "return arguments[0].getBoundingClientRect().toJSON()", element
        )
        return box["x"], box["y"], box["width"], box["height"]

    def told(self, thing: WebElement) -> list[str]:
        """What the JSON has of a node or link of the picture, and the page has to show as well."""
        labels = {node["id"]: node["label"] for node in self.json["nodes"]}
        if "link" in thing.get_dom_attribute("class").split():
            first = thing.get_dom_attribute("data-number").split()[0]
            about = self.json["edges"][int(first)]
            evidence = about["evidence"]
            words = [
                labels[about["from"]],
                about["label"],
                labels[about["to"]],
                about["remark"],
                about["verification"],
            ]
            quote, place = evidence["quote"], evidence
            if quote:
                words += [
                    evidence["pinpoint"],
                    evidence["footnote"] and f"footnote {evidence['footnote']}",
                ]
        else:
            about = next(
                node
                for node in self.json["nodes"]
                if node["id"] == thing.get_dom_attribute("data-id")
            )
            quote, place = about["quote"], about
            words = [about["label"], about["kind"], about["force"]]
            words += [
                detail[key]
                for detail in about["details"]
                for key in ("text", "verification", "reason")
            ]
        if quote:
            words += [f"“{quote}”", f"page {place['page']}, line {place['line']}"]
        register = {one["id"]: one for one in self.json["discrepancies"]}
        for key in about["discrepancies"]:
            words += [
                key,
                register[key]["label"],
                register[key]["quote"],
                register[key]["difference"],
                register[key]["verification"],
            ]
        return [" ".join(word.split()) for word in words if word]


@pytest.fixture(scope="module", params=TRAILS)
def opened(
    request: pytest.FixtureRequest,
    browser: WebDriver,
    graph: ox.Store,
    tmp_path_factory: pytest.TempPathFactory,
) -> Page:
    browser.set_window_size(1280, 1800)  # so high that all of the picture is seen
    return Page(browser, tmp_path_factory.mktemp("page") / "trail.html", graph, request.param)


@pytest.fixture
def page(opened: Page) -> Iterator[Page]:
    opened.load()
    yield opened
    assert requests(opened.browser) == [opened.path.as_uri()]
    assert complaints(opened.browser) == []


def test_the_log_would_show_a_request(browser: WebDriver, tmp_path: Path) -> None:
    open_file(browser, tmp_path / "bad.html", '<img src="https://example.org/image.png">')
    assert "https://example.org/image.png" in requests(browser)
    assert len(complaints(browser)) == 1


@pytest.mark.works_with(
    "Chromium",
    tried="the page of a trail, without a network",
    result="shows every node and link; mouse and keys work",
)
def test_nodes_and_links_are_those_of_the_json(page: Page) -> None:
    assert Counter(one.get_dom_attribute("data-id") for one in page.all("svg .node")) == Counter(
        one["id"] for one in page.json["nodes"]
    )
    numbers = [
        int(number)
        for one in page.all("svg .link")
        for number in one.get_dom_attribute("data-number").split()
    ]
    within = Counter(
        (one.get_dom_attribute("data-id"), "part-of", one.get_dom_attribute("data-in"))
        for one in page.all("svg .node[data-in]")
    )
    links = Counter(
        (one["from"], one["kind"], one["to"])
        for one in map(page.json["edges"].__getitem__, numbers)
    )
    assert links + within == Counter(
        (one["from"], one["kind"], one["to"]) for one in page.json["edges"]
    )


def test_a_click_tells_what_is_known(page: Page) -> None:
    assert page.said == "Nothing is chosen yet."
    for thing in page.all("svg .node, svg .link"):
        target = thing.find_element(By.CSS_SELECTOR, ".mark, rect")
        page.do.move_to_element(target).click().perform()
        said = page.said
        assert not [word for word in page.told(thing) if word not in said], said
        assert page.all(".on") == [thing]


def test_so_do_the_keys(page: Page) -> None:
    for _ in range(4):
        page.one("#in").click()  # so large that what is reached by Tab has to come into sight
    page.browser.execute_script("arguments[0].focus()", page.one("#fit"))
    left, top, width, height = page.place(page.view)
    for thing in page.all("svg .node, svg .link"):
        page.do.send_keys(Keys.TAB).perform()
        reached = page.browser.switch_to.active_element
        x, y, *_ = page.place(reached)
        assert left <= x <= left + width and top <= y <= top + height
        page.do.send_keys(Keys.ENTER).perform()
        said = page.said
        assert not [word for word in page.told(reached) if word not in said], said
        assert page.all(".on") == [reached], thing


def test_dragging_moves_the_picture(page: Page) -> None:
    node, before = page.one("svg .node"), page.view.screenshot_as_png
    x, y, width, height = page.place(node)
    page.do.drag_and_drop_by_offset(node, 120, 60).perform()
    assert page.place(node) == pytest.approx((x + 120, y + 60, width, height), abs=1)
    assert page.view.screenshot_as_png != before
    assert page.said == "Nothing is chosen yet."
    page.one("#fit").click()
    assert page.place(node) == pytest.approx((x, y, width, height), abs=1)


def test_the_wheel_zooms_where_the_pointer_is(page: Page) -> None:
    node, before = page.one("svg .node"), page.view.screenshot_as_png
    x, y, width, height = page.place(node)
    page.do.scroll_from_origin(ScrollOrigin.from_element(node), 0, -100).perform()
    wider = page.place(node)
    assert wider[2] > 1.1 * width and page.view.screenshot_as_png != before
    assert wider[0] + wider[2] / 2 == pytest.approx(x + width / 2, abs=2)
    assert wider[1] + wider[3] / 2 == pytest.approx(y + height / 2, abs=2)
    page.do.scroll_from_origin(ScrollOrigin.from_element(node), 0, 100).perform()
    assert page.place(node) == pytest.approx((x, y, width, height), abs=1)


def test_buttons_zoom(page: Page) -> None:
    node = page.one("svg .node")
    before, shown = page.place(node), page.view.screenshot_as_png
    page.one("#in").click()
    assert (
        page.place(node)[2] == pytest.approx(1.25 * before[2], abs=1)
        and page.view.screenshot_as_png != shown
    )
    page.one("#out").click()
    page.one("#out").click()
    assert page.place(node)[2] == pytest.approx(0.8 * before[2], abs=1)
    page.one("#fit").click()
    assert page.place(node) == pytest.approx(before, abs=1)


def test_without_script_all_is_there(page: Page) -> None:
    page.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.browser.refresh()
        text = " ".join(page.one("main").text.split())
        assert "Nothing is chosen yet." not in text and "Larger" not in text
        for thing in page.all("svg .node, svg .link"):
            assert not [word for word in page.told(thing) if word not in text]
        assert page.one("#view").size["height"] >= page.one("svg").size["height"]
    finally:
        page.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        requests(page.browser)
        page.browser.refresh()


def sheets(page: Page) -> list[str]:
    """The text of each sheet that is printed."""
    options = {"preferCSSPageSize": True}
    printed = page.browser.execute_cdp_cmd("Page.printToPDF", options)["data"]
    pages = pypdf.PdfReader(io.BytesIO(base64.b64decode(printed))).pages
    return [" ".join(one.extract_text().split()) for one in pages]


def test_it_prints_as_one_sheet_and_the_evidence_on_request(page: Page) -> None:
    (sheet,) = sheets(page)
    assert page.one("h1").text in sheet
    assert "Links" not in sheet.split() and "Larger" not in sheet
    page.one("#all").click()
    first, *others = sheets(page)
    assert others and "Links" in " ".join(others).split()
    assert first == sheet


def test_the_frame_is_as_high_as_the_picture(page: Page) -> None:
    height, most = page.browser.execute_script(
        "return [document.querySelector('#view svg').getBoundingClientRect().height,"
        " window.innerHeight * 0.9]"
    )
    assert page.one("#view").size["height"] == pytest.approx(min(height, most), abs=6)
