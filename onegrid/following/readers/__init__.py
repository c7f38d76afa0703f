"""What can be followed and what is new in it."""
