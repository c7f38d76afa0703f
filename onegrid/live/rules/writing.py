"""
How a change is written down: by the app that makes it, inside the statement that makes it.

A case's intake writes it as one more part of its one statement, a move as a
statement of its own::

    INSERT INTO live_change ({CHANGE_COLUMNS}) SELECT …

Nothing is notified there: that would halve what a database takes in. The relay looks.
"""

CHANGE_COLUMNS = "kind, subject, area_path, unit_ids, person_id, before"
