"""What every API endpoint shares: bodies, refusals, scopes, conditions, and answers that are given once."""
