"""The half-year report of a province's portals: figures in, an official document out."""
