"""From a description to outcomes: whom norms are about, SHACL, self-test, outcomes."""
