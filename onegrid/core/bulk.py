"""Write many rows at once, through PostgreSQL's COPY: several times faster than INSERT."""

from collections.abc import Sequence

from django.db import connection, models
from psycopg import sql


def copy_rows(rows: Sequence[models.Model]) -> None:
    """
    Write new rows of one model, in the caller's transaction, exactly as they are.

    Nothing is asked back: keys and defaults must be there already.
    """
    if not rows:
        return
    fields = rows[0]._meta.concrete_fields
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(rows[0]._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])
