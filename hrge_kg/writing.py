"""One function that writes any result of the library: tables, triples, assessments, trails, cards.

>>> write(True, "json")
'{"head":{},"boolean":true}'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from .card.model import Card
from .errors import InputError
from .tables.model import Table, Triples
from .trail.model import Trail

if TYPE_CHECKING:
    from .assessment.model import Assessment

Writable: TypeAlias = "Table | Triples | bool | Assessment | Sequence[Assessment] | Trail | Card"


def write(result: Writable, format: str, *, annex: bool = False, language: str = "en") -> str:
    """A result in one of the formats that its kind has; the command writes the same.

    A list of assessments becomes one report. `annex` adds every finding in full to a report for
    people; `language` is the tag of a language in which its frame is written. Raises InputError for
    a format that the kind does not have, naming those that it has, for an annex or another language
    of anything else, and where a library of an extra is missing; TypeError for anything that is no
    result.
    """
    kind, writers = _writers(result, annex=annex)
    if language != "en":
        return _in_language(result, format, language, annex=annex)
    writer = writers.get(format)
    if writer is None:
        raise InputError(
            f"format “{format}”",
            f"{kind} is not written in this format{' with an annex' if annex else ''}",
            f"Use one of {', '.join(writers)}." if writers else "Leave out the annex.",
        )
    return writer()


# The writers are imported when they are needed: a table does not wait for those of a trail.
def _writers(result: Writable, *, annex: bool) -> tuple[str, Mapping[str, Callable[[], str]]]:
    """What a result is, in words, and its writers by format."""
    if annex and isinstance(result, (bool, Triples, Table, Trail, Card)):
        return "anything but an assessment", {}
    if isinstance(result, bool):
        return "yes or no", _table_writers(result, ("table", "json", "xml"))
    if isinstance(result, Triples):
        return "a set of triples", _table_writers(result, ("ttl",))
    if isinstance(result, Table):
        return "a table", _table_writers(result, ("table", "csv", "tsv", "json", "xml"))
    if isinstance(result, Trail):
        return "a trail", _trail_writers(result)
    if isinstance(result, Card):
        return "a card", _card_writers(result)
    return "an assessment", _report_writers(_assessments(result), annex=annex)


def _assessments(result: object) -> list[Assessment]:
    from .assessment.model import Assessment

    if isinstance(result, Assessment):
        return [result]
    if isinstance(result, Iterable):
        assessments = list(result)
        if assessments and all(isinstance(each, Assessment) for each in assessments):
            return assessments
    raise TypeError(
        "write() takes a table, triples, a bool, a trail, a card, an assessment or a list of "
        f"assessments, not {type(result).__name__}"
    )


def _in_language(result: Writable, format: str, tag: str, *, annex: bool) -> str:
    """A report for people in another language."""
    from .languages.catalogue import find_language
    from .report.formats import WITH_LANGUAGE

    language = find_language(tag)
    kinds = (bool, Triples, Table, Trail, Card)
    if isinstance(result, kinds) or format not in WITH_LANGUAGE:
        raise InputError(
            f"language “{tag}”",
            "only the report for people is translated",
            f"Use one of {', '.join(WITH_LANGUAGE)}, or leave the language out.",
        )
    annexed = {"annex": True} if annex else {}
    return WITH_LANGUAGE[format](_assessments(result), language=language, **annexed)


def _table_writers(
    result: Table | Triples | bool, formats: Iterable[str]
) -> dict[str, Callable[[], str]]:
    from .tables.writers import write as write_table

    return {name: partial(write_table, result, name) for name in formats}


def _trail_writers(trail: Trail) -> dict[str, Callable[[], str]]:
    from .trail.writers import WRITERS

    return {name: partial(writer, trail) for name, writer in WRITERS.items()}


def _card_writers(card: Card) -> dict[str, Callable[[], str]]:
    from .card.brief import to_html
    from .card.short_text import to_short_text
    from .card.writers import to_json, to_text

    writers = {"text": to_text, "short": to_short_text, "json": to_json, "brief": to_html}
    return {name: partial(writer, card) for name, writer in writers.items()}


def _report_writers(assessments: list[Assessment], *, annex: bool) -> dict[str, Callable[[], str]]:
    from .report.formats import WITH_ANNEX, WRITERS

    writers = WITH_ANNEX if annex else WRITERS
    return {name: partial(writer, assessments) for name, writer in writers.items()}
