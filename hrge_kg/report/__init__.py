"""Reports of assessments: what they contain, in which words, in which format."""
