"""Accounts: who signs in, with which role in which area and unit, and their API keys. Owns User, Duty and ApiKey."""
