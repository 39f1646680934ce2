"""Parameters of queries are data, and things have the names that people use."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from asked import rows, table, turtle, turtle_prologue

from hrge_kg.errors import InputError
from hrge_kg.parsing.sparql_words import normalised
from hrge_kg.query.catalogue import Query, find_query, query_of
from hrge_kg.query.parameters import parse_params
from hrge_kg.query.run import answer_query, portable_text, run_query

THINGS = """<http://example.org/a> <http://example.org/p> 42 , "042" , "x} UNION { ?s ?p ?o" .
  <http://example.org/a> <http://example.org/p>
    "2021-02-28"^^<http://www.w3.org/2001/XMLSchema#date> .
  <http://example.org/b> <http://example.org/p> 43 ."""


def _with(kind: str, marker: bool = True) -> Query:
    values = "#VALUES" if marker else ""
    text = (
        f"# param: o {kind} required  The value\n"
        f"SELECT ?s {{\n{values}\n?s <http://example.org/p> ?o }} ORDER BY ?s"
    )
    return query_of(text, "params.rq")


@pytest.mark.parametrize("marker", [True, False], ids=["marker", "at the end"])
@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("integer", "42", 1),
        ("integer", "+042", 1),
        ("integer", "41", 0),
        ("string", "042", 1),
        ("string", "42", 0),
        ("string", "x} UNION { ?s ?p ?o", 1),
        ("string", '"} UNION { ?s ?p ?o } #', 0),
        ("string", '"""} UNION { ?s ?p ?o } #\n', 0),
        ("string", "\\", 0),
        ("string", "\\u0022) } UNION { ?s ?p ?o }", 0),
        ("string", "\\\\u0041\\U00000041", 0),
        ("string", "", 0),
        ("string", "#VALUES", 0),
        ("date", "2021-02-28", 1),
        ("date", "2021-02-27", 0),
    ],
)
def test_a_value_is_data(kind: str, value: str, found: int, marker: bool) -> None:
    assert len(table(turtle(THINGS), _with(kind, marker), {"o": value}).terms) == found


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("integer", "x", "not a whole number"),
        ("integer", "1.5", "not a whole number"),
        ("integer", "1) } #", "not a whole number"),
        ("integer", "", "not a whole number"),
        ("integer", "٤٢", "not a whole number"),
        ("integer", "9" * 40, "not a whole number"),
        ("date", "2021-02-30", "not a date"),
        ("date", "20210228", "not a date"),
        ("date", "yesterday", "not a date"),
        ("iri", "nroms:a", "unknown"),
        ("iri", "safe-return", "no name of one thing"),
        ("iri", "<http://example.org/a> } UNION { ?s ?p ?o } #>", "not an IRI"),
        ("iri", "http://example.org/a> ?x } #", "not an IRI"),
        ("iri", "norm:a b", "not an IRI"),
        ("iri", "http://example.org/z", "names nothing"),
        ("iri", "", "no name of one thing"),
        ("concept", "nothing", "no concept"),
        ("concept:topic", "nothing", "no concept of scheme:topic"),
    ],
)
def test_a_value_of_another_type(kind: str, value: str, problem: str) -> None:
    with pytest.raises(InputError) as raised:
        table(turtle(THINGS), _with(kind), {"o": value})
    assert problem in raised.value.problem
    assert raised.value.where == "params.rq"
    assert raised.value.remedy


@pytest.mark.parametrize(
    "value",
    [
        "norm:safe-return",
        "https://w3id.org/hrge/id/norm/safe-return",
        "<https://w3id.org/hrge/id/norm/safe-return>",
    ],
)
def test_a_thing_by_curie_or_iri(value: str, graph: ox.Store) -> None:
    assert [row["norm"] for row in rows(graph, "norms", {"norm": value})] == ["norm:safe-return"]


@pytest.mark.parametrize(
    ("value", "document"),
    [
        ("TIP Protocol", "document:tip"),
        ("UN Doc. E/2002/68/Add.1", "document:rpg"),
        ("Convention on the\nRights of the Child", "document:crc"),
        ("crc", "document:crc"),
    ],
)
def test_a_document_by_the_names_that_people_use(
    value: str, document: str, graph: ox.Store
) -> None:
    found = [row["document"] for row in rows(graph, "documents", {"document": value})]
    assert found == [document]


def test_a_name_that_several_things_have_is_answered_with_the_choices(graph: ox.Store) -> None:
    with pytest.raises(InputError, match="several things") as caught:
        rows(graph, "documents", {"document": "Palermo Protocol"})
    assert caught.value.where == "queries/catalogue/documents.rq"
    assert "document:tip" in caught.value.remedy and "document:som" in caught.value.remedy


def test_what_is_to_be_said_of_a_name_is_logged(
    graph: ox.Store, caplog: pytest.LogCaptureFixture
) -> None:
    found = rows(graph, "provisions", {"provision": "ICCPR, art. 9(1)"})
    assert [row["provision"] for row in found] == ["provision:iccpr-article-9"]
    assert "“ICCPR, art. 9(1)” is not in the graph" in caplog.text


@pytest.mark.parametrize(
    "pasted",
    [
        "they should not be subject to mandatory testing for diseases, including HIV/AIDS.",
        "they should not be subject to mandatory testing \nfor diseases, including HIV/AIDS.",
        "they should not be subject  to\r\nmandatory\ttesting for\u00a0diseases",
        "“they should not be subject to mandatory testing”",
        "They Should Not Be Subject To Mandatory Testing",
        "manda\u00ad\ntory testing for dis\u00adeases",
        " mandatory testing\u200b for diseases ",
        "manda-\ntory testing for dis-\r\neases",
        "‘mandatory testing for diseases’",
    ],
)
def test_a_pasted_quotation_is_found(pasted: str, graph: ox.Store) -> None:
    found = {row["norm"] for row in rows(graph, "saying", {"words": pasted})}
    assert found == {"norm:no-mandatory-testing"}


@pytest.mark.parametrize(
    ("pasted", "norm"),
    [
        ("the child’s views must be sought", "norm:views-of-the-child-sought"),
        ("State or non-\nState shelters", "norm:not-placed-without-consent"),
    ],
)
def test_quotation_marks_and_hyphens_of_a_pasted_quotation(
    pasted: str, norm: str, graph: ox.Store
) -> None:
    assert norm in {row["norm"] for row in rows(graph, "saying", {"words": pasted})}


def test_curly_marks_in_the_graph_are_found_too() -> None:
    store = turtle(
        turtle_prologue()
        + """norm:a a hrge:Norm ; hrge:quote "the child’s “best interests”" ; hrge:wording c:w ;
        hrge:anchor [ hrge:page 1 ; hrge:line 2 ] . c:w skos:prefLabel "should" ."""
    )
    for words in ("child's \"best", "child’s “best", "“the child’s"):
        assert [row["norm"] for row in rows(store, "saying", {"words": words})] == ["norm:a"]


@pytest.mark.parametrize(
    "value",
    ["class-normative", "normative", "Normative", "c:class-normative", " nor\u00admative\n"],
)
def test_a_concept_by_key_notation_or_label(value: str, graph: ox.Store) -> None:
    assert {row["class"] for row in rows(graph, "sentences", {"class": value})} == {"normative"}


def test_parameters_that_do_not_fit(graph: ox.Store) -> None:
    for params, problem in (
        ({"nrom": "norm:a"}, "Did you mean “norm”"),
        ({"norm": "norm:safe-retrun"}, "Did you mean “norm:safe-return”"),
    ):
        with pytest.raises(InputError, match=problem) as raised:
            answer_query(graph, "norms", params)
        assert raised.value.where == "queries/catalogue/norms.rq"
    with pytest.raises(InputError, match="“o” is missing"):
        run_query(graph, _with("integer"))
    with pytest.raises(InputError, match="It takes none"):
        run_query(graph, "ASK { }", x="1")
    for declared in (
        "x number optional  A number",
        "x",
        "x iri",
        "x iri:topic optional",
        "x iri perhaps",
        "?x iri optional",
    ):
        with pytest.raises(InputError) as wrong:
            query_of(f"# title: A query\n# param: {declared}\nASK {{ }}", "a.rq")
        assert (wrong.value.where, wrong.value.line) == ("a.rq", 2)


def test_several_parameters_stand_in_one_block(graph: ox.Store) -> None:
    text = portable_text(find_query("passages"), {"page": "43", "type": "sentence"})
    assert text.count("VALUES (") == 1
    both = rows(graph, "passages", {"page": "43", "type": "sentence"})
    assert 0 < len(both) < len(rows(graph, "passages", {"page": "43"}))
    assert {(row["page"], row["type"]) for row in both} == {("43", "sentence")}


def test_a_block_keeps_the_lines_in_place() -> None:
    query = find_query("norms")
    given = portable_text(query, {"norm": "norm:safe-return"})
    assert given.count("\n") == query.text.count("\n")
    ox.Store().query(given)


@pytest.mark.parametrize("given", [["norm"], ["=x"], ["norm=a", "norm=b"]])
def test_parameters_of_a_command_line(given: list[str]) -> None:
    with pytest.raises(InputError):
        parse_params(given)
    assert parse_params(["a=b=c", "d="]) == {"a": "b=c", "d": ""}


def test_lists_of_a_query_from_outside() -> None:
    text = """# lists: all, none
      SELECT (GROUP_CONCAT(?x; separator="; ") AS ?all) (GROUP_CONCAT(?y; separator="; ") AS ?none)
      { VALUES ?x { "b" "a" "b" } }"""
    (row,) = table(ox.Store(), text.replace("\n      ", "\n")).terms
    assert row == (ox.Literal("a; b"), None)


def test_line_breaks_of_every_system() -> None:
    assert normalised("\ufeffa\r\nb\rc\n") == "a\nb\nc\n"
