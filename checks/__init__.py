"""Judging, pure: kinds of check, catalogue, runner, scoring. Opens no socket, asks no clock."""
