"""Writers of forms, one module a format."""
