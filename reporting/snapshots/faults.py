"""What can be wrong with a snapshot, said to the user."""


class SnapshotFault(Exception):
    """A snapshot that cannot be taken, trusted or asked. The text is Swedish and shown as it is."""
