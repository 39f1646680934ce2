"""A document of blocks, and its formats: plain text, Markdown, HTML. Knows no assessment."""
