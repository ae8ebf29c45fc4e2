"""Audit to bytes, one file per format."""
