"""Forms of steering."""
