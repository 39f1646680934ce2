"""`python -m hrge_kg`: the command `hrge`."""

import contextlib
import sys

from .cli.main import main

if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
