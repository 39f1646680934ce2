"""The report in a real browser: no script, nothing fetched, narrow screens, A4 with all text."""

from __future__ import annotations

import base64
import html
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import complaints, open_file, requests
from pypdf import PdfReader
from selenium.webdriver.chrome.webdriver import WebDriver
from ten_answers import TEN

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.report.formats import to_html

EXAMPLES = ("closed-shelter", "immigration-detention", "officials-training")
A4 = (595, 842)  # points


@pytest.fixture(scope="module", params=EXAMPLES)
def written(request: pytest.FixtureRequest, example: Callable[[str], Assessment]) -> str:
    return to_html([example(request.param)])


@pytest.fixture(scope="module")
def page(written: str, browser: WebDriver, tmp_path_factory: pytest.TempPathFactory) -> WebDriver:
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    open_file(browser, path, written)
    assert requests(browser) == [path.as_uri()]
    assert complaints(browser) == []
    return browser


def printed(browser: WebDriver) -> list[str]:
    """The text of each sheet that the page prints on."""
    pdf = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(base64.b64decode(pdf))).pages]


def close(text: str) -> str:
    # a line may end at any hyphen, and ligatures are letters
    return re.sub(
        r"[\s\u00ad]",
        "",
        text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff").replace("ﬃ", "ffi"),
    )


def texts(written: str, tags: str) -> list[str]:
    return [
        html.unescape(re.sub("<[^>]+>", "", found[1]))
        for found in re.findall(rf"<({tags})>(.*?)</\1>", written, re.DOTALL)
    ]


def test_no_script_and_nothing_from_elsewhere(written: str) -> None:
    assert not re.search(
        r"<script|<link|<img|<iframe|<object|\bsrc=|\bon\w+=|url\(|@import", written
    )


def test_it_opens(page: WebDriver, written: str) -> None:
    assert page.title in written


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(page: WebDriver, width: int) -> None:
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        assert page.execute_script("return document.documentElement.scrollWidth") <= width
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.works_with(
    "Chromium",
    tried="the report as HTML, without a network, on narrow screens and printed",
    result="all of its text, also on A4",
)
def test_it_prints_on_a4_with_all_of_its_text(page: WebDriver, written: str) -> None:
    printed_page = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    sheets = PdfReader(io.BytesIO(base64.b64decode(printed_page))).pages
    assert all(
        (round(one.mediabox.width), round(one.mediabox.height)) == pytest.approx(A4, abs=1)
        for one in sheets
    )
    lines = [[line for line in one.extract_text().splitlines() if line.strip()] for one in sheets]
    for number, one in enumerate(lines, 1):
        one.remove(f"{number} / {len(sheets)}")  # which stands on each
    printed = close("".join(line for one in lines for line in one))
    said = texts(written, "h1|h2|h3|h4|p|li|dt|dd")
    assert len(said) > 40
    assert [text for text in said if close(text) not in printed] == []
    headings = {close(text) for text in texts(written, "h2|h3|h4")}
    # no sheet ends with a heading, or with the last line of one
    assert not [
        one[-1] for one in lines if any(heading.endswith(close(one[-1])) for heading in headings)
    ]


def test_ten_answers_print_on_three_sheets(
    browser: WebDriver, tmp_path: Path, assessor: Assessor
) -> None:
    """The first has all that a manager needs."""
    form = tmp_path / "form.yaml"
    form.write_text(TEN, encoding="utf-8")
    written = to_html([assessor.assess(read_form(form, assessor.vocabulary))])
    open_file(browser, tmp_path / "ten.html", written)
    sheets = printed(browser)
    assert len(sheets) <= 3
    for title in ("Act now", "Of concern: ", "Met as stated", "The answers that would settle most"):
        assert title in sheets[0]
