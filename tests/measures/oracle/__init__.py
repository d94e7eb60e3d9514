"""A second reading of measures.md: each definition in plain Python, written for clarity from the text and not from the SQL.

It works on delivered rows as dictionaries, by table of the snapshot. Slow and simple on purpose.
"""
