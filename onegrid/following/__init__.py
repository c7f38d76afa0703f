"""Who follows which public matters without an account, and what is told to them."""
