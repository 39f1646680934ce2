"""`hrge completion`: what a shell needs to complete a command; it asks for the words each time."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from .output import add_verb
from .streams import write_out

if TYPE_CHECKING:
    from .output import Verbs

# Readline hands over the part of a word after the last of its breaks, and replaces no more.
_BASH = """_hrge() {
    local IFS=$'\\n' line=${COMP_LINE:0:COMP_POINT} word kept
    word=${line##*[[:space:]]}
    kept=${word%"${word##*["$COMP_WORDBREAKS"]}"}
    COMPREPLY=($(hrge completion --line "$line" 2>/dev/null))
    COMPREPLY=("${COMPREPLY[@]#"$kept"}")
    case ${COMPREPLY[0]-} in *[=:]) compopt -o nospace ;; esac
}
complete -o default -F _hrge hrge
"""
_ZSH = """#compdef hrge
_hrge() {
    local -a found open whole
    found=(${(f)"$(hrge completion --line "${LBUFFER}" 2>/dev/null)"})
    (( $#found )) || { _files; return }
    open=(${(M)found:#*[=:]})
    whole=(${found:#*[=:]})
    compadd -S '' -a open
    compadd -a whole
}
compdef _hrge hrge
"""
_FISH = """function __hrge_complete
    set -l found (hrge completion --line (commandline -cp | string collect) 2>/dev/null)
    if test (count $found) -gt 0
        string join -- \\n $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c hrge -f -a '(__hrge_complete)'
"""
_SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def add_to(verbs: Verbs) -> None:
    """Add the subcommand."""
    verb = add_verb(
        verbs,
        "completion",
        "print what your shell needs to complete hrge commands",
        run,
        'eval "$(hrge completion bash)"',
    )
    what = verb.add_mutually_exclusive_group(required=True)
    what.add_argument("shell", nargs="?", choices=tuple(_SCRIPTS), metavar="SHELL")
    what.add_argument("--line", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Print the script, or the words that may complete a line."""
    if arguments.shell:
        write_out(_SCRIPTS[arguments.shell])
        return 0
    from .completing import completions
    from .main import parser

    for word in completions(parser(), arguments.line):
        write_out(f"{word}\n")
    return 0
