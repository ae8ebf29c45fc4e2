"""The evidence archive: what an audit received, in WARC files; evidence packs of it, signed and verified."""
