"""The JSON Schema of the form accepts and refuses what the reader of forms accepts and refuses.

JSON_CANNOT_SHOW and OUTSIDE_STRUCTURE name the exceptions, with their reasons.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from fixture_outcomes import fixture_paths
from form_acceptance import Accepts, compose, reader_accepting, schema_accepting
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from json_view import json_of
from paths import FIXTURES, ROOT

from hrge_kg.errors import InputError
from hrge_kg.form.json_schema import json_schema
from hrge_kg.form.readers.nodes import FormReader
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


@pytest.fixture(scope="module")
def schema(vocabulary: Vocabulary) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json_schema(vocabulary))
    return made


@pytest.fixture(scope="module")
def schema_accepts(schema: dict[str, Any]) -> Accepts:
    return schema_accepting(schema)


@pytest.fixture(scope="module")
def reader_accepts(vocabulary: Vocabulary) -> Accepts:
    return reader_accepting(vocabulary)


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
    accepts = schema_accepting({"$ref": f"#/$defs/{scheme}-word", "$defs": schema["$defs"]})
    assert accepts(word) is known


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
        accepts = schema_accepting({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})
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
