"""Writes documents for Word and LibreOffice: for those who have to edit what they send on.

Headings are headings, lists are lists, and links lead to bookmarks. Needs the extra `docx`
(python-docx).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtra
from .document import (
    Below,
    Contents,
    Document,
    Facts,
    Grid,
    Heading,
    Items,
    Link,
    Mark,
    Paragraph,
    Picture,
    Section,
    SimpleBlock,
    Text,
    spans,
)
from .tones import LINK, TONES

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph as WordParagraph

_MARGIN, _WIDTH = 1.6, 17.8  # centimetres of a sheet of A4, and what is left of it for text
_FONT, _SOURCE = "Arial", "Georgia"
_SIZES = {1: 17, 2: 13, 3: 11, 4: 10}  # points, by the level of a heading
_NUMBER = 1.6  # centimetres of a column of numbers
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Nothing of the moment or the machine is in a document: the same report has the same bytes.
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def write(documents: Sequence[Document]) -> bytes:
    """One file with every document on sheets of its own.

    The footer has that of the first document and the number of the sheet. Raises MissingExtra
    without python-docx.
    """
    try:
        import docx
    except ImportError as error:
        raise MissingExtra("--format docx", "python-docx", "docx") from error
    word = docx.Document()
    _Writer(word).write(documents)
    out = io.BytesIO()
    word.save(out)
    return _without_time(out.getvalue())


def _without_time(content: bytes) -> bytes:
    """The same file, whose parts say nothing of when they were written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _FIRST_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()


class _Writer:
    """Puts blocks at the end of a document of python-docx."""

    def __init__(self, word: Word) -> None:
        self.word = word
        self._anchors: dict[str, str] = {}
        self._document = 0

    def write(self, documents: Sequence[Document]) -> None:
        self._set_up(documents)
        for self._document, document in enumerate(documents):
            if self._document:
                self._end_sheet()
            for part in document.blocks:
                for block in Document((part,)).flat:
                    self._block(block)
                if isinstance(part, Section) and part.ends_sheet:
                    self._end_sheet()

    def _end_sheet(self) -> None:
        from docx.enum.text import WD_BREAK

        self.word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _set_up(self, documents: Sequence[Document]) -> None:
        from docx.shared import Cm, Pt, RGBColor

        title = "; ".join(document.title for document in documents)
        core = self.word.core_properties
        # A property has at most 255 characters.
        core.title, core.author, core.comments = title[:250], "", ""
        core.language = documents[0].language if documents else "en"
        core.created = core.modified = datetime(*_FIRST_DAY[:3])
        core.last_modified_by, core.revision = "", 1
        section = self.word.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(_MARGIN)
        section.top_margin = section.bottom_margin = Cm(_MARGIN)
        body = self.word.styles["Normal"]
        _set_font(body, _FONT)
        body.font.size = Pt(9.5)
        body.paragraph_format.space_after = Pt(3)
        for level, size in _SIZES.items():
            style = self.word.styles[f"Heading {level}"]
            _set_font(style, _FONT)
            style.font.size, style.font.italic = Pt(size), False
            style.font.bold = True
            style.font.color.rgb = RGBColor.from_string("1A1A1A")
            style.paragraph_format.space_before = Pt(size * 0.8)
            style.paragraph_format.space_after = Pt(3)
            style.paragraph_format.keep_with_next = True
        for name in ("List Bullet", "List Number"):
            self.word.styles[name].paragraph_format.space_after = Pt(3)
        self._footer(documents[0].footer if documents else "")

    def _footer(self, text: str) -> None:
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Cm, Pt

        paragraph = self.word.sections[0].footer.paragraphs[0]
        self.word.styles["Footer"].paragraph_format.tab_stops.clear_all()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{_printable(text)}\t")
        _add_field(paragraph, "PAGE")
        paragraph.add_run(" / ")
        _add_field(paragraph, "NUMPAGES")
        for run in paragraph.runs:
            run.font.size = Pt(8)

    def _block(self, block: SimpleBlock | Contents) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            self._spans(self.word.add_paragraph(), block.text)
        elif isinstance(block, Items):
            self._items(block)
        elif isinstance(block, Grid):
            self._grid(block)
        elif isinstance(block, Picture):
            self._spans(self.word.add_paragraph(), block.words)
        elif isinstance(block, Contents):
            self._heading(Heading(2, block.title))
            self._items(Items(tuple((link,) for link in block.links)))
        elif isinstance(block, Facts):
            self._facts(block)

    def _heading(self, block: Heading) -> None:
        paragraph = self.word.add_paragraph(style=f"Heading {block.level}")
        self._anchor(paragraph, block.anchor)
        if block.mark:
            _set_tone(paragraph.add_run(f"{block.mark.text} "), block.mark.tone)
        paragraph.add_run(_printable(block.text))

    def _items(self, block: Items) -> None:
        for number, (anchor, text) in enumerate(block.anchored, 1):
            # A number that is text counts anew in each list, and stays what a link says it is.
            paragraph = self.word.add_paragraph(style=None if block.numbered else "List Bullet")
            self._anchor(paragraph, anchor)
            if block.numbered:
                self._hang(paragraph, f"{number}.")
            self._spans(paragraph, text)

    def _hang(self, paragraph: WordParagraph, number: str) -> None:
        from docx.shared import Cm

        form = paragraph.paragraph_format
        form.left_indent, form.first_line_indent = Cm(0.8), Cm(-0.8)
        form.tab_stops.add_tab_stop(Cm(0.8))
        paragraph.add_run(f"{number}\t")

    def _facts(self, block: Facts) -> None:
        from docx.shared import Cm

        for name, text in block.pairs:
            paragraph = self.word.add_paragraph()
            paragraph.paragraph_format.left_indent = Cm(0.4)
            paragraph.add_run(_printable(f"{name}: ")).bold = True
            self._spans(paragraph, text)

    def _grid(self, block: Grid) -> None:
        from docx.shared import Cm

        table = self.word.add_table(rows=1, cols=len(block.columns), style="Table Grid")
        table.autofit = False
        widths = _widths(block)
        for cell, name in zip(table.rows[0].cells, block.columns, strict=True):
            cell.paragraphs[0].add_run(_printable(name)).bold = True
        _repeat(table.rows[0])
        for texts in block.rows:
            row = table.add_row()
            _keep_together(row)
            for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                self._spans(cell.paragraphs[0], text, bold=block.row_names and not place)
        for place, width in enumerate(widths):
            for cell in table.columns[place].cells:
                cell.width = Cm(width)
                cell.paragraphs[0].paragraph_format.space_after = 0
        self.word.add_paragraph()

    def _spans(self, paragraph: WordParagraph, text: Text, *, bold: bool = False) -> None:
        for span in spans(text):
            if isinstance(span, Link):
                self._link(paragraph, span)
            elif isinstance(span, Mark):
                _set_tone(paragraph.add_run(span.text), span.tone)
            else:
                if isinstance(span, Below):
                    paragraph.add_run().add_break()
                said = span.text if isinstance(span, Below) else span
                for words, quoted in _quotations(_printable(said)):
                    run = paragraph.add_run(words)
                    run.bold = bold or None
                    if quoted:
                        _set_font(run, _SOURCE)

    def _link(self, paragraph: WordParagraph, link: Link) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import RGBColor

        element = OxmlElement("w:hyperlink")
        if link.to.startswith("#"):
            element.set(qn("w:anchor"), self._name(link.to[1:]))
        else:
            kind = RELATIONSHIP_TYPE.HYPERLINK
            relation = paragraph.part.relate_to(link.to, kind, is_external=True)
            element.set(qn("r:id"), relation)
        run = paragraph.add_run(_printable(link.text))
        if link.tone:
            _set_tone(run, link.tone)
        else:
            run.font.color.rgb = RGBColor.from_string(LINK)
        run.font.underline = True
        element.append(run._r)
        paragraph._p.append(element)

    def _anchor(self, paragraph: WordParagraph, anchor: str) -> None:
        """A bookmark at the beginning of a paragraph."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        if anchor:
            name = self._name(anchor)
            start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
            for mark in (start, end):
                mark.set(qn("w:id"), name.rpartition("_")[2])
                paragraph._p.append(mark)
            start.set(qn("w:name"), name)

    def _name(self, anchor: str) -> str:
        """The name of a bookmark: of letters, digits and _, at most 40, each once in the file."""
        key = f"{self._document} {anchor}"
        letters = re.sub(r"\W", "_", anchor, flags=re.ASCII)[:30]
        return self._anchors.setdefault(key, f"a_{letters}_{len(self._anchors) + 1}")


def _printable(text: str) -> str:
    """A text without what no XML can hold."""
    return _NOT_XML.sub("", text)


def _quotations(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text, and whether each is a quotation.

    >>> list(_quotations("said: “a” here"))
    [('said: ', False), ('“a”', True), (' here', False)]
    """
    for place, part in enumerate(re.split("(“[^“”]+”)", text)):
        if part:
            yield part, place % 2 == 1


def _widths(block: Grid) -> list[float]:
    """The widths of the columns, by the longest words and the length of the texts in them."""
    from .document import words_of

    wanted = []
    for name, *cells in zip(block.columns, *block.rows, strict=True):
        texts = [name, *map(words_of, cells)]
        word = max(len(word) for text in texts for word in (text.split() or [""]))
        wanted.append(max(word, min(40, sum(map(len, texts)) / len(texts) * 1.2)) + 2)
    return [_WIDTH * each / sum(wanted) for each in wanted]


def _set_font(styled: Any, name: str) -> None:
    """The font of a style or a run, for all scripts that Word tells apart."""
    from docx.oxml.ns import qn

    styled.font.name = name
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), name)
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(kind), None)


def _set_tone(run: Any, tone: str) -> None:
    from docx.shared import RGBColor

    if tone:
        run.font.bold = True
        run.font.color.rgb = RGBColor.from_string(TONES[tone])


def _add_field(paragraph: WordParagraph, code: str) -> None:
    """A number that Word works out: that of the sheet, or how many there are."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        if kind == "":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _repeat(row: Any) -> None:
    """Have a row stand at the top of each sheet that the table goes on."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_together(row: Any) -> None:
    """Have a row not be broken over two sheets."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
