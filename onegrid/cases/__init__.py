"""Cases: what was reported, where it stands, who holds it and until when. Owns Case, its timeline and its evidence."""
