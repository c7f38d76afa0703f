"""What has changed, for a day, and who tells it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func
from django.db.models.functions import Now


class TransactionField(models.Field[str, str]):
    """The number of a transaction, as PostgreSQL's `xid8`, which never comes round again."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002  # Django's signature
        """Name the column's type."""
        return "xid8"


class CurrentTransaction(Func):
    """The number of the transaction that writes."""

    function, output_field = "pg_current_xact_id", TransactionField()


class Change(models.Model):
    """
    One change of one matter, written in the transaction that made it and never touched again.

    It holds no content, only what decides who may hear of it: where the matter
    lies, which units have to do with it before or after, who reported it. What
    there is to see, a page asks for in the reader's own name. `before` is what
    decided in whose lists the matter stood. `xid` tells readers which changes
    they have not seen yet, in whatever order transactions end.
    """

    id = models.BigAutoField(primary_key=True)
    xid = TransactionField(db_default=CurrentTransaction(), editable=False)
    noted_at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    area_path = models.CharField(max_length=80)
    unit_ids = ArrayField(models.UUIDField())
    person_id = models.UUIDField(null=True)
    before = models.JSONField(null=True)

    class Meta:
        indexes = (models.Index("xid", name="change_xid"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Relay(models.Model):
    """A process that tells open pages what has changed, and when it last said that it is there."""

    name = models.CharField(primary_key=True, max_length=100)
    seen_at = models.DateTimeField()
    clients = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.name
