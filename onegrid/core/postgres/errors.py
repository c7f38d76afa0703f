"""What can stand in the way of the embedded database, said to whoever operates the installation."""


class PostgresError(Exception):
    """The embedded database cannot do what was asked. The text says why, and how to mend it."""


class NoProgramsError(PostgresError):
    """There are no PostgreSQL programs this installation could use."""


class AlreadyInUseError(PostgresError):
    """Another process keeps this installation's database running."""
