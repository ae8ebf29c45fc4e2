"""Speed and memory, measured side by side with a bare spider. Never part of the tests (see docs/benchmarks.md)."""
