"""The rules of cases, as plain functions, one module per question."""
