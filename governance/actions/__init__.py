"""What people do in steering: each verb is one function, atomic, with its entry in the log of changes."""
