"""Results as written: read back by other programs' parsers they are what was answered; as tables
people can read them.
"""

from __future__ import annotations

import csv
import io

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.query import Result as Answer

from hrge_kg.errors import InputError
from hrge_kg.namespaces import NORM, XSD
from hrge_kg.query.catalogue import catalogue
from hrge_kg.query.run import run_query
from hrge_kg.tables.cells import CUT
from hrge_kg.tables.model import SEPARATOR, Result, Table, Term, Triples
from hrge_kg.tables.writers import FORMATS, write

SAFE_RETURN = NORM("safe-return")
# What breaks writers: quotes, commas, line breaks, tabs, markup, other scripts, emptiness, and what
# a spreadsheet would compute.
AWKWARD = (
    'a "quoted" word', "one, two", "two\nlines", "two\r\nlines", "a\ttab", "<b>&amp;</b> ]]>",
    "víctimas الاتجار 人口贩运 🂡",
    "", " spaces ", "=1+1", "+1", "-1", "@SUM(A1)", "\\u0041 \\", "null", "?x", "'",
)  # fmt: skip
TABLE = Table(
    ("thing", "words", "language", "number"),
    (
        *(
            (
                SAFE_RETURN,
                ox.Literal(words),
                ox.Literal(words, language="en"),
                ox.Literal(f"{n}.50", datatype=XSD("decimal")),
            )
            for n, words in enumerate(AWKWARD)
        ),
        (None, None, None, None),
        (ox.BlankNode("b"), None, None, ox.Literal(True)),
        (SAFE_RETURN, ox.Literal("x"), None, ox.Literal(7)),
    ),
    "Awkward",
)


def as_rdflib(term: Term | None) -> rdflib.term.Identifier | None:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode()
    assert isinstance(term, ox.Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    plain = term.datatype.value == XSD + "string"
    return rdflib.Literal(
        term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value), normalize=False
    )


def same(found: rdflib.term.Identifier | None, wanted: rdflib.term.Identifier | None) -> bool:
    if isinstance(wanted, rdflib.BNode):
        return isinstance(found, rdflib.BNode)
    if isinstance(wanted, rdflib.Literal) and isinstance(found, rdflib.Literal):
        return (str(found), found.language, found.datatype) == (
            str(wanted),
            wanted.language,
            wanted.datatype,
        )
    return found == wanted


def read_back(table: Table, form: str) -> list[list[rdflib.term.Identifier | None]]:
    answer = Answer.parse(io.BytesIO(write(table, form).encode()), format=form)
    assert [str(name) for name in answer.vars or []] == list(table.columns)
    return [
        [binding.get(rdflib.Variable(name)) for name in table.columns]
        for binding in answer.bindings
    ]


@pytest.mark.works_with(
    "rdflib", tried="results as JSON and XML", result="the same cells, with datatypes and languages"
)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_json_and_xml_are_read_back(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    found = read_back(TABLE, form)
    assert len(found) == len(TABLE.terms)
    for line, row in zip(found, TABLE.terms, strict=True):
        for cell, term in zip(line, row, strict=True):
            wanted = as_rdflib(term)
            if form == "xml" and isinstance(
                wanted, rdflib.Literal
            ):  # XML reads CR LF as LF, and rdflib nothing as the empty string
                wanted = rdflib.Literal(
                    str(wanted).replace("\r\n", "\n"),
                    lang=wanted.language,
                    datatype=wanted.datatype,
                    normalize=False,
                )
            assert same(cell, wanted), (cell, wanted)


def test_csv_is_read_back() -> None:
    text = write(TABLE, "csv")
    assert text.startswith("thing,words,language,number\r\n")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == list(TABLE.columns)
    assert [row[1] for row in read[1 : len(AWKWARD) + 1]] == list(AWKWARD)
    assert [row[0] for row in read[1 : len(AWKWARD) + 1]] == [SAFE_RETURN.value] * len(AWKWARD)
    assert read[len(AWKWARD) + 1] == ["", "", "", ""]
    assert read[len(AWKWARD) + 2][0].startswith("_:")
    assert read[1][3] == "0.50"


def test_tsv_is_read_back() -> None:
    lines = write(TABLE, "tsv").splitlines()
    assert lines[0] == "?thing\t?words\t?language\t?number"
    assert len(lines) == len(TABLE.terms) + 1
    solutions = ox.parse_query_results(write(TABLE, "tsv"), format=ox.QueryResultsFormat.TSV)
    assert isinstance(solutions, ox.QuerySolutions)
    read = [tuple(row[name] for name in TABLE.columns) for row in solutions]
    assert read[: len(AWKWARD)] == list(TABLE.terms[: len(AWKWARD)])


@pytest.mark.parametrize(
    "query",
    [query.name for query in catalogue() if not any(p.required for p in query.header.params)],
)
def test_every_named_query_is_read_back(query: str, graph: ox.Store) -> None:
    table = run_query(graph, query)
    assert isinstance(table, Table)
    read = list(csv.DictReader(io.StringIO(write(table, "csv"), newline="")))
    wanted = [
        [cell.value if isinstance(cell, (ox.NamedNode, ox.Literal)) else "" for cell in row]
        for row in table.terms
    ]
    assert [list(row.values()) for row in read] == wanted
    assert [
        [str(cell) if cell is not None else "" for cell in row] for row in read_back(table, "json")
    ] == wanted


def test_every_answer_is_shown_in_one_line_a_row(graph: ox.Store) -> None:
    table = run_query(graph, "norms")
    assert isinstance(table, Table)
    for cut in (True, False):
        lines = write(table, cut=cut).splitlines()
        assert len(lines) == len(table.terms) + 4
        assert lines[-1] == f"Norms: {len(table.terms)} rows"
        assert lines[2].startswith("norm:")
        assert NORM not in "".join(lines)
    whole = write(table, cut=False)
    quote = table.columns.index("quote")
    assert all(str(getattr(row[quote], "value", None)) in whole for row in table.terms)
    printed = [
        str(cell.value) for row in table.terms for cell in row if isinstance(cell, ox.Literal)
    ]
    assert whole.count("…") == sum(
        cell.count("…") for cell in printed
    )  # labels and conducts have their own; nothing is cut


def shown(*cells: Term | None, lists: bool = False, cut: bool = True) -> list[str]:
    text = write(
        Table(
            ("cell",), tuple((cell,) for cell in cells), lists=frozenset({"cell"} if lists else ())
        ),
        "table",
        cut,
    )
    return text.splitlines()[2:-2]


def test_a_cell_is_one_line_and_cut() -> None:
    long = "word " * 40
    assert shown(ox.Literal(long)) == [(long[: CUT - 1]).rstrip() + "…"]
    assert shown(ox.Literal(long), cut=False) == [long.rstrip()]
    assert shown(ox.Literal("x" * CUT)) == ["x" * CUT]
    assert shown(ox.Literal("a\nb\tc\r\nd")) == ["a b c  d"]
    assert shown(ox.Literal("\x1b[31mred\u202e")) == ["\ufffd[31mred\ufffd"]
    assert shown(None, SAFE_RETURN, ox.BlankNode("b")) == ["", "norm:safe-return", "_:b"]


def test_an_iri_is_never_cut() -> None:
    unknown = ox.NamedNode("http://example.org/" + "x" * 2 * CUT)
    ours = NORM("x" * 2 * CUT)
    assert shown(unknown, ours) == [unknown.value, "norm:" + "x" * 2 * CUT]


def test_lists_are_curies_and_cut_between_items() -> None:
    items = [f"{NORM}a-rather-long-name-{n}" for n in range(5)]
    (whole,) = shown(ox.Literal(SEPARATOR.join(items)), lists=True, cut=False)
    assert whole == SEPARATOR.join(f"norm:a-rather-long-name-{n}" for n in range(5))
    (cut,) = shown(ox.Literal(SEPARATOR.join(items)), lists=True)
    assert cut == "norm:a-rather-long-name-0; norm:a-rather-long-name-1; …"
    assert len(cut) <= CUT
    (one,) = shown(ox.Literal(NORM + "x" * 2 * CUT), lists=True)
    assert one == "norm:" + "x" * 2 * CUT


def test_columns_are_aligned_and_numbers_to_the_right() -> None:
    text = write(
        Table(
            ("n", "words"),
            ((ox.Literal(7), ox.Literal("a")), (ox.Literal(1234), None), (None, ox.Literal("b"))),
        ),
        "table",
    )
    assert text == "   n  words\n----  -----\n   7  a\n1234\n      b\n\n3 rows\n"


def test_an_empty_table() -> None:
    empty = Table(("norm", "label"), (), "Norms")
    assert write(empty) == "norm  label\n----  -----\n\nNorms: 0 rows\n"
    assert write(empty, "csv") == "norm,label\r\n"
    assert read_back(empty, "json") == []
    one = run_query(ox.Store(), "SELECT * { }")
    assert write(one).endswith("1 row\n")
    assert '"bindings":[{}]' in write(one, "json")


@pytest.mark.parametrize("answer", [True, False])
def test_true_and_false(answer: bool) -> None:
    assert write(answer) == write(answer, "table") == f"{answer}\n".lower()
    for form in ("json", "xml"):
        assert (
            Answer.parse(io.BytesIO(write(answer, form).encode()), format=form).askAnswer is answer
        )


def test_a_graph_is_turtle(graph: ox.Store) -> None:
    described = run_query(graph, "DESCRIBE norm:safe-return")
    assert isinstance(described, Triples)
    text = write(described)
    assert text == write(described, "ttl")
    read = rdflib.Graph().parse(data=text, format="turtle")
    assert len(read) == len(described.terms)
    assert "norm:safe-return" in text
    assert "@prefix eli:" not in text  # nothing of it is there
    assert write(Triples(())) == ""


GRAPH = Triples((ox.Triple(SAFE_RETURN, SAFE_RETURN, SAFE_RETURN),))


@pytest.mark.parametrize(
    ("result", "form"),
    [
        (TABLE, "ttl"),
        (GRAPH, "table"),
        (GRAPH, "csv"),
        (GRAPH, "tsv"),
        (GRAPH, "json"),
        (GRAPH, "xml"),
        (True, "csv"),
        (True, "tsv"),
        (True, "ttl"),
    ],
)
def test_a_format_that_does_not_fit(result: Result, form: str) -> None:
    with pytest.raises(InputError, match="cannot hold") as raised:
        write(result, form)
    assert raised.value.where == f"--format {form}"
    assert "--format" in raised.value.remedy


def test_a_format_that_there_is_not() -> None:
    with pytest.raises(InputError) as raised:
        write(TABLE, "xls")
    assert all(form in raised.value.remedy for form in FORMATS)
