"""Direction, extent, scope, whom, level, frequency and time, systematically.

What each answer shows.

fixtures/matrix/matrix.csv: an answer (and one beside it) with the outcome that
docs/explanation/outcomes.md gives it, for norms that want something (`wanted`) and norms that want
its absence (`unwanted`); norms.csv beside it: the norms on which it is tried, with the facts that a
conclusion needs.

Each answer is assessed on a quick engine, which tests/properties/ proves equal to the reference;
for each norm a part of them, drawn with a fixed seed, on the reference as well.
"""

from __future__ import annotations

import csv
import random

import pyoxigraph as ox
import pytest
from fixture_outcomes import findings
from paths import FIXTURES

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.engines import Pyshacl, Pyshifty
from hrge_kg.assessment.outcomes import derive
from hrge_kg.assessment.preparation import Workbench
from hrge_kg.assessment.shacl import Shapes, data_triples, outcome_shapes
from hrge_kg.form.readers.yaml_reader import parse_form
from hrge_kg.namespaces import local_name

DAYS = {
    "since-before": "since: 2025-01-01",
    "since-after": "since: 2025-06-01",
    "until": "until: 2025-12-31",
    "condition": "condition: if-paid-for",
}
AT_ONCE = 20
"""How many answers, each for a group of its own, one description holds."""


def rows(name: str) -> list[dict[str, str]]:
    with (FIXTURES / "matrix" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NORMS, ROWS = rows("norms.csv"), rows("matrix.csv")


def holds(answer: str, column: str) -> str:
    return {
        ("favourable", "wanted"): "yes",
        ("adverse", "wanted"): "no",
        ("favourable", "unwanted"): "no",
        ("adverse", "unwanted"): "yes",
    }.get((answer, column.removesuffix("-fact")), answer)


def answers(row: dict[str, str], norm: dict[str, str], group: str) -> list[str]:
    """The answers of a row as the form has them."""
    of = norm[row["scope"] or "of"]
    slots = [
        f"holds: {holds(row['answer'], norm['column'])}",
        f"for: {'female' if row['whom'] else group}",
    ]
    slots += [f"of: {of}"] if of else []
    slots += [f"{slot}: {row[slot]}" for slot in ("level", "frequency") if row[slot]]
    slots += [DAYS[row["bound"]]] if row["bound"] else []
    made = [f"{{{', '.join(slots)}, by: staff}}"]
    if row["beside"]:
        answer, level = row["beside"].rsplit(" ", 1)
        about = f", of: {of}" if of else ""
        made.append(
            f"{{holds: {holds(answer, norm['column'])}, for: {group}{about}, "
            f"level: {level}, by: residents}}"
        )
    return made


def form(norm: dict[str, str], chunk: list[tuple[int, dict[str, str]]]) -> str:
    """A description with a group, and its answers, for each row.

    Answers about women alone stand in one of their own.
    """
    lines = ["programme: matrix", "answered: {on: 2025-03-01}", "groups:"]
    lines += [f"  row-{number}: {norm['group']}" for number, _ in chunk]
    lines += ["answers:", *(f"  {fact}" for fact in norm["facts"].split("; ") if fact)]
    lines += [f"  {norm['question']}:"]
    return (
        "\n".join(
            [
                *lines,
                *(
                    f"    - {one}"
                    for number, row in chunk
                    for one in answers(row, norm, f"row-{number}")
                ),
            ]
        )
        + "\n"
    )


def chunks(norm: dict[str, str]) -> list[list[tuple[int, dict[str, str]]]]:
    fit = [
        (number, row)
        for number, row in enumerate(ROWS, 2)
        if not row["scope"] or norm[row["scope"]]
    ]
    many = [one for one in fit if not one[1]["whom"]]
    return [many[i : i + AT_ONCE] for i in range(0, len(many), AT_ONCE)] + [
        [one] for one in fit if one[1]["whom"]
    ]


@pytest.mark.parametrize("norm", NORMS, ids=lambda norm: norm["norm"])
def test_matrix(norm: dict[str, str], graph: ox.Store, assessor: Assessor) -> None:
    norms = [one for one in assessor.norms if local_name(one.iri) == norm["norm"]]
    outcomes = outcome_shapes(graph)
    mine = {iri for iri, shape in outcomes.items() if norms[0].iri in shape.norms}
    quick, reference = (engine(Shapes(graph), outcomes) for engine in (Pyshifty, Pyshacl))
    made = chunks(norm)
    draw = random.Random(norm["norm"])
    many, alone = [one for one in made if len(one) > 1], [one for one in made if len(one) == 1]
    on_reference = [*draw.sample(many, 3), draw.choice(alone)]
    wrong = []
    workbench = Workbench(assessor.background)
    for chunk in made:
        description = parse_form(form(norm, chunk), "matrix.yaml", assessor.vocabulary)
        with workbench.entailed(description) as store:
            data = data_triples(store)
            engines = (quick, reference) if chunk in on_reference else (quick,)
            reported = [engine.validate(data, mine).results for engine in engines]
            derived = [derive(description, store, norms, results) for results in reported]
        for found in map(findings, derived):
            wrong += [
                f"matrix.csv:{number}: {', '.join(filter(None, list(row.values())[:7]))}: "
                f"expected {row[norm['column']]}, found {outcome}"
                for number, row in chunk
                if (outcome := found[norm["norm"], f"row-{number}"].outcome) != row[norm["column"]]
            ]
    assert not wrong, "\n".join(wrong)


def test_the_matrix_is_whole() -> None:
    """Each direction at each level with each frequency and each bound; norms of both kinds.

    No row twice.
    """
    plain = [row for row in ROWS if not (row["scope"] or row["whom"] or row["beside"])]
    seen = {tuple(row[slot] for slot in ("answer", "level", "frequency", "bound")) for row in plain}
    values = [{row[slot] for row in plain} for slot in ("level", "frequency", "bound")]
    for answer in ("favourable", "in part", "adverse"):
        assert {one[1:] for one in seen if one[0] == answer} == {
            (a, b, c) for a in values[0] for b in values[1] for c in values[2]
        }
    # The third is of a norm whose matter looks at the same question: half a no speaks against it.
    assert {norm["column"] for norm in NORMS} == {"wanted", "unwanted", "unwanted-fact"}
    assert len({tuple(row.values())[:7] for row in ROWS}) == len(ROWS)
