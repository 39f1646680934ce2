"""Reads a bibliography by Zotero's own maps of types and fields (tests/fixtures/zotero/maps.json).

What Zotero has no type for is dropped (BibTeX) or becomes another type; what the type has no field
for is lost. So a test can see what arrives.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pybtex.database
from paths import ROOT

MAPS: dict[str, Any] = json.loads(
    (ROOT / "tests/fixtures/zotero/maps.json").read_text(encoding="utf-8")
)
_LINE = re.compile(r"([a-z-]+): (.+)")


@dataclass
class Item:
    """What Zotero keeps of one entry: its type, its fields by base field, `extra`, notes, tags."""

    key: str
    type: str
    fields: dict[str, str] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    creators: list[str] = field(default_factory=list)

    def put(self, name: str, value: str) -> bool:
        """Keep a value, if the type has a field of this name or with this base field."""
        if name == "extra":
            self.extra.append(value)
            return True
        known: Mapping[str, str] = MAPS["itemTypes"][self.type]
        base = known.get(name) or (name if name in known.values() else None)
        if base:
            self.fields.setdefault(base, value)
        return base is not None

    @property
    def cited(self) -> dict[str, str]:
        """The variables of CSL that lines of `extra` give when the item is cited."""
        lines = "\n".join(self.extra).splitlines()
        found = [_LINE.fullmatch(line) for line in lines]
        return {one[1]: one[2] for one in found if one and one[1] in MAPS["extra"]}


def from_csl_json(text: str) -> dict[str, Item]:
    """The items of CSL-JSON, by key."""
    maps = MAPS["csl"]
    items = {}
    for entry in json.loads(text):
        item = Item(entry["id"], maps["types"].get(entry["type"], maps["otherwise"]))
        for name, fields in maps["text"].items():
            if name in entry:
                any(item.put(one, str(entry[name])) for one in fields)  # the first that fits
        if "issued" in entry:
            parts = entry["issued"]["date-parts"][0]
            item.put("date", "-".join(f"{part:02}" for part in parts))
        item.creators = [one.get("family") or one["literal"] for one in entry.get("author", ())]
        items[item.key] = item
    return items


def from_bibtex(text: str) -> dict[str, Item]:
    """The items of BibTeX, by key; an entry whose type Zotero does not know is dropped."""
    maps = MAPS["bibtex"]
    items = {}
    for key, entry in pybtex.database.parse_string(text, "bibtex").entries.items():
        if entry.type not in maps["types"]:
            continue
        item = Item(key, maps["types"][entry.type])
        values = {name: re.sub(r"[{}\\]", "", value) for name, value in entry.fields.items()}
        for name, value in values.items():
            if name in ("number", "pages"):
                item.put(maps[name].get(item.type, maps[name]["otherwise"]), value)
            elif name in maps["fields"]:
                item.put(maps["fields"][name], value)
            elif name in maps["extra"] and len(value) >= 7:
                item.extra.append(f"{maps['extra'][name]}: {value}")
            elif name in maps["notes"]:
                item.notes.append(value)
        for name, to in maps["ifEmpty"].items():
            if name in values and to not in item.fields:
                item.put(to, values[name])
        item.creators = [" ".join(one.last_names) for one in entry.persons.get("author", ())]
        items[key] = item
    return items


def from_ris(text: str) -> dict[str, Item]:
    """The items of RIS, by key."""
    maps = MAPS["ris"]
    items = {}
    for record in re.split(r"^ER  - .*$", text, flags=re.MULTILINE):
        lines = re.findall(r"^([A-Z][A-Z0-9])  - (.*)$", record, re.MULTILINE)
        if not lines:
            continue
        tags = dict(lines)
        item = Item(tags["ID"], maps["types"].get(tags["TY"], maps["otherwise"]))
        for tag, value in lines:
            if tag == "AU":
                item.creators.append(value.split(",")[0])
            elif tag in maps["notes"]:
                item.notes.append(value)
            elif tag in maps["keywords"]:
                item.tags.append(value)
            elif tag in maps["tags"]:
                to = maps["tags"][tag]
                name = to.get(item.type, to.get("otherwise", ""))
                if name != "DOI":  # Zotero keeps there only what is one
                    item.put(name, value.replace("/", "-") if tag == "DA" else value)
        for tag, to in maps["ifEmpty"].items():
            if tag in tags and to not in item.fields:
                item.put(to, tags[tag])
        items[item.key] = item
    return items
