"""The local server: the pages, a SPARQL endpoint, and a page that assesses a description."""
