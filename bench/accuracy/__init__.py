"""How often the program is right: the labelled corpus audited, counted and compared (docs/accuracy.md)."""
