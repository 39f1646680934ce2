"""Names: what a person types finds the one thing meant, or is refused with the choices, or with
what is near.
"""

import pyoxigraph as ox
import pytest

from hrge_kg.errors import InputError
from hrge_kg.graph.lookup import find, resolve
from hrge_kg.graph.names import identifier_keys, normalise_name, number, read_names
from hrge_kg.graph.store import open_graph
from hrge_kg.namespaces import expand, shrink
from hrge_kg.sparql import select


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return open_graph()


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("norm:safe-return", "norm:safe-return"),
        ("https://w3id.org/hrge/id/norm/safe-return", "norm:safe-return"),
        ("<https://w3id.org/hrge/id/norm/safe-return>", "norm:safe-return"),
        ("safe-return", "norm:safe-return"),
        (" Safe return ", "norm:safe-return"),
        ("ICCPR 9", "provision:iccpr-article-9"),
        ("iccpr art. 9", "provision:iccpr-article-9"),
        ("article 16(5) Smuggling Protocol", "provision:som-article-16-5"),
        ("Smuggling of Migrants Protocol, article 16 (5)", "provision:som-article-16-5"),
        ("Smuggling Protocol article 16 paragraph 5", "provision:som-article-16-5"),
        ("footnote 58", "passage:toolkit-1.4/footnote-148"),
        ("fn 58", "passage:toolkit-1.4/footnote-148"),
        ("Rantsev", "document:rantsev"),
        ("Rantsev v Cyprus and Russia", "document:rantsev"),
        ("Rantsev para 286", "provision:rantsev-paragraph-286"),
        ("guideline 6.3", "provision:rpg-g6-health"),
        ("6.3", "provision:rpg-g6-health"),
        ("Guideline 6", "provision:rpg-guideline-6"),
        ("article 6", "provision:tip-article-6"),
        ("6. 5.", "provision:rpg-g6-legal-assistance"),
        ("guideline 6 (chapeau)", "provision:rpg-g6-chapeau"),
        ("CRC 12(1)", "provision:crc-article-12-1"),
        ("E/2002/68/Add.1", "document:rpg"),
        ("fact sheet 36", "document:fs36"),
        ("D09", "discrepancy:non-conditionality-tied-to-tip-6"),
        ("covid-19-testing", "limit:covid-19-testing"),
        ("no-mandatory-testing-concern", "hsh:no-mandatory-testing-concern"),
        ("check:no-mandatory-testing", "check:no-mandatory-testing"),
        ("compulsory-test", "hrge:compulsoryTest"),
        ("hiv-test", "c:hiv-test"),
    ],
)
def test_found(store: ox.Store, name: str, thing: str) -> None:
    assert shrink(resolve(store, name)) == thing


# One row for each spelling in which people cite the documents and provisions of the graph.
CITED_AS = {
    "document:tip": [
        "TIP Protocol",
        "the UN TIP Protocol",
        "UN Trafficking Protocol",
        "Trafficking in Persons Protocol",
        "tip",
        "2237 UNTS 319",
        "2237 U.N.T.S. 319",
        "UNTS, vol. 2237, p. 319",
        "United Nations, Treaty Series, vol. 2237, p. 319",
        "A/RES/55/25, annex II",
        "A/RES/55/25 Annex II",
        "XVIII-12-a",
        "UNTC XVIII-12-a",
        "chapter XVIII.12.a",
    ],
    "document:som": [
        "Migrant Smuggling Protocol",
        "Smuggling of Migrants Protocol",
        "2241 UNTS 507",
        "40 ILM 384",
        "[2004] ATS 11",
        "XVIII-12-b",
    ],
    "document:untoc": ["Palermo Convention", "CTOC", "UNTOC", "2225 UNTS 209", "XVIII-12"],
    "document:crc": ["crc", "UNCRC", "1577 UNTS 3", "A/RES/44/25", "reg. no. 27531", "IV-11"],
    "document:iccpr": [
        "ICCPR",
        "999 UNTS 171",
        "1057 UNTS 407",
        "registration no. 14668",
        "GA Res. 2200A (XXI)",
        "IV-4",
    ],
    "document:icrmw": ["ICRMW", "ICMW", "2220 UNTS 3", "UNTS reg. 39481", "IV.13"],
    "document:vccr": ["VCCR", "596 UNTS 261", "III-6"],
    "document:echr": ["ETS No. 5", "ETS No. 005", "ETS 5", "CETS No. 005", "213 UNTS 221"],
    "document:rantsev": [
        "Rantsev v. Cyprus and\nRussia",
        "25965/04",
        "Application no. 25965/04",
        "App. No. 25965/04",
        "HUDOC 001-96549",
        "001-96549",
        "ECLI:CE:ECHR:2010:0107JUD002596504",
        "[2010] ECHR 22",
        "(2010) 51 EHRR 1",
        "51 EHRR 1",
        "28 BHRC 313",
    ],
    "document:rpg": [
        "UN Doc. E/2002/68/Add.1",
        "U.N. Doc. E/2002/68/Add.1",
        "un doc e/2002/68/add.1",
        "Trafficking Principles and Guidelines",
    ],
    "document:rpg-commentary": [
        "HR/PUB/10/2",
        "ISBN 978-92-1-154190-8",
        "978-92-1-154190-8",
        "9789211541908",
        "ISBN-13: 9789211541908",
        "Sales No. E.10.XIV.1",
        "E.10.XIV.1",
    ],
    "document:gc35": ["CCPR/C/GC/35"],
    "document:wgad-rd5": ["A/HRC/39/45", "Revised Deliberation No. 5"],
    "document:cmw3-crc22": [
        "CMW/C/GC/3-CRC/C/GC/22",
        "CRC/C/GC/22, CMW/C/GC/3",
        "CMW/C/GC/3",
    ],
    "document:cmw4-crc23": ["CMW/C/GC/4CRC/C/GC/23"],
    "document:ohchr-vulnerable": ["A/HRC/37/34"],
    "document:toolkit": ["Gender Mainstreaming Toolkit"],
    "provision:tip-article-6": ["art. 6 TIP Protocol", "2237 UNTS 319, art. 6"],
    "provision:crc-article-37-b": ["CRC 37b", "Art. 37 (b) UNCRC"],
    "provision:crc-article-12-2": ["paragraph 2 of article 12 CRC", "article 12, para. 2, CRC"],
    "provision:gc35-paragraph-18": ["UN Doc. CCPR/C/GC/35, para. 18"],
    "provision:rpg-guideline-6": ["E/2002/68/Add.1, guideline 6"],
    "provision:som-article-16-5": ["article 16, para. 5, of the Migrant Smuggling Protocol"],
    "provision:echr-article-4": ["ECHR article 4"],
}


@pytest.mark.parametrize(
    ("name", "thing"), [(name, thing) for thing, names in CITED_AS.items() for name in names]
)
def test_found_as_people_cite_it(store: ox.Store, name: str, thing: str) -> None:
    found = find(store, name)
    assert (shrink(found.iri), found.notes) == (thing, ())


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("Palermo Protocol", ["document:tip", "document:som", "the Firearms Protocol"]),
        ("the Palermo Protocols", ["document:tip", "document:som", "the Firearms Protocol"]),
        ("CRC", ["document:crc", "the Committee on the Rights of the Child"]),
        ("CCPR", ["document:iccpr", "the Human Rights Committee"]),
        ("CMW", ["document:icrmw", "the Committee on Migrant Workers"]),
        ("ECHR", ["document:echr", "the European Court of Human Rights"]),
        ("TIP", ["document:tip", "(TIP Report)", "trafficking in persons itself"]),
        ("SOM", ["document:som", "smuggling of migrants itself"]),
        ("Vienna Convention", ["document:vccr", "Diplomatic Relations", "the Law of Treaties"]),
        ("Vienna Convention, art. 36", ["provision:vccr-article-36", "the Law of Treaties"]),
        ("Palermo Protocol, art. 6", ["provision:tip-article-6", "document:som", "Firearms"]),
        ("General Comment 35", ["document:gc35", "the CEDAW Committee"]),
        ("General comment No. 5", ["document:cmw-gc5", "the Human Rights Committee"]),
        (
            "Principles and Guidelines",
            ["document:rpg", "document:ohchr-borders", "document:ohchr-vulnerable"],
        ),
        ("Deliberation No. 5", ["document:wgad-rd5", "1999"]),
        ("UNICEF Guidelines", ["document:unicef", "South Eastern Europe"]),
        ("UNODC toolkit", ["document:toolkit", "2008"]),
        ("A/RES/55/25", ["document:som", "document:tip", "document:untoc"]),
        ("UN Doc. A/55/383", ["document:som", "document:untoc"]),
        ("39574", ["document:som", "document:tip", "document:untoc"]),
    ],
)
def test_a_shared_name_is_answered_with_the_choices(
    store: ox.Store, name: str, choices: list[str]
) -> None:
    with pytest.raises(InputError, match="may be several things") as caught:
        resolve(store, name)
    places = [caught.value.remedy.find(choice) for choice in choices]
    assert -1 not in places and places == sorted(places), caught.value.remedy


@pytest.mark.parametrize(
    ("name", "thing", "whole"),
    [
        ("Article 9(1) of the ICCPR", "provision:iccpr-article-9", "ICCPR, article 9"),
        ("ICCPR Art. 9 § 1", "provision:iccpr-article-9", "ICCPR, article 9"),
        ("paragraph 1 of article 9 of the ICCPR", "provision:iccpr-article-9", "ICCPR, article 9"),
        ("CCPR article 9(1)", "provision:iccpr-article-9", "ICCPR, article 9"),
        ("CRC art 37(a)", "provision:crc-article-37", "CRC, article 37"),
        ("CRC 40(2)(b)", "provision:crc-article-40", "CRC, article 40"),
        ("ICRMW 16(4)(b)", "provision:icrmw-article-16-4", "ICRMW, article 16(4)"),
        (
            "VCCR 36(1)(b)",
            "provision:vccr-article-36",
            "Vienna Convention on Consular Relations, article 36",
        ),
    ],
)
def test_a_paragraph_that_is_missing_is_answered_with_its_article(
    store: ox.Store, name: str, thing: str, whole: str
) -> None:
    found = find(store, name)
    note = f"“{name}” is not in the graph; this is what it is a part of: {whole}."
    assert (shrink(found.iri), found.notes) == (thing, (note,))


def test_the_article_is_one_of_the_same_document(store: ox.Store) -> None:
    for name in ("article 9(7)", "article 9(7) Protocol", "ICCPR 40(1)", "ICCPR 19(2)"):
        with pytest.raises(InputError, match="nothing in the graph has that name"):
            resolve(store, name)


@pytest.mark.parametrize(
    ("name", "thing", "said"),
    [
        ("Trafficking Protocol", "document:tip", "can also mean the Firearms Protocol"),
        ("art 6 Trafficking Protocol", "provision:tip-article-6", "can also mean the Firearms"),
        ("art 6 para 3 Trafficking Protocol", "provision:tip-article-6", "what it is a part of"),
        ("Migrants Protocol", "document:som", "read in one place only"),
        ("Migrant Workers Convention", "document:icrmw", "International Labour Organization"),
        ("SOM Protocol", "document:som", "an unverified name of it (also called)"),
        ("UN Doc. CMW/C/GC/5", "document:cmw-gc5", "an unverified name of it (symbol)"),
    ],
)
def test_what_is_to_be_said_of_a_name_is_said(
    store: ox.Store, name: str, thing: str, said: str
) -> None:
    found = find(store, name)
    assert shrink(found.iri) == thing
    assert any(said in note for note in found.notes), found.notes


@pytest.mark.parametrize(
    "name",
    [
        "Kyoto Protocol",
        "Geneva Convention",
        "Refugee Convention",
        "Istanbul Protocol",
        "The High Cost of Freedom",
        "Bangkok Rules",
        "HRC",
        "Convention",
        "Guidelines",
        "Handbook on human rights of prisoners",
    ],
)
def test_no_document_is_offered_on_one_general_word(store: ox.Store, name: str) -> None:
    try:
        found = shrink(resolve(store, name))
    except InputError as error:
        found = error.remedy
    assert "document:" not in found and "provision:" not in found


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("Palermo Prtocol", "document:tip"),
        ("Palermo Prtocol", "document:som"),
        ("Smugling Protocol", "document:som"),
        ("article 9(7)", "provision:iccpr-article-9"),
        ("guideline 6.12", "provision:rpg-guideline-6"),
        ("Rantsev para 300", "provision:rantsev-paragraph-286"),
        ("E/2002/68", "document:rpg"),
    ],
)
def test_what_is_offered_is_near(store: ox.Store, name: str, offered: str) -> None:
    with pytest.raises(InputError, match="nothing in the graph has that name") as caught:
        resolve(store, name)
    assert offered in caught.value.remedy


@pytest.mark.parametrize("name", ["norm:no-mandatory-testin", "no manadatory testing"])
def test_beside_a_slip_nothing_else_is_offered(store: ox.Store, name: str) -> None:
    with pytest.raises(InputError) as caught:
        resolve(store, name)
    assert caught.value.remedy == (
        "Did you mean one of these? norm:no-mandatory-testing "
        "(No mandatory testing for diseases, including HIV/AIDS)."
    )


def test_every_name_and_identifier_in_the_graph_finds_its_document(store: ox.Store) -> None:
    """Whatever is added: each name is found, or its document is among the choices."""
    query = """SELECT ?thing ?name WHERE { ?thing hrge:fact ?fact .
      ?fact hrge:states ?property ; hrge:value ?name VALUES ?property { hrge:alsoCalled
      hrge:symbol hrge:treatySeries hrge:otherIdentifier hrge:depositaryChapter } }"""
    named = select(store, query)
    assert len(named) > 80
    for row in named:
        try:
            problem, found = "", shrink(resolve(store, row["name"]))
        except InputError as error:
            problem, found = error.problem, error.remedy
        assert problem in ("", "this may be several things"), row
        assert shrink(row["thing"]) in found, row


def test_keys_name_things_whatever_else_has_the_name(store: ox.Store) -> None:
    for thing in read_names(store).things:
        if thing.iri.startswith(expand("document:") or ""):
            assert resolve(store, thing.key) == thing.iri


def test_identifiers_are_compared_without_what_only_leads_to_them() -> None:
    one = identifier_keys("UN Doc. E/2002/68/Add.1")
    assert one and one == identifier_keys("E/2002/68/ADD.1")
    assert not identifier_keys("2237 UNTS 319") & identifier_keys("2237 UNTS 320")
    assert not identifier_keys("ETS No. 5") & identifier_keys("5")
    assert identifier_keys("no number") == set() == identifier_keys("")


def test_a_norm_is_meant_before_the_check_and_the_shape_with_its_key(store: ox.Store) -> None:
    for prefix in ("check", "hsh"):
        assert resolve(store, f"{prefix}:no-mandatory-testing") == expand(
            f"{prefix}:no-mandatory-testing"
        )
    assert resolve(store, "no-mandatory-testing") == expand("norm:no-mandatory-testing")


def test_one_document_under_each_of_its_five_printed_titles(store: ox.Store) -> None:
    """Hard case 13."""
    titles = [
        row["t"]
        for row in select(
            store, "SELECT DISTINCT ?t WHERE { document:rpg hrge:printedAs/hrge:quote ?t }"
        )
    ]
    assert len(titles) == 5
    assert {resolve(store, title) for title in titles} == {expand("document:rpg")}


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("safe-retrun", ["norm:safe-return"]),
        ("norm:safe-retrun", ["norm:safe-return"]),
        ("rantzev", ["document:rantsev"]),
        ("ICCPR 19", ["document:iccpr", "provision:iccpr-article-9"]),
        ("6", ["provision:rpg-guideline-6", "provision:tip-article-6"]),
        ("12(1)(2)", ["provision:crc-article-12-1", "provision:crc-article-12-2"]),
        (
            "mandatory testing",
            ["norm:no-mandatory-testing", "norm:principle-may-exclude-mandatory-testing"],
        ),
    ],
)
def test_refused_with_the_nearest(store: ox.Store, name: str, offered: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        resolve(store, name)
    assert f"“{name}”" in str(caught.value)
    for one in offered:
        assert one in caught.value.remedy


@pytest.mark.parametrize("name", ["a" * 10_000, "1 " * 5_000, "a b " * 2_500])
def test_a_name_that_is_too_long_is_refused_at_once(store: ox.Store, name: str) -> None:
    with pytest.raises(InputError, match="no name is as long") as caught:
        resolve(store, name)
    assert len(str(caught.value)) < 300


def test_what_is_offered_is_called_by_its_label(store: ox.Store) -> None:
    with pytest.raises(InputError, match=r"document:rantsev \(Rantsev v\. Cyprus and Russia\)"):
        resolve(store, "Rantzev")
    with pytest.raises(InputError, match=r"footnote-96 \(footnote 55\)"):
        resolve(store, "footnote 99")


@pytest.mark.parametrize(
    "name", ["", "  ", "xyzzy", "http://[bad", "<a b>", "nothing:here", "🦉", "()", "§"]
)
def test_refused_with_advice(store: ox.Store, name: str) -> None:
    with pytest.raises(InputError) as caught:
        resolve(store, name)
    assert caught.value.remedy


def test_folding() -> None:
    assert normalise_name("Art. 16 (5)") == normalise_name("article 16.5")
    assert normalise_name("victim’s") == normalise_name("victim's")
    assert number("[18]") == number("18")


@pytest.mark.parametrize("name", ["TIP art. 7", "Trafficking in Persons Protocol, article 7"])
def test_of_a_part_that_nothing_cites_it_is_told_what_is_cited(store: ox.Store, name: str) -> None:
    with pytest.raises(InputError) as caught:
        resolve(store, name)
    told = "Of document:tip the texts cite at most these parts: provision:tip-article-6 "
    assert caught.value.remedy.startswith(told)


def test_another_number_of_a_series_is_no_part_of_a_document_in_it(store: ox.Store) -> None:
    assert resolve(store, "CETS No. 5") == resolve(store, "echr")
    with pytest.raises(InputError) as caught:
        resolve(store, "CETS No. 197")
    assert "document:echr" not in caught.value.remedy
