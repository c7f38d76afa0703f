"""What the doors look up to answer."""
