"""Who may hear of a change, what a page has seen already, and the ticket that says both."""
