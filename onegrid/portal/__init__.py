"""The residents' side: report something without an account, and follow what becomes of it."""
