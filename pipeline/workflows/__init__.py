"""One function per command: load, run stages, plan the writes, write."""
