"""A whole new section is data alone.

An invented guide of two pages is laid beside the toolkit, and every verb works for both.

The how-tos add-a-section, add-a-document, add-a-norm and add-a-query take their examples from its
files (tests/fixtures/new-section).
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from akn_schema import check_against_schema
from html_page import read_page
from own_shapes import own_shapes, without_own_shapes
from paths import FIXTURES, ROOT
from rdflib import SH

from hrge_kg.assessment.pyshacl_runner import run
from hrge_kg.assessment.shacl import to_rdflib
from hrge_kg.cli.main import main
from hrge_kg.graph.store import open_graph
from hrge_kg.namespaces import local_name, sparql_prologue
from hrge_kg.resources import FOLDERS, root
from hrge_kg.site import Pages

SECTION = FIXTURES / "new-section"
KEY = "quiet-rooms-guide"
SOURCE = f"source:{KEY}"
DESCRIPTION = SECTION / "description.yaml"
GUIDE = "Guide of the Invented Agency"
Hrge = Callable[..., tuple[int, str, str]]


def copied(folder: Path) -> Path:
    """The project's data with the new section laid over it, as an author would."""
    for name in FOLDERS:
        shutil.copytree(root() / name, folder / name)
        if (SECTION / name).is_dir():
            shutil.copytree(SECTION / name, folder / name, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def section(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Both sections in one folder, the shapes generated.

    HRGE_ROOT names it, and a cache of its own keeps its graph.
    """
    folder = copied(tmp_path_factory.mktemp("section"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRGE_ROOT", str(folder))
        patch.setenv("HRGE_CACHE", str(tmp_path_factory.mktemp("cache")))
        assert main(["shapes"]) == 0
        yield folder


@pytest.fixture(scope="module")
def built(section: Path) -> ox.Store:
    """The graph of both sections."""
    return open_graph()


@pytest.fixture
def hrge(section: Path, capsys: pytest.CaptureFixture[str]) -> Hrge:
    """Runs the command there; gives the exit code and what it printed on both streams."""

    def command(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    return command


def rows(printed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed)))


def test_it_builds_and_its_shapes_are_generated(section: Path, hrge: Hrge, tmp_path: Path) -> None:
    code, _, err = hrge("build", "--out", str(tmp_path / "dist"))
    assert code == 0, err
    assert (tmp_path / "dist" / "graphs" / "text" / f"{KEY}.ttl").is_file()
    assert (tmp_path / "dist" / "text" / f"{KEY}.xml").is_file()
    assert "threeWarmMeals" in (tmp_path / "dist" / "context.jsonld").read_text(encoding="utf-8")
    assert (section / "shapes" / "norms" / "food.ttl").is_file() and (
        section / "shapes" / "witnesses" / "food.ttl"
    ).is_file()


def test_its_text_is_akoma_ntoso_with_its_own_norms(hrge: Hrge) -> None:
    code, out, err = hrge("text", KEY)
    assert code == 0, err
    assert check_against_schema(out) == []
    assert "/akn/un/doc/paper/the-invented-agency/2020-05-01/quiet-rooms-guide/eng" in out
    assert 'eId="norm_three-warm-meals"' in out and 'eId="ftn_57"' in out
    assert 'eId="norm_informed-consent"' not in out  # of the toolkit


def test_its_norms_have_pages_with_their_words_marked(section: Path) -> None:
    pages = Pages(open_graph())
    text = pages.page(f"text/{KEY}.html")
    assert text and b"../norm/three-warm-meals.html" in text
    page = pages.page("norm/three-warm-meals.html")
    assert page and "three warm meals" in read_page(page).marked
    contents = pages.page("contents/topic.html")
    assert contents and b"../norm/three-warm-meals.html" in contents
    start = pages.page("index.html")
    assert start and f"text/{KEY}.html" in start.decode() and b"text/toolkit-1.4.html" in start


def test_the_shapes_over_our_own_files_find_nothing(built: ox.Store) -> None:
    data = to_rdflib(quad.triple for quad in without_own_shapes(built))
    report = run(data, own_shapes(built))
    assert sorted(map(str, report.objects(None, SH.focusNode))) == []


def test_each_norm_has_its_words_page_and_line_in_its_own_text(hrge: Hrge) -> None:
    _, out, _ = hrge("query", "norms", "--param", f"source={SOURCE}", "--format", "csv")
    found = {
        local_name(row["norm"]): (row["page"], row["line"], row["kind"], row["force"])
        for row in rows(out)
    }
    assert found == {
        "meals-not-paid-with-work": (
            "1",
            "10",
            "recommendation",
            "agency-publication",
        ),  # cites nothing: of the guide's own force
        "three-warm-meals": ("1", "11", "obligation", "soft-law"),
        "quiet-room": ("2", "24", "recommendation", "agency-publication"),
        "kind-at-breakfast": ("2", "26", "recommendation", "agency-publication"),
    }


def test_words_that_the_page_cuts_have_two_segments(section: Path, built: ox.Store) -> None:
    text = (section / "data" / "sources" / KEY / "text.txt").read_bytes().decode("utf-8")
    found = built.query(
        sparql_prologue()
        + "SELECT DISTINCT ?start ?end ?page "
        + "{ limit:food-shortage hrge:anchor/hrge:segment ?s . "
        + "?s hrge:start ?start ; hrge:end ?end ; hrge:page ?page }"
        + " ORDER BY ?start",
        use_default_graph_as_union=True,
    )
    assert isinstance(found, ox.QuerySolutions)
    parts = [
        (text[int(row["start"].value) : int(row["end"].value)].split(), int(row["page"].value))
        for row in found
    ]
    assert [(words[0], words[-1], page) for words, page in parts] == [
        ("While", "two", 1),
        ("warm", "one57.", 2),
    ]


def test_queries_see_both_sections_and_a_new_one_is_found(hrge: Hrge) -> None:
    for source, first in (("source:toolkit-1.4", False), (SOURCE, True)):
        _, out, _ = hrge("query", "norms", "--param", f"source={source}", "--format", "csv")
        assert (
            "three-warm-meals" in {local_name(row["norm"]) for row in rows(out)}
        ) is first and len(rows(out)) > 3
    _, out, _ = hrge("query", "meals", "--format", "csv")
    assert [local_name(row["norm"]) for row in rows(out)] == [
        "meals-not-paid-with-work",
        "three-warm-meals",
        "kind-at-breakfast",
    ]
    assert "meals" in hrge("query")[1].split()


@pytest.mark.parametrize(
    "name", ["norms", "passages", "sentences", "footnotes", "discrepancies", "citations"]
)
def test_the_first_section_stays_as_it_is(
    name: str, hrge: Hrge, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    _, both, _ = hrge("query", name, "--format", "csv")
    _, new, _ = hrge(
        "query",
        name,
        "--format",
        "csv",
        *(() if name == "citations" else ("--param", f"source={SOURCE}")),
    )
    monkeypatch.delenv("HRGE_ROOT")
    monkeypatch.setenv("HRGE_CACHE", str(cache))
    _, alone, _ = hrge("query", name, "--format", "csv")
    added = [row for row in rows(new) if name != "citations" or KEY in row["citing"]]
    assert added and [row for row in rows(both) if row not in added] == rows(alone)


def test_a_description_gets_an_outcome_for_each_new_norm_and_group(hrge: Hrge) -> None:
    code, out, err = hrge("validate", str(DESCRIPTION), "--format", "json")
    assert code == 1, err
    found = {
        (local_name(one["norm"]), local_name(one["group"])): (one["outcome"], one["reason"])
        for one in json.loads(out)[0]["outcomes"]
        if local_name(one["source"]) == KEY
    }
    assert found == {
        ("meals-not-paid-with-work", "adults"): ("concern", "stated"),
        ("meals-not-paid-with-work", "families"): ("met", "stated"),
        ("three-warm-meals", "adults"): ("needs-review", "limit claimed"),
        ("three-warm-meals", "families"): ("met", "stated"),
        ("quiet-room", "adults"): ("not-stated", "silence"),
        ("quiet-room", "families"): ("met", "stated"),
        ("kind-at-breakfast", "adults"): ("not-applicable", "does not apply"),
        ("kind-at-breakfast", "families"): ("needs-review", "human check"),
    }
    text = " ".join(hrge("validate", str(DESCRIPTION), "--annex")[1].split())
    assert f"“Every shelter must offer three warm meals a day.” ({GUIDE}, page 1)" in text
    assert f"The sources are {GUIDE}; UNODC human rights and gender toolkit, Tool 1.4." in text


def test_the_form_asks_the_new_questions(hrge: Hrge) -> None:
    assert "three-warm-meals:" in hrge("new")[1]
    assert "meals-paid-with-work" in hrge("new", "--schema")[1]


def test_trails_and_cards_say_which_text_a_place_is_in(hrge: Hrge) -> None:
    code, out, _ = hrge("trail", "three-warm-meals")
    said = " ".join(out.split())
    assert code == 0
    assert f"“Every shelter must offer three warm meals a day.” ({GUIDE}, page 1, line 11)" in said
    assert f"({GUIDE}, page 1, line 16, footnote 56, pinpoint “rule 4”)" in said and "D901" in said
    assert hrge("trail", "three-warm-meals", "imaginary-code")[0] == 0
    code, out, _ = hrge("explain", "quiet-room")
    assert code == 0 and f"({GUIDE}, page 2, line 24)" in " ".join(out.split())
    _, out, _ = hrge("trail", "UNTOC 25(1)")  # a provision that both sections cite
    said = " ".join(out.split())
    assert (
        f"“article 25(1)” ({GUIDE}, page 1, line 6" in said
        and "“article 25(1)” (UNODC human rights" in said
    )


def test_a_footnote_number_that_two_texts_have_is_asked_back(hrge: Hrge) -> None:
    code, _, err = hrge("explain", "footnote 57")
    assert (
        code == 2
        and f"passage:{KEY}/footnote-29" in err
        and "passage:toolkit-1.4/footnote-143" in err
    )
    code, out, _ = hrge("explain", "Guide footnote 57")
    assert code == 0 and "The Agency knows of no such region." in out


HOW_TOS = ROOT / "docs" / "how-to"


@pytest.mark.parametrize(
    ("name", "least"),
    [("add-a-document", 3), ("add-a-section", 6), ("add-a-norm", 3), ("add-a-query", 1)],
)
def test_the_how_tos_show_what_is_in_its_files(name: str, least: int) -> None:
    blocks = re.findall(
        r"^```\w+\n# (\S+)\n(.*?)^```$",
        (HOW_TOS / f"{name}.md").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert len(blocks) >= least
    for file, block in blocks:
        assert block in (SECTION / file).read_text(encoding="utf-8"), file


def test_coverage_finds_nothing_missing_in_it(hrge: Hrge) -> None:
    _, out, _ = hrge("coverage", "--missing", "--format", "csv")
    assert [row for row in rows(out) if KEY in row["source"]] == []
    _, out, _ = hrge("coverage", "--format", "csv")
    assert (
        sum(int(row["sentences"]) for row in rows(out) if KEY in row["source"] and not row["page"])
        == 11
    )


# What an author gets wrong: the file, what is replaced by what in it, the problem and the remedy
# named, the words on the line named.
N, T = f"data/norms/{KEY}.ttl", f"data/sources/{KEY}"
WRONG = {
    "wrong-quotation": (
        (N, "offer three warm meals a day.", "offer four warm meals a day."),
        "is not in the text; the nearest is line 11: "
        "'Every shelter must offer three warm meals a day.'",
        "Quote the source's own words.",
        "offer four warm meals",
    ),
    "ambiguous-quotation": (
        (N, "Every shelter must offer three warm meals a day.", "warm meals"),
        f"in {KEY} it stands on lines 11, 19, 27",
        "Quote more words, or add hrge:quotePrefix",
        '"warm meals"',
    ),
    "source-not-named": (
        (N, "<> hrge:quotesFrom source:quiet-rooms-guide .", ""),
        "is not in the source toolkit-1.4: "
        f"'Being kind at breakfast, above all to children.' stands in {KEY}",
        f"write `<> hrge:quotesFrom {SOURCE} .` at its head",
        "Being kind at breakfast",
    ),
    "source-unknown": (
        (N, "source:quiet-rooms-guide .", "source:toolkit ."),
        "source:toolkit is not a source text",
        f"Name one of these: {SOURCE}, source:toolkit-1.4",
        "source:toolkit",
    ),
    "line-of-no-block": (
        (f"{T}/outline.yaml", "- running-head: 14\n", ""),
        'line 14 of the text belongs to no block: "The Invented Agency\'s Guide"',
        "Add it to a block near this one.",
        "paragraph: 10-12, 19-20",
    ),
    "mark-not-there": (
        (f"{T}/outline.yaml", "day56", "week56"),
        "the mark 56 on 'week56' is not to be found on line 12",
        "Give the line, and the one word on it that ends in 56.",
        "week56",
    ),
    "of-no-document": (
        (
            f"{T}/source.ttl",
            "  hrge:textOf document:quiet-rooms-guide .",
            "  hrge:mainSource false .",
        ),
        "the source text has no document",
        "Add hrge:textOf with a document of data/documents.",
        "a hrge:SourceText",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_it_is_named_and_nothing_is_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (file, old, new), problem, remedy, words = WRONG[name]
    folder = copied(tmp_path / "tree")
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setenv("HRGE_ROOT", str(folder))
    before = sorted((one, one.stat().st_mtime_ns) for one in tmp_path.rglob("*"))
    assert main(["build", "--out", str(tmp_path / "dist")]) == 2
    said = capsys.readouterr().err
    line = next(
        number
        for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if words in row
    )
    assert f"hrge: {file}:{line}: " in said and problem in said and remedy in said
    assert sorted((one, one.stat().st_mtime_ns) for one in tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("missing", "problem"),
    [
        ("source.ttl", "the source text is not described"),
        ("text.txt", "the text cannot be read (No such file or directory)"),
        ("outline.yaml", "the outline cannot be read (No such file or directory)"),
    ],
)
def test_a_folder_that_lacks_a_file_is_named(
    missing: str,
    problem: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = copied(tmp_path)
    (folder / T / missing).unlink()
    monkeypatch.setenv("HRGE_ROOT", str(folder))
    assert main(["build"]) == 2
    assert f"hrge: {T}/{missing}: {problem}. " in capsys.readouterr().err


def test_a_key_that_another_thing_has_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copied(tmp_path)
    for path in (
        one
        for name in FOLDERS
        for one in (folder / name).rglob("*.ttl")
        if (SECTION / one.relative_to(folder)).is_file()
    ):
        path.write_text(
            path.read_text(encoding="utf-8").replace("c:meals-topic", "c:food"), encoding="utf-8"
        )
    monkeypatch.setenv("HRGE_ROOT", str(folder))
    assert main(["build"]) == 2
    assert "c:food: the concept has two " in capsys.readouterr().err


def test_a_root_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ontology").mkdir()
    monkeypatch.setenv("HRGE_ROOT", str(tmp_path))
    assert main(["query"]) == 2
    assert "it holds no data/, no shapes/, no queries/" in capsys.readouterr().err
