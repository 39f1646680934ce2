"""An interview in place of a form: which question comes next, and what an answer becomes."""
