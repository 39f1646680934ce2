"""A description is entailed in a store that others were entailed in before, as if it were alone."""

from __future__ import annotations

import random
from math import ceil

import pyoxigraph as ox
import pytest
from fixture_outcomes import fixture_paths

from hrge_kg.assessment import preparation
from hrge_kg.assessment.assessor import Assessor
from hrge_kg.assessment.preparation import Workbench, entailed
from hrge_kg.form.description import Description
from hrge_kg.form.readers.yaml_reader import parse_form, read_form
from hrge_kg.graph.entailment import entail
from hrge_kg.namespaces import CONCEPT, HRGE, SKOS
from hrge_kg.resources import root

EXAMPLES = sorted((root() / "data" / "programmes").glob("*.yaml"))
ODD = ox.Quad(ox.NamedNode("urn:odd"), HRGE("holds"), CONCEPT("yes"))


@pytest.fixture
def workbench(assessor: Assessor) -> Workbench:
    """One that a description was entailed on: the first gets a copy."""
    made = Workbench(assessor.background)
    with made.entailed(described(assessor)):
        return made


def described(assessor: Assessor, more: str = "") -> Description:
    return parse_form(
        f"programme: p\ngroups: {{g: {{age: child}}}}\n{more}", "", assessor.vocabulary
    )


def of(assessor: Assessor, number: int) -> Description:
    """A description by the name of p-NUMBER."""
    return parse_form(
        f"programme: p-{number}\ngroups: {{g: {{age: child}}}}\n", "", assessor.vocabulary
    )


def test_nothing_of_the_descriptions_before_is_left(assessor: Assessor) -> None:
    """In an order of chance, each with all that the background alone leads to."""
    forms = [*fixture_paths()[::18], *EXAMPLES]
    random.Random(2026).shuffle(forms)
    workbench = Workbench(assessor.background)
    stores = {}
    for form in forms:
        description = read_form(form, assessor.vocabulary)
        with workbench.entailed(description) as store:
            assert set(store) == set(entailed(description, assessor.background)), form
            stores[id(store)] = store
    # The first has a copy. A store serves some and no more: it keeps traces of what was removed.
    assert len(stores) == 1 + ceil((len(forms) - 1) / preparation._MOST_USES)


def test_one_that_speaks_of_the_background_gets_a_copy(
    assessor: Assessor, workbench: Workbench
) -> None:
    plain = described(assessor)
    with workbench.entailed(plain) as store:
        shared, whole = store, set(store)
    broader = (CONCEPT("adult"), SKOS("broader"), CONCEPT("child"))
    hostile = Description("", plain.programme, "", (*plain.triples, broader))
    with workbench.entailed(hostile) as store:
        assert store is not shared
        assert ox.Quad(*broader) in store
    with workbench.entailed(plain) as store:
        assert store is shared
        assert set(store) == whole


@pytest.mark.parametrize("change", ["more", "less"])
def test_a_store_that_holds_more_or_less_is_not_used_again(
    change: str, assessor: Assessor, workbench: Workbench
) -> None:
    with workbench.entailed(described(assessor)) as store:
        changed = store
        if change == "more":
            store.add(ODD)
        else:
            store.remove(next(iter(assessor.background)))
    with workbench.entailed(described(assessor)) as store:
        assert store is not changed
        assert set(store) == set(entailed(described(assessor), assessor.background))


def test_two_at_once_have_stores_of_their_own(assessor: Assessor, workbench: Workbench) -> None:
    of_yes, of_no = (
        described(assessor, f"answers: {{compulsory-test: {word}}}\n") for word in ("yes", "no")
    )
    with workbench.entailed(of_yes) as one, workbench.entailed(of_no) as other:
        assert one is not other
        for store, description in ((one, of_yes), (other, of_no)):
            assert set(store) == set(entailed(description, assessor.background))


def test_an_error_costs_no_store(assessor: Assessor, workbench: Workbench) -> None:
    with workbench.entailed(described(assessor)) as store:
        shared = store
    with pytest.raises(ZeroDivisionError), workbench.entailed(described(assessor)):
        raise ZeroDivisionError
    with workbench.entailed(described(assessor)) as store:
        assert store is shared


def test_those_that_are_named_before_are_entailed_at_once(
    assessor: Assessor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each store is as that of one alone, and the rules run once for some."""
    forms = [*fixture_paths()[::24], *EXAMPLES]
    random.Random(2027).shuffle(forms)
    descriptions = [read_form(form, assessor.vocabulary) for form in forms]
    alone = [set(entailed(one, assessor.background)) for one in descriptions]
    runs = []

    def counted(store: ox.Store) -> None:
        runs.append(store)
        entail(store)

    monkeypatch.setattr(preparation, "entail", counted)
    workbench = Workbench(assessor.background)
    workbench.prepare(descriptions)
    for form, description, expected in zip(forms, descriptions, alone, strict=True):
        with workbench.entailed(description) as store:
            assert set(store) == expected, form
    assert len(runs) == 1 + ceil(len(forms) / preparation._TOGETHER)  # once for the background


def test_whatever_is_left_out_of_those_named_or_added_is_entailed(
    assessor: Assessor, workbench: Workbench
) -> None:
    named = [of(assessor, number) for number in range(40)]
    more = of(assessor, 41)
    workbench.prepare(named)
    for one in (named[5], more, named[3], named[39], named[38], named[5]):
        with workbench.entailed(one) as store:
            assert set(store) == set(entailed(one, assessor.background))


def test_two_of_one_name_are_not_mixed(assessor: Assessor, workbench: Workbench) -> None:
    of_yes, of_no = (
        described(assessor, f"answers: {{compulsory-test: {word}}}\n") for word in ("yes", "no")
    )
    workbench.prepare([of_yes, of_no])
    for one in (of_yes, of_no):
        with workbench.entailed(one) as store:
            assert set(store) == set(entailed(one, assessor.background))


def test_two_that_speak_of_one_another_are_not_taken_apart(
    assessor: Assessor, workbench: Workbench
) -> None:
    one, other = of(assessor, 1), of(assessor, 2)
    [group] = [o for _, p, o in other.triples if p == HRGE("serves")]
    mixed = Description(
        "", one.programme, "", (*one.triples, (ox.NamedNode(one.programme), HRGE("serves"), group))
    )
    workbench.prepare([mixed, other])
    for each in (mixed, other):
        with workbench.entailed(each) as store:
            assert set(store) == set(entailed(each, assessor.background))
