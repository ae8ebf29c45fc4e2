"""Use cases and doors: the only room that knows all the others."""
