"""Decisions of the portal, pure."""
