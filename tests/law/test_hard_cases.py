"""The hard cases of the text, one test each.

What the graph says of each, and where an outcome hangs on it, the outcome.
"""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from paths import FIXTURES

from hrge_kg.assessment.assessor import Assessor
from hrge_kg.form.readers.yaml_reader import read_form
from hrge_kg.namespaces import local_name
from hrge_kg.sparql import select

OUTCOMES = FIXTURES / "outcomes"
ID = "https://w3id.org/hrge/id/"


def values(graph: ox.Store, pattern: str) -> set[str]:
    """What `?x` is, without the namespaces of things and terms."""
    found = {
        row["x"] for row in select(graph, f"SELECT DISTINCT ?x WHERE {{ {pattern} }}") if "x" in row
    }
    return {value.removeprefix(ID).removeprefix("https://w3id.org/hrge/ns#") for value in found}


def outcomes(assessor: Assessor, fixture: str, *norms: str) -> set[str]:
    """The outcomes of norms in a description of tests/fixtures/outcomes."""
    assessment = assessor.assess(read_form(OUTCOMES / f"{fixture}.yaml", assessor.vocabulary))
    return {f.outcome for f in assessment.findings if local_name(f.norm.iri) in norms}


def adopted(graph: ox.Store, subject: str) -> dict[bool, int]:
    """How many readings of a norm or chapeau are adopted, and how many are kept beside them."""
    found = select(
        graph,
        f"SELECT ?reading ?adopted WHERE {{ {subject} hrge:reading ?reading . "
        "?reading hrge:adopted ?adopted }",
    )
    return {
        flag: sum(row["adopted"] == str(flag).lower() for row in found) for flag in (True, False)
    }


def test_hard_case_1_footnote_57_is_a_limit_on_testing_and_never_on_confinement(
    graph: ox.Store, assessor: Assessor
) -> None:
    assert values(graph, "limit:covid-19-testing hrge:onlyOf ?x") == {"concept/covid-19-test"}
    assert values(graph, "limit:covid-19-testing hrge:test ?x") == {
        "concept/necessary",
        "concept/not-arbitrary",
        "concept/in-accordance-with-law",
    }
    assert values(graph, "?x hrge:limit limit:covid-19-testing . ?x a hrge:Norm") == {
        "norm/no-mandatory-testing",
        "norm/principle-may-exclude-mandatory-testing",
        "norm/covid-testing-conditions",
    }
    tested = (
        "no-mandatory-testing",
        "principle-may-exclude-mandatory-testing",
        "covid-testing-conditions",
    )
    assert outcomes(assessor, "covid-all-claimed", *tested) == {"needs-review"}
    assert outcomes(assessor, "covid-one-denied", "no-mandatory-testing") == {"concern"}
    assert outcomes(assessor, "covid-one-unanswered", "no-mandatory-testing") == {"not-stated"}


def test_hard_case_2_item_4_exempts_asylum_seekers_and_forbids_nothing(
    graph: ox.Store, assessor: Assessor
) -> None:
    assert values(graph, "norm:consular-provisions-not-for-asylum-seekers hrge:operator ?x") == {
        "concept/exempts"
    }
    assert values(graph, "norm:consular-provisions-not-for-asylum-seekers a ?x") >= {"Exemption"}
    assert not values(graph, "norm:consular-provisions-not-for-asylum-seekers a ?x") & {
        "Prohibition",
        "Obligation",
        "Recommendation",
    }
    assert adopted(graph, "norm:consular-provisions-not-for-asylum-seekers") == {True: 1, False: 3}
    # review for the group of asylum-seekers and for the mixed one; met for those of whom it is
    # stated that none seeks asylum
    assert outcomes(assessor, "mixed-asylum", "informed-of-consular-access") == {
        "needs-review",
        "met",
    }


def test_hard_case_3_the_item_printed_6_5_is_the_sixth(graph: ox.Store) -> None:
    found = select(
        graph,
        """SELECT ?label (COUNT(?before) AS ?place) WHERE {
             norm:assistance-in-actions-against-traffickers """
        """hrge:anchor/hrge:inPassage/hrge:partOf* ?item .
             ?item hrge:passageKind c:list-item ; hrge:printedLabel ?label ; hrge:partOf ?list ; """
        """hrge:order ?here .
             ?before hrge:passageKind c:list-item ; hrge:partOf ?list ; hrge:order ?order . """
        """FILTER(?order <= ?here) } GROUP BY ?label""",
    )
    assert [(row["label"], row["place"]) for row in found] == [("6. 5.", "6")]
    # names are not computed from printed numbers
    assert values(graph, "norm:assistance-in-actions-against-traffickers hrge:restsOn ?x") == {
        "provision/rpg-g6-legal-assistance"
    }


def test_hard_case_4_article_12_1_2_is_one_citation_of_two_provisions(graph: ox.Store) -> None:
    assert values(
        graph, 'citation:crc-article-12-1-2 hrge:pinpoint "article 12(1)(2)" ; hrge:cited ?x'
    ) == {
        "provision/crc-article-12-1",
        "provision/crc-article-12-2",
    }


def test_hard_case_5_the_chapeau_governs_the_openings_and_not_the_full_sentences(
    graph: ox.Store,
) -> None:
    governed = values(graph, "?x hrge:governedBy chapeau:guideline-6")
    placed = values(graph, "?x hrge:placedUnder chapeau:guideline-6")
    assert {"norm/safe-and-adequate-shelter", "norm/safe-return"} <= governed
    assert {"norm/no-mandatory-testing", "norm/not-held-in-detention-facilities"} <= placed
    assert not governed & placed
    assert values(graph, "?n hrge:governedBy chapeau:guideline-6 ; hrge:wording ?x") == {
        "concept/should-consider"
    }
    assert values(graph, "norm:no-mandatory-testing hrge:wording ?x") == {"concept/should"}
    assert values(graph, "norm:no-mandatory-testing hrge:addressee ?x") == {"concept/states"}
    assert values(graph, "norm:no-mandatory-testing hrge:conditionalAddressee ?x") == {
        "concept/intergovernmental-organizations",
        "concept/non-governmental-organizations",
    }


def test_hard_case_6_security_sets_terms_and_prints_no_number(
    graph: ox.Store, assessor: Assessor
) -> None:
    assert values(graph, "limit:security hrge:onlyOf ?x") == {"concept/movement-restriction"}
    assert values(graph, "limit:security hrge:test ?x") == {
        "concept/exceptional",
        "concept/time-limited",
    }
    assert not any(
        char.isdigit()
        for row in select(graph, "SELECT ?q WHERE { limit:security hrge:quote ?q }")
        for char in row["q"]
    )
    assert outcomes(assessor, "security-all-claimed", "not-kept-against-their-will") == {
        "needs-review"
    }
    assert outcomes(assessor, "security-locked-door", "not-kept-against-their-will") == {"concern"}


def test_hard_case_7_article_16_5_is_quoted_and_points_on_to_the_consular_convention(
    graph: ox.Store,
) -> None:
    for norm in ("norm:consular-convention-complied-with", "norm:told-of-consular-notification"):
        assert values(graph, f"{norm} hrge:voice ?x") == {"concept/quotation"}
        assert values(graph, f"{norm} hrge:restsOn ?x") == {"provision/som-article-16-5"}
        assert values(graph, f"{norm} hrge:mentions ?x") == {"document/vccr"}
        assert values(graph, f"{norm} hrge:wording ?x") == {"concept/shall"}


def test_hard_case_8_rantsev_has_the_trigger_and_the_scope_of_power_and_nothing_else(
    graph: ox.Store,
) -> None:
    norm = "norm:measures-within-power-on-risk-of-trafficking"
    (row,) = select(graph, f"SELECT ?q WHERE {{ {norm} hrge:quote ?q }}")
    assert (
        "aware or ought to have been aware" in row["q"]
        and "within the scope of their power" in row["q"]
    )
    assert values(graph, f"{norm} hrge:limit ?x") == {"limit/scope-of-power"}
    assert not values(graph, "limit:scope-of-power hrge:test ?x")
    # thresholds of the judgment that the section does not tell are nowhere in the norm
    said = " ".join(
        row["x"]
        for row in select(
            graph, f"SELECT ?x WHERE {{ {norm} hrge:conduct|hrge:quote|rdfs:label ?x }}"
        )
    ).lower()
    assert not any(
        word in said
        for word in ("credible", "immediate", "disproportionate", "identified individual")
    )


def test_hard_case_9_the_three_norms_on_detained_children_stay_each_with_its_authority(
    graph: ox.Store,
) -> None:
    assert values(graph, "norm:children-not-detained-for-parents-status hrge:restsOn ?x") == {
        "document/wgad-rd5"
    }
    assert values(graph, "norm:principle-of-non-detention-of-children hrge:restsOn ?x") == {
        "document/cmw-gc5",
        "document/cmw3-crc22",
        "document/cmw4-crc23",
        "document/statements-2014",
    }
    assert values(graph, "norm:children-never-detained hrge:restsOn ?x") >= {
        "document/wgad-rd5",
        "provision/gc35-paragraph-18",
    }
    # last resort is said of migrants generally, never of children
    assert "concept/migrant-child" not in values(
        graph, "norm:detention-last-resort hrge:beneficiary ?x"
    )
    assert values(graph, "norm:children-never-detained hrge:stricterThan ?x") >= {
        "norm/detention-last-resort"
    }


def test_hard_case_10_a_wrong_citation_stays_the_source_s_and_the_difference_stands_beside_it(
    graph: ox.Store,
) -> None:
    assert "provision/crc-article-40-1" in values(
        graph, "norm:detention-not-arbitrary hrge:restsOn ?x"
    )
    assert "provision/crc-article-37-b" not in values(
        graph, "norm:detention-not-arbitrary hrge:restsOn ?x"
    )
    assert values(graph, '?d dcterms:identifier "D17" ; hrge:concerns ?x') >= {
        "norm/detention-not-arbitrary",
        "provision/crc-article-40-1",
    }


@pytest.mark.parametrize(
    ("norm", "support"),
    [
        ("assistance-not-conditional-on-cooperation", "provision/fs36-14"),
        ("detention-provided-for-in-law", "provision/asean-freedom-8"),
        ("release-where-grounds-end", "provision/asean-freedom-8"),
    ],
)
def test_hard_case_11_support_by_a_publication_shows_as_such(
    graph: ox.Store, norm: str, support: str
) -> None:
    assert values(graph, f"norm:{norm} hrge:restsOn ?x") == {support}
    assert not values(graph, f"norm:{norm} hrge:force ?x") & {"concept/treaty", "concept/judgment"}


def test_hard_case_12_what_is_asked_of_unodc_is_advice_for_others(graph: ox.Store) -> None:
    asked = values(graph, "?x a hrge:Norm ; hrge:addressee c:unodc") - {
        "norm/role-of-un-in-filling-gaps"
    }  # whoever runs it
    assert asked == {
        f"norm/unodc-{what}"
        for what in (
            "informed-by-views",
            "not-dictated-by-donors",
            "engages-with-donors",
            "guards-against-restriction",
        )
    }
    assert values(
        graph, "?n hrge:addressee c:unodc ; hrge:wording c:should ; hrge:appliesTo ?x"
    ) == {"UnodcSupportedProgramme"}


def test_hard_case_13_one_document_under_five_titles_and_joint_comments_with_two_symbols(
    graph: ox.Store,
) -> None:
    titles = select(graph, "SELECT DISTINCT ?x WHERE { document:rpg hrge:printedAs/hrge:quote ?x }")
    assert len(titles) >= 5
    assert values(graph, "document:cmw3-crc22 hrge:symbol ?x") == {"CMW/C/GC/3", "CRC/C/GC/22"}


def test_hard_case_14_general_words_under_a_victims_heading_have_two_readings(
    graph: ox.Store,
) -> None:
    assert adopted(graph, "chapeau:detention-if-it") == {True: 2, False: 2}
    elements = values(graph, "?x hrge:governedBy chapeau:detention-if-it")
    assert len(elements) == 7 and "norm/release-where-grounds-end" in elements
    assert values(graph, "?n hrge:governedBy chapeau:detention-if-it ; hrge:operator ?x") == {
        "concept/sets-a-condition-of-lawfulness"
    }
    assert values(graph, "?n hrge:governedBy chapeau:detention-if-it ; hrge:appliesTo ?x") == {
        "DetainedGroup"
    }


def test_hard_case_15_four_ways_in_which_victims_come_to_be_detained(graph: ox.Store) -> None:
    # misidentification; not cooperating; activities; shelters that they cannot leave
    found = select(
        graph,
        """SELECT ?line ?quote WHERE { ?p a hrge:Practice ; hrge:quote ?quote ; hrge:anchor ?a . """
        """?a hrge:inPassage ?s ; hrge:line ?line .
           ?s hrge:text ?text . """
        """FILTER(STRSTARTS(?text, "This can happen as a result of their misidentification")) } """
        """ORDER BY ?line""",
    )
    assert len(found) == 4
    for word in ("misidentification", "cooperate", "activities", "shelters"):
        assert sum(word in row["quote"] for row in found) == 1, word
