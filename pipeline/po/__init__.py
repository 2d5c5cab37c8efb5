"""PO bytes ↔ entries, and patching one entry in place."""
