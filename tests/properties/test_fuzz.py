"""Whatever is handed in is read or refused in words, in little time, and reaches nothing.

`make fuzz` tries 5,000 inputs of each kind, led by coverage. Here are those on which hrge failed
once, or might have (tests/corpus/), and some that are drawn with a fixed seed.
"""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator
from pathlib import Path

import fuzz_kinds
import pyoxigraph as ox
import pytest
from fuzz import KINDS
from fuzz_kinds import CORPUS, Fuzzed

SEED, DRAWN = 18, 20
KEPT = sorted(path for path in CORPUS.glob("*/*"))


@pytest.fixture(scope="module")
def fuzzed(assessor: object) -> Iterator[Fuzzed]:
    """One for all tests of this module."""
    with Fuzzed() as made:
        yield made


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_stays_mended(path: Path, fuzzed: Fuzzed) -> None:
    fuzzed.take(path.parent.name, path.read_bytes())


def mutant(data: bytes, words: list[bytes], draw: random.Random) -> bytes:
    """An input with a part left out, doubled or replaced, up to four times."""
    for _ in range(draw.randint(1, 4)):
        start = draw.randrange(len(data) + 1)
        end = min(len(data), start + draw.choice((0, 1, 4, 30, 300)))
        part = draw.choice([b"", data[start:end] * 2, draw.choice(words), draw.randbytes(2)])
        data = data[:start] + part + data[end:]
    return data


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_handed_in_is_read_or_refused(kind: str, fuzzed: Fuzzed) -> None:
    draw = random.Random(f"{SEED} {kind}")
    words = [word.encode() for word in fuzzed.kinds[kind].words] or [b"\xff"]
    seeds = fuzzed.kinds[kind].seeds()
    read = [fuzzed.take(kind, mutant(draw.choice(seeds), words, draw)) for _ in range(DRAWN)]
    assert any(fuzzed.take(kind, seed) for seed in seeds[:5])
    assert not all(read) or kind in ("rule", "csv", "xlsx", "source")


def test_what_is_met_is_looked_at(fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The judgement of what is met is seen at work, right and wrong."""
    monkeypatch.setattr(fuzz_kinds, "ASSESSED", 1)
    seeds = fuzzed.kinds["yaml"].seeds()
    for seed in seeds[:12]:
        fuzzed.take("yaml", seed)
    assert fuzzed.met > 0
    monkeypatch.setattr(fuzz_kinds, "HRGE", lambda name: ox.NamedNode(f"urn:{name}"))
    with pytest.raises(AssertionError):
        assert [fuzzed.take("yaml", seed) for seed in seeds[:12]] == []


def test_reaching_out_is_seen(fuzzed: Fuzzed, monkeypatch: pytest.MonkeyPatch) -> None:
    address = fuzzed._listener.getsockname()

    def connect(_: bytes) -> None:
        socket.create_connection(address).close()

    kind = fuzz_kinds.Kind(list, connect)
    monkeypatch.setattr(fuzzed, "kinds", {"open": kind})
    with pytest.raises(AssertionError, match="reached out"):
        fuzzed.take("open", b"")
