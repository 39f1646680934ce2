"""An XForm, as pyxform makes it of an XLSForm: filled in by the rules that it states itself.

It says what a form for phones shows and exports, without a phone.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree
from pyxform.xls2xform import convert

_X = "{http://www.w3.org/2002/xforms}"
_FUNCTIONS = etree.FunctionNamespace(None)


def _words(values: Any) -> list[str]:
    text = values[0].text if isinstance(values, list) and values else values
    return str(text or "").split()


_FUNCTIONS["selected"] = lambda _, value, word: word in _words(value)
_FUNCTIONS["count-selected"] = lambda _, value: float(len(_words(value)))
_FUNCTIONS["if"] = lambda _, test, yes, no: yes if test else no


@dataclass
class XForm:
    """The leaves of the form by name, with their paths, questions and choices."""

    instance: Any
    paths: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    """The questions by path; of groups their headings."""
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    """The labels of the choices by name, of each leaf (name) that has some."""
    several: set[str] = field(default_factory=set)
    binds: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)

    def put(self, name: str, value: str) -> None:
        """Fill in a leaf; the choices must be there."""
        choices = self.choices.get(name)
        assert choices is None or all(word in choices for word in value.split()), (name, value)
        self._node(self.paths[name]).text = value

    def settle(self) -> None:
        """Work out what is calculated, and leave out what is not asked."""
        for _ in range(3):  # what is left out may bear on what is calculated
            for path, bind in self.binds:
                if "calculate" in bind:
                    value = self._evaluated(bind["calculate"])
                    self._node(path).text = f"{value:g}" if isinstance(value, float) else value
            self.hidden = {path for path, bind in self.binds if not self._holds(bind)}
            for path in self.hidden:
                for node in self._node(path).iter():
                    node.text = None

    def is_asked(self, name: str) -> bool:
        """Whether a leaf is shown, as far as the form is filled in."""
        path = self.paths[name]
        return not any(path == one or path.startswith(one + "/") for one in self.hidden)

    def values(self) -> dict[str, str]:
        """What is filled in, by name."""
        return {name: self._node(path).text or "" for name, path in self.paths.items()}

    def headings(self, name: str) -> list[str]:
        """The headings of the groups in which a leaf stands, and its question or name."""
        steps = self.paths[name].split("/")[2:]
        paths = ["/data/" + "/".join(steps[: end + 1]) for end in range(len(steps))]
        return [self.labels.get(path) or path.rsplit("/", 1)[-1] for path in paths]

    def _node(self, path: str) -> Any:
        [node] = self.instance.xpath(path)
        return node

    def _holds(self, bind: Mapping[str, str]) -> bool:
        return "relevant" not in bind or bool(self._evaluated(bind["relevant"]))

    def _evaluated(self, expression: str) -> Any:
        return self.instance.xpath(expression)


def load(path: Path) -> XForm:
    """The XForm of an XLSForm. pyxform and, where Java is, ODK Validate must find nothing."""
    made = convert(xlsform=path, validate=shutil.which("java") is not None)
    assert made.warnings == []
    root = etree.fromstring(made.xform.encode())
    model = next(root.iter(_X + "model"))
    [data] = [one for one in model.find(_X + "instance") if one.tag == _X + "data"]
    lists = {
        one.get("id"): {item.findtext(_X + "name"): item.findtext(_X + "label") for item in one[0]}
        for one in model.findall(_X + "instance")[1:]
    }
    form = XForm(_bare(data))
    form.paths = {path.rsplit("/", 1)[-1]: path for path in _leaves(form.instance, "/data")}
    form.paths = {name: path for name, path in form.paths.items() if "/meta/" not in path}
    form.binds = [
        (bind.get("nodeset"), bind.attrib)
        for bind in model.findall(_X + "bind")
        if "/meta/" not in bind.get("nodeset")
    ]
    for control in root.iter(_X + "input", _X + "select", _X + "select1", _X + "group"):
        ref = control.get("ref")
        form.labels[ref] = control.findtext(_X + "label") or ""
        items = control.find(_X + "itemset")
        if items is not None:
            name = ref.rsplit("/", 1)[-1]
            form.choices[name] = lists[items.get("nodeset").split("'")[1]]
            if control.tag == _X + "select":
                form.several.add(name)
    return form


def _bare(data: Any) -> Any:
    """The instance without its namespace, so that its paths are those of the binds."""
    alone = copy.deepcopy(data)
    for node in alone.iter():
        node.tag = etree.QName(node).localname
    return etree.ElementTree(alone)


def _leaves(tree: Any, start: str) -> Iterator[str]:
    for node in tree.getroot().iter():
        if len(node) == 0:
            steps = [node.tag, *(one.tag for one in node.iterancestors())]
            yield "/" + "/".join(reversed(steps))
