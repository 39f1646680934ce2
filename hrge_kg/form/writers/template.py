"""Writes the form to fill in as YAML with comments, from the vocabulary."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Mapping

from ..content import EMPTY, FormContent, Words, fact_words, listed
from ..slots import CONCEPT_SLOTS
from ..vocabulary import Aspect, Dimension, Vocabulary
from .yaml_writer import answer, inline, value


def template(
    vocabulary: Vocabulary, form: FormContent = EMPTY, questions: Iterable[str] | None = None
) -> str:
    """A commented YAML form: filled in as far as `form` is, the other questions left blank.

    Blank means not stated. With `questions` (keys) it asks only these and those that have an
    answer.
    """
    every = list(vocabulary.aspects)
    form = form.with_blanks(vocabulary, every if questions is None else questions)
    by_question = form.answers_by_question()
    [title] = form.head["title"] or ("",)
    lines = [
        *_comment(
            "A description of a programme. Fill in what you know; leave the rest blank. "
            "Blank means “not stated”, never yes or no."
        ),
        *_comment(
            "Write nothing about an identifiable person: no names, no addresses, "
            "no one person's story."
        ),
    ]
    if len(by_question) < len(every):
        lines += _comment(
            f"This form asks {len(by_question)} of {len(every)} questions: those that "
            "some check looks at for the groups below, and those that have an answer already. "
            "`hrge new` prints all. If the groups change, write it again into another file: "
            "`hrge new --for THIS-FILE -o NEW-FILE`. Never write it over this one: "
            "hrge keeps answers, but no comments."
        )
    lines += [
        "",
        _line("programme", form.head["programme"])
        + "        # a short name: small letters, digits, hyphens",
        f"title: {json.dumps(title, ensure_ascii=False)}",
        f"answered: {inline(form.defaults)}   # defaults for all answers: date, source, level",
        *_comment(f"by: {listed(vocabulary, 'information-source')}"),
        *_comment(
            f"level: {listed(vocabulary, 'level')}. "
            "A rule alone shows little; say what happens in practice."
        ),
        "",
    ]
    lines += _facts(vocabulary, form.head, "", of_programme=True)
    lines += [
        "",
        *_comment(
            "Groups of people: those served, those held, and those turned away. "
            "Groups should not overlap."
        ),
    ]
    lines += [
        *_comment("without: [...] names kinds of people of whom there is nobody in the group."),
        *_comment(
            "only: yes says that the list is complete: nobody in the group is of a kind that it "
            "does not name. What is so of everyone in some way, such as age, stays open where it "
            "is blank."
        ),
        "groups:",
    ]
    for number, (name, facts) in enumerate(form.groups.items()):
        lines += [
            f"  {name}:",
            *_facts(vocabulary, facts, "    ", of_programme=False, explain=not number),
        ]
    lines += [
        "",
        *_comment(_SLOTS),
        *(
            line
            for slot in CONCEPT_SLOTS
            for line in _comment(f"  {slot}: {listed(vocabulary, CONCEPT_SLOTS[slot])}")
        ),
        "",
        "answers:",
    ]
    topic = ""
    for question, rows in by_question.items():
        aspect = vocabulary.aspects[question]
        if aspect.topic != topic:
            topic = aspect.topic
            lines += ["", f"  # === {vocabulary.concepts[topic].label} ==="]
        lines += _aspect(vocabulary, aspect)
        if len(rows) > 1:
            lines += [f"  {question}:", *(f"    - {answer(row)}" for row in rows)]
        else:
            lines.append(f"  {question}:" + (f" {answer(rows[0])}" if rows[0] else ""))
    return "\n".join(lines) + "\n"


_SLOTS = (
    "Each answer is yes, in part, no, don't know or does not apply, alone (key: no) or with more: "
    "key: {holds: yes, of: …, for: my-group, frequency: sometimes}. "
    "Several answers to one question are a list. Slots: of (which thing; blank means any), "
    "for (groups or kinds of people: said of each; blank means all who are admitted), since, until "
    "(a day, a month or a year: 2025-03-01, 2025-03, 2025), "
    "quantity with unit, by, on, and:"
)


def _comment(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, 110, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}#   ")


def _dimensions(vocabulary: Vocabulary, *, programme: bool) -> list[Dimension]:
    return [d for d in vocabulary.dimensions.values() if d.of_programme is programme]


def _facts(
    vocabulary: Vocabulary,
    facts: Mapping[str, Words],
    indent: str,
    *,
    of_programme: bool,
    explain: bool = True,
) -> list[str]:
    lines = []
    for dimension in _dimensions(vocabulary, programme=of_programme):
        if dimension.key not in facts:
            continue
        if explain:
            lines += _comment(f"{dimension.question} {dimension.why}", indent)
            lines += _comment(" · ".join(fact_words(vocabulary, dimension.key)), indent)
        lines.append(indent + _line(dimension.key, facts[dimension.key]))
    lines.append(indent + _line("without", facts["without"]))
    return lines if of_programme else [*lines, indent + _line("only", facts["only"])]


def _line(key: str, words: Words) -> str:
    return f"{key}: {value(words)}" if words else f"{key}:"


def _aspect(vocabulary: Vocabulary, aspect: Aspect) -> list[str]:
    lines = ["", *_comment(aspect.question, "  "), *_comment(f"Why: {aspect.why}", "  ")]
    lines += [line for quote in aspect.quotes for line in _comment(f"The source: “{quote}”", "  ")]
    return lines + (
        _comment(f"of: {listed(vocabulary, aspect.of_scheme)}", "  ") if aspect.of_scheme else []
    )
