"""Whether a text says anything: spaces and characters that nobody sees do not."""


def says_something(text: str) -> bool:
    """Tell whether a text holds any character that one can see: no separator, control, joiner or mark of direction."""
    return any(character.isprintable() and character != " " for character in text)
