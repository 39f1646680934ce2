"""`hrge ask`: an interview in place of a form."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..escaping import escaped
from .output import add_language_option, add_out_option, add_verb
from .streams import flush, hear, write_out

if TYPE_CHECKING:
    from ..form.content import FormContent
    from .output import Verbs


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "ask",
        "ask about a programme, question by question, and write what is answered into a form",
        run,
        "hrge ask my-shelter.yaml",
    )
    verb.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="the form (YAML): a new one, or one that `hrge ask` wrote, to go on with",
    )
    add_out_option(verb, ", and leave FILE as it is")
    add_language_option(verb, "questions and choices")


def run(arguments: argparse.Namespace) -> int:
    """Ask until the person stops; every answer is written at once."""
    from ..assessment.assessor import Assessor
    from ..file_writer import write_file
    from ..form.writers.yaml_writer import to_yaml
    from ..graph.store import open_graph
    from ..interview.engine import Interview
    from ..interview.people import ticked_places
    from ..interview.review import count
    from ..interview.start import kept_form
    from ..interview.terminal import Terminal
    from ..interview.ticks import is_untold, ticked, titled
    from ..languages.catalogue import find_language

    language = find_language(arguments.language)
    out: Path = arguments.out or arguments.file
    assessor = Assessor(open_graph())

    def keep(content: FormContent) -> None:
        write_file(out, to_yaml(content).encode())

    terminal = Terminal(_say, hear, keep, language)
    terminal.begin()
    content = kept_form(arguments.file, out, assessor.vocabulary)
    if content is None:
        content = titled(out, _say, hear, language)
        keep(content)
    told: FormContent | None = content
    if is_untold(content, assessor.vocabulary):
        told = ticked(content, assessor.vocabulary, _say, hear, language)
    content = told or content
    passed = ticked_places(content, assessor.vocabulary)
    interview = Interview(assessor, content, str(out), passed)
    keep(content)
    if told is not None:
        terminal.interview(interview)
    name = escaped(str(out))
    number = count(interview.content, assessor.vocabulary)
    kept = f"Kept in {name}: {number} answer{'' if number == 1 else 's'}."
    asked_in = "" if language.is_english else f" --language {language.tag}"
    _say(f"\n{language.say_plain(kept)}\n")
    for words, verb in (("Go on:", "ask"), ("Read the report:", "validate")):
        _say(f"{language.say_plain(words)} hrge {verb} {name}{asked_in}\n")
    return 0


def _say(text: str) -> None:
    write_out(text)
    flush()
