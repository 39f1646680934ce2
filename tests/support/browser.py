"""A real Chromium, without a window and without a network, that tests open pages in."""

from __future__ import annotations

import base64
import io
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from programs import npm_file
from pypdf import PageObject, PdfReader
from selenium import webdriver
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import WebDriverWait

SIZE = (1280, 1000)
_OPTIONS = (
    "--headless=new",
    "--no-sandbox",  # which containers have no room for; only pages of our own are opened
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--hide-scrollbars",
    f"--window-size={SIZE[0]},{SIZE[1]}",
)


@contextmanager
def chromium() -> Iterator[WebDriver]:
    """A browser that is offline and keeps a log.

    Without Chromium and its driver the test is skipped.
    """
    found = [shutil.which(name) for name in ("chromium", "chromedriver")]
    if not all(found):
        pytest.skip("Chromium or its driver is not installed (Debian: chromium, chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location, driver = map(str, found)
    for option in _OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        browser.execute_cdp_cmd("Network.enable", {})
        offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        browser.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
        yield browser
    finally:
        browser.quit()


def open_file(browser: WebDriver, path: Path, content: str | None = None) -> None:
    """Opens a local file, after writing it; what was logged before is forgotten."""
    if content is not None:
        path.write_text(content, encoding="utf-8")
    requests(browser)
    complaints(browser)
    browser.get(path.as_uri())


def sheets(browser: WebDriver, which: str = "") -> list[PageObject]:
    """The sheets that the open page prints on: all, or for example 1-2.

    The tags for screen readers are left out: they change no text, and it is found in half the time.
    """
    options = {"preferCSSPageSize": True, "generateTaggedPDF": False, "pageRanges": which}
    printed = browser.execute_cdp_cmd("Page.printToPDF", options)["data"]
    return list(PdfReader(io.BytesIO(base64.b64decode(printed))).pages)


@contextmanager
def next_page(browser: WebDriver) -> Iterator[None]:
    """What is done here leads to another page; at the end that page is there, and not busy."""
    before = browser.find_element(By.TAG_NAME, "h1")
    yield
    wait = WebDriverWait(browser, 60, poll_frequency=0.05)
    wait.until(staleness_of(before))
    wait.until(lambda one: one.find_elements(By.TAG_NAME, "h1"))
    wait.until(lambda one: not one.find_elements(By.CSS_SELECTOR, "main[aria-busy]"))


@contextmanager
def emulated(browser: WebDriver, scheme: str = "light", width: int = SIZE[0]) -> Iterator[None]:
    """While this lasts, pages are shown in light or in dark, and so many pixels wide."""
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 400}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def violations(browser: WebDriver, scheme: str = "light") -> list[tuple[str, str]]:
    """What axe-core finds wrong on the open page: the rule, and the first element.

    In dark it looks at colours alone: all else is the same page as in light.
    """
    only = {"light": {}, "dark": {"runOnly": ["cat.color"]}}[scheme]
    if browser.execute_script("return !window.axe"):
        browser.execute_script(npm_file("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = browser.execute_script(
        "return axe.run({resultTypes: ['violations'], ...arguments[0]})"
        ".then(found => found.violations)",
        only,
    )
    return [(one["id"], one["nodes"][0]["html"][:300]) for one in found]


def requests(browser: WebDriver) -> list[str]:
    """The addresses that were asked for since the last look, the page's own among them."""
    sent = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    return [
        one["params"]["request"]["url"]
        for one in sent
        if one["method"] == "Network.requestWillBeSent"
    ]


def complaints(browser: WebDriver) -> list[str]:
    """What stands in the console since the last look."""
    return [entry["message"] for entry in browser.get_log("browser")]
