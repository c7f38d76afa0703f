"""What the kernel keeps in the database: the generation of each snapshot, first answers, and counts of attempts."""

from django.db import models


class Generation(models.Model):
    """How often the rows behind one in-memory snapshot have been changed, so that every process notices."""

    name = models.CharField(primary_key=True, max_length=40)
    value = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class FirstAnswer(models.Model):
    """
    The answer to a request that came with an idempotency key, to be given again when it is repeated.

    `status` is zero while the request is being worked on. The row holds what the
    caller was shown, so it goes after a week.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=100)
    caller = models.UUIDField()
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    etag = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["key", "caller"], name="first_answer_is_kept_once_per_caller"),)

    def __str__(self) -> str:
        return f"{self.key} {self.status}"


class Attempts(models.Model):
    """
    How often, or how much, something was tried by one source in one hour.

    The key holds no address but a name that changes every day. The table is not
    logged: a count costs no write to the disk, and a crash forgets it.
    """

    key = models.CharField(primary_key=True, max_length=100)
    count = models.PositiveBigIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key} {self.count}"
