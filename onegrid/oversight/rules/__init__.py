"""How the trail is hashed, sealed and examined. Nothing here needs the database: an outsider can run it on a file."""
