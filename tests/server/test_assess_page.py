"""A description is handed in and its report comes back; nothing is stored, nothing is logged."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from serving import Reply, Served, served

from hrge_kg.assessment.model import Assessment
from hrge_kg.report.formats import to_html, to_json
from hrge_kg.resources import root

EXAMPLE = "closed-shelter"
BOUNDARY = "words-that-do-not-occur"


@pytest.fixture(scope="module")
def assessing(assessor: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that has assessed once; its folder for temporary files is empty."""
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        with served(workers=1) as found:
            yield found
    # What Python starts its processes with has its own folder there, which holds only a socket.
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def _post(server: Served, *parts: tuple[str, bytes], accept: str = "text/html") -> Reply:
    body = b"".join(
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {name}\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, content in parts
    )
    return server.request(
        "/assess",
        method="POST",
        body=body + f"--{BOUNDARY}--\r\n".encode(),
        headers={
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Accept": accept,
        },
        timeout=180,
    )


def _file(path: Path) -> tuple[str, bytes]:
    return f'name="file"; filename="{path.name}"', path.read_bytes()


def _with_name(report: str) -> str:
    """The report as it is where a file has a name and no folder."""
    return report.replace(f"data/programmes/{EXAMPLE}.yaml", f"{EXAMPLE}.yaml")


def _example() -> Path:
    return root() / "data" / "programmes" / f"{EXAMPLE}.yaml"


def test_the_report_is_that_of_the_command(
    assessing: Served, example: Callable[[str], Assessment]
) -> None:
    reply = _post(assessing, _file(_example()))
    assert reply.status == 200, reply.text
    assert "style-src 'sha256-" in reply.headers["content-security-policy"]
    assert reply.headers["cache-control"] == "no-store"
    assert reply.text == _with_name(to_html([example(EXAMPLE)]))
    again = _post(assessing, _file(_example()), accept="application/json")
    assert json.loads(again.body) == json.loads(_with_name(to_json([example(EXAMPLE)])))


def test_a_pasted_description_is_assessed_as_well(assessing: Served) -> None:
    text = _example().read_bytes()
    reply = _post(assessing, ('name="text"', text), ('name="format"', b"yaml"), accept="text/plain")
    assert (reply.status, "Of concern" in reply.text) == (200, True)


@pytest.mark.parametrize(
    ("parts", "status", "words"),
    [
        ([('name="file"; filename="a.yaml"', b"shelterr: yes\n")], 400, "a.yaml:1:"),
        ([('name="file"; filename="a.exe"', b"MZ")], 400, "the ending “.exe” is unknown"),
        ([('name="file"; filename="a.yaml"', b"")], 400, "the file is empty"),
        ([('name="file"; filename="a.yaml"', b"\xff\xfe")], 400, "not UTF-8 text"),
        ([('name="file"; filename="../../etc/passwd"', b"root")], 400, "is unknown"),
        ([('name="text"', b" ")], 400, "Nothing was handed in"),
        ([('name="file"; filename="a.ttl"', b"x" * 5_200_000)], 413, "larger than"),
        ([(f'name="{n}"', b"x") for n in range(9)], 400, "The form cannot be read"),
    ],
    ids=["mistake", "ending", "empty", "bytes", "path", "nothing", "large", "fields"],
)
def test_what_cannot_be_used_is_told(
    parts: list[tuple[str, bytes]], status: int, words: str, assessing: Served
) -> None:
    for accept, media in [("text/html", "text/html"), ("application/json", "text/plain")]:
        reply = _post(assessing, *parts, accept=accept)
        assert (reply.status, words in reply.text) == (status, True), reply.text
        assert reply.headers["content-type"].startswith(media)


def test_words_of_a_description_are_no_markup(assessing: Served) -> None:
    bad = b"<script>alert(1)</script>: yes\n"
    reply = _post(assessing, ('name="file"; filename="<b>.yaml"', bad))
    assert reply.status == 400
    assert "<script>" not in reply.text and "<b>" not in reply.text


def test_a_form_of_another_kind_is_refused(assessing: Served) -> None:
    reply = assessing.request(
        "/assess", method="POST", body=b"a=b", headers={"Accept": "text/plain"}
    )
    assert reply.status == 415
