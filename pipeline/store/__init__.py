"""The only readers and writers of workspace files."""
