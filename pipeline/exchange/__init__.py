"""Files of other tools ↔ entries: TMX and XLIFF, read and written without loss."""
