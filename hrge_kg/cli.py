"""The command `hrge`: thin verbs over the functions of the same names.

Exit codes: 0 fine, 1 findings, 2 unusable input or usage. Results go to stdout, progress to stderr.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.metadata
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import InputError
from .files_out import write_file

if TYPE_CHECKING:
    import pyoxigraph as ox

    from .assess import Assessment
    from .trail import Trail

# A verb imports what it needs when it runs: a query should not wait for a SHACL engine.

FORMATS = ("text", "html", "markdown", "json", "jsonl", "ttl", "csv")
"""What `hrge validate` writes."""

_TRAIL_FORMATS = (
    "text", "html", "svg", "markdown", "json", "jsonld", "ttl", "csv", "graphml", "dot", "mermaid", "csl-json", "bibtex", "ris", "table",
)  # fmt: skip


def main(argv: list[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # a locale that lacks ↑ must not end the report, nor recode a file of RDF
    arguments = _parser().parse_args(argv)
    verb: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return verb(arguments)
    except InputError as error:
        print(f"hrge: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader has gone (as with `| head`); nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hrge",
        description="A legal knowledge graph of one toolkit section: query it, check programme descriptions, follow citations.",
        epilog="Exit codes: 0 fine, 1 findings (or nothing stated), 2 unusable input or usage.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {importlib.metadata.version('hrge-kg')}")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    build = verbs.add_parser("build", help="build the graph from text and Turtle, and check it")
    build.add_argument("--out", type=Path, metavar="DIR", help="write it for other tools: N-Quads, TriG, Turtle, shapes, rules, context")
    build.set_defaults(run=_build)

    shapes = verbs.add_parser("shapes", help="generate the SHACL shapes anew from the declared checks (in a checkout)")
    shapes.set_defaults(run=_shapes)

    query = verbs.add_parser("query", help="run a named query, a file or - (standard input); without a name, list the named ones")
    query.add_argument("name", nargs="?", help="a name of the catalogue, a path or -")
    query.add_argument("--param", action="append", default=[], metavar="NAME=VALUE", help="a parameter that the query declares")
    query.add_argument("--format", choices=("table", "csv", "tsv", "json", "xml", "ttl"), help="table, or ttl for a graph, if left out")
    query.add_argument("--full", action="store_true", help="do not cut long cells of a table")
    query.add_argument("--endpoint", metavar="URL", help="ask this SPARQL endpoint of yours instead of the built graph")
    query.set_defaults(run=_query)

    coverage = verbs.add_parser("coverage", help="how much of the text is classified, by class and page, and what is missing")
    coverage.add_argument("--missing", action="store_true", help="only what is missing")
    coverage.add_argument("--format", choices=("table", "csv", "tsv", "json", "xml"), help="table if left out")
    coverage.add_argument("--full", action="store_true", help="do not cut long cells of a table")
    coverage.set_defaults(run=_coverage)

    validate = verbs.add_parser("validate", help="check descriptions of programmes (YAML, XLSX, CSV, JSON-LD, Turtle)")
    validate.add_argument("files", nargs="+", type=Path, metavar="FILE", help="files, or folders of them; - is standard input (YAML)")
    validate.add_argument("--format", choices=FORMATS, default="text", help="csv: the evidence matrix")
    validate.add_argument("-o", "--out", type=Path, metavar="OUT", help="write the report to this file instead of standard output")
    validate.add_argument("--summary", action="store_true", help="only a table of counts, a row a programme (--format text or csv)")
    validate.add_argument("--fail-on", choices=("concern", "review", "not-stated", "never"), help="what makes the exit code 1")
    validate.add_argument("--jobs", type=_positive, default=1, metavar="N", help="how many processes (1)")
    validate.set_defaults(run=_validate)

    applicable = verbs.add_parser(
        "applicable", help="whom the norms are about, of those that a description names, and what is not known yet"
    )
    applicable.add_argument("files", nargs="+", type=Path, metavar="FILE")
    applicable.add_argument("--applies", choices=("yes", "exception", "exception-not-known", "not-known", "no"), help="only these rows")
    applicable.add_argument("--format", choices=("table", "csv", "tsv", "json", "xml"), help="table if left out")
    applicable.add_argument("--full", action="store_true", help="do not cut long cells of a table")
    applicable.set_defaults(run=_applicable)

    compare = verbs.add_parser(
        "compare", help="which outcomes changed between two descriptions of a programme, and which statements changed them"
    )
    compare.add_argument("before", type=Path, metavar="BEFORE")
    compare.add_argument("after", type=Path, metavar="AFTER")
    compare.add_argument("--format", choices=("table", "csv", "tsv", "json", "xml"), help="table if left out")
    compare.add_argument("--full", action="store_true", help="do not cut long cells of a table")
    compare.set_defaults(run=_compare)

    new = verbs.add_parser("new", help="print a form to fill in")
    new.add_argument(
        "--for",
        dest="group",
        action="append",
        default=[],
        metavar="[NAME=]KIND,KIND|FILE",
        help="ask only what some check looks at for this group (repeatable), or for the groups of this description, whose answers are kept",
    )
    new.add_argument("--format", choices=("yaml", "csv", "xlsx"), default="yaml", help="yaml, with comments, if left out")
    new.add_argument("-o", "--out", type=Path, metavar="OUT", help="write it to this file (needed for xlsx)")
    new.add_argument("--schema", action="store_true", help="print the form's JSON Schema instead, for completion in editors")
    new.set_defaults(run=_new)

    convert = verbs.add_parser("convert", help="write a description in another format, without loss")
    convert.add_argument("file", type=Path, metavar="FILE")
    convert.add_argument("--to", required=True, choices=("yaml", "csv", "xlsx", "jsonld", "ttl"), help="the format")
    convert.add_argument("-o", "--out", type=Path, metavar="OUT", help="write it to this file (needed for xlsx)")
    convert.set_defaults(run=_convert)

    trail = verbs.add_parser("trail", help="how a norm, passage, provision or document rests on others, through which citations")
    trail.add_argument("start", nargs="?", metavar="FROM", help="a CURIE, an IRI or what a person would type")
    trail.add_argument("end", nargs="?", metavar="TO", help="only paths that reach this, shortest first")
    trail.add_argument("--finding", nargs=2, metavar=("FILE", "NORM"), help="from what this description states to what the norm rests on")
    trail.add_argument("--matrix", action="store_true", help="how many links of which kind lead from document to document")
    trail.add_argument(
        "--direction", choices=("up", "down", "both", "any"), help="what it rests on, what rests on it, both if left out, ..."
    )
    trail.add_argument("--only", action="append", metavar="KIND", help="only this kind of link, or documents of this force; repeatable")
    trail.add_argument("--without", action="append", metavar="KIND", default=[], help="not this kind of link or force; repeatable")
    trail.add_argument("--depth", type=int, metavar="N", help="how many steps at most (3; with TO or --finding 6)")
    trail.add_argument("--max", type=int, metavar="N", dest="most", help="how many links (1000), or with TO how many paths (20), at most")
    trail.add_argument("--format", choices=_TRAIL_FORMATS, help="text if left out; with --matrix: table, csv or svg")
    trail.add_argument("-o", "--out", type=Path, metavar="OUT", help="write it to this file instead of standard output")
    trail.set_defaults(run=_trail)

    explain = verbs.add_parser("explain", help="all that the graph knows of a norm, provision, shape or other thing")
    explain.add_argument("name", help="a CURIE, an IRI or what a person would type")
    explain.add_argument("--format", choices=("text", "json"), default="text")
    explain.set_defaults(run=_explain)
    return parser


def _build(arguments: argparse.Namespace) -> int:
    from .build import build

    graph = build()
    print(f"hrge: {len(graph)} statements, checked", file=sys.stderr)
    if arguments.out:
        from .distribution import write

        for path in write(graph, arguments.out):
            print(path)
    return 0


def _shapes(arguments: argparse.Namespace) -> int:
    from . import shapes
    from .graphs import read_sources
    from .resources import root

    sources, _ = read_sources()
    made = shapes.generate(sources)
    shapes.write(made, root() / "shapes")
    for name in made:
        print(f"shapes/{name}")
    return 0


def _query(arguments: argparse.Namespace) -> int:
    from . import query, tables_out
    from .store import open_graph
    from .table import Table, Triples

    if arguments.name is None:
        for entry in query.catalogue():
            print(f"{entry.name:<16} {entry.description}")
        return 0
    params = query.parse_params(arguments.param)
    if arguments.endpoint:
        from .remote import run_remote

        result: Table | Triples | bool = run_remote(arguments.endpoint, arguments.name, params)
    else:
        result = query.run(open_graph(), arguments.name, params)
    sys.stdout.write(tables_out.write(result, arguments.format, cut=not arguments.full))
    return 0


def _coverage(arguments: argparse.Namespace) -> int:
    from . import coverage, tables_out
    from .store import open_graph

    found = coverage.measure(open_graph(), coverage.source_texts())
    if arguments.format in (None, "table"):
        tables = [*([] if arguments.missing else [found.shares]), *([] if found.complete else [found.gaps])]
        parts = [tables_out.write(table, cut=not arguments.full) for table in tables]
        sys.stdout.write("\n".join([*parts, "".join(f"{line}\n" for line in found.summary)]))
    else:
        sys.stdout.write(tables_out.write(found.gaps if arguments.missing else found.shares, arguments.format))
        if not found.complete and not arguments.missing:
            print(f"hrge: {len(found.gaps.rows)} gaps; `hrge coverage --missing` lists them", file=sys.stderr)
    return 0 if found.complete else 1


def _validate(arguments: argparse.Namespace) -> int:
    from . import portfolio

    if arguments.summary and arguments.format not in ("text", "csv"):
        raise InputError(f"--format {arguments.format}", None, "a summary is a table", "Use --format text or csv with --summary.")
    files = portfolio.listed(arguments.files)
    found: list[Assessment] = []
    unusable = 0
    for number, (path, assessed) in enumerate(portfolio.assessed(files, arguments.jobs), 1):
        if isinstance(assessed, InputError):
            unusable += 1
            print(f"hrge: {assessed}", file=sys.stderr)
            continue
        found += assessed
        if len(files) > 1:
            print(f"hrge: {number} of {len(files)}: {path}", file=sys.stderr)
    if found and arguments.out:
        write_file(arguments.out, _report(found, arguments).encode())
    elif found:
        sys.stdout.write(_report(found, arguments))
    if unusable:
        if len(files) > 1:
            print(f"hrge: {unusable} of {len(files)} files cannot be used; the others are reported", file=sys.stderr)
        return 2
    return int(any(_is_finding(one, arguments.fail_on) for one in found))


def _report(found: list[Assessment], arguments: argparse.Namespace) -> str:
    from . import matrix, portfolio, report, tables_out

    if arguments.summary:
        return tables_out.write(portfolio.summary(found), "csv" if arguments.format == "csv" else "table")
    if arguments.format == "csv":
        return tables_out.write(matrix.matrix(found), "csv")
    return report.WRITERS[arguments.format](found)


def _put(out: Path | None, content: bytes, to: str) -> None:
    """To a file, or to standard output."""
    if out:
        write_file(out, content)
    elif to == "xlsx":
        raise InputError("--out", None, "a workbook is no text for a terminal", "Name the file to write: -o FILE.xlsx")
    else:
        sys.stdout.write(content.decode())


def _is_finding(assessment: Assessment, fail_on: str | None) -> bool:
    """Whether it makes the exit code 1: as --fail-on says, or by itself where something is raised or nothing is stated."""
    if fail_on == "never":
        return False
    return assessment.raises(fail_on) if fail_on else not assessment.quiet


def _positive(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; write one from 1 to 64")
    return int(text)


def _applicable(arguments: argparse.Namespace) -> int:
    from . import tables_out
    from .pipeline import Assessor
    from .read import read_description
    from .store import open_graph

    assessor = Assessor(open_graph())
    read = [one for path in arguments.files for one in read_description(path, assessor.vocabulary)]
    table = assessor.applicability(read, arguments.applies)
    sys.stdout.write(tables_out.write(table, arguments.format, cut=not arguments.full))
    return 0


def _compare(arguments: argparse.Namespace) -> int:
    from . import tables_out
    from .compare import COLUMNS, WORSE, compare
    from .pipeline import Assessor
    from .read import read_one
    from .store import open_graph

    assessor = Assessor(open_graph())
    both = [read_one(path, assessor.vocabulary) for path in (arguments.before, arguments.after)]
    table = compare(*map(assessor.assess, both))
    sys.stdout.write(tables_out.write(table, arguments.format, cut=not arguments.full))
    place = COLUMNS.index("direction")
    return int(any(getattr(row[place], "value", "") == WORSE for row in table.rows))


def _new(arguments: argparse.Namespace) -> int:
    from . import convert, given, template
    from .pipeline import Assessor
    from .store import open_graph

    assessor = Assessor(open_graph())
    vocabulary = assessor.vocabulary
    if arguments.schema:
        content = template.json_schema(vocabulary).encode()
    elif arguments.group:
        form = given.given(arguments.group, vocabulary)
        content = convert.to_fill_in(arguments.format, vocabulary, form, assessor.asked(convert.described(form, "--for", vocabulary)))
    else:
        content = convert.to_fill_in(arguments.format, vocabulary)
    _put(arguments.out, content, arguments.format)
    return 0


def _convert(arguments: argparse.Namespace) -> int:
    from .convert import convert
    from .read import read_one
    from .store import open_graph
    from .vocabulary import load_vocabulary

    vocabulary = load_vocabulary(open_graph())
    _put(arguments.out, convert(read_one(arguments.file, vocabulary), arguments.to, vocabulary), arguments.to)
    return 0


def _trail(arguments: argparse.Namespace) -> int:
    from . import trail, trail_formats
    from .store import open_graph

    modes = [bool(arguments.start), bool(arguments.finding), arguments.matrix]
    if sum(modes) != 1:
        raise InputError("hrge trail", None, "one of FROM, --finding and --matrix is needed", "Name where to start: hrge trail NAME [TO].")
    meaningless = {"matrix": ("direction", "only", "without", "depth", "most"), "finding": ("direction",)}
    for name in meaningless["matrix"] if arguments.matrix else meaningless["finding"] if arguments.finding else ():
        if getattr(arguments, name) not in (None, []):
            option, mode = ("max" if name == "most" else name), ("matrix" if arguments.matrix else "finding")
            raise InputError(f"--{option}", None, f"it means nothing with --{mode}", "Leave it out.")
    graph = open_graph()
    if arguments.matrix:
        return _trail_matrix(arguments, graph)
    to = arguments.format or "text"
    if to == "table":
        raise InputError("--format table", None, "a trail is no table", "Use text or csv.")
    limits = {"only": arguments.only, "without": arguments.without, "most": arguments.most}
    if arguments.finding:
        found = _trail_of_finding(arguments, graph, limits)
    else:
        depth = arguments.depth if arguments.depth is not None else trail.DEPTH if arguments.end else 3
        found = trail.trail(graph, arguments.start, arguments.end, depth, arguments.direction or "both", **limits)
    if arguments.out or to not in ("text", "json", "html", "markdown"):  # whoever looks at the screen reads of limits and silence there
        for note in found.notes:
            print(f"hrge: {note}", file=sys.stderr)
    if not found.found and to not in ("text", "json"):
        return 1
    _put(arguments.out, trail_formats.write(graph, found, to).encode(), to)
    return 0 if found.found else 1


def _trail_matrix(arguments: argparse.Namespace, graph: ox.Store) -> int:
    from . import query, tables_out, trail_matrix, web

    to = arguments.format or "table"
    if to not in ("table", "csv", "svg"):
        raise InputError(f"--format {to}", None, "a matrix is a table or a picture", "Use --format table, csv or svg with --matrix.")
    found = trail_matrix.matrix(graph)
    text = trail_matrix.to_svg(found, web.Web(graph)) if to == "svg" else tables_out.write(found, to)
    if to == "table":
        threads = query.run(graph, "threads", {})
        text += f"\n{tables_out.write(threads, 'table')}"
    _put(arguments.out, text.encode(), to)
    return 0


def _trail_of_finding(arguments: argparse.Namespace, graph: ox.Store, limits: dict[str, Any]) -> Trail:
    from .pipeline import Assessor
    from .read import read_one
    from .trail import DEPTH
    from .trail_finding import trail_of_finding

    file, norm = arguments.finding
    assessor = Assessor(graph)
    assessment = assessor.assess(read_one(Path(file), assessor.vocabulary))
    return trail_of_finding(graph, assessment, norm, DEPTH if arguments.depth is None else arguments.depth, **limits)


def _explain(arguments: argparse.Namespace) -> int:
    from . import explain
    from .names import find
    from .store import open_graph

    graph = open_graph()
    card = explain.explain(graph, find(graph, arguments.name))
    sys.stdout.write(explain.to_json(card) if arguments.format == "json" else explain.to_text(card))
    return 0


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
