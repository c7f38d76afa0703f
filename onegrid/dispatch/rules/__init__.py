"""The rules of dispatch, as plain functions, one module per question."""
