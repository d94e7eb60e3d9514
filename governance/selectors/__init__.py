"""What pages and reports ask of steering."""
