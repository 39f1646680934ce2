"""Dates as people write them: a day, a month or a year, read as it is exact, or refused.

What can be read in two ways is never guessed: in many countries 03/04/2019 is a day in April, in
others one in March.

>>> read_date("June 2019"), read_date("06/2019"), read_date("13/04/2019"), read_date("2019")
('2019-06', '2019-06', '2019-04-13', '2019')
>>> read_date("03/04/2019") is read_date("31 June 2019") is read_date("summer 2019") is None
True
"""

from __future__ import annotations

import datetime
import re

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
SHORT = 3
"""So many letters of a month are enough."""
_SEPTEMBER = "sept"
_AND = "[ ,./-]{1,3}"
_DAY = "(0?[1-9]|[12][0-9]|3[01])"
_NO_MONTH = "(1[3-9]|2[0-9]|3[01])"
_NUMBER = "(0?[1-9]|1[0-2])"
_YEAR = "([0-9]{4})"
AS_IN_THE_FORM = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
"""A day as the form has it; whether there is such a day, no pattern tells."""
_SIGN = " ?[/.-] ?"


def month_names() -> tuple[str, ...]:
    """Every name by which a month is known, in small letters; the longer ones come first."""
    names = {name for month in MONTHS for name in (month, month[:SHORT])} | {_SEPTEMBER}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def spellings(month: str) -> dict[str, str]:
    """Patterns of all that is read besides days as the form has them.

    The keys are the parts in order: `y`, `m` (`M`: its name) and `d`. `month` is the pattern of the
    names of months.
    """
    same = "|".join(f"0?{one}{_SIGN}0?{one}" for one in range(1, 13))
    day = f"{_DAY}(?:st|nd|rd|th)?(?: of)?"
    return {
        "y": _YEAR,
        "y-m": f"{_YEAR} ?[/-] ?{_NUMBER}",
        "y-m-d": f"(?!{AS_IN_THE_FORM}$){_YEAR}{_SIGN}{_NUMBER}{_SIGN}{_DAY}",
        "m-y": f"{_NUMBER}{_SIGN}{_YEAR}",
        "d-m-y": f"{_NO_MONTH}{_SIGN}{_NUMBER}{_SIGN}{_YEAR}",
        "m-d-y": f"{_NUMBER}{_SIGN}{_NO_MONTH}{_SIGN}{_YEAR}",
        "x-y": f"({same}){_SIGN}{_YEAR}",
        "M-y": f"{month}{_AND}{_YEAR}",
        "y-M": f"{_YEAR}{_AND}{month}",
        "d-M-y": f"{day}{_AND}{month}{_AND}{_YEAR}",
        "M-d-y": f"{month}{_AND}{day}{_AND}{_YEAR}",
        "y-M-d": f"{_YEAR}{_AND}{month}{_AND}{_DAY}",
    }


_PATTERNS = {
    order: re.compile(pattern, re.IGNORECASE)
    for order, pattern in spellings(f"({'|'.join(month_names())})").items()
}
_EITHER = re.compile(f"{_NUMBER}{_SIGN}{_NUMBER}{_SIGN}{_YEAR}")


def read_date(text: str) -> str | None:
    """The day, month or year as YYYY-MM-DD, as exact as it is written; None if it is not clear."""
    folded = " ".join(text.split())
    if re.fullmatch(AS_IN_THE_FORM, folded):
        return _iso(dict(zip("ymd", folded.split("-"), strict=True)))
    for order, pattern in _PATTERNS.items():
        if match := pattern.fullmatch(folded):
            if order == "x-y":  # 04/04/2019
                both = re.findall("[0-9]+", match[1])[0]
                return _iso({"d": both, "m": both, "y": match[2]})
            return _iso(dict(zip(order.split("-"), match.groups(), strict=True)))
    return None


def date_problem(text: str) -> tuple[str, str] | None:
    """Why a date can be misread, and how to write it; None where it cannot.

    >>> date_problem("3/4/2019")[0]
    '“3/4/2019” can be read as 2019-03-04 and as 2019-04-03'
    """
    match = _EITHER.fullmatch(" ".join(text.split()))
    if not match or int(match[1]) == int(match[2]):
        return None
    pair = (int(match[1]), int(match[2]))
    days = [f"{match[3]}-{month:02}-{day:02}" for month, day in (pair, pair[::-1])]
    choices = " or ".join(f"{one} for {_in_words(one)}" for one in sorted(days))
    return f"“{text}” can be read as {' and as '.join(sorted(days))}", f"Write {choices}."


def _iso(parts: dict[str, str]) -> str | None:
    """The date of these parts; None where there is no such day."""
    month = _month(parts["M"]) if "M" in parts else int(parts.get("m", 0))
    numbers = [f"{one:02}" for one in (month, int(parts.get("d", 0))) if one]
    try:
        datetime.date.fromisoformat("-".join([parts["y"], *[*numbers, "01", "01"][:2]]))
    except ValueError:
        return None
    return "-".join([parts["y"], *numbers])


def _month(name: str) -> int:
    return [month[:SHORT] for month in MONTHS].index(name.lower()[:SHORT]) + 1


def _in_words(date: str) -> str:
    year, month, day = date.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1].capitalize()} {year}"
