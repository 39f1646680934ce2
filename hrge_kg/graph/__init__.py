"""From Turtle and texts to the built graph: checked, anchored, entailed, cached."""
