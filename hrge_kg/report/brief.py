"""A finding on one sheet of paper: what is stated, the norm in its words, what to do, the law.

For those who take one matter to a meeting, or to a lawyer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..assessment.enums import Outcome
from ..assessment.model import Assessment, Finding
from ..errors import InputError
from ..markup.document import (
    Document,
    DocumentBlock,
    Facts,
    Heading,
    Items,
    Paragraph,
    Text,
    plain,
    words_of,
)
from ..namespaces import local_name, shrink
from ..suggest import did_you_mean
from .digest import FindingGroup, group_findings
from .leads import Leads
from .phrases import DISCLAIMER, HEADINGS, curly, edition_words, for_groups
from .signs import SIGNS
from .topics import OPEN_QUESTIONS, THE_SOURCE, YOU_STATED, facts_of, law_of

_MOST_QUESTIONS = 4
_LONGEST = 420
"""Letters of one line; one that is longer is cut, and says that the report has all of it."""
_ANSWER = re.compile(r"(?<=[(; ])answer \d+, ")


def compose(assessment: Assessment, norm: str) -> Document:
    """The brief on what is found under a norm: its key, its CURIE or its label.

    Raises InputError where there is no such norm, and where the description says nothing on it.
    """
    found = _findings(assessment, norm)
    groups = group_findings(found, assessment)
    first = groups[0].norm
    leads = Leads(assessment, annex=False)
    blocks: list[DocumentBlock] = [Heading(1, first.label), Paragraph(DISCLAIMER)]
    programme = plain(assessment.description.title)
    days = [day for day in (assessment.profile.first, assessment.profile.last) if day]
    said = f"{programme}, as described{f' on {days[-1]}' if days else ''}"
    blocks.append(Facts((("Programme", said),)))
    quoted = False
    for group in sorted(groups, key=lambda one: one.finding.outcome.rank):
        title = f"{for_groups(group.groups)}{HEADINGS[group.finding.outcome]}"
        blocks.append(Heading(2, title, mark=SIGNS[group.finding.outcome]))
        facts = (
            (name, _alone(text))
            for name, text in facts_of(group, leads, assessment)
            if name != THE_SOURCE or not quoted
        )
        blocks.append(Facts(tuple(facts), boxed=YOU_STATED))
        quoted = True
    law = ((name, _alone(text)) for name, text in law_of(groups[0]) if name != OPEN_QUESTIONS)
    blocks += [Heading(2, "The law"), Facts(tuple(law))]
    blocks += _open_questions(groups[0])
    blocks += [Heading(2, "How to cite it"), Items(tuple(_citations(groups[0])))]
    return Document(tuple(blocks), edition_words(assessment))


def _alone(text: Text) -> str:
    """The words of a text, without the numbers of answers of a report that is not there."""
    words = _ANSWER.sub("", words_of(text))
    if len(words) <= _LONGEST or words.startswith("“"):  # what the source says stays whole
        return words
    return f"{words[:_LONGEST].rpartition(' ')[0]} … (the report has all of it)"


def _findings(assessment: Assessment, name: str) -> list[Finding]:
    """The findings on a norm, those that say that it is about others aside."""
    wanted = name.casefold()
    named: dict[str, list[Finding]] = {}
    for finding in assessment.findings:
        norm = finding.norm
        for key in (local_name(norm.iri), shrink(norm.iri), norm.label, norm.iri):
            named.setdefault(key.casefold(), []).append(finding)
    if wanted not in named:
        keys = sorted({local_name(one.norm.iri) for one in assessment.findings})
        raise InputError(
            f"--brief {name}",
            "there is no such norm",
            did_you_mean(name, keys).strip() or "`hrge query norms` lists them.",
        )
    found = [one for one in named[wanted] if one.outcome != Outcome.NOT_APPLICABLE]
    if not found:
        raise InputError(
            f"--brief {name}",
            f"the norm is about others: {named[wanted][0].message}",
            "`hrge explain` shows all that is known of it.",
        )
    return found


def _open_questions(group: FindingGroup) -> Iterator[DocumentBlock]:
    """The differences behind the open questions."""
    questions: Sequence[str] = [
        f"{one.key}: {curly(one.difference)}" for one in group.norm.open_questions
    ]
    if questions:
        yield Heading(2, OPEN_QUESTIONS)
        yield Items(tuple(questions[:_MOST_QUESTIONS]))
        if len(questions) > _MOST_QUESTIONS:
            yield Paragraph(f"And {len(questions) - _MOST_QUESTIONS} more.")


def _citations(group: FindingGroup) -> Iterator[str]:
    """The source with its page, what it rests on, and the norm in the graph."""
    norm = group.norm
    yield f"{norm.source_label}, page {norm.page}, line {norm.line}."
    for authority in norm.authority:
        yield f"{authority.label} ({authority.force.replace('-', ' ')})."
    yield f"{norm.label}. {norm.iri}"


def write_brief(assessments: Iterable[Assessment], norm: str, form: str) -> bytes:
    """The briefs on what is found under a norm, in one of the formats for people."""
    from ..markup import docx_writer, html_writer, markdown_writer, plain_text

    documents = [compose(assessment, norm) for assessment in assessments]
    if form == "docx":
        return docx_writer.write(documents)
    if form == "html":
        return html_writer.write(documents).encode()
    if form == "markdown":
        return markdown_writer.write(documents).encode()
    return "\n".join(map(plain_text.write, documents)).encode()
