"""From a source text to its passages, and from a quotation to its place. Knows no RDF."""
