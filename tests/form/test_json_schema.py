"""The JSON Schema of the form accepts and refuses what the reader of forms accepts and refuses.

JSON_CANNOT_SHOW and OUTSIDE_STRUCTURE name the exceptions, with their reasons.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from fixture_outcomes import fixture_paths
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from json_view import BOOLEAN, DECIMAL, NULL, OTHER_BASE, WHOLE, json_of, scalars
from paths import FIXTURES, ROOT

from hrge_kg.errors import InputError
from hrge_kg.form.json_schema import json_schema
from hrge_kg.form.readers.nodes import FormReader
from hrge_kg.form.slots import SLOTS
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.form.writers.template import template
from hrge_kg.resources import files

SCHEMA = ROOT / "docs" / "schemas" / "form.schema.json"
DESCRIPTIONS = FIXTURES / "descriptions"
FORMS = fixture_paths()
EXAMPLES = files("data/programmes", ".yaml")
VALID = [
    *FORMS,
    *sorted((FIXTURES / "attacks").glob("*.yaml")),
    *sorted((DESCRIPTIONS / "valid").glob("*.yaml")),
]
INVALID = sorted((DESCRIPTIONS / "invalid").glob("*.yaml"))

OUTSIDE_STRUCTURE = {
    "claimed-and-denied": "two answers contradict each other",
    "contradiction": "two answers contradict each other",
    "ends-before-it-begins": "two dates contradict each other",
    "has-and-has-not": "two facts contradict each other",
    "has-and-has-not-broader": "two facts contradict each other, by a broader concept",
    "programme-has-and-has-not": "two facts contradict each other",
    "for-unknown-group": "a schema cannot look up the names of the file's own groups",
    "for-unknown-group-nearest": "a schema cannot look up the names of the file's own groups",
    "reaches-no-group": "whom an answer reaches follows from facts and broader concepts",
    "alias": "JSON shows no aliases",
    "group-twice": "JSON shows a key once",
    "key-twice": "JSON shows a key once",
    "question-twice": "JSON shows a key once",
    "slot-twice": "JSON shows a key once",
}
"""The invalid fixtures that are YAML and that the schema accepts, with the reason."""

JSON_CANNOT_SHOW: dict[str, tuple[str, bool]] = {
    # what the reader refuses and the schema accepts
    "answers: {turned-away: {holds: yes, for: nobody}}": ("the groups of the file", True),
    "title: a\ntitle: b": ("JSON shows a key once", True),
    "answered: {on: 31 June 2022}": ("a pattern has no day too many for June", True),
    "answered: {on: 06.2022}": ("JSON shows a number by its value: 6.2022", False),
    "answered: {on: 2022.0}": ("JSON shows a number by its value", True),
    "answered: Null": ("JSON shows one spelling of null", True),
    "answers: {detention-lasts: {holds: yes, quantity: +9, unit: days}}": (
        "JSON shows a number by its value",
        True,
    ),
    "answers: {detention-lasts: {holds: yes, quantity: 0.0001, unit: days}}": (
        "a schema counts decimals only with binary fractions, which are not exact",
        True,
    ),
    "answers: {detention-lasts: {holds: yes, quantity: '1e20', unit: days}}": (
        "a pattern does not reckon with exponents",
        True,
    ),
    "answers: {detention-lasts: {holds: yes, quantity: 1.125, unit: days}}": (
        "JSON shows a number by its value: 1.1250 is clear",
        True,
    ),
    "answers: {detention-lasts: {holds: yes, quantity: 5%, unit: days}}": (
        "a schema cannot compare the sign with the unit",
        True,
    ),
    'title: "\\u0378"': ("characters that Unicode has not assigned differ by its version", True),
    'title: "\\U000E0001"': ("engines write characters beyond U+FFFF differently", True),
    # what the reader accepts and the schema refuses
    'answers: {turned-away: "no\\n"}': ("likewise: an end of line is read as a space", False),
    "answers: {turned-away: in–part}": (
        "with every dash, space and mark that is folded, the patterns would be too long",
        False,
    ),
    "groups: {'null': {}}\nanswers: {turned-away: {holds: yes, for: [null]}}": (
        "a group that is called null",
        False,
    ),
}
"""Where the schema accepts (or else refuses) what the reader does not: the reason, and whether the
schema accepts it. Each is a body after `programme: p`.
"""

Accepts = Callable[[Any], bool]

FOLDED = (
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
    "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
    "\u2018\u201a\u201b\u2032\u02bc\uff07`\u00b4"
)
"""Hyphens, quotation marks and apostrophes that are read as the plain ones."""


@functools.cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def check_pattern(
    _validator: object, pattern: str, instance: object, _schema: object
) -> list[jsonschema.ValidationError]:
    """As jsonschema does it, but with every pattern compiled once: `re` forgets all but 512."""
    if not isinstance(instance, str) or compiled(pattern).search(instance):
        return []
    return [jsonschema.ValidationError(f"{instance!r} does not match")]


extend: Callable[..., type[jsonschema.Draft202012Validator]] = jsonschema.validators.extend
Validator = extend(jsonschema.Draft202012Validator, {"pattern": check_pattern})


@pytest.fixture(scope="module")
def schema(vocabulary: Vocabulary) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json_schema(vocabulary))
    return made


@pytest.fixture(scope="module")
def schema_accepts(schema: dict[str, Any]) -> Accepts:
    return Validator(schema).is_valid


@pytest.fixture(scope="module")
def reader_accepts(vocabulary: Vocabulary) -> Accepts:
    def accepts(root: yaml.Node) -> bool:
        try:
            FormReader("form.yaml", vocabulary).read(root)
        except InputError:
            return False
        return True

    return accepts


def compose(text: str) -> yaml.Node:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None
    return root


# the committed file


def test_the_committed_schema_is_fresh(vocabulary: Vocabulary) -> None:
    assert SCHEMA.read_text(encoding="utf-8") == json_schema(vocabulary), (
        "run `hrge new --schema > docs/schemas/form.schema.json`"
    )


def test_the_schema_is_small_and_a_schema(schema: dict[str, Any]) -> None:
    assert SCHEMA.stat().st_size <= 300_000
    jsonschema.Draft202012Validator.check_schema(schema)


def test_every_definition_is_used(schema: dict[str, Any]) -> None:
    used = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(schema)))
    assert used == schema["$defs"].keys()


def test_patterns_mean_the_same_in_javascript(schema: dict[str, Any]) -> None:
    """They use only what ECMA-262 and Python share: no group names, flags, \\s or other classes."""
    for pattern in re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(schema)):
        text = json.loads(pattern)
        assert not re.search(r"\(\?(?![=!])|\\(?![untr])", text), text


# forms as they are


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_accepted(path: Path, schema_accepts: Accepts) -> None:
    root = compose(path.read_text(encoding="utf-8-sig"))
    assert schema_accepts(json_of(root))
    assert schema_accepts(json_of(root, yes_is_true=True))


def test_every_valid_fixture_is_accepted(schema_accepts: Accepts) -> None:
    for path in VALID:
        root = compose(path.read_text(encoding="utf-8-sig"))
        assert schema_accepts(json_of(root)), path
        if path.parent.parent.name not in ("norms", "limits"):  # the others say no more of it
            assert schema_accepts(json_of(root, yes_is_true=True)), path


def test_every_form_among_the_fixtures_is_tried() -> None:
    """Forms elsewhere are invalid, or belong to the vocabulary of another section."""
    forms = {
        path
        for path in FIXTURES.rglob("*.yaml")
        if path.read_bytes().startswith(b"programme:") or b"\nprogramme:" in path.read_bytes()
    }
    others = {path for path in forms - set(VALID) if "invalid" not in path.parts}
    assert {path.parent.name for path in others} == {"new-section"}


def test_the_empty_template_is_accepted(vocabulary: Vocabulary, schema_accepts: Accepts) -> None:
    assert schema_accepts(json_of(compose(template(vocabulary))))


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_every_invalid_fixture_of_structure_is_refused(
    path: Path, schema_accepts: Accepts, reader_accepts: Accepts
) -> None:
    try:
        text = path.read_text(encoding="utf-8-sig")
        root = FormReader(path.name, Vocabulary({}, {}, {})).root(text)
    except (UnicodeDecodeError, InputError):
        assert path.stem not in OUTSIDE_STRUCTURE
        return  # not YAML, or with aliases or a depth that hrge does not read: no form as JSON
    assert schema_accepts(json_of(root)) is (path.stem in OUTSIDE_STRUCTURE)


def test_the_exceptions_are_fixtures() -> None:
    assert OUTSIDE_STRUCTURE.keys() <= {path.stem for path in INVALID}


@pytest.mark.parametrize("body", JSON_CANNOT_SHOW)
def test_what_json_cannot_show_is_so(
    body: str, schema_accepts: Accepts, reader_accepts: Accepts
) -> None:
    root = compose(f"programme: p\n{body}")
    _, accepted = JSON_CANNOT_SHOW[body]
    assert schema_accepts(json_of(root)) is accepted
    assert reader_accepts(root) is not accepted


# words


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_word_is_accepted_just_where_the_reader_knows_it(
    data: st.DataObject, schema: dict[str, Any], vocabulary: Vocabulary
) -> None:
    names = sorted(name for name in schema["$defs"] if name.endswith("-word"))
    scheme = data.draw(st.sampled_from(names)).removesuffix("-word")
    concept = data.draw(st.sampled_from(vocabulary.by_scheme[scheme]))
    word = data.draw(st.sampled_from(concept.names))
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(word)))
        new = data.draw(st.sampled_from(["", " ", "-", "_", "'", "’", "a", "K", "\t", "\n", "é"]))
        word = word[:place] + new + word[place + data.draw(st.integers(0, 1)) :]
    word = "".join(data.draw(st.sampled_from([c, c.upper()])) for c in word)
    known = bool(
        word and word.isprintable() and len(word) <= 100 and vocabulary.in_scheme(scheme, word)
    )
    event(f"known: {known}")
    validator = Validator({"$ref": f"#/$defs/{scheme}-word", "$defs": schema["$defs"]})
    assert validator.is_valid(word) is known


@pytest.mark.parametrize(
    "spell",
    [
        str.upper,
        str.title,
        lambda name: name.replace("-", " "),
        lambda name: name.replace("-", "_ -"),
        lambda name: f" {name} ",
        "’".join,
        lambda name: f"'{name}'",
    ],
)
def test_every_name_is_accepted_in_every_family_of_spellings(
    spell: Callable[[str], str], schema: dict[str, Any], vocabulary: Vocabulary
) -> None:
    for name in schema["$defs"]:
        if not name.endswith("-word"):
            continue
        scheme = name.removesuffix("-word")
        accepts = Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]}).is_valid
        for concept in vocabulary.by_scheme[scheme]:
            for word in concept.names:
                assert accepts(spell(word)) is (len(spell(word)) <= 100), spell(word)


@pytest.mark.parametrize("day", ["2025-03", "2025-03-01", "1 March 2025", "03/2025", "2025"])
def test_blanks_around_a_date_are_no_mistake(
    day: str, schema_accepts: Accepts, reader_accepts: Accepts
) -> None:
    for text in (day, f" {day}", f"{day}  ", day.replace("2025", "0000") + " "):
        root = compose(f'programme: p\nanswered: {{on: "{text}"}}')
        assert schema_accepts(json_of(root)) is reader_accepts(root) is ("2025" in text), text


# forms with mistakes

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
