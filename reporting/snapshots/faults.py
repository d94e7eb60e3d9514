"""What can be wrong with a snapshot, or with what computes from it, said to the user."""


class SnapshotFault(Exception):
    """A snapshot that cannot be taken, trusted or asked. The text is Swedish and shown as it is."""


class SnapshotDisposed(SnapshotFault):
    """A snapshot whose rows have been disposed of. The text is Swedish and shown as it is."""


class EngineFault(SnapshotFault):
    """A snapshot that the engine failed to compute from, though nothing is wrong with it. The text is Swedish."""


class EngineMissing(Exception):
    """An engine that this machine lacks something for. The text is Swedish and says what to install or set."""
