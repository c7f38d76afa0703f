"""The rules of exchange, as plain functions, one module per question."""
