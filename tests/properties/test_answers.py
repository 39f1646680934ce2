"""Every answer is heard, and nothing is said of it that was not stated.

No answer of a file is without a row, none stands only in JSON; and every word of a message that
rests on a statement is licensed by that statement. The fixtures hold their messages to it one by
one (support/fixture_outcomes.py); here it is every message that any shape could give on drawn
answers. (HRGE_WORDS: seed and count)
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from generated import drawn
from licensed import Licence, unlicensed
from paths import FIXTURES
from report_pages import under

from hrge_kg.assessment.answer_fates import Fate, answer_fates
from hrge_kg.assessment.answers import Answers
from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.model import Assessment
from hrge_kg.assessment.norm_loader import load_limits
from hrge_kg.assessment.shacl import OutcomeShape, Result, outcome_shapes
from hrge_kg.assessment.wording import Messages
from hrge_kg.form.readers.yaml_reader import parse_form, read_form
from hrge_kg.namespaces import HRGE, RDF_TYPE, kebab, local_name, term_text
from hrge_kg.report import formats
from hrge_kg.report.compose import compose
from hrge_kg.report.issues import find_reviews
from hrge_kg.report.told import sentence
from hrge_kg.resources import root

SEED, COUNT = (int(word) for word in os.environ.get("HRGE_WORDS", "2027 60").split())
EXAMPLES = sorted((root() / "data" / "programmes").glob("*.yaml"))
SAMPLE = [
    *EXAMPLES,
    *random.Random(2027).sample(sorted((FIXTURES / "outcomes").glob("*.yaml")), 8),
    *random.Random(2027).sample(sorted((FIXTURES / "norms").glob("*/*.yaml")), 24),
]
every = pytest.mark.parametrize("path", SAMPLE, ids=lambda path: f"{path.parent.name}-{path.stem}")


@pytest.fixture(scope="module")
def assess(assessor: Assessor) -> Callable[[Path], Assessment]:
    """Each description assessed once."""

    @cache
    def once(path: Path) -> Assessment:
        return assessor.assess(read_form(path, assessor.vocabulary))

    return once


def statements(assessment: Assessment) -> list[str]:
    """The keys of all statements of a description, as its file has them."""
    description = assessment.description
    found = {
        term_text(subject)
        for subject, predicate, value in description.triples
        if predicate == RDF_TYPE and value == HRGE("Statement")
    }
    return [place.key for iri, place in description.places.items() if iri in found]


@every
def test_no_answer_is_without_a_row_and_none_is_only_in_json(
    path: Path, assess: Callable[[Path], Assessment]
) -> None:
    assessment = assess(path)
    (made,) = json.loads(formats.to_json([assessment]))
    answers = made["answers"]
    assert all(answer["effects"] for answer in answers)
    stated = [one["location"]["key"] for one in answers if "/statement/" in one["statement"]]
    assert sorted(stated) == sorted(statements(assessment))
    own = {one["location"]["key"] for one in answers} - set(stated)
    assert own <= {f"groups.{label}" for label in assessment.groups.values()}
    lines = [answer["location"]["line"] for answer in answers]
    assert lines == sorted(lines)

    texts = under(compose(assessment), "What became of each of your answers", 2)
    for text, answer, made_of in zip(texts, answers, assessment.answers, strict=True):
        assert text.startswith(sentence(made_of))
        assert f"line {answer['location']['line']})" in text
    for write in (formats.to_text, formats.to_markdown, formats.to_html):
        assert "what became of each of your answers" in write([assessment]).lower()

    rows = csv.DictReader(io.StringIO(formats.to_answers_csv([assessment])))
    in_table = {(row["key"], row["line"], row["question"], row["fate"]) for row in rows}
    assert in_table == {
        (
            one["location"]["key"],
            str(one["location"]["line"]),
            one["question"],
            effect["fate"],
        )
        for one in answers
        for effect in one["effects"]
    }


@pytest.mark.parametrize(("holds", "shows"), [("yes", "yesShows"), ("no", "noDenies")])
def test_an_answer_that_says_who_people_are_is_told_as_such(
    holds: str, shows: str, assessor: Assessor, graph: ox.Store
) -> None:
    quads = graph.quads_for_pattern(None, ox.NamedNode(HRGE + shows), None, None)
    telling = {kebab(local_name(term_text(quad.subject))) for quad in quads}
    asked = {key for key, one in assessor.vocabulary.aspects.items() if key in telling}
    assert asked == telling and telling
    lines = [f"  {key}: {{holds: {holds}}}" for key in sorted(telling)]
    text = "\n".join(
        ["programme: a-shelter", "title: A shelter", "groups:", "  people:", "answers:", *lines]
    )
    assessment = assessor.assess(parse_form(text, "a-shelter.yaml", assessor.vocabulary))
    told = {
        kebab(local_name(fate.answer.aspect))
        for fate in answer_fates(assessment)
        if any(effect.fate == Fate.TELLS_WHO for effect in fate.effects)
    }
    assert told == telling


@every
def test_an_answer_is_met_or_of_concern_as_the_norm_is(
    path: Path, assess: Callable[[Path], Assessment]
) -> None:
    """A row never says met, or of concern, of a norm that comes out otherwise."""
    (made,) = json.loads(formats.to_json([assess(path)]))
    found = {(one["norm"], one["group"]): one["outcome"] for one in made["outcomes"]}
    for answer in made["answers"]:
        for effect in answer["effects"]:
            if effect["fate"] in ("met", "in-part", "concern"):
                for norm in effect["norms"]:
                    for group in effect["groups"] or [None]:
                        assert found[norm, group] == effect["fate"], answer["words"]


@every
def test_nothing_is_of_concern_is_not_said_beside_an_adverse_answer_that_raises_nothing(
    path: Path, assess: Callable[[Path], Assessment]
) -> None:
    assessment = assess(path)
    (made,) = json.loads(formats.to_json([assessment]))
    raised = {"concern", "needs-review"}
    unheard = [
        answer["words"]
        for answer in made["answers"]
        if answer["adverse"] and not raised & {effect["fate"] for effect in answer["effects"]}
    ]
    text = formats.to_text([assessment])
    quiet = "Nothing that is stated is of concern" in text
    assert not (quiet and (unheard or find_reviews(assessment)))


@every
def test_words_of_messages_are_licensed(
    path: Path, assess: Callable[[Path], Assessment], assessor: Assessor
) -> None:
    assert unlicensed(assess(path), assessor.vocabulary) == []


def test_whatever_a_shape_finds_is_told_in_the_words_of_the_statement(
    graph: ox.Store, assessor: Assessor
) -> None:
    norms = {norm.iri: norm for norm in assessor.norms}
    checks = {check.iri: check for norm in assessor.norms for check in norm.criteria}
    speaking: dict[str, list[OutcomeShape]] = defaultdict(list)
    for shape in outcome_shapes(graph).values():
        if shape.reason != "silence":
            speaking[checks[shape.check].aspect].append(shape)
    count = 0
    for one in drawn(SEED, COUNT, assessor, load_limits(graph)):
        answers = Answers(one.description, one.store)
        messages = Messages(one.store, answers)
        licence = Licence(one.description, assessor.vocabulary)
        for view in one.store.quads_for_pattern(None, HRGE("viewOf"), None, None):
            statement, node = term_text(view.object), term_text(view.subject)
            (about,) = one.store.quads_for_pattern(view.subject, HRGE("about"), None, None)
            for aspect, shapes in speaking.items():
                answer = answers.at(node, aspect)
                if answer is None or answer.aspect != aspect:
                    continue
                for shape in shapes:
                    check = checks[shape.check]
                    message = messages.of(Result(term_text(about.object), node, shape), check)
                    foreign = licence.foreign(
                        message.text, statement, norms[shape.norms[0]], check, shape.reason
                    )
                    assert not foreign, (message.text, shape.iri)
                    count += 1
    assert count > 20 * COUNT
