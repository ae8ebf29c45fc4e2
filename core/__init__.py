"""Nouns and pure helpers of decree43. This room knows no other room."""
