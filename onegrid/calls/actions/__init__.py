"""Everything calls write."""
