"""One card with everything that the graph knows of a thing."""
