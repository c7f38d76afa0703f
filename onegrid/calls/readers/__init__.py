"""What pages of calls show."""
