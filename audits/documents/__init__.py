"""The papers of audits: the report, a committee's answer and the register, as PDFs of the same make as the board report."""
