"""A form of an earlier version: what was renamed is read and told, what was split is asked.

No question of the form was renamed so far; the names of earlier versions are made up here.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest

from hrge_kg.errors import InputError
from hrge_kg.form.convert import to_fill_in
from hrge_kg.form.description import Description
from hrge_kg.form.readers import read_file
from hrge_kg.form.vocabulary import FormerTerm, Vocabulary, load_vocabulary
from hrge_kg.graph.store import open_graph
from hrge_kg.namespaces import CONCEPT
from hrge_kg.resources import FOLDERS, root

Read = Callable[..., Description]


def former(key: str, label: str, *now: str) -> FormerTerm:
    return FormerTerm(f"https://example.org/{key}", key, label, "0.9.0", now)


@pytest.fixture
def read(vocabulary: Vocabulary, tmp_path: Path) -> Read:
    """Reads a file by a vocabulary in which these names are those of an earlier version."""
    aspects, concepts = vocabulary.aspects, vocabulary.concepts
    age = vocabulary.dimensions["age"].iri
    terms = [
        former("sent-away", "sent away", aspects["turned-away"].iri),
        former("tested", "tested", aspects["compulsory-test"].iri, aspects["turned-away"].iri),
        former("well-run", "well run"),
        former("years", "years of age", age),
        former("blood-test", "test of blood", concepts["hiv-test"].iri),
        former("grown-up", "grown-up", concepts["adult"].iri),
        former("swab", "swab", concepts["hiv-test"].iri, concepts["pregnancy-test"].iri),
    ]
    names = {name: term for term in terms for name in (term.key, term.label.replace(" ", "-"))}
    earlier = replace(vocabulary, former=names)

    def one(text: str | bytes, name: str = "old.yaml") -> Description:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        [found] = read_file(path, earlier)
        return found

    return one


PRESENT = (
    "programme: p\ngroups:\n  women: {age: adult}\nanswers:\n"
    "  turned-away: no\n  compulsory-test: {holds: yes, of: hiv-test, for: women}\n"
)
EARLIER = (
    PRESENT.replace("turned-away", "sent-away")
    .replace("hiv-test", "test of blood")
    .replace("age: adult", "years: grown-up")
)


def test_what_was_renamed_is_read_and_told_with_its_line(read: Read) -> None:
    now, then = read(PRESENT), read(EARLIER)
    assert set(now.triples) == set(then.triples)
    assert now.notes == ()
    told = [note.split("old.yaml:")[1] for note in then.notes]
    since = "since version 0.9.0 of the form, and is read as that"
    assert told == [
        f"3: “years” is called “age” {since}",
        f"3: “grown-up” is called “adult” {since}",
        f"5: “sent-away” is called “turned-away” {since}",
        f"6: “test of blood” is called “hiv-test” {since}",
    ]


def test_people_of_an_earlier_name_are_meant(read: Read) -> None:
    found = read("programme: p\nanswers: {turned-away: {holds: no, for: grown-up}}\n")
    assert any(value == ox.NamedNode(CONCEPT + "adult") for _, _, value in found.triples)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ("tested: no", "3: “tested” was split into “compulsory-test” and “turned-away”"),
        (
            "compulsory-test: {holds: no, of: swab}",
            "3: “swab” was split into “hiv-test” and “pregnancy-test” in version 0.9.0",
        ),
    ],
    ids=["question", "word"],
)
def test_what_was_split_is_asked(answers: str, words: str, read: Read) -> None:
    with pytest.raises(InputError) as caught:
        read(f"programme: p\nanswers:\n  {answers}\n")
    assert words in str(caught.value)
    assert "Say which is meant" in str(caught.value)


def test_what_was_left_out_is_told_and_what_is_blank_is_no_matter(read: Read) -> None:
    found = read("programme: p\nanswers:\n  well-run: yes\n  tested:\n  sent-away:\n")
    assert len(found.notes) == 1
    assert "3: since version 0.9.0 of the form there is no question “well-run”" in found.notes[0]
    assert read("programme: p\n").triples == found.triples


def test_an_unknown_question_is_refused_as_before(read: Read) -> None:
    with pytest.raises(InputError, match="the form has no question “unheard-of”"):
        read("programme: p\nanswers: {unheard-of: yes}\n")


def test_both_names_of_one_fact_are_refused(read: Read) -> None:
    with pytest.raises(InputError, match="“age” is here too"):
        read("programme: p\ngroups: {a: {age: adult, years: adult}}\n")


def test_a_table_and_a_workbook_of_an_earlier_version(read: Read, vocabulary: Vocabulary) -> None:
    table = (
        "part,name,question,answer,of,for\nprogramme,,programme,p,,\n"
        "group,women,years,grown-up,,\nanswer,,sent-away,no,,\n"
        "answer,,compulsory-test,yes,test of blood,women\n"
    )
    now = set(read(PRESENT).triples)
    assert set(read(table, "old.csv").triples) == now
    book = openpyxl.load_workbook(io.BytesIO(to_fill_in("xlsx", vocabulary)))
    start, groups, questions = book["Start here"], book["Groups"], book["Questions"]
    for row in start.iter_rows():
        if row[0].value in ("programme", "title", "answered-level"):
            row[2].value = {"programme": "p"}.get(str(row[0].value))
    groups["C1"] = "women"
    for row in groups.iter_rows(min_row=2):
        if row[0].value == "age":
            row[0].value, row[2].value = "years", "grown-up"
    for row in questions.iter_rows(min_row=2):
        if row[-1].value == "turned-away":
            row[-1].value, row[2].value = "sent-away", "no"
        elif row[-1].value == "compulsory-test":
            row[2].value, row[3].value, row[4].value = "yes", "Test of blood", "women"
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue(), "old.xlsx")
    assert set(found.triples) == now
    assert any("“sent-away” is called “turned-away”" in note for note in found.notes)


def test_an_export_of_an_earlier_version(read: Read) -> None:
    row = {
        "hrge_form": "0.8.0",
        "title": "p",
        "g1_name": "women",
        "g1_years": "grown_up",
        "t/sent_away": "no",
        "t/compulsory_test": "yes",
        "t/compulsory_test__of": "blood_test",
        "t/compulsory_test__of/blood_test": "1",
        "t/compulsory_test__for": "g1",
    }
    out = io.StringIO()
    csv.writer(out).writerows([row.keys(), row.values()])
    found = read(out.getvalue(), "old.csv")
    assert set(found.triples) == set(read(PRESENT).triples)
    assert any("“sent-away” is called “turned-away”" in note for note in found.notes)


def test_rdf_of_an_earlier_version(read: Read, vocabulary: Vocabulary) -> None:
    from hrge_kg.form.writers.rdf_writer import to_turtle

    now = read(PRESENT)
    text = to_turtle(now)
    assert "hrge:turnedAway" in text
    text = text.replace("hrge:turnedAway", "<https://example.org/sent-away>")
    text = text.replace("c:hiv-test", "<https://example.org/blood-test>")
    then = read(text, "old.ttl")
    assert set(then.triples) == set(now.triples)
    assert len(then.notes) == 2
    with pytest.raises(InputError, match=r"is none of its terms\. Use hrge:compulsoryTest or"):
        read(text.replace("sent-away", "tested"), "old.ttl")


# the data


MADE = """
@prefix hrge: <https://w3id.org/hrge/ns#> .
@prefix c: <https://w3id.org/hrge/id/concept/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .

hrge:sentAway a hrge:FormerTerm ;
  rdfs:label "sent away"@en ;
  owl:deprecated true ;
  hrge:changedIn "0.9.0" ;
  dcterms:isReplacedBy hrge:turnedAway .

c:swab a hrge:FormerTerm ;
  rdfs:label "swab"@en ;
  owl:deprecated true ;
  hrge:changedIn "0.9.0" ;
  dcterms:isReplacedBy c:hiv-test , c:pregnancy-test .
"""


def test_former_terms_are_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "project"
    for name in FOLDERS:
        shutil.copytree(root() / name, folder / name)
    (folder / "ontology" / "vocabularies" / "former-terms.ttl").write_text(MADE)
    monkeypatch.setenv("HRGE_ROOT", str(folder))
    monkeypatch.setenv("HRGE_CACHE", str(tmp_path / "cache"))
    found = load_vocabulary(open_graph()).former
    assert {name: (one.key, len(one.replaced_by)) for name, one in found.items()} == {
        "sent-away": ("sent-away", 1),
        "swab": ("swab", 2),
    }
    assert {one.version for one in found.values()} == {"0.9.0"}
