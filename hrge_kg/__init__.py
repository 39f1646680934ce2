"""A legal knowledge graph of a UN toolkit section, and tools that query it, check programmes against it and trail its citations.

Start from `hrge_kg.store.open_graph`, `hrge_kg.query.run`, `hrge_kg.assess.assess` and `hrge_kg.trail.trail`; `hrge` is the command.
"""
