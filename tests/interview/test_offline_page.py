"""The form as one HTML file, in Chromium without a network: a person fills it in and saves it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import complaints, emulated, open_file, requests, violations
from programs import html_messages
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from hrge_kg.cli.main import main
from hrge_kg.form.content import FormContent
from hrge_kg.form.readers import read_one
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.form.writers.yaml_writer import to_yaml
from hrge_kg.interview.offline_page import offline_page
from hrge_kg.interview.start import opened
from hrge_kg.resources import files

EXAMPLES = files("data/programmes", ".yaml")


@pytest.fixture(scope="module")
def written(vocabulary: Vocabulary) -> str:
    return offline_page(vocabulary)


@pytest.fixture
def page(written: str, tmp_path: Path) -> Path:
    path = tmp_path / "form.html"
    path.write_text(written, encoding="utf-8")
    return path


@pytest.fixture
def opened_page(browser: WebDriver, page: Path) -> Iterator[WebDriver]:
    """The page in the browser; what is saved lands beside it."""
    folder = {"behavior": "allow", "downloadPath": str(page.parent)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", folder)
    open_file(browser, page)
    browser.execute_script("localStorage.clear()")
    browser.refresh()
    yield browser
    browser.execute_script("localStorage.clear()")


def saved(browser: WebDriver, path: Path) -> str:
    press(browser, "#download")
    until = time.monotonic() + 120  # on a busy machine
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.05)
    return path.read_text(encoding="utf-8")


def press(browser: WebDriver, selector: str) -> None:
    browser.find_element(By.CSS_SELECTOR, selector).send_keys(Keys.ENTER)


def tick(inside: WebDriver | WebElement, word: str) -> None:
    inside.find_element(By.CSS_SELECTOR, f'input[value="{word}"]').send_keys(Keys.SPACE)


def named(inside: WebDriver | WebElement, element: str, text: str) -> list[WebElement]:
    """The elements that can be seen, and whose words begin with a text.

    The browser finds them: to ask it for the words of each element would take seconds.
    """
    path = f'.//{element}[starts-with(normalize-space(), "{text}")]'
    found = inside.find_elements(By.XPATH, path)
    return [one for one in found if one.text.startswith(text)]


def labelled(browser: WebDriver, text: str) -> WebElement:
    [found] = named(browser, "label", text)
    return browser.find_element(By.ID, str(found.get_attribute("for")))


def button(browser: WebDriver | WebElement, text: str) -> WebElement:
    return next(one for one in named(browser, "button", text) if one.text == text)


def fieldset(browser: WebDriver, text: str) -> WebElement:
    [found] = named(browser, "fieldset/legend", text)
    return found.find_element(By.XPATH, "..")


def fill_in(browser: WebDriver) -> None:
    labelled(browser, "What is the programme called?").send_keys('The "old" house')
    tick(browser, "shelter-activity")
    button(browser, "Add a group of people").send_keys(Keys.ENTER)
    labelled(browser, "A short name").send_keys("Women", Keys.TAB)
    people = fieldset(browser, "Which people are in the group?")
    tick(people, "identified-victim")
    tick(people, "status")  # nobody else
    [topic] = named(browser, "details/summary", "Freedom of movement")
    topic.send_keys(Keys.ENTER)
    WebDriverWait(browser, 10).until(lambda one: one.find_elements(By.CSS_SELECTOR, ".answer"))
    question = fieldset(browser, "Is anyone kept from leaving")
    tick(question, "yes")
    tick(question, "locked-door")
    button(question, "Add another answer to this question").send_keys(Keys.ENTER)
    second = question.find_elements(By.CSS_SELECTOR, ".answer")[1]
    tick(second, "no")
    tick(second, "guards")


def test_a_person_fills_it_in_and_hrge_reads_what_is_saved(
    opened_page: WebDriver, page: Path, vocabulary: Vocabulary, capsys: pytest.CaptureFixture[str]
) -> None:
    requests(opened_page)
    fill_in(opened_page)
    text = saved(opened_page, page.parent / "the-old-house.yaml")
    assert 'title: "The \\"old\\" house"\n' in text
    assert "  leaving-restricted:\n    - {holds: yes, of: locked-door}\n" in text
    assert "    - {holds: no, of: guards}\n" in text
    content = opened(read_one(page.parent / "the-old-house.yaml", vocabulary), vocabulary)
    # The list of this question is closed, and no other.
    assert "smuggled-migrant" in content.groups["women"]["without"]
    assert "trafficked-person" not in content.groups["women"]["without"]
    assert main(["validate", str(page.parent / "the-old-house.yaml")]) == 1
    assert "Of concern" in capsys.readouterr().out
    assert [url for url in requests(opened_page) if not url.startswith(("file:", "blob:"))] == []
    assert complaints(opened_page) == []


def test_it_says_that_it_assesses_nothing(opened_page: WebDriver) -> None:
    told = opened_page.find_element(By.TAG_NAME, "main").text
    assert "It assesses nothing" in told and "hrge validate FILE" in told


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_hrge_writes_is_read_and_written_alike(
    path: Path, opened_page: WebDriver, page: Path, vocabulary: Vocabulary
) -> None:
    content = opened(read_one(path, vocabulary), vocabulary)
    text = to_yaml(content)
    given = page.parent / "given.yaml"
    given.write_text(text, encoding="utf-8")
    opened_page.find_element(By.ID, "open").send_keys(str(given))
    again = saved(opened_page, page.parent / f"{content.head['programme'][0]}.yaml")
    assert again == text


def test_a_file_that_it_cannot_read_changes_nothing(opened_page: WebDriver, page: Path) -> None:
    labelled(opened_page, "What is the programme called?").send_keys("Mine")
    for text in ("programme: p\nanswers: &x [*x]\n", "- a\n", "answers:\n  nonsense: yes\n"):
        given = page.parent / "given.yaml"
        given.write_text(text, encoding="utf-8")
        opened_page.find_element(By.ID, "open").send_keys(str(given))
        problems = opened_page.find_element(By.ID, "problems").text
        assert "cannot read the file" in problems
        title = labelled(opened_page, "What is the programme called?")
        assert title.get_attribute("value") == "Mine"


def test_what_would_be_no_description_is_not_saved(opened_page: WebDriver, page: Path) -> None:
    button(opened_page, "Add a group of people").send_keys(Keys.ENTER)
    press(opened_page, "#download")
    problems = opened_page.find_element(By.ID, "problems").text
    assert "The programme has no name." in problems and "A group has no name." in problems
    assert list(page.parent.glob("*.yaml")) == []


def test_answers_are_kept_only_if_the_person_asks(opened_page: WebDriver) -> None:
    fill_in(opened_page)
    assert opened_page.execute_script("return localStorage.length") == 0
    leaving = "return dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert not opened_page.execute_script(leaving)
    opened_page.find_element(By.ID, "keep").send_keys(Keys.SPACE)
    assert opened_page.execute_script(leaving)
    opened_page.refresh()
    title = labelled(opened_page, "What is the programme called?")
    assert title.get_attribute("value") == 'The "old" house'
    opened_page.find_element(By.ID, "keep").send_keys(Keys.SPACE)
    assert opened_page.execute_script("return localStorage.length") == 0


def test_the_command_writes_it(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    assert main(["new", "--format", "html", "-o", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == page.read_text(encoding="utf-8")
    short = tmp_path / "short.html"
    assert main(["new", "--format", "html", "--for", "women=female", "-o", str(short)]) == 0
    assert short.stat().st_size < out.stat().st_size


def test_it_begins_with_the_groups_that_are_given(
    vocabulary: Vocabulary, browser: WebDriver, tmp_path: Path
) -> None:
    head = {"programme": ("p",), "title": ("</script><b>P</b>",)}
    form = FormContent(head, {}, {"women": {"sex": ("female",)}}, ())
    page = tmp_path / "short.html"
    open_file(browser, page, offline_page(vocabulary, form, ["leaving-restricted"]))
    browser.execute_script("localStorage.clear()")
    browser.refresh()
    title = labelled(browser, "What is the programme called?")
    assert title.get_attribute("value") == "</script><b>P</b>"
    [topic] = browser.find_elements(By.CSS_SELECTOR, "details.topic")
    assert "0 of 1 questions answered" in topic.text


@pytest.mark.works_with(
    "axe-core",
    room="site",
    tried="the form as one HTML file in Chromium, filled in, light and dark, wide and narrow",
    result="finds no violation",
)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_no_violation(scheme: str, width: int, opened_page: WebDriver) -> None:
    with emulated(opened_page, scheme, width):
        fill_in(opened_page)
        for summary in opened_page.find_elements(By.CSS_SELECTOR, ".answer summary, .why summary"):
            if summary.is_displayed():
                summary.send_keys(Keys.ENTER)
        assert violations(opened_page) == []
        wide = opened_page.execute_script("return document.documentElement.scrollWidth")
    assert wide <= width


def test_the_file_is_valid(page: Path) -> None:
    told = html_messages([page])
    # It takes no notice of hashes; a browser that refused the style or the script would complain.
    assert [one for one in told if "Content Security Policy" not in str(one["message"])] == []
