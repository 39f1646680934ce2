"""Results of many assessments as columns: a file of them, and what it answers."""
