"""What is made up, as plain functions of a seed."""
