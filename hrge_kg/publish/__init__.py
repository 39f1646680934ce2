"""Loads the graph into a SPARQL store of the user."""
