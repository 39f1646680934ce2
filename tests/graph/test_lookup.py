"""Names: what a person types finds the one thing meant, or is refused with the nearest ones."""

import pyoxigraph as ox
import pytest

from hrge_kg.errors import InputError
from hrge_kg.graph.lookup import normalise_name, number, resolve
from hrge_kg.graph.store import open_graph
from hrge_kg.namespaces import expand, shrink
from hrge_kg.sparql import select


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return open_graph()


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("norm:safe-return", "norm:safe-return"),
        ("https://w3id.org/hrge/id/norm/safe-return", "norm:safe-return"),
        ("<https://w3id.org/hrge/id/norm/safe-return>", "norm:safe-return"),
        ("safe-return", "norm:safe-return"),
        (" Safe return ", "norm:safe-return"),
        ("ICCPR 9", "provision:iccpr-article-9"),
        ("iccpr art. 9", "provision:iccpr-article-9"),
        ("article 16(5) Smuggling Protocol", "provision:som-article-16-5"),
        ("Smuggling of Migrants Protocol, article 16 (5)", "provision:som-article-16-5"),
        ("Smuggling Protocol article 16 paragraph 5", "provision:som-article-16-5"),
        ("footnote 58", "passage:toolkit-1.4/footnote-148"),
        ("fn 58", "passage:toolkit-1.4/footnote-148"),
        ("Rantsev", "document:rantsev"),
        ("Rantsev v Cyprus and Russia", "document:rantsev"),
        ("Rantsev para 286", "provision:rantsev-paragraph-286"),
        ("guideline 6.3", "provision:rpg-g6-health"),
        ("6.3", "provision:rpg-g6-health"),
        ("Guideline 6", "provision:rpg-guideline-6"),
        ("article 6", "provision:tip-article-6"),
        ("6. 5.", "provision:rpg-g6-legal-assistance"),
        ("guideline 6 (chapeau)", "provision:rpg-g6-chapeau"),
        ("CRC 12(1)", "provision:crc-article-12-1"),
        ("E/2002/68/Add.1", "document:rpg"),
        ("fact sheet 36", "document:fs36"),
        ("D09", "discrepancy:non-conditionality-tied-to-tip-6"),
        ("covid-19-testing", "limit:covid-19-testing"),
        ("no-mandatory-testing-concern", "hsh:no-mandatory-testing-concern"),
        ("check:no-mandatory-testing", "check:no-mandatory-testing"),
        ("compulsory-test", "hrge:compulsoryTest"),
        ("hiv-test", "c:hiv-test"),
    ],
)
def test_found(store: ox.Store, name: str, thing: str) -> None:
    assert shrink(resolve(store, name)) == thing


def test_a_norm_is_meant_before_the_check_and_the_shape_with_its_key(store: ox.Store) -> None:
    for prefix in ("check", "hsh"):
        assert resolve(store, f"{prefix}:no-mandatory-testing") == expand(
            f"{prefix}:no-mandatory-testing"
        )
    assert resolve(store, "no-mandatory-testing") == expand("norm:no-mandatory-testing")


def test_one_document_under_each_of_its_five_printed_titles(store: ox.Store) -> None:
    """Hard case 13."""
    titles = [
        row["t"]
        for row in select(
            store, "SELECT DISTINCT ?t WHERE { document:rpg hrge:printedAs/hrge:quote ?t }"
        )
    ]
    assert len(titles) == 5
    assert {resolve(store, title) for title in titles} == {expand("document:rpg")}


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("safe-retrun", ["norm:safe-return"]),
        ("norm:safe-retrun", ["norm:safe-return"]),
        ("rantzev", ["document:rantsev"]),
        ("ICCPR 19", ["document:iccpr", "provision:iccpr-article-9"]),
        ("6", ["provision:rpg-guideline-6", "provision:tip-article-6"]),
        ("12(1)(2)", ["provision:crc-article-12-1", "provision:crc-article-12-2"]),
        (
            "mandatory testing",
            ["norm:no-mandatory-testing", "norm:principle-may-exclude-mandatory-testing"],
        ),
    ],
)
def test_refused_with_the_nearest(store: ox.Store, name: str, offered: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        resolve(store, name)
    assert f"“{name}”" in str(caught.value)
    for one in offered:
        assert one in caught.value.remedy


@pytest.mark.parametrize("name", ["a" * 10_000, "1 " * 5_000, "a b " * 2_500])
def test_a_name_that_is_too_long_is_refused_at_once(store: ox.Store, name: str) -> None:
    with pytest.raises(InputError, match="no name is as long") as caught:
        resolve(store, name)
    assert len(str(caught.value)) < 300


def test_what_is_offered_is_called_by_its_label(store: ox.Store) -> None:
    with pytest.raises(InputError, match=r"document:rantsev \(Rantsev v\. Cyprus and Russia\)"):
        resolve(store, "Rantzev")
    with pytest.raises(InputError, match=r"footnote-96 \(footnote 55\)"):
        resolve(store, "footnote 99")


@pytest.mark.parametrize(
    "name", ["", "  ", "xyzzy", "http://[bad", "<a b>", "nothing:here", "🦉", "()", "§"]
)
def test_refused_with_advice(store: ox.Store, name: str) -> None:
    with pytest.raises(InputError) as caught:
        resolve(store, name)
    assert caught.value.remedy


def test_folding() -> None:
    assert normalise_name("Art. 16 (5)") == normalise_name("article 16.5")
    assert normalise_name("victim’s") == normalise_name("victim's")
    assert number("[18]") == number("18")
