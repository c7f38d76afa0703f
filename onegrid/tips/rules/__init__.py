"""What tips decides."""
