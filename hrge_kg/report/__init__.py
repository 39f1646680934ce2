"""Reports of assessments: what they tell, in which words, in which format."""
