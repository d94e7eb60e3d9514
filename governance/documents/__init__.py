"""The papers of steering."""
