"""What queries answer, and the formats in which it is printed."""
