"""
Backups: everything of one district in one folder, and the way back.

    manifest.json        what is in it: versions, migrations, rows of each table, hashes of all parts
    tables/NAME.copy.gz  the rows, as PostgreSQL's COPY writes them, all of one moment
    files.txt            the files that those rows name: hash and size
    files/ab/cd/HASH     the files themselves
    home/…               keys of the audit trail, what this machine has noted of its seals, the secret key

Rows and not a dump, so that a backup fits into every PostgreSQL from 15 on and
under any schema name; the tables are made by our own migrations, up to those the
backup names. It appears under its name only when it is whole.
"""

FORMAT = 1
MANIFEST = "manifest.json"
FILE_LIST = "files.txt"

# Sign-ins end with the move, the cache fills itself, and migrations say themselves what they have done. What open pages
# are told counts by this server's transactions, and no page stays open over a move.
LEFT_OUT = frozenset(
    {"django_session", "core_cache", "core_attempts", "django_migrations", "live_change", "live_relay"}
)


class BackupError(Exception):
    """Why a backup could not be made or brought back, in words for an operator."""
