"""Geography: the district's areas and which of them a point lies in. Owns Area."""
