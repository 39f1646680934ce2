"""Reads the files that people hand in: limits their size, and knows lines for messages."""
