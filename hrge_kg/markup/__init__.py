"""Documents made of blocks, and their formats: plain text, Markdown, HTML.

Nothing here depends on assessments.
"""
