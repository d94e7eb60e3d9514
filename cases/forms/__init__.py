"""The forms of cases: register extracts and disposal."""
