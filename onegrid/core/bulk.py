"""Write many rows at once, through PostgreSQL's COPY: several times faster than INSERT."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models
from psycopg import sql

# What the driver writes as it stands; all else is prepared by its field.
_PLAIN = (models.UUIDField, models.DateTimeField, models.IntegerField, models.FloatField, models.BooleanField)


def copy_rows(rows: Sequence[models.Model]) -> None:
    """
    Write new rows of one model, in the caller's transaction, exactly as they are.

    Nothing is asked back: keys and defaults must be there already.
    """
    if not rows:
        return
    fields = rows[0]._meta.concrete_fields
    values = attrgetter(*(field.attname for field in fields))
    prepared = [(place, field) for place, field in enumerate(fields) if not isinstance(_stored(field), _PLAIN)]

    def as_written(row: models.Model) -> list[Any]:
        written = list(values(row))
        for place, field in prepared:
            value = written[place]
            if value is not None and (type(value) is not str or isinstance(field, models.JSONField)):
                written[place] = field.get_db_prep_save(value, connection)
        return written

    copy_values(type(rows[0]), [str(field.column) for field in fields], map(as_written, rows))


def copy_values(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write new rows of a model from values in the order of the named columns, as the driver takes them."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _stored(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    """Return the field that a key has in the table it points to, else the field itself."""
    return field.target_field if isinstance(field, models.ForeignKey) else field
