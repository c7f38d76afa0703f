"""Workspace: everything somebody sees who is signed in at a desk or on a round. Owns no data."""
