"""The report in a real browser: no script, nothing fetched, narrow screens, A4 with all text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import complaints, emulated, open_file, requests, sheets, violations
from programs import html_messages
from pypdf import PageObject
from selenium.webdriver.chrome.webdriver import WebDriver
from ten_answers import TEN

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.languages.catalogue import find_language
from hrge_kg.report.formats import to_html

EXAMPLES = ("closed-shelter", "immigration-detention", "officials-training")
HARDEST = ("border-detention", "government-home", "transit-assistance")
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


@pytest.fixture(scope="module")
def printed(page: WebDriver) -> list[tuple[PageObject, str]]:
    """Each sheet that the page prints on as it opens, with its text."""
    return [(sheet, sheet.extract_text()) for sheet in sheets(page)]


def first_two(browser: WebDriver) -> tuple[str, str]:
    """The texts of the first two sheets that the open page prints on.

    Most of what stands on later sheets is taken away: to lay it out takes seconds.
    """
    browser.execute_script(
        "document.querySelectorAll('.tagged:nth-of-type(n + 5), .tagged ~ :not(.tagged)')"
        ".forEach(one => one.remove())"
    )
    first, second = sheets(browser, "1-2")
    return first.extract_text(), second.extract_text()


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
        for found in re.findall(rf"<({tags})\b[^>]*>(.*?)</\1>", written, re.DOTALL)
    ]


def on_paper(written: str) -> str:
    """The page without what only a screen has, and without what is folded for a lawyer."""
    of_screens = r"<nav .*?</nav>|<div class=\"choices\".*?</div>|<p class=\"shown\">.*?</p>"
    law = r"<details>\n.*?</details>"
    return re.sub(f"{of_screens}|{law}", "", written, flags=re.DOTALL)


def test_no_script_and_nothing_from_elsewhere(written: str) -> None:
    assert not re.search(
        r"<script|<link|<img|<iframe|<object|\ssrc=|\son\w+=|url\(|@import", written
    )


def test_it_opens(page: WebDriver, written: str) -> None:
    assert page.title in written


@pytest.mark.parametrize("width", [320, 390, 1280])
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
def test_it_prints_on_a4_with_all_of_its_text(
    printed: list[tuple[PageObject, str]], written: str
) -> None:
    """What is folded for a lawyer is printed where the reader opens it."""
    assert all(
        (round(one.mediabox.width), round(one.mediabox.height)) == pytest.approx(A4, abs=1)
        for one, _ in printed
    )
    lines = [[line for line in text.splitlines() if line.strip()] for _, text in printed]
    for number, one in enumerate(lines, 1):
        one.remove(f"{number} / {len(printed)}")  # which stands on each
    every = close("".join(line for one in lines for line in one))
    said = texts(on_paper(written), "h1|h2|h3|h4|p|li|dt|dd|td")
    assert len(said) > 40
    assert [text for text in said if close(text) not in every] == []
    headings = {close(text) for text in texts(written, "h2|h3|h4")}
    # no sheet ends with a heading, or with the last line of one
    assert not [
        one[-1] for one in lines if any(heading.endswith(close(one[-1])) for heading in headings)
    ]


def test_what_is_folded_for_a_lawyer_is_printed_on_request(
    page: WebDriver, printed: list[tuple[PageObject, str]], written: str
) -> None:
    box = page.find_element("css selector", ".unfold")
    assert "On whose authority" not in "".join(text for _, text in printed)
    box.click()
    try:
        told = close("".join(sheet.extract_text() for sheet in sheets(page)))
    finally:
        box.click()
    assert [text for text in texts(written, "dt|dd") if close(text) not in told] == []


@pytest.mark.parametrize("name", HARDEST)
def test_the_first_sheet_is_the_first_page(
    name: str, browser: WebDriver, tmp_path: Path, example: Callable[[str], Assessment]
) -> None:
    """Also of the descriptions of which there is most to say."""
    open_file(browser, tmp_path / "report.html", to_html([example(name)]))
    first, second = first_two(browser)
    for title in ("In a minute", "Of concern: ", "Met as stated", "The answers that would settle"):
        assert title in first, title
    assert re.match(r"2 / \d+\s+\w+ of \w+ topics ha(s|ve) a concern", second)


@pytest.mark.parametrize("name", HARDEST)
@pytest.mark.parametrize("tag", ["es", "fr"])
def test_the_first_page_is_one_sheet_in_other_languages(
    tag: str,
    name: str,
    browser: WebDriver,
    tmp_path: Path,
    example: Callable[[str], Assessment],
) -> None:
    """They take more room, and the page says that a machine translated it."""
    language = find_language(tag)
    written = to_html([example(name)], language=language)
    open_file(browser, tmp_path / "report.html", written)
    first, second = first_two(browser)
    assert language.say_plain("The answers that would settle most") in first
    assert "5. " in first
    heading = html.unescape(re.findall(r'<h2 id="picture">(.*?)</h2>', written)[0])
    assert close(heading) in close(second) and close(heading) not in close(first)


def test_ten_answers_print_on_few_sheets(
    browser: WebDriver, tmp_path: Path, assessor: Assessor
) -> None:
    """The first has all that a manager needs."""
    form = tmp_path / "form.yaml"
    form.write_text(TEN, encoding="utf-8")
    written = to_html([assessor.assess(read_form(form, assessor.vocabulary))])
    open_file(browser, tmp_path / "ten.html", written)
    first, *rest = sheets(browser)
    assert len(rest) < 12
    told = first.extract_text()
    for title in ("Act now", "Of concern: ", "Met as stated", "The answers that would settle most"):
        assert title in told


def shown(browser: WebDriver) -> list[str]:
    """The headings of the findings that are to be seen."""
    found = browser.execute_script(
        "return [...document.querySelectorAll('details.tagged')]"
        ".filter(one => one.checkVisibility()).map(one => one.querySelector('h3').textContent)"
    )
    return list(found)


def choose(browser: WebDriver, words: str) -> None:
    """Click the radio button with these words."""
    for label in browser.find_elements("css selector", ".choices label"):
        if label.text.strip() == words:
            label.click()
            return
    raise AssertionError(words)


@pytest.fixture
def shelter(browser: WebDriver, tmp_path: Path, example: Callable[[str], Assessment]) -> WebDriver:
    open_file(browser, tmp_path / "shelter.html", to_html([example("closed-shelter")]))
    return browser


def test_findings_are_chosen_by_outcome_group_and_topic(shelter: WebDriver) -> None:
    every = shown(shelter)
    choose(shelter, "▲ concern")
    assert shown(shelter) == [one for one in every if one.startswith("▲ Of concern: ")]
    choose(shelter, "Men")
    men = shown(shelter)
    assert men and all("men]" in one and one.startswith("▲") for one in men)
    sections = shelter.execute_script(
        "return [...document.querySelectorAll('section.tagged')].map("
        "one => [one.checkVisibility(), !!one.querySelector('details.a1.c1')])"
    )
    assert all(seen == some for seen, some in sections), "no topic stands there without a finding"
    choose(shelter, "Information")
    assert shown(shelter) == []
    choose(shelter, "Every outcome")
    choose(shelter, "All groups")
    assert shown(shelter) == [one for one in every if one in shown(shelter)] != []
    choose(shelter, "All topics")
    assert shown(shelter) == every


def test_the_number_of_findings_shown_is_told(shelter: WebDriver) -> None:
    def told() -> str:
        return str(
            shelter.execute_script(
                "const one = document.querySelector('.shown');"
                "return one.textContent + getComputedStyle(one, '::after').content"
            )
        )

    assert told().startswith("Findings shown: ")
    assert "counter(shown)" in told()


def test_a_link_opens_the_finding_and_leads_back_to_the_answer(shelter: WebDriver) -> None:
    now = shelter.find_element("css selector", ".sheet ul a")
    now.click()
    finding = shelter.find_element("css selector", ":target")
    opened = finding.find_element("xpath", "..")
    assert opened.get_attribute("open") is not None
    assert "You stated" in finding.text
    back = finding.find_element("css selector", "a[href^='#answer-']")
    back.click()
    answer = shelter.find_element("css selector", ":target")
    assert answer.tag_name == "li" and "A medical test is compulsory: HIV test" in answer.text
    (again,) = (
        one
        for one in answer.find_elements("css selector", "a")
        if one.text == "No mandatory testing for diseases, including HIV/AIDS"
    )
    again.click()
    assert "no-mandatory-testing" in shelter.current_url


def test_folds_open_with_the_keyboard(shelter: WebDriver) -> None:
    from selenium.webdriver.common.keys import Keys

    summary = shelter.find_element("css selector", "details.tagged summary")
    summary.send_keys(Keys.ENTER)
    opened = shelter.find_element("css selector", "details.tagged")
    assert opened.get_attribute("open") is not None
    law = opened.find_element("css selector", "details")
    assert law.get_attribute("open") is None
    law.find_element("css selector", "summary").send_keys(Keys.SPACE)
    assert "On whose authority" in opened.text


@pytest.mark.works_with(
    "Nu Html Checker", tried="the report as HTML, on several programmes", result="is valid"
)
def test_it_is_valid(tmp_path: Path, example: Callable[[str], Assessment]) -> None:
    every = [example(name) for name in EXAMPLES]
    (tmp_path / "one.html").write_text(to_html(every[:1]), encoding="utf-8")
    (tmp_path / "several.html").write_text(to_html(every), encoding="utf-8")
    assert html_messages(sorted(tmp_path.glob("*.html"))) == []


@pytest.mark.works_with(
    "axe-core",
    tried="the report as HTML in Chromium, light and dark, folded and open",
    result="finds no violation",
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_a_report(scheme: str, shelter: WebDriver) -> None:
    with emulated(shelter, scheme):
        for opened in ("false", "true"):
            shelter.execute_script(
                f"for (const one of document.querySelectorAll('details')) one.open = {opened}"
            )
            assert violations(shelter, scheme) == []
