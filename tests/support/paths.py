"""Where the tests find the project's files, their fixtures, and what lies beside the project."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent
FIXTURES = TESTS / "fixtures"
SHARED = ROOT.parent / "shared"
"""Third-party test suites and the like; not part of the project."""
NO_SHARED = "there is no ../shared on this machine"
