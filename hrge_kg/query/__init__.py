"""Asks the graph: catalogue, parameters, guard, run, and remote endpoints."""
