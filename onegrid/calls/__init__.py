"""Appeals to the public for information: each with its legal instrument, released by a second person, with an end."""
