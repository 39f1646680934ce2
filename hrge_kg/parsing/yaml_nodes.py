"""Reads YAML as nodes: words (scalars), lists (sequences), and keys with values (mappings).

Each node knows its line and keeps every word as it is written. YAML's own loader would read the
label 6.10 as the number 6.1, and keep only the last of two equal keys without a warning.

>>> nodes = YamlNodes("notes.yaml")
>>> [nodes.scalar(key) for key, _ in nodes.pairs(nodes.root("6.10: yes"))]
['6.10']
"""

import re
from collections import deque
from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import NoReturn

import yaml
from yaml.composer import Composer
from yaml.resolver import Resolver

from ..errors import InputError

_DEEPEST = 50
"""Lists and mappings within each other."""
_MOST_NODES = 60_000
"""Keys, words and ends of lists and mappings. A form that answers everything has a few thousand."""

ALIAS = "alias"
"""The tag of a node that stands where an alias was refused."""
ALIAS_REFUSED = ("aliases are not allowed here", "Write the value out.")
"""The problem and the remedy."""

_KNOWN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
)
"""What programs write to say the type of a value; any other tag is a slip."""
_IN_QUOTES = "Put the value in quotation marks."
_REMEDIES = {
    r"found character '\\t'": "Write blanks in place of the tab.",
    r"found character '[@`%]'": _IN_QUOTES,
    "mapping values are not allowed": (
        "If the value has a colon in it, put it in quotation marks; else correct the indent."
    ),
    "could not find expected ':'": "Write a colon and a blank after the key, as in key: value.",
    "found another document": "Keep one document: remove what stands from the line --- on.",
    "found '<scalar>'": "In a value between ' and ', write each apostrophe twice.",
}
"""What to do, by what PyYAML says of a syntax error (patterns)."""

_QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser of libyaml, where PyYAML has it: it takes a twentieth of the time."""
_READ_IN_TWO_WAYS = re.compile(
    r"[!?]|:\s*[,}\]]|[|>][-+\d]*#|[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\uffef]"
)
"""Signs, empty values in brackets, and characters that the two parsers read in two ways."""


class _Composer(Composer, Resolver):
    """Makes nodes of events that were read already.

    Makes a blank of an alias, which would repeat what its anchor holds.
    """

    def __init__(self, events: Iterable[yaml.Event]) -> None:
        super().__init__()
        self._coming = deque(events)

    def check_event(self, *kinds: type[yaml.Event]) -> bool:
        """Whether another event comes, of one of these kinds."""
        return bool(self._coming) and (not kinds or isinstance(self._coming[0], kinds))

    def peek_event(self) -> yaml.Event:
        """The next event, which stays the next."""
        return self._coming[0]

    def get_event(self) -> yaml.Event:
        """The next event, taken."""
        return self._coming.popleft()

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            alias = self.get_event()
            # To the stubs, the marks of the two parsers are of two kinds.
            return yaml.ScalarNode(ALIAS, "", alias.start_mark, alias.end_mark)  # type: ignore[arg-type]
        return super().compose_node(parent, index)


class YamlNodes:
    """Reads the nodes of one YAML file.

    What is not of the kind asked for raises an InputError with its line. So do aliases (a value
    that stands for another) and equal keys.

    >>> try:
    ...     YamlNodes("notes.yaml").integer(YamlNodes("notes.yaml").root("many"))
    ... except InputError as error:
    ...     print(error)
    notes.yaml:1: 'many' is not a number. Write a whole number.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._content = ""

    def root(self, content: str) -> yaml.Node:
        """The root node of a document."""
        self._content = content
        try:
            root = _Composer(self._events(content)).get_single_node()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else None
            problem = getattr(error, "problem", None) or "a character that YAML does not allow"
            found = [remedy for said, remedy in _REMEDIES.items() if re.search(said, problem)]
            remedy = found[0] if found else "Correct the syntax."
            raise InputError(
                self.file, f"this is not YAML: {problem}", remedy, line=line
            ) from error
        if root is None:
            raise InputError(self.file, "the file is empty", "Fill it in.")
        return root

    def _events(self, content: str) -> list[yaml.Event]:
        """The events of a document, checked."""
        if content.endswith("\n") and not _READ_IN_TWO_WAYS.search(content):
            # Of a mistake it speaks in other words than the other parser.
            with suppress(yaml.YAMLError):
                return self._checked(yaml.parse(content, Loader=_QUICK))
        return self._checked(yaml.parse(content, Loader=yaml.SafeLoader))

    def _checked(self, events: Iterable[yaml.Event]) -> list[yaml.Event]:
        # Checked before any node is made: a few aliases within each other can stand for more
        # nodes than fit in memory, and so many brackets can exhaust the stack.
        depth = 0
        anchors: dict[str, yaml.Event] = {}  # before words, and not used
        checked: list[yaml.Event] = []
        for event in events:
            if len(checked) > _MOST_NODES:
                self.fail(
                    event,
                    f"this has more than {_MOST_NODES:,} keys, words, lists and brackets",
                    "Describe one programme, with fewer groups and answers.",
                )
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent):
                self.refuse_alias(event)
                anchors.pop(str(event.anchor), None)
            elif isinstance(event, yaml.NodeEvent):
                self.refuse_tag(event)
                if isinstance(event, yaml.ScalarEvent):
                    event.style = event.style or None  # libyaml says "" of a plain word
                    if event.anchor:
                        anchors[event.anchor] = event
            if depth > _DEEPEST:
                self.fail(event, "this is nested too deeply", "Write it flatter.")
            checked.append(event)
        for event in anchors.values():
            self.refuse_anchor(event)
        return checked

    def refuse_alias(self, node: "yaml.Node | yaml.Event") -> None:
        """Refuses an alias."""
        self.fail(node, *ALIAS_REFUSED)

    def refuse_tag(self, event: yaml.NodeEvent) -> None:
        """Refuses a word with an exclamation mark, which YAML takes for no part of the value.

        Types of YAML are let through, and so is `!` before a value in quotation marks, which some
        programs write.
        """
        tag = getattr(event, "tag", None)
        plain = isinstance(event, yaml.ScalarEvent) and event.style is None
        if tag and tag not in _KNOWN_TAGS and (tag != "!" or plain):
            written = tag.replace("tag:yaml.org,2002:", "!!")
            self.fail(event, f"YAML takes “{written}” for a tag, and not for text", _IN_QUOTES)

    def refuse_anchor(self, event: yaml.Event) -> None:
        """Refuses a name for a value that no alias uses: it may be meant as a part of the value."""
        anchor = getattr(event, "anchor", "")
        self.fail(event, f"YAML takes “&{anchor}” for an anchor, and not for text", _IN_QUOTES)

    def pairs(self, node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
        """The keys and values of a mapping; refused if a key stands there twice."""
        if not isinstance(node, yaml.MappingNode):
            self.fail(node, "this should be a mapping", "Write `key: value`.")
        seen: set[str] = set()
        for key, _ in node.value:
            if self.scalar(key) in seen:
                self.fail(
                    key, f"the key {self.scalar(key)!r} stands here twice", "Keep one of them."
                )
            seen.add(self.scalar(key))
        return list(node.value)

    def mapping(
        self, node: yaml.Node, known: Collection[str], needed: Collection[str]
    ) -> dict[str, yaml.Node]:
        """The values of a mapping by key; refused if a key is not known or a needed one missing."""
        keys: dict[str, yaml.Node] = {}
        for key, value in self.pairs(node):
            if self.scalar(key) not in known:
                self.unknown(key, known)
            keys[self.scalar(key)] = value
        for name in sorted(set(needed) - set(keys)):
            self.fail(node, f"the key {name!r} is missing", "Add it.")
        return keys

    def sequence(self, node: yaml.Node) -> list[yaml.Node]:
        """The entries of a list."""
        if not isinstance(node, yaml.SequenceNode):
            self.fail(
                node,
                "this should be a list",
                "Write `[one, two]`, or one entry a line after a dash.",
            )
        return list(node.value)

    def rest_of_line(self, node: yaml.Node) -> str:
        """What stands after a node on its line.

        >>> nodes = YamlNodes("notes.yaml")
        >>> [nodes.rest_of_line(value) for _, value in nodes.pairs(nodes.root("a: b # c"))]
        [' # c']
        """
        after = self._content[node.end_mark.index :] if node.end_mark else ""
        return re.split(r"[\r\n]", after, maxsplit=1)[0]

    def scalar(self, node: yaml.Node) -> str:
        """A word or number, as written."""
        if not isinstance(node, yaml.ScalarNode) or not node.value:
            self.fail(node, "this should be a word or a number", "Write one value.")
        return str(node.value)

    def integer(self, node: yaml.Node) -> int:
        """A whole number."""
        value = self.scalar(node)
        if not re.fullmatch(r"[0-9]{1,9}", value):
            self.fail(node, f"{value!r} is not a number", "Write a whole number.")
        return int(value)

    def unknown(self, node: yaml.Node, known: Collection[str]) -> NoReturn:
        """Refuse a word, and list those that are known."""
        self.fail(
            node,
            f"{self.scalar(node)!r} is unknown here",
            f"Use one of: {', '.join(sorted(known))}.",
        )

    def fail(self, node: "yaml.Node | yaml.Event", problem: str, remedy: str) -> NoReturn:
        """Raise an InputError at the line of a node."""
        self.fail_at(line_of(node), problem, remedy)

    def fail_at(self, line: int, problem: str, remedy: str) -> NoReturn:
        """Raise an InputError at a line."""
        raise InputError(self.file, problem, remedy, line=line)


def line_of(node: yaml.Node | yaml.Event) -> int:
    """The line on which a node begins, from 1.

    >>> line_of(YamlNodes("notes.yaml").root("# a comment\\nkey: value"))
    2
    """
    return node.start_mark.line + 1 if node.start_mark else 1


def column_of(node: yaml.Node | yaml.Event) -> int:
    """The column in which a node begins, from 1.

    >>> pairs = YamlNodes("notes.yaml").pairs(YamlNodes("notes.yaml").root("key: value"))
    >>> [column_of(node) for node in pairs[0]]
    [1, 6]
    """
    return node.start_mark.column + 1 if node.start_mark else 1
