"""What residents see and do, for programs that answer them elsewhere."""
