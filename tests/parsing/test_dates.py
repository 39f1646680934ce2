"""Dates as people write them: read where only one day, month or year can be meant, else refused."""

from __future__ import annotations

import datetime

import pytest

from hrge_kg.parsing.dates import MONTHS, date_problem, read_date


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2019", "2019"),
        ("2019-06", "2019-06"),
        ("2019-06-01", "2019-06-01"),
        ("June 2019", "2019-06"),
        ("  june,  2019 ", "2019-06"),
        ("Jun. 2019", "2019-06"),
        ("Sept 2019", "2019-09"),
        ("JUN-2019", "2019-06"),
        ("2019 June", "2019-06"),
        ("12 June 2019", "2019-06-12"),
        ("June 12, 2019", "2019-06-12"),
        ("12th of June 2019", "2019-06-12"),
        ("1-Jun-2019", "2019-06-01"),
        ("06/2019", "2019-06"),
        ("6.2019", "2019-06"),
        ("2019/06", "2019-06"),
        ("2019/6/1", "2019-06-01"),
        ("13/04/2019", "2019-04-13"),
        ("04/13/2019", "2019-04-13"),
        ("04/04/2019", "2019-04-04"),
        ("29 February 2020", "2020-02-29"),
    ],
)
def test_one_meaning_is_read(written: str, read: str) -> None:
    assert read_date(written) == read
    assert date_problem(written) is None


@pytest.mark.parametrize("written", ["03/04/2019", "3.4.2019", "3-4-2019", "12/11/2019"])
def test_two_meanings_are_refused_with_a_choice(written: str) -> None:
    assert read_date(written) is None
    problem = date_problem(written)
    assert problem is not None
    why, choice = problem
    assert "can be read as" in why
    assert choice.startswith("Write 2019-")
    assert " or 2019-" in choice


@pytest.mark.parametrize(
    "written",
    [
        "",
        "June",
        "12 June",
        "June 19",
        "12/06",
        "12/06/19",
        "31 June 2019",
        "29 February 2019",
        "2019-13",
        "13/2019",
        "13/13/2019",
        "summer 2019",
        "about June 2019",
        "since 2019",
        "June-July 2019",
        "2019-2020",
        "2019.06",
        "0000",
        "0000-06",
        "June 0000",
        "Juneteenth 2019",
        "mayor 2019",
        "٢٠١٩",
    ],
)
def test_whatever_else_is_no_date(written: str) -> None:
    assert read_date(written) is None
    assert date_problem(written) is None


def test_every_month_is_known_by_its_name_and_its_first_letters() -> None:
    for number, month in enumerate(MONTHS, 1):
        assert month == datetime.date(2019, number, 1).strftime("%B").lower()
        for name in (month, month[:3], month.upper(), month[:3].title() + "."):
            assert read_date(f"{name} 2019") == f"2019-{number:02}"
