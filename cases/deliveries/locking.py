"""One delivery at a time: two that are taken or undone at once would each compare with what the other is changing."""

from __future__ import annotations

from django.db import connection

_DELIVERIES = 0x75746661  # any number of our own, the same in every process


def wait_for_turn() -> None:
    """Wait until no other delivery is under way, and keep the turn to the end of the transaction.

    On SQLite every transaction begins with the right to write (`transaction_mode` IMMEDIATE), which is turn enough.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_DELIVERIES])
