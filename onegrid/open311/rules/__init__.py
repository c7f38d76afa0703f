"""Decisions of the Open311 interface, pure."""
