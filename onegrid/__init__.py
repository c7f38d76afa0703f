"""OneGrid: one network for the governance of a district."""
