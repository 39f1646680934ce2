"""Reads JSON-LD, with lines, and refuses two things that JSON-LD allows.

They are a context that would have to be fetched, and keys and values that JSON-LD would drop in
silence because they are no IRI.

>>> read_json_ld('{"@id": "a", "http://b": 1}', "a.json", {}).triples[0].line
1
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import pyoxigraph as ox

from ...errors import InputError, Mistakes
from ...namespaces import PROGRAMME, expand, kebab
from ...parsing.files import printable, quoted
from ...parsing.json_objects import JsonObject, read_json
from ...suggest import did_you_mean
from ..jsonld_context import CONTEXT_IRI
from .triples import LocatedTriple, Node, ParsedTriples

_KEYWORDS = ("@context", "@id", "@type", "@graph", "@value", "@language", "@set")
_NO_IRI = re.compile(r'[\s<>"{}|\\^`]|^@|^$')


@dataclass
class _CountedObject:
    """A JSON object and how many triples it should give."""

    tree: JsonObject
    triples: int


def read_json_ld(
    text: str, file: str, context: Mapping[str, object], mistakes: Mistakes | None = None
) -> ParsedTriples:
    """The triples of a JSON-LD text. `context` is the content of our own context; no other is read.
    Raises InputError for whatever would be fetched, or lost; with `mistakes`, what hides no other
    mistake is gathered there.
    """
    gathering = Mistakes() if mistakes is None else mistakes
    parsed = ParsedTriples([], {})
    with gathering.gathered():
        parsed = _JsonLd(text, file, context, gathering).read()
    if mistakes is None:
        gathering.raise_found()
    return parsed


class _JsonLd:
    def __init__(
        self, text: str, file: str, context: Mapping[str, object], mistakes: Mistakes
    ) -> None:
        self.file = file
        self.mistakes = mistakes
        self.rows = text.split("\n")
        self.own = context
        # A property on every object leads from a node of the graph to the object it comes from.
        # Its name is random, so no author can use it.
        self.mark = f"x-{secrets.token_hex(8)}:n"
        self.own_used = 0
        self.objects: list[_CountedObject] = []
        self.aliases: dict[str, str] = {}
        self.terms: set[str] = set()
        self.forgotten: set[str] = set()
        self.references: set[str] = {"@id", "@type"}
        self.names: dict[str, set[str]] = {}
        self.tree = read_json(text, file, mistakes)

    def read(self) -> ParsedTriples:
        self._refuse_form()
        self._aliases(self.tree)
        prepared = json.dumps(self._document(self.tree))
        triples: list[tuple[Node, ox.NamedNode, Node | ox.Literal]] = []
        marks: dict[Node, list[int]] = {}
        try:
            for quad in ox.parse(prepared, format=ox.RdfFormat.JSON_LD, base_iri=PROGRAMME):
                subject, predicate, value = quad.subject, quad.predicate, quad.object
                assert not isinstance(subject, ox.Triple)
                assert not isinstance(value, ox.Triple)  # JSON-LD has none
                if predicate.value == self.mark:
                    marks.setdefault(subject, []).append(int(value.value))
                else:
                    triples.append((subject, predicate, value))
        except SyntaxError as error:  # its line would be that of the prepared text
            problem = printable(re.sub(r"^Parser error[^:]*: ", "", error.msg))
            raise InputError(self.file, f"this is not JSON-LD: {problem}", "Correct it.") from error
        self._refuse_loss(triples, marks)
        parsed = ParsedTriples([], {})
        for subject, predicate, value in triples:
            trees = [self.objects[index].tree for index in marks.get(subject, ())]
            if not trees:  # lost, as was told
                continue
            places = (self._line(tree, term) for term in (value, predicate) for tree in trees)
            line = next((place for place in places if place), trees[0].first)
            parsed.triples.append(LocatedTriple(subject, predicate, value, line))
            parsed.lines.setdefault(subject, trees[0].first)
        return parsed

    def _refuse_form(self) -> None:
        """Refuse the form itself in JSON, which has keys as in YAML and no context."""
        tree = self.tree
        if not isinstance(tree, JsonObject) or any(key.startswith("@") for key in tree):
            return
        if "programme" in tree and ("groups" in tree or "answers" in tree):
            raise InputError(
                self.file,
                "this is the form in JSON, and no JSON-LD",
                "Give the file the ending .yaml: hrge reads the form in JSON there.",
                line=tree.first,
            )

    # contexts

    def _aliases(self, tree: Any) -> None:
        """Look through all contexts first.

        Refuse what they would fetch, and learn which keys stand for keywords.
        """
        if isinstance(tree, list):
            for item in tree:
                self._aliases(item)
        elif isinstance(tree, JsonObject):
            for key, value in tree.items():
                if key == "@context":
                    self._look_at_context(value, tree)
                else:
                    self._aliases(value)

    def _look_at_context(self, value: Any, around: JsonObject) -> None:
        if isinstance(value, str):
            if value != CONTEXT_IRI:
                self._fail(
                    around,
                    value,
                    f"the context {quoted(value)} is not in this file, and hrge fetches nothing",
                    f"Write its content here, or use {CONTEXT_IRI}.",
                )
            self.own_used += 1
            if self.own_used > 20:
                self._fail(
                    around,
                    value,
                    "the file names its context too often",
                    "Name it once, at the top.",
                )
            self._learn(self.own)
        elif isinstance(value, list):
            for item in value:
                self._look_at_context(item, around)
        elif isinstance(value, JsonObject):
            self._learn(value)
            for key, definition in value.items():
                if key == "@import":
                    self._fail(
                        value,
                        key,
                        "“@import” would fetch a context, and hrge fetches nothing",
                        "Write its content here.",
                    )
                if isinstance(definition, JsonObject):
                    if "@reverse" in definition:
                        self._fail(
                            definition,
                            "@reverse",
                            "hrge does not read “@reverse”",
                            "State it from the other side.",
                        )
                    if definition.get("@container", "@set") not in ("@set", ["@set"]):
                        self._fail(
                            definition,
                            "@container",
                            "hrge reads only “@set” as “@container”",
                            "Write the objects as a list.",
                        )
                    if "@context" in definition:
                        self._look_at_context(definition["@context"], definition)

    def _learn(self, context: Mapping[str, object]) -> None:
        for term, definition in context.items():
            if term.startswith("@"):
                continue
            whole = definition if isinstance(definition, dict) else {}
            meaning = whole.get("@id") if whole else definition
            if meaning is None:
                self.forgotten.add(term)
            elif isinstance(meaning, str) and meaning in _KEYWORDS:
                self.aliases[term] = meaning
            else:
                self.terms.add(term)
                self.names.setdefault(expand(str(meaning)) or "", set()).add(term)
            if whole.get("@type") in ("@id", "@vocab") or meaning in ("@id", "@type"):
                self.references.add(term)

    def _own(self, value: Any) -> Any:
        """A context with the content of our own in the place of its name."""
        if value == CONTEXT_IRI:
            return self.own
        if isinstance(value, list):
            return [self._own(item) for item in value]
        if isinstance(value, dict):
            return {
                term: {**definition, "@context": self._own(definition["@context"])}
                if isinstance(definition, dict) and "@context" in definition
                else definition
                for term, definition in value.items()
            }
        return value

    # objects

    def _document(self, tree: Any) -> Any:
        if isinstance(tree, list):
            return [self._top(item) for item in tree]
        if not isinstance(tree, JsonObject):
            raise InputError(
                self.file, "this is JSON, but not JSON-LD", "Begin with an object: { … }.", line=1
            )
        names = {key: self.aliases.get(key, key) for key in tree}
        if "@graph" not in names.values():
            return self._top(tree)
        found: dict[str, Any] = {}
        for key, value in tree.items():
            if names[key] == "@graph":
                found[key] = [
                    self._top(item) for item in (value if isinstance(value, list) else [value])
                ]
            elif key == "@context":
                found[key] = self._own(value)
            else:
                self._fail(
                    tree,
                    key,
                    "hrge does not read a named graph",
                    "Beside “@graph” leave only “@context”.",
                )
        return found

    def _top(self, tree: Any) -> Any:
        if not isinstance(tree, JsonObject):
            raise InputError(
                self.file,
                "a programme, group or statement must be an object, and this is not",
                "Write { … }.",
                line=self._place(tree),
            )
        return self._value(tree)[0]

    def _value(self, value: Any) -> tuple[Any, int]:
        """A value as the parser gets it, and how many triples it should give."""
        if isinstance(value, list):
            pairs = [self._value(item) for item in value]
            return [made for made, _ in pairs], sum(count for _, count in pairs)
        if isinstance(value, JsonObject):
            return self._object(value)
        return value, int(value is not None)

    def _object(self, tree: JsonObject) -> tuple[Any, int]:
        names: dict[str, str] = {}
        for key in tree:
            name = self.aliases.get(key, key)
            with self.mistakes.gathered():
                if name.startswith("@") and (name not in _KEYWORDS or name == "@graph"):
                    self._fail(
                        tree,
                        key,
                        f"hrge does not read the key {quoted(key)} here",
                        f"Write it without this key.{did_you_mean(key[:60], _KEYWORDS)}",
                    )
                names[key] = name
        self._refuse_values_of_keywords(tree, names)
        if "@value" in names.values():
            value = next(tree[key] for key, name in names.items() if name == "@value")
            return dict(tree), int(value is not None)
        if "@set" in names.values():
            key = next(key for key, name in names.items() if name == "@set")
            made, count = self._value(tree[key])
            return {**tree, key: made}, count
        found: dict[str, Any] = {}
        counted = _CountedObject(tree, 0)
        self.objects.append(counted)
        mark = len(self.objects) - 1
        for key, value in tree.items():
            if key not in names:
                continue
            if names[key] == "@context":
                found[key] = self._own(value)
            elif names[key] == "@id":
                found[key] = value
            elif names[key] == "@type":
                found[key] = value
                counted.triples += len(value) if isinstance(value, list) else int(value is not None)
            else:
                found[key], count = self._value(value)
                counted.triples += count
        if counted.triples:
            found[self.mark] = mark
        return found, 1

    def _refuse_values_of_keywords(self, tree: JsonObject, names: Mapping[str, str]) -> None:
        """Refuse what the parser would, which cannot say on which line. (JSON-LD 1.1, 9)"""
        in_value = "@value" in names.values()
        for key, name in names.items():
            value = tree[key]
            said = quoted(key)
            if name in ("@id", "@language") and not isinstance(value, str):
                self._fail(tree, key, f"{said} is not followed by a text", "Write one text.")
            elif name == "@type" and not _are_texts(value, many=not in_value):
                several = "" if in_value else ", or a list of texts"
                self._fail(
                    tree, key, f"{said} is not followed by a text{several}", "Write the type."
                )
            elif name == "@value" and isinstance(value, list | dict):
                self._fail(
                    tree, key, f"{said} is followed by a list or an object", "Write one value."
                )
            elif in_value and name not in ("@value", "@type", "@language", "@context"):
                self._fail(
                    tree, key, f"{said} stands beside “@value”", "Leave only its type or language."
                )
        if in_value and {"@type", "@language"} <= set(names.values()):
            self._fail(tree, "@language", "a value has a type and a language", "Leave one of them.")

    # what JSON-LD would drop

    def _refuse_loss(
        self,
        triples: list[tuple[Node, ox.NamedNode, Node | ox.Literal]],
        marks: Mapping[Node, list[int]],
    ) -> None:
        counts: dict[Node, int] = {}
        for subject, _, _ in triples:
            counts[subject] = counts.get(subject, 0) + 1
        whole: set[int] = set()
        for node, indexes in marks.items():
            if counts.pop(node, 0) == sum(self.objects[index].triples for index in indexes):
                whole.update(indexes)
        lost = [
            counted.tree
            for index, counted in enumerate(self.objects)
            if counted.triples and index not in whole
        ]
        before = len(self.mistakes.found)
        for tree in lost:
            self._blame(tree)
        if len(self.mistakes.found) > before:
            return
        if lost or counts:
            line = lost[0].first if lost else None
            raise InputError(
                self.file,
                "part of what stands here would be lost",
                "Use keys of the context, and names or IRIs for values.",
                line=line,
            )

    def _blame(self, tree: JsonObject) -> None:
        """Report what JSON-LD may have dropped of an object; JSON-LD itself does not say."""
        for key, value in tree.items():
            unknown = key not in self.terms and ":" not in key
            if self.aliases.get(key, key) not in _KEYWORDS and (
                unknown or key in self.forgotten or _NO_IRI.search(key)
            ):
                known = self.terms - self.forgotten
                with self.mistakes.gathered():
                    self._fail(
                        tree,
                        key,
                        f"the key {quoted(key)} is unknown here",
                        f"Use a key of the context.{did_you_mean(key[:60], known)}",
                    )
            for word in self._references(key, value):
                with self.mistakes.gathered():
                    if _NO_IRI.search(word):
                        self._fail(
                            tree,
                            word,
                            f"{quoted(word)} is not a name or an IRI, and one belongs here",
                            "Write it without spaces and special characters.",
                        )

    def _references(self, key: str, value: Any) -> list[str]:
        """The strings that stand for nodes, among what an object says under a key."""
        found: list[str] = []
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, JsonObject):
                found += [
                    v
                    for k, v in item.items()
                    if self.aliases.get(k, k) == "@id" and isinstance(v, str)
                ]
            elif isinstance(item, str) and key in self.references:
                found.append(item)
        return found

    # places

    def _place(self, value: Any) -> int:
        """The line on which a value stands, as well as it is known."""
        if isinstance(value, JsonObject):
            return value.first
        if isinstance(value, list):
            return self._place(value[0]) if value else 1
        written = json.dumps(value, ensure_ascii=False)
        return next((n for n, row in enumerate(self.rows, 1) if written in row), 1)

    def _fail(self, tree: JsonObject, word: str, problem: str, remedy: str) -> NoReturn:
        written = json.dumps(word, ensure_ascii=False)
        found = (
            number
            for number in range(tree.first, tree.last + 1)
            if written in self.rows[number - 1]
        )
        raise InputError(self.file, problem, remedy, line=next(found, tree.first))

    def _line(self, tree: JsonObject, term: Node | ox.Literal) -> int | None:
        """The first line of an object on which a term is written, whole, short or as a key."""
        if isinstance(term, ox.BlankNode) or not 0 < tree.last - tree.first < 200:
            return None
        rows = self.rows[tree.first - 1 : tree.last]
        # A large file on few lines would be searched again for every triple.
        if max(map(len, rows)) > 1000:
            return None
        names = [term.value]
        if isinstance(term, ox.NamedNode):
            local = re.split(r"[/#:]", term.value)[-1]
            names += [local, kebab(local), *self.names.get(term.value, ())]
        forms = "|".join(
            rf'"(?:[\w-]+:)?{re.escape(name)}"|:\s*{re.escape(name)}\s*(?:[,}}\]]|$)'
            for name in names
            if name
        )
        if not forms:
            return None
        written = re.compile(forms)
        return next(
            (number for number, row in enumerate(rows, tree.first) if written.search(row)), None
        )


def _are_texts(value: Any, *, many: bool) -> bool:
    """Whether a value is a text or, with `many`, a list of texts."""
    if many and isinstance(value, list):
        return all(isinstance(item, str) for item in value)
    return isinstance(value, str)
