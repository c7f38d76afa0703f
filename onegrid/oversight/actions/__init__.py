"""Everything oversight writes."""
