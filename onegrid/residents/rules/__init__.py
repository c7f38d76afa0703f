"""How residents are known again, for how long, and what is written to them."""
