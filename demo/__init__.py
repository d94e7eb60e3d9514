"""The demonstration municipality: invented people in a municipality whose totals follow published statistics."""
