"""YAML gives the same nodes, or the same words of refusal, with libyaml and without it."""

from __future__ import annotations

import random
from collections import Counter

import pytest
import yaml
from paths import FIXTURES, ROOT

from hrge_kg.errors import InputError
from hrge_kg.parsing import yaml_nodes
from hrge_kg.parsing.yaml_nodes import YamlNodes, column_of, line_of

SEED, COUNT = 7, 3_000
SMALL = [
    "a: b\nc: [d, e]\nf:\n- g\n- h: i\n",
    "x: \"y z\"\nk: 'l'\nm: {n: o, p: q}\n",
    "text: |\n  a\n  b\nlong: >\n  c\n",
]
ODD = [*":?!>#{}[],@`%|~='\"\\\t\n\r\a\0\x7f\x85\xa0\u2028\ufeffé😀"]
ODD += ["- ", "!!str ", "&a ", "*a", "---", "...", "yes", "<<", "0x1", "key: {a: b}", "[a, b"]
ODD += ["''", "- - a", "  ", "\n  ", " # c", "|-\n"]

needs_libyaml = pytest.mark.skipif(
    not yaml.__with_libyaml__, reason="PyYAML is installed without libyaml"
)


def read(text: str) -> object:
    """The nodes with their places, or what is wrong."""

    def told(node: yaml.Node) -> object:
        inner = node.value
        if isinstance(inner, list):
            pairs = [one if isinstance(one, tuple) else (one,) for one in inner]
            inner = [tuple(map(told, pair)) for pair in pairs]
        style = getattr(node, "style", None)
        rest = nodes.rest_of_line(node) if isinstance(node, yaml.ScalarNode) else ""
        return node.tag, style, line_of(node), column_of(node), rest, inner

    nodes = YamlNodes("a.yaml")
    try:
        return told(nodes.root(text))
    except InputError as error:
        return str(error)


def changed(draw: random.Random) -> str:
    text = draw.choice(SMALL)
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(text) + 1)
        text = text[:at] + draw.choice(ODD) + text[at + draw.choice([0, 0, 1, 4]) :]
    return text


@needs_libyaml
def test_every_text_is_read_alike_by_both_parsers(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(SEED)
    files = [*ROOT.glob("data/programmes/*.yaml"), *FIXTURES.glob("descriptions/**/*.yaml")]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
    texts += [changed(draw) for _ in range(COUNT)]
    quick = list(map(read, texts))
    monkeypatch.setattr(yaml_nodes, "_QUICK", yaml.SafeLoader)
    assert [text for text, found in zip(texts, quick, strict=True) if found != read(text)] == []
    assert min(Counter(isinstance(found, str) for found in quick).values()) > COUNT / 5


@needs_libyaml
@pytest.mark.parametrize("text", ["a:\t'b'\n", "[a?, b]\n", "[!a,b c]\n", "a\ufeff: b\n"])
def test_what_they_would_read_in_two_ways_is_left_to_the_other(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read(text)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("libyaml read it")

    monkeypatch.setattr(yaml_nodes, "_QUICK", refuse)
    assert read(text) == found


@needs_libyaml
def test_the_quick_parser_reads_the_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    used = []
    parse = yaml.parse

    def noted(content: str, Loader: type) -> object:  # noqa: N803 (PyYAML's name)
        used.append(Loader)
        return parse(content, Loader=Loader)

    monkeypatch.setattr(yaml, "parse", noted)
    paths = sorted(ROOT.glob("data/programmes/*.yaml"))
    for path in paths:
        YamlNodes("a.yaml").root(path.read_text(encoding="utf-8"))
    assert used == [yaml.CSafeLoader] * len(paths)
