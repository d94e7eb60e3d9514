"""Disclosure control: what is published hides small numbers, and what would tell them (measures.md rule 7).

The way: results → a table of counts, with what is known of how they hang together (`counting`, `families`) and of what was
published before (`remembering`, `former`), put together in `publication` → what must be hidden, and what else so that it stays
hidden (`suppression`) → the proof that it does (`auditing`) → the results without it (`protecting`).
"""
