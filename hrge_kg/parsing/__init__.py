"""Bounded, line-aware reading of the files that people hand in."""
