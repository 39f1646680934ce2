"""Citation trails: the graph of links, the search, and the writers."""
