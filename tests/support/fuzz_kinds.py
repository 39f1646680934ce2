"""The kinds of input that are fuzzed: what each begins from, and what must hold of any such input.

An input may be refused with InputError, and with nothing else. One that is read makes no norm *met*
without an answer that is wanted. Nothing is reached: addresses in an input lead to a socket here,
which nobody may have connected to.
"""

from __future__ import annotations

import contextlib
import io
import logging
import shutil
import socket
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
from paths import FIXTURES, ROOT

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.engines import Pyshifty
from hrge_kg.assessment.enums import Outcome
from hrge_kg.errors import InputError
from hrge_kg.form.convert import convert
from hrge_kg.form.description import Description
from hrge_kg.form.readers import read_file
from hrge_kg.graph.annotations import TextSource, anchor_quads, read_texts
from hrge_kg.graph.build import build
from hrge_kg.graph.lookup import find
from hrge_kg.graph.own_queries import check_own_queries, check_shapes
from hrge_kg.graph.sources import graph_name, load_turtle, read_sources
from hrge_kg.graph.store import open_graph
from hrge_kg.namespaces import HRGE
from hrge_kg.query.catalogue import catalogue, find_query, query_of
from hrge_kg.query.remote import _table
from hrge_kg.query.run import answer_query
from hrge_kg.resources import FOLDERS

CORPUS = ROOT / "tests" / "corpus"
"""A folder for each kind, with what fuzzing found."""
ADDRESS = "http://127.0.0.1:9/"
"""In an input it stands for the address of the socket."""
SECONDS = 10
"""Of the processor, that one input may take."""
ASSESSED, BUILT = 40, 200
"""One of how many inputs that are read is assessed too, and of how many sources is built with."""


@dataclass(frozen=True)
class Kind:
    """A kind of input: inputs to begin from, and what takes one."""

    seeds: Callable[[], Sequence[bytes]]
    take: Callable[[bytes], None]
    words: Sequence[str] = ()
    """Words that are put into inputs."""


class Fuzzed:
    """Takes inputs of all kinds. Use it as a context; its folder is gone afterwards."""

    def __init__(self) -> None:
        self._logger = logging.getLogger("hrge_kg")
        self._level = self._logger.level
        self._logger.setLevel(logging.ERROR)
        self._graph = open_graph()
        self._assessor = Assessor(self._graph, Pyshifty)
        self._assessor.run_self_test()
        self._checks = {check.iri: check for n in self._assessor.norms for check in n.checks}
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self._folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
        self.met = 0
        """How many times a norm was met, and rightly."""

    def __enter__(self) -> Fuzzed:
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.setLevel(self._level)
        self._listener.close()
        shutil.rmtree(self._folder)

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds by name."""
        words = ["holds", "yes", "no", "practice", "hrge:", "c:", "@prefix", "{}", "[]", "&a *a"]
        forms = {
            name: Kind(self._forms(name), self._form(name), words)
            for name in ("yaml", "csv", "jsonld", "ttl", "nt")
        }
        sparql = ["SERVICE", "LOAD", "FROM", "GRAPH", f"<{ADDRESS}>", "\\u0053", "{}", "OPTIONAL"]
        return forms | {
            "xlsx": Kind(self._sheets, self._workbook, ["<c r=", "<v>", "<row r=", "t='s'"]),
            "name": Kind(self._names, self._name, ["art.", "ICCPR", "§", "No."]),
            "parameter": Kind(
                self._parameters, self._parameter, ["norm:", "<urn:a>", "2020-01-01"]
            ),
            "query": Kind(self._queries, self._query, sparql),
            "source": Kind(self._sources, self._source, ["hrge:", "sh:", "\\u", '"""']),
            "rule": Kind(self._rules, self._rule, sparql),
            "answer": Kind(self._answers, self._answer, ['"type"', '"uri"', '"triple"', "[", "{"]),
        }

    def take(self, kind: str, data: bytes) -> bool:
        """Whether an input is read; False where it is refused.

        Raises AssertionError for one that takes long or reached out, and whatever hrge raised.
        """
        start = time.process_time()
        try:
            self.kinds[kind].take(data)
        except InputError:
            return False
        finally:
            with contextlib.suppress(BlockingIOError):
                self._listener.accept()[0].close()
                raise AssertionError("an input reached out")
            assert time.process_time() - start < SECONDS
        return True

    def _here(self, text: str) -> str:
        return text.replace(ADDRESS, f"http://127.0.0.1:{self._listener.getsockname()[1]}/")

    # Descriptions

    def _forms(self, ending: str) -> Callable[[], list[bytes]]:
        def seeds() -> list[bytes]:
            paths = sorted((FIXTURES / "descriptions").rglob(f"*.{ending}"))
            forms = sorted((FIXTURES / "norms").rglob("*.yaml"))[::40]
            if ending == "yaml":
                return [path.read_bytes() for path in [*forms, *paths]]
            made = []
            to = "ttl" if ending == "nt" else ending
            for path in forms if to in ("csv", "ttl", "jsonld") else ():
                [description] = read_file(path, self._assessor.vocabulary)
                content = convert(description, to, self._assessor.vocabulary).content
                if ending == "nt":
                    content = (
                        ox.serialize(
                            ox.parse(content, format=ox.RdfFormat.TURTLE),
                            format=ox.RdfFormat.N_TRIPLES,
                        )
                        or b""
                    )
                made.append(content)
            return [*made, *(path.read_bytes() for path in paths)]

        return seeds

    def _form(self, ending: str) -> Callable[[bytes], None]:
        def take(data: bytes) -> None:
            path = self._folder / f"form.{ending}"
            path.write_bytes(data)
            self._judge(read_file(path, self._assessor.vocabulary, log=False), data)

        return take

    def _judge(self, descriptions: list[Description], data: bytes) -> None:
        """Assess some of the descriptions: whatever is met has an answer that is wanted."""
        if zlib.crc32(data) % ASSESSED:
            return
        for description in descriptions[:2]:
            wanted = {HRGE("holds"): HRGE("holds")}
            holds = {s: o for s, p, o in description.triples if p in wanted}
            for finding in self._assessor.assess(description).findings:
                if finding.outcome != Outcome.MET:
                    continue
                self.met += 1
                shown = [
                    (self._checks[one.check].wants, holds.get(ox.NamedNode(one.statement or "")))
                    for one in finding.evidence
                    if one.outcome == Outcome.MET
                ]
                assert any(str(wants) in str(said) for wants, said in shown), (finding, shown)

    @cached_property
    def _workbook_parts(self) -> dict[str, bytes]:
        [form] = read_file(
            sorted((FIXTURES / "norms").rglob("*.yaml"))[0], self._assessor.vocabulary
        )
        content = convert(form, "xlsx", self._assessor.vocabulary).content
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            return {name: opened.read(name) for name in opened.namelist()}

    def _sheets(self) -> list[bytes]:
        return [
            name.encode() + b"\n" + content
            for name, content in self._workbook_parts.items()
            if len(content) < 60_000
        ]

    def _workbook(self, data: bytes) -> None:
        name, _, content = data.partition(b"\n")
        parts = self._workbook_parts | {name.decode("utf-8", "replace").replace("\0", ""): content}
        path = self._folder / "form.xlsx"
        with zipfile.ZipFile(path, "w") as made:
            for part, inside in parts.items():
                made.writestr(part or "no-name", inside)
        self._judge(read_file(path, self._assessor.vocabulary, log=False), data)

    # Questions

    def _names(self) -> list[bytes]:
        return [
            b"ICCPR 9",
            b"TIP Protocol art. 6(3)",
            b"2237 UNTS 319",
            b"norm:safe-return",
        ]

    def _name(self, data: bytes) -> None:
        find(self._graph, data.decode("utf-8", "surrogateescape"))

    def _parameters(self) -> list[bytes]:
        return [
            f"{query.name}\n{parameter.name}\nhealth".encode()
            for query in catalogue()
            for parameter in query.header.params
        ]

    def _parameter(self, data: bytes) -> None:
        name, _, rest = data.decode("utf-8", "surrogateescape").partition("\n")
        parameter, _, value = rest.partition("\n")
        if name in {query.name for query in catalogue()}:
            answer_query(self._graph, find_query(name), {parameter: value})

    def _queries(self) -> list[bytes]:
        sources = sorted((ROOT / "queries" / "catalogue").glob("*.rq"))
        service = f"SELECT * {{ SERVICE <{ADDRESS}> {{ ?a ?b ?c }} }}"
        return [*(path.read_bytes() for path in sources), service.encode()]

    def _query(self, data: bytes) -> None:
        text = self._here(data.decode("utf-8", "replace"))
        answer_query(ox.Store(), query_of(text, "fuzzed.rq"), {})

    def _answers(self) -> list[bytes]:
        cell = '{"type":"literal","value":"a","datatype":"http://www.w3.org/2001/XMLSchema#date"}'
        table = '{"head":{"vars":["norm","a"]},"results":{"bindings":[{"norm":%s,"a":%s}]}}'
        uri, node = '{"type":"uri","value":"urn:a"}', '{"type":"bnode","value":"b"}'
        triple = (
            f'{{"type":"triple","value":{{"subject":{uri},"predicate":{uri},"object":{node}}}}}'
        )
        lang = '{"type":"literal","value":"a","xml:lang":"en--ltr"}'
        made = [table % pair for pair in ((cell, uri), (node, lang), (triple, cell))]
        return [text.encode() for text in (*made, '{"head":{},"boolean":true}')]

    def _answer(self, data: bytes) -> None:
        _table(data, ADDRESS, find_query("norms"))

    # What authors write

    @cached_property
    def _root(self) -> Path:
        base = self._folder / "root"
        for name in FOLDERS:
            shutil.copytree(ROOT / name, base / name)
        return base

    @cached_property
    def _texts(self) -> list[TextSource]:
        return read_texts(self._root)

    @cached_property
    def _all_sources(self) -> tuple[ox.Store, dict[str, Path]]:
        return read_sources(self._root)

    def _written(self, folders: Sequence[str], ending: str, smallest: int) -> list[bytes]:
        paths = [path for name in folders for path in sorted((ROOT / name).rglob(f"*{ending}"))]
        return [
            path.relative_to(ROOT).as_posix().encode() + b"\n" + path.read_bytes()
            for path in paths
            if path.stat().st_size < smallest
        ]

    @contextlib.contextmanager
    def _replaced(self, data: bytes) -> Iterator[Path | None]:
        """The file that an input names in its first line, while it has the other lines."""
        name, _, content = data.partition(b"\n")
        path = self._root / name.decode("utf-8", "replace").replace("\0", "")
        if (
            path.suffix != ".ttl"
            or not path.is_file()
            or not path.resolve().is_relative_to(self._root)
        ):
            yield None
            return
        before = path.read_bytes()
        path.write_bytes(content.replace(ADDRESS.encode(), self._here(ADDRESS).encode()))
        try:
            yield path
        finally:
            path.write_bytes(before)

    def _sources(self) -> list[bytes]:
        return self._written(("data", "ontology", "shapes/checks", "shapes/by-hand"), ".ttl", 3_000)

    def _source(self, data: bytes) -> None:
        with self._replaced(data) as path:
            if path is None:
                return
            store, graphs = self._all_sources
            name = graph_name(path, self._root)
            before = list(store.quads_for_pattern(None, None, None, name))
            store.remove_graph(name)
            try:
                load_turtle(store, path, name)
                check_shapes(store, graphs)
                list(anchor_quads(store, self._texts, graphs))
                if zlib.crc32(data) % BUILT == 0:
                    build(self._root)
            finally:
                store.remove_graph(name)
                store.extend(before)

    def _rules(self) -> list[bytes]:
        return self._rule_seeds

    @cached_property
    def _rule_seeds(self) -> list[bytes]:
        found = self._written(("queries", "ontology/rules"), "", 4_000)
        return [seed for seed in found if seed.partition(b"\n")[0].endswith((b".rq", b".ru"))]

    def _rule(self, data: bytes) -> None:
        name, _, content = data.partition(b"\n")
        known = {seed.partition(b"\n")[0] for seed in self._rule_seeds}
        if name in known:
            base = self._folder / "rules"
            path = base / name.decode()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            try:
                check_own_queries(base)
            finally:
                shutil.rmtree(base)
