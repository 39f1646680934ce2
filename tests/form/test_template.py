"""The template and the JSON Schema of the form follow the vocabulary.

The form reader takes what they allow.
"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from paths import FIXTURES, ROOT

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.errors import InputError
from hrge_kg.form.convert import described, to_fill_in
from hrge_kg.form.json_schema import json_schema
from hrge_kg.form.prefill import prefilled
from hrge_kg.form.readers import read_one
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.form.vocabulary import Vocabulary
from hrge_kg.form.writers.template import template
from hrge_kg.resources import files, root

SCHEMA = ROOT / "docs" / "schemas" / "form.schema.json"


def test_the_empty_template_is_a_form_that_states_nothing(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(template(vocabulary), encoding="utf-8")
    description = read_form(path, vocabulary)
    assert not any(str(p).endswith(("ns#holds>", "ns#has>")) for _, p, _ in description.triples)


def test_the_template_asks_everything(vocabulary: Vocabulary) -> None:
    loaded = yaml.safe_load(template(vocabulary))
    assert set(loaded["answers"]) == set(vocabulary.aspects)
    assert set(loaded["groups"]["my-group"]) == {
        d.key for d in vocabulary.dimensions.values() if not d.of_programme
    } | {"without"}
    text = " ".join(template(vocabulary).replace("#", " ").split())
    for aspect in vocabulary.aspects.values():
        assert aspect.question in text
        assert aspect.why in text
        for quote in aspect.quotes:
            assert f"“{quote}”" in text


def test_the_committed_schema_is_fresh(vocabulary: Vocabulary) -> None:
    assert SCHEMA.read_text(encoding="utf-8") == json_schema(vocabulary), (
        "run `hrge new --schema > docs/schemas/form.schema.json`"
    )


@pytest.mark.parametrize("key", ["answers", "groups"])
def test_the_schema_refuses_an_unknown_key(key: str, vocabulary: Vocabulary) -> None:
    schema = json.loads(json_schema(vocabulary))
    wrong = (
        {"programme": "p", "answers": {"no-such-question": True}}
        if key == "answers"
        else {"programme": "p", "groups": {"g": {"colour": "x"}}}
    )
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema)


class Loader(yaml.SafeLoader):
    """YAML as editors read it (1.2): `on` is a word and a day is a word.

    `yes` and `no` stay what PyYAML makes of them.
    """


Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if not tag.endswith(("timestamp", "bool")) or first in "yYnN"
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_the_schema_takes_the_outcome_fixtures(vocabulary: Vocabulary) -> None:
    validator = jsonschema.Draft202012Validator(
        json.loads(json_schema(vocabulary))
    )  # one for all: checking the schema takes long
    files = sorted((FIXTURES / "outcomes").glob("*.yaml"))
    assert len(files) > 100
    for path in files:
        assert [
            error.message
            for error in validator.iter_errors(yaml.load(path.read_text(encoding="utf-8"), Loader))
        ] == [], path.name


def test_the_schema_takes_the_empty_template(vocabulary: Vocabulary) -> None:
    jsonschema.validate(
        yaml.load(template(vocabulary), Loader), json.loads(json_schema(vocabulary))
    )


def test_examples_name_a_reviewed_outcome_each() -> None:
    examples = {path.stem for path in (root() / "data" / "programmes").glob("*.yaml")}
    assert examples == {path.stem for path in (FIXTURES / "examples").glob("*.csv")}


@pytest.mark.parametrize("path", files("data/programmes", ".yaml"), ids=lambda path: path.stem)
@pytest.mark.parametrize("to", ["yaml", "csv", "xlsx"])
def test_a_form_for_a_description_says_what_it_says_and_asks_what_it_leaves_open(
    path: Path, to: str, assessor: Assessor, tmp_path: Path
) -> None:
    vocabulary = assessor.vocabulary
    form = prefilled([str(path)], vocabulary)
    description = read_form(path, vocabulary)
    asked = assessor.asked(description)
    written = tmp_path / f"again.{to}"
    written.write_bytes(to_fill_in(to, vocabulary, form, asked))
    again = read_one(written, vocabulary)
    assert set(again.triples) == set(description.triples)
    aspects = {aspect.iri: key for key, aspect in vocabulary.aspects.items()}
    open_questions = {
        aspects[question.about]
        for question, _ in assessor.assess(description).questions
        if question.about in aspects
    }
    assert open_questions
    assert open_questions <= set(asked)


def test_a_form_asks_only_what_concerns_the_groups(assessor: Assessor) -> None:
    def asked(*groups: str) -> set[str]:
        form = prefilled(groups, assessor.vocabulary)
        return set(assessor.asked(described(form, "--for", assessor.vocabulary)))

    free_adults, children, everyone = asked("adult,no-return,at-liberty"), asked("child"), asked()
    checked = {check.aspect for norm in assessor.norms for check in norm.checks}
    assert everyone >= {
        key for key, aspect in assessor.vocabulary.aspects.items() if aspect.iri in checked
    }
    assert "representative-appointed" in children - free_adults
    assert free_adults < everyone
    assert asked("adult,no-return,at-liberty", "child") >= free_adults | children


def test_a_form_for_groups_in_words(vocabulary: Vocabulary) -> None:
    form = prefilled(
        ["women=identified-victims,female,Adults", "asylum-seeker;not-seeking-asylum"], vocabulary
    )
    assert form.groups["women"] == {
        "status": ("identified-victim",),
        "sex": ("female",),
        "age": ("adult",),
    }
    assert list(form.groups.values())[1] == {"asylum-seekers": ("some",)}


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["wimmin"], "is no kind of people"),
        (["state-body"], "is no kind of people"),
        (["women="], "is no group"),
        (["Big Name=adult"], "is no group"),
        (["adult", "adult"], "two groups named “adult”"),
        (["a.yaml", "b.csv"], "several files"),
        (["no-such-file.yaml"], "no-such-file.yaml"),
    ],
)
def test_groups_that_are_not_understood_are_refused(
    words: list[str], problem: str, vocabulary: Vocabulary
) -> None:
    with pytest.raises(InputError, match=problem):
        prefilled(words, vocabulary)
