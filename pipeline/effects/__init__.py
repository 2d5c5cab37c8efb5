"""Rule effects: matching rules → a verdict, one file per effect, each ending with `EFFECT`."""
