"""Forms that are changed at random: the JSON Schema accepts and refuses what the reader of forms
accepts and refuses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import yaml
from fixture_outcomes import fixture_paths
from form_acceptance import Accepts, compose, reader_accepting, schema_accepting
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from json_view import BOOLEAN, DECIMAL, NULL, OTHER_BASE, WHOLE, json_of, scalars

from hrge_kg.form.json_schema import json_schema
from hrge_kg.form.slots import SLOTS
from hrge_kg.form.vocabulary import Vocabulary

FORMS = fixture_paths()
FOLDED = (
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
    "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
    "\u2018\u201a\u201b\u2032\u02bc\uff07`\u00b4"
)
"""Hyphens, quotation marks and apostrophes that are read as the plain ones."""

PLAIN = """
yes no true false True FALSE YES nO on off ~ null Null some Some in-part dont-know
women women-2 1 0 7 90 007 -3 +5 0x1f 1.5 0.125 0.0005 1e2 9.0E1 1e-2 999999999 1000000000 .5
2025-03-01 2025-02-29 2024-02-29 2025-13-01 2000-02-29 1900-02-29 0000-01-01 2025-3-1 20250301
days visit practice law child adults AGE my-shelter My_Shelter a--b -a holds x
"""
QUOTED = """
yes|no|true|null|~||90|90.1250|0.1234|1e2|12345678901|2025-03-01| 2025-03-01|some| some|
don't know|Don’t Know |in  part|DOES_NOT APPLY|women|Women|children| Adults|two\nlines|tab\t.
"""
SPELLINGS: list[Callable[[str], str]] = [
    str.upper,
    str.title,
    lambda word: word.replace("-", " "),
    lambda word: word.replace("-", "_ -"),
    lambda word: f"'{word}’",
    lambda word: f"{word}s",
    lambda word: f" {word}",
]
LONG = ["k" * 100, "k" * 101, "word " * 60, "word " * 61, "child" + "'" * 95, "child" + "'" * 96]


def plain(text: str) -> yaml.Node:
    resolve: Callable[..., str] = yaml.SafeLoader("").resolve
    return yaml.ScalarNode(resolve(yaml.ScalarNode, text, (True, False)), text)


def quoted(text: str) -> yaml.Node:
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style='"')


def a_list(items: list[yaml.Node]) -> yaml.Node:
    return yaml.SequenceNode("tag:yaml.org,2002:seq", items)


def a_mapping(pairs: list[tuple[yaml.Node, yaml.Node]]) -> yaml.Node:
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs)


@dataclass(frozen=True)
class Change:
    """What is changed in a form: in which place (counted round), how, and to what.

    All of it is drawn before a form is changed, so that what is drawn never depends on the form.
    """

    how: str
    place: int
    index: int
    key: yaml.Node
    value: yaml.Node
    spelling: Callable[[str], str]
    is_quoted: bool
    times: int

    def make(self, root: yaml.Node) -> None:
        """Change one place of a form: a value, a key or a pair."""
        places = [node for node in collections_of(root) if node.value]
        place = places[self.place % len(places)]
        index = self.index % len(place.value)
        if self.how == "spelling":
            words = [node for node in scalars(root) if node.value]
            word = words[self.place % len(words)]
            word.value = self.spelling(word.value)
            word.style = '"' if self.is_quoted else word.style
        elif self.how == "remove":
            del place.value[index]
        elif isinstance(place, yaml.SequenceNode):
            place.value[index : index + (self.how != "add")] = [self.value]
        else:
            key, value = place.value[index]
            if self.how == "key":
                place.value[index] = (self.key, value)
            elif self.how == "add":
                place.value.append((self.key, self.value))
            elif self.how == "list":
                place.value[index] = (key, a_list([value] * self.times))
            else:
                place.value[index] = (key, self.value)


def any_node(words: list[str]) -> st.SearchStrategy[yaml.Node]:
    """Any nodes: words of the form where they do and do not belong, and lists and mappings."""
    scalar = st.one_of(
        st.sampled_from(PLAIN.split()).map(plain),
        st.sampled_from([*QUOTED.split("|"), *LONG]).map(quoted),
        st.sampled_from(words).map(plain),
        st.text(max_size=3).map(quoted),
    )
    keys = st.sampled_from([*SLOTS, "without", "programme", "title", "on"]).map(plain)
    flat = one_of_these(scalar, keys)
    return one_of_these(flat, keys | scalar)


def one_of_these(
    node: st.SearchStrategy[yaml.Node], keys: st.SearchStrategy[yaml.Node]
) -> st.SearchStrategy[yaml.Node]:
    """A node, or a list or mapping of such."""
    return st.one_of(
        node,
        st.lists(node, max_size=2).map(a_list),
        st.lists(st.tuples(keys, node), max_size=3).map(a_mapping),
    )


@pytest.fixture(scope="module")
def schema_accepts(vocabulary: Vocabulary) -> Accepts:
    return schema_accepting(json.loads(json_schema(vocabulary)))


@pytest.fixture(scope="module")
def reader_accepts(vocabulary: Vocabulary) -> Accepts:
    return reader_accepting(vocabulary)


@pytest.fixture(scope="module")
def changes(vocabulary: Vocabulary) -> st.SearchStrategy[list[Change]]:
    node = any_node(sorted(vocabulary.concepts))
    change = st.builds(
        Change,
        how=st.sampled_from([*["spelling"] * 4, "value", "key", "remove", "add", "list"]),
        place=st.integers(0, 999),
        index=st.integers(0, 99),
        key=node,
        value=node,
        spelling=st.sampled_from(SPELLINGS),
        is_quoted=st.sampled_from([False, False, True]),
        times=st.integers(0, 2),
    )
    return st.lists(change, min_size=1, max_size=2)


def collections_of(node: yaml.Node) -> list[yaml.CollectionNode]:
    """All lists and mappings of a tree."""
    if not isinstance(node, yaml.CollectionNode):
        return []
    parts = (
        [part for pair in node.value for part in pair]
        if isinstance(node, yaml.MappingNode)
        else node.value
    )
    return [node, *(inner for part in parts for inner in collections_of(part))]


def not_shown(root: yaml.Node) -> set[str]:
    """The reasons of JSON_CANNOT_SHOW that may hold for a form."""
    reasons = set()
    for node in scalars(root):
        text, bare = node.value, node.style is None
        if bare and BOOLEAN.fullmatch(text.title()) and text not in ("true", "false"):
            reasons.add("spelling of booleans")
        if bare and NULL.fullmatch(text.title()):
            reasons.add("spelling of null")
        number = any(form.fullmatch(text) for form in (WHOLE, OTHER_BASE, DECIMAL))
        if bare and number and not re.fullmatch(r"(0|[1-9][0-9]*)(\.[0-9]{0,2}[1-9])?", text):
            reasons.add("spelling of numbers")
        if re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", text):
            reasons.add("numbers that can be misread")
        if "%" in text:
            reasons.add("the sign of a unit")
        if any(letter in FOLDED for letter in text):
            reasons.add("characters that are folded")
        if not bare and re.fullmatch("[0-9.]+[eE][+-]?[0-9]+", text):
            reasons.add("exponents")
        if any(ord(letter) > 0xFFFF or not letter.isprintable() for letter in text):
            reasons.add("characters that do not print")
    for mapping in collections_of(root):
        if isinstance(mapping, yaml.MappingNode):
            keys = [key.value for key, _ in mapping.value if isinstance(key, yaml.ScalarNode)]
            if len(keys) < len(mapping.value):
                reasons.add("keys that are no words")
            if len(set(keys)) < len(keys):
                reasons.add("a key twice")
    return reasons


def names_unknown_group(root: yaml.Node, vocabulary: Vocabulary) -> bool:
    """Whether an answer is for a short name that is neither a group nor a kind of people."""
    form = {key.value: value for key, value in root.value if isinstance(key, yaml.ScalarNode)}
    groups = form.get("groups")
    known = (
        {key.value for key, _ in groups.value if isinstance(key, yaml.ScalarNode)}
        if isinstance(groups, yaml.MappingNode)
        else set()
    )
    schemes = [
        dimension.iri.rsplit("/", 1)[1]
        for dimension in vocabulary.dimensions.values()
        if not dimension.of_programme
    ]
    named = [
        node.value
        for mapping in collections_of(root)
        if isinstance(mapping, yaml.MappingNode)
        for key, value in mapping.value
        if key.value == "for"
        for node in scalars(value)
    ]
    return any(
        name not in known and not any(vocabulary.in_scheme(scheme, name) for scheme in schemes)
        for name in named
    )


@pytest.mark.works_with(
    "jsonschema",
    tried="the JSON Schema of the form, on examples, fixtures and forms with mistakes",
    result="accepts what hrge reads and refuses what it refuses, but for what JSON does not show",
)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_changed_form_is_accepted_just_where_the_reader_accepts_it(
    data: st.DataObject,
    changes: st.SearchStrategy[list[Change]],
    vocabulary: Vocabulary,
    schema_accepts: Accepts,
    reader_accepts: Accepts,
) -> None:
    root = compose(data.draw(st.sampled_from(FORMS)).read_text(encoding="utf-8"))
    for change in data.draw(changes):
        change.make(root)
        if not root.value:
            return
    accepted = reader_accepts(root)
    by_schema = schema_accepts(json_of(root))
    event(f"accepted: {accepted}, schema: {by_schema}")
    if accepted != by_schema:
        reasons = not_shown(root)
        event(f"differs for: {sorted(reasons) or 'a group'}")
        assert reasons or (by_schema and names_unknown_group(root, vocabulary)), json_of(root)
