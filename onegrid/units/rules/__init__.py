"""The rules of units, as plain functions, one module per question."""
