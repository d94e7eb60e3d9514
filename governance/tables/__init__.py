"""Tables of steering."""
