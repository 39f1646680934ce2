"""A person describes a programme in Chromium: by keyboard, goes back, leaves, returns, prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browser import complaints, emulated, next_page, requests, sheets, violations
from programs import html_messages
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from serving import Served

ONLINE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
TITLE = "House by the river"


@pytest.fixture(scope="module")
def ready(whole: Served, assessor: object) -> Served:
    """The server when its process for assessments is ready."""
    whole.request("/describe", timeout=180)
    return whole


class Person:
    """Somebody before a browser; `mouse` is never used."""

    def __init__(self, browser: WebDriver, server: Served) -> None:
        self.browser = browser
        self.server = server

    def open(self) -> None:
        self.browser.get(f"{self.server.url}/describe")

    @property
    def heading(self) -> str:
        return self.browser.find_element(By.TAG_NAME, "h1").text

    @property
    def form(self) -> str:
        found = self.browser.find_element(By.NAME, "_form").get_attribute("value")
        return found or ""

    def all_text(self) -> str:
        return self.browser.find_element(By.TAG_NAME, "main").text

    def tab_to(self, selector: str) -> None:
        """Press Tab until something has the focus; its outline can be seen."""
        for _ in range(150):
            focused = self.browser.switch_to.active_element
            if self.browser.execute_script(
                "return arguments[0].matches(arguments[1])", focused, selector
            ):
                assert focused.value_of_css_property("outline-style") != "none", selector
                return
            self.keys(Keys.TAB)
        raise AssertionError(f"the keyboard does not reach {selector}")

    def keys(self, *keys: str) -> None:
        ActionChains(self.browser).send_keys(*keys).perform()

    def tick(self, *words: str) -> None:
        for word in words:
            self.tab_to(f'input[value="{word}"]')
            self.keys(Keys.SPACE)

    def press(self, act: str, key: str = Keys.ENTER) -> None:
        """Press a button by the keyboard, and wait for the next screen."""
        with next_page(self.browser):
            self.tab_to(f'button[value="{act}"]')
            self.keys(key)

    def skip_to(self, question: str) -> None:
        while self.heading != question:
            self.press("skip")


@pytest.fixture
def person(browser: WebDriver, ready: Served) -> Iterator[Person]:
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", ONLINE)
    requests(browser)
    complaints(browser)
    browser.get(f"{ready.url}/describe")
    browser.execute_script("localStorage.clear()")
    browser.refresh()
    yield Person(browser, ready)
    browser.get(f"{ready.url}/describe")
    browser.execute_script("localStorage.clear()")


def would_ask(browser: WebDriver) -> bool:
    """Whether the browser asks a person who leaves. (WebDriver itself always leaves.)"""
    script = "return dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    return not browser.execute_script(script)


LEAVING = (
    "Is anyone kept from leaving when she or he wants, for good or until something is done first?"
)


def begin(person: Person) -> None:
    person.tab_to("#title")
    person.keys(TITLE)
    person.tick("shelter-activity")
    person.press("begin")
    assert person.heading == "Who is served, held or turned away?"
    person.tick("identified-victim")
    person.tab_to("#closed-status")
    person.keys(Keys.SPACE)
    person.tick("female", "male")
    person.tab_to("#split-no")
    person.keys(*[Keys.ARROW_DOWN] * 4)
    person.press("tell-people people")


def test_by_keyboard_from_the_start_to_the_report(person: Person, browser: WebDriver) -> None:
    begin(person)
    assert "women-and-girls:" in person.form and "men-and-boys:" in person.form
    person.skip_to(LEAVING)
    assert browser.switch_to.active_element.tag_name == "h1"  # where reading begins
    things = browser.find_element(By.CSS_SELECTOR, 'input[name="of"]')
    assert not things.is_displayed()
    person.tick("yes")
    assert things.is_displayed()
    person.tick("locked-door", "women-and-girls")
    person.press("answer")
    assert "leaving-restricted: {holds: yes, of: locked-door, for: women-and-girls}" in person.form
    live = browser.find_element(By.CSS_SELECTOR, ".live").text
    assert "locked doors" in live and "Women-and-girls" in live
    person.press("check")
    assert "Yes: locked doors; for women-and-girls" in person.all_text()
    first = browser.current_window_handle
    person.tab_to('form[action="/describe/report"] button')
    person.keys(Keys.ENTER)
    WebDriverWait(browser, 30).until(lambda one: len(one.window_handles) == 2)
    [other] = {*browser.window_handles} - {first}
    browser.switch_to.window(other)
    WebDriverWait(browser, 30).until(lambda one: TITLE in one.title)
    browser.close()
    browser.switch_to.window(first)
    asked = {url.partition("/describe")[0] for url in requests(browser) if "/describe" in url}
    assert asked <= {person.server.url, f"{person.server.url}/server"}
    assert complaints(browser) == []


def test_going_back_and_changing_an_answer(person: Person, browser: WebDriver) -> None:
    begin(person)
    while not browser.find_elements(By.CSS_SELECTOR, 'input[value="adult"]'):
        person.press("skip")
    question = person.heading
    group = browser.find_element(By.NAME, "for").get_attribute("value")
    person.tick("adult")
    person.press("answer")
    assert "age: adult" in person.form
    person.press("back")
    assert person.heading == question
    assert browser.find_element(By.CSS_SELECTOR, 'input[value="adult"]').is_selected()
    person.tick("child")
    person.press("answer")
    assert "age: [adult, child]" in person.form
    with next_page(browser):
        browser.back()  # the browser's own button goes back in the interview as well
    assert person.heading == question and "age: [adult, child]" in person.form
    person.press("check")
    person.press(f"change age {group}")
    person.tick("child")
    person.press("answer")
    assert person.heading == "Check your answers" and "age: adult" in person.form


def test_what_cannot_be_taken_is_told_where_reading_goes_on(
    person: Person, browser: WebDriver
) -> None:
    begin(person)
    person.skip_to(LEAVING)
    person.press("answer")
    problem = browser.find_element(By.ID, "problem")
    assert "No answer is chosen" in problem.text
    assert browser.switch_to.active_element == problem
    assert browser.title.startswith("Mend: ")


def test_a_person_leaves_and_returns_only_where_the_browser_keeps_the_answers(
    person: Person, browser: WebDriver
) -> None:
    begin(person)
    assert browser.execute_script("return localStorage.length") == 0
    assert would_ask(browser)
    browser.get(f"{person.server.url}/")
    person.open()
    assert not browser.find_element(By.ID, "kept").is_displayed()
    begin(person)
    person.tab_to("#keep-here")
    person.keys(Keys.SPACE)
    person.press("skip")
    question, form = person.heading, person.form
    assert not would_ask(browser)
    browser.get(f"{person.server.url}/")
    person.open()
    assert not would_ask(browser)
    assert TITLE in browser.find_element(By.ID, "kept-what").text
    person.tab_to('#kept button[value="next"]')
    with next_page(browser):
        person.keys(Keys.ENTER)
    assert (person.heading, person.form) == (question, form)
    assert browser.find_element(By.ID, "keep-here").is_selected()
    # another description does not replace it, unless the person says so
    person.open()
    person.tab_to("#title")
    person.keys("Another house")
    person.press("begin")
    assert not browser.find_element(By.ID, "keep-here").is_selected()
    assert TITLE in browser.find_element(By.ID, "kept-when").text
    person.open()
    WebDriverWait(browser, 30).until(lambda one: one.find_element(By.ID, "kept").is_displayed())
    person.tab_to("#forget")
    person.keys(Keys.ENTER)
    assert browser.execute_script("return localStorage.length") == 0
    assert not browser.find_element(By.ID, "kept").is_displayed()


def test_a_server_that_is_gone_loses_nothing(person: Person, browser: WebDriver) -> None:
    begin(person)
    person.skip_to(LEAVING)
    person.tick("yes")
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", {**ONLINE, "offline": True})
    person.tab_to('button[value="answer"]')
    person.keys(Keys.ENTER)
    WebDriverWait(browser, 30).until(lambda one: one.find_elements(By.ID, "unanswered"))
    assert "Nothing is lost" in person.all_text() and person.heading == LEAVING
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", ONLINE)
    person.press("answer")
    assert "leaving-restricted: yes" in person.form
    complaints(browser)


def test_without_scripts_all_is_there_but_keeping(person: Person, browser: WebDriver) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})

    def click(button: str) -> None:
        with next_page(browser):
            browser.find_element(By.CSS_SELECTOR, button).click()

    try:
        person.open()
        browser.find_element(By.ID, "title").send_keys(TITLE)
        click('button[value="begin"]')
        browser.find_element(By.CSS_SELECTOR, 'input[value="identified-victim"]').click()
        click('button[value^="tell-people"]')
        click('button[value="skip"]')
        click('button[value="back"]')
        assert not browser.find_element(By.ID, "keep").is_displayed()
        click('button[value="check"]')
        assert person.heading == "Check your answers"
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def screens(person: Person) -> Iterator[str]:
    """A screen of every kind, one after the other."""
    yield "start"
    person.tab_to("#title")
    person.keys(TITLE)
    person.press("begin")
    yield "people"
    person.tick("identified-victim", "female", "male")
    person.tab_to("#split-no")
    person.keys(*[Keys.ARROW_DOWN] * 4)
    person.press("tell-people people")
    yield "facts"
    person.skip_to(LEAVING)
    person.press("answer")
    person.tick("yes", "locked-door")
    for summary in person.browser.find_elements(By.CSS_SELECTOR, "main summary"):
        summary.send_keys(Keys.ENTER)
    yield "problem"
    person.press("another")
    yield "question"
    person.press("check")
    yield "check"


@pytest.mark.works_with(
    "axe-core",
    room="site",
    tried="a screen of each kind of the interview in Chromium, light and dark, wide and narrow",
    result="finds no violation",
)
def test_axe_finds_no_violation_and_nothing_is_cut_off(person: Person, browser: WebDriver) -> None:
    found = {}
    for name in screens(person):
        for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390)):
            with emulated(browser, scheme, width):
                if wrong := violations(browser, scheme):
                    found[name, scheme, width] = wrong
                wide = browser.execute_script("return document.documentElement.scrollWidth")
                assert wide <= width, name
    assert found == {}


def test_pages_of_every_kind_are_valid(
    person: Person, browser: WebDriver, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("screens")
    for name in screens(person):
        (folder / f"{name}.html").write_text(f"<!DOCTYPE html>{browser.page_source}", "utf-8")
    told = html_messages(sorted(folder.glob("*.html")))
    assert [(one["url"], one["message"]) for one in told] == []


def test_answers_are_printed(person: Person, browser: WebDriver) -> None:
    *_, last = screens(person)
    assert last == "check"
    text = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in sheets(browser)))
    assert "Check your answers" in text and "Yes: locked doors" in text
    assert "What your answers come to so far" in text
    assert "Change" not in text and "Save as YAML" not in text
