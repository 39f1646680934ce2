"""Cards on one screen: never longer, and the words that count are whole."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from hrge_kg.card.builder import CardBuilder, explain
from hrge_kg.card.model import Card
from hrge_kg.card.short_text import LINES, WIDTH, to_short_text
from hrge_kg.cli.main import main
from hrge_kg.graph.names import read_names
from hrge_kg.sparql import select
from hrge_kg.trail.link_graph import load
from hrge_kg.trail.model import UNKNOWN_PARTIES
from hrge_kg.writing import write


@pytest.fixture(scope="module")
def cards(graph: ox.Store) -> dict[str, Card]:
    """The cards of all norms and of every fifth other thing."""
    builder = CardBuilder(graph, load(graph))
    builder.read_all()
    norms = {row["norm"] for row in select(graph, "SELECT ?norm { ?norm a hrge:Norm }")}
    others = sorted(read_names(graph).by_iri)[::5]
    return {iri: builder.card(iri) for iri in sorted({*norms, *others})}


def folded(text: str) -> str:
    return " ".join(text.split())


def test_every_card_fits_a_screen(cards: dict[str, Card]) -> None:
    for iri, card in cards.items():
        lines = to_short_text(card).splitlines()
        assert len(lines) <= LINES, iri
        assert max(map(len, lines)) <= WIDTH, iri
        assert lines[-1].endswith("--full"), iri


def test_the_words_of_a_norm_are_never_cut(cards: dict[str, Card]) -> None:
    looked_at = 0
    for iri, card in cards.items():
        text = folded(to_short_text(card))
        for section in card.sections:
            words = [one for one in section.entries if one.label == "words"]
            if len(words) == 1 and len(words[0].value) < 450:
                looked_at += 1
                assert f"“{folded(words[0].value)}”" in text, iri
    assert looked_at > 100


def test_the_one_authority_is_named_whole(graph: ox.Store) -> None:
    text = folded(to_short_text(explain(graph, "norm:no-mandatory-testing")))
    assert "[provision:rpg-g6-health] · item · soft law" in text


def test_every_part_has_a_line_and_what_is_left_out_is_counted(graph: ox.Store) -> None:
    card = explain(graph, "norm:no-mandatory-testing")
    text = to_short_text(card)
    for section in card.sections:
        assert f"\n{section.heading}\n" in text
    assert "; … 3 more" in text


def test_what_is_not_known_of_parties_stays(graph: ox.Store) -> None:
    assert UNKNOWN_PARTIES in to_short_text(explain(graph, "document:tip"))


def test_the_command_prints_one_screen_or_all(
    graph: ox.Store, capsys: pytest.CaptureFixture[str]
) -> None:
    card = explain(graph, "norm:safe-return")
    assert main(["explain", "norm:safe-return"]) == 0
    assert capsys.readouterr().out == write(card, "short")
    assert main(["explain", "norm:safe-return", "--full"]) == 0
    assert capsys.readouterr().out == write(card, "text")
    assert main(["explain", "norm:safe-return", "--format", "json"]) == 0
    assert capsys.readouterr().out == write(card, "json")
