"""What makes a pack faultless, asked of its rows alone."""
