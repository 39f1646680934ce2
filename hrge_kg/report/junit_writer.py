"""Reports as JUnit XML, which continuous integration shows as lists of tests.

There is no standard; this is what Jenkins, GitLab and others read. (docs/reference/validate-ci.md)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from xml.etree import ElementTree

from ..assessment.enums import Outcome
from ..assessment.model import Assessment, Finding
from ..namespaces import local_name
from ..parsing.characters import not_in_xml
from .findings import key_of, label_of, place_of, sentences_of
from .phrases import DISCLAIMER

ELEMENTS = {
    Outcome.CONCERN: "failure",
    Outcome.NEEDS_REVIEW: "skipped",
    Outcome.NOT_STATED: "skipped",
    Outcome.IN_PART: "skipped",
    Outcome.MET: None,
    Outcome.NOT_APPLICABLE: "skipped",
}
"""What an outcome is in JUnit. A test with no element inside it is shown as passed: only *met*."""


def to_junit(assessments: Iterable[Assessment]) -> str:
    """A suite for each programme, with a test case for each norm and group."""
    root = ElementTree.Element("testsuites", name="hrge validate")
    total: Counter[str] = Counter()
    described = list(assessments)
    names = Counter(local_name(one.description.programme) for one in described)
    for assessment in described:
        description = assessment.description
        name = local_name(description.programme)
        if names[name] > 1:  # some servers keep only one of two cases with the same names
            name = f"{description.programme} in {description.file}"
        total += _add_suite(root, assessment, name)
    for name, count in _numbers(total).items():
        root.set(name, count)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _add_suite(root: ElementTree.Element, assessment: Assessment, name: str) -> Counter[str]:
    description = assessment.description
    suite = ElementTree.SubElement(root, "testsuite", name=_xml(description.title))
    properties = ElementTree.SubElement(suite, "properties")
    for key, value in (
        ("disclaimer", DISCLAIMER),
        ("programme", description.programme),
        ("file", description.file),
    ):
        ElementTree.SubElement(properties, "property", name=key, value=_xml(value))
    counts: Counter[str] = Counter()
    for finding in assessment.findings:
        counts += _add_case(suite, finding, assessment, name)
    for attribute, count in _numbers(counts).items():
        suite.set(attribute, count)
    ElementTree.SubElement(suite, "system-out").text = DISCLAIMER
    return counts


def _add_case(
    suite: ElementTree.Element, finding: Finding, assessment: Assessment, programme: str
) -> Counter[str]:
    place = place_of(finding, assessment)
    told = _xml(sentences_of(finding, assessment))
    case = ElementTree.SubElement(
        suite,
        "testcase",
        classname=_xml(programme),
        name=_xml(f"{label_of(finding, assessment)} ({key_of(finding)})"),
        file=_xml(place.file if place else assessment.description.file),
    )
    if place and place.line:
        case.set("line", str(place.line))
    name = ELEMENTS[finding.outcome]
    if name is None:
        ElementTree.SubElement(case, "system-out").text = told
        return Counter(tests=1)
    element = ElementTree.SubElement(case, name, type=finding.outcome, message=told)
    where = f"{place.file}:{place.line or ''} {place.key}\n" if place else ""
    norm = finding.norm
    element.text = _xml(f"{where}{told}\n“{norm.quote}” ({norm.source_label}, page {norm.page})")
    return Counter({"tests": 1, name: 1})


def _numbers(counts: Counter[str]) -> dict[str, str]:
    return {
        "tests": str(counts["tests"]),
        "failures": str(counts["failure"]),
        "errors": "0",
        "skipped": str(counts["skipped"]),
    }


def _xml(text: str) -> str:
    """A text without the characters that XML 1.0 cannot hold."""
    return not_in_xml().sub("�", text)
