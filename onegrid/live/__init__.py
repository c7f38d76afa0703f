"""Live updates: what has just changed, told to the pages that are open."""
