"""docs/reference/serve.md says what the server does."""

from __future__ import annotations

import re

from paths import ROOT

from hrge_kg.server import answering, assessing, media
from hrge_kg.server.settings import Settings

PAGE = (ROOT / "docs" / "reference" / "serve.md").read_text(encoding="utf-8")
DEFAULT = Settings()


def _limits() -> dict[str, str]:
    table = PAGE.partition("## Limits")[2].partition("## Open")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", table, re.MULTILINE)
    return dict(rows[1:])


def test_limits_are_those_of_the_settings() -> None:
    def seconds(number: float) -> str:
        return f"{number:g} seconds"

    def megabytes(number: int) -> str:
        return f"{number // 1_000_000:,} MB"

    limits = _limits()
    assert {
        "time of a query": seconds(DEFAULT.query.seconds),
        "memory of a query": megabytes(DEFAULT.query.memory),
        "an answer": megabytes(answering.MOST_BYTES),
        "processes that assess": "1",
        "time of an assessment": seconds(DEFAULT.assessment.seconds),
        "memory of an assessment": megabytes(DEFAULT.assessment.memory),
        "requests that wait, first come, first served": str(DEFAULT.waiting),
        "time that a request waits": seconds(DEFAULT.seconds_waiting),
        "answers that clients have not yet read, together": megabytes(DEFAULT.bytes_sending),
        "connections": str(DEFAULT.connections),
        "time for a request to come, with its body": seconds(DEFAULT.seconds_to_receive),
        "time that an idle connection stays open": seconds(DEFAULT.seconds_idle),
        "first line and headers of a request": f"{DEFAULT.head // 1_000} kB",
    }.items() <= limits.items()
    assert limits["time to read an answer"].startswith(seconds(DEFAULT.seconds_to_send))
    assert limits["a query that is posted"].startswith(f"{DEFAULT.query_body // 1_000:,} kB")
    assert limits["a description that is posted"].startswith(f"{DEFAULT.upload_body // 1_000:,} kB")


def test_an_answer_fits_in_what_a_process_may_return() -> None:
    assert answering.MOST_BYTES < DEFAULT.query.output < DEFAULT.query.memory


def test_formats_are_named_in_their_order() -> None:
    for offered in (media.RESULTS, media.GRAPHS):
        assert f"| {', '.join(f'`{name}`' for name in offered)} |" in PAGE
    for name in assessing.WRITERS:
        assert f"`{name}`" in PAGE
    assert f"at most {answering.MOST_SHOWN} rows" in PAGE


def test_the_address_and_the_names_are_those_of_the_settings() -> None:
    assert f"http://{DEFAULT.host}:{DEFAULT.port}/" in PAGE
    assert ", ".join(f"`{name}`" for name in DEFAULT.names) in " ".join(PAGE.split())
