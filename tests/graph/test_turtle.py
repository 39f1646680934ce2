"""The layout of the Turtle that is written by hand, and how broken literals are read."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from format_turtle import ROOT, WIDTH, files, formatted, main

from hrge_kg.graph.sources import joined, line_of, load_turtle

FILES = files()
GRAPH = ox.NamedNode("https://example.org/graph")


def triples(turtle: str) -> ox.Dataset:
    quads = ox.parse(
        joined(turtle.encode()), format=ox.RdfFormat.TURTLE, base_iri="https://example.org/"
    )
    found = ox.Dataset(quads)
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return found


def words_of_comments(turtle: str) -> Counter[str]:
    """The words of the comments, however broken; `#` in a literal or an IRI begins none."""
    long = r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""'
    found = re.findall(rf'{long}|"(?:[^"\\\n]|\\.)*"|<[^<>\s]*>|#(.*)', turtle)
    return Counter(word for comment in found for word in comment.replace("#", "").split())


def on_fewer_lines(turtle: str) -> str:
    """Lines joined to the one above wherever this one is indented and neither has a comment."""
    return re.sub(r"(?m)^([^#\n]*\S)\n +(?=[^#\s][^#\n]*$)", r"\1 ", turtle)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_is_formatted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text, "run `make format`"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_formatting_keeps_triples_and_comments_whatever_the_layout_was(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    flat = on_fewer_lines(text)
    again = formatted(flat)
    assert triples(flat) == triples(again) == triples(text)
    assert words_of_comments(flat) == words_of_comments(again)
    assert formatted(again) == again


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_lines_are_short(path: Path) -> None:
    rows = path.read_text(encoding="utf-8").splitlines()
    # What a fixture expects stands on one line; a word cannot be broken.
    long = [row for row in rows if len(row) > WIDTH and not row.startswith("# expect: ")]
    assert [row for row in long if " " in row.strip().rstrip(" ;,.")] == []


LAYOUTS = {
    "one predicate a line": ("<a> <p> 1 ; <q> 2 .", "<a> <p> 1 ;\n  <q> 2 .\n"),
    "objects that fit": ("<a> <p> 1,2 .", "<a> <p> 1 , 2 .\n"),
    "objects that do not fit": (
        f"<a> <p> <{'b' * 50}> , <{'c' * 50}> .",
        f"<a> <p>\n    <{'b' * 50}> ,\n    <{'c' * 50}> .\n",
    ),
    "a nested node that does not fit": (
        f"<a> <p> [ <q> <{'b' * 50}> ; <r> <{'c' * 50}> ] .",
        f"<a> <p> [\n    <q> <{'b' * 50}> ;\n    <r> <{'c' * 50}>\n  ] .\n",
    ),
    "a list with a comment": (
        "<a> <p> ( 1 # one\n 2 ) .",
        "<a> <p> (\n    1 # one\n    2\n  ) .\n",
    ),
    "comments": (
        "# head\n\n<a> <p> 1 ; # one\n# two\n<q> 2 . # end\n# last",
        "# head\n\n<a> <p> 1 ; # one\n  # two\n  <q> 2 . # end\n\n# last\n",
    ),
    "a comment that is too long": (
        f"# {'word ' * 24}\n<a> <p> 1 .",
        f"# {' '.join(['word'] * 19)}\n# {' '.join(['word'] * 5)}\n<a> <p> 1 .\n",
    ),
    "a literal that does not fit": (
        f'<a> <p> "{"word " * 20}end\\"s\\nhere"@en .',
        f'<a> <p> """{" ".join(["word"] * 18)}\n    word word end"s\\nhere"""@en .\n',
    ),
    "a broken literal that fits": (
        '<a> <p> """some\n   "words" here""" .',
        '<a> <p> "some \\"words\\" here" .\n',
    ),
    "signs in names": ("<a#b> <p;q> x:a.b.\n<c> a x:d .", "<a#b> <p;q> x:a.b .\n<c> a x:d .\n"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name: str) -> None:
    text, wanted = LAYOUTS[name]
    assert formatted(text) == wanted
    assert formatted(wanted) == wanted


def test_quotation_marks_at_the_end_of_a_broken_literal() -> None:
    text = f'<a> <p> "{"word " * 20}he said \\"\\"\\"no\\"" .'
    assert '"""' not in formatted(text).split('"""', 2)[1]
    assert triples(text) == triples(formatted(text))


@pytest.mark.parametrize("text", ["<a> <p> ", '<a> <p> "b .', "<a> <p> [ <q> 1 .", "<a> <p> ( 1"])
def test_what_is_no_turtle_is_refused_and_kept(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wrong.ttl"
    path.write_text(text, encoding="utf-8")
    assert main([str(path)]) == 2
    assert str(path) in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == text


def test_check_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "flat.ttl"
    path.write_text("<a> <p> 1 ; <q> 2 .\n", encoding="utf-8")
    assert main(["--check", str(path)]) == 1
    assert str(path) in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "<a> <p> 1 ; <q> 2 .\n"
    assert main([str(path)]) == 0
    assert main(["--check", str(path)]) == 0


def test_a_broken_literal_is_read_as_one_line_and_found_where_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text(
        '# It\'s """no literal\n'
        '<a> <p#"> \'"""\' ;\n'
        '  <q> """some "words",\n    broken  \n\n    twice""" , """a break\\n that is meant""" .\n',
        encoding="utf-8",
    )
    path.write_text(path.read_text(encoding="utf-8").replace('<p#">', "<p#>"), encoding="utf-8")
    store = ox.Store()
    load_turtle(store, path, GRAPH)
    values = {quad.object.value for quad in store if isinstance(quad.object, ox.Literal)}
    assert values == {'"""', 'some "words", broken twice', "a break\n that is meant"}
    assert line_of(path, 'some "words", broken twice') == 3
    assert line_of(path, "twice") is None


def test_what_follows_a_broken_literal_keeps_its_line() -> None:
    text = '<a> <p> """one\n  two\n  three""" ;\n  <q> oops .\n'
    with pytest.raises(SyntaxError) as error:
        list(ox.parse(joined(text.encode()), format=ox.RdfFormat.TURTLE, base_iri="urn:a"))
    assert error.value.lineno == 4
