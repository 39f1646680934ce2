"""The blind reading of the section against the graph.

Every item and every norm is compared, and what is printed is what the rows give.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from typing import NamedTuple

import pyoxigraph as ox
import pytest
from paths import ROOT

from hrge_kg.namespaces import HRGE, shrink

READINGS = ROOT / "docs" / "records"
COMPARED = (READINGS / "section-compared.md").read_text(encoding="utf-8")
BLIND_LIST = (READINGS / "blind-reading-section.md").read_text(encoding="utf-8")
# How many rows a blind item and a norm have under each relation: one, several, any number, or the
# cell is empty.
RELATIONS = {
    "same": (1, 1),
    "split": (2, 1),
    "merged": (1, 2),
    "part": (None, None),
    "not-encoded": (1, 0),
    "not-in-blind": (0, 1),
}
# A norm that is there since, and of which the comparison said nothing.
NOT_THERE = "not-there"
FOUND = {"same", "split", "merged", "part"}
# Lines whose norms were encoded, and had a blind reading of their own, before this list was
# written.
EARLIER = {*range(86, 119), *range(143, 147), *range(249, 302), 467}
VOICES = {"own": "own-voice"}
THEN = re.compile(r"at the comparison: ([\w-]+)(?:; |$)")

NORMS = f"""PREFIX hrge: <{HRGE}>
SELECT ?norm ?line ?chapeauLine ?words ?operator ?voice ?checkability WHERE {{
  ?norm a hrge:Norm ; hrge:anchor/hrge:line ?line ; hrge:quote ?words ;
    hrge:operator ?operator ; hrge:voice ?voice ; hrge:checkability ?checkability .
  OPTIONAL {{ ?norm hrge:governedBy/hrge:anchor/hrge:line ?chapeauLine }}
}}"""


class Pair(NamedTuple):
    """A row of the comparison."""

    blind: str
    line: str
    norm: str
    relation: str
    note: str


class Norm(NamedTuple):
    """What of a norm is compared by script."""

    line: int
    chapeau_line: int | None
    words: str
    operator: str
    voice: str
    checkability: str


def table(name: str) -> list[dict[str, str]]:
    with (READINGS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


BLIND = {row["id"]: row for row in table("blind-reading-section.csv")}
PAIRS = [Pair(**row) for row in table("blind-reading-section-compared.csv")]


def section(text: str, heading: str) -> list[list[str]]:
    """The rows of the tables under a heading, without their heads."""
    body = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert body, heading
    rows = [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line in body[1].splitlines()
        if line.startswith("|")
    ]
    return [
        row
        for row, after in zip(rows, [*rows[1:], []], strict=True)
        if not (is_rule(row) or is_rule(after))
    ]


def is_rule(row: list[str]) -> bool:
    return bool(row) and not "".join(row).strip("-| ")


def fold(text: str) -> str:
    return (
        re.sub(r"[^\w]+", " ", re.sub("[’‘'\u201c\u201d\"]", "", text.replace("[…]", " ")))
        .strip()
        .lower()
    )


@pytest.fixture(scope="module")
def norms(graph: ox.Store) -> dict[str, Norm]:
    found: dict[str, Norm] = {}
    rows = graph.query(NORMS, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        value = {v.value: row[v].value for v in rows.variables if row[v] is not None}
        name = shrink(value["norm"])
        operator, voice, checkability = (
            shrink(value[key]).removeprefix("c:") for key in ("operator", "voice", "checkability")
        )
        one = Norm(
            int(value["line"]),
            int(value.get("chapeauLine", 0)) or None,
            value["words"],
            operator,
            voice,
            checkability,
        )
        assert found.setdefault(name, one) == one, f"{name} has two of something that is compared"
    return found


def test_every_item_and_every_norm_is_compared(norms: dict[str, Norm]) -> None:
    assert {pair.blind for pair in PAIRS} - {""} == set(BLIND)
    assert {pair.norm for pair in PAIRS} - {""} == set(norms)
    assert len({(pair.blind, pair.norm) for pair in PAIRS}) == len(PAIRS)


def test_the_relation_fits_the_rows() -> None:
    by_blind, by_norm = Counter(pair.blind for pair in PAIRS), Counter(pair.norm for pair in PAIRS)
    for pair in PAIRS:
        norms_of_item, items_of_norm = RELATIONS[pair.relation]
        if pair.relation == "not-encoded":
            assert not pair.norm and by_blind[pair.blind] == 1, pair
        elif pair.relation == "not-in-blind":
            assert not pair.blind and by_norm[pair.norm] == 1, pair
        else:
            assert pair.blind and pair.norm, pair
            assert norms_of_item is None or min(by_blind[pair.blind], 2) == norms_of_item, pair
            assert items_of_norm is None or min(by_norm[pair.norm], 2) == items_of_norm, pair


def test_the_lines_are_those_of_the_graph(norms: dict[str, Norm]) -> None:
    for pair in PAIRS:
        item = BLIND.get(pair.blind)
        if pair.norm:
            norm = norms[pair.norm]
            assert int(pair.line) == norm.line, pair
            if item:
                reach = range(int(item["first_line"]), int(item["last_line"]) + 1)
                assert norm.line in reach or norm.chapeau_line in reach, pair
        else:
            assert item and pair.line == item["first_line"], pair


def share(found: set[str], everything: set[str]) -> str:
    return f"{len(found)} of {len(everything)} ({100 * len(found) / len(everything):.1f} %)"


def at_the_comparison(pair: Pair) -> Pair:
    """The row as it stood then.

    A norm that was written because of the comparison was not found by it.
    """
    before = THEN.match(pair.note)
    if not before:
        return pair
    assert before[1] in {*RELATIONS, NOT_THERE} and before[1] != pair.relation, pair
    return pair._replace(relation=before[1], norm="" if before[1] == "not-encoded" else pair.norm)


def as_then() -> list[Pair]:
    """The rows as they stood then, without those of norms that are there since."""
    then = [at_the_comparison(pair) for pair in PAIRS]
    return [pair for pair in then if pair.relation != NOT_THERE]


def recall(pairs: list[Pair], found: set[str]) -> tuple[str, str]:
    items, named = {pair.blind for pair in pairs} - {""}, {pair.norm for pair in pairs} - {""}
    hits = [pair for pair in pairs if pair.relation in found]
    return share({pair.blind for pair in hits}, items), share({pair.norm for pair in hits}, named)


def test_the_recalls_printed_are_those_of_the_rows() -> None:
    then = as_then()
    before = [pair for pair in then if int(pair.line) in EARLIER]
    after = [pair for pair in then if int(pair.line) not in EARLIER]
    expected = [
        recall(then, FOUND),
        recall(after, FOUND),
        recall(before, FOUND),
        recall(then, {"same"}),
        recall(PAIRS, FOUND),
    ]
    assert [tuple(row[1:]) for row in section(COMPARED, "Recall")] == expected


def test_what_the_other_rows_are_is_printed() -> None:
    of: dict[str, set[str]] = defaultdict(set)
    for pair in as_then():
        of[pair.relation].add(pair.blind or pair.norm)
    for relation in ("part", "split", "not-encoded"):
        assert f"{len(of[relation])} `{relation}`" in COMPARED
    assert f"Norms not in the blind list: {len(of['not-in-blind'])}." in COMPARED
    assert not of["merged"]


def test_every_difference_has_a_row(norms: dict[str, Norm]) -> None:
    tables = {
        name: section(COMPARED, heading)
        for name, heading in {
            "operator": "Operators",
            "voice": "Voice",
            "checkability": "Checkability",
            "substance": "Differences of substance",
        }.items()
    }
    listed = {
        name: {(row[0], row[2]) for row in rows}
        for name, rows in tables.items()
        if name != "substance"
    }
    names = " ".join(" ".join(row) for row in tables["substance"])
    for pair in PAIRS:
        if pair.relation in FOUND:
            item, norm = BLIND[pair.blind], norms[pair.norm]
            differs = {
                "operator": item["operator"].replace(" ", "-") != norm.operator,
                "voice": VOICES.get(item["voice"], item["voice"]) != norm.voice,
                "checkability": item["checkability"] != norm.checkability,
            }
            for what, it_does in differs.items():
                assert not it_does or (pair.blind, pair.norm) in listed[what], (what, pair)
        then = at_the_comparison(pair)
        if then.relation not in ("same", NOT_THERE):  # W104 stands in W099–W104: the norm is named
            assert re.search(rf"{then.norm or then.blind}(?![\w-])", names), pair
    for rows in tables.values():
        assert all(row[-1] for row in rows), "what is not settled says open"


def test_norms_in_sentences_that_the_blind_reader_found_without_one(norms: dict[str, Norm]) -> None:
    sentences = {
        row[0]: fold(row[1])
        for row in section(BLIND_LIST, "Sentences with a modal or deontic word and no norm")
    }
    assert len(sentences) == 27
    found = {
        lines: {name for name, norm in norms.items() if fold(norm.words) in words}
        for lines, words in sentences.items()
    }
    printed = {
        row[0]: set(re.findall(r"norm:[\w-]+", row[1]))
        for row in section(COMPARED, "Sentences with a modal word and no norm")
    }
    assert {lines: named for lines, named in found.items() if named} == printed
