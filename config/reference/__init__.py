"""The reference documentation that is written from the code, one module per page."""
