"""Outlines: the good ones are read as they are written, the bad ones are refused at their line."""

import pickle
from pathlib import Path

import pytest
from paths import FIXTURES, ROOT

from hrge_kg.errors import InputError
from hrge_kg.resources import relative
from hrge_kg.text.outline import Block, read_outline

HERE = FIXTURES / "outline"
SOURCES = sorted(path.parent for path in (ROOT / "data" / "sources").glob("*/outline.yaml"))
TEXT = (HERE / "text.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(HERE.glob("bad-*.yaml")), ids=lambda path: path.stem)
def test_bad_outline_is_refused_at_its_line(path: Path) -> None:
    # The line at fault ends in a comment that quotes the message.
    rows = path.read_text(encoding="utf-8").split("\n")
    [(line, message)] = [
        (n, row.split("# <- ")[1]) for n, row in enumerate(rows, 1) if "# <- " in row
    ]
    with pytest.raises(InputError) as caught:
        read_outline(path, TEXT)
    assert (caught.value.where, caught.value.line) == (relative(path), line)
    assert message in caught.value.problem
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"# nothing\n", "the file is empty"),
        (b"blocks: \xff", "not UTF-8"),
        (b"blocks: \x07", "not YAML"),
    ],
    ids=["empty", "comment-only", "not-utf-8", "control-character"],
)
def test_file_that_is_no_outline(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "outline.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError, match=problem) as caught:
        read_outline(path, TEXT)
    assert caught.value.line == (1 if problem == "not UTF-8" else None)
    assert str(caught.value).startswith(f"{path}:")


def test_deep_nesting_is_refused_before_it_costs_anything(tmp_path: Path) -> None:
    path = tmp_path / "outline.yaml"
    path.write_text("[" * 5000 + "]" * 5000, encoding="utf-8")
    with pytest.raises(InputError, match="nested too deeply"):
        read_outline(path, TEXT)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_outline(tmp_path / "none.yaml", TEXT)


def test_error_survives_pickling() -> None:
    error = InputError("form.yaml", "the key is unknown.", "Take it out.", line=3)
    copy = pickle.loads(pickle.dumps(error))
    assert str(copy) == "form.yaml:3: the key is unknown. Take it out."
    assert (copy.where, copy.line, copy.problem, copy.remedy) == (
        error.where,
        3,
        error.problem,
        error.remedy,
    )


def test_good_outline() -> None:
    outline = read_outline(HERE / "good.yaml", TEXT)
    assert [(page.number, page.line) for page in outline.pages] == [(3, 1), (4, 8), (9, 16)]
    assert outline.abbreviations == {"Doc."}
    heading = outline.blocks[2]
    [paragraph] = heading.parts
    assert [(part.kind, part.label, part.number, part.lines) for part in paragraph.parts] == [
        ("list-item", "(a) (i)", 1, ((10, 11),)),
        ("list-item", "(b)", 2, ((12, 12),)),
    ]
    assert [TEXT[mark.start - 3 : mark.end] for mark in outline.marks] == ["all1", "ed.2"]
    assert [(block.kind, block.outline_line) for block in outline.walk()][-5:] == [
        ("caption", 14), ("table-header", 15), ("table-cell", 17), ("footnote", 19), ("footnote",
        20),
    ]  # fmt: skip


@pytest.mark.parametrize("folder", SOURCES, ids=lambda folder: folder.name)
def test_every_line_of_a_source_is_in_one_block(folder: Path) -> None:
    text = (folder / "text.txt").read_bytes().decode()
    outline = read_outline(folder / "outline.yaml", text)
    lines = [n for block in outline.walk() for a, b in block.lines for n in range(a, b + 1)]
    assert len(lines) == len(set(lines))
    rows = text.split("\n")
    assert all(n in set(lines) or not row.strip() for n, row in enumerate(rows, 1))
    for block in outline.walk():
        for (first, last), (start, end) in zip(block.lines, block.spans, strict=True):
            assert text[start:end].rstrip("\n") == "\n".join(rows[first - 1 : last]).rstrip("\n")


def test_toolkit_outline() -> None:
    folder = ROOT / "data" / "sources" / "toolkit-1.4"
    outline = read_outline(folder / "outline.yaml", (folder / "text.txt").read_bytes().decode())
    blocks = list(outline.walk())
    cut = [(block.lines[0][1], block.lines[1][0]) for block in blocks if len(block.lines) > 1]
    assert cut == [(49, 53), (138, 155), (200, 204), (345, 353), (369, 371), (393, 414)]
    assert [note.number for note in outline.footnotes] == list(range(55, 68))
    assert [mark.line for mark in outline.marks] == [
        59, 104, 110, 114, 134, 192, 245, 329, 341, 361, 386, 433, 454,
    ]  # fmt: skip
    labels = [block.label for block in blocks if block.kind == "list-item"]
    assert labels == ["1.", "2.", "3.", "4.", "5.", "6. 5.", "7.", "8.", "9.", "◼", "◼", "◼", "◼"]
    rows = [block for block in outline.blocks[-1].parts if block.kind == "table-row"]
    assert [cells(row) for row in rows] == [
        [(477, 479), (483, 485)], [(487, 489), (491, 497)], [(499, 501), (503, 506)],
        [(508, 510), (512, 520)], [(522, 524), (526, 530)], [(532, 535), (537, 540)],
    ]  # fmt: skip


def cells(row: Block) -> list[tuple[int, int]]:
    return [cell.lines[0] for cell in row.parts]
