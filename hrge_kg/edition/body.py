"""The words of an edition as the body of an Akoma Ntoso document.

Headings become sections, paragraphs `paragraph`, lists `blockList`, tables `table`, footnotes
`authorialNote` at their marks. Akoma Ntoso has no element for a sentence: it is an `inline` of that
name, as are items that run on within a paragraph. Each element of a passage has the passage's IRI
as its GUID.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile

from .letters import Letters
from .marks import Implicit, Marks
from .model import LEFT_OUT, Edition, Passage
from .xml_text import block, element

_TITLES = ("title", "subtitle", "running-head")


class Body:
    """The two parts of a document that hold words: its preface and its main body.

    `implicit` are the citations that no `ref` stands for.
    """

    preface: str
    main: str
    implicit: tuple[Implicit, ...]

    def __init__(self, edition: Edition) -> None:
        self._eids: Counter[str] = Counter()
        self._parts: dict[str | None, list[Passage]] = {}
        for passage in sorted(edition.passages, key=lambda one: one.order):
            if passage.kind not in LEFT_OUT:
                self._parts.setdefault(passage.parent, []).append(passage)
        self._letters = Letters(edition)
        self._marks = Marks(edition, self._letters, self._footnote)
        self.implicit = tuple(self._marks.implicit)
        top = [one for one in self._parts.get(None, ()) if one.kind != "footnote"]
        titles = list(takewhile(lambda one: one.kind in _TITLES, top))
        self.preface = block("preface", None, map(self._title, titles)) if titles else ""
        self.main = block("mainBody", None, self._hierarchy(top[len(titles) :], ""))

    # ------------------------------------------------------------------ hierarchy

    def _hierarchy(self, passages: Iterable[Passage], above: str) -> Iterator[str]:
        for is_item, run in groupby(passages, key=lambda one: one.kind == "list-item"):
            if is_item:  # items right under a heading
                eid = self._eid(above, "para")
                yield _content(eid, None, "", [self._list(list(run), eid, "")])
                continue
            for passage in run:
                if passage.kind == "heading":
                    yield self._section(passage, above)
                else:
                    yield self._paragraph(passage, above)

    def _section(self, heading: Passage, above: str) -> str:
        """A heading with what stands under it; an extract from elsewhere ends in its source."""
        parts = self._parts.get(heading.iri, [])
        source = parts[-1] if parts and parts[-1].kind == "source-line" else None
        eid = self._eid(above, "extract" if source else "sec")
        named = {"name": "extract"} if source else {}
        own = element("heading", _guid(heading), self._words(heading))
        children = self._hierarchy(parts[:-1] if source else parts, eid)
        end = block("wrapUp", {"eId": f"{eid}__wrapup"}, [self._plain(source)]) if source else ""
        return block(
            "hcontainer" if source else "section", named | {"eId": eid}, [own, *children, end]
        )

    def _paragraph(self, passage: Passage, above: str) -> str:
        eid = self._eid(above, "para")
        label = self._label(passage)
        guid = passage.iri if passage.kind == "paragraph" else None
        return _content(eid, guid, label, self._blocks(passage, eid))

    # ------------------------------------------------------------------ blocks

    def _blocks(self, passage: Passage, above: str) -> list[str]:
        """The own words of a passage and the blocks that are parts of it."""
        rest = [one for one in self._parts.get(passage.iri, ()) if one.kind != "label"]
        within = [one for one in rest if _runs_on(one, passage)]
        parts = [one for one in rest if not _runs_on(one, passage)]
        lead = (
            self._words(passage)
            if passage.iri in self._letters.leaves
            else self._run(within, above)
        )
        blocks: list[str] = []
        for kind, run in groupby(parts, key=_group):
            found = list(run)
            if kind == "list":
                blocks.append(self._list(found, above, lead))
                lead = ""
            elif kind == "table":
                blocks += self._table(found, above, passage, lead)
                lead = ""
            else:
                blocks += [one for part in found for one in self._blocks(part, above)]
            if lead:
                blocks.insert(0, _p(passage, lead))
                lead = ""
        return blocks or [_p(passage, lead)]

    def _list(self, items: list[Passage], above: str, introduction: str) -> str:
        eid = self._eid(above, "list")
        intro = element("listIntroduction", {"eId": f"{eid}__intro"}, introduction)
        return block(
            "blockList",
            {"eId": eid},
            [intro if introduction else "", *(self._item(item, eid) for item in items)],
        )

    def _item(self, item: Passage, above: str) -> str:
        label = self._label(item)
        eid = self._eid(above, "item", _number(item.label))
        return block("item", {"eId": eid} | _guid(item), [label, *self._blocks(item, eid)])

    def _table(
        self, parts: list[Passage], above: str, title: Passage, caption: str
    ) -> Iterator[str]:
        eid = self._eid(above, "table")
        headers = [one for one in parts if one.kind == "table-header"]
        rows: list[str] = []
        if headers:
            row = self._eid(eid, "tr")
            cells = [self._cell("th", header, row) for header in headers]
            rows.append(block("tr", {"eId": row}, cells))
        for part in parts:
            if part.kind == "table-row":
                row = self._eid(eid, "tr")
                cells = [self._cell("td", one, row) for one in self._parts.get(part.iri, ())]
                rows.append(block("tr", {"eId": row} | _guid(part), cells))
        named = element("caption", _guid(title), caption) if caption else ""
        yield block("table", {"eId": eid}, [named, *rows])

    def _cell(self, name: str, cell: Passage, above: str) -> str:
        eid = self._eid(above, name)
        return block(name, {"eId": eid} | _guid(cell), self._blocks(cell, eid))

    def _title(self, title: Passage) -> str:
        words = self._words(title)
        return _p(title, element("docTitle", None, words) if title.kind == "title" else words)

    def _plain(self, passage: Passage) -> str:
        return _p(passage, self._words(passage))

    def _footnote(self, note: Passage) -> str:
        """A footnote, for the place of its mark; its printed number is the attribute `marker`."""
        eid = self._eid("", "ftn", _number(note.label))
        attributes = {"eId": eid, "marker": note.label or "", "placement": "bottom"} | _guid(note)
        content = "".join(self._blocks(note, eid))
        return element("sup", {"class": "footnote"}, element("authorialNote", attributes, content))

    # ------------------------------------------------------------------ words

    def _run(self, passages: Iterable[Passage], above: str) -> str:
        """Sentences, and items that run on within a paragraph, with a space between them."""
        return " ".join(self._inline(one, above) for one in passages)

    def _inline(self, passage: Passage, above: str) -> str:
        if passage.kind == "list-item":
            eid = self._eid(above, "item", _number(passage.label))
            words = self._run(self._parts.get(passage.iri, ()), eid)
            return element("inline", {"name": "item", "eId": eid} | _guid(passage), words)
        attributes = {"name": passage.kind} | _guid(passage)
        if passage.kind == "sentence":
            attributes["eId"] = self._eid(above, "sent")
        return element("inline", attributes, self._words(passage))

    def _words(self, passage: Passage) -> str:
        return self._marks.written(self._letters.leaves[passage.iri])

    def _label(self, passage: Passage) -> str:
        """The printed label of a passage as its number."""
        labels = [one for one in self._parts.get(passage.iri, ()) if one.kind == "label"]
        return "".join(element("num", _guid(one), self._words(one)) for one in labels)

    def _eid(self, above: str, name: str, number: str | None = None) -> str:
        """An eId that no other element has: numbered as printed, else as counted."""
        stem = f"{above}__{name}" if above else name
        if number and not self._eids[f"{stem}_{number}"]:
            self._eids[f"{stem}_{number}"] += 1
            return f"{stem}_{number}"
        self._eids[stem] += 1
        while self._eids[f"{stem}_{self._eids[stem]}"]:
            self._eids[stem] += 1
        self._eids[f"{stem}_{self._eids[stem]}"] += 1
        return f"{stem}_{self._eids[stem]}"


def _guid(passage: Passage) -> dict[str, str]:
    return {"GUID": passage.iri}


def _p(passage: Passage, words: str) -> str:
    """The words of a block as a paragraph of type; its class says what else it is."""
    plain = passage.kind in ("paragraph", "list-item", "table-cell", "table-header", "footnote")
    own = {} if plain else {"class": passage.kind} | _guid(passage)
    return element("p", own, words)


def _content(eid: str, guid: str | None, label: str, blocks: Iterable[str]) -> str:
    content = block("content", {"eId": f"{eid}__content"}, blocks)
    return block("paragraph", {"eId": eid, "GUID": guid}, [label, content])


def _runs_on(part: Passage, whole: Passage) -> bool:
    """Whether a part stands in the lines of the whole, as sentences do and items may."""
    if part.kind == "sentence":
        return True
    place = part.spans[0][0]
    return part.kind == "list-item" and any(start <= place < end for start, end in whole.spans)


def _group(part: Passage) -> str:
    if part.kind in ("table-header", "table-row"):
        return "table"
    return "list" if part.kind == "list-item" else "other"


def _number(label: str | None) -> str | None:
    """The number in a printed label, as the naming convention of Akoma Ntoso has it.

    >>> _number("(a)"), _number("6. 5."), _number("◼")
    ('a', '6-5', None)
    """
    return "-".join(re.findall(r"[A-Za-z0-9]+", label or "")) or None
