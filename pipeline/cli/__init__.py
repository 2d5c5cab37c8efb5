"""The command line: words and options only, one file per command group."""
