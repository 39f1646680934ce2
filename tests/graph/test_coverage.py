"""Coverage: every sentence and character has one class, modal words are accounted for, and whatever
is missing is named.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from hrge_kg.cli.main import main
from hrge_kg.errors import InputError
from hrge_kg.graph import coverage_counts
from hrge_kg.graph.build import build
from hrge_kg.graph.coverage import Coverage, measure
from hrge_kg.graph.coverage_counts import UNCLASSIFIED, source_texts
from hrge_kg.graph.entailment import entail
from hrge_kg.graph.sources import load_turtle
from hrge_kg.namespaces import CONCEPT, HRGE, SOURCE, sparql_prologue
from hrge_kg.query.run import run_query
from hrge_kg.resources import files, root
from hrge_kg.tables.model import Table
from hrge_kg.text.folding import fold

NOTES = "data/sources/toolkit-1.4/sentence-notes.ttl"
NOTE = re.compile(r"\[\] a hrge:SentenceNote ;.*? \.\n", re.DOTALL)
LITERAL = r'"(?:"")?((?:[^\\]|\\.)*?)"(?:"")?(?= [;.]\n)'
SIGNED_OFF = re.compile(
    rf"\[\] a hrge:SentenceNote ;\s+hrge:quote {LITERAL} ;(?:(?!\[\] a ).)*?"
    rf"( ;\s*hrge:whyNoNorm {LITERAL})",
    re.DOTALL,
)


def in_one_line(literal: str) -> str:
    """The words of a literal as it stands in the file."""
    return re.sub(r"\s*\n\s*", " ", literal.replace('\\"', '"'))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of everything that a build reads, to be broken."""
    for folder in ("data", "ontology", "queries", "shapes"):
        shutil.copytree(root() / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def completed(without_shapes: list[ox.Quad]) -> ox.Store:
    """The graph, with whatever is not written yet made up: all is classified."""
    store = ox.Store()
    store.bulk_extend(without_shapes)
    store.update(
        sparql_prologue()
        + """INSERT { GRAPH graph:entailed { ?sentence hrge:sentenceClass c:class-context } }
          WHERE { GRAPH ?text { ?sentence hrge:passageKind c:sentence }
            FILTER NOT EXISTS { GRAPH ?any { ?sentence hrge:sentenceClass ?class } } } ;
        INSERT { GRAPH graph:entailed { ?sentence hrge:whyNoNorm "Made up." } }
          WHERE { GRAPH ?a { ?sentence hrge:deonticWord ?word }
          FILTER NOT EXISTS { GRAPH ?b { ?sentence hrge:whyNoNorm ?why } }
            FILTER NOT EXISTS { GRAPH ?c { ?sentence hrge:sentenceClass c:class-normative } } }"""
    )
    return store


def records(table: Table) -> list[dict[str, str]]:
    assert all(
        cell is None or isinstance(cell, (ox.Literal, ox.NamedNode))
        for row in table.terms
        for cell in row
    )
    return [
        {
            name: cell.value
            for name, cell in zip(table.columns, row, strict=True)
            if isinstance(cell, (ox.Literal, ox.NamedNode))
        }
        for row in table.terms
    ]


def gaps(found: Coverage) -> list[tuple[int, str, str]]:
    return [(int(row["line"]), row["problem"], row["text"]) for row in records(found.gaps)]


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["coverage", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


# The section


def test_the_section_is_covered(graph: ox.Store) -> None:
    assert gaps(measure(graph, source_texts())) == []


def test_the_sums_are_those_of_the_text_itself(graph: ox.Store) -> None:
    text = (root() / "data" / "sources" / "toolkit-1.4" / "text.txt").read_text(encoding="utf-8")
    rows = [
        row
        for row in records(measure(graph, source_texts()).shares)
        if row["source"] == SOURCE + "toolkit-1.4"
    ]
    whole, by_page = (
        [row for row in rows if "page" not in row],
        [row for row in rows if "page" in row],
    )
    for part in (whole, by_page):
        assert sum(int(row["characters"]) for row in part) == len("".join(text.split()))
    starts = {
        42: 1,
        43: 99,
        44: 204,
        45: 249,
        46: 302,
        47: 414,
        48: 473,
        49: 542,
    }  # first lines, read in the publication
    lines = text.splitlines()
    for page in range(42, 49):
        own = "".join("".join(lines[starts[page] - 1 : starts[page + 1] - 1]).split())
        assert sum(int(row["characters"]) for row in by_page if row["page"] == str(page)) == len(
            own
        )
    assert {row["class"] for row in by_page} <= {row["class"] for row in whole}
    assert whole[-1]["class"] == UNCLASSIFIED


def test_sentences_are_counted_as_the_named_query_lists_them(graph: ox.Store) -> None:
    listed = run_query(graph, "sentences")
    assert isinstance(listed, Table)
    expected = Counter((row["page"], row.get("class", UNCLASSIFIED)) for row in records(listed))
    found = {
        (row["page"], row["class"]): int(row["sentences"])
        for row in records(measure(graph, source_texts()).shares)
        if "page" in row
    }
    assert {key: count for key, count in found.items() if count} == expected


def test_shares_of_each_page_and_of_the_whole_make_100(completed: ox.Store) -> None:
    totals: Counter[tuple[str | None, str]] = Counter()
    for row in records(measure(completed, source_texts()).shares):
        for name in ("sentenceShare", "characterShare"):
            totals[row.get("page"), name] += round(100 * float(row[name]))
    assert all(9_990 <= total <= 10_000 for total in totals.values())  # rounded down


def test_removing_a_note_is_noticed_by_name(graph: ox.Store, tree: Path) -> None:
    before = measure(graph, source_texts())
    path = tree / NOTES
    text = path.read_text(encoding="utf-8")
    note = NOTE.search(text)
    quote = re.search(f"hrge:quote {LITERAL}", text, re.DOTALL)
    assert note and quote
    path.write_text(text.replace(note[0], "", 1), encoding="utf-8")
    after = measure(build(tree), source_texts(tree))
    assert not after.complete
    (new,) = set(gaps(after)) - set(gaps(before))
    assert new[1:] == ("no class", fold(in_one_line(quote[1])))
    assert after.shares != before.shares


def test_a_modal_sentence_called_context_without_more_is_refused(tree: Path) -> None:
    path = tree / NOTES
    text = path.read_text(encoding="utf-8")
    signed = SIGNED_OFF.search(text)
    assert signed
    path.write_text(text[: signed.start(2)] + text[signed.end(2) :], encoding="utf-8")
    with pytest.raises(InputError, match="and no norm, and its note does not say why") as raised:
        build(tree)
    assert raised.value.where.endswith("sentence-notes.ttl")
    assert raised.value.line == text[: signed.start(1)].count("\n") + 1
    assert raised.value.problem.startswith("“" + in_one_line(signed[1]) + "”")


def test_and_it_is_a_gap_in_a_graph_that_was_not_checked(completed: ox.Store) -> None:
    signed = [row for row in records(_table(completed, "deontic-words")) if "norms" not in row]
    assert signed
    completed.update(
        sparql_prologue()
        + f"DELETE WHERE {{ GRAPH ?g {{ <{signed[0]['sentence']}> hrge:whyNoNorm ?why }} }}"
    )
    assert [problem for _, problem, _ in gaps(measure(completed, source_texts()))] == [
        "words that no norm and no reason accounts for"
    ]


def test_the_same_words_twice_are_no_sign_off(tree: Path) -> None:
    path = tree / NOTES
    text = path.read_text(encoding="utf-8")
    first, second = [
        match[0] for match in re.finditer(f"hrge:whyNoNorm {LITERAL}", text, re.DOTALL)
    ][:2]
    path.write_text(text.replace(second, first, 1), encoding="utf-8")
    with pytest.raises(InputError, match="in the words of another reason"):
        build(tree)


def _table(store: ox.Store, name: str) -> Table:
    found = run_query(store, name)
    assert isinstance(found, Table)
    return found


# The command


def test_exit_0_only_where_nothing_is_missing(
    completed: ox.Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("hrge_kg.graph.store.open_graph", lambda: completed)
    code, out, err = command(capsys)
    assert (code, err) == (0, "")
    assert "(100.00 %)" in out and "Missing" not in out

    sentence = "<https://w3id.org/hrge/id/passage/toolkit-1.4/sentence-252>"
    completed.update(
        sparql_prologue()
        + f"DELETE WHERE {{ GRAPH ?g {{ {sentence} hrge:sentenceClass ?class }} }}"
    )
    code, out, err = command(capsys)
    assert code == 1
    assert "(100.00 %)" not in out
    (line,) = [line for line in out.splitlines() if "no class" in line]
    assert line.split()[:3] == ["source:toolkit-1.4", "45", "252"]
    assert "The trafficking cycle cannot be broken" in line
    assert command(capsys)[1] == out


def test_unusable_input_exits_2(
    graph: ox.Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        coverage_counts, "source_texts", lambda: {SOURCE + "toolkit-1.4": "Another text."}
    )
    code, out, err = command(capsys)
    assert (code, out) == (2, "")
    assert "hrge: source:toolkit-1.4: the graph was built from another text" in err


def test_formats(
    completed: ox.Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("hrge_kg.graph.store.open_graph", lambda: completed)
    completed.update(
        sparql_prologue() + "DELETE WHERE "
        "{ GRAPH ?g { passage:toolkit-1.4\\/sentence-252 hrge:sentenceClass ?class } }"
    )
    code, out, err = command(capsys, "--format", "csv")
    assert code == 1 and "1 gaps" in err
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == [
        "source",
        "page",
        "class",
        "sentences",
        "sentenceShare",
        "characters",
        "characterShare",
    ]
    assert [
        row["sentences"] for row in rows if row["class"] == UNCLASSIFIED and not row["page"]
    ] == ["1"]
    code, out, err = command(capsys, "--missing", "--format", "json")
    assert code == 1
    document = json.loads(out)
    assert document["head"]["vars"] == ["source", "page", "line", "problem", "words", "text"]
    assert [row["words"]["value"] for row in document["results"]["bindings"]] == ["cannot; need"]


# Texts made for the purpose

KINDS = "c:heading hrge:classOfKind c:structural . c:structural skos:notation 'structural' ."
PAGES = """passage:p hrge:passageKind c:page ; hrge:inSource source:a ; hrge:page 1 ;
    hrge:segment passage:p1 .
  passage:p1 hrge:start 0 ; hrge:end 99 ."""


def made(*passages: str) -> ox.Store:
    store = ox.Store()
    store.update(f"{sparql_prologue()} INSERT DATA {{ {KINDS} {PAGES} {' '.join(passages)} }}")
    return store


def passage(name: str, kind: str, start: int, end: int, *classes: str, source: str = "a") -> str:
    given = "".join(f" ; hrge:sentenceClass c:{name}" for name in classes)
    return (
        f"passage:{name} hrge:passageKind c:{kind} ; hrge:inSource source:{source} ; "
        f"hrge:order {start + 1} ; hrge:page 1 ; hrge:line 1 ;"
        f" hrge:text 'words of {name}' ; hrge:segment passage:{name}-segment{given} ."
        f" passage:{name}-segment hrge:start {start} ; hrge:end {end} ."
    )


def of(text: str, **others: str) -> dict[str, str]:
    return {SOURCE + name: words for name, words in {"a": text, **others}.items()}


def test_a_heading_needs_no_note() -> None:
    assert measure(made(passage("h", "heading", 0, 5)), of("Title")).complete


def test_characters_that_nobody_holds() -> None:
    found = measure(made(passage("h", "heading", 0, 5)), of("Title\nand  a\nlost line"))
    assert gaps(found) == [(2, "characters in no passage", "and a lost line")]


def test_characters_that_two_hold() -> None:
    found = measure(
        made(passage("h", "heading", 0, 5), passage("s", "sentence", 3, 9, "context")),
        of("Title and"),
    )
    assert gaps(found) == [(1, "characters in more than one passage", "le")]


def test_two_classes_are_none() -> None:
    found = measure(made(passage("s", "sentence", 0, 5, "context", "practice")), of("Words"))
    assert [problem for _, problem, _ in gaps(found)] == [
        f"several classes: {CONCEPT}context, {CONCEPT}practice"
    ]


def test_one_character_missing_is_not_100() -> None:
    text = "x" * 50_000 + "\ny"
    found = measure(made(passage("h", "heading", 0, 50_000)), of(text))
    assert "(99.99 %)" in found.summary[0]
    assert records(found.shares)[1]["characterShare"] == "0.01"


def test_every_text_by_itself_and_all_together() -> None:
    page = (
        "passage:q hrge:passageKind c:page ; hrge:inSource source:b ; hrge:page 1 ; "
        "hrge:segment passage:p1 ."
    )
    store = made(passage("h", "heading", 0, 5), passage("s", "sentence", 0, 4, source="b"), page)
    found = measure(store, of("Title", b="Word"))
    rows = [
        (row.get("source"), row.get("page"), row["class"], row["sentences"], row["characters"])
        for row in records(found.shares)
    ]
    a, b = SOURCE + "a", SOURCE + "b"
    assert rows == [
        (None, None, "structural", "0", "5"),
        (None, None, UNCLASSIFIED, "1", "4"),
        (a, None, "structural", "0", "5"),
        (a, None, UNCLASSIFIED, "0", "0"),
        (a, "1", "structural", "0", "5"),
        (b, None, UNCLASSIFIED, "1", "4"),
        (b, "1", UNCLASSIFIED, "1", "4"),
    ]
    assert [(row["source"], row["problem"]) for row in records(found.gaps)] == [(b, "no class")]


def test_a_text_without_an_outline_is_all_missing(graph: ox.Store, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "sources" / "new-section"
    folder.mkdir(parents=True)
    (folder / "text.txt").write_text("A new section.\n", encoding="utf-8")
    found = measure(graph, {**source_texts(), **source_texts(tmp_path)})
    assert (1, "characters in no passage", "A new section.") in gaps(found)


@pytest.mark.parametrize("content", [None, b"\xff"])
def test_no_text_that_can_be_read(content: bytes | None, tmp_path: Path) -> None:
    if content:
        path = tmp_path / "data" / "sources" / "bad" / "text.txt"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    with pytest.raises(InputError):
        source_texts(tmp_path)


def test_an_empty_text_is_not_covered() -> None:
    with pytest.raises(InputError, match="empty"):
        measure(made(), of(" \n"))


# Modal and deontic words


@pytest.fixture(scope="module")
def words() -> ox.Store:
    store = ox.Store()
    load_turtle(
        store, root() / "ontology" / "vocabularies" / "deontic-word.ttl", ox.NamedNode("urn:words")
    )
    return store


def found_in(text: str, words: ox.Store) -> set[str]:
    store = ox.Store()
    store.extend(ox.Quad(*quad.triple) for quad in words)
    store.extend([ox.Quad(ox.NamedNode("urn:s"), HRGE("text"), ox.Literal(text))])
    store.update(sparql_prologue() + "INSERT DATA { <urn:s> hrge:passageKind c:sentence }")
    entail(store)
    rows = store.query(
        sparql_prologue() + "SELECT ?word WHERE { <urn:s> hrge:deonticWord/skos:notation ?word }"
    )
    assert isinstance(rows, ox.QuerySolutions)
    return {row["word"].value for row in rows}


@pytest.mark.parametrize(
    "phrase",
    ["shall", "must", "should", "may", "might", "need", "needs", "needed", "require", "requires",
     "required", "requirement", "entitled",
     "entitlement", "entitlements", "obliged", "obligation", "obligations", "right to",
     "rights of", "imperative", "crucial", "important",
     "importantly", "necessary", "essential", "contrary to", "violate", "violates", "violation",
     "calls on", "duty", "duties", "cannot",
     "free to", "permitted", "lawful", "unlawful", "accord with", "in accordance with", "comply",
     "compliant", "principle", "ought",
     "prohibited", "recommends"],
)  # fmt: skip
def test_finds_the_word_in_whatever_case_and_place(phrase: str, words: ox.Store) -> None:
    for text in (
        phrase,
        f"They {phrase}, always.",
        f"“{phrase.upper()}” stands here.",
        f"They {phrase.title()}",
    ):
        assert found_in(text, words), text


@pytest.mark.parametrize(
    "text",
    [
        "The mayor is maybe needless.",
        "A mustard seed, accordingly.",
        "Human rights.",
        "Shallow water can dry.",
    ],
)
def test_finds_no_word_inside_another(text: str, words: ox.Store) -> None:
    assert found_in(text, words) == set()


def test_each_word_is_found_by_its_own_pattern(words: ox.Store) -> None:
    query = (
        sparql_prologue() + "SELECT ?notation ?pattern "
        "WHERE { ?word skos:notation ?notation ; hrge:pattern ?pattern }"
    )
    rows = words.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    pairs = [(row["notation"].value, row["pattern"].value) for row in rows]
    assert len(pairs) >= 30
    for notation, pattern in pairs:
        assert re.fullmatch(pattern, notation) and pattern == pattern.lower()
        assert not re.search(r"[.*^$\\]", pattern), "a pattern lists forms; it is no net"


def test_our_own_sentences_agree_with_another_matcher(graph: ox.Store) -> None:
    patterns = [
        re.findall(r'hrge:pattern "([^"]+)"', path.read_text(encoding="utf-8"))
        for path in files("ontology/vocabularies", ".ttl")
    ]
    matcher = re.compile(
        rf"(?<![a-z])(?:{'|'.join(one for each in patterns for one in each)})(?![a-z])",
        re.IGNORECASE,
    )
    expected = {
        row["text"] for row in records(_table(graph, "sentences")) if matcher.search(row["text"])
    }
    assert {row["text"] for row in records(_table(graph, "deontic-words"))} == expected
