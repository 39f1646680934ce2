"""Writers of forms, one module for each format."""
