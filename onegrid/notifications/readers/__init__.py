"""What somebody was told, how they want it, and what is still on its way."""
