"""The interview over HTTP, without scripts: what is handed in is bounded, and nothing is kept."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from serving import Reply, Served, served

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.relevance import find_relevance
from hrge_kg.form.convert import to_fill_in
from hrge_kg.form.readers import read_file
from hrge_kg.form.relevance import UNKNOWN
from hrge_kg.interview.start import opened
from hrge_kg.parsing.files import HeldFile
from hrge_kg.resources import root

BOUNDARY = "words-that-do-not-occur"
FORM = 'programme: p\ntitle: "A <b>shelter</b>"\ngroups:\n  women: {status: identified-victim}\n'
LOCKED = FORM + "answers:\n  leaving-restricted: {holds: yes, of: locked-door}\n"


@pytest.fixture(scope="module")
def describing(assessor: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that has been asked; its folder for temporary files is empty afterwards."""
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        with served(workers=1) as found:
            yield found
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def post(
    server: Served,
    address: str = "/describe",
    file: tuple[str, bytes] | None = None,
    headers: Mapping[str, str] | None = None,
    **fields: str | list[str],
) -> Reply:
    parts = [
        (f'name="{name}"', one.encode())
        for name, value in fields.items()
        for one in ([value] if isinstance(value, str) else value)
    ]
    if file:
        parts.append((f'name="_file"; filename="{file[0]}"', file[1]))
    body = b"".join(
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {name}\r\n\r\n".encode() + one + b"\r\n"
        for name, one in parts
    )
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Accept": "text/html"}
    return server.request(
        address,
        method="POST",
        body=body + f"--{BOUNDARY}--\r\n".encode(),
        headers={**kind, **(headers or {})},
        timeout=180,
    )


def heading(reply: Reply) -> str:
    [found] = re.findall("<h1[^>]*>(.*?)</h1>", reply.text, re.DOTALL)
    return unescape(found)


def hidden(reply: Reply, name: str) -> str:
    return unescape(re.findall(f'name="{name}" value="([^"]*)"', reply.text)[-1])


def draft(reply: Reply) -> dict[str, Any]:
    """What the form of a screen sends besides the answer."""
    names = ("_form", "_trail", "_step", "_key", "_whom")
    return {name: hidden(reply, name) for name in names}


def test_a_person_without_scripts_comes_from_the_start_to_the_report(describing: Served) -> None:
    start = describing.request("/describe", headers={"Accept": "text/html"}, timeout=180)
    assert (start.status, heading(start)) == (200, "Describe a programme")
    assert start.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in start.headers["content-security-policy"]
    people = post(describing, _act="begin", title="My house", activity="shelter-activity")
    assert heading(people) == "Who is served, held or turned away?"
    question = post(
        describing,
        _form=hidden(people, "_form"),
        _act="tell-people people",
        status=["identified-victim", "presumed-victim"],
        closed="status",
    )
    while hidden(question, "_key") != "leaving-restricted":
        question = post(describing, **draft(question), _act="skip")
    after = post(describing, **draft(question), _act="answer", holds="yes", of="locked-door")
    assert "locked doors" in after.text and "What your answers come to so far" in after.text
    check = post(describing, **draft(after), _act="check")
    assert heading(check) == "Check your answers" and "Yes: locked doors" in check.text
    form = hidden(check, "_form")
    report = post(describing, "/describe/report", _form=form)
    assert report.status == 200 and "My house" in report.text and "Of concern" in report.text
    assert "style-src 'sha256-" in report.headers["content-security-policy"]
    kept = post(describing, "/describe/file", _form=form, _ending="yaml")
    assert kept.headers["content-disposition"] == 'attachment; filename="my-house.yaml"'
    assert kept.text == form


def test_it_is_said_of_whom_a_question_is_asked(describing: Served) -> None:
    """Also where only one of several groups is left: who reads on must not answer for all."""
    path = root() / "data" / "programmes" / "closed-shelter.yaml"
    question = post(describing, file=(path.name, path.read_bytes()), _act="next")
    while hidden(question, "_key") != "leaving-restricted":
        question = post(describing, **draft(question), _act="skip")
    assert "About men<" in question.text and hidden(question, "_whom") == "men"
    after = post(describing, **draft(question), _act="answer", holds="no")
    assert "- {holds: no, for: men}" in hidden(after, "_form")


@pytest.mark.parametrize("ending", ["yaml", "xlsx"])
def test_a_saved_file_is_taken_up_again(ending: str, describing: Served) -> None:
    kept = post(describing, "/describe/file", _form=LOCKED, _ending=ending)
    assert kept.status == 200
    check = post(describing, file=(f"mine.{ending}", kept.body), _act="check")
    assert heading(check) == "Check your answers"
    assert "leaving-restricted: {holds: yes, of: locked-door" in hidden(check, "_form")


def test_a_workbook_has_questions_grey_that_do_not_concern_the_groups(
    describing: Served, assessor: Assessor
) -> None:
    """As `hrge new --format xlsx` has them."""
    kept = post(describing, "/describe/file", _form=LOCKED, _ending="xlsx").body
    [description] = read_file(HeldFile("form.yaml", LOCKED.encode()), assessor.vocabulary)
    form = opened(description, assessor.vocabulary)
    grey, black = (
        to_fill_in("xlsx", assessor.vocabulary, form, relevance=relevance)
        for relevance in (find_relevance(assessor), UNKNOWN)
    )
    assert states(kept) == states(grey) != states(black)


def states(book: bytes) -> list[object]:
    """The formulas that say what a row of the sheet Questions lacks."""
    rows = openpyxl.load_workbook(io.BytesIO(book))["Questions"].iter_rows(values_only=True)
    place = next(rows).index("Check")
    return [row[place] for row in rows]


def test_an_example_is_taken_up(describing: Served) -> None:
    path = root() / "data" / "programmes" / "closed-shelter.yaml"
    check = post(describing, file=(path.name, path.read_bytes()), _act="check")
    assert heading(check) == "Check your answers" and "Act now" in check.text


def test_nothing_is_kept_between_two_requests(describing: Served) -> None:
    before = post(describing, _act="next", _form=FORM)
    post(describing, _act="check", _form=LOCKED.replace("shelter", "secret"))
    after = post(describing, _act="next", _form=FORM)
    assert before.text == after.text and "secret" not in after.text
    assert "secret" not in describing.request("/describe").text


def test_words_of_a_description_are_no_markup(describing: Served) -> None:
    trail = '"><script>alert(1)</script>=x\nage=women'
    for act in ("next", "check", "people women", "start"):
        reply = post(describing, _act=act, _form=FORM, _trail=trail, _whom="<i>")
        assert reply.status == 200
        assert "<b>" not in reply.text and "<script>alert" not in reply.text
        assert "<i>" not in reply.text
    refused = post(describing, _act="begin", title="</title><script>alert(1)</script>\x07")
    assert "<script>alert" not in refused.text and "does not print" in refused.text


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"_act": "next", "_form": "shelterr: yes\n"}, 400, "is unknown here"),
        ({"_act": "next", "_form": "- a\n- b\n"}, 400, "This cannot be used"),
        ({"_act": "next", "_form": "a: &x [*x]\n"}, 400, "This cannot be used"),
        ({"_act": "next", "_form": "[" * 50_000}, 400, "This cannot be used"),
        ({"_act": "next", "_form": "\x00"}, 400, "This cannot be used"),
        ({"_act": "answer", "_form": FORM, "_key": "nonsense"}, 400, "no such question"),
        ({"_act": "check", "_form": FORM.replace("status", "age")}, 400, "This cannot be used"),
        (
            {"_act": "check", "_form": f"{FORM.rstrip()[:-1]}, without: identified-victim}}\n"},
            400,
            "This cannot be used",
        ),
        ({"_act": "next", "_form": "x" * 1_100_000}, 400, "larger than 1 MB"),
        ({f"field-{number}": "x" for number in range(600)}, 400, "The form cannot be read"),
        ({"_act": "next", "_form": FORM, "_step": "9" * 3_000}, 200, ""),
        ({"_act": "next", "_form": FORM, "_number": "-1", "_step": "x"}, 200, ""),
        ({"_act": "next" * 10_000, "_form": FORM}, 200, ""),
        ({"_act": "next", "_form": FORM, "_trail": "age=women\n" * 100_000}, 200, ""),
        ({"_act": "next", "_form": FORM, "_trail": "=\n==\n\u2028"}, 200, ""),
    ],
    ids=[
        *("key", "list", "alias", "deep", "nul", "question", "word", "contradiction", "large"),
        *("fields", "step", "number", "act", "trail", "signs"),
    ],
)
def test_a_hostile_draft_is_refused_or_does_no_harm(
    fields: dict[str, Any], status: int, words: str, describing: Served
) -> None:
    reply = post(describing, **fields)
    assert (reply.status, words in unescape(reply.text)) == (status, True), reply.text[:500]
    assert reply.headers["content-type"].startswith("text/html")


def test_what_is_too_large_or_of_another_kind_is_refused(describing: Served) -> None:
    large = post(describing, _act="next", _form="x" * 5_200_000)
    assert (large.status, "larger than" in large.text) == (413, True)
    for address in ("/describe", "/describe/report", "/describe/file"):
        other = describing.request(address, method="POST", body=b"_act=next")
        assert (other.status, "multipart/form-data" in other.text) == (415, True)
    assert describing.request("/describe/report").status == 404
    file = post(describing, file=("a.exe", b"MZ"), _act="check")
    assert (file.status, "is unknown" in file.text) == (400, True)
    ending = post(describing, "/describe/file", _form=FORM, _ending="exe")
    assert (ending.status, "is kept as" in ending.text) == (400, True)
    assert heading(ending) == "Check your answers" and hidden(ending, "_form")


def test_a_foreign_host_is_refused(describing: Served) -> None:
    assert post(describing, headers={"Host": "x.org"}, _act="next", _form=FORM).status == 400
    assert describing.request("/describe", headers={"Host": "x.org"}).status == 400


def test_a_name_of_a_file_cannot_leave_its_header(describing: Served) -> None:
    form = FORM.replace("programme: p", 'programme: "p"')
    for name in (form, f"{FORM}# programme: a\n", FORM.replace("\n", "\r\n")):
        kept = post(describing, "/describe/file", _form=name, _ending="yaml")
        assert re.fullmatch(
            'attachment; filename="[a-z0-9-]+[.]yaml"', kept.headers["content-disposition"]
        )


def test_no_folder_of_the_project_is_read(describing: Served) -> None:
    path = Path("/etc/passwd")
    reply = post(describing, file=(f"../..{path}.yaml", b"programme: p\n"), _act="check")
    assert "root:" not in reply.text
