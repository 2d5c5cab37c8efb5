"""Source formats: text ↔ parts, one file per format, each ending with `FORMAT`."""
