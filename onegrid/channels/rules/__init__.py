"""Decisions of the doors, pure."""
