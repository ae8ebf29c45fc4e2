"""DNSSEC as RFC 4033 to 4035 and RFC 5155 have it: trust anchors, the chain from them, proofs of absence."""
