"""Pure stages over frozen values, in the order of the story in `pipeline`."""
