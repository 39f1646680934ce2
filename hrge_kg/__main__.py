"""`python -m hrge_kg`: the command `hrge`."""

import contextlib
import gc
import sys

from .stopping import ended_at_once


def run() -> int:
    """Run the command; Ctrl-C while it is still being loaded ends it without a traceback."""
    # A command makes many objects, keeps nearly all, and ends. Looking for cycles among them as
    # often as Python does took up to a fifth of its time.
    gc.set_threshold(50_000, 20, 20)
    with ended_at_once():
        from .cli.main import main
    with contextlib.suppress(BrokenPipeError):
        return main()
    return 0


if __name__ == "__main__":
    sys.exit(run())
