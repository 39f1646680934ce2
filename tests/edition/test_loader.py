"""What an edition needs, and what is said where it is not there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.edition import read_edition, source_keys, to_akoma_ntoso
from hrge_kg.edition.loader import first_day
from hrge_kg.errors import InputError
from hrge_kg.namespaces import SOURCE
from hrge_kg.resources import FOLDERS, root

KEY = "toolkit-1.4"

Changed = Callable[[str], ox.Store]


@pytest.fixture
def changed(without_shapes: list[ox.Quad]) -> Changed:
    """The same after a SPARQL update."""

    def update(text: str) -> ox.Store:
        store = ox.Store()
        store.bulk_extend(without_shapes)
        prefixes = (
            "PREFIX hrge: <https://w3id.org/hrge/ns#> PREFIX dcterms: <http://purl.org/dc/terms/> "
        )
        store.update(prefixes + text)
        return store

    return update


@pytest.mark.parametrize("name", [None, KEY, f"source:{KEY}", SOURCE + KEY])
def test_a_text_is_found_by_each_of_its_names(graph: ox.Store, name: str | None) -> None:
    assert read_edition(graph, name).facts.key == KEY


def test_an_unknown_text_is_refused_with_those_that_there_are(graph: ox.Store) -> None:
    assert source_keys(graph) == [KEY]
    with pytest.raises(InputError, match=f"no such source text. Name one of these: {KEY}"):
        read_edition(graph, "toolkit-9")


@pytest.mark.parametrize(
    ("pattern", "missing"),
    [
        ("GRAPH ?g { ?one hrge:jurisdiction ?two }", "hrge:jurisdiction"),
        ("GRAPH ?g { ?one dcterms:language ?two }", "dcterms:language"),
        ("GRAPH ?g { ?one dcterms:rights ?two }", "dcterms:rights"),
        ("GRAPH ?g { ?one hrge:states hrge:published }", "states hrge:published"),
        ("GRAPH ?g { ?one hrge:states hrge:publisher }", "states hrge:publisher"),
        ("GRAPH ?g { ?one dcterms:modified ?two }", "who made it, and when"),
    ],
)
def test_a_missing_fact_is_named(changed: Changed, pattern: str, missing: str) -> None:
    store = changed(f"DELETE WHERE {{ {pattern} }}")
    with pytest.raises(InputError, match=missing):
        read_edition(store)


def test_a_fact_that_is_not_sure_is_none(changed: Changed) -> None:
    store = changed(
        "DELETE { GRAPH ?g { ?fact hrge:verification ?mark } } "
        "INSERT { GRAPH ?g { ?fact hrge:verification "
        "<https://w3id.org/hrge/id/concept/unverified> } } "
        "WHERE { GRAPH ?g { ?fact hrge:states hrge:publisher ; hrge:verification ?mark } }"
    )
    with pytest.raises(InputError, match="states hrge:publisher"):
        read_edition(store)


def test_a_date_that_is_none_is_refused(changed: Changed) -> None:
    store = changed(
        "DELETE { GRAPH ?g { ?fact hrge:value ?day } } "
        'INSERT { GRAPH ?g { ?fact hrge:value "lately" } } '
        "WHERE { GRAPH ?g { ?fact hrge:states hrge:published ; hrge:value ?day } }"
    )
    with pytest.raises(InputError, match="“lately” is no date"):
        read_edition(store)


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2021-02-03", "2021-02-03"),
        ("2021-02", "2021-02-01"),
        ("2021", "2021-01-01"),
        ("September 2006", "2006-09-01"),
        ("Septembre 2006", None),
        ("2006 or 2007", None),
    ],
)
def test_a_year_or_a_month_begins_with_its_first_day(date: str, day: str | None) -> None:
    assert first_day(date) == day


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The text of a copy of the project, in which it may be changed."""
    for name in FOLDERS:
        shutil.copytree(root() / name, tmp_path / name)
    monkeypatch.setenv("HRGE_ROOT", str(tmp_path))
    return tmp_path / "data" / "sources" / KEY / "text.txt"


def test_another_text_than_that_of_the_graph_is_refused(graph: ox.Store, copy: Path) -> None:
    text = copy.read_text(encoding="utf-8")
    copy.write_text(text.replace("cannot be broken", "cannot be mended"), encoding="utf-8")
    with pytest.raises(InputError, match="not the text that the graph was built from"):
        to_akoma_ntoso(read_edition(graph))


def test_a_character_that_xml_cannot_hold_is_refused_with_its_line(
    graph: ox.Store, copy: Path
) -> None:
    text = copy.read_text(encoding="utf-8")
    copy.write_text(text.replace("cannot be broken", "cannot\x02be broken"), encoding="utf-8")
    with pytest.raises(InputError, match=r"text\.txt:252: the character U\+0002"):
        read_edition(graph)
