"""What a description can say; how it is read, written and converted."""
