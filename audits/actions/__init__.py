"""What people do in audits: each verb is one function, atomic, with its entry in the log of changes."""
