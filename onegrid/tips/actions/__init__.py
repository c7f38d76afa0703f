"""Everything tips writes."""
