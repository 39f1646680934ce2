"""An edition as Akoma Ntoso 3.0, by the UN's profile of it (AKN4UN) as far as that is public.

(OASIS, Akoma Ntoso Version 1.0, 2018, and its Naming Convention, 2019; UN System Chief Executives
Board, AKN4UN Guidelines, 2018)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..namespaces import DCTERMS
from .body import Body
from .marks import identifier
from .model import Edition, Facts
from .xml_text import block, element, escaped

_NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# A text that is no act, judgment or record: a `doc` of the class “paper” of AKN4UN.
_TYPE, _SUBTYPE = "doc", "paper"


def to_akoma_ntoso(edition: Edition) -> str:
    """The edition as XML.

    Raises InputError where the text file is not the one that the graph was built from.
    """
    body = Body(edition)
    meta = block(
        "meta",
        None,
        [
            _identification(edition.facts),
            _publication(edition.facts),
            _analysis(body, edition.facts),
            _references(edition),
            _proprietary(edition.facts),
        ],
    )
    name = re.sub(r"\W+", "-", edition.facts.kind)
    document = block(
        _TYPE, {"name": name, "contains": "originalVersion"}, [meta, body.preface, body.main]
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + block("akomaNtoso", {"xmlns": _NAMESPACE}, [document])
        + "\n"
    )


def _identification(facts: Facts) -> str:
    publisher = _slug(facts.publisher)
    work = f"/akn/{facts.jurisdiction}/{_TYPE}/{_SUBTYPE}/{publisher}/{facts.published}/{facts.key}"
    expression = f"{work}/{facts.language}@{facts.published}"
    published = {"date": facts.published, "name": "published"}
    author = element("FRBRauthor", {"href": f"#{publisher}"})
    return block(
        "identification",
        {"source": f"#{identifier(facts.editor.iri)}"},
        [
            block(
                "FRBRWork",
                None,
                [
                    _value("FRBRthis", f"{work}/!main"),
                    _value("FRBRuri", work),
                    element("FRBRalias", {"name": "source", "value": facts.iri}),
                    element("FRBRdate", published),
                    author,
                    _value("FRBRcountry", facts.jurisdiction),
                    _value("FRBRsubtype", _SUBTYPE),
                    _value("FRBRnumber", facts.key),
                    _value("FRBRname", facts.label),
                ],
            ),
            block(
                "FRBRExpression",
                None,
                [
                    _value("FRBRthis", f"{expression}/!main"),
                    _value("FRBRuri", expression),
                    element("FRBRdate", published),
                    author,
                    _value("FRBRauthoritative", "false"),
                    element("FRBRlanguage", {"language": facts.language}),
                ],
            ),
            block(
                "FRBRManifestation",
                None,
                [
                    _value("FRBRthis", f"{expression}/!main.xml"),
                    _value("FRBRuri", f"{expression}.xml"),
                    element("FRBRdate", {"date": facts.modified, "name": "marked-up"}),
                    element("FRBRauthor", {"href": f"#{identifier(facts.editor.iri)}"}),
                    _value("FRBRformat", "xml"),
                ],
            ),
        ],
    )


def _value(name: str, value: str) -> str:
    return element(name, {"value": value})


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.casefold()).strip("-")


def _publication(facts: Facts) -> str:
    return element(
        "publication", {"date": facts.published, "name": facts.kind, "showAs": facts.title}
    )


def _analysis(body: Body, facts: Facts) -> str:
    """What is cited where no `ref` can stand."""
    references = [
        element(
            "implicitReference",
            {"for": f"#{one.place}", "href": one.cited.iri, "showAs": one.cited.label},
        )
        for one in body.implicit
    ]
    source = {"source": f"#{identifier(facts.editor.iri)}"}
    inner = block("otherReferences", source, references)
    return block("analysis", source, [inner]) if references else ""


def _references(edition: Edition) -> str:
    facts = edition.facts
    editor = identifier(facts.editor.iri)
    return block(
        "references",
        {"source": f"#{editor}"},
        [
            element(
                "TLCOrganization",
                {
                    "eId": _slug(facts.publisher),
                    "href": f"/akn/ontology/organization/{facts.jurisdiction}/"
                    + _slug(facts.publisher),
                    "showAs": facts.publisher,
                },
            ),
            element(
                "TLCOrganization",
                {"eId": editor, "href": facts.editor.iri, "showAs": facts.editor.label},
            ),
            *_documents(edition),
            *_things(edition),
        ],
    )


def _documents(edition: Edition) -> Iterator[str]:
    """The documents cited, with their names."""
    documents = {one.document for citation in edition.citations for one in citation.cited}
    for document in sorted(documents, key=lambda one: one.iri):
        yield element(
            "TLCReference",
            {
                "eId": identifier(document.iri),
                "name": "document",
                "href": document.iri,
                "showAs": document.label,
            },
        )


def _things(edition: Edition) -> Iterator[str]:
    """The norms and all else whose words have markers."""
    things = {thing for anchor in edition.anchors for thing in anchor.things}
    for thing in sorted(things, key=lambda one: one.iri):
        yield element(
            "TLCConcept",
            {"eId": identifier(thing.iri), "href": thing.iri, "showAs": thing.label},
        )


def _proprietary(facts: Facts) -> str:
    """On what terms the words are given."""
    rights = element("dcterms:rights", {"xmlns:dcterms": str(DCTERMS)}, escaped(facts.rights))
    return block("proprietary", {"source": f"#{identifier(facts.editor.iri)}"}, [rights])
