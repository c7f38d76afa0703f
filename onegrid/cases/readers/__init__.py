"""What pages and endpoints show of cases, each in a fixed number of statements."""
