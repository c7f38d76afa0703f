"""Decisions about following, pure."""
